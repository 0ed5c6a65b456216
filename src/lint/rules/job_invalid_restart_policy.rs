//! A Job's pods have a restartPolicy that a Job cannot have.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, ErrorKind, Family};

pub(super) static RULE: Rule = Rule {
    id: "job-invalid-restart-policy",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a Job's pods have a restartPolicy that a Job cannot have",
    page: include_str!("../../../rules/job-invalid-restart-policy.md"),
    check: Check::Refused { family: Family::RestartPolicy, help: |error| Some(help(error)) },
};

const POLICIES: [&str; 2] = ["Never", "OnFailure"];

fn help(error: &Error) -> String {
    if error.kind != ErrorKind::NotSupported {
        return "set `restartPolicy: Never`: a container that is restarted in place is no failed pod, so that the \
                `podFailurePolicy` would not see it"
            .to_owned();
    }
    let word = advice::word(error);
    match advice::nearest(&word, &POLICIES) {
        Some(_) => advice::one_of(&word, &POLICIES),
        None => "write `Never` to have each try in a new pod, or `OnFailure` to restart containers in place".to_owned(),
    }
}
