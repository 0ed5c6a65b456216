//! Fixes of Jobs and CronJobs, and of what comments in them say.

use rolecall::diagnostic::Safety::{Safe, Unsafe};

use super::{check, fixed};

/// A Job whose spec has these lines, and whose pod has those.
fn job(spec: &str, pod: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a}}\nspec:\n{spec}  template:\n    spec:\n{pod}      \
         containers: [{{name: a, image: a}}]\n"
    )
}

#[test]
fn of_jobs() {
    let policy = "  podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [3, 1, 3]}}]}\n";
    for (rule, text, safety, before, after) in [
        ("job-restart-policy-always", job("", ""), Unsafe, "", "restartPolicy: Never"),
        ("job-restart-policy-always", job(policy, ""), Safe, "", "restartPolicy: Never"),
        (
            "job-restart-policy-always",
            job("", "      restartPolicy: \"Always\" # so\n"),
            Unsafe,
            "restartPolicy: \"Always\" # so",
            "restartPolicy: \"Never\" # so",
        ),
        (
            "job-invalid-restart-policy",
            job("", "      restartPolicy: ONFAILURE\n"),
            Safe,
            "restartPolicy: ONFAILURE",
            "restartPolicy: OnFailure",
        ),
        (
            "job-invalid-restart-policy",
            job("", "      restartPolicy: Nevr\n"),
            Unsafe,
            "restartPolicy: Nevr",
            "restartPolicy: Never",
        ),
        (
            "job-invalid-restart-policy",
            job(policy, "      restartPolicy: OnFailure\n"),
            Safe,
            "restartPolicy: OnFailure",
            "restartPolicy: Never",
        ),
    ] {
        check(rule, &text, safety, before, after);
    }
}

#[test]
fn of_how_a_job_fails_and_ends() {
    let never = "      restartPolicy: Never\n";
    let policy = "  podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [3, 1, 3]}}]}\n";
    for (rule, text, safety, before, after) in [
        ("job-missing-backoff-limit", job("  completions: 1\n", never), Safe, "", "backoffLimit: 6"),
        (
            "job-parallelism-exceeds-completions",
            job("  parallelism: 3\n  completions: 2\n", never),
            Safe,
            "parallelism: 3",
            "parallelism: 2",
        ),
        (
            "job-parallelism-exceeds-completions",
            job("  completionMode: Indexed\n  parallelism: 3\n  completions: 2\n", never),
            Unsafe,
            "parallelism: 3",
            "parallelism: 2",
        ),
        (
            "job-logs-lost-on-failure",
            job("", "      restartPolicy: OnFailure\n"),
            Unsafe,
            "restartPolicy: OnFailure",
            never.trim(),
        ),
        (
            "job-invalid-pod-failure-policy",
            job(policy, never),
            Safe,
            policy.trim(),
            &policy.trim().replace("3, 1, 3", "1, 3"),
        ),
    ] {
        check(rule, &text, safety, before, after);
    }
}

#[test]
fn of_types_and_fields() {
    let never = "      restartPolicy: Never\n";
    for (rule, text, safety, before, after) in [
        ("object-wrong-type", job("  completions: \"2\"\n", never), Safe, "completions: \"2\"", "completions: 2"),
        ("object-wrong-type", job("  suspend: 'yes'\n", never), Safe, "suspend: 'yes'", "suspend: true"),
        (
            "object-wrong-type",
            job("", "      nodeSelector: {gpu: true}\n"),
            Safe,
            "nodeSelector: {gpu: true}",
            "nodeSelector: {gpu: \"true\"}",
        ),
        ("object-unknown-field", job("  backofflimit: 2\n", never), Safe, "backofflimit: 2", "backoffLimit: 2"),
        ("object-unknown-field", job("  backofLimit: 2\n", never), Unsafe, "backofLimit: 2", "backoffLimit: 2"),
        ("object-duplicate-key", job("  completions: 2\n  completions: 3\n", never), Unsafe, "completions: 2", ""),
    ] {
        check(rule, &text, safety, before, after);
    }
}

#[test]
fn of_cron_jobs() {
    let cron = |version: &str, fields: &str| {
        format!(
            "apiVersion: {version}\nkind: CronJob\nmetadata: {{name: a}}\nspec:\n  schedule: '* * * * *'\n{fields}  \
             jobTemplate: {{spec: {{template: {{spec: {{restartPolicy: Never, containers: [{{name: a, image: a}}]}}}}}}}}\n"
        )
    };
    for (rule, version, fields, safety, before, after) in [
        ("object-unknown-kind", "batch/v1beta1", "", Safe, "apiVersion: batch/v1beta1", "apiVersion: batch/v1"),
        ("object-unknown-kind", "batch/v2alpha1", "", Unsafe, "apiVersion: batch/v2alpha1", "apiVersion: batch/v1"),
        (
            "cronjob-invalid-concurrency-policy",
            "batch/v1",
            "  concurrencyPolicy: 'forbid'\n",
            Safe,
            "concurrencyPolicy: 'forbid'",
            "concurrencyPolicy: 'Forbid'",
        ),
        (
            "cronjob-invalid-time-zone",
            "batch/v1",
            "  timeZone: europe/paris\n",
            Safe,
            "timeZone: europe/paris",
            "timeZone: Europe/Paris",
        ),
        (
            "cronjob-invalid-time-zone",
            "batch/v1",
            "  timeZone: PST\n",
            Unsafe,
            "timeZone: PST",
            "timeZone: America/Los_Angeles",
        ),
        ("cronjob-jobs-may-overlap", "batch/v1", "", Unsafe, "", "concurrencyPolicy: Forbid"),
        ("cronjob-suspended", "batch/v1", "  suspend: true # for now\n", Unsafe, "suspend: true # for now", ""),
    ] {
        check(rule, &cron(version, fields), safety, before, after);
    }
    assert_eq!(fixed("cronjob-invalid-time-zone", &cron("batch/v1", "  timeZone: Mars/Olympus\n")), None);
}

#[test]
fn of_schedules() {
    let cron = |fields: &str| {
        format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec:\n{fields}  jobTemplate: {{spec: \
             {{template: {{spec: {{restartPolicy: Never, containers: [{{name: a, image: a}}]}}}}}}}}\n"
        )
    };
    for (before, safety, after) in [
        ("schedule: TZ=UTC 0 3 * * * # at 3", Safe, "schedule: \"0 3 * * *\" # at 3\n  timeZone: UTC"),
        ("schedule: 'CRON_TZ=Europe/Paris @daily'", Safe, "schedule: '@daily'\n  timeZone: Europe/Paris"),
        ("schedule: TZ=utc 0 3 * * *", Safe, "schedule: \"0 3 * * *\"\n  timeZone: UTC"),
        ("schedule: TZ=CET 0 3 * * *\n  timeZone: CET", Safe, "schedule: \"0 3 * * *\""),
        ("schedule: TZ=PST 0 3 * * *", Unsafe, "schedule: \"0 3 * * *\"\n  timeZone: America/Los_Angeles"),
        ("schedule: '0 3 * * 7' # Sunday", Safe, "schedule: '0 3 * * 0' # Sunday"),
        ("schedule: \"0 3 * * 5-7\"", Safe, "schedule: \"0 3 * * 5-6,0\""),
        ("schedule: 0 3 * * 0,6-7", Safe, "schedule: \"0 3 * * 0,6\""),
        ("schedule: 0 3 * * 1-7/2", Safe, "schedule: \"0 3 * * 1-6/2,0\""),
        ("schedule: 0 3 * * 1-7", Safe, "schedule: \"0 3 * * *\""),
        ("schedule: 0 3 * * fri-mon", Unsafe, "schedule: \"0 3 * * fri-sat,sun-mon\""),
        ("schedule: 0 22-3 * * *", Unsafe, "schedule: \"0 22-23,0-3 * * *\""),
    ] {
        let changed = before.split("\n  ").next().unwrap();
        check("cronjob-invalid-schedule", &cron(&format!("  {before}\n")), safety, changed, after);
    }
    for before in
        ["TZ=Nowhere 0 3 * * *", "TZ=UTC", "0 3 1 * 1-7", "0 24 * * *", "TZ=UTC 0 3 * * *\n  timeZone: Asia/Tokyo"]
    {
        let text = cron(&format!("  schedule: {before}\n"));
        assert_eq!(fixed("cronjob-invalid-schedule", &text), None, "{before}");
    }
}

#[test]
fn of_what_jobs_should_leave_to_the_api_server() {
    let stale = "  selector:\n    matchLabels:\n      controller-uid: old\n  template:\n    metadata:\n      \
                 creationTimestamp: null\n      labels:\n        app: a # mine\n        \
                 batch.kubernetes.io/controller-uid: old\n        controller-uid: old\n        job-name: a\n";
    let exported = |stale: &str| {
        format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a}}\nspec:\n  backoffLimit: 2\n{stale}    spec:\n      \
             restartPolicy: Never\n      containers: [{{name: a, image: a}}]\n"
        )
    };
    let rule = "job-invalid-selector";
    let kept = "template:\n    metadata:\n      creationTimestamp: null";
    let app = "      labels:\n        app: a # mine";
    check(rule, &exported(stale), Safe, stale.trim(), &format!("{kept}\n{app}"));
    let alone = stale.replace("        app: a # mine\n", "");
    check(rule, &exported(&alone), Safe, alone.trim(), kept);
    for own in [
        ("matchLabels:\n      controller-uid: old", "matchLabels: {app: a}"),
        (
            "  selector:\n    matchLabels:\n      controller-uid: old",
            "  manualSelector: true\n  selector: {matchLabels: {job-name: b}}",
        ),
    ] {
        assert_eq!(fixed(rule, &exported(&stale.replace(own.0, own.1))), None, "{own:?}");
    }
}

#[test]
fn of_what_jobs_should_say() {
    let never = "      restartPolicy: Never\n";
    let suspended = job("  suspend: true\n", never);
    check("job-suspended", &suspended, Unsafe, "suspend: true", "");
    let seconds = "      activeDeadlineSeconds: 60 # each\n";
    check("job-missing-ttl", &job("  completions: 1\n", never), Unsafe, "", "ttlSecondsAfterFinished: 86400");
    check("job-missing-deadline", &job("  completions: 1\n", never), Unsafe, "", "activeDeadlineSeconds: 3600");
    check(
        "job-deadline-in-pod",
        &job("  completions: 1\n", &[seconds, never].concat()),
        Unsafe,
        &format!("template:\n    spec:\n{}", seconds.trim_end()),
        "activeDeadlineSeconds: 60 # each\n  template:\n    spec:",
    );
    let indexed = job("  completions: 1\n  backoffLimitPerIndex: 2\n", never);
    check("job-invalid-indexed", &indexed, Unsafe, "", "completionMode: Indexed");
    assert_eq!(fixed("job-invalid-indexed", &job("  backoffLimitPerIndex: 2\n", never)), None);
}

#[test]
fn of_comments_that_ignore_nothing() {
    let of =
        |above: &str, behind: &str| job(&format!("{above}  completions: 1{behind}\n"), "      restartPolicy: Never\n");
    let rule = "ignore-unused";
    for (above, behind, safety, before, after) in [
        ("  # rolecall: ignore[job-suspended] so\n", "", Safe, "# rolecall: ignore[job-suspended] so", ""),
        (
            "",
            "  # rolecall: ignore[job-suspended]",
            Safe,
            "completions: 1  # rolecall: ignore[job-suspended]",
            "completions: 1",
        ),
        (
            "",
            " # one # rolecall: ignore[job-suspended] # two",
            Safe,
            "completions: 1 # one # rolecall: ignore[job-suspended] # two",
            "completions: 1 # one # two",
        ),
        (
            "",
            " # rolecall: ignore[job-suspended, job-missing-backoff-limit] so",
            Safe,
            "completions: 1 # rolecall: ignore[job-suspended, job-missing-backoff-limit] so",
            "completions: 1 # rolecall: ignore[job-missing-backoff-limit] so",
        ),
        (
            "",
            " # rolecall: ignore[ignore-unused]",
            Safe,
            "completions: 1 # rolecall: ignore[ignore-unused]",
            "completions: 1",
        ),
        // With other files it may be needed.
        (
            "",
            " # rolecall: ignore[workload-missing-service-account]",
            Unsafe,
            "completions: 1 # rolecall: ignore[workload-missing-service-account]",
            "completions: 1",
        ),
    ] {
        check(rule, &of(above, behind), safety, before, after);
    }
}

#[test]
fn of_annotations_that_ignore_nothing() {
    let rule = "ignore-unused";
    let annotated = |value: &str| {
        let metadata = format!("metadata:\n  name: a\n  annotations:\n    rolecall.dev/ignore: {value}\n");
        job("  completions: 1\n", "      restartPolicy: Never\n").replace("metadata: {name: a}\n", &metadata)
    };
    check(
        rule,
        &annotated("job-suspended -- so"),
        Safe,
        "annotations:\n    rolecall.dev/ignore: job-suspended -- so",
        "",
    );
    check(
        rule,
        &annotated("'job-missing-backoff-limit,job-suspended -- so'"),
        Safe,
        "rolecall.dev/ignore: 'job-missing-backoff-limit,job-suspended -- so'",
        "rolecall.dev/ignore: 'job-missing-backoff-limit -- so'",
    );
}
