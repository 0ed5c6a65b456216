//! A Job's completion mode and its numbers do not go together.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, ErrorKind, Family};

pub(super) static RULE: Rule = Rule {
    id: "job-invalid-indexed",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a Job's completion mode and its numbers do not go together",
    page: include_str!("../../../rules/job-invalid-indexed.md"),
    check: Check::Refused { family: Family::JobIndexed, help },
};

fn help(error: &Error) -> Option<String> {
    let key = advice::key(error);
    Some(match (key, error.kind) {
        ("completionMode", _) => advice::one_of(&advice::word(error), &["Indexed", "NonIndexed"]),
        ("backoffLimitPerIndex", ErrorKind::Required) => {
            "add `backoffLimitPerIndex`, or remove `maxFailedIndexes`: only then can an index fail without the Job"
                .to_owned()
        }
        ("completions", ErrorKind::Required) => "add `completions`: how many indexes there are".to_owned(),
        ("maxFailedIndexes", ErrorKind::Required) => {
            "add `maxFailedIndexes`, no more than 10000, or lower `completions`".to_owned()
        }
        _ if error.detail == "requires indexed completion mode" => {
            format!("add `completionMode: Indexed` and `completions`, or remove `{key}`")
        }
        _ if error.detail.ends_with("than or equal to completions") => {
            "lower it to `completions`, or leave it out to try all indexes".to_owned()
        }
        _ => match most(&error.detail) {
            Some(most) => format!("lower it to {most}"),
            None => return None,
        },
    })
}

/// The limit that a message tells.
fn most(detail: &str) -> Option<&str> {
    detail.strip_prefix("must be less than or equal to ")?.split(' ').next()
}
