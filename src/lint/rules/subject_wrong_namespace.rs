//! ServiceAccounts among the subjects of a binding that live in another namespace.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::references::{account_elsewhere, is_placed, is_settled};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;
use crate::rbac::Subject;
use crate::yaml::edit::Word;

pub(super) static RULE: Rule = Rule {
    id: "subject-wrong-namespace",
    category: Category::Reference,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a binding's ServiceAccount is in another namespace than the subject says",
    page: include_str!("../../../rules/subject-wrong-namespace.md"),
    check: Check::Binding(check),
};

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    let (access, it) = (binding.access, &binding.facts.binding);
    if !is_settled(access, binding.object) {
        return;
    }
    for (index, (subject, place)) in it.subjects.iter().zip(&binding.facts.subjects).enumerate() {
        let says_namespace = matches!(subject, Subject::ServiceAccount { namespace: Some(_), .. });
        let Some((namespace, name)) = subject.service_account(it.namespace.as_deref()) else { continue };
        if binding.knows_account(namespace, name) {
            continue;
        }
        let Some(other) = account_elsewhere(access, binding.object, namespace, name) else { continue };
        if !says_namespace && !is_placed(access, binding.object) {
            continue;
        }
        let right = other.name.namespace.as_deref().unwrap_or_default();
        let field = format!("subjects[{index}].namespace");
        let fix = sink.setting(Safety::Unsafe, &field, Word::Text(right));
        sink.report(*place, format!("there is no ServiceAccount `{name}` in namespace `{namespace}`"))
            .help(format!("write `namespace: {right}`, where there is one"))
            .related(other.span, "this one is there")
            .fix(fix);
    }
}
