//! What comes nearest: names that were probably meant to be another, rules that do not count, and what is far from it.

use rolecall::query::{self, Answer, Asker, Dimension, Place, Who, Words};
use rolecall::rbac::{Identity, Verdict};

use super::{DEPLOYER, ROLES, access, ask, nearest, with_rule, words};

const PODS: &str = "{apiGroups: [''], resources: [pods], verbs: [get]}";

/// A ClusterRole with a rule, and a ClusterRoleBinding of a role to a subject.
fn bound(role: &str, rule: &str, role_ref: &str, subject: &str) -> String {
    format!(
        "
kind: ClusterRole
apiVersion: rbac.authorization.k8s.io/v1
metadata: {{name: {role}}}
rules: [{rule}]
---
kind: ClusterRoleBinding
apiVersion: rbac.authorization.k8s.io/v1
metadata: {{name: b}}
roleRef: {{kind: ClusterRole, name: {role_ref}, apiGroup: rbac.authorization.k8s.io}}
subjects: [{subject}]
"
    )
}

fn user(name: &str) -> String {
    format!("{{kind: User, name: '{name}'}}")
}

fn group(name: &str) -> String {
    format!("{{kind: Group, name: '{name}'}}")
}

#[test]
fn rules_that_name_something_like_it_are_near() {
    for (rule, question, expected) in [
        (
            "{apiGroups: [apps], resources: [deploymnets], verbs: [get]}",
            "get deploy",
            "resource: `deploymnets` matches nothing: it would have to be `deployments`",
        ),
        (
            "{apiGroups: [''], resources: [logs, exec], verbs: [create]}",
            "create pods --subresource exec",
            "resource: `exec` matches nothing: it would have to be `pods/exec`",
        ),
        ("{apiGroups: [''], resources: [configmaps], verbs: [get]}", "get secrets", ""),
        ("{apiGroups: [apps], resources: ['*'], verbs: [get]}", "get secrets", ""),
        ("{apiGroups: [apps], resources: ['*/*'], verbs: [get]}", "get secrets", ""),
        (
            "{apiGroups: [apps], resources: ['*', secrets], verbs: [get]}",
            "get secrets",
            "api-group: the rule has the API group `apps`, not `\"\"` (core)",
        ),
    ] {
        assert_eq!(nearest(&with_rule(rule), "ci:deployer", question), expected, "{rule} for {question}");
    }
}

#[test]
fn a_rule_without_api_groups_is_near() {
    for rule in ["{resources: [pods], verbs: [get]}", "{apigroups: [''], resources: [pods], verbs: [get]}"] {
        let told = nearest(&with_rule(rule), "ci:deployer", "get pods");
        let refused = told.starts_with("role: ") && told.contains('r');
        assert!(told == "api-group: the rule has no `apiGroups`: the core group is `\"\"`" || refused, "{told}");
    }
}

#[test]
fn roles_of_nearly_the_same_name_are_near() {
    for (role, role_ref, expected) in [
        ("r", "R", "role: there is no ClusterRole `R`; did you mean `r`?"),
        ("viewr", "view-r", "role: there is no ClusterRole `view-r`; did you mean `viewr`?"),
        ("team-a", "team-b", "role: there is no ClusterRole `team-b`"),
    ] {
        let access = access(&bound(role, PODS, role_ref, &user("jane")));
        assert_eq!(nearest(&access, "user/jane", "get pods"), expected);
    }
}

#[test]
fn subjects_of_nearly_the_same_name_are_near() {
    for (subject, who, expected) in [
        (DEPLOYER.to_owned(), "ci:deploer", "subject: it names the ServiceAccount `ci/deployer`, not `ci/deploer`"),
        (group("Devs"), "group/devs", "subject: it names the Group `Devs`, not `devs`"),
        (group("devs"), "group/dev", "subject: it names the Group `devs`, not `dev`"),
        (user("oidc:jane"), "user/jane", "subject: it names the User `oidc:jane`, not `jane`"),
        (user("jane"), "user/oidc:jane", "subject: it names the User `jane`, not `oidc:jane`"),
        (user("jnae"), "user/jane", "subject: it names the User `jnae`, not `jane`"),
        (user("devs"), "group/devs", "subject: it names a User `devs`, not the Group `devs`"),
        (
            user("system:serviceaccount:ci:*"),
            "ci:deployer",
            "subject: it names the User `system:serviceaccount:ci:*`: subjects have no wildcards",
        ),
        (user("*"), "user/jane", "subject: it names the User `*`: subjects have no wildcards"),
        (user("*"), "group/devs", ""),
        (group("team-a"), "group/team-b", ""),
        (group("system:unauthenticated"), "user/jane", ""),
    ] {
        let access = access(&bound("r", PODS, "r", &subject));
        assert_eq!(nearest(&access, who, "get pods"), expected, "{subject} for {who}");
    }
}

#[test]
fn accounts_that_both_exist_are_not_taken_for_each_other() {
    let account = "kind: ServiceAccount\napiVersion: v1\nmetadata: {namespace: ci, name: ";
    let text = format!("{}---\n{account}deployer}}\n---\n{account}deploer}}\n", bound("r", PODS, "r", DEPLOYER));
    assert_eq!(nearest(&access(&text), "ci:deploer", "get pods"), "");
}

#[test]
fn the_default_account_of_another_namespace_is_another() {
    let text = bound("r", PODS, "r", "{kind: ServiceAccount, name: default, namespace: kube-system}");
    let answer = ask(&access(&text), "nowhere:default", "get pods");
    assert_eq!(answer.misses, []);
    assert!(!answer.doubts[0].contains("there is `"), "{:?}", answer.doubts);
}

#[test]
fn rules_that_aggregation_overwrites_are_near() {
    let widgets = "{apiGroups: [w.io], resources: [widgets], verbs: [get]}";
    let aggregating = bound("a", widgets, "a", &user("jane")).replacen(
        "rules:",
        "aggregationRule: {clusterRoleSelectors: [{matchLabels: {s: b}}]}\nrules:",
        1,
    );
    let taken_in = format!(
        "---\nkind: ClusterRole\napiVersion: rbac.authorization.k8s.io/v1\nmetadata: {{name: c, labels: {{s: b}}}}\n\
         rules: [{PODS}]\n"
    );
    let access = access(&format!("{aggregating}{taken_in}"));
    let overwritten = "aggregation: the rules written in ClusterRole `a` are overwritten by those that it takes in";
    assert_eq!(nearest(&access, "user/jane", "get widgets.w.io"), overwritten);
    let verb = "; verb: the rule has the verb `get`, not `list`";
    assert_eq!(nearest(&access, "user/jane", "list widgets.w.io"), format!("{overwritten}{verb}"));
    assert_eq!(ask(&access, "user/jane", "get pods").decision.verdict, Verdict::Allowed);
}

#[test]
fn all_namespaces_are_another_place_than_the_cluster() {
    let access = with_rule(PODS);
    let everywhere = Words { place: Place::Everywhere, ..words("get pods") };
    let answer = query::can_i(&access, &Asker::from(Who::parse("ci:deployer").unwrap()), &everywhere).unwrap();
    assert_eq!(
        answer.misses[0].gaps[0].message,
        "it counts only in namespace `prod`, and the question is about all namespaces"
    );
}

#[test]
fn words_that_are_missing_leave_sentences_whole() {
    let subject = "{kind: '', name: deployer, namespace: ci}";
    let text = ROLES.replace("RULE", PODS).replace("SUBJECT", subject);
    let nameless = |kind: &str, name: &str| {
        let role_ref = format!("{{kind: {kind}, name: {name},");
        ROLES.replace("RULE", PODS).replace("SUBJECT", DEPLOYER).replace("{kind: Role, name: r,", &role_ref)
    };
    for text in [text, nameless("''", "r"), nameless("Role", "''"), with_verbs("[]")] {
        for miss in ask(&access(&text), "ci:deployer", "get pods").misses {
            let messages: Vec<_> = miss.gaps.iter().map(|gap| gap.message.as_str()).collect();
            assert!(!messages.iter().any(|message| message.contains("``")), "{messages:?}");
        }
    }
}

fn with_verbs(verbs: &str) -> String {
    let rule = format!("{{apiGroups: [''], resources: [pods], verbs: {verbs}}}");
    ROLES.replace("RULE", &rule).replace("SUBJECT", DEPLOYER)
}

#[test]
fn bindings_that_miss_a_role_of_the_same_name_are_one_miss() {
    let one = |namespace: &str, role: &str| {
        format!(
            "---\nkind: RoleBinding\napiVersion: rbac.authorization.k8s.io/v1\nmetadata: {{name: b, namespace: \
             {namespace}}}\nroleRef: {{kind: Role, name: {role}}}\nsubjects: [{}]\n",
            user("jane")
        )
    };
    let text: String =
        ["a", "b", "c"].into_iter().flat_map(|namespace| [one(namespace, "r"), one(namespace, "s")]).collect();
    let answer = ask(&access(&text.replace("name: b,", "generateName: b,")), "user/jane", "get pods");
    let alike: Vec<_> = answer.misses.iter().map(|miss| miss.alike.len()).collect();
    assert_eq!(alike, [2, 2]);
    assert!(answer.misses.iter().all(|miss| miss.dimensions() == [Dimension::Role, Dimension::Namespace]));
}

/// The answer to somebody with groups.
fn ask_with_groups(text: &str, name: &str, groups: &[&str], question: &str) -> Answer {
    let groups = groups.iter().map(|&group| group.to_owned()).collect();
    let asker = Asker { who: Who::user(name), identity: Identity::new(name, groups) };
    query::can_i(&access(text), &asker, &words(question)).unwrap()
}

#[test]
fn a_user_whom_nothing_names_is_told_where_the_answer_is_not_yes() {
    let text = bound("r", PODS, "r", &group("devs"));
    let note = "no binding names the User `jane`";
    for (groups, question, verdict) in [
        (&["devs"], "get pods", Verdict::Allowed),
        (&["system:masters"], "delete nodes", Verdict::Allowed),
        (&["devs"], "list pods", Verdict::Denied),
    ] {
        let answer = ask_with_groups(&text, "jane", groups, question);
        let is_told = answer.doubts.iter().any(|doubt| doubt == note);
        assert_eq!((answer.decision.verdict, is_told), (verdict, verdict == Verdict::Denied), "{question}");
    }
}

const SAYS_NONE: &str = "
kind: ServiceAccount
apiVersion: v1
metadata: {name: d}
---
kind: Role
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: r}
rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]
---
kind: RoleBinding
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: b}
roleRef: {kind: Role, name: r}
subjects: [{kind: ServiceAccount, name: d}]
---
kind: ClusterRoleBinding
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: c}
roleRef: {kind: ClusterRole, name: nodes}
subjects: [{kind: ServiceAccount, name: d, namespace: prod}]
---
kind: ClusterRole
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: nodes}
rules: [{apiGroups: [''], resources: [nodes], verbs: [get]}]
";

#[test]
fn what_says_no_namespace_may_be_applied_to_another() {
    let unsaid =
        "says no namespace and is taken to be in `default`: `--default-namespace prod` where it is applied there";
    let access_of = access(SAYS_NONE);
    assert_eq!(nearest(&access_of, "prod:d", "get pods"), format!("namespace: it {unsaid}"));
    let doubt = ask(&access_of, "prod:d", "get pods").doubts.remove(0);
    assert!(doubt.ends_with(&format!("; ServiceAccount `d` {unsaid}")), "{doubt}");
    let other = "it names the ServiceAccount `prod/d`, not `default/d`";
    assert_eq!(nearest(&access_of, "default:d", "get nodes"), format!("subject: {other}; ServiceAccount `d` {unsaid}"));
    let says_one = access(&SAYS_NONE.replace("{name: b}", "{name: b, namespace: default}"));
    assert!(nearest(&says_one, "prod:d", "get pods").starts_with("subject: "));
}
