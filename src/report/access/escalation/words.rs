//! States, sinks and removals in words.

use super::super::excerpt::place;
use super::super::words::{binding_of, role_by_id, shown};
use crate::query::escalation::{Place, Reach, Removal, Sink, State};
use crate::query::{Access, Who};

/// What one has, to be read after a verb.
pub(super) fn state(access: &Access, state: &State) -> String {
    let of = |what: &str, place: Option<&String>| match place {
        Some(namespace) => format!("{what} of {namespace}"),
        None => what.to_owned(),
    };
    let text = match state {
        State::Subject(who) => who.to_string(),
        State::AnyUser => "any user".to_owned(),
        State::AnyGroup => "a member of any group but system:masters".to_owned(),
        State::Accounts(place) => of("any ServiceAccount", place.as_ref()),
        State::AbsentAccounts(place) => of("a ServiceAccount that is bound and not there,", place.as_ref()),
        State::Pods(place) => of("any pod", place.as_ref()),
        State::Nodes => "a node".to_owned(),
        State::Secrets => "the Secrets of kube-system".to_owned(),
        State::AnyRole(place) => of("any Role", place.as_ref()),
        State::Everything(Some(namespace)) | State::NamespaceAdmin(namespace) => format!("admin of {namespace}"),
        State::Everything(None) => "admin of any namespace".to_owned(),
        State::ClusterAdmin => "cluster-admin".to_owned(),
        State::Role(role, at) => {
            let name = role_by_id(access, *role);
            match at {
                Place::Cluster => format!("{name} in the whole cluster"),
                Place::Namespaces => format!("{name} in any namespace"),
                Place::Namespace(namespace) if name.starts_with("ClusterRole") => format!("{name} in {namespace}"),
                Place::Namespace(_) => name,
            }
        }
    };
    shown(&text)
}

/// Who does something that holds a state.
pub(super) fn actor(access: &Access, of: &State) -> String {
    match of {
        State::Role(..) => format!("the holder of {}", state(access, of)),
        State::Everything(_) => format!("the {}", state(access, of)),
        _ => state(access, of),
    }
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
