//! What a Job says about which failures count, and which successes are enough.

use k8s_openapi::api::batch::v1::{JobSpec, PodFailurePolicyRule, SuccessPolicyRule};

use super::shape::Shape;

/// One rule about failed pods. The first that fits a failure decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureRule {
    /// What becomes of a failure.
    pub action: Action,
    /// Of which failures.
    pub when: When,
}

/// What becomes of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The Job fails at once.
    FailJob,
    /// The index fails at once.
    FailIndex,
    /// It does not count, and is retried.
    Ignore,
    /// It counts, as without a rule.
    Count,
}

impl Action {
    /// The word for it in manifests.
    pub fn name(self) -> &'static str {
        match self {
            Self::FailJob => "FailJob",
            Self::FailIndex => "FailIndex",
            Self::Ignore => "Ignore",
            Self::Count => "Count",
        }
    }
}

/// The rule that takes every failure with an exit code which no rule before it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decides {
    /// The number of the rule, from 1.
    pub rule: usize,
    /// What becomes of the failure.
    pub action: Action,
}

/// Of which failures a rule is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// Those with some exit codes.
    Exits {
        /// Of this container; `None` for any.
        container: Option<String>,
        /// Whether it is these codes, and not all others but 0.
        is_in: bool,
        /// The codes.
        codes: Vec<i32>,
    },
    /// Those of pods with one of these conditions, each with its status.
    Conditions(Vec<(String, String)>),
}

/// The rules about failed pods.
pub(super) fn failure_rules(spec: &JobSpec) -> Vec<FailureRule> {
    spec.pod_failure_policy.iter().flat_map(|policy| &policy.rules).map(FailureRule::of).collect()
}

impl FailureRule {
    fn of(rule: &PodFailurePolicyRule) -> Self {
        let action = match rule.action.as_str() {
            "FailJob" => Action::FailJob,
            "FailIndex" => Action::FailIndex,
            "Ignore" => Action::Ignore,
            _ => Action::Count,
        };
        let when = match &rule.on_exit_codes {
            Some(on) => When::Exits {
                container: on.container_name.clone(),
                is_in: on.operator == "In",
                codes: on.values.clone(),
            },
            None => When::Conditions(rule.on_pod_conditions.iter().flatten().map(condition).collect()),
        };
        Self { action, when }
    }
}

fn condition(of: &k8s_openapi::api::batch::v1::PodFailurePolicyOnPodConditionsPattern) -> (String, String) {
    let status = of.status.clone().filter(|status| !status.is_empty());
    (of.type_.clone(), status.unwrap_or_else(|| "True".to_owned()))
}

/// What becomes of every failure that no rule before takes, where a rule takes all exit codes of a container that is the
/// only one, or of any.
pub(super) fn decides(rules: &[FailureRule], shape: &Shape) -> Option<Decides> {
    let takes_all = |rule: &&FailureRule| match &rule.when {
        When::Exits { container, is_in: false, codes } => {
            (container.is_none() || shape.containers == 1) && codes.iter().all(|code| *code == 0)
        }
        _ => false,
    };
    let mut numbered = (1..).zip(rules);
    let rule = |(number, rule): (usize, &FailureRule)| Decides { rule: number, action: rule.action };
    numbered.find(|(_, rule)| takes_all(rule)).map(rule)
}

/// After how many waves a rule of the success policy is met, where all pods succeed: that rule, from 1, and the waves.
/// `None` where there is no such policy, or all pods have to succeed all the same.
pub(super) fn early_success(spec: &JobSpec, shape: &Shape) -> Option<(usize, u64)> {
    let (waves, lanes) = (shape.waves()?, shape.lanes());
    let rules = spec.success_policy.iter().flat_map(|policy| &policy.rules).enumerate();
    let met = rules.filter_map(|(position, rule)| {
        let last = last_needed(rule)?;
        Some((position + 1, last.checked_div(lanes)? + 1))
    });
    met.min_by_key(|(rule, wave)| (*wave, *rule)).filter(|(_, wave)| *wave < waves)
}

/// The last index that has to succeed for a rule, where they succeed in order.
fn last_needed(rule: &SuccessPolicyRule) -> Option<u64> {
    let count = rule.succeeded_count.map(|count| u64::try_from(count).unwrap_or_default());
    let Some(indexes) = &rule.succeeded_indexes else { return count.map(|count| count.saturating_sub(1)) };
    let ranges: Vec<_> = indexes.split(',').filter_map(range).collect();
    let Some(mut left) = count else { return ranges.last().map(|(_, last)| *last) };
    if left == 0 {
        return Some(0);
    }
    for (first, last) in ranges {
        let size = (last - first).saturating_add(1);
        if left <= size {
            return Some(first + left - 1);
        }
        left -= size;
    }
    None
}

fn range(text: &str) -> Option<(u64, u64)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first <= last).then_some((first, last))
}
