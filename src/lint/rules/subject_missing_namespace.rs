//! ServiceAccounts in ClusterRoleBindings of which nobody knows where they live.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "subject-missing-namespace",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a ClusterRoleBinding does not say in which namespace a ServiceAccount lives",
    page: include_str!("../../../rules/subject-missing-namespace.md"),
    check: Check::Refused { family: Family::SubjectNamespace, help },
};

#[expect(clippy::unnecessary_wraps, reason = "the type of every rule's help")]
fn help(_: &Error) -> Option<String> {
    Some("add the `namespace` of the ServiceAccount: a ClusterRoleBinding has none that it could mean".to_owned())
}
