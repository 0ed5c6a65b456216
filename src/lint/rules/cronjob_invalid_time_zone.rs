//! Time zones that Kubernetes does not know.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice, cron};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-invalid-time-zone",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a CronJob's time zone is none that Kubernetes knows",
    page: include_str!("../../../rules/cronjob-invalid-time-zone.md"),
    check: Check::Refused { family: Family::TimeZone, help: |error| Some(help(error)) },
};

fn help(error: &Error) -> String {
    cron::advice_on_time_zone(&advice::word(error))
}
