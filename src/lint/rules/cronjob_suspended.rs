//! CronJobs that are suspended.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::{Object, Typed};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-suspended",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a CronJob is suspended, so that it does not fire",
    page: include_str!("../../../rules/cronjob-suspended.md"),
    check: Check::Object(check),
};

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Typed::CronJob(job) = &object.typed else { return };
    if job.spec.suspend == Some(true) {
        let fix = sink.removing_field(Safety::Unsafe, "spec.suspend");
        sink.report(object.written.place("spec.suspend"), "the CronJob is suspended: it does not fire")
            .help("remove `suspend` to have it fire, or the CronJob where nobody needs it any more")
            .field("spec.suspend")
            .fix(fix);
    }
}
