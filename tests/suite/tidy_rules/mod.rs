//! Rules about roles and bindings that can be done without: the exact place, and what is left alone.

mod bindings;

use std::fs;
use std::path::Path;

use rolecall::config::{self, External};
use rolecall::discover::ConfigFile;
use rolecall::lint::{Profile, Report, Selection, Settings, lint};
use rolecall::manifest::Options;
use tempfile::TempDir;

use crate::scratch;

const RULES: [&str; 8] = [
    "binding-redundant",
    "role-aggregation-label-mistyped",
    "role-duplicate-entry",
    "role-identical",
    "role-mergeable-rules",
    "role-redundant-rule",
    "role-unused",
    "role-without-rules",
];

fn report_on(path: &Path, profile: Profile, external: External) -> Report {
    let settings = Settings { selection: Selection::of(profile), external, ..Settings::default() };
    lint(&scratch::files_under(path), &Options::default(), &settings).unwrap()
}

/// What these rules find, each as `rule at underlined text`.
fn shown(report: &Report) -> Vec<String> {
    let found = report.findings.iter().filter(|finding| RULES.contains(&finding.rule));
    let line = |finding: &rolecall::diagnostic::Finding| {
        let text = report.read_set.sources.text(finding.span.file);
        let text = std::str::from_utf8(&text.bytes()[finding.span.range()]).unwrap();
        format!("{} at {}", finding.rule, text.lines().next().unwrap_or_default())
    };
    found.map(line).collect()
}

fn found_in(files: &[(&str, &str)], profile: Profile, external: External) -> Vec<String> {
    let directory = TempDir::new().unwrap();
    for (name, text) in files {
        let path = directory.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    shown(&report_on(directory.path(), profile, external))
}

fn pedantic(text: &str) -> Vec<String> {
    found_in(&[("rbac.yaml", text)], Profile::Pedantic, External::default())
}

fn default(text: &str) -> Vec<String> {
    found_in(&[("rbac.yaml", text)], Profile::Default, External::default())
}

/// An object with this kind and metadata, and what else it says.
fn object(kind: &str, metadata: &str, rest: &str) -> String {
    format!("---\napiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{{metadata}}}\n{rest}\n")
}

fn role(metadata: &str, rules: &[&str]) -> String {
    let rules: Vec<_> = rules.iter().map(|rule| format!("- {{{rule}}}")).collect();
    object("Role", metadata, &format!("rules:\n{}", rules.join("\n")))
}

fn cluster_role(metadata: &str, rules: &[&str]) -> String {
    role(metadata, rules).replace("kind: Role", "kind: ClusterRole")
}

fn binding(metadata: &str, role: &str, users: &[&str]) -> String {
    let kind = if metadata.contains("namespace") { "RoleBinding" } else { "ClusterRoleBinding" };
    let users: Vec<_> = users.iter().map(|user| format!("{{kind: User, name: {user}}}")).collect();
    let role = format!("roleRef: {{apiGroup: rbac.authorization.k8s.io, {role}}}");
    object(kind, metadata, &format!("{role}\nsubjects: [{}]", users.join(", ")))
}

const PODS: &str = "apiGroups: [''], resources: [pods], verbs: [get]";
const SECRETS: &str = "apiGroups: [''], resources: [secrets], verbs: [get]";
const ALL: &str = "apiGroups: ['*'], resources: ['*'], verbs: ['*']";
const NOTHING: [&str; 0] = [];

/// A binding that has nothing to do with anything else.
fn unrelated() -> String {
    binding("name: unrelated, namespace: elsewhere", "kind: ClusterRole, name: view", &["somebody"])
}

#[test]
fn roles_that_nobody_has_are_found_once_bindings_are_known() {
    let lone = role("name: lone, namespace: shop", &[PODS]);
    assert_eq!(pedantic(&lone), NOTHING);
    assert_eq!(pedantic(&(lone.clone() + &unrelated())), ["role-unused at lone"]);
    assert_eq!(pedantic(&(cluster_role("name: wide", &[PODS]) + &unrelated())), ["role-unused at wide"]);
    assert_eq!(default(&(lone.clone() + &unrelated())), NOTHING);
    let other_namespace = binding("name: b, namespace: other", "kind: Role, name: lone", &["jane"]);
    let there = role("name: lone, namespace: other", &[PODS]);
    assert_eq!(pedantic(&(lone.clone() + &there + &other_namespace)), ["role-unused at lone"]);
    // A role that is defined twice is told once.
    let again = lone.clone() + &lone.replace("[get]", "[list]");
    assert_eq!(pedantic(&(again + &unrelated())), ["role-unused at lone"]);
}

#[test]
fn roles_that_somebody_may_have_are_left_alone() {
    let lone = role("name: lone, namespace: shop", &[PODS]);
    for text in [
        lone.clone() + &binding("name: b, namespace: shop", "kind: Role, name: lone", &["jane"]),
        // These lead nowhere, which is what other rules are about.
        lone.clone() + &binding("name: b, namespace: shop", "kind: ClusterRole, name: lone", &["jane"]),
        lone.clone() + &binding("name: b, namespace: other", "kind: Role, name: lone", &["jane"]),
        role("name: deployer, namespace: shop", &[PODS])
            + &binding("name: b, namespace: shop", "kind: Role, name: deploer", &["jane"]),
        // This one may come to be in the namespace.
        role("name: lone", &[PODS]) + &binding("name: b, namespace: shop", "kind: Role, name: lone", &["jane"]),
        lone + &binding("name: b, namespace: shop", "kind: Role, name: '${ROLE}'", &["jane"]),
        cluster_role("name: 'system:lone'", &[PODS]) + &unrelated(),
        cluster_role("name: edit", &[PODS]) + &unrelated(),
        role("generateName: lone-, namespace: shop", &[PODS]) + &unrelated(),
        cluster_role("name: part, labels: {example.com/aggregate-to-support: 'true'}", &[PODS]) + &unrelated(),
        cluster_role("name: part, labels: {example.com/addressable: 'true'}", &[PODS]) + &unrelated(),
        object(
            "ClusterRole",
            "name: whole",
            "aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}\nrules: []",
        ) + &cluster_role("name: part, labels: {a: b}", &[PODS])
            + &unrelated(),
        cluster_role("name: given-out", &[PODS])
            + &cluster_role(
                "name: operator",
                &[
                    "apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], resourceNames: [given-out], verbs: [bind]",
                ],
            )
            + &binding("name: b", "kind: ClusterRole, name: operator", &["jane"]),
    ] {
        assert_eq!(pedantic(&text), NOTHING, "{text}");
    }
}

#[test]
fn roles_of_a_kustomization_and_of_the_configuration_are_left_alone() {
    let text = role("name: lone, namespace: shop", &[PODS]) + &unrelated();
    let kustomization = "resources: [rbac.yaml]\nnamePrefix: prod-\n";
    let files = [("rbac.yaml", text.as_str()), ("kustomization.yaml", kustomization)];
    assert_eq!(found_in(&files, Profile::Pedantic, External::default()), NOTHING);
    let external = |role: &str| {
        let bytes = format!("external: {{roles: [{role}]}}\n").into_bytes();
        let file = ConfigFile { path: "rolecall.yaml".to_owned(), directory: Path::new("/").to_owned(), bytes };
        found_in(&files[..1], Profile::Pedantic, config::parse(file).unwrap().external)
    };
    assert_eq!(external("shop/lone"), NOTHING);
    assert_eq!(external("shop/other"), ["role-unused at lone"]);
}

#[test]
fn rules_that_others_contain_are_found() {
    let rules = [
        "apiGroups: [''], resources: [pods], verbs: [get]",
        "apiGroups: [''], resources: [services, pods], verbs: [list, get]",
        "apiGroups: [apps], resources: [deployments], verbs: [get]",
        "verbs: [get], resources: [deployments], apiGroups: [apps]",
    ];
    let text = role("name: r, namespace: shop", &rules);
    let (first, last) =
        (format!("role-redundant-rule at {{{}}}", rules[0]), format!("role-redundant-rule at {{{}}}", rules[3]));
    assert_eq!(pedantic(&text), [first.as_str(), last.as_str()]);
    // That a rule stands there twice is told always.
    assert_eq!(default(&text), [last.as_str()]);
}

#[test]
fn rules_that_others_contain_only_together_are_found_and_none_too_many() {
    let pods_and_services = "apiGroups: [''], resources: [pods, services], verbs: [get]";
    let together = [pods_and_services, "apiGroups: [''], resources: [services], verbs: [list, get]", PODS];
    let found = pedantic(&role("name: r, namespace: shop", &together));
    // Once the last is gone, the first is needed.
    assert_eq!(found, [format!("role-redundant-rule at {{{PODS}}}")]);
    let parts = [
        "apiGroups: [''], resources: [pods], verbs: [get, watch]",
        "apiGroups: [''], resources: [services], verbs: [get, list]",
        pods_and_services,
    ];
    let report = report_of(&role("name: r, namespace: shop", &parts));
    let finding = report.findings.iter().find(|finding| finding.rule == "role-redundant-rule").unwrap();
    assert_eq!(finding.message, "other rules of the role allow all of this");
    assert_eq!(finding.related.len(), 2);
}

fn report_of(text: &str) -> Report {
    let (_directory, inputs) = scratch::file("rbac.yaml", text.as_bytes());
    let settings = Settings { selection: Selection::of(Profile::Pedantic), ..Settings::default() };
    lint(&inputs, &Options::default(), &settings).unwrap()
}

#[test]
fn rules_that_allow_something_more_are_not_taken_for_redundant() {
    for rules in [
        [PODS, "apiGroups: [''], resources: [pods/log], verbs: [get]"],
        ["apiGroups: [''], resources: ['*/log'], verbs: [get]", PODS],
        [
            "apiGroups: [''], resources: [pods], resourceNames: [a], verbs: [get]",
            "apiGroups: [''], resources: [pods], resourceNames: [b], verbs: [get]",
        ],
    ] {
        let found = pedantic(&role("name: r, namespace: shop", &rules));
        assert!(!found.iter().any(|line| line.starts_with("role-redundant-rule")), "{found:?}");
    }
    let named = ["apiGroups: [''], resources: [pods], resourceNames: ['*'], verbs: [get]", PODS];
    assert_eq!(
        pedantic(&role("name: r, namespace: shop", &named)),
        [format!("role-redundant-rule at {{{}}}", named[0])]
    );
}

#[test]
fn rules_that_differ_in_one_list_are_found_at_the_later_one() {
    let urls = ["nonResourceURLs: [/metrics], verbs: [get]", "nonResourceURLs: [/healthz], verbs: [get]"];
    for (one, other) in [
        (PODS, "apiGroups: [''], resources: [services], verbs: [get]"),
        (PODS, "apiGroups: [''], resources: [pods], verbs: [list]"),
        (
            "apiGroups: [apps], resources: [deployments], verbs: [get]",
            "apiGroups: [extensions], resources: [deployments], verbs: [get]",
        ),
        (
            "apiGroups: [''], resources: [pods], resourceNames: [a, b], verbs: [get]",
            "apiGroups: [''], resources: [pods], resourceNames: [b, a], verbs: [delete]",
        ),
        (urls[0], urls[1]),
    ] {
        assert_eq!(pedantic(&cluster_role("name: r", &[one, other])), [format!("role-mergeable-rules at {{{other}}}")]);
    }
    for (one, other) in [
        (PODS, "apiGroups: [apps], resources: [deployments], verbs: [get]"),
        (PODS, "apiGroups: [''], resources: [services], verbs: [list]"),
        (PODS, "apiGroups: [''], resources: [secrets], resourceNames: [a], verbs: [get]"),
        (
            "apiGroups: [''], resources: [pods], resourceNames: [a], verbs: [get]",
            "apiGroups: [''], resources: [pods], resourceNames: [b], verbs: [get]",
        ),
        (PODS, urls[0]),
    ] {
        assert_eq!(pedantic(&cluster_role("name: r", &[one, other])), NOTHING, "{one} and {other}");
    }
    // One that can go altogether is told as that.
    let larger = "apiGroups: [''], resources: [pods], verbs: [get, list]";
    assert_eq!(
        pedantic(&role("name: r, namespace: shop", &[larger, PODS])),
        [format!("role-redundant-rule at {{{PODS}}}")]
    );
}

#[test]
fn entries_that_add_nothing_are_found() {
    for (rule, entries) in [
        ("apiGroups: [''], resources: [pods], verbs: [get, list, 'get']", vec!["'get'"]),
        ("apiGroups: [''], resources: [pods, services, \"pods\"], verbs: [get]", vec!["\"pods\""]),
        ("apiGroups: ['', apps, \"\"], resources: [pods], verbs: [get]", vec!["\"\""]),
        ("apiGroups: [''], resources: [pods], resourceNames: [a, 'a'], verbs: [get]", vec!["'a'"]),
        ("apiGroups: [''], resources: [pods], verbs: [get, list, '*']", vec!["get", "list"]),
        ("apiGroups: ['*', apps], resources: [deployments], verbs: [get]", vec!["apps"]),
        ("apiGroups: [apps], resources: ['*', deployments/scale], verbs: [get]", vec!["deployments/scale"]),
        (
            "apiGroups: [apps], resources: ['*/scale', deployments, deployments/scale], verbs: [get]",
            vec!["deployments/scale"],
        ),
        ("nonResourceURLs: ['/health*', /healthz, /metrics], verbs: [get]", vec!["/healthz"]),
    ] {
        let expected: Vec<_> = entries.iter().map(|entry| format!("role-duplicate-entry at {entry}")).collect();
        assert_eq!(default(&cluster_role("name: r", &[rule])), expected, "{rule}");
    }
}

#[test]
fn entries_that_only_look_alike_are_left_alone() {
    for rule in [
        "apiGroups: [''], resources: [pods, pods/log, '*/exec'], verbs: [get]",
        "apiGroups: [example.com], resources: [widgets], resourceNames: ['*', a], verbs: [get]",
        "apiGroups: ['', apps, extensions], resources: [pods], verbs: [get]",
        "nonResourceURLs: [/healthz, '/healthz/*'], verbs: [get]",
        // This matches nothing, as another rule says.
        "apiGroups: [apps], resources: ['*', '*/*'], verbs: [get]",
        "apiGroups: [''], resources: ['${A}', '${A}'], verbs: [get]",
    ] {
        assert_eq!(pedantic(&cluster_role("name: r", &[rule])), NOTHING, "{rule}");
    }
}

#[test]
fn roles_with_the_same_rules_are_found_at_the_later_one() {
    let pair = |one: &str, other: &str| {
        role(one, &[PODS, SECRETS.replace("get", "list").as_str()])
            + &role(other, &[SECRETS.replace("get", "list").as_str(), PODS])
    };
    assert_eq!(pedantic(&pair("name: one, namespace: shop", "name: two, namespace: shop")), ["role-identical at two"]);
    let of_cluster = pair("name: one", "name: two").replace("kind: Role", "kind: ClusterRole");
    assert_eq!(pedantic(&of_cluster), ["role-identical at two"]);
    for (one, other) in [
        ("name: one, namespace: shop", "name: two, namespace: other"),
        ("name: one, namespace: shop", "name: one, namespace: shop"),
        ("name: one, namespace: shop", "name: one, namespace: other"),
        ("name: one", "name: two"),
        ("generateName: one-, namespace: shop", "generateName: two-, namespace: shop"),
    ] {
        assert_eq!(pedantic(&pair(one, other)), NOTHING, "{one} and {other}");
    }
    let labelled = pair("name: one", "name: two, labels: {example.com/aggregate-to-x: 'true'}");
    assert_eq!(pedantic(&labelled.replace("kind: Role", "kind: ClusterRole")), NOTHING);
    let empty = role("name: one, namespace: shop", &[]) + &role("name: two, namespace: shop", &[]);
    assert_eq!(pedantic(&empty), NOTHING);
    let (one, other) = (role("name: one, namespace: shop", &[PODS]), role("name: two, namespace: shop", &[PODS]));
    let found =
        |there: &str| found_in(&[("a/rbac.yaml", &one), (there, &other)], Profile::Pedantic, External::default());
    assert_eq!(found("a/b/rbac.yaml"), ["role-identical at one"]);
    assert_eq!(found("b/rbac.yaml"), NOTHING);
}

#[test]
fn labels_by_which_nothing_is_aggregated_are_found() {
    let prefix = "rbac.authorization.k8s.io/aggregate-to-";
    for (label, place) in [
        (format!("{prefix}view: 'yes'"), "'yes'".to_owned()),
        (format!("{prefix}edit: 'True'"), "'True'".to_owned()),
        (format!("{prefix}viewer: 'true'"), format!("{prefix}viewer")),
        (format!("{prefix}admins: 'true'"), format!("{prefix}admins")),
        (format!("{prefix}editors: 'true'"), format!("{prefix}editors")),
        (format!("{prefix}veiw: 'true'"), format!("{prefix}veiw")),
        (
            "rbac.authorization.k8s.io/aggregated-to-view: 'true'".to_owned(),
            "rbac.authorization.k8s.io/aggregated-to-view".to_owned(),
        ),
        (
            "rbac.authorisation.k8s.io/aggregate-to-edit: 'true'".to_owned(),
            "rbac.authorisation.k8s.io/aggregate-to-edit".to_owned(),
        ),
        (
            "rbac.authorization.kubernetes.io/aggregate-to-edit: 'true'".to_owned(),
            "rbac.authorization.kubernetes.io/aggregate-to-edit".to_owned(),
        ),
    ] {
        let text = cluster_role(&format!("name: r, labels: {{{label}}}"), &[PODS]);
        assert_eq!(default(&text), [format!("role-aggregation-label-mistyped at {place}")]);
    }
    let of_role = role(&format!("name: r, namespace: shop, labels: {{{prefix}view: 'true'}}"), &[PODS]);
    assert_eq!(default(&of_role), [format!("role-aggregation-label-mistyped at {prefix}view")]);
}

#[test]
fn labels_that_do_what_they_say_are_left_alone() {
    let prefix = "rbac.authorization.k8s.io/aggregate-to-";
    for label in [
        format!("{prefix}view: 'true'"),
        format!("{prefix}view: 'false'"),
        // Who takes these in may not have been read.
        format!("{prefix}support: 'true'"),
        format!("{prefix}audit: 'true'"),
        format!("{prefix}cluster-reader: 'true'"),
        "rbac.example.com/aggregate-to-view: 'yes'".to_owned(),
        "rbac.example.com/aggregate-to-viewer: 'true'".to_owned(),
    ] {
        assert_eq!(default(&cluster_role(&format!("name: r, labels: {{{label}}}"), &[PODS])), NOTHING, "{label}");
    }
    let selector = |requirement: &str| {
        let rest = format!("aggregationRule: {{clusterRoleSelectors: [{{{requirement}}}]}}\nrules: []");
        object("ClusterRole", "name: taker", &rest)
    };
    for (label, requirement) in [
        (format!("{prefix}viewer: 'true'"), format!("matchLabels: {{{prefix}viewer: 'true'}}")),
        (format!("{prefix}view: always"), format!("matchLabels: {{{prefix}view: always}}")),
        (format!("{prefix}view: always"), format!("matchExpressions: [{{key: {prefix}view, operator: Exists}}]")),
    ] {
        let text = cluster_role(&format!("name: r, labels: {{{label}}}"), &[PODS]) + &selector(&requirement);
        assert_eq!(default(&text), NOTHING, "{text}");
    }
}

#[test]
fn roles_without_rules_are_found_where_they_are_bound() {
    let empty = object("Role", "name: r, namespace: shop", "rules: []");
    let bound = binding("name: b, namespace: shop", "kind: Role, name: r", &["jane"]);
    assert_eq!(pedantic(&(empty.clone() + &bound)), ["role-without-rules at r"]);
    assert_eq!(pedantic(&empty), NOTHING);
    let filled = role("name: r, namespace: shop", &[PODS]);
    assert_eq!(pedantic(&(empty + &filled + &bound)), NOTHING);
    let growing = object("ClusterRole", "name: r", "aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}");
    let bound = binding("name: b", "kind: ClusterRole, name: r", &["jane"]);
    assert_eq!(pedantic(&(growing + &bound)), NOTHING);
}
