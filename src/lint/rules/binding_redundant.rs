//! Bindings that give nobody anything that another binding does not give.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;

pub(super) static RULE: Rule = Rule {
    id: "binding-redundant",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a binding that gives its subjects nothing which another binding does not give them",
    page: include_str!("../../../rules/binding-redundant.md"),
    check: Check::Binding(check),
};

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    let (access, policy) = (binding.access, binding.access.policy());
    let Some(givers) = binding.index.givers().instead_of(binding.object.span) else { return };
    let Some((first, other)) = givers.first().and_then(|giver| Some((giver, policy.binding(giver.binding)?))) else {
        return;
    };
    let others = if givers.len() > 1 { " and others" } else { "" };
    let message = if first.is_same_role {
        format!("{} `{}`{others} gives the same role to the same subjects already", other.kind(), other.name)
    } else {
        let (role, own) = (&other.role, &binding.facts.binding.role);
        format!(
            "{} `{}`{others} gives the same subjects {} `{}`, which contains {} `{}`",
            other.kind(),
            other.name,
            role.kind.name(),
            role.name,
            own.kind.name(),
            own.name
        )
    };
    let mut draft = sink
        .report(binding.object.span, message)
        .help("remove it; or make the other one smaller, if it gives too much");
    for object in givers.iter().filter_map(|giver| access.binding_object(giver.binding)) {
        draft = draft.related(object.span, "this gives it already");
    }
}
