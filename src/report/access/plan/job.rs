//! What a Job will do, in words and drawings.

use std::fmt::Write as _;

use super::super::words;
use super::lanes::lanes;
use super::page::Page;
use super::phrases::{counted, length, ordinal, spoken};
use super::strip::strip;
use crate::query::plan::{
    Action, Cut, Deadline, Decides, Failing, FailureRule, Hopeless, JobPlan, Longest, Reason, Shape, Success, When,
};

pub(super) fn write(plan: &JobPlan, of_cron_job: bool, page: &mut Page) {
    let shape = &plan.shape;
    page.text(&made_of(shape));
    if let Some(manager) = &shape.managed_by {
        let manager = words::shown(manager);
        page.fact("Left to", &format!("{manager}, as `managedBy` says: the Job controller does nothing about it"));
        return;
    }
    if plan.is_suspended {
        page.fact("Suspended", "no pod runs until `suspend` is false; only then does what follows begin");
    }
    if let Some(hopeless) = plan.hopeless {
        page.fault("Never completes", &why(hopeless, plan));
    }
    if !matches!(plan.hopeless, Some(Hopeless::NoPods | Hopeless::DeadlineZero)) {
        ways(plan, page);
    }
    left(plan, of_cron_job, page);
}

/// The ways that it can go.
fn ways(plan: &JobPlan, page: &mut Page) {
    let shape = &plan.shape;
    if let Some(success) = plan.success {
        page.fact("All succeed", &of_success(plan, success, page));
        let drawn = lanes(shape, success.length.runs, plan.run, page.room(), page.signs);
        page.drawing(&drawn);
    }
    if shape.lanes() == 0 {
        return;
    }
    match &plan.failing {
        Some(failing) => {
            page.fact("All fail", &of_failing(plan, failing, page));
            let drawn = strip(failing, page);
            page.drawing(&drawn);
        }
        None => page.fact("All fail", &of_endless(plan, page)),
    }
    page.fact("Retries", &(decided(plan) + &retries(plan) + ended(plan)));
    page.fact("At the longest", &at_the_longest(plan));
    if let Some(deadline) = plan.deadline {
        page.fact("Deadline", &of_deadline(deadline, plan));
    }
    if let Some(seconds) = shape.pod_deadline {
        let text = "after its start a pod is ended and has failed (`activeDeadlineSeconds` of the pod)";
        page.fact("Each pod", &format!("{} {text}", spoken(seconds)));
    }
    if plan.has_own_restarts {
        let text = "containers that have a `restartPolicy` or rules of their own are taken to have that of the pod";
        page.fact("Not planned", text);
    }
    for (number, rule) in (1..).zip(&plan.rules) {
        page.fact(if number == 1 { "Failures" } else { "" }, &format!("{number}. {}", failure_rule(rule)));
    }
}

fn made_of(shape: &Shape) -> String {
    let index = if shape.is_indexed { ", each with an index" } else { "" };
    let pods = match (shape.completions, shape.lanes()) {
        (Some(0), _) => return "no pod has to succeed".to_owned(),
        (Some(1), _) => format!("1 pod has to succeed{index}"),
        (Some(completions), 0) => format!("{completions} pods have to succeed{index}, none at a time"),
        (Some(completions), 1) => format!("{completions} pods have to succeed{index}, one after the other"),
        (Some(completions), lanes) if lanes == completions => {
            format!("{completions} pods have to succeed{index}, all side by side")
        }
        (Some(completions), lanes) => {
            let waves = counted(completions.div_ceil(lanes), "wave", "waves");
            format!("{completions} pods have to succeed{index}, {lanes} at a time, in {waves}")
        }
        (None, 1) => "1 pod has to succeed; `completions` is not said, as for a work queue".to_owned(),
        (None, 0) => "no pod at a time; `completions` is not said, as for a work queue".to_owned(),
        (None, lanes) => {
            let pods = counted(lanes, "pod", "pods");
            format!("{pods} at a time on a work queue: once one has succeeded no more are made, and all have to end")
        }
    };
    let spare = match shape.completions {
        Some(completions) if shape.parallelism > completions => {
            format!(" (parallelism: {} is more than there are)", shape.parallelism)
        }
        _ => String::new(),
    };
    format!("{pods}{spare}")
}

fn why(hopeless: Hopeless, plan: &JobPlan) -> String {
    let seconds = plan.shape.deadline.unwrap_or_default();
    match hopeless {
        Hopeless::NoPods => "`parallelism: 0` lets no pod run until it is raised".to_owned(),
        Hopeless::DeadlineZero => "`activeDeadlineSeconds: 0` fails it before its first pod is made".to_owned(),
        Hopeless::DeadlineFirst => {
            let needed = plan.success.map(|success| length(success.length, plan.run)).unwrap_or_default();
            let deadline = spoken(seconds);
            format!("its pods need {needed} even if all succeed, and `activeDeadlineSeconds` fails it after {deadline}")
        }
        Hopeless::PodDeadline => {
            let most = spoken(plan.shape.pod_deadline.unwrap_or_default());
            format!("each pod is ended after {most} by its own `activeDeadlineSeconds`")
        }
    }
}

fn of_success(plan: &JobPlan, success: Success, page: &Page) -> String {
    if success.length.runs == 0 {
        return page.styles.good("Complete") + " at once, without a pod";
    }
    if plan.deadline.is_some_and(|deadline| deadline.of_success == Cut::Yes) {
        let deadline = spoken(plan.shape.deadline.unwrap_or_default());
        return format!("{} after {deadline} (DeadlineExceeded), with pods still to come", page.styles.bad("Failed"));
    }
    let complete = page.styles.good("Complete");
    let after = length(success.length, plan.run);
    match success.by_rule {
        Some(rule) => format!(
            "{complete} after {after}: then rule {rule} of the success policy is met, and pods that still run are deleted"
        ),
        None => format!("{complete} after {after}"),
    }
}

fn of_failing(plan: &JobPlan, failing: &Failing, page: &Page) -> String {
    let failed = page.styles.bad("Failed");
    let run = failing.run;
    if plan.deadline.is_some_and(|deadline| deadline.of_failing == Cut::Yes) {
        let deadline = spoken(plan.shape.deadline.unwrap_or_default());
        let without = length(failing.length, run);
        let reason = Reason::DeadlineExceeded.name();
        return format!("{failed} after {deadline} ({reason}); without the deadline, after {without}:");
    }
    let (after, reason) = (length(failing.length, run), failing.reason.name());
    let pods = match (failing.is_in_place, failing.pods) {
        (true, 1) => "in 1 pod".to_owned(),
        (true, pods) => format!("in {pods} pods"),
        (false, pods) => {
            let each = if plan.shape.restarts_in_place { ", each ended by its own deadline" } else { "" };
            format!("with {}{each}", counted(pods, "failed pod", "failed pods"))
        }
    };
    format!("{failed} after {after} ({reason}), {pods}")
}

/// What becomes of failures that are retried for ever.
fn of_endless(plan: &JobPlan, page: &Page) -> String {
    if let Some(deadline) = plan.shape.deadline.filter(|_| !plan.failing_depends) {
        let reason = Reason::DeadlineExceeded.name();
        return format!("{} after {} ({reason}), and not before", page.styles.bad("Failed"), spoken(deadline));
    }
    if plan.failing_depends {
        return "that depends on how long a pod runs: whether it is restarted for as often as it may be before its own \
                `activeDeadlineSeconds` ends it; then a new one begins anew. `--duration` tells"
            .to_owned();
    }
    format!("{}: it is retried for ever", page.styles.bad("no end"))
}

/// When a pod that is being deleted is replaced.
fn ended(plan: &JobPlan) -> &'static str {
    if plan.replaces_ended_only { ". A pod that is being deleted is replaced once it is gone" } else { "" }
}

/// Which rule decides whether it is retried, before anything is counted; what is told behind that is of the rest.
fn decided(plan: &JobPlan) -> String {
    let Some(Decides { rule, action }) = plan.decides else { return String::new() };
    let what = match action {
        Action::FailJob => "none where a pod fails with an exit code: the Job fails at once",
        Action::FailIndex => "none where a pod fails with an exit code: its index fails at once",
        Action::Ignore => "without end where a pod fails with an exit code: it does not count",
        Action::Count => return String::new(),
    };
    let rest = if rule == 1 { "" } else { " that no rule before takes" };
    let what = what.replacen("exit code", &format!("exit code{rest}"), 1);
    format!("{what} (rule {rule} of the `podFailurePolicy`). Of other failures, such as lost nodes, ")
}

fn retries(plan: &JobPlan) -> String {
    let shape = &plan.shape;
    let limit = if shape.says_backoff_limit { "`backoffLimit`" } else { "`backoffLimit`, which is 6 by default" };
    let of_all = |limit: &str| {
        if shape.retries_for_ever() {
            return format!("{} ({limit}), which is never reached", shape.backoff_limit);
        }
        let fails = ordinal(shape.backoff_limit.saturating_add(1));
        format!("{} ({limit}): it fails with the {fails} failed pod", shape.backoff_limit)
    };
    let is_at_once = shape.per_index.map_or(shape.backoff_limit, |per_index| per_index.min(shape.backoff_limit)) == 0;
    let (wait, afresh, alone) = if is_at_once {
        ("", "", "")
    } else {
        let wait = ". Before a new pod it waits for 10s, doubled with each failure, 10m at the most";
        (wait, "; a success begins anew", ", by itself for each index")
    };
    match shape.per_index {
        Some(_) if shape.restarts_in_place && shape.retries_for_ever() => {
            "without end: containers are started again in their pods, which no limit of an index counts".to_owned()
        }
        _ if shape.restarts_in_place => in_place(shape, limit),
        Some(retries) => {
            let all =
                if shape.retries_for_ever() { String::new() } else { format!(", and {} of all", shape.backoff_limit) };
            let most = match shape.max_failed_indexes {
                Some(most) if shape.completions.is_some_and(|completions| most >= completions) => {
                    format!("; `maxFailedIndexes: {most}` is never reached")
                }
                Some(most) => format!("; it fails with the {} failed index", ordinal(most.saturating_add(1))),
                None => "; what other indexes do is not stopped by it".to_owned(),
            };
            format!("{retries} of each index (`backoffLimitPerIndex`){all}{most}{wait}{alone}")
        }
        None => format!("{}{wait}{afresh}", of_all(limit)),
    }
}

/// Restarts of containers in their pods.
fn in_place(shape: &Shape, limit: &str) -> String {
    let end = if shape.retries_for_ever() {
        format!("there is no end of them ({limit}: {})", shape.backoff_limit)
    } else {
        let last = ordinal(shape.backoff_limit.max(1));
        format!("it fails at the {last} restart of a container, those of all pods that run counted together ({limit})")
    };
    let ended = match shape.pod_deadline {
        Some(_) if shape.retries_for_ever() => "",
        Some(_) => {
            ". A pod that its own deadline ends is replaced, and is one failure; more than the limit fail it, too"
        }
        None => "",
    };
    let several = match shape.containers {
        0 | 1 => "",
        _ => ". Of several containers one is taken to fail; restarts of all are added",
    };
    let waits = match shape.backoff_limit {
        0 | 1 => "",
        _ => ", then after 10s, doubled each time, 5m at the most, and begins anew after a run of more than 10m",
    };
    format!("in their pods: {end}{ended}{several}. The kubelet restarts at once{waits}")
}

fn at_the_longest(plan: &JobPlan) -> String {
    let deadline = plan.shape.deadline.map(spoken);
    match (plan.longest, deadline) {
        (Longest::Within(within), deadline) => {
            let run = plan.shape.capped(plan.run);
            let total = run.map(|run| within.total(run));
            let is_cut = total.zip(plan.shape.deadline).is_some_and(|(total, deadline)| total > deadline);
            let is_sure = plan.shape.deadline.is_some_and(|deadline| within.waiting > deadline);
            match deadline {
                Some(deadline) if is_sure && total.is_none() => format!("{deadline}, its deadline"),
                Some(deadline) if is_cut => format!("{deadline}, its deadline; without that, {}", length(within, run)),
                Some(deadline) => format!("{}, and no longer than {deadline}, its deadline", length(within, run)),
                None => format!("{}{}", length(within, run), longest_way(plan)),
            }
        }
        (_, Some(deadline)) => format!("{deadline}, its deadline"),
        (Longest::Ignored(rule), None) => {
            format!("no end: what rule {rule} ignores is retried for ever, and there is no `activeDeadlineSeconds`")
        }
        (Longest::Unlimited | Longest::Unknown, None) => "no end, and there is no `activeDeadlineSeconds`".to_owned(),
    }
}

/// What is said of that; nothing where there is only one way.
fn longest_way(plan: &JobPlan) -> &'static str {
    let shape = &plan.shape;
    match shape.completions {
        Some(1) => "",
        None if shape.lanes() == 1 => "",
        _ => ", whatever fails",
    }
}

fn of_deadline(deadline: Deadline, plan: &JobPlan) -> String {
    let Deadline { seconds, of_success, of_failing } = deadline;
    let start = if plan.is_suspended { "after it is resumed" } else { "after its start" };
    let mut text = format!("{} {start} it fails (`activeDeadlineSeconds`), and its pods are deleted", spoken(seconds));
    if let Cut::FromRunsOf(first) = of_success {
        let _ = write!(text, ". If all succeed, it comes first where a pod runs for {} or longer", spoken(first));
    }
    match of_failing {
        Cut::FromRunsOf(first) if plan.failing.is_some() => {
            let _ = write!(text, "; if all fail, for {} or longer", spoken(first));
        }
        Cut::Yes if plan.failing.is_some() => text.push_str("; if all fail, it comes before the retries are used up"),
        _ => {}
    }
    text
}

fn failure_rule(rule: &FailureRule) -> String {
    let when = match &rule.when {
        When::Exits { container, is_in, codes } => {
            let codes: Vec<_> = codes.iter().map(ToString::to_string).collect();
            let container = container.as_ref().map(|name| format!(" of container {}", words::shown(name)));
            let container = container.unwrap_or_default();
            match (is_in, codes.as_slice()) {
                (true, [code]) => format!("exit code {code}{container}"),
                (true, codes) => format!("exit codes {}{container}", codes.join(", ")),
                (false, codes) => format!("exit codes other than {}{container}", codes.join(", ")),
            }
        }
        When::Conditions(conditions) => {
            let named = |(condition, status): &(String, String)| match status.as_str() {
                "True" => words::shown(condition),
                status => words::shown(&format!("{condition}={status}")),
            };
            let conditions: Vec<_> = conditions.iter().map(named).collect();
            format!("pods with {}", conditions.join(" or "))
        }
    };
    let then = match rule.action {
        Action::FailJob => "the Job fails at once",
        Action::FailIndex => "the index fails at once",
        Action::Ignore => "it does not count; a new pod follows after the usual waiting",
        Action::Count => "it counts like any other failure",
    };
    format!("{when}: {then} ({})", rule.action.name())
}

/// The pods that are left, and when they go.
fn left(plan: &JobPlan, of_cron_job: bool, page: &mut Page) {
    let shape = &plan.shape;
    if shape.lanes() == 0 || plan.hopeless == Some(Hopeless::DeadlineZero) {
        return;
    }
    let succeeded = match (shape.completions, plan.success) {
        (_, Some(Success { by_rule: Some(_), length })) => length.runs.saturating_mul(shape.lanes()),
        (Some(completions), _) => completions,
        (None, _) => shape.lanes(),
    };
    let of_success = plan.deadline.map_or(Cut::No, |deadline| deadline.of_success);
    let of_failing = plan.deadline.map_or(Cut::No, |deadline| deadline.of_failing);
    let good = match of_success {
        _ if plan.success.is_none() => "no pod that has succeeded".to_owned(),
        Cut::Yes => "the pods that have ended by the deadline".to_owned(),
        _ => counted(succeeded, "pod if all succeed", "pods if all succeed"),
    };
    let is_in_place = plan.failing.as_ref().map_or(shape.restarts_in_place, |failing| failing.is_in_place);
    let bad = match (&plan.failing, of_failing) {
        _ if is_in_place => "; if it fails, those that run are deleted, and their logs go with them".to_owned(),
        _ if of_success == Cut::Yes => "; those that run then are deleted".to_owned(),
        (_, Cut::Yes) => ", those that have failed by the deadline if all fail".to_owned(),
        (Some(failing), cut) => {
            let fewer = if cut == Cut::No { "" } else { " (fewer where the deadline comes first)" };
            format!(", {} if all fail{fewer}", failing.pods)
        }
        (None, _) => ", and one for each failure".to_owned(),
    };
    let until = match shape.ttl {
        Some(0) => "all go with the Job, at once when it ends (`ttlSecondsAfterFinished: 0`)".to_owned(),
        Some(seconds) => {
            format!("all go with the Job, {} after its end (`ttlSecondsAfterFinished`)", spoken(seconds))
        }
        None if of_cron_job => "they stay as long as the CronJob keeps the Job".to_owned(),
        None => "they stay until somebody deletes the Job".to_owned(),
    };
    page.fact("Left behind", &format!("{good}{bad}; {until}"));
}
