//! What goes into a pod by a web socket asks for two things, of which an audit log has one.

use std::collections::BTreeMap;

use crate::audit::{Actor, Tally, Times};
use crate::rbac::{Action, ResourceAction};

/// From `1.` and this number on (`AuthorizePodWebsocketUpgradeCreatePermission`).
pub(super) const SINCE: u16 = 35;

/// What has to be known where something was added.
pub(super) const NOTE: &str = "pods were entered by web sockets, which the log tells as `get`: from Kubernetes 1.35 on that \
    takes `create`, too, of which the log says nothing, and which is taken as used";

/// All that somebody did, with the `create` beside each `get` of such a thing; `None` where there is none. What was
/// denied was not asked for any further: that it would be is of interest only where it is to be allowed.
pub(super) fn with_create(actor: &Actor, with_denied: bool) -> Option<BTreeMap<Action, Tally>> {
    let more: Vec<_> = actor.actions.iter().filter_map(|(action, tally)| Some((create(action)?, tally))).collect();
    let more = more.into_iter().filter(|(_, tally)| with_denied || tally.allowed.count > 0);
    let mut actions = None;
    for (action, tally) in more {
        let known = actions.get_or_insert_with(|| actor.actions.clone()).entry(action).or_default();
        add(&mut known.allowed, &tally.allowed);
        known.elsewhere += tally.elsewhere;
        if with_denied {
            add(&mut known.denied, &tally.denied);
        }
    }
    actions
}

/// What is asked for beside an action, if anything is.
fn create(action: &Action) -> Option<Action> {
    match action {
        Action::Resource(it)
            if it.verb == "get"
                && it.group.is_empty()
                && it.resource == "pods"
                && ["attach", "exec", "portforward"].contains(&&*it.subresource) =>
        {
            Some(Action::Resource(ResourceAction { verb: "create".to_owned(), ..it.clone() }))
        }
        _ => None,
    }
}

fn add(times: &mut Times, more: &Times) {
    times.count += more.count;
    times.names.merge(&more.names);
}
