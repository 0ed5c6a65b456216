//! Selectors of an aggregationRule that select no ClusterRole.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;

pub(super) static RULE: Rule = Rule {
    id: "role-aggregation-selects-nothing",
    category: Category::Broken,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "an aggregationRule that selects no ClusterRole of all that was read",
    page: include_str!("../../../rules/role-aggregation-selects-nothing.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    let Some(place) = role.facts.aggregation else { return };
    let own = &role.facts.role;
    let is_taken_in = role.access.policy().roles().any(|(_, other)| own.takes_in(other));
    if !is_taken_in {
        sink.report(place, "no ClusterRole has the labels that this selects")
            .help("label the ClusterRoles that are meant; roles with the labels may come from elsewhere");
    }
}
