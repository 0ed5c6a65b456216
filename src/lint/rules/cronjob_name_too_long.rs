//! Names of CronJobs to which no time can be added.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-name-too-long",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a CronJob's name is too long for the names of its Jobs",
    page: include_str!("../../../rules/cronjob-name-too-long.md"),
    check: Check::Refused { family: Family::CronJobName, help },
};

fn help(error: &Error) -> Option<String> {
    let help = match error.at.path.to_string().as_str() {
        "metadata.name" => {
            "shorten it to 52 characters: each of its Jobs has 11 more, for the time of its firing, and 63 at most"
        }
        "metadata.generateName" => {
            "shorten it to 47 characters: the API server adds 5, and each Job has 11 more, for the time of its firing"
        }
        _ => return None,
    };
    Some(help.to_owned())
}
