//! What somebody did by acting as somebody else: to impersonate a user, and groups, is asked for like everything else.
//!
//! (`WithImpersonation` in k8s.io/apiserver/pkg/endpoints/filters/impersonation)

use super::event::{Event, User};
use crate::rbac::{AUTHENTICATED, Action, Identity, ResourceAction, UNAUTHENTICATED, service_account};

const AUTHENTICATION: &str = "authentication.k8s.io";

/// What the impersonator of an event needed for being somebody else; nothing where nobody was impersonated.
pub(super) fn actions(event: &Event<'_>, action: &Action) -> Vec<Action> {
    let Some(user) = &event.impersonated_user else { return Vec::new() };
    let constraint = event.authentication_metadata.as_ref().map_or("", |metadata| &*metadata.impersonation_constraint);
    let (verb, group) = if constraint.is_empty() { ("impersonate", "") } else { (constraint, AUTHENTICATION) };
    let of = |group: &str, resource: &str, name: &str| ResourceAction {
        verb: verb.to_owned(),
        group: group.to_owned(),
        resource: resource.to_owned(),
        name: name.to_owned(),
        ..ResourceAction::default()
    };
    let mut actions = vec![whom(user, constraint, &|resource, name| of(group, resource, name))];
    actions.extend(asked_groups(user).map(|name| of(group, "groups", name)));
    actions.extend(Some(&user.uid).filter(|uid| !uid.is_empty()).map(|uid| of(AUTHENTICATION, "uids", uid)));
    let extras = user.extra.iter().flat_map(|(key, values)| values.iter().map(move |value| (key, value)));
    actions.extend(
        extras
            .map(|(key, value)| ResourceAction { subresource: key.clone(), ..of(AUTHENTICATION, "userextras", value) }),
    );
    let on_what = constraint.strip_prefix("impersonate:").and_then(|mode| as_another(mode, action));
    actions.into_iter().map(Action::Resource).chain(on_what).collect()
}

/// To be this user, this ServiceAccount, or this node.
fn whom(user: &User<'_>, constraint: &str, of: &dyn Fn(&str, &str) -> ResourceAction) -> ResourceAction {
    let name = &*user.username;
    if let Some((namespace, name)) = service_account(name) {
        return ResourceAction { namespace: namespace.to_owned(), ..of("serviceaccounts", name) };
    }
    match (constraint, name.strip_prefix("system:node:")) {
        ("impersonate:arbitrary-node", Some(node)) => of("nodes", node),
        // The node that a ServiceAccount runs on, whichever it is.
        ("impersonate:associated-node", Some(_)) => of("nodes", ""),
        _ => of("users", name),
    }
}

/// The groups that were asked for, and are not those that the server adds.
fn asked_groups<'u>(user: &'u User<'_>) -> impl Iterator<Item = &'u str> {
    let mut implied = Identity::new(&*user.username, Vec::new()).groups;
    let groups = user.groups.iter().map(|group| &*group.0);
    let is_implied = groups.clone().all(|group| implied.iter().any(|implied| implied == group));
    if !is_implied {
        implied = vec![AUTHENTICATED.to_owned(), UNAUTHENTICATED.to_owned()];
    }
    groups.filter(move |group| !implied.iter().any(|implied| implied == group))
}

/// To do this as somebody else, which a constrained impersonation asks for, too.
fn as_another(mode: &str, action: &Action) -> Option<Action> {
    let with = |verb: &str| format!("impersonate-on:{mode}:{verb}");
    match action {
        Action::Resource(action) => {
            Some(Action::Resource(ResourceAction { verb: with(&action.verb), ..action.clone() }))
        }
        Action::Url { .. } => None,
    }
}
