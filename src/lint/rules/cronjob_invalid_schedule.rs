//! Schedules that Kubernetes cannot read.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, cron};
use crate::validate::Family;

pub(super) static RULE: Rule = Rule {
    id: "cronjob-invalid-schedule",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a CronJob's schedule is missing, or none that Kubernetes can read",
    page: include_str!("../../../rules/cronjob-invalid-schedule.md"),
    check: Check::Refused { family: Family::Schedule, help: cron::advice_on_schedule },
};
