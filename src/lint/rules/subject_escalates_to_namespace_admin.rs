//! Subjects of bindings that come to everything in a namespace, by way of what others hold.

use crate::diagnostic::{Category, Severity};
use crate::lint::chains::{self, End, Start};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;

pub(super) static RULE: Rule = Rule {
    id: "subject-escalates-to-namespace-admin",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Pedantic,
    summary: "a binding's subject can get to be admin of a namespace by way of what others hold",
    page: include_str!("../../../rules/subject-escalates-to-namespace-admin.md"),
    check: Check::Binding(check),
};

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    chains::report(binding, Start::Subject, End::NamespaceAdmin, sink);
}
