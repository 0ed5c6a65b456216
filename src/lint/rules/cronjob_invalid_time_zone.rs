//! Time zones that Kubernetes does not know.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule, cron};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-invalid-time-zone",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a CronJob's time zone is none that Kubernetes knows",
    page: include_str!("../../../rules/cronjob-invalid-time-zone.md"),
    check: Check::Refused { family: Family::TimeZone, help },
};

fn help(error: &Error) -> Option<String> {
    let name: String = serde_json::from_str(error.value.as_deref()?).ok()?;
    Some(cron::advice_on_time_zone(&name))
}
