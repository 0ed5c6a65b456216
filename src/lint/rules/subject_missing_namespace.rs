//! ServiceAccounts in ClusterRoleBindings of which nobody knows where they live.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "subject-missing-namespace",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a ClusterRoleBinding does not say in which namespace a ServiceAccount lives",
    page: include_str!("../../../rules/subject-missing-namespace.md"),
    check: Check::Refused { family: Family::SubjectNamespace, help: |error| Some(help(error).to_owned()) },
};

fn help(_: &Error) -> &'static str {
    "add the `namespace` of the ServiceAccount: a ClusterRoleBinding has none that it could mean"
}
