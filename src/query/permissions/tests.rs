//! Tests of taking rules apart and putting them together.

use std::sync::Arc;

use ecow::eco_format;
use proptest::prelude::*;

use super::cells::Cells;
use super::sources::Source;
use super::{ResourceRow, Scope, WhyIdle};
use crate::catalog::{Catalog, Version};
use crate::rbac::{Binding, Grant, Policy, Role, RoleKind, RoleRef, Rule, Subject, covers};

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn rule(verbs: &[&str], groups: &[&str], resources: &[&str], names: &[&str]) -> Rule {
    Rule {
        verbs: strings(verbs),
        api_groups: strings(groups),
        resources: strings(resources),
        resource_names: strings(names),
        non_resource_urls: Vec::new(),
    }
}

fn urls(verbs: &[&str], urls: &[&str]) -> Rule {
    Rule { verbs: strings(verbs), non_resource_urls: strings(urls), ..Rule::default() }
}

/// What comes of rules: each of a role of its own, bound in a namespace or in the cluster.
fn settled(rules: &[(Option<&str>, Rule)]) -> (Vec<Scope>, Vec<(WhyIdle, Vec<String>)>) {
    let named = |(index, (namespace, rule)): (usize, &(Option<&str>, Rule))| {
        let name = eco_format!("r{index}");
        let role = RoleRef { kind: RoleKind::ClusterRole, name: name.clone() };
        let namespace = namespace.map(Into::into);
        let binding = Binding { namespace, name: name.clone(), role, subjects: vec![Subject::User("u".into())] };
        (Role { name, rules: vec![Arc::new(rule.clone())], ..Role::default() }, binding)
    };
    let (roles, bindings): (Vec<_>, Vec<_>) = rules.iter().enumerate().map(named).unzip();
    let policy = Policy::new(roles, bindings);
    let catalog = Catalog::new(Version::NEWEST);
    let (mut cells, mut idle) = (Cells::default(), Vec::new());
    for (id, binding) in policy.bindings() {
        for &role in policy.roles_of(id) {
            for rule in policy.rules_of(role) {
                let grant = Grant { binding: id, subject: 0, role, rule: rule.place, is_conditional: false };
                let source = Source { grant, namespace: binding.namespace.as_deref(), rule: rule.rule };
                idle.extend(cells.add(&source, &catalog).into_iter().map(|idle| (idle.why, idle.what)));
            }
        }
    }
    (cells.settle(), idle)
}

/// `group/resource [names] verbs ↑ wider` for each row.
fn told(rows: &[ResourceRow]) -> Vec<String> {
    let row = |row: &ResourceRow| {
        let verbs: Vec<_> = row.verbs.keys().map(String::as_str).collect();
        let name = format!("{}:{} [{}]", row.group, row.resource, row.names.join(" "));
        format!("{name} {} ↑ {}", verbs.join(","), row.wider.join(",")).trim_end_matches(" ↑ ").to_owned()
    };
    rows.iter().map(row).collect()
}

#[test]
fn what_something_wider_allows_is_left_out_and_marked() {
    let (scopes, _) = settled(&[
        (None, rule(&["get"], &["*"], &["*"], &[])),
        (None, rule(&["get", "list"], &[""], &["pods", "secrets"], &[])),
        (None, rule(&["*"], &["apps"], &["deployments"], &[])),
        (None, rule(&["delete"], &["apps"], &["deployments"], &["a"])),
        (Some("n"), rule(&["list", "watch"], &[""], &["pods"], &[])),
        (Some("m"), rule(&["get"], &[""], &["configmaps"], &["c"])),
    ]);
    assert_eq!(scopes.len(), 2, "nothing new is in namespace m");
    assert_eq!(
        told(&scopes[0].resources),
        ["*:* [] get", ":pods [] list ↑ get", ":secrets [] list ↑ get", "apps:deployments [] *"]
    );
    assert_eq!(told(&scopes[1].resources), [":pods [] watch ↑ get,list"]);
}

#[test]
fn names_with_the_same_verbs_stand_together() {
    let (scopes, _) = settled(&[(None, rule(&["get"], &[""], &["pods", "pods/log"], &["b", "a"]))]);
    assert_eq!(told(&scopes[0].resources), [":pods [a b] get", ":pods/log [a b] get"]);
    let (scopes, _) = settled(&[
        (None, rule(&["get"], &[""], &["pods"], &["a", "b"])),
        (None, rule(&["get"], &[""], &["pods"], &[])),
    ]);
    assert_eq!(told(&scopes[0].resources), [":pods [] get"]);
}

#[test]
fn subresources_of_any_resource_are_wider_than_those_of_one() {
    let (scopes, _) = settled(&[
        (None, rule(&["get"], &["*"], &["*/scale"], &[])),
        (None, rule(&["get", "update"], &["apps"], &["deployments/scale", "deployments"], &[])),
    ]);
    let expected = ["*:*/scale [] get", "apps:deployments [] get,update", "apps:deployments/scale [] update ↑ get"];
    assert_eq!(told(&scopes[0].resources), expected);
}

#[test]
fn a_role_binding_reaches_its_own_namespace_and_nothing_else_of_the_cluster() {
    let (scopes, idle) =
        settled(&[(Some("n"), rule(&["get", "list", "patch"], &[""], &["nodes", "namespaces", "pods"], &[]))]);
    assert_eq!(told(&scopes[0].resources), [":namespaces [n] get,patch", ":pods [] get,list,patch"]);
    assert_eq!(idle, [(WhyIdle::OfCluster, strings(&["namespaces (list)", "nodes"]))]);
    let (scopes, idle) = settled(&[(Some("n"), rule(&["get"], &[""], &["namespaces"], &["other"]))]);
    assert!(scopes.is_empty());
    assert_eq!(idle, [(WhyIdle::OfCluster, strings(&["namespaces"]))]);
}

#[test]
fn what_grants_nothing_is_told_apart() {
    let many: Vec<_> = (0..200).map(|number| format!("x{number}")).collect();
    let large = Rule { api_groups: many.clone(), resources: many, ..rule(&["get"], &[], &[], &[]) };
    let (scopes, idle) = settled(&[
        (None, rule(&["get"], &[""], &["pods/*"], &[])),
        (None, rule(&[], &[""], &["pods"], &[])),
        (None, rule(&["get"], &[], &["pods"], &[])),
        (Some("n"), urls(&["get"], &["/metrics"])),
        (None, large),
    ]);
    assert!(scopes.is_empty());
    let why: Vec<_> = idle.iter().map(|(why, _)| *why).collect();
    assert_eq!(
        why,
        [WhyIdle::Slash, WhyIdle::Empty, WhyIdle::Empty, WhyIdle::TooLarge, WhyIdle::UrlInNamespace],
        "bindings of the cluster come first"
    );
}

#[test]
fn urls_are_left_out_where_a_star_reaches_them() {
    let (scopes, _) =
        settled(&[(None, urls(&["get"], &["/a/*", "/a/b", "/b"])), (None, urls(&["get", "post"], &["/a/c"]))]);
    let told: Vec<_> =
        scopes[0].urls.iter().map(|row| (row.url.as_str(), row.verbs.len(), row.wider.join(","))).collect();
    assert_eq!(told, [("/a/*", 1, String::new()), ("/a/c", 1, "get".to_owned()), ("/b", 1, String::new())]);
}

fn some(words: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(proptest::sample::select(words).prop_map(str::to_owned), 0..3)
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let resources = some(&["*", "pods", "pods/log", "*/log", "services"]);
    (some(&["*", "get", "list"]), some(&["*", "", "apps"]), resources, some(&["a", "b"]), some(&["*", "/a", "/a/*"]))
        .prop_map(|(verbs, api_groups, resources, resource_names, urls)| {
            // `covers` asks for names even where they mean nothing.
            let non_resource_urls = if resource_names.is_empty() { urls } else { Vec::new() };
            Rule { verbs, api_groups, resources, resource_names, non_resource_urls }
        })
}

/// The rules that rows say.
fn rules(scope: &Scope, with_wider: bool) -> Vec<Rule> {
    let verbs = |own: &super::Verbs, wider: &[String]| -> Vec<String> {
        let wider = if with_wider { wider } else { &[] };
        own.keys().chain(wider).cloned().collect()
    };
    let resources = scope.resources.iter().map(|row| Rule {
        verbs: verbs(&row.verbs, &row.wider),
        api_groups: vec![row.group.clone()],
        resources: vec![row.resource.clone()],
        resource_names: row.names.clone(),
        non_resource_urls: Vec::new(),
    });
    let urls = scope.urls.iter().map(|row| Rule {
        verbs: verbs(&row.verbs, &row.wider),
        non_resource_urls: vec![row.url.clone()],
        ..Rule::default()
    });
    resources.chain(urls).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_say_what_the_rules_say(original in proptest::collection::vec(any_rule(), 1..5)) {
        let bound: Vec<_> = original.iter().map(|rule| (None, rule.clone())).collect();
        let (scopes, _) = settled(&bound);
        let rows: Vec<_> = scopes.iter().flat_map(|scope| rules(scope, false)).collect();
        let all: Vec<_> = scopes.iter().flat_map(|scope| rules(scope, true)).collect();
        prop_assert!(covers(&rows, &original), "{rows:?} is less than {original:?}");
        prop_assert!(covers(&original, &all), "{all:?} is more than {original:?}");
    }
}
