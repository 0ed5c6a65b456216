//! The key or value of a label is one that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, Family, Part};

pub(super) static RULE: Rule = Rule {
    id: "object-invalid-label",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "the key or value of a label is one that the API server refuses",
    page: include_str!("../../../rules/object-invalid-label.md"),
    check: Check::Refused { family: Family::Label, help: |error| Some(help(error)) },
};

fn help(error: &Error) -> String {
    let mut help = advice::label(error);
    if error.at.part != Part::Key {
        help.push_str("; an annotation may hold any text");
    }
    let is_copied = error.field == "metadata.labels" && error.at.path.to_string().starts_with("spec.");
    if is_copied {
        help.push_str("; a Job without labels takes over those of its template");
    }
    help
}
