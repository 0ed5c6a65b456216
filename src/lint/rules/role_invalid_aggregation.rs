//! An aggregationRule that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "role-invalid-aggregation",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "an aggregationRule that the API server refuses",
    page: include_str!("../../../rules/role-invalid-aggregation.md"),
    check: Check::Refused { family: Family::Aggregation, help: |error| Some(help(error)) },
};

fn help(error: &Error) -> String {
    match advice::names(error).as_slice() {
        [_, "clusterRoleSelectors"] if error.value.is_none() => {
            "add a selector of the ClusterRoles to take in, such as `matchLabels`, or remove `aggregationRule`"
                .to_owned()
        }
        [_, "clusterRoleSelectors"] => "correct the part of it that is reported too".to_owned(),
        _ => advice::selector(error),
    }
}
