//! Names that Kubernetes keeps for its own roles and bindings.

use crate::diagnostic::{Category, Severity};
use crate::lint::references::is_settled;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::{Facts, Upkeep};
use crate::rbac::Key;
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "role-system-name",
    category: Category::Risk,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a role or a binding with a name that begins like those of Kubernetes itself",
    page: include_str!("../../../rules/role-system-name.md"),
    check: Check::Known(check),
};

const PREFIX: &str = "system:";

/// What the add-ons of the Kubernetes project itself are called.
const ADD_ONS: [&str; 6] = [
    "system:aggregated-metrics-reader",
    "system:cloud-controller-manager",
    "system:cloud-node-controller",
    "system:coredns",
    "system:kube-proxy",
    "system:metrics-server",
];

fn check(object: &InSet<'_, Facts>, sink: &mut Sink<'_>) {
    if !object.object.name.name.starts_with(PREFIX) || !is_settled(object.access, object.object) {
        return;
    }
    let name = &*object.object.name.name;
    let is_own = |key: Key<'_>, upkeep| {
        let default = object.index.default_role(key).is_some() || object.index.default_binding(key).is_some();
        !default && upkeep != Upkeep::Made && !ADD_ONS.contains(&name)
    };
    let is_told = match (object.role(), object.binding()) {
        (Some(role), _) => is_own(role.facts.role.key(), role.facts.upkeep),
        // A binding that is called as its role is told of with that.
        (_, Some(binding)) => {
            let it = &binding.facts.binding;
            is_own(it.key(), binding.facts.upkeep) && !it.role.name.starts_with(PREFIX)
        }
        _ => false,
    };
    if is_told {
        let message = format!("`{}` begins like the names of what Kubernetes manages itself", excerpt(name));
        sink.report(object.object.span, message).help("call it something without `system:`");
    }
}
