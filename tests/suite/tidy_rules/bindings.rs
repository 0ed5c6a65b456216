//! Bindings that give nobody anything which others do not give.

use rolecall::config::External;
use rolecall::lint::Profile;

use super::{ALL, NOTHING, PODS, SECRETS, binding, cluster_role, found_in, object, pedantic, role};

#[test]
fn bindings_that_give_nothing_more_are_found() {
    let view = "kind: ClusterRole, name: view";
    let in_shop =
        |name: &str, role: &str, users: &[&str]| binding(&format!("name: {name}, namespace: shop"), role, users);
    let everywhere = |name: &str, role: &str, users: &[&str]| binding(&format!("name: {name}"), role, users);
    let roles = role("name: small, namespace: shop", &[PODS])
        + &cluster_role("name: large", &[&PODS.replace("get", "get, list")]);
    let small = "kind: Role, name: small";
    for (bindings, expected) in [
        // Of two that give the same, the later one.
        (in_shop("one", view, &["jane"]) + &in_shop("two", view, &["jane"]), vec!["two"]),
        (in_shop("two", view, &["jane", "joe"]) + &in_shop("one", view, &["joe"]), vec!["one"]),
        (in_shop("one", view, &["joe"]) + &in_shop("two", view, &["joe", "jane"]), vec!["one"]),
        (everywhere("one", view, &["jane"]) + &everywhere("two", view, &["jane"]), vec!["two"]),
        // The narrower one, wherever it stands.
        (in_shop("narrow", view, &["jane"]) + &everywhere("wide", view, &["jane"]), vec!["narrow"]),
        (
            everywhere("wide", "kind: ClusterRole, name: edit", &["jane"]) + &in_shop("narrow", view, &["jane"]),
            vec!["narrow"],
        ),
        (
            in_shop("wide", "kind: ClusterRole, name: admin", &["jane"]) + &in_shop("narrow", view, &["jane"]),
            vec!["narrow"],
        ),
        (
            in_shop("less", small, &["jane"]) + &in_shop("more", "kind: ClusterRole, name: large", &["jane"]),
            vec!["less"],
        ),
        // Each subject by another one.
        (
            in_shop("both", view, &["jane", "joe"])
                + &everywhere("jane", view, &["jane"])
                + &everywhere("joe", view, &["joe"]),
            vec!["both"],
        ),
        // Of three, one has to stay.
        (
            in_shop("a", view, &["jane"]) + &in_shop("b", view, &["jane"]) + &in_shop("c", view, &["jane"]),
            vec!["b", "c"],
        ),
        // Whether the role is there does not matter.
        (
            in_shop("one", "kind: ClusterRole, name: unread", &["jane"])
                + &in_shop("two", "kind: ClusterRole, name: unread", &["jane"]),
            vec!["two"],
        ),
    ] {
        let found = pedantic(&(roles.clone() + &bindings));
        let found: Vec<_> = found.iter().filter_map(|line| line.strip_prefix("binding-redundant at ")).collect();
        assert_eq!(found, expected, "{bindings}");
    }
}

#[test]
fn bindings_that_give_something_more_are_left_alone() {
    let view = "kind: ClusterRole, name: view";
    let in_shop =
        |name: &str, role: &str, users: &[&str]| binding(&format!("name: {name}, namespace: shop"), role, users);
    let urls = cluster_role("name: urls", &["nonResourceURLs: [/metrics], verbs: [get]"]);
    let one = in_shop("one", view, &["jane"]);
    for other in [
        in_shop("two", view, &["joe"]),
        binding("name: one, namespace: other", view, &["jane"]),
        in_shop("two", "kind: ClusterRole, name: unread", &["jane"]),
        // Two definitions of one binding, which say the same or do not.
        one.clone(),
        in_shop("one", view, &["joe"]) + &in_shop("two", view, &["jane"]),
        // A RoleBinding of URLs gives nothing, which is another matter.
        urls + &in_shop("two", "kind: ClusterRole, name: urls", &["jane"]),
        binding("generateName: two-, namespace: shop", view, &["jane"]),
        in_shop("two", view, &[]),
        // Where it will be is not known.
        in_shop("two", view, &["jane"]).replace(", namespace: shop", ""),
    ] {
        let found = pedantic(&(one.clone() + &other));
        assert!(!found.iter().any(|line| line.starts_with("binding-redundant")), "{found:?} beside {other}");
    }
    let two = in_shop("two", view, &["jane"]);
    let apart = [("a/x.yaml", one.as_str()), ("b/x.yaml", two.as_str())];
    assert_eq!(found_in(&apart, Profile::Pedantic, External::default()), NOTHING);
}

#[test]
fn a_role_that_grows_is_contained_only_in_what_grows_with_it() {
    let growing = object(
        "ClusterRole",
        "name: growing",
        "aggregationRule: {clusterRoleSelectors: [{matchLabels: {part: 'yes'}}]}\nrules: []",
    ) + &cluster_role("name: part, labels: {part: 'yes'}", &[PODS]);
    let bound = |role: &str, name: &str| {
        binding(&format!("name: {name}"), &format!("kind: ClusterRole, name: {role}"), &["jane"])
    };
    let with = |other: &str| {
        let text = growing.clone() + other + &bound("growing", "one") + &bound("other", "two");
        pedantic(&text)
    };
    assert_eq!(with(&cluster_role("name: other", &[PODS, SECRETS.replace("get", "list").as_str()])), NOTHING);
    assert_eq!(with(&cluster_role("name: other", &[ALL])), ["binding-redundant at one"]);
    let superior = object(
        "ClusterRole",
        "name: other",
        "aggregationRule: {clusterRoleSelectors: [{matchLabels: {whole: 'yes'}}]}\nrules: []",
    );
    let taken_in = growing.replace("{name: growing}", "{name: growing, labels: {whole: 'yes'}}");
    let text = taken_in + &superior + &bound("growing", "one") + &bound("other", "two");
    // Both allow the same today; but only the second takes in what may be added to itself.
    assert_eq!(pedantic(&text), ["binding-redundant at one"]);
}

#[test]
fn what_every_cluster_has_makes_bindings_redundant() {
    let masters = binding("name: mine", "kind: ClusterRole, name: cluster-admin", &["jane"])
        .replace("kind: User, name: jane", "kind: Group, name: 'system:masters'");
    assert_eq!(pedantic(&masters), ["binding-redundant at mine"]);
}

#[test]
fn of_whoever_has_very_many_roles_only_bindings_of_the_same_role_are_compared() {
    let jane = |name: &str, role: &str| {
        binding(&format!("name: {name}, namespace: shop"), &format!("kind: ClusterRole, name: {role}"), &["jane"])
    };
    let text = |roles: usize| {
        let others: Vec<_> = (0..roles).map(|number| jane(&format!("b{number}"), &format!("r{number}"))).collect();
        others.concat() + &jane("larger", "edit") + &jane("smaller", "view") + &jane("again", "view")
    };
    assert_eq!(pedantic(&text(20)), ["binding-redundant at smaller", "binding-redundant at again"]);
    assert_eq!(pedantic(&text(2_000)), ["binding-redundant at again"]);
}
