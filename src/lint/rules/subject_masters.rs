//! The group whose members may do everything, whatever RBAC says, among the subjects of a binding.

use crate::diagnostic::{Category, Severity};
use crate::lint::handed_out::subjects;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;
use crate::rbac::{MASTERS, Subject};

pub(super) static RULE: Rule = Rule {
    id: "subject-masters",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a binding for `system:masters`, whose members may do everything without one",
    page: include_str!("../../../rules/subject-masters.md"),
    check: Check::Binding(check),
};

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    for (_, place) in
        subjects(binding).filter(|(subject, _)| matches!(subject, Subject::Group(name) if name == MASTERS))
    {
        sink.report(place, "`system:masters` may do everything without a binding, and no binding takes that away")
            .help("remove it, and bind a group of your own that can be taken away again");
    }
}
