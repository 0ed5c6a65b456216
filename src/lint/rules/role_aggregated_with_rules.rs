//! Rules written in a ClusterRole that takes in those of others: they are overwritten.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;

pub(super) static RULE: Rule = Rule {
    id: "role-aggregated-with-rules",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "rules written in a ClusterRole whose aggregationRule overwrites them",
    page: include_str!("../../../rules/role-aggregated-with-rules.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    let (Some(aggregation), Some(first)) = (role.facts.aggregation, role.facts.rules.first()) else { return };
    let policy = role.access.policy();
    let is_taken_in = |id, other| role.facts.role.takes_in(other) && policy.rules_of(id).next().is_some();
    let by = policy.roles().find(|(id, other)| is_taken_in(*id, other)).map(|(id, _)| id);
    let message = if by.is_some() {
        "these rules are overwritten by those that the `aggregationRule` takes in"
    } else {
        "these rules are overwritten as soon as the `aggregationRule` selects a role with rules"
    };
    let draft = sink.report(first.whole, message);
    let draft =
        draft.help("write them in a ClusterRole of their own, with the labels that the `aggregationRule` selects");
    let draft = draft.related(aggregation, "this takes in the rules of other roles");
    if let Some(other) = by.and_then(|id| role.access.role_object(id)) {
        draft.related(other.span, "such as of this one");
    }
}
