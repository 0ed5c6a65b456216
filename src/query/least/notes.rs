//! What has to be known beside what is suggested: what an audit log cannot tell, and what no rule can.

use super::rows::{Held, Row};
use crate::rbac::{Action, GROUP, ResourceAction};

const CHANGES: [&str; 3] = ["create", "update", "patch"];

/// What has to be known about permissions that go with what was done.
pub(super) fn notes(rows: &[Row], with_denied: bool) -> Vec<String> {
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
    hands_out.into_iter().chain(approves).map(str::to_owned).chain(wildcards(rows, with_denied)).collect()
}

/// How much is left out because it cannot be written without allowing more.
fn wildcards(rows: &[Row], with_denied: bool) -> Option<String> {
    let left_out = rows.iter().filter(|row| row.would_be_wildcard() && (with_denied || !row.is_denied));
    let times: u64 = left_out.filter(|row| row.held != Held::ByDefault).map(|row| row.times.count).sum();
    let subject = match times {
        0 => return None,
        1 => "1 request has".to_owned(),
        _ => format!("{times} requests have"),
    };
    Some(format!(
        "{subject} a `*` where a rule would mean everything by it: no rule is suggested for that, as it would allow more \
         than was done"
    ))
}
