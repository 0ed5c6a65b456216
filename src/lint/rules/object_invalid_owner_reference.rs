//! An owner reference does not say whom it means.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "object-invalid-owner-reference",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "an owner reference does not say whom it means",
    page: include_str!("../../../rules/object-invalid-owner-reference.md"),
    check: Check::Refused { family: Family::OwnerReference, help: |error| Some(help(error).to_owned()) },
};

fn help(error: &Error) -> &'static str {
    if error.detail.starts_with("Only one reference") {
        "set `controller: true` on the owner that manages the object, and on no other"
    } else if error.detail.ends_with("disallowed from being an owner") {
        "remove it: events are deleted after a while, and what they own with them"
    } else {
        match advice::key(error) {
            "uid" => {
                "remove the owner reference: the UID is known only when the owner exists, and its controller sets it"
            }
            "apiVersion" => "write the owner's `apiVersion`, such as `apps/v1`",
            "kind" => "write the owner's `kind`",
            _ => "write the owner's `name`; it has to be in the same namespace",
        }
    }
}
