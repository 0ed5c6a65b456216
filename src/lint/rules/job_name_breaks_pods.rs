//! No pod of an Indexed Job can be named after the Job.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "job-name-breaks-pods",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "no pod of an Indexed Job can be named after the Job",
    page: include_str!("../../../rules/job-name-breaks-pods.md"),
    check: Check::Refused { family: Family::JobPodName, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
