//! Roles with the very rules of another.

use crate::diagnostic::{Category, Severity};
use crate::lint::aggregation_labels::may_be_taken_in;
use crate::lint::references::{is_beside, is_placed, is_settled};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::{KnownObject, RoleFacts};

pub(super) static RULE: Rule = Rule {
    id: "role-identical",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a role with the same rules as another one of the same kind and namespace",
    page: include_str!("../../../rules/role-identical.md"),
    check: Check::Role(check),
};

/// How many roles with the same rules are looked at.
const MOST: usize = 64;

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    if !is_told_apart_by_rules(role, role.object, role.facts) {
        return;
    }
    let earlier = role.index.same_rules().with(&role.facts.role);
    let mut earlier = earlier.take(MOST).take_while(|(other, _)| other.span != role.object.span);
    let same = earlier.find(|(other, facts)| {
        let is_other = other.name.name != role.object.name.name;
        is_other && is_told_apart_by_rules(role, other, facts) && is_beside(role.access, role.object, other)
    });
    let Some((other, _)) = same else { return };
    let (kind, name) = (&role.object.name.kind, &other.name.name);
    sink.report(role.object.span, format!("this {kind} has the same rules as `{name}`"))
        .help(format!("bind `{name}`, and remove this one"))
        .related(other.span, "this one is the same");
}

/// Whether nothing but its rules makes a role what it is: no name that is yet to come, and nobody who takes it in.
fn is_told_apart_by_rules(set: &InSet<'_, RoleFacts>, object: &KnownObject, facts: &RoleFacts) -> bool {
    let role = &facts.role;
    let stays = if role.namespace.is_some() { is_placed(set.access, object) } else { is_settled(set.access, object) };
    let is_taken_in = || set.index.uses().takers(role.key()).next().is_some();
    let is_plain = role.aggregation.is_none() && !may_be_taken_in(facts) && !role.rules.is_empty();
    stays && is_plain && !object.is_generated && !is_taken_in()
}
