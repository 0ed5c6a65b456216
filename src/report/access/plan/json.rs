//! What Jobs and CronJobs will do, as JSON: version 1. Fields are added, and never change or go.

use serde::Serialize;

use super::super::super::json::JsonLocation;
use super::super::json::{JsonUnread, to_string};
use super::super::permissions::JsonScope;
use crate::query::plan::{
    Assumed, CronPlan, Cut, FailureRule, Fate, Hopeless, Identity, JobPlan, Lasts, Length, Longest, Moment, MomentKind,
    Plan, Planned, Plans, Reason, When,
};

/// All plans as one JSON object.
pub fn json(plans: &Plans, assumed: Assumed) -> String {
    to_string(&JsonPlans {
        version: 1,
        from: assumed.ahead.from.to_string(),
        run_seconds: assumed.run,
        plans: plans.planned.iter().map(|planned| JsonPlanned::new(plans, planned)).collect(),
        notes: plans.access.caveats(),
        unread: JsonUnread::all(&plans.access),
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonPlans<'a> {
    version: u32,
    from: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    run_seconds: Option<u64>,
    plans: Vec<JsonPlanned<'a>>,
    notes: Vec<String>,
    unread: Vec<JsonUnread<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonPlanned<'a> {
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'a str>,
    name: &'a str,
    location: JsonLocation<'a>,
    /// The API version that it says, where that is not served any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    outdated: Option<&'a str>,
    /// Whether nothing good can come of it.
    hopeless: bool,
    /// Why the API server refuses it.
    refused: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    cron_job: Option<JsonCronJob<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    job: Option<JsonJob<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity: Option<JsonIdentity<'a>>,
}

impl<'a> JsonPlanned<'a> {
    fn new(plans: &'a Plans, planned: &'a Planned) -> Self {
        let (refused, cron_job, job) = match &planned.plan {
            Plan::Refused(causes) => (causes.as_slice(), None, None),
            Plan::Job(job) => (&[][..], None, Some(JsonJob::new(job))),
            Plan::CronJob(plan) => (&[][..], Some(JsonCronJob::new(plan)), Some(JsonJob::new(&plan.job))),
        };
        Self {
            kind: planned.name.kind,
            namespace: planned.name.namespace.as_deref(),
            name: &planned.name.name,
            location: plans.access.sources().locate(planned.span).into(),
            outdated: planned.outdated.as_ref().map(|outdated| outdated.api_version.as_str()),
            hopeless: planned.is_hopeless(),
            refused,
            cron_job,
            job,
            identity: planned.identity.as_ref().map(JsonIdentity::new),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonJob<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    completions: Option<u64>,
    parallelism: u64,
    lanes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    waves: Option<u64>,
    indexed: bool,
    restarts_in_place: bool,
    backoff_limit: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    backoff_limit_per_index: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_failed_indexes: Option<u64>,
    suspended: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    managed_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    active_deadline_seconds: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pod_active_deadline_seconds: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ttl_seconds_after_finished: Option<u64>,
    /// Why it never completes.
    #[serde(skip_serializing_if = "Option::is_none")]
    never: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    all_succeed: Option<JsonWay>,
    #[serde(skip_serializing_if = "Option::is_none")]
    all_fail: Option<JsonFailing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    longest: Option<JsonLength>,
    failure_rules: Vec<JsonFailureRule<'a>>,
}

/// How long something takes.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonLength {
    runs: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    waiting_seconds: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u64>,
}

impl JsonLength {
    fn new(length: Length, run: Option<u64>) -> Self {
        Self {
            runs: length.runs,
            waiting_seconds: Some(length.waiting).filter(|seconds| *seconds < u64::MAX),
            seconds: run.map(|run| length.total(run)).filter(|seconds| *seconds < u64::MAX),
        }
    }
}

/// One way that it can go.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonWay {
    #[serde(flatten)]
    length: JsonLength,
    reason: &'static str,
    /// Whether the deadline comes first; unknown where it depends on how long a pod runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline_first: Option<bool>,
    /// From how long a run on it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline_first_from_runs_of: Option<u64>,
}

impl JsonWay {
    fn new(length: Length, run: Option<u64>, reason: &'static str, cut: Option<Cut>) -> Self {
        let (first, from) = match cut.unwrap_or(Cut::No) {
            Cut::No => (Some(false), None),
            Cut::Yes => (Some(true), None),
            Cut::FromRunsOf(run) => (None, Some(run)),
        };
        let length = JsonLength::new(length, run);
        Self { length, reason, deadline_first: first, deadline_first_from_runs_of: from }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonFailing {
    #[serde(flatten)]
    way: JsonWay,
    pods: u64,
    rounds: u64,
    first_rounds: Vec<JsonRound>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonRound {
    pods: u64,
    failures: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    wait_seconds: Option<u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonFailureRule<'a> {
    action: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    container: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exit_codes: Option<&'a [i32]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other_exit_codes_than: Option<&'a [i32]>,
    conditions: Vec<JsonCondition<'a>>,
}

#[derive(Serialize)]
struct JsonCondition<'a> {
    r#type: &'a str,
    status: &'a str,
}

impl<'a> JsonFailureRule<'a> {
    fn new(rule: &'a FailureRule) -> Self {
        let action = rule.action.name();
        let none =
            Self { action, container: None, exit_codes: None, other_exit_codes_than: None, conditions: Vec::new() };
        match &rule.when {
            When::Exits { container, is_in, codes } => Self {
                container: container.as_deref(),
                exit_codes: is_in.then_some(codes),
                other_exit_codes_than: (!is_in).then_some(codes),
                ..none
            },
            When::Conditions(conditions) => Self {
                conditions: conditions.iter().map(|(r#type, status)| JsonCondition { r#type, status }).collect(),
                ..none
            },
        }
    }
}

impl<'a> JsonJob<'a> {
    fn new(plan: &'a JobPlan) -> Self {
        let (shape, run) = (&plan.shape, plan.run);
        let deadline = plan.deadline;
        let all_succeed = plan.success.map(|success| {
            let reason = if success.by_rule.is_some() { "SuccessPolicy" } else { "CompletionsReached" };
            JsonWay::new(success.length, run, reason, deadline.map(|deadline| deadline.of_success))
        });
        let all_fail = plan.failing.as_ref().map(|failing| JsonFailing {
            way: JsonWay::new(
                failing.length,
                failing.run,
                Reason::name(failing.reason),
                deadline.map(|deadline| deadline.of_failing),
            ),
            pods: failing.pods,
            rounds: failing.rounds,
            first_rounds: { failing.first_rounds.iter() }
                .map(|round| JsonRound { pods: round.pods, failures: round.failures, wait_seconds: round.wait })
                .collect(),
        });
        let longest = match plan.longest {
            Longest::Within(length) => Some(JsonLength::new(length, shape.capped(run))),
            Longest::Ignored(_) | Longest::Unlimited | Longest::Unknown => None,
        };
        Self {
            completions: shape.completions,
            parallelism: shape.parallelism,
            lanes: shape.lanes(),
            waves: shape.waves(),
            indexed: shape.is_indexed,
            restarts_in_place: shape.restarts_in_place,
            backoff_limit: shape.backoff_limit,
            backoff_limit_per_index: shape.per_index,
            max_failed_indexes: shape.max_failed_indexes,
            suspended: plan.is_suspended,
            managed_by: shape.managed_by.as_deref(),
            active_deadline_seconds: shape.deadline,
            pod_active_deadline_seconds: shape.pod_deadline,
            ttl_seconds_after_finished: shape.ttl,
            never: plan.hopeless.map(Hopeless::name),
            all_succeed,
            all_fail,
            longest,
            failure_rules: plan.rules.iter().map(JsonFailureRule::new).collect(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonCronJob<'a> {
    schedule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_zone: Option<&'a str>,
    suspended: bool,
    concurrency_policy: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    starting_deadline_seconds: Option<u64>,
    /// Whether no Job is ever found to be due.
    never_starts: bool,
    successful_jobs_history_limit: u64,
    failed_jobs_history_limit: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    shortest_gap_seconds: Option<u64>,
    moments: Vec<JsonMoment<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    overlap: Option<JsonOverlap>,
    /// Why the API server refuses each Job.
    refused_jobs: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonOverlap {
    #[serde(skip_serializing_if = "Option::is_none")]
    job_seconds: Option<u64>,
    at_once: u64,
    late: usize,
    dropped: usize,
    replaced: usize,
}

/// A time at which a CronJob fires, or does not.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonMoment<'a> {
    at: String,
    clock: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    offset: &'a str,
    special: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    job_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fate: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    starts_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted_after_seconds: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    running: Option<u64>,
}

impl<'a> JsonMoment<'a> {
    fn new(moment: &'a Moment) -> Self {
        let special = match moment.kind {
            MomentKind::Plain => "none",
            MomentKind::Repeated(1) => "first",
            MomentKind::Repeated(_) => "second",
            MomentKind::Skipped => "skipped",
            MomentKind::SameMinute => "same-minute",
        };
        let fate = match moment.fate {
            None => None,
            Some(Fate::Starts(_)) => Some("starts"),
            Some(Fate::StartsAt(_)) => Some("late"),
            Some(Fate::Dropped) => Some("dropped"),
            Some(Fate::ReplacedAfter(_)) => Some("replaced"),
        };
        Self {
            at: moment.at.to_string(),
            clock: moment.clock.to_string(),
            offset: &moment.offset,
            special,
            job_name: &moment.job,
            fate,
            starts_at: if let Some(Fate::StartsAt(at)) = moment.fate { Some(at.to_string()) } else { None },
            deleted_after_seconds: if let Some(Fate::ReplacedAfter(it)) = moment.fate { Some(it) } else { None },
            running: if let Some(Fate::Starts(running)) = moment.fate { Some(running) } else { None },
        }
    }
}

impl<'a> JsonCronJob<'a> {
    fn new(plan: &'a CronPlan) -> Self {
        let (succeeded, failed) = plan.kept;
        Self {
            schedule: &plan.schedule,
            time_zone: plan.says_zone.as_deref(),
            suspended: plan.is_suspended,
            concurrency_policy: plan.concurrency.name(),
            starting_deadline_seconds: plan.starting_deadline,
            never_starts: plan.never_starts,
            successful_jobs_history_limit: succeeded,
            failed_jobs_history_limit: failed,
            shortest_gap_seconds: plan.gap.map(|gap| gap.as_secs()),
            moments: plan.moments.iter().map(JsonMoment::new).collect(),
            overlap: plan.overlap.map(|overlap| JsonOverlap {
                job_seconds: if let Lasts::Seconds(seconds) = overlap.job { Some(seconds) } else { None },
                at_once: overlap.most,
                late: overlap.late,
                dropped: overlap.dropped,
                replaced: overlap.replaced,
            }),
            refused_jobs: &plan.refused_jobs,
        }
    }
}

/// As whom the pods act.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonIdentity<'a> {
    namespace: &'a str,
    name: &'a str,
    exists: bool,
    token_mounted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    renamed_by: Option<&'a str>,
    permissions: Vec<JsonScope<'a>>,
}

impl<'a> JsonIdentity<'a> {
    fn new(identity: &'a Identity) -> Self {
        Self {
            namespace: &identity.namespace,
            name: &identity.name,
            exists: identity.exists,
            token_mounted: identity.has_token,
            renamed_by: identity.renamed_by.as_deref(),
            permissions: identity.permissions.own.iter().map(JsonScope::brief).collect(),
        }
    }
}
