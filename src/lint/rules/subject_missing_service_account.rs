//! ServiceAccounts among the subjects of a binding that were not read.

use crate::diagnostic::{Category, Severity};
use crate::lint::references::{account_elsewhere, account_meant, is_placed, is_settled};
use crate::lint::role_rules::is_placeholder;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;
use crate::rbac::Subject;
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "subject-missing-service-account",
    category: Category::Reference,
    severity: Severity::Info,
    profile: Profile::Audit,
    summary: "a ServiceAccount that a binding names is not among all that was read",
    page: include_str!("../../../rules/subject-missing-service-account.md"),
    check: Check::Binding(check),
};

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    let (access, it) = (binding.access, &binding.facts.binding);
    for (subject, place) in it.subjects.iter().zip(&binding.facts.subjects) {
        let says_namespace = matches!(subject, Subject::ServiceAccount { namespace: Some(_), .. });
        let is_judged = is_placed(access, binding.object) || (says_namespace && is_settled(access, binding.object));
        let Some((namespace, name)) = subject.service_account(it.namespace.as_deref()).filter(|_| is_judged) else {
            continue;
        };
        let is_to_come = is_placeholder(namespace) || is_placeholder(name);
        // Every namespace has an account of this name.
        if name == "default" || is_to_come || binding.knows_account(namespace, name) {
            continue;
        }
        let is_told_elsewhere = binding.account_was_deleted(namespace, name)
            || account_elsewhere(access, binding.object, namespace, name).is_some()
            || account_meant(binding, namespace, name, |account| account.is_bound).is_some();
        if !is_told_elsewhere {
            let (namespace, name) = (excerpt(namespace), excerpt(name));
            sink.report(*place, format!("ServiceAccount `{namespace}/{name}` is not among what was read"))
                .help("nobody is granted anything before it is there; read the manifests that it comes from, too");
        }
    }
}
