//! Rules about powers: who has them, how far they reach, what is no power, and that a cause is told once.

use rolecall::catalog::Version;
use rolecall::diagnostic::{Category, Finding};
use rolecall::lint::{Profile, Selection, Settings, Target, lint};
use rolecall::manifest::Options;

use crate::scratch;

/// The findings about risks in a file, in a profile.
fn risks(text: &str, profile: Profile, version: &str) -> Vec<Finding> {
    let (_directory, inputs) = scratch::file("rbac.yaml", text.as_bytes());
    let settings = Settings { selection: Selection::of(profile), ..Settings::default() };
    let options = Options { version: Version::parse(version).unwrap(), ..Options::default() };
    let findings = lint(&inputs, &options, &settings).unwrap().findings;
    findings.into_iter().filter(|finding| finding.category == Category::Risk).collect()
}

/// Each finding of an audit as `severity rule at text: message`.
fn told(text: &str, profile: Profile) -> Vec<String> {
    let line = |finding: &Finding| {
        let (severity, place) = (finding.severity.name(), &text[finding.span.range()]);
        format!("{severity} {} at {place}: {}", finding.rule, finding.message)
    };
    risks(text, profile, "1.36").iter().map(line).collect()
}

fn rules(text: &str) -> Vec<&'static str> {
    risks(text, Profile::Audit, "1.36").iter().map(|finding| finding.rule).collect()
}

fn cluster_role(name: &str, rules: &[&str]) -> String {
    let rules: Vec<_> = rules.iter().map(|rule| format!("- {{{rule}}}\n")).collect();
    let rules = rules.concat();
    format!(
        "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: {name}}}\nrules:\n{rules}"
    )
}

/// A binding of a ClusterRole, in a namespace or in the whole cluster, to the ServiceAccount `ops/bot`.
fn bound(role: &str, namespace: Option<&str>) -> String {
    bound_to(role, namespace, "{kind: ServiceAccount, name: bot, namespace: ops}")
}

fn bound_to(role: &str, namespace: Option<&str>, subjects: &str) -> String {
    let (kind, place) = match namespace {
        Some(namespace) => ("RoleBinding", format!(", namespace: {namespace}")),
        None => ("ClusterRoleBinding", String::new()),
    };
    format!(
        "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: {role}{place}}}\nroleRef: {{apiGroup: \
         rbac.authorization.k8s.io, kind: ClusterRole, name: {role}}}\nsubjects: [{subjects}]\n"
    )
}

const SECRETS: &str = "apiGroups: [''], resources: [secrets], verbs: [get, list]";
const NAMED_SECRETS: &str = "apiGroups: [''], resources: [secrets], verbs: [get], resourceNames: [tls]";

#[test]
fn how_bad_a_power_is_depends_on_how_far_it_reaches() {
    use Profile::{Audit, Default, Pedantic};
    for (rule, binding, told_from, severity, message) in [
        (
            SECRETS,
            bound("r", None),
            Default,
            "warning",
            "ServiceAccount `ops/bot` can read any Secret, in the whole cluster",
        ),
        (
            SECRETS,
            bound("r", Some("kube-system")),
            Default,
            "warning",
            "ServiceAccount `ops/bot` can read any Secret, in namespace `kube-system`",
        ),
        (
            SECRETS,
            bound("r", Some("shop")),
            Pedantic,
            "warning",
            "ServiceAccount `ops/bot` can read any Secret, in namespace `shop`",
        ),
        (SECRETS, String::new(), Audit, "info", "whoever is bound to this role can read any Secret"),
        (
            NAMED_SECRETS,
            bound("r", None),
            Pedantic,
            "info",
            "ServiceAccount `ops/bot` can read the Secrets `tls`, in the whole cluster",
        ),
        (
            NAMED_SECRETS,
            bound("r", Some("shop")),
            Audit,
            "info",
            "ServiceAccount `ops/bot` can read the Secrets `tls`, in namespace `shop`",
        ),
    ] {
        let text = format!("{}{binding}", cluster_role("r", &[rule]));
        for profile in Profile::ALL {
            let expected = format!("{severity} role-reads-secrets at secrets: {message}");
            let expected = if profile >= told_from { vec![expected] } else { Vec::new() };
            assert_eq!(told(&text, profile), expected, "{profile:?} {text}");
        }
    }
}

#[test]
fn who_asks_for_a_rule_gets_all_of_it() {
    let text = cluster_role("r", &[SECRETS]);
    let (_directory, inputs) = scratch::file("rbac.yaml", text.as_bytes());
    let mut selection = Selection::default();
    selection.set(Target::parse("role-reads-secrets").unwrap(), true);
    let report = lint(&inputs, &Options::default(), &Settings { selection, ..Settings::default() }).unwrap();
    assert_eq!(report.findings.iter().map(|finding| finding.rule).collect::<Vec<_>>(), ["role-reads-secrets"]);
}

#[test]
fn a_cause_is_told_once() {
    let everything = "apiGroups: ['*'], resources: ['*'], verbs: ['*']";
    for (written, expected) in [
        (&[everything][..], &["role-grants-everything"][..]),
        (&["apiGroups: [''], resources: [secrets], verbs: ['*']"], &["role-reads-secrets", "role-wildcard"]),
        (
            &["apiGroups: [apps], resources: [deployments, statefulsets, daemonsets], verbs: [create]"],
            &["role-creates-workloads"],
        ),
        (
            &[
                "apiGroups: [apps], resources: [deployments], verbs: [create]",
                "apiGroups: [batch], resources: [jobs], verbs: [create]",
            ],
            &["role-creates-workloads"],
        ),
        (&["apiGroups: [''], resources: ['*'], verbs: [get, create]"], &["role-reaches-kubelets"]),
    ] {
        let text = format!("{}{}", cluster_role("r", written), bound("r", None));
        assert_eq!(rules(&text), expected, "{text}");
    }
    let text = format!(
        "{}{}",
        cluster_role("r", &["apiGroups: [''], resources: ['*'], verbs: [get, create]"]),
        bound("r", None)
    );
    let [finding] = &risks(&text, Profile::Default, "1.36")[..] else { panic!("one cause, one finding") };
    let help = finding.help.as_deref().unwrap();
    assert!(help.contains("get a token of any ServiceAccount") && help.contains("read any Secret"), "{help}");
}

#[test]
fn a_graver_power_that_is_not_asked_for_hides_no_other() {
    let text =
        format!("{}{}", cluster_role("r", &["apiGroups: [''], resources: [pods], verbs: ['*']"]), bound("r", None));
    let (_directory, inputs) = scratch::file("rbac.yaml", text.as_bytes());
    let mut selection = Selection::default();
    selection.set(Target::All, false);
    selection.set(Target::parse("role-enters-pods").unwrap(), true);
    let report = lint(&inputs, &Options::default(), &Settings { selection, ..Settings::default() }).unwrap();
    assert_eq!(report.findings.iter().map(|finding| finding.rule).collect::<Vec<_>>(), ["role-enters-pods"]);
}

const BIND: &str = "apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind]";
const ESCALATE: &str = "apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [escalate]";
const WRITE_BINDINGS: &str =
    "apiGroups: [rbac.authorization.k8s.io], resources: [clusterrolebindings], verbs: [create]";
const WRITE_ROLES: &str = "apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [update]";

#[test]
fn rights_that_give_nothing_by_themselves_are_no_power() {
    for alone in [
        BIND,
        ESCALATE,
        WRITE_BINDINGS,
        WRITE_ROLES,
        "apiGroups: [''], resources: [groups], verbs: [impersonate]",
        "apiGroups: [batch], resources: [jobs], verbs: [get, update, patch]",
        "apiGroups: [''], resources: [serviceaccounts], verbs: [create]",
        "apiGroups: [''], resources: [pods, deployments], verbs: [create], resourceNames: [a]",
        "apiGroups: [''], resources: ['pods/*', pods/logs], verbs: [create]",
        "apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings, clusterrolebindings], verbs: [bind, create]",
        "apiGroups: [certificates.k8s.io], resources: [signers], verbs: [approve], resourceNames: [issuers.example.com/*]",
    ] {
        assert_eq!(rules(&format!("{}{}", cluster_role("r", &[alone]), bound("r", None))), [""; 0], "{alone}");
    }
}

#[test]
fn what_has_to_come_with_a_right_may_come_from_another_role() {
    for (one, other, expected) in
        [(BIND, WRITE_BINDINGS, "role-binds-any-role"), (ESCALATE, WRITE_ROLES, "role-escalates")]
    {
        let roles = format!("{}{}", cluster_role("one", &[one]), cluster_role("other", &[other]));
        let both = format!("{roles}{}{}", bound("one", None), bound("other", None));
        assert_eq!(rules(&both), [expected]);
        let elsewhere = format!("{roles}{}{}", bound("one", None), bound_to("other", None, "{kind: User, name: jane}"));
        assert_eq!(rules(&elsewhere), [""; 0], "each of them has one half");
        assert_eq!(rules(&cluster_role("r", &[one, other])), [expected], "whoever is bound has both");
    }
}

#[test]
fn what_is_of_the_cluster_is_not_reached_from_a_namespace() {
    let kubelets = cluster_role("r", &["apiGroups: [''], resources: [nodes/proxy], verbs: [get]"]);
    assert_eq!(rules(&format!("{kubelets}{}", bound("r", Some("shop")))), [""; 0]);
    assert_eq!(rules(&format!("{kubelets}{}", bound("r", None))), ["role-reaches-kubelets"]);
    // A ClusterRole is bound in the namespace of its binding.
    let tenants = cluster_role(
        "r",
        &[BIND, "apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings], verbs: [create]"],
    );
    let text = format!("{tenants}{}", bound("r", Some("shop")));
    assert_eq!(
        told(&text, Profile::Pedantic),
        [
            "warning role-binds-any-role at clusterroles: ServiceAccount `ops/bot` can bind itself to any role, `cluster-admin` \
          among them, in namespace `shop`"
        ]
    );
}

#[test]
fn holders_their_bindings_and_their_workloads_are_pointed_at() {
    let workload = "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: ops}\nspec: {selector: {matchLabels: \
                    {a: b}}, template: {metadata: {labels: {a: b}}, spec: {serviceAccountName: bot, containers: [{name: a, image: \
                    b}]}}}\n";
    let text = format!("{}{}{workload}", cluster_role("r", &[SECRETS]), bound("r", None));
    let findings = risks(&text, Profile::Default, "1.36");
    let related: Vec<_> = findings[0].related.iter().map(|it| (&text[it.span.range()], it.message.as_str())).collect();
    assert_eq!(
        related,
        [
            ("{kind: ServiceAccount, name: bot, namespace: ops}", "handed out here"),
            ("web", "Deployment `web` runs as it")
        ]
    );
    let several = "{kind: User, name: jane}, {kind: Group, name: dev}, {kind: Group, name: 'system:masters'}";
    let text = format!("{}{}", cluster_role("r", &[SECRETS]), bound_to("r", None, several));
    assert!(
        told(&text, Profile::Default)[0].contains("User `jane` and 1 other can read"),
        "masters have it all anyway"
    );
}

#[test]
fn a_role_reaches_as_far_as_those_that_take_it_in() {
    let part = cluster_role("part", &[SECRETS]).replace("{name: part}", "{name: part, labels: {for: parts}}");
    let whole = "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: whole}\naggregationRule: \
                 {clusterRoleSelectors: [{matchLabels: {for: parts}}]}\nrules: []\n";
    let text = format!("{part}{whole}{}", bound("whole", None));
    assert_eq!(
        told(&text, Profile::Default),
        ["warning role-reads-secrets at secrets: ServiceAccount `ops/bot` can read any Secret, in the whole cluster"]
    );
}

#[test]
fn default_roles_that_are_widened_are_told_by_what_is_new_to_them() {
    let labelled = |rule: &str, into: &str| {
        let label = format!("{{name: r, labels: {{rbac.authorization.k8s.io/aggregate-to-{into}: 'true'}}}}");
        cluster_role("r", &[rule]).replace("{name: r}", &label)
    };
    let told = |rule: &str, into: &str| told(&labelled(rule, into), Profile::Default);
    assert_eq!(
        told(SECRETS, "view"),
        ["warning role-widens-default-role at secrets: everybody who is bound to `view` can read any Secret"]
    );
    assert_eq!(told(SECRETS, "edit"), [""; 0], "who may edit reads Secrets already");
    let impersonate = "apiGroups: [''], resources: [users], verbs: [impersonate]";
    assert!(told(impersonate, "admin").iter().any(|line| line.contains("bound to `admin` can act as anybody else")));
    assert_eq!(told("apiGroups: [example.com], resources: [things], verbs: ['*']", "view"), [""; 0]);
}

#[test]
fn getting_an_exec_opens_one_until_1_35() {
    let text = format!(
        "{}{}",
        cluster_role("r", &["apiGroups: [''], resources: [pods/exec], verbs: [get]"]),
        bound("r", None)
    );
    assert_eq!(risks(&text, Profile::Audit, "1.34").iter().map(|it| it.rule).collect::<Vec<_>>(), ["role-enters-pods"]);
    assert_eq!(risks(&text, Profile::Audit, "1.35"), []);
}

#[test]
fn of_several_definitions_each_belongs_to_the_bindings_beside_it() {
    let directory = tempfile::tempdir().unwrap();
    let role = |rule: &str| cluster_role("manager", &[rule]);
    let binding = |account: &str| {
        bound_to("manager", None, &format!("{{kind: ServiceAccount, name: {account}, namespace: ops}}"))
    };
    let pods = "apiGroups: [''], resources: [pods/exec], verbs: [create]";
    for (path, text) in
        [("one/rbac.yaml", role(SECRETS) + &binding("one")), ("two/rbac.yaml", role(pods) + &binding("two"))]
    {
        let path = directory.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let inputs = scratch::files_under(directory.path());
    let report = lint(&inputs, &Options::default(), &Settings::default()).unwrap();
    let messages: Vec<_> = report.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "ServiceAccount `ops/one` can read any Secret, in the whole cluster",
            "ServiceAccount `ops/two` can run code in any pod, as its ServiceAccount, in the whole cluster"
        ]
    );
}
