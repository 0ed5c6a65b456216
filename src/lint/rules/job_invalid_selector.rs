//! A Job's selector is not left to the API server, or does not find its pods.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, ErrorKind, Family};

pub(super) static RULE: Rule = Rule {
    id: "job-invalid-selector",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a Job's selector is not left to the API server, or does not find its pods",
    page: include_str!("../../../rules/job-invalid-selector.md"),
    check: Check::Refused { family: Family::JobSelector, help: |error| Some(help(error)) },
};

fn help(error: &Error) -> String {
    let is_label = error.detail.starts_with("must be '");
    let help = match (advice::names(error).as_slice(), error.kind) {
        _ if is_label => {
            "remove it: the API server writes this label itself; it stands in manifests that were read from a cluster"
        }
        ([.., "spec", "selector"], ErrorKind::Required) => {
            "remove `manualSelector`, or add a `selector` that finds the labels of the template and no other pods"
        }
        ([.., "spec", "selector"], _) => {
            "remove `selector`: the API server makes one, and the labels `controller-uid` and `job-name` for it"
        }
        ([.., "spec", "manualSelector"], _) => {
            "remove `manualSelector`: each Job of a CronJob gets a selector of its own"
        }
        ([.., "metadata", "labels"], _) => match error.value.as_deref() {
            Some("null") | None => "give the template labels, and ask for them in `selector`",
            Some(labels) if labels.contains("batch.kubernetes.io/controller-uid") => {
                "remove `selector`: it asks for labels that the pods do not have"
            }
            Some(_) => "give the template the labels that `selector` asks for",
        },
        _ => return advice::selector(error),
    };
    help.to_owned()
}
