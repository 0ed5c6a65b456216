//! The `managedBy` of a Job is no name with a domain before it.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule};
use crate::validate::{Error, ErrorKind, Family};

pub(super) static RULE: Rule = Rule {
    id: "job-invalid-managed-by",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "managedBy is no name with a domain before it",
    page: include_str!("../../../rules/job-invalid-managed-by.md"),
    check: Check::Refused { family: Family::ManagedBy, help: |error| Some(help(error).to_owned()) },
};

fn help(error: &Error) -> &'static str {
    match error.kind {
        ErrorKind::Required => "remove `managedBy` to leave the Job to the controller of Kubernetes",
        ErrorKind::TooLong => "shorten it to 63 characters",
        _ => {
            "write the name by which the other controller calls itself, such as `kueue.x-k8s.io/multikueue`; or remove \
             `managedBy` to leave the Job to the controller of Kubernetes"
        }
    }
}
