//! What an audit log cannot tell: permissions that are checked without a request of their own.

use super::rows::Row;
use crate::rbac::{Action, GROUP, ResourceAction};

const CHANGES: [&str; 3] = ["create", "update", "patch"];

/// What has to be known about permissions that go with what was done.
pub(super) fn notes(rows: &[Row]) -> Vec<&'static str> {
    let is_used = |wanted: &dyn Fn(&ResourceAction) -> bool| {
        let mut used = rows.iter().filter(|row| !row.is_denied).map(|row| &row.action);
        used.any(|action| matches!(action, Action::Resource(action) if wanted(action)))
    };
    let changes = |action: &ResourceAction| CHANGES.contains(&&*action.verb);
    let hands_out = is_used(&|action| action.group == GROUP && changes(action)).then_some(
        "roles or bindings were written: whoever does that has to hold all that they hand out, or the verbs `escalate` \
         and `bind`, of which the log says nothing",
    );
    let approves = is_used(&|action| {
        action.group == "certificates.k8s.io"
            && ["approval", "status"].contains(&&*action.subresource)
            && changes(action)
    });
    let approves = approves.then_some(
        "certificates were approved or signed: that takes `approve` or `sign` on the signer, of which the log says nothing",
    );
    hands_out.into_iter().chain(approves).collect()
}
