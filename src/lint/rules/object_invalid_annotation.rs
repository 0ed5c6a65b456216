//! The key of an annotation is one that the API server refuses, or all annotations together are too large.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, ErrorKind, Family};

pub(super) static RULE: Rule = Rule {
    id: "object-invalid-annotation",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "the key of an annotation is one that the API server refuses, or all annotations together are too large",
    page: include_str!("../../../rules/object-invalid-annotation.md"),
    check: Check::Refused { family: Family::Annotation, help: |error| Some(help(error)) },
};

fn help(error: &Error) -> String {
    match error.kind {
        ErrorKind::TooLong => {
            "keep large data somewhere else, such as in a ConfigMap: all annotations together have 256 KiB".to_owned()
        }
        _ => advice::label_key(error),
    }
}
