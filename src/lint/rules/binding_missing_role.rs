//! Bindings whose role is not among all that was read.

use super::binding_dangling_role;
use crate::diagnostic::{Category, Severity};
use crate::lint::references::is_settled;
use crate::lint::role_rules::is_placeholder;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;

pub(super) static RULE: Rule = Rule {
    id: "binding-missing-role",
    category: Category::Reference,
    severity: Severity::Info,
    profile: Profile::Audit,
    summary: "a binding's role is not among all that was read",
    page: include_str!("../../../rules/binding-missing-role.md"),
    check: Check::Binding(check),
};

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    let (access, it) = (binding.access, &binding.facts.binding);
    let is_missing = it
        .role_key()
        .is_some_and(|key| !key.1.is_empty() && !binding.knows_role(key) && !binding.role_was_deleted(key));
    let is_filled_in = is_placeholder(&it.role.name);
    if is_missing && !is_filled_in && is_settled(access, binding.object) && !binding_dangling_role::finds(binding) {
        let message = format!("{} `{}` is not among what was read", it.role.kind.name(), it.role.name);
        sink.report(binding.facts.role_name, message)
            .help("without it the binding grants nothing; read the manifests that it comes from, too");
    }
}
