//! Answers to "can I": what is granted by what, what comes nearest where nothing is, and how questions are read.

mod misses;
mod questions;
mod remedies;
mod shown;

use rolecall::query::{self, Access, Answer, Asker, Place, Who, Words};
use rolecall::rbac::Verdict;
use serde_json::Value;

use crate::scratch;

const ROLES: &str = "
apiVersion: v1
kind: ServiceAccount
metadata: {name: deployer, namespace: ci}
---
apiVersion: v1
kind: Namespace
metadata: {name: prod}
---
kind: Role
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: r, namespace: prod}
rules:
- RULE
---
kind: RoleBinding
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: b, namespace: prod}
roleRef: {kind: Role, name: r, apiGroup: rbac.authorization.k8s.io}
subjects: [SUBJECT]
";

const DEPLOYER: &str = "{kind: ServiceAccount, name: deployer, namespace: ci}";

fn access(text: &str) -> Access {
    scratch::access("rbac.yaml", text.as_bytes())
}

fn with_rule(rule: &str) -> Access {
    access(&ROLES.replace("RULE", rule).replace("SUBJECT", DEPLOYER))
}

fn words(question: &str) -> Words {
    let (question, subresource) = question.split_once(" --subresource ").unwrap_or((question, ""));
    let (verb, target) = question.split_once(' ').unwrap();
    let place = Place::Namespace("prod".to_owned());
    Words { verb: verb.to_owned(), target: target.to_owned(), subresource: subresource.to_owned(), place }
}

fn ask(access: &Access, who: &str, question: &str) -> Answer {
    query::can_i(access, &Asker::from(Who::parse(who).unwrap()), &words(question)).unwrap()
}

/// What is missing in what comes nearest: `dimension: message`, several in a row.
fn nearest(access: &Access, who: &str, question: &str) -> String {
    let answer = ask(access, who, question);
    assert_ne!(answer.decision.verdict, Verdict::Allowed, "{question} is allowed");
    let gaps = answer.misses.first().map(|miss| miss.gaps.as_slice()).unwrap_or_default();
    let gaps: Vec<_> = gaps.iter().map(|gap| format!("{}: {}", gap.dimension.name(), gap.message)).collect();
    gaps.join("; ")
}

/// A rule, a question that it does not allow, and what is said about it.
const DIMENSIONS: [(&str, &str, &str); 14] = [
    (
        "{apiGroups: [''], resources: [secrets], verbs: [get, list]}",
        "delete secrets",
        "verb: the rule has the verbs `get`, `list`, not `delete`",
    ),
    (
        "{apiGroups: [''], resources: [secrets], verbs: [GET]}",
        "get secrets",
        "verb: the rule has the verb `GET`, and verbs are in lower case: `get`",
    ),
    (
        "{apiGroups: [extensions, ''], resources: [deployments], verbs: [get]}",
        "get deployments",
        "api-group: the rule has the API groups `extensions`, `\"\"` (core), not `apps`",
    ),
    (
        "{apiGroups: [''], resources: [pods], verbs: [create]}",
        "create pods --subresource exec",
        "subresource: `pods` does not cover its subresource `pods/exec`",
    ),
    (
        "{apiGroups: [''], resources: [pods/log], verbs: [get]}",
        "get pods",
        "subresource: `pods/log` does not cover `pods`",
    ),
    (
        "{apiGroups: [''], resources: ['pods/*'], verbs: [get]}",
        "get pods --subresource log",
        "resource: `pods/*` matches nothing: it would have to be `pods/log` or `*/log`",
    ),
    (
        "{apiGroups: [''], resources: ['*/*'], verbs: [get]}",
        "get pods",
        "resource: `*/*` matches nothing: it would have to be `pods`",
    ),
    (
        "{apiGroups: [apps], resources: [Deployment], verbs: [get]}",
        "get deployments",
        "resource: `Deployment` matches nothing: rules name the plural in lower case, `deployments`",
    ),
    (
        "{apiGroups: [apps], resources: [deploy], verbs: [get]}",
        "get deployments",
        "resource: `deploy` matches nothing: rules name the plural in lower case, `deployments`",
    ),
    (
        "{apiGroups: [''], resources: [secrets], resourceNames: [db, tls], verbs: [get]}",
        "get secrets/api",
        "resource-name: the rule is only about `db`, `tls`, not `api`",
    ),
    (
        "{apiGroups: [''], resources: [secrets], resourceNames: [db], verbs: [list]}",
        "list secrets",
        "resource-name: the rule is only about `db`, and `list` names no object",
    ),
    (
        "{apiGroups: [''], resources: [secrets], resourceNames: [db], verbs: [create]}",
        "create secrets",
        "resource-name: the rule is only about `db`, and what is created has no name yet",
    ),
    (
        "{apiGroups: [''], resources: [secrets], resourceNames: ['*'], verbs: [get]}",
        "get secrets/db",
        "resource-name: `*` in resourceNames is a name like any other: leave resourceNames out for all",
    ),
    (
        "{apiGroups: [''], resources: [nodes], verbs: [get]}",
        "get nodes",
        "scope: it counts only in namespace `prod`, and no request for `nodes` is in a namespace",
    ),
];

#[test]
fn each_dimension_of_a_rule_says_how_it_fails() {
    for (rule, question, expected) in DIMENSIONS {
        assert_eq!(nearest(&with_rule(rule), "ci:deployer", question), expected, "{rule} for {question}");
    }
}

#[test]
fn bindings_say_how_they_fail() {
    let rule = "{apiGroups: [''], resources: [secrets], verbs: [get]}";
    for (subject, expected) in [
        (
            "{kind: ServiceAccount, name: deployer, namespace: prod}",
            "subject: it names the ServiceAccount `prod/deployer`, not `ci/deployer`",
        ),
        (
            "{kind: ServiceAccount, name: deployer}",
            "subject: it names the ServiceAccount `prod/deployer`, not `ci/deployer`",
        ),
        ("{kind: User, name: deployer}", "subject: it names the User `deployer`, not the ServiceAccount `ci/deployer`"),
        (
            "{kind: User, name: 'ci:deployer'}",
            "subject: it names the User `ci:deployer`, not the ServiceAccount `ci/deployer`",
        ),
        ("{kind: User, name: jane}", ""),
    ] {
        let access = access(&ROLES.replace("RULE", rule).replace("SUBJECT", subject));
        assert_eq!(nearest(&access, "ci:deployer", "get secrets"), expected, "{subject}");
    }
    let missing = ROLES
        .replace("RULE", rule)
        .replace("SUBJECT", DEPLOYER)
        .replace("{kind: Role, name: r,", "{kind: Role, name: s,");
    assert_eq!(
        nearest(&access(&missing), "ci:deployer", "get secrets"),
        "role: there is no Role `s` in namespace `prod`"
    );
    let cluster_role = missing.replace("{kind: Role, name: s,", "{kind: ClusterRole, name: r,");
    assert_eq!(
        nearest(&access(&cluster_role), "ci:deployer", "get secrets"),
        "role: there is no ClusterRole `r`; there is a Role of this name in namespace `prod`"
    );
    let undecodable =
        ROLES.replace("RULE", "{apiGroups: [''], resources: secrets, verbs: [get]}").replace("SUBJECT", DEPLOYER);
    let access = access(&undecodable);
    assert_eq!(nearest(&access, "ci:deployer", "get secrets"), "role: its Role `r` could not be read");
    assert_eq!(access.unread().len(), 1);
}

#[test]
fn urls_and_other_namespaces_say_how_they_fail() {
    let text = "
kind: ClusterRole
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: r}
rules:
- {nonResourceURLs: [/metrics/*], verbs: [get]}
- {apiGroups: [''], resources: [pods], verbs: [get]}
---
kind: ClusterRoleBinding
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: everywhere}
roleRef: {kind: ClusterRole, name: urls}
subjects: [{kind: User, name: ann}]
---
kind: ClusterRole
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: urls}
rules:
- {nonResourceURLs: [/metrics/*], verbs: [get]}
---
kind: RoleBinding
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: b, namespace: dev}
roleRef: {kind: ClusterRole, name: r}
subjects: [{kind: User, name: bob}]
";
    let access = access(text);
    assert_eq!(nearest(&access, "user/ann", "get /metrics"), "url: `/metrics/*` does not cover `/metrics`");
    assert_eq!(nearest(&access, "user/ann", "post /metrics/x"), "verb: the rule has the verb `get`, not `post`");
    let scope = "scope: a RoleBinding never grants a URL: it takes a ClusterRoleBinding";
    assert_eq!(nearest(&access, "user/bob", "get /metrics/x"), scope);
    let namespace = "namespace: it counts only in namespace `dev`, not in `prod`";
    assert_eq!(nearest(&access, "user/bob", "get pods"), namespace);
}

#[test]
fn what_is_suggested_would_allow_it() {
    let access = with_rule("{apiGroups: [''], resources: [pods], verbs: [get]}");
    for (question, who) in [
        ("delete pods/web", "ci:deployer"),
        ("create pods --subresource exec", "user/jane"),
        ("get nodes", "group/ops"),
        ("get /metrics", "ci:deployer"),
        ("get widgets.example.com", "ci:deployer"),
        ("list *.apps", "user/no one: \"x\""),
    ] {
        let answer = ask(&access, who, question);
        assert_eq!(answer.decision.verdict, Verdict::Denied, "{question}");
        let remedy = answer.remedy.unwrap();
        let objects = crate::can_i::access(&remedy.suggestion.objects);
        assert_eq!(ask(&objects, who, question).decision.verdict, Verdict::Allowed, "{}", remedy.suggestion.objects);
    }
}

#[test]
fn differing_definitions_make_an_answer_conditional() {
    let one = with_one("[get]");
    let same = [one.as_str(), &with_one("[get]")].join("---");
    let differing = [one.as_str(), &with_one("[get, list]")].join("---");
    assert_eq!(ask(&access(&same), "ci:deployer", "get secrets").decision.verdict, Verdict::Allowed);
    let access = access(&differing);
    for question in ["get secrets", "list secrets"] {
        let answer = ask(&access, "ci:deployer", question);
        assert_eq!(answer.decision.verdict, Verdict::Conditional, "{question}");
        let grant = answer.decision.grants[0];
        assert!(grant.is_conditional);
        assert_eq!(access.role_definitions(grant.role).len(), 2);
    }
    assert_eq!(ask(&access, "ci:deployer", "delete secrets").decision.verdict, Verdict::Denied);
}

fn with_one(verbs: &str) -> String {
    let rule = format!("{{apiGroups: [''], resources: [secrets], verbs: {verbs}}}");
    ROLES.replace("RULE", &rule).replace("SUBJECT", DEPLOYER)
}

#[test]
fn questions_are_read_as_kubectl_reads_them() {
    let access = with_rule("{apiGroups: ['*'], resources: ['*'], verbs: ['*']}");
    for (question, warning) in [
        ("get pods", None),
        ("get po/web", None),
        ("impersonate serviceaccounts", None),
        (
            "get gadgets",
            Some("there is no resource type 'gadgets' in Kubernetes 1.36 or in the definitions that were read"),
        ),
        (
            "get secrts",
            Some(
                "there is no resource type 'secrts' in Kubernetes 1.36 or in the definitions that were read; did you mean 'secrets'?",
            ),
        ),
        ("GET pods", Some("verb 'GET' is not a known verb; did you mean 'get'?")),
        ("read pods", Some("verb 'read' is not a known verb")),
        (
            "use pods",
            Some(
                "resource 'pods' does not serve the verb 'use' (it has: create, delete, deletecollection, get, list, patch, update, watch)",
            ),
        ),
        ("get nodes", Some("resource 'nodes' is not namespace scoped")),
        (
            "get clusterroles",
            Some("resource 'clusterroles' is not namespace scoped in group 'rbac.authorization.k8s.io'"),
        ),
        (
            "get pods/log",
            Some("'log' is taken for a name, as kubectl does; for the subresource ask for 'pods --subresource log'"),
        ),
        ("get secrets --subresource status", Some("resource 'secrets' has no subresource 'status' (it has: none)")),
        ("list /healthz", Some("verb 'list' does not apply to URLs: ask for 'get'")),
    ] {
        let answer = ask(&access, "ci:deployer", question);
        assert_eq!(answer.warnings.first().map(String::as_str), warning, "{question}");
    }
}

#[test]
fn resources_of_the_cluster_are_asked_without_a_namespace() {
    let access = with_rule("{apiGroups: [''], resources: [nodes, namespaces], verbs: ['*']}");
    let nodes = ask(&access, "ci:deployer", "get nodes");
    assert_eq!(nodes.decision.verdict, Verdict::Denied);
    let kubectl = nodes.kubectl.unwrap();
    assert!(kubectl.allowed && kubectl.namespace == "prod", "kubectl would ask in the namespace");
    for (question, expected) in [
        ("get namespaces/prod", Verdict::Allowed),
        ("delete ns/prod", Verdict::Allowed),
        ("get namespaces/dev", Verdict::Denied),
        ("get namespaces", Verdict::Denied),
        ("create namespaces/prod", Verdict::Denied),
        ("list namespaces/prod", Verdict::Denied),
    ] {
        assert_eq!(ask(&access, "ci:deployer", question).decision.verdict, expected, "{question}");
    }
}

/// Exit code, standard output and standard error of a run over one file.
fn run(text: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("rbac.yaml"), text).unwrap();
    let scratch::Run { code, out, error } = scratch::run(directory.path(), arguments);
    (Some(code), out, error)
}

#[test]
fn the_exit_code_is_the_answer() {
    let text = with_one("[get]");
    let account = ["--serviceaccount", "ci:deployer", "-n", "prod"];
    for (question, code) in [(["can-i", "get", "secrets"], 0), (["can-i", "list", "secrets"], 1)] {
        let (exit, output, _) = run(&text, &[question.as_slice(), &account].concat());
        assert_eq!(exit, Some(code), "{output}");
        assert_eq!(output.lines().next(), Some(if code == 0 { "yes" } else { "no" }));
        let (exit, output, errors) = run(&text, &[question.as_slice(), &account, &["-q"]].concat());
        assert_eq!((exit, output.as_str(), errors.as_str()), (Some(code), "", ""));
    }
    let differing = [text.as_str(), &with_one("[list]")].join("---");
    let (exit, output, _) = run(&differing, &[["can-i", "get", "secrets"].as_slice(), &account].concat());
    assert_eq!(exit, Some(1));
    assert!(output.starts_with("conditional\n"), "{output}");
    assert!(
        output.contains("Role prod/r is defined several times")
            && output.contains("rbac.yaml:12:18")
            && output.contains("rbac.yaml:32:18"),
        "{output}"
    );
}

#[test]
fn a_question_without_a_subject_shows_how_to_name_one() {
    let (exit, _, errors) = run(&with_one("[get]"), &["can-i", "get", "pods"]);
    assert_eq!(exit, Some(2));
    for flag in ["--serviceaccount NS:NAME", "--as USER", "--as-group GROUP"] {
        assert!(errors.contains(flag), "{errors}");
    }
    for arguments in [
        &["can-i", "get", "--as", "x"][..],
        &["can-i", "get", "pods", "web", "--as", "x"],
        &["can-i", "get", "/x", "--subresource", "y", "--as", "x"],
        &["can-i", "get", "pods", "--serviceaccount", "deployer"],
        &["can-i", "get", "pods", "--as", "x", "--serviceaccount", "a:b"],
        &["can-i", "get", "pods", "--as", "x", "--kubernetes-version", "1.3"],
    ] {
        assert_eq!(run(&with_one("[get]"), arguments).0, Some(2), "{arguments:?}");
    }
}

#[test]
fn implicit_groups_are_added_unless_groups_are_given() {
    let subject = "{kind: Group, name: 'system:serviceaccounts:ci', apiGroup: rbac.authorization.k8s.io}";
    let text =
        ROLES.replace("RULE", "{apiGroups: [''], resources: [secrets], verbs: [get]}").replace("SUBJECT", subject);
    let ask = |more: &[&str]| run(&text, &[&["can-i", "get", "secrets", "-n", "prod"], more].concat());
    let account = "system:serviceaccount:ci:deployer";
    let (exit, output, _) = ask(&["--as", account]);
    assert_eq!(exit, Some(0));
    assert!(output.contains("ServiceAccount ci/deployer is in Group system:serviceaccounts:ci"), "{output}");
    assert_eq!(ask(&["--as", account, "--as-group", "ops"]).0, Some(1));
    assert_eq!(ask(&["--as", "jane", "--as-group", "system:serviceaccounts:ci"]).0, Some(0));
    assert_eq!(ask(&["--as-group", "system:serviceaccounts:ci"]).0, Some(0));
}

#[test]
fn what_kubernetes_brings_can_be_left_out() {
    let text = "
kind: RoleBinding
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: b, namespace: prod}
roleRef: {kind: ClusterRole, name: view}
subjects: [{kind: User, name: ann}]
---
kind: ClusterRole
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: more, labels: {rbac.authorization.k8s.io/aggregate-to-view: 'true'}}
rules: [{apiGroups: [example.com], resources: [widgets], verbs: [get]}]
";
    let question = ["can-i", "get", "pods", "--as", "ann", "-n", "prod"];
    assert_eq!(run(text, &question).0, Some(0));
    let (exit, output, _) = run(text, &[question.as_slice(), &["--no-builtin-roles"]].concat());
    assert_eq!(exit, Some(1));
    assert!(output.contains("role: there is no ClusterRole `view`"), "{output}");
    let (exit, output, _) = run(text, &["can-i", "get", "widgets.example.com", "--as", "ann", "-n", "prod"]);
    assert_eq!(exit, Some(0));
    assert!(output.contains("ClusterRole view takes in the rules of ClusterRole more by aggregation"), "{output}");
}

#[test]
fn json_says_all_that_people_are_told() {
    let text = with_one("[get]");
    let account = ["--serviceaccount", "ci:deployer", "-n", "prod", "-o", "json"];
    let json =
        |question: &[&str]| -> Value { serde_json::from_str(&run(&text, &[question, &account].concat()).1).unwrap() };
    let yes = json(&["can-i", "get", "secrets"]);
    assert_eq!((&yes["version"], &yes["allowed"], &yes["verdict"]), (&1.into(), &true.into(), &"yes".into()));
    assert_eq!(
        yes["reason"],
        "RBAC: allowed by RoleBinding \"b/prod\" of Role \"r\" to ServiceAccount \"deployer/ci\""
    );
    let grant = &yes["grants"][0];
    assert_eq!(grant["binding"]["name"], "b");
    assert_eq!(grant["rule"]["location"]["start"]["line"], 14);
    assert_eq!(grant["rule"]["index"], 0);
    let no = json(&["can-i", "list", "secrets"]);
    assert_eq!((&no["allowed"], &no["verdict"]), (&false.into(), &"no".into()));
    assert_eq!(no["misses"][0]["gaps"][0]["dimension"], "verb");
    assert!(no["remedy"]["objects"].as_str().unwrap().contains("kind: RoleBinding"));
}

#[test]
fn names_that_nothing_knows_are_told() {
    let access = with_rule("{apiGroups: [''], resources: [secrets], verbs: [get]}");
    for (who, doubt) in [
        ("ci:deployer", None),
        ("ci:deplyer", Some("there is no ServiceAccount `ci/deplyer` in what was read; there is `ci/deployer`")),
        (
            "dev:deployer",
            Some(
                "there is no ServiceAccount `dev/deployer` in what was read, nor a namespace `dev`; there is `ci/deployer`",
            ),
        ),
        ("user/jane", Some("no binding names the User `jane`")),
        ("group/ops", Some("no binding names the Group `ops`")),
    ] {
        assert_eq!(ask(&access, who, "get pods").doubts.first().map(String::as_str), doubt, "{who}");
    }
    let elsewhere = Words { place: Place::Namespace("prd".to_owned()), ..words("get pods") };
    let asker = Asker::from(Who::parse("ci:deployer").unwrap());
    let answer = query::can_i(&access, &asker, &elsewhere).unwrap();
    assert_eq!(answer.doubts, ["there is no namespace `prd` in what was read"]);
}

#[test]
fn clusters_of_the_configuration_settle_what_is_conditional() {
    let directory = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = directory.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("east/rbac.yaml", &with_one("[get]"));
    write("west/rbac.yaml", &with_one("[list]"));
    write("rolecall.yaml", "clusters:\n- {name: east, paths: [east]}\n- {name: west, paths: [west]}\n");
    for (cluster, code, word) in [
        (&[][..], 1, "conditional"),
        (&["--cluster", "east"], 0, "yes"),
        (&["--cluster", "west"], 1, "no"),
        (&["--cluster", "north"], 2, ""),
    ] {
        let question = ["can-i", "get", "secrets", "--serviceaccount", "ci:deployer", "-n", "prod"];
        let scratch::Run { code: exit, out: text, .. } =
            scratch::run(directory.path(), &[question.as_slice(), cluster].concat());
        assert_eq!(exit, code, "{cluster:?}: {text}");
        assert_eq!(text.lines().next().unwrap_or_default(), word);
        if word == "conditional" {
            assert!(text.contains("east/rbac.yaml:12:18") && text.contains("west/rbac.yaml:12:18"), "{text}");
        }
    }
}
