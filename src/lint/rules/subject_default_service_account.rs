//! Roles for the ServiceAccount as which every pod runs that names none.

use crate::diagnostic::{Category, Severity};
use crate::lint::gist::Level;
use crate::lint::handed_out::{gist, role_shown, rules, subjects};
use crate::lint::references::is_settled;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;
use crate::query::Who;
use crate::rbac::Subject;
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "subject-default-service-account",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role for the ServiceAccount `default`, as which every pod runs that names none",
    page: include_str!("../../../rules/subject-default-service-account.md"),
    check: Check::Binding(check),
};

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    let it = &binding.facts.binding;
    let mut accounts = subjects(binding)
        .filter_map(|(subject, place)| Some((namespace_of_default(subject, it.namespace.as_deref())?, place)))
        .peekable();
    if accounts.peek().is_none() {
        return;
    }
    let rules = rules(binding);
    let gist = rules.as_deref().map(|rules| gist(binding, rules));
    let (profile, severity) = match gist.map(|gist| gist.power) {
        Some(Level::Nothing) => return,
        Some(Level::Little) => (Profile::Pedantic, Severity::Info),
        _ => (Profile::Default, Severity::Warning),
    };
    let gets = gist.map_or_else(|| "the role was not read".to_owned(), |gist| gist.to_string());
    for (namespace, place) in accounts {
        let within = if is_settled(binding.access, binding.object) {
            format!("of namespace `{}`", excerpt(&namespace))
        } else {
            "of its namespace".to_owned()
        };
        let message = format!("every pod {within} that names no ServiceAccount gets {}: {gets}", role_shown(it));
        sink.report(place, message)
            .help(
                "make a ServiceAccount for the pods that need it, and name that here and as their `serviceAccountName`",
            )
            .rated(profile, severity);
    }
}

/// The namespace whose ServiceAccount `default` a subject is.
fn namespace_of_default(subject: &Subject, namespace: Option<&str>) -> Option<String> {
    match Who::of_binding(subject, namespace)? {
        Who::ServiceAccount { namespace, name } if name == "default" => Some(namespace),
        _ => None,
    }
}
