//! An event → the request that the authorizer saw, and what came of it.

use percent_encoding::percent_decode_str;

use super::event::Event;
use crate::rbac::{Action, ResourceAction};

/// What came of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Outcome {
    /// It was allowed, whatever became of it then.
    Allowed,
    /// It was allowed, and not by RBAC: to a member of `system:masters`, by the node authorizer, by a webhook.
    AllowedElsewhere,
    /// It was denied.
    Denied,
}

/// What an event says about its request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// It has been received, and nothing has been decided.
    Received,
    /// It came to an end before anything was decided: nobody knew who asked, or the server was too busy.
    Undecided,
    /// It was decided.
    Decided(Outcome),
}

/// How far an event has come, and what the authorizer decided.
pub(super) fn stage(event: &Event<'_>) -> Stage {
    if event.stage == "RequestReceived" {
        return Stage::Received;
    }
    let code = event.response_status.as_ref().map_or(0, |status| status.code);
    let annotations = event.annotations.as_ref();
    match annotations.map_or("", |annotations| &*annotations.decision) {
        "allow" if annotations.is_some_and(|annotations| annotations.reason.starts_with("RBAC:")) => {
            Stage::Decided(Outcome::Allowed)
        }
        "allow" => Stage::Decided(Outcome::AllowedElsewhere),
        "forbid" => Stage::Decided(Outcome::Denied),
        // Some collectors leave annotations out. What is refused for want of time or of a user has not been decided.
        _ if matches!(code, 100..=399 | 400 | 404 | 405 | 406 | 409 | 410 | 413 | 415 | 422) => {
            Stage::Decided(Outcome::Allowed)
        }
        // It may be that whoever asked may not impersonate: then the authorizer is not asked about the request itself.
        _ if code == 403 => Stage::Decided(Outcome::Denied),
        _ => Stage::Undecided,
    }
}

/// What else the authorizer was asked, without an event of its own. Whoever updates or patches what is not there makes
/// it, which takes `create`, too (`withAuthorization` in k8s.io/apiserver/pkg/endpoints/handlers/create.go). What a
/// subresource answers may be the answer of a pod or of a node.
pub(super) fn implied(event: &Event<'_>, action: &Action) -> Option<Action> {
    let has_created = event.response_status.as_ref().is_some_and(|status| status.code == 201);
    match action {
        Action::Resource(action)
            if has_created && ["patch", "update"].contains(&&*action.verb) && action.subresource.is_empty() =>
        {
            let (verb, name) = ("create".to_owned(), String::new());
            Some(Action::Resource(ResourceAction { verb, name, ..action.clone() }))
        }
        _ => None,
    }
}

/// What was asked of the authorizer.
pub(super) fn action(event: &Event<'_>) -> Action {
    let Some(object) = &event.object_ref else {
        let path = event.request_uri.split('?').next().unwrap_or_default();
        return Action::Url {
            verb: event.verb.to_lowercase(),
            path: percent_decode_str(path).decode_utf8_lossy().into_owned(),
        };
    };
    // `name` is filled in from the object where the request has none. A list or watch of one object by
    // `fieldSelector=metadata.name=…` has its name (`NewRequestInfo` in k8s.io/apiserver/pkg/endpoints/request).
    let has_name = match &*event.verb {
        "create" => !object.subresource.is_empty(),
        verb => verb != "deletecollection",
    };
    Action::Resource(ResourceAction {
        verb: event.verb.clone().into_owned(),
        group: object.group().to_owned(),
        resource: object.resource.clone().into_owned(),
        subresource: object.subresource.clone().into_owned(),
        name: if has_name { object.name.clone().into_owned() } else { String::new() },
        namespace: object.namespace.clone().into_owned(),
    })
}
