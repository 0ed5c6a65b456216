//! Roles whose labels put powers into the roles of every cluster.

use crate::diagnostic::{Category, Severity};
use crate::lint::handed_out::default_rules;
use crate::lint::role_rules::rules;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;
use crate::query::power::{self, Certainty, Power, Step};
use crate::rbac::resource_covers;

pub(super) static RULE: Rule = Rule {
    id: "role-widens-default-role",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role whose label gives a power to everybody who is bound to `view`, `edit` or `admin`",
    page: include_str!("../../../rules/role-widens-default-role.md"),
    check: Check::Role(check),
};

/// The roles of every cluster that take in others by a label, with those of which they are made themselves.
const DEFAULT_ROLES: [(&str, &[&str]); 3] = [
    ("view", &["system:aggregate-to-view"]),
    ("edit", &["system:aggregate-to-view", "system:aggregate-to-edit"]),
    ("admin", &["system:aggregate-to-view", "system:aggregate-to-edit", "system:aggregate-to-admin"]),
];

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    let takers: Vec<_> = role.index.uses().takers(role.facts.role.key()).collect();
    // Whoever is bound to `view` is told first: `edit` and `admin` have it, too.
    let Some((taker, parts)) = DEFAULT_ROLES.into_iter().find(|(name, _)| takers.contains(name)) else { return };
    let own = default_rules(role.index.default_policy(), parts);
    for rule in rules(role) {
        for entry in rule.resources() {
            let is_carried = |step: &&Step| {
                let right = step.right;
                let is_of_entry = resource_covers(entry.text, right.resource, right.subresource);
                let is_new = || !own.iter().any(|own| step.is_granted_by(own));
                is_of_entry && step.certainty == Certainty::Certain && step.is_granted_by(rule.rule) && is_new()
            };
            let carried = |power: &&'static Power| Some((*power, power.steps.iter().find(is_carried)?.gain(power)));
            if let Some((power, gain)) = power::ALL.iter().find_map(carried) {
                let message = format!("everybody who is bound to `{taker}` can {gain}");
                let (profile, severity) = rating(power);
                let help = format!(
                    "remove the label `rbac.authorization.k8s.io/aggregate-to-{taker}`, and bind the role to those who need it"
                );
                sink.report(entry.place, message).help(help).rated(profile, severity);
            }
        }
    }
}

/// What is graver than to command operators is told to everybody.
fn rating(power: &Power) -> (Profile, Severity) {
    if power.rank() < power::OPERATORS.rank() {
        (RULE.profile, RULE.severity)
    } else {
        (Profile::Pedantic, Severity::Info)
    }
}
