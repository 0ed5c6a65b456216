//! Subjects that stand twice in a binding.

use std::collections::BTreeMap;

use ecow::EcoString;

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;
use crate::rbac::Subject;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "binding-duplicate-subject",
    category: Category::Reference,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a subject stands twice in a binding",
    page: include_str!("../../../rules/binding-duplicate-subject.md"),
    check: Check::Binding(check),
};

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    let own = binding.facts.binding.namespace.as_deref();
    let mut seen: BTreeMap<Subject, Span> = BTreeMap::new();
    for (subject, place) in binding.facts.binding.subjects.iter().zip(&binding.facts.subjects) {
        let subject = match subject {
            Subject::ServiceAccount { namespace: None, name } => {
                Subject::ServiceAccount { namespace: own.map(EcoString::from), name: name.clone() }
            }
            other => other.clone(),
        };
        match seen.get(&subject) {
            Some(first) => {
                let fix = sink.removing(Safety::Safe, *place, "the subject");
                sink.report(*place, "this subject stands in the binding already")
                    .help("remove it, or write whom it was meant to be")
                    .related(*first, "here")
                    .fix(fix);
            }
            None => {
                seen.insert(subject, *place);
            }
        }
    }
}
