//! Plans, held against a Job controller that is played step by step: it sees pods end, counts, and makes new ones.

use std::collections::BTreeSet;

use k8s_openapi::api::batch::v1::JobSpec;

use super::*;

fn spec(text: &str) -> JobSpec {
    let mut value: serde_json::Value = serde_yaml::from_str(text).unwrap();
    let policy = value.as_object_mut().unwrap().remove("restartPolicy").unwrap_or_else(|| "Never".into());
    let pod = serde_json::json!({"restartPolicy": policy, "containers": [], "activeDeadlineSeconds": value.get("pod")});
    value["template"] = serde_json::json!({ "spec": pod });
    serde_json::from_value(value).unwrap()
}

fn plan(text: &str) -> JobPlan {
    JobPlan::of(&spec(text), None)
}

fn plan_of(text: &str, run: u64) -> JobPlan {
    JobPlan::of(&spec(text), Some(run))
}

fn failing(text: &str) -> (u64, u64, u64, &'static str) {
    let failing = plan(text).failing.unwrap();
    (failing.length.runs, failing.length.waiting, failing.pods, failing.reason.name())
}

#[test]
fn a_job_that_fails_waits_longer_each_time() {
    for (text, expected) in [
        ("{}", (7, 630, 7, "BackoffLimitExceeded")),
        ("{backoffLimit: 0}", (1, 0, 1, "BackoffLimitExceeded")),
        ("{backoffLimit: 1}", (2, 10, 2, "BackoffLimitExceeded")),
        ("{backoffLimit: 8}", (9, 10 + 20 + 40 + 80 + 160 + 320 + 600 + 600, 9, "BackoffLimitExceeded")),
        // Three fail at a time: after three failures it waits for 40 s, after six for 320 s.
        ("{completions: 10, parallelism: 3}", (3, 360, 9, "BackoffLimitExceeded")),
        ("{completions: 2, parallelism: 50}", (4, 20 + 80 + 320, 8, "BackoffLimitExceeded")),
        ("{parallelism: 7}", (1, 0, 7, "BackoffLimitExceeded")),
        ("{parallelism: 6}", (2, 320, 12, "BackoffLimitExceeded")),
        (
            "{completions: 1, backoffLimit: 2147483646}",
            (2_147_483_647, 630 + 600 * 2_147_483_640, 2_147_483_647, "BackoffLimitExceeded"),
        ),
    ] {
        assert_eq!(failing(text), expected, "{text}");
    }
    let rounds = plan("{backoffLimit: 2}").failing.unwrap().first_rounds;
    let rounds: Vec<_> = rounds.iter().map(|round| (round.pods, round.failures, round.wait)).collect();
    assert_eq!(rounds, [(1, 1, Some(10)), (1, 2, Some(20)), (1, 3, None)]);
    assert_eq!(plan("{backoffLimit: 2147483647}").failing, None);
}

#[test]
fn restarts_in_place_are_counted_one_earlier_and_begin_at_once() {
    for (text, expected) in [
        ("{restartPolicy: OnFailure}", (6, 10 + 20 + 40 + 80 + 160, 1, "BackoffLimitExceeded")),
        ("{restartPolicy: OnFailure, backoffLimit: 0}", (1, 0, 1, "BackoffLimitExceeded")),
        ("{restartPolicy: OnFailure, backoffLimit: 1}", (1, 0, 1, "BackoffLimitExceeded")),
        ("{restartPolicy: OnFailure, backoffLimit: 2}", (2, 10, 1, "BackoffLimitExceeded")),
        ("{restartPolicy: OnFailure, backoffLimit: 8}", (8, 310 + 300 + 300, 1, "BackoffLimitExceeded")),
        ("{restartPolicy: OnFailure, completions: 4, parallelism: 4}", (2, 10, 4, "BackoffLimitExceeded")),
    ] {
        assert_eq!(failing(text), expected, "{text}");
    }
    // A container that has run for more than ten minutes is started at once each time.
    let long = plan_of("{restartPolicy: OnFailure}", 601).failing.unwrap().length;
    assert_eq!((long.runs, long.waiting), (6, 0));
    let short = plan_of("{restartPolicy: OnFailure}", 600).failing.unwrap().length;
    assert_eq!((short.runs, short.waiting), (6, 310));
}

#[test]
fn indexes_are_retried_by_themselves() {
    let job = "completionMode: Indexed, completions: 5, parallelism: 2, backoffLimitPerIndex: 2";
    for (rest, expected) in [
        ("", (9, 90, 15, "FailedIndexes")),
        (", maxFailedIndexes: 0", (3, 30, 6, "MaxFailedIndexesExceeded")),
        (", maxFailedIndexes: 2", (6, 60, 12, "MaxFailedIndexesExceeded")),
        (", maxFailedIndexes: 4", (9, 90, 15, "MaxFailedIndexesExceeded")),
        (", maxFailedIndexes: 5", (9, 90, 15, "FailedIndexes")),
        (", backoffLimit: 3", (2, 10, 4, "BackoffLimitExceeded")),
        (", backoffLimit: 4", (3, 30, 6, "BackoffLimitExceeded")),
        (", backoffLimit: 6", (4, 30, 8, "BackoffLimitExceeded")),
        (", backoffLimit: 12", (7, 60, 13, "BackoffLimitExceeded")),
        (", backoffLimit: 15", (9, 90, 15, "FailedIndexes")),
    ] {
        assert_eq!(failing(&format!("{{{job}{rest}}}")), expected, "{rest}");
    }
    let none = "{completionMode: Indexed, completions: 3, parallelism: 3, backoffLimitPerIndex: 0}";
    assert_eq!(failing(none), (1, 0, 3, "FailedIndexes"));
    // In their pods, containers are started again whatever the limit of an index is.
    let in_place = "{completionMode: Indexed, completions: 3, backoffLimitPerIndex: 1, restartPolicy: OnFailure}";
    assert_eq!((plan(in_place).failing, plan(in_place).longest), (None, Longest::Unlimited));
}

#[test]
fn waves_follow_from_completions_and_parallelism() {
    for (text, lanes, waves) in [
        ("{}", 1, Some(1)),
        ("{completions: 10, parallelism: 3}", 3, Some(4)),
        ("{completions: 3, parallelism: 10}", 3, Some(1)),
        ("{completions: 9}", 1, Some(9)),
        ("{parallelism: 4}", 4, Some(1)),
        ("{completions: 0}", 0, Some(0)),
        ("{completions: 5, parallelism: 0}", 0, None),
        ("{parallelism: 0}", 0, None),
    ] {
        let shape = plan(text).shape;
        assert_eq!((shape.lanes(), shape.waves()), (lanes, waves), "{text}");
    }
}

#[test]
fn some_successes_may_be_enough() {
    let job = "completionMode: Indexed, completions: 10, parallelism: 2";
    for (rules, expected) in [
        ("[{succeededCount: 3}]", Some((1, 2))),
        ("[{succeededIndexes: '0,4'}]", Some((1, 3))),
        ("[{succeededIndexes: '1,6-8', succeededCount: 2}]", Some((1, 4))),
        ("[{succeededIndexes: '1,6-8'}, {succeededCount: 1}]", Some((2, 1))),
        ("[{succeededCount: 10}]", None),
        ("[{succeededIndexes: '9'}]", None),
    ] {
        let plan = plan(&format!("{{{job}, successPolicy: {{rules: {rules}}}}}"));
        let success = plan.success.unwrap();
        assert_eq!(success.by_rule.map(|rule| (rule, success.length.runs)), expected, "{rules}");
    }
}

#[test]
fn a_deadline_comes_first_where_pods_run_for_long() {
    let deadline = plan("{activeDeadlineSeconds: 600}").deadline.unwrap();
    assert_eq!((deadline.of_success, deadline.of_failing), (Cut::FromRunsOf(600), Cut::Yes));
    let deadline = plan("{activeDeadlineSeconds: 700}").deadline.unwrap();
    assert_eq!(deadline.of_failing, Cut::FromRunsOf(11));
    let of_ten = plan_of("{activeDeadlineSeconds: 700}", 10);
    assert_eq!((of_ten.deadline.unwrap().of_failing, of_ten.hopeless), (Cut::No, None));
    let of_eleven = plan_of("{activeDeadlineSeconds: 700}", 11);
    assert_eq!((of_eleven.deadline.unwrap().of_failing, of_eleven.hopeless), (Cut::Yes, None));
    assert_eq!(plan_of("{activeDeadlineSeconds: 700}", 700).hopeless, Some(Hopeless::DeadlineFirst));
    assert_eq!(plan_of("{activeDeadlineSeconds: 700}", 699).hopeless, None);
    assert_eq!(plan("{activeDeadlineSeconds: 0}").hopeless, Some(Hopeless::DeadlineZero));
    assert_eq!(plan("{parallelism: 0}").hopeless, Some(Hopeless::NoPods));
    assert_eq!(plan("{completions: 0}").hopeless, None);
    assert_eq!(plan_of("{pod: 60}", 61).hopeless, Some(Hopeless::PodDeadline));
    assert_eq!(plan_of("{pod: 60}", 60).hopeless, None);
}

#[test]
fn ignored_failures_have_no_end() {
    let policy = |rule: &str| format!("{{podFailurePolicy: {{rules: [{rule}]}}}}");
    let codes = "{action: Ignore, onExitCodes: {operator: In, values: [1]}}";
    let disruption = "{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}";
    assert_eq!(plan(&policy(codes)).longest, Longest::Ignored(1));
    assert_eq!(plan(&policy(&format!("{disruption}, {codes}"))).longest, Longest::Ignored(2));
    assert!(matches!(plan(&policy(disruption)).longest, Longest::Within(_)));
}

/// Numbers that look random and are the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

struct Pod {
    ends: u64,
    index: u64,
    succeeds: bool,
    restarts: u64,
}

/// A Job in the hands of the Job controller and the kubelet, second by second.
struct Played<'s> {
    shape: &'s Shape,
    now: u64,
    active: Vec<Pod>,
    failed: u64,
    succeeded: BTreeSet<u64>,
    /// Failures since the last success, of each index or of all under 0, and when the last one was.
    failures: Vec<(u64, u64)>,
    lost: BTreeSet<u64>,
}

impl<'s> Played<'s> {
    /// When the Job is over, with pods whose fate is told by their number: how long they run, and whether they succeed.
    fn end(shape: &'s Shape, mut fate: impl FnMut() -> (u64, bool)) -> (u64, bool) {
        let indexes = usize::try_from(shape.completions.unwrap_or(1)).unwrap();
        let (active, succeeded, lost) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        let failures = vec![(0, 0); indexes];
        let mut played = Self { shape, now: 0, active, failed: 0, succeeded, failures, lost };
        loop {
            if let Some(is_complete) = played.verdict() {
                return (played.now, is_complete);
            }
            played.make_pods(&mut fate);
            played.wait();
            played.see_ends(&mut fate);
        }
    }

    fn verdict(&self) -> Option<bool> {
        let restarts: u64 = self.active.iter().map(|pod| pod.restarts).sum();
        let limit = self.shape.backoff_limit;
        let past = self.shape.restarts_in_place && if limit == 0 { restarts > 0 } else { restarts >= limit };
        if self.failed > limit || past {
            return Some(false);
        }
        let (lost, done) = (self.lost.len() as u64, self.succeeded.len() as u64);
        if self.shape.max_failed_indexes.is_some_and(|most| lost > most) {
            return Some(false);
        }
        match self.shape.completions {
            Some(completions) if lost > 0 && lost + done >= completions => Some(false),
            Some(completions) => (done >= completions).then_some(true),
            None => (done > 0 && self.active.is_empty()).then_some(true),
        }
    }

    fn is_per_index(&self) -> bool {
        self.shape.per_index.is_some()
    }

    /// When a pod may be made for an index.
    fn ready(&self, index: u64) -> u64 {
        let (failures, at) = self.failures[if self.is_per_index() { usize::try_from(index).unwrap() } else { 0 }];
        at + before_retry(failures)
    }

    fn pending(&self) -> Vec<u64> {
        let done = self.succeeded.len() as u64;
        let wanted = match self.shape.completions {
            Some(completions) => (completions - done).min(self.shape.parallelism),
            None if done > 0 => self.active.len() as u64,
            None => self.shape.parallelism,
        };
        let missing = usize::try_from(wanted).unwrap().saturating_sub(self.active.len());
        let active: BTreeSet<_> = self.active.iter().map(|pod| pod.index).collect();
        let is_free =
            |index: &u64| !active.contains(index) && !self.succeeded.contains(index) && !self.lost.contains(index);
        let last = self.shape.completions.unwrap_or(u64::MAX);
        (0..last).filter(is_free).take(missing).collect()
    }

    fn make_pods(&mut self, fate: &mut impl FnMut() -> (u64, bool)) {
        for index in self.pending() {
            if self.ready(index) <= self.now {
                let (run, succeeds) = fate();
                self.active.push(Pod { ends: self.now + run, index, succeeds, restarts: 0 });
            }
        }
    }

    /// Lets time pass until something happens.
    fn wait(&mut self) {
        let ends = self.active.iter().map(|pod| pod.ends);
        let ready = self.pending().into_iter().map(|index| self.ready(index));
        self.now = ends.chain(ready.filter(|at| *at > self.now)).min().unwrap();
    }

    fn see_ends(&mut self, fate: &mut impl FnMut() -> (u64, bool)) {
        let (mut ended, active): (Vec<_>, Vec<_>) = self.active.drain(..).partition(|pod| pod.ends <= self.now);
        self.active = active;
        if self.shape.restarts_in_place {
            for pod in ended.extract_if(.., |pod| !pod.succeeds) {
                // The kubelet waits, and counts the restart when it comes; here it is known how long that is.
                let (run, succeeds) = fate();
                let starts = self.now + before_restart(pod.restarts + 1);
                self.active.push(Pod { ends: starts + run, succeeds, restarts: pod.restarts + 1, ..pod });
            }
        }
        let successes: Vec<_> = ended.iter().filter(|pod| pod.succeeds).map(|pod| pod.index).collect();
        if !successes.is_empty() && !self.is_per_index() {
            self.failures[0] = (0, 0);
        }
        self.succeeded.extend(successes);
        for pod in ended.iter().filter(|pod| !pod.succeeds) {
            self.failed += 1;
            let key = if self.is_per_index() { usize::try_from(pod.index).unwrap() } else { 0 };
            self.failures[key] = (self.failures[key].0 + 1, self.now);
            if self.shape.per_index.is_some_and(|retries| self.failures[key].0 > retries) {
                self.lost.insert(pod.index);
            }
        }
    }
}

/// Jobs of all kinds, small enough to be played.
fn small_jobs(dice: &mut Dice) -> String {
    let (completions, parallelism) = (1 + dice.below(6), 1 + dice.below(4));
    let limit = dice.below(8);
    match dice.below(4) {
        0 => format!("{{completions: {completions}, parallelism: {parallelism}, backoffLimit: {limit}}}"),
        1 => format!("{{parallelism: {parallelism}, backoffLimit: {limit}}}"),
        _ => {
            let most =
                if dice.below(2) == 0 { String::new() } else { format!(", maxFailedIndexes: {}", dice.below(6)) };
            let all = if dice.below(2) == 0 { String::new() } else { format!(", backoffLimit: {}", dice.below(12)) };
            let retries = dice.below(4);
            format!(
                "{{completionMode: Indexed, completions: {completions}, parallelism: {parallelism}, \
                 backoffLimitPerIndex: {retries}{most}{all}}}"
            )
        }
    }
}

#[test]
fn jobs_whose_pods_all_fail_end_as_planned() {
    let mut dice = Dice(7);
    for _ in 0..2000 {
        let text = small_jobs(&mut dice);
        let run = 1 + dice.below(700);
        let plan = plan_of(&text, run);
        let planned = plan.failing.unwrap().length.total(run);
        assert_eq!(Played::end(&plan.shape, || (run, false)), (planned, false), "{text} {run}");
    }
}

#[test]
fn jobs_whose_pods_all_succeed_end_as_planned() {
    let mut dice = Dice(8);
    for _ in 0..1000 {
        let text = small_jobs(&mut dice);
        let run = 1 + dice.below(700);
        let plan = plan_of(&text, run);
        assert_eq!(Played::end(&plan.shape, || (run, true)), (plan.success.unwrap().length.total(run), true), "{text}");
    }
}

#[test]
fn no_job_takes_longer_than_is_planned_for_it() {
    let mut dice = Dice(9);
    for _ in 0..4000 {
        let text = small_jobs(&mut dice);
        let run = 1 + dice.below(700);
        let plan = plan_of(&text, run);
        let Longest::Within(longest) = plan.longest else { panic!("{text}") };
        let failures = 1 + dice.below(9);
        let mut fates = Dice(dice.below(1 << 30));
        // The longest times are those of pods that take as long as they may.
        let shortest = if dice.below(2) == 0 { run } else { 1 };
        let fate = || (shortest + fates.below(run + 1 - shortest), fates.below(10) >= failures);
        let (end, _) = Played::end(&plan.shape, fate);
        assert!(end <= longest.total(run), "{text} {run}: {end} is more than {}", longest.total(run));
    }
}

#[test]
fn the_longest_time_is_one_that_a_job_can_take() {
    for (text, runs) in [
        ("{backoffLimit: 3}", &[0, 0, 0, 0][..]),
        // All but the last succeed, two at a time; the last one fails until it is the end.
        ("{completions: 5, parallelism: 2, backoffLimit: 2}", &[1, 1, 1, 1, 0, 0, 0]),
        ("{completions: 4, backoffLimit: 2}", &[1, 1, 1, 0, 0, 0]),
        ("{completions: 3, parallelism: 3, backoffLimit: 1}", &[1, 1, 0, 0]),
    ] {
        let plan = plan_of(text, 30);
        let Longest::Within(longest) = plan.longest else { panic!("{text}") };
        let mut fates = runs.iter();
        let (end, _) = Played::end(&plan.shape, || (30, fates.next().is_some_and(|fate| *fate == 1)));
        assert_eq!(end, longest.total(30), "{text}");
    }
}

#[test]
fn restarts_in_place_end_as_planned() {
    let mut dice = Dice(10);
    for _ in 0..1000 {
        let (completions, limit, run) = (1 + dice.below(4), dice.below(9), 1 + dice.below(600));
        let text = format!("{{restartPolicy: OnFailure, completions: {completions}, backoffLimit: {limit}}}");
        let plan = plan_of(&text, run);
        let (Longest::Within(longest), Some(failing)) = (plan.longest, &plan.failing) else { panic!("{text}") };
        // The game counts a restart when the container has failed, and not once it is started again.
        let wait = before_restart(limit.max(1));
        let (end, is_complete) = Played::end(&plan.shape, || (run, false));
        assert_eq!((end + wait, is_complete), (failing.length.total(run), false), "{text} {run}");
        let failures = 1 + dice.below(9);
        let mut fates = Dice(dice.below(1 << 30));
        let (end, _) = Played::end(&plan.shape, || (1 + fates.below(run), fates.below(10) >= failures));
        assert!(end <= longest.total(run), "{text} {run}");
    }
}
