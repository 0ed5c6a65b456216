//! Roles that are bound and allow nothing.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;

pub(super) static RULE: Rule = Rule {
    id: "role-without-rules",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a role without rules that a binding hands out",
    page: include_str!("../../../rules/role-without-rules.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    let (it, name) = (&role.facts.role, &role.object.name);
    if !it.rules.is_empty() || it.aggregation.is_some() || it.name.starts_with("system:") {
        return;
    }
    // Another definition may be the one that has them.
    let is_defined_once = role.index.objects((name.kind, name.namespace.as_deref(), &name.name)).len() == 1;
    let first = role.index.uses().of(it.key()).next();
    let Some(bound) = first.filter(|_| is_defined_once) else { return };
    let draft = sink
        .report(role.object.span, format!("this {} has no rules: whoever has it may do nothing by it", it.kind()))
        .help("write its rules, or remove it and its bindings");
    if let Some(binding) = role.access.binding_object(bound.binding) {
        draft.related(binding.span, "this hands it out");
    }
}
