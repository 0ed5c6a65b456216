//! A number of a Job is negative.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "job-invalid-count",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a number of a Job is negative",
    page: include_str!("../../../rules/job-invalid-count.md"),
    check: Check::Refused { family: Family::JobCount, help: |error| Some(help(error).to_owned()) },
};

fn help(error: &Error) -> &'static str {
    match advice::key(error) {
        "parallelism" => "write how many pods may run at a time; with `0` none is started until you raise it",
        "completions" => "write how many pods have to succeed, or leave it out where the pods share a queue of work",
        "activeDeadlineSeconds" => "write a number of seconds, or leave it out to have no deadline",
        "backoffLimit" => "write how often failures are retried: `0` for never; no number means for ever",
        "ttlSecondsAfterFinished" => {
            "write `0` to delete the Job as soon as it is done, or leave it out to keep the Job"
        }
        "backoffLimitPerIndex" => "write how often each index is retried: `0` for never",
        "maxFailedIndexes" => "write how many indexes may fail, or leave it out to try them all",
        _ => "write `0` or more",
    }
}
