//! No pod of the Indexed Jobs that a CronJob makes can be named after them.

use crate::diagnostic::{Category, Severity};
use crate::lint::cron::scheduled::Scheduled;
use crate::lint::{Check, Profile, Rule, Sink, advice};
use crate::manifest::Object;
use crate::rbac::names::{is_label, is_subdomain};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-name-breaks-pods",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "no pod of a CronJob's Indexed Jobs can be named after them",
    page: include_str!("../../../rules/cronjob-name-breaks-pods.md"),
    check: Check::Object(check),
};

/// The most characters of the name of a host.
const LONGEST: usize = 63;
/// The most characters of a CronJob's name; the API server sees to it.
const LONGEST_NAME: usize = 52;
/// The time of its firing, which the name of each Job has behind the CronJob's.
const MINUTES: &str = "-12345678";

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Some(job) = Scheduled::of(object) else { return };
    let Some(spec) = job.job().filter(|spec| spec.completion_mode.as_deref() == Some("Indexed")) else { return };
    let Some(completions) = spec.completions.filter(|completions| *completions > 0) else { return };
    let name = &object.name.name;
    let ending = format!("{MINUTES}-{}", completions - 1);
    // What no CronJob can be called is another matter.
    let is_name = is_subdomain(name) && name.len() <= LONGEST_NAME;
    if !is_name || is_label(&format!("{name}{ending}")) {
        return;
    }
    let most = LONGEST.saturating_sub(ending.len());
    let (message, help) = if name.contains('.') {
        let fine = advice::label_like(name).filter(|name| name.len() <= most);
        let help = fine.map_or("write `-` for each `.`".to_owned(), |fine| format!("`{fine}` would do"));
        ("no Job can be made: the host names of its pods begin with the name, and have no dots", help)
    } else {
        let help = format!("shorten the name to {most} characters: the host name of the last pod ends in `{ending}`");
        ("no Job can be made: the host name of the last pod would be longer than 63 characters", help)
    };
    sink.report(job.place("metadata.name"), message)
        .help(help)
        .field("metadata.name")
        .related(job.place("spec.jobTemplate.spec.completionMode"), "each pod has its index in its host name");
}
