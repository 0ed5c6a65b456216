//! Exit codes in failure policies that no process has.

use k8s_openapi::api::core::v1::PodSpec;

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "job-impossible-exit-code",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a podFailurePolicy names exit codes that no container fails with",
    page: include_str!("../../../rules/job-impossible-exit-code.md"),
    check: Check::JobTemplate(check),
};

/// What a failed process can end with, where it is not one of Windows.
const CODES: std::ops::RangeInclusive<i32> = 1..=255;

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    let Some(policy) = job.spec().and_then(|spec| spec.pod_failure_policy.as_ref()) else { return };
    let is_for_windows = job.pod().is_some_and(is_for_windows);
    for (rule, on) in policy.rules.iter().enumerate().filter_map(|(rule, of)| Some((rule, of.on_exit_codes.as_ref()?)))
    {
        for (index, &code) in on.values.iter().enumerate() {
            // The API server refuses `0` behind `In` itself.
            let is_impossible = match code {
                0 => on.operator == "NotIn",
                _ => !is_for_windows && !CODES.contains(&code),
            };
            if !is_impossible {
                continue;
            }
            let field = format!("podFailurePolicy.rules[{rule}].onExitCodes.values[{index}]");
            let message = match code {
                0 => "no container fails with 0, so that nothing is left out by it".to_owned(),
                _ => format!("no container fails with {code}: exit codes are numbers from 1 to 255"),
            };
            let help = match u8::try_from(code.rem_euclid(256)) {
                Ok(shown) if shown > 0 => format!("a process that exits with {code} is seen to exit with {shown}"),
                _ => "remove it".to_owned(),
            };
            sink.report(job.place(&field), message).help(help).field(job.field(&field));
        }
    }
}

fn is_for_windows(pod: &PodSpec) -> bool {
    let selected = pod.node_selector.as_ref().and_then(|selector| selector.get("kubernetes.io/os"));
    pod.os.as_ref().is_some_and(|os| os.name == "windows") || selected.is_some_and(|os| os == "windows")
}
