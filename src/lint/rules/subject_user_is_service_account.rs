//! ServiceAccounts that a binding names by their user name.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;
use crate::rbac::{Subject, service_account};
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "subject-user-is-service-account",
    category: Category::Reference,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a binding names a ServiceAccount by its user name",
    page: include_str!("../../../rules/subject-user-is-service-account.md"),
    check: Check::Binding(check),
};

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    for (subject, place) in binding.facts.binding.subjects.iter().zip(&binding.facts.subjects) {
        let Subject::User(user) = subject else { continue };
        if let Some((namespace, name)) = service_account(user) {
            let help = format!("write `kind: ServiceAccount`, `name: {name}` and `namespace: {namespace}`");
            sink.report(*place, format!("the User `{}` is a ServiceAccount", excerpt(user))).help(help);
        }
    }
}
