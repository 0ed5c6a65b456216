//! Roles and bindings that are called as one that Kubernetes makes, and say something else.

use crate::diagnostic::{Category, Severity};
use crate::lint::overridden::{binding_differs, role_differs};
use crate::lint::references::is_settled;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::{Facts, Upkeep};

pub(super) static RULE: Rule = Rule {
    id: "role-overrides-built-in",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role or a binding called as one of Kubernetes' own, and other than that",
    page: include_str!("../../../rules/role-overrides-built-in.md"),
    check: Check::Known(check),
};

fn check(object: &InSet<'_, Facts>, sink: &mut Sink<'_>) {
    let is_known = object.access.catalog().version().has_facts() && object.access.assumptions().default_policy;
    if !is_known || !is_settled(object.access, object.object) {
        return;
    }
    let (differs, upkeep) = match (object.role(), object.binding()) {
        (Some(role), _) => {
            let own = &role.facts.role;
            let default = object.index.default_role(own.key());
            (default.and_then(|default| role_differs(own, default)), role.facts.upkeep)
        }
        (_, Some(binding)) => {
            let own = &binding.facts.binding;
            let default = object.index.default_binding(own.key());
            (default.and_then(|default| binding_differs(own, default)), binding.facts.upkeep)
        }
        _ => return,
    };
    let Some(differs) = differs else { return };
    let (profile, severity) = match upkeep {
        Upkeep::Unsaid => (Profile::Default, Severity::Warning),
        // It comes from a cluster, maybe of another version; or somebody knows what they are doing.
        Upkeep::Made | Upkeep::Refused => (Profile::Audit, Severity::Info),
    };
    sink.report(object.object.span, differs.message(&object.object.name)).help(differs.help()).rated(profile, severity);
}
