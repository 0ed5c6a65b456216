//! Roles for the ServiceAccount as which every pod runs that names none.

use crate::diagnostic::{Category, Severity};
use crate::lint::gist::Power;
use crate::lint::handed_out::{gist, role_shown, rules, subjects};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;
use crate::query::Who;

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
    let is_default = |who: &Who| matches!(who, Who::ServiceAccount { name, .. } if name == "default");
    let of_default = subjects(binding)
        .filter(|(subject, _)| Who::of_binding(subject, it.namespace.as_deref()).as_ref().is_some_and(is_default));
    let mut places = of_default.map(|(_, place)| place).peekable();
    if places.peek().is_none() {
        return;
    }
    let rules = rules(binding);
    let gist = rules.as_deref().map(|rules| gist(binding, rules));
    let (profile, severity) = match gist.map(|gist| gist.power) {
        Some(Power::Nothing) => return,
        Some(Power::Little) => (Profile::Pedantic, Severity::Info),
        _ => (Profile::Default, Severity::Warning),
    };
    let gets = gist.map_or_else(|| "the role was not read".to_owned(), |gist| gist.to_string());
    let message = format!("every pod that names no ServiceAccount gets {}: {gets}", role_shown(it));
    for place in places {
        sink.report(place, message.clone())
            .help(
                "make a ServiceAccount for the pods that need it, and name that here and as their `serviceAccountName`",
            )
            .rated(profile, severity);
    }
}
