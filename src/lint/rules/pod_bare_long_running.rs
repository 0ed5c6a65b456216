//! Pods that should be made by a controller.

use crate::diagnostic::{Category, Severity};
use crate::lint::bare_pod::bare;
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::Object;

pub(super) static RULE: Rule = Rule {
    id: "pod-bare-long-running",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a Pod that should stay is not made by a controller",
    page: include_str!("../../../rules/pod-bare-long-running.md"),
    check: Check::Object(check),
};

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let stays = |policy: Option<&str>| matches!(policy, None | Some("Always"));
    if bare(object).is_some_and(|spec| stays(spec.restart_policy.as_deref())) {
        sink.report(
            object.written.place("kind"),
            "a Pod that should stay is lost with its node: nothing makes it again",
        )
        .help("write a Deployment, a StatefulSet or a DaemonSet; for what ends, a Job");
    }
}
