//! What the fixes of rules write, and which of them are safe.

use std::collections::BTreeSet;

use rolecall::diagnostic::Safety::{self, Safe, Unsafe};
use rolecall::lint::{self, Profile, RULES, Selection, Settings};
use rolecall::manifest::Options;

use crate::scratch;

/// The line that the first fix of a rule changes, and what it is then; `None` where there is no fix. Lines that come or
/// go are empty before or after.
fn fixed(rule: &str, text: &str) -> Option<(Safety, String, String)> {
    let (_directory, inputs) = scratch::file("example.yaml", text.as_bytes());
    let settings = Settings { selection: Selection::of(Profile::Audit), ..Settings::default() };
    let report = lint::lint(&inputs, &Options::default(), &settings).unwrap();
    let finding = report.findings.iter().find(|finding| finding.rule == rule);
    let finding = finding.unwrap_or_else(|| panic!("nothing by {rule} in\n{text}"));
    let fix = finding.fixes.first()?;
    let mut new = text.to_owned();
    for edit in fix.edits.iter().rev() {
        new.replace_range(edit.span.range(), &edit.text);
    }
    let (before, after): (Vec<_>, Vec<_>) = (text.lines().collect(), new.lines().collect());
    let same = before.iter().zip(&after).take_while(|(before, after)| before == after).count();
    let (before, after) = (&before[same..], &after[same..]);
    let ends = before.iter().rev().zip(after.iter().rev()).take_while(|(before, after)| before == after).count();
    let joined = |lines: &[&str]| lines[..lines.len() - ends].join("\n").trim().to_owned();
    Some((fix.safety, joined(before), joined(after)))
}

fn check(rule: &str, text: &str, safety: Safety, before: &str, after: &str) {
    assert_eq!(fixed(rule, text), Some((safety, before.to_owned(), after.to_owned())), "{rule} in\n{text}");
}

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
        ("cronjob-jobs-may-overlap", "batch/v1", "", Unsafe, "", "concurrencyPolicy: Forbid"),
    ] {
        check(rule, &cron(version, fields), safety, before, after);
    }
    assert_eq!(fixed("cronjob-invalid-time-zone", &cron("batch/v1", "  timeZone: PST\n")), None);
}

const CORE: &str = "[\"\"]";

/// A Role with one rule.
fn role(groups: &str, resources: &str, verbs: &str) -> String {
    format!(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {{name: a}}\nrules:\n- apiGroups: {groups}\n  \
         resources: {resources}\n  verbs: {verbs}\n"
    )
}

#[test]
fn of_roles() {
    for (rule, text, safety, before, after) in [
        ("role-unknown-verb", role(CORE, "[pods]", "[Get]"), Safe, "verbs: [Get]", "verbs: [get]"),
        ("role-unknown-verb", role(CORE, "[pods]", "[' get']"), Safe, "verbs: [' get']", "verbs: ['get']"),
        ("role-unknown-verb", role(CORE, "[pods]", "[wacth]"), Unsafe, "verbs: [wacth]", "verbs: [watch]"),
        ("role-unknown-resource", role(CORE, "[Pod]", "[get]"), Unsafe, "resources: [Pod]", "resources: [pods]"),
        (
            "role-unknown-subresource",
            role(CORE, "[pods/logs]", "[get]"),
            Unsafe,
            "resources: [pods/logs]",
            "resources: [pods/log]",
        ),
        (
            "role-wrong-api-group",
            role(CORE, "[deployments]", "[get]"),
            Unsafe,
            "- apiGroups: [\"\"]",
            "- apiGroups: [\"apps\"]",
        ),
        (
            "role-malformed-api-group",
            role("[core]", "[pods]", "[get]"),
            Unsafe,
            "- apiGroups: [core]",
            "- apiGroups: [\"\"]",
        ),
        (
            "role-malformed-api-group",
            role("[apps/v1]", "[deployments]", "[get]"),
            Unsafe,
            "- apiGroups: [apps/v1]",
            "- apiGroups: [apps]",
        ),
        (
            "role-misspelt-api-group",
            role("[app]", "[deployments]", "[get]"),
            Unsafe,
            "- apiGroups: [app]",
            "- apiGroups: [apps]",
        ),
    ] {
        check(rule, &text, safety, before, after);
    }
}

#[test]
fn of_what_a_role_says_twice() {
    for (rule, text, safety, before, after) in [
        (
            "role-duplicate-entry",
            role(CORE, "[pods]", "[get, list, get]"),
            Safe,
            "verbs: [get, list, get]",
            "verbs: [get, list]",
        ),
        ("role-duplicate-entry", role(CORE, "[pods]", "['*', get]"), Safe, "verbs: ['*', get]", "verbs: ['*']"),
        (
            "role-duplicate-entry",
            role(CORE, "[pods]", "\n  - get\n  - list\n  - get # again"),
            Safe,
            "- get # again",
            "",
        ),
        (
            "role-redundant-rule",
            role(CORE, "[pods]", "[get]\n- apiGroups: [\"\"]\n  resources: [pods]\n  verbs: [get]"),
            Safe,
            "- apiGroups: [\"\"]\n  resources: [pods]\n  verbs: [get]",
            "",
        ),
    ] {
        check(rule, &text, safety, before, after);
    }
    assert_eq!(fixed("role-unknown-verb", &role(CORE, "[pods]", "[read]")), None);
    assert_eq!(fixed("role-wrong-api-group", &role(CORE, "[pods, deployments]", "[get]")), None);
}

#[test]
fn of_bindings() {
    let binding = |role: &str, subjects: &str| {
        format!(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {{name: reader, namespace: one}}\nrules:\n- \
             apiGroups: [\"\"]\n  resources: [pods]\n  verbs: [get]\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: \
             {{name: robot, namespace: two}}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: \
             {{name: a, namespace: one}}\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: \
             {role}\nsubjects:\n{subjects}"
        )
    };
    let jane = "- kind: User\n  name: jane\n";
    let robot = "- kind: ServiceAccount\n  name: robot\n  namespace: one\n";
    check("binding-duplicate-subject", &binding("reader", &[jane, jane].concat()), Safe, jane.trim(), "");
    check("binding-dangling-role", &binding("raeder", jane), Unsafe, "name: raeder", "name: reader");
    check("subject-wrong-namespace", &binding("reader", robot), Unsafe, "namespace: one", "namespace: two");
}

/// Whoever gives a rule fixes, or takes them away, says so here.
#[test]
fn rules_with_fixes_have_them_for_their_own_examples() {
    let with_fixes = |rule: &&&'static lint::Rule| {
        let bad = rule.page.split("\n## Bad\n").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap_or_default();
        let mut blocks = bad.split("```yaml\n").skip(1).filter_map(|block| block.split("```").next());
        blocks.any(|text| {
            let (_directory, inputs) = scratch::file("example.yaml", text.as_bytes());
            let settings = Settings { selection: Selection::of(Profile::Audit), ..Settings::default() };
            let report = lint::lint(&inputs, &Options::default(), &settings).unwrap();
            report.findings.iter().any(|finding| finding.rule == rule.id && !finding.fixes.is_empty())
        })
    };
    let found: BTreeSet<_> = RULES.iter().filter(with_fixes).map(|rule| rule.id).collect();
    let expected = BTreeSet::from([
        "binding-dangling-role",
        "binding-duplicate-subject",
        "binding-invalid-role-ref",
        "cronjob-invalid-concurrency-policy",
        "cronjob-invalid-time-zone",
        "cronjob-jobs-may-overlap",
        "cronjob-ttl-fights-history",
        "job-invalid-indexed",
        "job-invalid-pod-failure-policy",
        "job-invalid-pod-replacement-policy",
        "job-invalid-restart-policy",
        "job-logs-lost-on-failure",
        "job-missing-backoff-limit",
        "job-parallelism-exceeds-completions",
        "job-per-index-restarts-in-place",
        "job-restart-policy-always",
        "object-duplicate-key",
        "object-unknown-field",
        "object-unknown-kind",
        "object-wrong-type",
        "pod-invalid-container",
        "pod-invalid-port",
        "pod-invalid-probe",
        "pod-invalid-scheduling",
        "pod-invalid-security-context",
        "pod-invalid-spec",
        "pod-invalid-volume",
        "role-duplicate-entry",
        "role-malformed-api-group",
        "role-misspelt-api-group",
        "role-redundant-rule",
        "role-unknown-resource",
        "role-unknown-subresource",
        "role-unknown-verb",
        "subject-invalid",
        "subject-misspelt-namespace",
        "subject-misspelt-service-account",
        "subject-wrong-namespace",
        "workload-automounts-token",
        "workload-misspelt-service-account",
    ]);
    assert_eq!(found, expected);
}
