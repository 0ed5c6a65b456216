//! Bindings that hand out a role to nobody.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;

pub(super) static RULE: Rule = Rule {
    id: "binding-without-subjects",
    category: Category::Reference,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a binding without subjects: it hands out its role to nobody",
    page: include_str!("../../../rules/binding-without-subjects.md"),
    check: Check::Binding(check),
};

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    if binding.facts.binding.subjects.is_empty() {
        sink.report(binding.facts.role, "the binding has no subjects: nobody gets this role")
            .help("add `subjects`, or remove the binding");
    }
}
