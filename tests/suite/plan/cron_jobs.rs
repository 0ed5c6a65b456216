//! Plans of CronJobs, case by case.

use serde_json::Value;

use super::{cron_job, plan, planned};

/// The times of a CronJob as its clock shows them, with what is special about each and what becomes of its Job.
fn moments(manifest: &str, args: &[&str]) -> Vec<String> {
    let planned = planned(manifest, args);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let moment = |moment: &Value| {
        let words = ["clock", "offset", "special", "fate"].map(|key| text(&moment[key]));
        let shown = words.iter().filter(|word| !word.is_empty() && *word != "none").cloned();
        shown.collect::<Vec<_>>().join(" ")
    };
    planned["cronJob"]["moments"].as_array().unwrap().iter().map(moment).collect()
}

#[test]
fn firings_are_told_in_their_zone_and_jobs_are_named_after_them() {
    let manifest = cron_job("15 4 * * 1", "timeZone: Asia/Kathmandu");
    let args = ["--from", "2026-11-24T00:00:00Z", "--count", "2"];
    assert_eq!(moments(&manifest, &args), ["2026-11-30T04:15:00 +05:45", "2026-12-07T04:15:00 +05:45"]);
    let first = &planned(&manifest, &args)["cronJob"]["moments"][0];
    // 2026-11-29T22:30Z is so many minutes after 1970.
    assert_eq!((&first["at"], &first["jobName"]), (&"2026-11-29T22:30:00Z".into(), &"nightly-29933190".into()));
}

#[test]
fn hours_that_a_clock_skips_and_shows_twice_are_told() {
    for (zone, schedule, from, expected) in [
        (
            "Europe/Berlin",
            "30 2 * * *",
            "2027-03-27T12:00:00Z",
            ["2027-03-28T02:30:00 skipped", "2027-03-29T02:30:00 +02:00", "2027-03-30T02:30:00 +02:00"],
        ),
        (
            "Europe/Berlin",
            "30 2 * * *",
            "2026-10-24T12:00:00Z",
            ["2026-10-25T02:30:00 +02:00 first", "2026-10-25T02:30:00 +01:00 second", "2026-10-26T02:30:00 +01:00"],
        ),
        (
            "America/New_York",
            "0 2,14 * * *",
            "2027-03-14T00:00:00Z",
            ["2027-03-14T02:00:00 skipped", "2027-03-14T14:00:00 -04:00", "2027-03-15T02:00:00 -04:00"],
        ),
        (
            "America/New_York",
            "30 1 1 11 *",
            "2026-10-31T12:00:00Z",
            ["2026-11-01T01:30:00 -04:00 first", "2026-11-01T01:30:00 -05:00 second", "2027-11-01T01:30:00 -04:00"],
        ),
        // What fires each hour has nothing to make up for.
        (
            "Europe/Berlin",
            "0 * * * *",
            "2027-03-28T00:30:00Z",
            ["2027-03-28T03:00:00 +02:00", "2027-03-28T04:00:00 +02:00", "2027-03-28T05:00:00 +02:00"],
        ),
    ] {
        let manifest = cron_job(schedule, &format!("timeZone: {zone}"));
        let told = moments(&manifest, &["--from", from, "--count", "3"]);
        assert_eq!(told.get(..3).unwrap_or_default(), expected, "{zone} {schedule}");
    }
}

#[test]
fn jobs_that_are_due_while_others_run_fare_as_the_policy_says() {
    let fates = |policy: &str, rest: &str, duration: &str| {
        let manifest = cron_job("*/10 * * * *", &format!("concurrencyPolicy: {policy}{rest}"));
        let args = ["--from", "2026-11-24T00:00:00Z", "--count", "4", "--duration", duration];
        let words = moments(&manifest, &args);
        words.iter().map(|words| words.split(' ').next_back().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(fates("Forbid", "", "10m"), ["starts"; 4]);
    assert_eq!(fates("Forbid", "", "14m"), ["starts", "late", "late", "dropped"]);
    assert_eq!(fates("Forbid", "\n  startingDeadlineSeconds: 240", "14m"), ["starts", "dropped", "starts", "dropped"]);
    assert_eq!(fates("Forbid", "\n  startingDeadlineSeconds: 241", "14m"), ["starts", "late", "dropped", "starts"]);
    assert_eq!(fates("Replace", "", "10m"), ["starts"; 4]);
    assert_eq!(fates("Replace", "", "11m"), ["replaced"; 4]);
    assert_eq!(fates("Allow", "", "11m"), ["starts"; 4]);
    let args = ["--from", "2026-11-24T00:00:00Z", "--duration", "25m"];
    let allowed = planned(&cron_job("*/10 * * * *", ""), &args);
    assert_eq!(allowed["cronJob"]["overlap"]["atOnce"], 3);
    // Where each Job is deleted by the next one, none completes.
    let replaced = cron_job("*/10 * * * *", "concurrencyPolicy: Replace");
    assert_eq!((plan(&replaced, &["--duration", "10m"]).code, plan(&replaced, &["--duration", "601s"]).code), (0, 1));
    // Once a day there is time enough, whichever firing is the last that is told.
    let uneven = cron_job("0 0,1 * * *", "concurrencyPolicy: Replace");
    assert_eq!(plan(&uneven, &["--duration", "90m", "--count", "1", "--from", "2026-11-23T23:00:00Z"]).code, 0);
}

#[test]
fn what_never_fires_is_said_to_do_so() {
    let never = plan(&cron_job("0 0 31 2 *", ""), &[]);
    assert_eq!(never.code, 1);
    assert!(never.out.contains("Fires           never"), "{}", never.out);
}

#[test]
fn suspended_cron_jobs_and_those_without_a_zone_say_what_is_assumed() {
    let suspended = plan(&cron_job("0 3 * * *", "suspend: true"), &[]);
    assert_eq!(suspended.code, 0);
    assert!(suspended.out.contains("it does not fire until `suspend` is false"), "{}", suspended.out);
    assert!(suspended.out.contains("which is taken to be UTC here"), "{}", suspended.out);
    let every = cron_job("@every 20s", "");
    let told = moments(&every, &["--from", "2026-11-24T00:00:10Z", "--count", "3"]);
    let expected =
        ["2026-11-24T00:00:30 +00:00", "2026-11-24T00:00:50 +00:00 same-minute", "2026-11-24T00:01:10 +00:00"];
    assert_eq!(told, expected);
    assert!(plan(&every, &[]).out.contains("from when the CronJob is created"));
}

#[test]
fn jobs_that_the_api_server_refuses_are_told_although_it_takes_the_cron_job() {
    let manifest = "apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly.report, namespace: shop}
spec:
  schedule: '0 3 * * *'
  jobTemplate:
    spec:
      completionMode: Indexed
      completions: 3
      template: {spec: {restartPolicy: Never, containers: [{name: main, image: i}]}}
";
    let run = plan(manifest, &[]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("Refused         each Job: "), "{}", run.out);
}

#[test]
fn history_limits_are_those_that_are_said_or_three_and_one() {
    let kept = |fields: &str| {
        let planned = planned(&cron_job("0 3 * * *", fields), &[]);
        let limit = |key: &str| planned["cronJob"][key].as_u64().unwrap();
        (limit("successfulJobsHistoryLimit"), limit("failedJobsHistoryLimit"))
    };
    assert_eq!(kept(""), (3, 1));
    assert_eq!(kept("successfulJobsHistoryLimit: 0\n  failedJobsHistoryLimit: 5"), (0, 5));
}

#[test]
fn starting_deadlines_that_are_over_at_once_start_nothing() {
    for (seconds, code) in [("0", 1), ("9223372037", 1), ("9223372036854775807", 1), ("9223372036", 0), ("60", 0)] {
        let run = plan(&cron_job("*/5 * * * *", &format!("startingDeadlineSeconds: {seconds}")), &[]);
        assert_eq!(run.code, code, "{seconds}: {}", run.out);
        assert_eq!(run.out.contains("Never starts  "), code == 1, "{seconds}: {}", run.out);
    }
    let fates = planned(&cron_job("*/5 * * * *", "startingDeadlineSeconds: 0"), &[]);
    assert_eq!((&fates["cronJob"]["neverStarts"], &fates["hopeless"]), (&true.into(), &true.into()));
    assert_eq!(fates["cronJob"]["moments"][0]["fate"], "dropped");
}

#[test]
fn firings_are_closer_together_where_the_clock_is_set() {
    let gap = |from: &str| {
        let manifest = cron_job("30 2 * * *", "timeZone: Europe/Berlin");
        let args = ["--from", from, "--count", "4"];
        planned(&manifest, &args)["cronJob"]["shortestGapSeconds"].as_u64().unwrap()
    };
    assert_eq!(gap("2026-10-24T00:00:00Z"), 60 * 60);
    assert_eq!(gap("2026-11-24T00:00:00Z"), 24 * 60 * 60);
}

/// The same CronJob, each of whose Jobs has these fields.
fn with_job(manifest: &str, fields: &str) -> String {
    manifest.replace("jobTemplate: {spec: {", &format!("jobTemplate: {{spec: {{{fields}, "))
}

#[test]
fn jobs_that_do_not_end_keep_others_from_starting() {
    let args = ["--from", "2026-11-24T00:00:00Z", "--count", "3"];
    for (fields, code, words) in
        [("suspend: true", 0, "stay unfinished until somebody resumes them"), ("parallelism: 0", 1, "They never end")]
    {
        let manifest = with_job(&cron_job("*/10 * * * *", "concurrencyPolicy: Forbid"), fields);
        let run = plan(&manifest, &args);
        let text = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(run.code, code, "{text}");
        assert!(text.contains(words) && text.contains("after the first one no other starts"), "{text}");
        let fates = planned(&manifest, &args)["cronJob"]["moments"].clone();
        let fates: Vec<_> = (0..3).map(|position| fates[position]["fate"].clone()).collect();
        assert_eq!(fates, ["starts", "dropped", "dropped"], "{fields}");
    }
    let allowed = plan(&with_job(&cron_job("*/10 * * * *", ""), "suspend: true"), &args).out;
    let text = allowed.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("more and more of them pile up"), "{allowed}");
}

#[test]
fn jobs_that_fail_by_their_deadline_are_not_said_to_go_well() {
    let manifest = cron_job("*/10 * * * *", "concurrencyPolicy: Forbid");
    let out = plan(&with_job(&manifest, "activeDeadlineSeconds: 300"), &["--duration", "10m"]).out;
    assert!(out.contains("They fail after 5m each") && !out.contains("all goes well"), "{out}");
}

#[test]
fn there_is_one_job_a_minute_at_the_most() {
    let manifest = cron_job("@every 1s", "");
    let args = ["--from", "2026-11-24T00:00:00Z", "--count", "3", "--duration", "90s"];
    assert_eq!(planned(&manifest, &args)["cronJob"]["overlap"]["atOnce"], 2);
}

#[test]
fn of_jobs_of_another_controller_nothing_is_played() {
    let manifest = with_job(&cron_job("*/10 * * * *", "concurrencyPolicy: Replace"), "managedBy: example.com/queue");
    let run = plan(&manifest, &["--duration", "1h"]);
    assert_eq!(run.code, 0);
    assert!(!run.out.contains("--duration") && !run.out.contains("deleted after"), "{}", run.out);
}

#[test]
fn names_that_are_made_up_are_shown_as_such() {
    let text = cron_job("0 0 * * *", "").replace("name: nightly,", "generateName: nightly-,");
    let run = plan(&text, &["--from", "2027-01-01T00:00:00Z"]);
    assert!(run.out.contains("  nightly-*-29980800\n") && !run.out.contains("Refused"), "{}", run.out);
}

#[test]
fn one_that_is_late_starts_late() {
    let text = cron_job("0,10,40 * * * *", "concurrencyPolicy: Forbid");
    let run = plan(&text, &["--from", "2027-01-01T00:00:00Z", "--count", "4", "--duration", "15m"]);
    assert!(run.out.replace("\n                ", " ").contains(": 1 of these starts late, 0 never"), "{}", run.out);
}
