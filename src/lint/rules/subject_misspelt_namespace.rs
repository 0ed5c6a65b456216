//! Groups of the ServiceAccounts of a namespace whose name is a slip of the pen.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::references::is_settled;
use crate::lint::role_rules::is_placeholder;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;
use crate::rbac::{SERVICE_ACCOUNTS, Subject, service_accounts_of};
use crate::yaml::edit::Word;
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "subject-misspelt-namespace",
    category: Category::Reference,
    severity: Severity::Warning,
    profile: Profile::Pedantic,
    summary: "a binding names all ServiceAccounts of a namespace that is not known, and one of nearly the same name is",
    page: include_str!("../../../rules/subject-misspelt-namespace.md"),
    check: Check::Binding(check),
};

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    if !is_settled(binding.access, binding.object) {
        return;
    }
    let subjects = binding.facts.binding.subjects.iter().zip(&binding.facts.subjects);
    for (index, (subject, place)) in subjects.enumerate() {
        let Some(namespace) = namespace_of(subject).filter(|namespace| !is_placeholder(namespace)) else { continue };
        if binding.external.has_group(&service_accounts_of(namespace)) {
            continue;
        }
        if let Some(meant) = binding.access.known().nearest_namespace(namespace) {
            let message = format!("nothing that was read is in a namespace `{}`", excerpt(namespace));
            let meant = service_accounts_of(meant);
            let field = format!("subjects[{index}].name");
            let fix = sink.setting(Safety::Unsafe, &field, Word::Text(&meant));
            let help = format!("did you mean the group `{}`?", excerpt(&meant));
            sink.report(*place, message).help(help).fix(fix);
        }
    }
}

/// The namespace of whose ServiceAccounts a group is.
fn namespace_of(subject: &Subject) -> Option<&str> {
    match subject {
        Subject::Group(name) => name.strip_prefix(SERVICE_ACCOUNTS)?.strip_prefix(':'),
        _ => None,
    }
}
