//! What the rules about Jobs and CronJobs that the API server takes have to say: where, and where nothing.

use std::fmt::Write as _;

use rolecall::lint::{self, Profile, Selection, Settings};
use rolecall::manifest::Options;

use crate::scratch;

const POD: &str = "containers: [{name: main, image: busybox}]";

/// What a rule says about an object: the text at each place, with the message behind it.
fn said(rule: &str, object: &str) -> Vec<String> {
    let (_directory, inputs) = scratch::file("object.yaml", object.as_bytes());
    let settings = Settings { selection: Selection::of(Profile::Audit), ..Settings::default() };
    let report = lint::lint(&inputs, &Options::default(), &settings).unwrap();
    let findings = report.findings.iter().filter(|finding| finding.rule == rule);
    findings.map(|finding| format!("{}: {}", &object[finding.span.range()], finding.message)).collect()
}

/// A CronJob with these fields, and these of its Jobs, a line each.
fn cron_job(fields: &[&str], of_job: &[&str]) -> String {
    let mut text = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: nightly}\nspec:\n".to_owned();
    for field in fields {
        writeln!(text, "  {field}").unwrap();
    }
    text.push_str("  jobTemplate:\n    spec:\n");
    for field in of_job {
        writeln!(text, "      {field}").unwrap();
    }
    text + &format!("      template: {{spec: {{restartPolicy: Never, {POD}}}}}\n")
}

/// A Job with these fields, a line each, whose pod has these beside its container.
fn job(fields: &[&str], of_pod: &str) -> String {
    let mut text = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec:\n".to_owned();
    for field in fields {
        writeln!(text, "  {field}").unwrap();
    }
    text + &format!("  template: {{spec: {{{of_pod}, {POD}}}}}\n")
}

/// Each schedule, with the text at which a rule points in it, where it does.
fn assert_schedules(rule: &str, table: &[(&str, Option<&str>)]) {
    for (schedule, expected) in table {
        let said = said(rule, &cron_job(&[&format!("schedule: '{schedule}'")], &[]));
        let places: Vec<_> = said.iter().map(|said| said.split_once(": ").unwrap().0).collect();
        assert_eq!(places, expected.iter().copied().collect::<Vec<_>>(), "{schedule}: {said:?}");
    }
}

#[track_caller]
fn assert_said(rule: &str, object: &str, expected: Option<&str>) {
    let said = said(rule, object);
    let is_as_expected = match (said.as_slice(), expected) {
        ([], None) => true,
        ([said], Some(expected)) => said.starts_with(expected),
        _ => false,
    };
    assert!(is_as_expected, "{rule}: {said:#?} is not {expected:?} in\n{object}");
}

#[test]
fn a_suspended_schedule_is_there_to_be_started_by_hand() {
    let suspended = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: restore}\nspec:\n  suspend: true\n  schedule: '0 0 31 2 *'\n  \
                     jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}}\n";
    let never = |text: &str| {
        let report = crate::subject_rules::report_for(text, Profile::Audit, "1.36");
        report.findings.iter().any(|finding| finding.rule == "cronjob-never-fires")
    };
    assert!(!never(suspended));
    assert!(never(&suspended.replace("suspend: true", "suspend: false")));
}

#[test]
fn schedules_that_fit_no_date() {
    assert_schedules(
        "cronjob-never-fires",
        &[
            ("0 0 31 2,4 *", Some("31 2,4")),
            ("0 0 30 FEB ?", Some("30 FEB")),
            ("0 , * * *", Some("'0 , * * *'")),
            ("0 0 , * *", Some("'0 0 , * *'")),
            ("0 0 29 2 *", None),
            ("0 0 30 2 1", None),
            ("0 0 31 4/5 *", Some("31 4/5")),
            ("0 0 31 */2 *", None),
            ("@daily", None),
            ("@every 5m", None),
            ("0 0 31 2", None),
            ("TZ=UTC 0 0 31 2 *", None),
        ],
    );
}

#[test]
fn days_of_the_month_and_of_the_week() {
    let rule = "cronjob-day-of-month-and-week";
    assert_schedules(
        rule,
        &[
            ("0 9 1-7 * MON", Some("MON")),
            ("0 9 */2 * 1,3", Some("1,3")),
            ("0 9 1-31 * 1", Some("1")),
            ("0 9 1 * 0-6", Some("0-6")),
            ("0 9 1 * ?", None),
            ("0 9 1 * *", None),
            ("0 9 * * 1", None),
            ("0 9 */1 * 1", None),
            ("@weekly", None),
        ],
    );
    let said = said(rule, &cron_job(&["schedule: 0 9 1-31 * 1"], &[]));
    assert_eq!(
        said,
        ["1: the schedule fires on every day: one of `1-31` and `1` is enough, and one of them is any day"]
    );
}

#[test]
fn steps_out_of_their_range() {
    assert_schedules(
        "cronjob-step-exceeds-range",
        &[
            ("*/90 * * * *", Some("*/90")),
            ("0 10-12/4 * * *", Some("10-12/4")),
            ("0 0 */40 * *", Some("*/40")),
            ("0,30/45 * * * *", Some("30/45")),
            ("*/60 * * * *", None),
            ("0 */24 * * *", None),
            ("0 0 */31 * *", None),
            ("0 0 1 */12 *", None),
            ("0 10-12/2 * * *", None),
            ("*/59 * * * *", None),
            ("5/1 * * * *", None),
            ("5-5/1 * * * *", None),
        ],
    );
}

#[test]
fn firings_that_wait_for_a_job() {
    let rule = "cronjob-forbid-without-deadline";
    let forbid = ["schedule: '@daily'", "concurrencyPolicy: Forbid"];
    assert_said(rule, &cron_job(&forbid, &[]), Some("Forbid: with `Forbid` and no deadline, "));
    assert_said(rule, &cron_job(&forbid, &["activeDeadlineSeconds: 60"]), None);
    assert_said(rule, &cron_job(&["schedule: '@daily'", "concurrencyPolicy: Allow"], &[]), None);
    assert_said(rule, &cron_job(&["schedule: '@daily'"], &[]), None);
    let of_pod = cron_job(&forbid, &[]).replace("restartPolicy", "activeDeadlineSeconds: 60, restartPolicy");
    assert_said(rule, &of_pod, None);
}

#[test]
fn starting_deadlines() {
    let rule = "cronjob-starting-deadline-too-short";
    for (seconds, expected) in [
        ("0", Some("0: no Job is ever started")),
        ("1", Some("1: a Job that cannot start within 1 second ")),
        ("9", Some("9: a Job that cannot start within 9 seconds ")),
        ("10", None),
        ("-1", None),
    ] {
        let deadline = format!("startingDeadlineSeconds: {seconds}");
        assert_said(rule, &cron_job(&["schedule: '@daily'", &deadline], &[]), expected);
    }
}

#[test]
fn names_of_cron_jobs_that_break_pods() {
    let rule = "cronjob-name-breaks-pods";
    let named = |name: &str, of_job: &[&str]| cron_job(&["schedule: '@daily'"], of_job).replace("nightly", name);
    let indexed = |completions: &'static str| ["completionMode: Indexed", completions];
    let (fits_ten, too_long) = ("a".repeat(52), "a".repeat(53));
    let long = format!("{fits_ten}: no Job can be made: the host name of the last pod ");
    assert_said(rule, &named("a.b", &indexed("completions: 1")), Some("a.b: no Job can be made: the host names "));
    assert_said(rule, &named(&fits_ten, &indexed("completions: 11")), Some(&long));
    assert_said(rule, &named(&fits_ten, &indexed("completions: 10")), None);
    assert_said(rule, &named(&too_long, &indexed("completions: 10")), None);
    assert_said(rule, &named("A.b", &indexed("completions: 1")), None);
    assert_said(rule, &named("a.b", &indexed("completions: 0")), None);
    assert_said(rule, &named("a.b", &["completions: 1"]), None);
}

#[test]
fn jobs_that_are_replaced_too_soon() {
    let rule = "cronjob-replaced-before-deadline";
    let replaced = |schedule: &str, of_job: &[&str]| {
        cron_job(&[&format!("schedule: '{schedule}'"), "concurrencyPolicy: Replace"], of_job)
    };
    let deadline = ["activeDeadlineSeconds: 600"];
    let soon = Some("Replace: a Job has 10 minutes but is replaced after 5 minutes");
    assert_said(rule, &replaced("*/5 * * * *", &deadline), soon);
    assert_said(rule, &replaced("@every 5m", &deadline), soon);
    assert_said(rule, &replaced("0,55 * * * *", &deadline), soon);
    assert_said(rule, &replaced("*/10 * * * *", &deadline), None);
    assert_said(rule, &replaced("0,55 3 * * *", &deadline), None);
    let never = Some("Replace: a Job that takes more than 1 minute never finishes");
    assert_said(rule, &replaced("* * * * *", &[]), never);
    assert_said(rule, &replaced("* * * * *", &["activeDeadlineSeconds: 50"]), None);
    assert_said(rule, &replaced("*/2 * * * *", &[]), None);
    assert_said(rule, &cron_job(&["schedule: '* * * * *'"], &deadline), None);
}

#[test]
fn deadlines_of_jobs_and_of_pods() {
    assert_said("job-active-deadline-zero", &job(&["activeDeadlineSeconds: 0"], "restartPolicy: Never"), Some("0: "));
    assert_said("job-active-deadline-zero", &job(&["activeDeadlineSeconds: 1"], "restartPolicy: Never"), None);
    let rule = "job-deadline-in-pod";
    let pod = "restartPolicy: Never, activeDeadlineSeconds: 60";
    let seven = "60: a pod has 60 seconds, but the Job tries 7 times: it can take 420 and longer";
    assert_said(rule, &job(&[], pod), Some(seven));
    assert_said(rule, &job(&["backoffLimit: 1"], pod), Some("60: a pod has 60 seconds, but the Job tries 2 times"));
    assert_said(rule, &job(&["backoffLimit: 0"], pod), None);
    assert_said(rule, &job(&["activeDeadlineSeconds: 60"], pod), None);
    assert_said(rule, &job(&[], "restartPolicy: Never, activeDeadlineSeconds: 0"), None);
    let indexed = ["completionMode: Indexed", "completions: 2", "backoffLimitPerIndex: 1"];
    assert_said(rule, &job(&indexed, pod), None);
}

#[test]
fn jobs_of_nothing() {
    let never = "restartPolicy: Never";
    for (fields, parallelism, completions) in [
        (["parallelism: 0", "completions: 3"], Some("0: "), None),
        (["parallelism: 0", "completions: 0"], None, Some("0: ")),
        (["parallelism: 0", "suspend: true"], None, None),
        (["parallelism: 0", "suspend: false"], Some("0: "), None),
        (["parallelism: 1", "completions: -1"], None, None),
    ] {
        assert_said("job-parallelism-zero", &job(&fields, never), parallelism);
        assert_said("job-completions-zero", &job(&fields, never), completions);
    }
}

#[test]
fn managers() {
    for (name, is_unknown) in [
        ("kubernetes.io/job-controler", true),
        ("k8s.io/job-controller", true),
        ("batch.kubernetes.io/queue", true),
        ("kueue.x-k8s.io/multi-kueue", true),
        ("kubernetes.io/job-controller", false),
        ("kueue.x-k8s.io/multikueue", false),
        ("other.x-k8s.io/queue", false),
        ("my-k8s.io/queue", false),
        ("example.com/queue", false),
        ("job-controller", false),
    ] {
        let expected = format!("{name}: no controller is known as `{name}`");
        let object = job(&[&format!("managedBy: {name}")], "restartPolicy: Never");
        assert_said("job-unknown-manager", &object, Some(expected.as_str()).filter(|_| is_unknown));
    }
}

#[test]
fn limits_for_each_index_beside_restarts() {
    let rule = "job-per-index-restarts-in-place";
    let indexed = ["completionMode: Indexed", "completions: 2", "backoffLimitPerIndex: 1"];
    assert_said(rule, &job(&indexed, "restartPolicy: OnFailure"), Some("OnFailure: `backoffLimitPerIndex` counts "));
    assert_said(rule, &job(&indexed, "restartPolicy: Never"), None);
    assert_said(rule, &job(&["backoffLimitPerIndex: 1"], "restartPolicy: OnFailure"), None);
    assert_said(rule, &job(&["backoffLimit: 1"], "restartPolicy: OnFailure"), None);
}

#[test]
fn exit_codes() {
    let rule = "job-impossible-exit-code";
    let failing = |operator: &str, values: &str| {
        format!(
            "podFailurePolicy: {{rules: [{{action: FailJob, onExitCodes: {{operator: {operator}, values: [{values}]}}}}]}}"
        )
    };
    let (linux, windows) = ("restartPolicy: Never", "restartPolicy: Never, os: {name: windows}");
    for (operator, values, pod, expected) in [
        ("In", "1, 255", linux, None),
        ("In", "1, 256", linux, Some("256: no container fails with 256")),
        ("In", "-1, 1", linux, Some("-1: no container fails with -1")),
        ("In", "-1, 256", windows, None),
        ("In", "0, 1", linux, None),
        ("NotIn", "0, 1", linux, Some("0: no container fails with 0")),
        ("NotIn", "0, 1", windows, Some("0: no container fails with 0")),
    ] {
        assert_said(rule, &job(&[&failing(operator, values)], pod), expected);
    }
    let chosen = "restartPolicy: Never, nodeSelector: {kubernetes.io/os: windows}";
    assert_said(rule, &job(&[&failing("In", "256")], chosen), None);
}

/// A Job with a failure policy of these rules.
fn with_policy(rules: &[&str]) -> String {
    let policy = format!("podFailurePolicy: {{rules: [{}]}}", rules.join(", "));
    job(&[&policy], "restartPolicy: Never")
}

#[test]
fn failure_rules_behind_others() {
    let codes = |action: &str, operator: &str, values: &str| {
        format!("{{action: {action}, onExitCodes: {{operator: {operator}, values: [{values}]}}}}")
    };
    let of_main = "{action: Count, onExitCodes: {containerName: main, operator: In, values: [1]}}".to_owned();
    let condition = |action: &str, pattern: &str| format!("{{action: {action}, onPodConditions: [{pattern}]}}");
    let (disrupted, false_one) =
        ("{type: DisruptionTarget, status: 'True'}", "{type: DisruptionTarget, status: 'False'}");
    let both = "{type: DisruptionTarget, status: 'True'}, {type: ConfigIssue, status: 'True'}";
    for (earlier, later, is_dead) in [
        (codes("Count", "In", "1, 2, 3"), codes("FailJob", "In", "1, 3"), true),
        (codes("Count", "In", "1, 3"), codes("FailJob", "In", "1, 2"), false),
        (codes("Count", "NotIn", "42"), codes("FailJob", "In", "1, 3"), true),
        (codes("Count", "NotIn", "42"), codes("FailJob", "In", "1, 42"), false),
        (codes("Count", "NotIn", "42"), codes("FailJob", "NotIn", "42, 43"), true),
        (codes("Count", "NotIn", "42, 43"), codes("FailJob", "NotIn", "42"), false),
        (codes("Count", "In", "42"), codes("FailJob", "NotIn", "43"), false),
        (codes("Count", "In", "1"), of_main.clone(), true),
        (of_main, codes("FailJob", "In", "1"), false),
        (condition("Ignore", disrupted), condition("FailJob", "{type: DisruptionTarget}"), true),
        (condition("Ignore", false_one), condition("FailJob", "{type: DisruptionTarget}"), false),
        (condition("Ignore", disrupted), condition("FailJob", both), false),
        (condition("Ignore", both), condition("FailJob", disrupted), true),
        (condition("Ignore", disrupted), codes("FailJob", "In", "1"), false),
    ] {
        let object = with_policy(&[&earlier, &later]);
        let expected = if later.contains("Count") { "Count: the rule is never" } else { "FailJob: the rule is never" };
        assert_said("job-unreachable-failure-rule", &object, Some(expected).filter(|_| is_dead));
    }
}

#[test]
fn failures_that_are_ignored() {
    let rule = "job-endless-failure-ignored";
    let codes = "{action: Ignore, onExitCodes: {operator: In, values: [1]}}";
    assert_said(rule, &with_policy(&[codes]), Some("Ignore: failures with these exit codes are retried without end"));
    let ended = with_policy(&[codes]).replace("spec:\n", "spec:\n  activeDeadlineSeconds: 5\n");
    assert_said(rule, &ended, None);
    assert_said(rule, &with_policy(&[&codes.replace("Ignore", "Count")]), None);
    assert_said(rule, &with_policy(&["{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}"]), None);
}

#[test]
fn containers_that_do_not_end() {
    let rule = "job-sidecar-never-ends";
    let with =
        |container: &str| job(&[], "restartPolicy: Never").replace("busybox}", &format!("busybox}}, {container}"));
    for (container, place) in [
        ("{name: p, image: 'docker.io/istio/proxyv2:1.29.0'}", Some("'docker.io/istio/proxyv2:1.29.0': ")),
        ("{name: p, image: envoy}", Some("envoy: ")),
        ("{name: p, image: 'r:5000/envoy@sha256:abc'}", Some("'r:5000/envoy@sha256:abc': ")),
        ("{name: p, image: gce-proxy, command: [/cloud_sql_proxy, -instances=x]}", Some("gce-proxy: ")),
        ("{name: p, image: gce-proxy, command: [/bin/sh, -c, 'run & wait']}", None),
        ("{name: p, image: gce-proxy, args: [--quitquitquit]}", None),
        ("{name: p, image: envoyish}", None),
        ("{name: p, image: envoy/tools}", None),
    ] {
        assert_said(rule, &with(container), place);
    }
    assert_said(rule, &with("{name: p, image: envoy}").replace("busybox", "fluentd"), None);
    assert_said(
        rule,
        &with("{name: p, image: envoy}").replace("restart", "shareProcessNamespace: true, restart"),
        None,
    );
    assert_said(rule, &job(&[], "restartPolicy: Never").replace("busybox", "envoy"), None);
}

#[test]
fn hooks_that_delete_themselves() {
    let rule = "job-ttl-under-hook";
    let hook = |annotation: &str, ttl: &str| {
        let object = job(&[&format!("ttlSecondsAfterFinished: {ttl}")], "restartPolicy: Never");
        object.replace("name: once", &format!("name: once, annotations: {{{annotation}: PreSync}}"))
    };
    let argo = "argocd.argoproj.io/hook";
    assert_said(rule, &hook(argo, "0"), Some("0: the Job is deleted when it has ended, maybe before Argo CD has"));
    assert_said(
        rule,
        &hook("helm.sh/hook", "9"),
        Some("9: the Job is deleted 9 seconds after its end, maybe before Helm"),
    );
    assert_said(rule, &hook(argo, "10"), None);
    assert_said(rule, &hook(argo, "-1"), None);
    assert_said(rule, &hook("example.com/hook", "0"), None);
}

#[test]
fn histories_of_cron_jobs() {
    let rule = "cronjob-ttl-fights-history";
    let kept = |schedule: &str, limit: &str, ttl: &str| {
        let schedule = format!("schedule: '{schedule}'");
        cron_job(&[&schedule, limit], &[&format!("ttlSecondsAfterFinished: {ttl}")])
    };
    let limit = "successfulJobsHistoryLimit: 3";
    let few = "7200: a Job is deleted after 2 hours: there are never more than 2 of the 3 that `successfulJobs";
    assert_said(rule, &kept("0 * * * *", limit, "7200"), Some(few));
    assert_said(rule, &kept("0 * * * *", limit, "7201"), None);
    assert_said(rule, &kept("0 * * * *", "failedJobsHistoryLimit: 1", "0"), Some("0: no Job is kept: "));
    assert_said(rule, &kept("0 * * * *", "failedJobsHistoryLimit: 0", "0"), None);
    assert_said(rule, &kept("0 * * * *", "suspend: false", "0"), None);
    let rule = "cronjob-no-failed-history";
    assert_said(rule, &cron_job(&["schedule: '@daily'", "failedJobsHistoryLimit: 0"], &[]), Some("0: no failed Job"));
    assert_said(rule, &cron_job(&["schedule: '@daily'", "failedJobsHistoryLimit: 1"], &[]), None);
    assert_said(rule, &cron_job(&["schedule: '@daily'", "successfulJobsHistoryLimit: 0"], &[]), None);
}

#[test]
fn what_is_suspended() {
    let (job_rule, cron_rule) = ("job-suspended", "cronjob-suspended");
    let never = "restartPolicy: Never";
    assert_said(job_rule, &job(&["suspend: true"], never), Some("true: the Job is suspended"));
    assert_said(job_rule, &job(&["suspend: false"], never), None);
    assert_said(job_rule, &job(&["suspend: true", "managedBy: example.com/queue"], never), None);
    let queued = job(&["suspend: true"], never).replace("once", "once, labels: {kueue.x-k8s.io/queue-name: a}");
    assert_said(job_rule, &queued, None);
    let of_job = cron_job(&["schedule: '@daily'"], &["suspend: true"]);
    assert_said(job_rule, &of_job, Some("true: the Job is suspended"));
    assert_said(cron_rule, &of_job, None);
    assert_said(cron_rule, &cron_job(&["schedule: '@daily'", "suspend: true"], &[]), Some("true: the CronJob is"));
}

#[test]
fn what_jobs_leave_out() {
    let never = "restartPolicy: Never";
    assert_said("job-missing-deadline", &job(&["backoffLimit: 2"], never), Some("spec: no `activeDeadlineSeconds`"));
    assert_said("job-missing-deadline", &job(&["activeDeadlineSeconds: 2"], never), None);
    assert_said("job-missing-deadline", &job(&[], "restartPolicy: Never, activeDeadlineSeconds: 2"), None);
    assert_said("job-missing-ttl", &job(&["backoffLimit: 2"], never), Some("spec: no `ttlSecondsAfterFinished`"));
    assert_said("job-missing-ttl", &job(&["ttlSecondsAfterFinished: 2"], never), None);
    let hook = job(&[], never).replace("once", "once, annotations: {helm.sh/hook: pre-install}");
    assert_said("job-missing-ttl", &hook, None);
    assert_said("job-missing-ttl", &cron_job(&["schedule: '@daily'"], &[]), None);
    for (fields, expected) in [
        (&["backoffLimit: 16"][..], Some("16: with 16 retries")),
        (&["backoffLimit: 15"], None),
        (&["backoffLimit: 16", "activeDeadlineSeconds: 60"], None),
        (&["backoffLimit: 16", "completions: 20"], None),
        (&["backoffLimit: 16", "parallelism: 2"], None),
    ] {
        assert_said("job-high-backoff-limit", &job(fields, never), expected);
    }
}

#[test]
fn hours_without_a_time_zone() {
    assert_schedules(
        "cronjob-missing-time-zone",
        &[
            ("0 3 * * *", Some("'0 3 * * *'")),
            ("@daily", Some("'@daily'")),
            ("0 */2 * * *", Some("'0 */2 * * *'")),
            ("0 * * * 1", None),
            ("@every 24h", None),
            ("@hourly", None),
        ],
    );
    let zoned = cron_job(&["schedule: '@daily'", "timeZone: Etc/UTC"], &[]);
    assert_said("cronjob-missing-time-zone", &zoned, None);
}

#[test]
fn steps_that_are_not_even() {
    let rule = "cronjob-uneven-step";
    assert_schedules(
        rule,
        &[
            ("*/45 * * * *", Some("*/45")),
            ("5/25 * * * *", Some("5/25")),
            ("0 */9 * * *", Some("*/9")),
            ("*/15 * * * *", None),
            ("*/90 * * * *", None),
            ("*/45 3 * * *", None),
            ("0-30/7 * * * *", None),
            ("1,*/45 * * * *", None),
            ("0 0 */2 * *", None),
        ],
    );
    let said = said(rule, &cron_job(&["schedule: '5/25 * * * *'"], &[]));
    assert_eq!(said, ["5/25: `5/25` is not every 25 minutes: from 55 to 5 it is 10 minutes"]);
}

#[test]
fn commands_that_sleep_for_ever() {
    let rule = "job-endless-command";
    let running = |command: &str| {
        job(&[], "restartPolicy: Never").replace("image: busybox", &format!("image: busybox, {command}"))
    };
    for (command, place) in [
        ("command: [sleep, infinity]", Some("[sleep, infinity]: the command never ends")),
        ("command: [/bin/sleep], args: [inf]", Some("[inf]: the command never ends")),
        ("command: [tail, -f, /dev/null]", Some("[tail, -f, /dev/null]: ")),
        ("command: [/bin/sh, -c, --], args: ['while true; do sleep 30; done;']", Some("['while true; ")),
        ("command: [bash, -c, 'work; exec sleep infinity']", Some("[bash, -c, ")),
        ("command: [sh, -c, 'work || sleep infinity']", None),
        ("command: [sh, -c, 'while true; do work; sleep 30; done']", None),
        ("command: [sh, -c, 'while true; do work && break; sleep 30; done']", None),
        ("command: [sh, -c, 'sleep infinity & work']", None),
        ("command: [sleep, '3600']", None),
        ("command: [tail, -f, /var/log/x]", None),
        ("command: [sh]", None),
        ("args: [work]", None),
    ] {
        assert_said(rule, &running(command), place);
    }
}
