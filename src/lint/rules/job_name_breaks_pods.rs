//! No pod of an Indexed Job can be named after the Job.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "job-name-breaks-pods",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "no pod of an Indexed Job can be named after the Job",
    page: include_str!("../../../rules/job-name-breaks-pods.md"),
    check: Check::Refused { family: Family::JobPodName, help },
};

/// The most characters of the name of a host.
const LONGEST: usize = 63;
/// How many characters the API server adds to a `generateName`.
const ADDED: usize = 5;

fn help(error: &Error) -> Option<String> {
    let name = advice::word(error);
    let (_, last) = error.detail.split_once(": ")?;
    let ending = last.strip_prefix(&*name)?;
    let (kind, added, name) = match advice::key(error) {
        "generateName" => ("`generateName`", ADDED, name.strip_suffix("xxxxx").unwrap_or(&name)),
        _ => ("the name", 0, &*name),
    };
    let most = LONGEST.saturating_sub(ending.len() + added);
    if name.len() > most {
        return Some(format!("shorten {kind} to {most} characters: the host name of the last pod ends in `{ending}`"));
    }
    let end = if added > 0 && name.ends_with('-') { "-" } else { "" };
    Some(match advice::label_like(name).map(|name| name + end).filter(|name| name.len() <= most) {
        Some(fine) => format!("`{fine}` would do: the host names of the pods begin with it, and have no dots"),
        None => "use lower case letters, digits and `-`: the host names of the pods begin with it".to_owned(),
    })
}
