//! Users that are groups, and groups that are users.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;
use crate::rbac::{ANONYMOUS, AUTHENTICATED, MASTERS, SERVICE_ACCOUNTS, Subject, UNAUTHENTICATED, service_account};
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "subject-wrong-kind",
    category: Category::Reference,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a binding's subject is called a User and has the name of a group, or the other way round",
    page: include_str!("../../../rules/subject-wrong-kind.md"),
    check: Check::Binding(check),
};

/// The groups of Kubernetes that have no name behind them.
const GROUPS: [&str; 5] = [AUTHENTICATED, UNAUTHENTICATED, MASTERS, SERVICE_ACCOUNTS, "system:nodes"];

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    for (subject, place) in binding.facts.binding.subjects.iter().zip(&binding.facts.subjects) {
        match subject {
            Subject::User(name) if is_group(name) || binding.external.has_group(name) => {
                let message = format!("no User is called `{}`: it is a group", excerpt(name));
                sink.report(*place, message).help("write `kind: Group`");
            }
            Subject::Group(name) if let Some((namespace, account)) = service_account(name) => {
                let message = format!("no Group is called `{}`: it is a ServiceAccount", excerpt(name));
                let help = format!("write `kind: ServiceAccount`, `name: {account}` and `namespace: {namespace}`");
                sink.report(*place, message).help(help);
            }
            Subject::Group(name) if name == ANONYMOUS || name.starts_with("system:node:") => {
                let message = format!("no Group is called `{}`: it is a user", excerpt(name));
                sink.report(*place, message).help("write `kind: User`");
            }
            _ => {}
        }
    }
}

fn is_group(name: &str) -> bool {
    let of_namespace = name.strip_prefix(SERVICE_ACCOUNTS).is_some_and(|rest| rest.starts_with(':'));
    GROUPS.contains(&name) || of_namespace
}
