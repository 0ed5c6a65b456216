//! Selectors of an aggregationRule that select every ClusterRole.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::{MADE, RoleFacts};

pub(super) static RULE: Rule = Rule {
    id: "role-aggregates-everything",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "an aggregationRule that selects `cluster-admin`, and so allows everything",
    page: include_str!("../../../rules/role-aggregates-everything.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    let Some(place) = role.facts.aggregation else { return };
    let of_cluster_admin = [(MADE.0.to_owned(), MADE.1.to_owned())];
    let selectors = || role.facts.role.aggregation.iter().flatten();
    let Some(first) = selectors().find(|selector| selector.selects(&of_cluster_admin)) else { return };
    let message = if selectors().any(|selector| selector.requirements.is_empty()) {
        "an empty selector takes in every ClusterRole, `cluster-admin` too: the role allows everything"
    } else {
        "this takes in `cluster-admin`, too: the role allows everything"
    };
    let help = match first.requirements.as_slice() {
        [] => "select a label that only the ClusterRoles have that are meant",
        _ => "select a label that the ClusterRoles have that are meant, and that those of Kubernetes do not",
    };
    sink.report(place, message).help(help);
}
