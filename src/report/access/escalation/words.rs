//! States, sinks and removals in words.

use super::super::excerpt::place;
use super::super::words::{binding_of, role_by_id, shown};
use crate::query::escalation::{Reach, Removal, Sink, State, Words};
use crate::query::{Access, Who};

/// What one has, to be read after a verb.
pub(super) fn state(access: &Access, state: &State) -> String {
    shown(&words(access).state(state))
}

/// The words for states and for what is done.
pub(super) fn words(access: &Access) -> Words<'_> {
    Words { access, name: str::to_owned }
}

/// What is reached, to be read after "to".
pub(in crate::report::access) fn sink(sink: &Sink) -> String {
    let text = match sink {
        Sink::ClusterAdmin => "cluster-admin".to_owned(),
        Sink::Nodes => "a node".to_owned(),
        Sink::KubeSystemAccounts => "any ServiceAccount of kube-system".to_owned(),
        Sink::KubeSystemSecrets => "the Secrets of kube-system".to_owned(),
        Sink::NamespaceAdmin(namespace) => format!("admin of {namespace}"),
        Sink::NamespaceAccounts(namespace) => format!("any ServiceAccount of {namespace}"),
        Sink::Account { namespace, name } => format!("ServiceAccount {namespace}/{name}"),
    };
    shown(&text)
}

/// What all of a section come to, to be read after "to".
pub(super) fn reach(reach: &Reach) -> String {
    match reach {
        Reach::One(one) => sink(one),
        Reach::NamespaceAdmins => "admin of a namespace".to_owned(),
        Reach::NamespaceAccounts => "any ServiceAccount of a namespace, where others have rights".to_owned(),
    }
}

/// Somebody.
pub(super) fn somebody(who: &Who) -> String {
    shown(&who.to_string())
}

/// What can go, with its place.
pub(super) fn removal(access: &Access, removal: &Removal) -> String {
    let (name, span) = match removal {
        Removal::Rule(rule) => {
            let name = format!("rule {} of {}", rule.index + 1, role_by_id(access, rule.role));
            (name, access.rule_places(*rule).map(|places| places.whole))
        }
        Removal::Binding(binding) => {
            (binding_of(access, *binding), access.binding_object(*binding).map(|object| object.span))
        }
    };
    match span {
        Some(span) => format!("{name} ({})", place(access.sources(), span)),
        None => name,
    }
}
