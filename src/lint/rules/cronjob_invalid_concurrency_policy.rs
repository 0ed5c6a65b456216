//! Concurrency policies that there are not.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-invalid-concurrency-policy",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a CronJob's concurrencyPolicy is none of Allow, Forbid and Replace",
    page: include_str!("../../../rules/cronjob-invalid-concurrency-policy.md"),
    check: Check::Refused { family: Family::ConcurrencyPolicy, help: |error| Some(help(error)) },
};

const POLICIES: [&str; 3] = ["Allow", "Forbid", "Replace"];

fn help(error: &Error) -> String {
    let written = advice::word(error).trim().to_lowercase();
    let meant = match written.as_str() {
        "forbidden" | "never" | "none" | "deny" | "disallow" | "skip" | "block" | "false" => Some("Forbid"),
        "allowed" | "always" | "true" => Some("Allow"),
        "replaced" | "restart" | "recreate" => Some("Replace"),
        long if long.len() > 10 => None,
        _ => POLICIES.into_iter().find(|policy| strsim::osa_distance(&policy.to_lowercase(), &written) <= 2),
    };
    let is_same = meant.is_some_and(|meant| meant.eq_ignore_ascii_case(&written));
    match meant {
        Some(meant) if is_same => format!("write `{meant}`"),
        Some(meant) => format!("did you mean `{meant}`?"),
        None => {
            "write `Forbid` to skip a firing while a Job is still running, `Replace` to end that Job, or `Allow` to \
                 run both"
                .to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::batch::v1::CronJob;

    use super::*;
    use crate::catalog::Version;
    use crate::validate::Validate as _;

    #[test]
    fn the_policy_that_was_meant_is_named() {
        const ALL: &str = "write `Forbid` to skip a firing while a Job is still running, `Replace` to end that Job, or \
                           `Allow` to run both";
        for (policy, expected) in [
            ("forbid", "write `Forbid`"),
            ("REPLACE", "write `Replace`"),
            ("Never", "did you mean `Forbid`?"),
            ("Alow", "did you mean `Allow`?"),
            ("Parallel", ALL),
        ] {
            let mut job = CronJob::default();
            job.spec.schedule = "@daily".to_owned();
            job.spec.concurrency_policy = Some(policy.to_owned());
            let errors = job.validate(Version::NEWEST);
            let error = errors.iter().find(|error| error.family() == Family::ConcurrencyPolicy).unwrap();
            assert_eq!(help(error), expected, "{policy}");
        }
    }
}
