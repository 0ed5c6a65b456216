//! Plans of Jobs, case by case.

use serde_json::{Value, json};

use super::{job, plan, planned};

/// Some of a plan's values, by their ways from its Job.
fn values(manifest: &str, args: &[&str], paths: &[&str]) -> Vec<Value> {
    let planned = planned(manifest, args);
    paths.iter().map(|path| planned["job"].pointer(path).cloned().unwrap_or(Value::Null)).collect()
}

#[test]
fn back_off_doubles_up_to_ten_minutes() {
    let manifest = job("backoffLimit: 9", "Never");
    let rounds = values(&manifest, &[], &["/allFail/firstRounds"]).remove(0);
    let waits: Vec<_> = rounds.as_array().unwrap().iter().map(|round| round["waitSeconds"].as_u64()).collect();
    let expected = [10, 20, 40, 80, 160, 320, 600, 600, 600].map(Some);
    assert_eq!(waits, [&expected[..], &[None]].concat());
    let all = values(&manifest, &["--duration", "30s"], &["/allFail/seconds", "/allFail/reason", "/longest/seconds"]);
    assert_eq!(all, [json!(10 * 30 + 630 + 1800), json!("BackoffLimitExceeded"), json!(2730)]);
}

#[test]
fn restarts_in_place_begin_at_once_and_go_up_to_five_minutes() {
    let manifest = job("backoffLimit: 8", "OnFailure");
    let rounds = values(&manifest, &[], &["/allFail/firstRounds"]).remove(0);
    let waits: Vec<_> = rounds.as_array().unwrap().iter().map(|round| round["waitSeconds"].as_u64().unwrap()).collect();
    assert_eq!(waits, [0, 10, 20, 40, 80, 160, 300, 300]);
    // After more than ten minutes nothing is held against a container.
    let paths = ["/allFail/seconds", "/allFail/waitingSeconds"];
    assert_eq!(values(&manifest, &["--duration", "601s"], &paths), [json!(8 * 601), json!(0)]);
    assert_eq!(values(&manifest, &["--duration", "600s"], &paths), [json!(8 * 600 + 910), json!(910)]);
}

#[test]
fn pods_that_run_side_by_side_fail_side_by_side() {
    let manifest = job("completions: 12, parallelism: 4", "Never");
    let paths =
        ["/waves", "/allSucceed/runs", "/allFail/runs", "/allFail/waitingSeconds", "/allFail/pods", "/longest/runs"];
    // Eight pods fail in two rounds; four failures are waited for with 80 s. One by one it is three waves and six retries.
    assert_eq!(values(&manifest, &[], &paths), [3, 3, 2, 80, 8, 9].map(|number| json!(number)));
    let more = job("completions: 2, parallelism: 50", "Never");
    assert_eq!(values(&more, &[], &["/lanes", "/waves"]), [json!(2), json!(1)]);
    assert!(plan(&more, &[]).out.contains("parallelism: 50 is more than there are"));
}

#[test]
fn indexes_are_retried_by_themselves() {
    let fields = "completionMode: Indexed, completions: 4, parallelism: 2, backoffLimitPerIndex: 1";
    let paths = ["/allFail/runs", "/allFail/waitingSeconds", "/allFail/reason", "/longest/runs"];
    assert_eq!(values(&job(fields, "Never"), &[], &paths), [json!(4), json!(20), json!("FailedIndexes"), json!(4)]);
    assert_eq!(
        values(&job(&format!("{fields}, maxFailedIndexes: 1"), "Never"), &[], &paths)[2],
        json!("MaxFailedIndexesExceeded")
    );
    // Nothing counts the restarts of containers for an index.
    let in_place = job(fields, "OnFailure");
    assert_eq!(values(&in_place, &[], &["/allFail", "/longest"]), [Value::Null, Value::Null]);
    assert!(plan(&in_place, &[]).out.contains("no end: it is retried for ever"));
}

#[test]
fn the_deadline_is_told_to_the_second() {
    let manifest = job("backoffLimit: 2, activeDeadlineSeconds: 100", "Never");
    let paths = ["/allSucceed/deadlineFirstFromRunsOf", "/allFail/deadlineFirstFromRunsOf", "/allFail/deadlineFirst"];
    // Three runs and 30 s are more than 100 s from 24 s on.
    assert_eq!(values(&manifest, &[], &paths), [json!(100), json!(24), Value::Null]);
    assert_eq!(values(&manifest, &["--duration", "23s"], &paths)[2], json!(false));
    assert_eq!(values(&manifest, &["--duration", "24s"], &paths)[2], json!(true));
    let out = plan(&manifest, &["--duration", "24s"]).out;
    assert!(out.contains("Failed after 1m 40s (DeadlineExceeded); without the deadline, after 1m 42s"), "{out}");
}

#[test]
fn jobs_that_can_never_complete_are_said_to_be_so() {
    for (fields, args, never) in [
        ("parallelism: 0", &[][..], "no-pods"),
        ("activeDeadlineSeconds: 0", &[], "deadline-zero"),
        ("completions: 3, activeDeadlineSeconds: 60", &["--duration", "20s"], "deadline-first"),
    ] {
        let manifest = job(fields, "Never");
        assert_eq!(values(&manifest, args, &["/never"]), [json!(never)], "{fields}");
        let run = plan(&manifest, args);
        assert_eq!(run.code, 1, "{fields}");
        assert!(run.out.contains("Never completes "), "{}", run.out);
        assert_eq!(plan(&manifest, &[args, &["--exit-zero"]].concat()).code, 0);
    }
    let fine = job("completions: 3, activeDeadlineSeconds: 60", "Never");
    assert_eq!(plan(&fine, &["--duration", "19s"]).code, 0);
    let none = plan(&job("completions: 0", "Never"), &[]);
    assert!(none.code == 0 && none.out.contains("Complete at once, without a pod"), "{}", none.out);
}

#[test]
fn suspended_jobs_wait_and_those_of_others_are_left_to_them() {
    let suspended = plan(&job("suspend: true, activeDeadlineSeconds: 60", "Never"), &[]);
    assert_eq!(suspended.code, 0);
    assert!(suspended.out.contains("no pod runs until `suspend` is false"), "{}", suspended.out);
    assert!(suspended.out.contains("1m after it is resumed it fails"), "{}", suspended.out);
    let foreign = plan(&job("managedBy: example.com/queue", "Never"), &[]);
    assert_eq!(foreign.code, 0);
    assert!(foreign.out.contains("Left to         example.com/queue"), "{}", foreign.out);
    assert!(!foreign.out.contains("All fail"), "{}", foreign.out);
    let own = plan(&job("managedBy: kubernetes.io/job-controller", "Never"), &[]);
    assert!(own.out.contains("All fail"), "{}", own.out);
}

#[test]
fn what_is_left_behind_goes_with_the_job() {
    for (fields, policy, words) in [
        ("backoffLimit: 1", "Never", "1 pod if all succeed, 2 if all fail; they stay until somebody deletes the Job"),
        ("ttlSecondsAfterFinished: 100", "Never", "all go with the Job, 1m 40s after its end"),
        ("ttlSecondsAfterFinished: 0", "Never", "all go with the Job, at once when it ends"),
        ("backoffLimit: 1", "OnFailure", "1 pod if all succeed; if it fails, those that run are deleted"),
    ] {
        let out = plan(&job(fields, policy), &[]).out;
        let text = out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(words), "{words}: {out}");
    }
}

#[test]
fn restart_policies_of_containers_are_said_to_be_left_out() {
    let own = job("", "Never").replace("image: i", "image: i, restartPolicy: OnFailure");
    let out = plan(&own, &[]).out;
    assert!(out.contains("Not planned     containers that have a `restartPolicy`"), "{out}");
    assert!(!plan(&job("", "Never"), &[]).out.contains("Not planned"));
}

#[test]
fn rules_about_failures_are_told() {
    let policy = "podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {containerName: main, operator: In, \
                  values: [1, 42]}}, {action: Ignore, onPodConditions: [{type: DisruptionTarget}]}, {action: Ignore, \
                  onExitCodes: {operator: NotIn, values: [3]}}]}";
    let out = plan(&job(policy, "Never"), &[]).out;
    let text = out.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "1. exit codes 1, 42 of container main: the Job fails at once (FailJob)",
        "2. pods with DisruptionTarget: it does not count",
        "3. exit codes other than 3: it does not count",
        "no end: what rule 3 ignores is retried for ever",
        "A pod that is being deleted is replaced once it is gone",
    ] {
        assert!(text.contains(words), "{words}: {out}");
    }
}

#[test]
fn the_greatest_numbers_are_no_harm() {
    let most = i32::MAX;
    for fields in [
        format!("completions: {most}, parallelism: {most}, backoffLimit: {most}"),
        format!("completions: {most}, backoffLimit: {}, ttlSecondsAfterFinished: {most}", most - 1),
        format!("parallelism: {most}, activeDeadlineSeconds: {}", i64::MAX),
        format!("completionMode: Indexed, completions: 100000, parallelism: 1, backoffLimitPerIndex: {most}"),
        "completionMode: Indexed, completions: 100000, parallelism: 100000, backoffLimitPerIndex: 5".to_owned(),
        format!("completions: 1, backoffLimit: {}", most - 1),
    ] {
        for policy in ["Never", "OnFailure"] {
            for args in [&[][..], &["--duration", "87600h"], &["--ascii"], &["-o", "json"]] {
                let run = plan(&job(&fields, policy), args);
                assert!([0, 1].contains(&run.code), "{fields}: {}", run.error);
            }
        }
    }
}

#[test]
fn drawings_have_a_lane_for_each_pod_at_a_time() {
    let out = plan(&job("completionMode: Indexed, completions: 5, parallelism: 2", "Never"), &[]).out;
    let lanes = "          0           1           2           3
  lane 1  ├──── 0 ────┼──── 2 ────┼──── 4 ────┤
  lane 2  ├──── 1 ────┼──── 3 ────┤
";
    assert!(out.contains(lanes), "{out}");
    let out =
        plan(&job("completions: 5, parallelism: 2, backoffLimit: 3", "Never"), &["--ascii", "--duration", "1m"]).out;
    let lanes = "          0s          1m          2m          3m
  lane 1  |---- 1 ----+---- 3 ----+---- 5 ----|
  lane 2  |---- 2 ----+---- 4 ----|
";
    assert!(out.contains(lanes), "{out}");
    let strip = "  2 pods   ###.20s. ### x
  failures 2        4
  at       0s       1m20s
";
    assert!(out.contains(strip), "{out}");
    assert!(out.is_ascii(), "{out}");
    let many = plan(&job("completions: 1000, parallelism: 50, backoffLimit: 900", "Never"), &["--duration", "7m"]).out;
    assert!(many.contains("… 44 more lanes like these"), "{many}");
    assert!(many.lines().all(|line| line.chars().count() <= 100), "{many}");
}

/// A Job with these fields and these fields of its pods.
fn job_of(fields: &str, policy: &str, pod: &str) -> String {
    job(fields, policy).replace("spec: {restartPolicy", &format!("spec: {{{pod}, restartPolicy"))
}

#[test]
fn pods_end_at_their_own_deadline_at_the_latest() {
    let paths = ["/allFail/seconds", "/allFail/pods", "/longest/seconds", "/allSucceed"];
    let never = job_of("backoffLimit: 3", "Never", "activeDeadlineSeconds: 60");
    assert_eq!(values(&never, &["--duration", "90s"], &paths), [json!(310), json!(4), json!(310), Value::Null]);
    assert_eq!(values(&never, &["--duration", "1s"], &paths[..2]), [json!(74), json!(4)]);
    // Six restarts take longer than a minute, so that pod after pod is ended; two do not.
    let restarted = job_of("backoffLimit: 6", "OnFailure", "activeDeadlineSeconds: 60");
    for duration in ["1s", "90s"] {
        assert_eq!(values(&restarted, &["--duration", duration], &paths[..3]), [json!(1050), json!(7), json!(1050)]);
    }
    let few = job_of("backoffLimit: 2", "OnFailure", "activeDeadlineSeconds: 60");
    assert_eq!(values(&few, &["--duration", "1s"], &paths[..3]), [json!(12), json!(1), json!(12)]);
    assert_eq!(values(&few, &[], &paths[..3]), [Value::Null, Value::Null, json!(210)]);
    let out = plan(&few, &[]).out;
    assert!(out.contains("All fail        that depends on how long a pod runs") && !out.contains("███"), "{out}");
    // What an index retries counts for pods that are ended.
    let indexes = "completionMode: Indexed, completions: 2, backoffLimitPerIndex: 1";
    let indexes = job_of(indexes, "OnFailure", "activeDeadlineSeconds: 60");
    assert_eq!(values(&indexes, &["--duration", "1s"], &paths[..3]), [json!(260), json!(4), json!(260)]);
}

#[test]
fn no_pod_that_is_needed_is_none_too_slow() {
    let none = job_of("completions: 0", "Never", "activeDeadlineSeconds: 10");
    let run = plan(&none, &["--duration", "90s"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(run.out.contains("Complete at once, without a pod"), "{}", run.out);
    let over = plan(&job("completions: 0, activeDeadlineSeconds: 0", "Never"), &[]);
    assert!(over.code == 1 && !over.out.contains("at once"), "{}", over.out);
}

#[test]
fn a_limit_of_all_indexes_counts_their_restarts() {
    let fields = "completionMode: Indexed, completions: 4, parallelism: 2, backoffLimitPerIndex: 1, backoffLimit: 3";
    let out = plan(&job(fields, "OnFailure"), &[]).out;
    assert!(out.contains("it fails at the 3rd restart of a container") && !out.contains("without end"), "{out}");
}

#[test]
fn the_deadline_leaves_less_behind() {
    let words = |manifest: &str, args: &[&str]| {
        let out = plan(manifest, args).out;
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let none = words(&job("suspend: true, activeDeadlineSeconds: 0", "Never"), &[]);
    assert!(!none.contains("Left behind"), "{none}");
    let short = job("completions: 3, activeDeadlineSeconds: 20", "Never");
    let open = words(&short, &[]);
    assert!(open.contains("3 pods if all succeed, those that have failed by the deadline if all fail"), "{open}");
    let cut = words(&short, &["--duration", "10s"]);
    assert!(
        cut.contains("Left behind the pods that have ended by the deadline; those that run then are deleted"),
        "{cut}"
    );
    let only = words(&job("activeDeadlineSeconds: 1", "Never"), &[]);
    assert!(only.contains("At the longest 1s, its deadline Deadline"), "{only}");
}

#[test]
fn nothing_is_known_of_what_another_controller_does() {
    for fields in ["parallelism: 0", "activeDeadlineSeconds: 0", "completions: 3, activeDeadlineSeconds: 10"] {
        let manifest = job(&format!("managedBy: example.com/queue, {fields}"), "Never");
        assert_eq!(plan(&manifest, &["--duration", "90s"]).code, 0, "{fields}");
        let paths = ["/never", "/allSucceed", "/allFail", "/longest"];
        assert_eq!(values(&manifest, &["--duration", "90s"], &paths), [const { Value::Null }; 4], "{fields}");
    }
}

#[test]
fn limits_that_nobody_reaches_are_said_to_be_so() {
    let out = plan(&job("backoffLimit: 2147483647", "Never"), &[]).out;
    assert!(out.contains("2147483647 (`backoffLimit`), which is never reached"), "{out}");
    assert!(!out.contains("2147483648"), "{out}");
    let indexes = "completionMode: Indexed, completions: 3, backoffLimitPerIndex: 1, maxFailedIndexes";
    let of_all = plan(&job(&format!("{indexes}: 3"), "Never"), &[]).out;
    assert!(of_all.contains("`maxFailedIndexes: 3` is never reached"), "{of_all}");
    let of_some = plan(&job(&format!("{indexes}: 2"), "Never"), &[]).out;
    assert!(of_some.contains("it fails with the 3rd failed index"), "{of_some}");
}

#[test]
fn a_rule_that_takes_every_failure_decides() {
    let paths = ["/allFail/reason", "/allFail/pods", "/allFail/runs"];
    let policy = |action: &str, container: &str, codes: &str| {
        let rule = format!("{{action: {action}, onExitCodes: {{{container}operator: NotIn, values: [{codes}]}}}}");
        format!("podFailurePolicy: {{rules: [{rule}]}}")
    };
    for (container, codes, expected) in [
        ("", "0", [json!("PodFailurePolicy"), json!(1), json!(1)]),
        ("containerName: main, ", "0", [json!("PodFailurePolicy"), json!(1), json!(1)]),
        ("", "0, 3", [json!("BackoffLimitExceeded"), json!(7), json!(7)]),
    ] {
        let manifest = job(&policy("FailJob", container, codes), "Never");
        assert_eq!(values(&manifest, &[], &paths), expected, "{container}{codes}");
    }
    let ignored = job(&policy("Ignore", "", "0"), "Never");
    assert_eq!(values(&ignored, &[], &["/allFail"]), [Value::Null]);
    let indexes = "completionMode: Indexed, completions: 3, backoffLimitPerIndex: 5, ";
    let index = job(&format!("{indexes}{}", policy("FailIndex", "", "0")), "Never");
    assert_eq!(values(&index, &[], &paths), [json!("FailedIndexes"), json!(3), json!(3)]);
}

#[test]
fn of_several_containers_one_is_taken_to_fail() {
    let several = job("", "OnFailure").replace("[{name: main", "[{name: beside, image: i}, {name: main");
    let out = plan(&several, &[]).out;
    assert!(out.contains("one is taken to fail"), "{out}");
    assert!(!plan(&job("", "OnFailure"), &[]).out.contains("one is taken to fail"));
}

#[test]
fn what_decides_about_retries_is_said() {
    let policy = |action: &str, codes: &str, before: &str| {
        format!("podFailurePolicy: {{rules: [{before}{{action: {action}, onExitCodes: {{{codes}}}}}]}}")
    };
    let all = "operator: NotIn, values: [0]";
    let retries = |fields: &str| {
        let run = plan(&job(fields, "Never"), &[]);
        let (_, rest) = run.out.split_once("Retries         ").unwrap();
        let lines = rest.lines().take_while(|line| !line.starts_with("At the"));
        lines.map(str::trim).collect::<Vec<_>>().join(" ")
    };
    let usual = "6 (`backoffLimit`, which is 6 by default): it fails with the 7th failed pod. Before a new pod";
    let of_job = retries(&policy("FailJob", all, ""));
    let told = "none where a pod fails with an exit code: the Job fails at once (rule 1 of the `podFailurePolicy`). Of other failures, such as lost nodes, ";
    assert!(of_job.starts_with(&format!("{told}{usual}")), "{of_job}");
    let second = retries(&policy("FailJob", all, "{action: Ignore, onExitCodes: {operator: In, values: [42]}}, "));
    assert!(second.starts_with("none where a pod fails with an exit code that no rule before takes: "), "{second}");
    assert!(second.contains("(rule 2 of the `podFailurePolicy`)"), "{second}");
    for fields in [policy("Count", all, ""), policy("FailJob", "operator: In, values: [42]", "")] {
        let text = retries(&fields);
        assert!(text.starts_with(usual), "{text}");
    }
    assert_eq!(retries("backoffLimit: 0"), "0 (`backoffLimit`): it fails with the 1st failed pod");
}

#[test]
fn what_is_longer_than_can_be_counted_is_left_out() {
    let most = "completionMode: Indexed, completions: 1000, parallelism: 1, backoffLimitPerIndex: 2147483647, maxFailedIndexes: 9";
    let longest = planned(&job(most, "Never"), &[])["job"]["longest"].clone();
    assert_eq!(longest["waitingSeconds"].as_u64(), Some((630 + 600 * (2_147_483_647 - 6)) * 1000));
    let more = most.replace("completions: 1000", "completions: 2147483647");
    let longest = planned(&job(&more, "Never"), &[])["job"]["longest"].clone();
    assert!(longest["runs"].as_u64().is_some() && longest.get("waitingSeconds").is_none(), "{longest}");
}
