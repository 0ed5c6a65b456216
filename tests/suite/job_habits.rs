//! What the pedantic rules about Jobs and CronJobs have to say, and where they say nothing.

use rolecall::lint::{self, Profile, Selection, Settings};
use rolecall::manifest::Options;

use crate::scratch;

const POD: &str = "template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox}]}}";

/// What a rule says about an object: the text at each place, with the message and the help behind it.
fn said(rule: &str, object: &str) -> Vec<String> {
    let (_directory, inputs) = scratch::file("object.yaml", object.as_bytes());
    let settings = Settings { selection: Selection::of(Profile::Audit), ..Settings::default() };
    let report = lint::lint(&inputs, &Options::default(), &settings).unwrap();
    let findings = report.findings.iter().filter(|finding| finding.rule == rule);
    let line = |finding: &rolecall::diagnostic::Finding| {
        let place = object[finding.span.range()].lines().next().unwrap_or_default();
        format!("{place}: {}; {}", finding.message, finding.help.as_deref().unwrap_or_default())
    };
    findings.map(line).collect()
}

/// A CronJob with these fields, in flow style, and these of its Jobs.
fn cron_job(fields: &str, of_job: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: nightly}}\nspec: {{{fields}, jobTemplate: {{spec: \
         {{{of_job}{POD}}}}}}}\n"
    )
}

fn job(fields: &str) -> String {
    format!("apiVersion: batch/v1\nkind: Job\nmetadata: {{name: once}}\nspec: {{{fields}{POD}}}\n")
}

#[track_caller]
fn assert_said(rule: &str, object: &str, expected: Option<&str>) {
    let said = said(rule, object);
    let is_as_expected = match (said.as_slice(), expected) {
        ([], None) => true,
        ([said], Some(expected)) => said.contains(expected),
        _ => false,
    };
    assert!(is_as_expected, "{rule}: {said:#?} is not {expected:?} in\n{object}");
}

#[test]
fn hours_that_a_clock_skips_or_repeats() {
    for (schedule, zone, expected) in [
        (
            "30 2 * * *",
            "America/New_York",
            Some("30 2 * * *': the clock of `America/New_York` skips 02:30 on some days, such as 2026-03-08;"),
        ),
        ("15,45 1 * * *", "America/New_York", Some("shows 01:15 twice on some days, such as 2026-11-01;")),
        (
            "0 2 * * 0",
            "Europe/Paris",
            Some("skips 02:00 on some days, such as 2026-03-29, and shows 02:00 twice on others, such as 2026-10-25;"),
        ),
        ("0 2 * * 1-6", "Europe/Paris", None),
        ("0 4 * * *", "Europe/Paris", None),
        ("0 * * * *", "Europe/Paris", None),
        ("0 */2 * * *", "Europe/Paris", None),
        ("0 2 * * *", "Etc/UTC", None),
        ("@every 24h", "Europe/Paris", None),
        ("0 2 * * *", "Europe/Pariss", None),
    ] {
        let fields = format!("schedule: '{schedule}', timeZone: {zone}");
        assert_said("cronjob-clock-change", &cron_job(&fields, ""), expected);
    }
    assert_said("cronjob-clock-change", &cron_job("schedule: '0 2 * * *'", ""), None);
}

#[test]
fn jobs_beside_the_next_ones() {
    const RULE: &str = "cronjob-jobs-may-overlap";
    let often = "schedule: '*/5 * * * *'";
    let expected = "a Job that takes more than 5 minutes runs beside the next one";
    assert_said(RULE, &cron_job(often, ""), Some(expected));
    assert_said(
        RULE,
        &cron_job(&format!("{often}, concurrencyPolicy: Allow"), ""),
        Some(&format!("Allow: {expected}")),
    );
    for policy in ["Forbid", "Replace"] {
        assert_said(RULE, &cron_job(&format!("{often}, concurrencyPolicy: {policy}"), ""), None);
    }
    assert_said(RULE, &cron_job(often, "activeDeadlineSeconds: 900, "), None);
    assert_said(RULE, &cron_job(often, "").replace("Never,", "Never, activeDeadlineSeconds: 60,"), None);
    assert_said(RULE, &cron_job("schedule: '0 * * * *'", ""), None);
}

#[test]
fn distances_that_a_calendar_has() {
    for (distance, times) in [
        ("1m", Some("* * * * *")),
        ("10m", Some("*/10 * * * *")),
        ("60m", Some("0 * * * *")),
        ("6h", Some("0 */6 * * *")),
        ("24h", Some("0 0 * * *")),
        ("168h", Some("0 0 * * 0")),
        ("90m", None),
        ("7m", None),
        ("5h", None),
        ("48h", None),
        ("30s", None),
    ] {
        let object = cron_job(&format!("schedule: '@every {distance}'"), "");
        let help = times.map(|times| format!("write `{times}`, which fires as often"));
        assert_said("cronjob-every-from-creation", &object, help.as_deref());
    }
}

#[test]
fn histories_that_are_long() {
    let with = |limits: &str| said("cronjob-long-history", &cron_job(&format!("schedule: '0 4 * * *'{limits}"), ""));
    let long = with(", successfulJobsHistoryLimit: 11, failedJobsHistoryLimit: 500");
    assert_eq!(long.len(), 2);
    assert!(long[0].starts_with("11: 11 Jobs that have succeeded are kept"), "{long:?}");
    assert!(long[1].starts_with("500: 500 Jobs that have failed are kept"), "{long:?}");
    assert_eq!(with(", successfulJobsHistoryLimit: 10, failedJobsHistoryLimit: 0"), [""; 0]);
    assert_eq!(with(""), [""; 0]);
}

#[test]
fn logs_that_go_with_the_pod() {
    const RULE: &str = "job-logs-lost-on-failure";
    assert_said(RULE, &job(""), None);
    assert_said(RULE, &job("").replace("Never", "OnFailure"), Some("OnFailure: when the Job fails"));
    let often = cron_job("schedule: '0 4 * * *'", "").replace("Never", "OnFailure");
    assert_said(RULE, &often, Some("OnFailure: when the Job fails"));
}

#[test]
fn disruptions_of_what_is_tried_once() {
    const RULE: &str = "job-fails-by-disruption";
    assert_said(RULE, &job("backoffLimit: 0, "), Some("0: with `backoffLimit: 0`"));
    assert_said(RULE, &job("backoffLimit: 1, "), None);
    assert_said(RULE, &job(""), None);
    assert_said(RULE, &job("backoffLimit: 0, ").replace("Never", "OnFailure"), None);
    let policy =
        "backoffLimit: 0, podFailurePolicy: {rules: [{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}]}, ";
    assert_said(RULE, &job(policy), None);
}

#[test]
fn indexes_that_all_may_fail() {
    const RULE: &str = "job-unlimited-failed-indexes";
    let indexed = |rest: &str| job(&format!("completionMode: Indexed, backoffLimitPerIndex: 1, {rest}"));
    assert_said(RULE, &indexed("completions: 5, "), Some("1: no `maxFailedIndexes`"));
    assert_said(RULE, &indexed("completions: 5, maxFailedIndexes: 2, "), None);
    assert_said(RULE, &indexed("completions: 5, activeDeadlineSeconds: 60, "), None);
    assert_said(RULE, &indexed("completions: 1, "), None);
    assert_said(RULE, &job("completionMode: Indexed, completions: 5, "), None);
}

#[test]
fn pods_that_are_all_the_same() {
    const RULE: &str = "job-identical-pods";
    assert_said(RULE, &job("completions: 4, "), Some("4: nothing in the Job tells its 4 pods apart"));
    assert_said(RULE, &job("completions: 4, completionMode: NonIndexed, "), Some("4: nothing"));
    assert_said(RULE, &job("completions: 4, completionMode: Indexed, "), None);
    assert_said(RULE, &job("completions: 1, "), None);
    assert_said(RULE, &job("parallelism: 4, "), None);
}
