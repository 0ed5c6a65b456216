//! Rules of failure policies that an earlier rule leaves nothing to do.

use k8s_openapi::api::batch::v1::{
    PodFailurePolicyOnExitCodesRequirement, PodFailurePolicyOnPodConditionsPattern, PodFailurePolicyRule,
};

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "job-unreachable-failure-rule",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a rule of a podFailurePolicy is never applied, because an earlier one fits all that it fits",
    page: include_str!("../../../rules/job-unreachable-failure-rule.md"),
    check: Check::JobTemplate(check),
};

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    let Some(policy) = job.spec().and_then(|spec| spec.pod_failure_policy.as_ref()) else { return };
    for (index, rule) in policy.rules.iter().enumerate() {
        let earlier = policy.rules.iter().take(index).position(|earlier| fits_all_of(earlier, rule));
        let Some(earlier) = earlier else { continue };
        let place = |index: usize| {
            let action = format!("podFailurePolicy.rules[{index}].action");
            job.place(&action)
        };
        sink.report(place(index), "the rule is never applied: an earlier one fits all that it fits")
            .help("the first rule that fits is the one that counts: move this rule up, or remove it")
            .field(job.field(&format!("podFailurePolicy.rules[{index}]")))
            .related(place(earlier), "the earlier rule");
    }
}

/// Whether all that fits a rule fits an earlier one. What the API server refuses fits nothing.
fn fits_all_of(earlier: &PodFailurePolicyRule, rule: &PodFailurePolicyRule) -> bool {
    match (&earlier.on_exit_codes, &rule.on_exit_codes) {
        (Some(earlier), Some(rule)) => return has_all_codes_of(earlier, rule),
        (None, None) => {}
        _ => return false,
    }
    let (earlier, rule) = (earlier.on_pod_conditions.as_deref(), rule.on_pod_conditions.as_deref());
    let (Some(earlier), Some(rule)) = (earlier, rule) else { return false };
    !rule.is_empty() && rule.iter().all(|one| earlier.iter().any(|other| is_same(one, other)))
}

fn has_all_codes_of(
    earlier: &PodFailurePolicyOnExitCodesRequirement,
    rule: &PodFailurePolicyOnExitCodesRequirement,
) -> bool {
    let is_of_container = earlier.container_name.is_none() || earlier.container_name == rule.container_name;
    let (had, has) = (|code: &i32| earlier.values.contains(code), |code: &i32| rule.values.contains(code));
    let has_all = match (&*earlier.operator, &*rule.operator) {
        ("In", "In") => rule.values.iter().all(had),
        ("NotIn", "NotIn") => earlier.values.iter().all(has),
        ("NotIn", "In") => !rule.values.iter().any(had),
        _ => false,
    };
    is_of_container && has_all && !rule.values.is_empty()
}

fn is_same(one: &PodFailurePolicyOnPodConditionsPattern, other: &PodFailurePolicyOnPodConditionsPattern) -> bool {
    let status = |pattern: &PodFailurePolicyOnPodConditionsPattern| {
        pattern.status.clone().filter(|status| !status.is_empty()).unwrap_or_else(|| "True".to_owned())
    };
    one.type_ == other.type_ && status(one) == status(other)
}
