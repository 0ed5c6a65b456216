//! Other objects for the same access: nothing is told.

use super::{binding, diff, named, role, rule, told};

const DEPLOYER: &[&str] = &["sa/ci/deployer"];

fn same(old: &str, new: &str) {
    for (old, new) in [(old, new), (new, old)] {
        let diff = diff(old, new);
        assert!(diff.is_empty(), "{:#?}\n{old}\n=====\n{new}", told(&diff));
    }
}

/// A Role of `prod` with these rules, bound to the deployer.
fn prod(rules: &str) -> String {
    role("prod", "deploy", rules) + &binding("prod", "deploy", "Role/deploy", DEPLOYER)
}

#[test]
fn rules_may_be_written_otherwise() {
    let all = prod(&rule("get, list", "apps", "deployments, daemonsets"));
    same(&all, &prod(&rule("list, get", "apps", "daemonsets, deployments, deployments")));
    let split = [
        rule("get", "apps", "deployments, daemonsets"),
        rule("list", "apps", "daemonsets"),
        rule("list", "apps", "deployments"),
    ];
    same(&all, &prod(&split.join(", ")));
    let names = prod(&named("get", "''", "secrets", "a, b").replace("''''", "''"));
    same(&names, &prod(&[named("get", "", "secrets", "b"), named("get", "", "secrets", "a")].join(", ")));
    // What a wider rule contains says nothing more.
    same(
        &prod(&rule("get", "", "secrets")),
        &prod(&[rule("get", "", "secrets"), named("get", "", "secrets", "a")].join(", ")),
    );
    same(
        &prod(&rule("\"*\"", "apps", "\"*\"")),
        &prod(&[rule("\"*\"", "apps", "\"*\""), rule("get", "apps", "deployments/scale")].join(", ")),
    );
    same(&prod(&rule("get", "*", "pods")), &prod(&[rule("get", "*", "pods"), rule("get", "", "pods")].join(", ")));
}

#[test]
fn what_grants_nothing_may_come_and_go() {
    let one = prod(&rule("get", "", "pods"));
    // A RoleBinding reaches no resources of the cluster and no URLs, and `pods/*` is no wildcard.
    same(&one, &prod(&[rule("get", "", "pods"), rule("get", "", "nodes, pods/*")].join(", ")));
    same(&one, &(one.clone() + &role("prod", "unused", &rule("get", "", "secrets"))));
    same(&one, &(one.clone() + &binding("prod", "dangling", "Role/missing", DEPLOYER)));
    same(&one, &(one.clone() + &binding("prod", "masters", "Role/deploy", &["group/system:masters"])));
}

#[test]
fn roles_may_be_split_and_merged_and_renamed() {
    let one = prod(&[rule("get", "", "pods"), rule("get", "", "secrets")].join(", "));
    let split = role("prod", "pods", &rule("get", "", "pods"))
        + &role("prod", "secrets", &rule("get", "", "secrets"))
        + &binding("prod", "pods", "Role/pods", DEPLOYER)
        + &binding("prod", "secrets", "Role/secrets", DEPLOYER);
    same(&one, &split);
    let renamed = one.replace("name: deploy,", "name: other,").replace("name: deploy}", "name: other}");
    assert_ne!(one, renamed);
    same(&one, &renamed);
}

#[test]
fn a_role_may_become_one_of_the_cluster_and_an_aggregated_one() {
    let rules = rule("get", "", "secrets");
    let of_cluster = role("", "secrets", &rules) + &binding("prod", "secrets", "ClusterRole/secrets", DEPLOYER);
    same(&prod(&rules), &of_cluster);
    let labelled = role("", "part", &rules).replace("{name: part", "{labels: {to: whole}, name: part");
    let aggregated = role("", "whole", "")
        .replace("rules: []", "aggregationRule: {clusterRoleSelectors: [{matchLabels: {to: whole}}]}");
    same(&of_cluster, &(labelled + &aggregated + &binding("prod", "whole", "ClusterRole/whole", DEPLOYER)));
}

#[test]
fn subjects_may_be_bound_together_or_alone() {
    let rules = rule("get", "", "secrets");
    let role = role("prod", "r", &rules);
    let together = role.clone() + &binding("prod", "all", "Role/r", &["sa/ci/deployer", "user/ann", "group/ops"]);
    let alone = role
        + &binding("prod", "a", "Role/r", &["group/ops"])
        + &binding("prod", "b", "Role/r", &["user/ann"])
        // The same ServiceAccount by its user name.
        + &binding("prod", "c", "Role/r", &["user/system:serviceaccount:ci:deployer", "user/ann"]);
    same(&together, &alone);
}

#[test]
fn what_everybody_may_do_is_no_news_for_one() {
    let all = role("", "r", &rule("get", "", "secrets"))
        + &binding("prod", "all", "ClusterRole/r", &["group/system:serviceaccounts:ci"]);
    same(&all, &(all.clone() + &binding("prod", "one", "ClusterRole/r", DEPLOYER)));
}
