//! Jobs whose pods are to be restarted whenever they end.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule};
use crate::validate::Family;

pub(super) static RULE: Rule = Rule {
    id: "job-restart-policy-always",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a Job's pods have restartPolicy Always, or none, which means the same",
    page: include_str!("../../../rules/job-restart-policy-always.md"),
    check: Check::Refused { family: Family::RestartPolicyAlways, help: |_| Some(HELP.to_owned()) },
};

const HELP: &str = "set `restartPolicy: Never` to have each try in a new pod, or `OnFailure` to restart containers in \
                    place (not with a `podFailurePolicy`)";
