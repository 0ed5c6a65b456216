//! A finalizer is neither a standard one nor has a domain before its name.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "object-invalid-finalizer",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a finalizer is neither a standard one nor has a domain before its name",
    page: include_str!("../../../rules/object-invalid-finalizer.md"),
    check: Check::Refused { family: Family::Finalizer, help: |error| Some(help(error)) },
};

fn help(error: &Error) -> String {
    let name = advice::word(error);
    if error.detail.ends_with("cannot be both set") {
        "remove one of them: dependents are either left alone (`orphan`) or deleted first (`foregroundDeletion`)"
            .to_owned()
    } else if name.contains('/') {
        advice::label_key(error)
    } else {
        match advice::nearest(&name, &["orphan", "foregroundDeletion"]) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => {
                "write it with the domain of the controller that removes it, such as `example.com/cleanup`".to_owned()
            }
        }
    }
}
