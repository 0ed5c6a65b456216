//! New and closed ways to more than somebody was given.

use super::{binding, diff, role, rule};

/// The paths in words.
fn paths(old: &str, new: &str) -> Vec<String> {
    let diff = diff(old, new);
    let paths = diff.paths.iter().map(|path| {
        let sign = if path.is_new { "+" } else { "-" };
        assert!(!path.proof.steps.is_empty());
        format!("{sign} {} {}", path.who.written(), path.sink)
    });
    paths.collect()
}

fn bound(rules: &str, subject: &str) -> String {
    role("", "r", rules) + &binding("", "b", "ClusterRole/r", &[subject])
}

#[test]
fn new_and_closed_ways_are_told() {
    let harmless = bound(&rule("get", "", "pods"), "user/ann");
    let harmful = bound(
        &[rule("get", "", "pods"), rule("escalate, update", "rbac.authorization.k8s.io", "clusterroles")].join(", "),
        "user/ann",
    );
    assert_eq!(paths(&harmless, &harmful), ["+ user/ann cluster-admin"]);
    assert_eq!(paths(&harmful, &harmless), ["- user/ann cluster-admin"]);
    assert_eq!(paths(&harmful, &harmful.replace("name: b}", "name: c}")), [""; 0]);
}

#[test]
fn what_is_given_outright_is_no_way_that_closes() {
    let harmful = bound(&rule("escalate, update", "rbac.authorization.k8s.io", "clusterroles"), "user/ann");
    let given = harmful.clone() + &binding("", "given", "ClusterRole/cluster-admin", &["user/ann"]);
    assert_eq!(paths(&harmful, &given), [""; 0]);
    assert_eq!(paths(&given, &harmful), [""; 0]);
}

#[test]
fn what_a_group_comes_to_is_told_of_the_group() {
    let accounts = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: x, namespace: ci}\n---\n";
    let rules = rule("escalate, update", "rbac.authorization.k8s.io", "clusterroles");
    let harmful = accounts.to_owned() + &bound(&rules, "group/system:serviceaccounts:ci");
    let told = paths(accounts, &harmful);
    assert!(told.contains(&"+ group/system:serviceaccounts:ci cluster-admin".to_owned()), "{told:?}");
    assert!(!told.iter().any(|path| path == "+ ci:x cluster-admin"), "{told:?}");
}

#[test]
fn what_a_group_gives_already_is_no_new_way_of_its_members() {
    let rules = [rule("get", "", "pods"), rule("get, update", "apps", "deployments")].join(", ");
    let account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: x, namespace: a}\n---\n";
    for (group, member) in [("system:serviceaccounts:a", "sa/a/x"), ("system:authenticated", "user/bob")] {
        let by_group =
            account.to_owned() + &role("a", "r", &rules) + &binding("a", "g", "Role/r", &[&format!("group/{group}")]);
        let twice = by_group.clone() + &binding("a", "b", "Role/r", &[member]);
        for (old, new) in [(&by_group, &twice), (&twice, &by_group)] {
            assert_eq!(paths(old, new), [""; 0], "{group}");
            assert!(diff(old, new).is_empty(), "{group}");
        }
    }
}
