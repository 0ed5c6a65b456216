//! A podReplacementPolicy that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "job-invalid-pod-replacement-policy",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a podReplacementPolicy that the API server refuses",
    page: include_str!("../../../rules/job-invalid-pod-replacement-policy.md"),
    check: Check::Refused { family: Family::PodReplacementPolicy, help: |error| Some(help(error)) },
};

fn help(error: &Error) -> String {
    let words = advice::supported(error);
    match words.as_slice() {
        ["Failed"] => {
            "write `Failed`, or leave it out: with a `podFailurePolicy`, only a pod that has failed is replaced"
                .to_owned()
        }
        words => advice::one_of(&advice::word(error), words),
    }
}
