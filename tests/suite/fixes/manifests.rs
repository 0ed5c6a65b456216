//! Manifests with faults that can be put right, in many ways of writing them.

use proptest::prelude::*;

/// Words with letters of the wrong case, more or less.
fn cased(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    let word = prop::sample::select(words);
    (word, 0..4_u8).prop_map(|(word, case)| match case {
        0 => word.to_lowercase(),
        1 => word.to_uppercase(),
        _ => word.to_owned(),
    })
}

fn quoted(word: &str, quotes: u8) -> String {
    match quotes {
        0 => format!("'{word}'"),
        1 => format!("\"{word}\""),
        _ => word.to_owned(),
    }
}

/// A list in brackets, or in lines of its own, some with comments.
fn list(key: &'static str, words: &'static [&'static str], indentation: usize) -> impl Strategy<Value = String> {
    let entry = (cased(words), 0..4_u8, 0..3_u8);
    (prop::collection::vec(entry, 1..6), any::<bool>()).prop_map(move |(entries, is_flow)| {
        let words = entries.iter().map(|(word, quotes, _)| quoted(word, *quotes));
        if is_flow {
            return format!("{key}: [{}]", words.collect::<Vec<_>>().join(", "));
        }
        let indentation = " ".repeat(indentation);
        let lines = words.zip(&entries).map(|(word, (.., comment))| match comment {
            0 => format!("\n{indentation}- {word} # on {word}"),
            1 => format!("\n{indentation}# above\n{indentation}- {word}"),
            _ => format!("\n{indentation}- {word}"),
        });
        format!("{key}:{}", lines.collect::<String>())
    })
}

pub(super) fn role() -> impl Strategy<Value = String> {
    let rule = (
        list("apiGroups", &["", "apps", "apps/v1", "core", "batch"], 2),
        list("resources", &["pods", "Pod", "deployments", "pods/logs", "jobs", "*"], 4),
        list("verbs", &["get", "list", "wacth", "delete"], 2),
    );
    prop::collection::vec(rule, 1..4).prop_map(|rules| {
        let rules = rules.iter().map(|(groups, resources, verbs)| format!("- {groups}\n  {resources}\n  {verbs}\n"));
        let rules: String = rules.collect();
        format!("apiVersion: rbac.authorization.k8s.io/v1\nkind: Role # a role\nmetadata:\n  name: a\nrules:\n{rules}")
    })
}

pub(super) fn job() -> impl Strategy<Value = String> {
    let policy = (cased(&["Allow", "Forbid", "Replace", "Forbidd"]), 0..3_u8);
    let restart = (cased(&["Never", "OnFailure", "Always"]), 0..3_u8, any::<bool>());
    let counts = (any::<bool>(), 1..9_u8, 1..9_u8, any::<bool>());
    let pull = cased(&["Always", "IfNotPresent", "Never"]);
    (policy, restart, counts, pull).prop_map(|(policy, restart, counts, pull)| {
        let policy = quoted(&policy.0, policy.1);
        let restart = if restart.2 { format!("restartPolicy: {}", quoted(&restart.0, restart.1)) } else { "# none".into() };
        let count = |number: u8| if counts.3 { number.to_string() } else { format!("\"{number}\"") };
        let spec = if counts.0 {
            format!("parallelism: {} # at a time\n      completions: {}\n      ", count(counts.1), count(counts.2))
        } else {
            "# the template\n      ".to_owned()
        };
        format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: a\nspec:\n  schedule: '*/5 * * * *'\n  \
             concurrencyPolicy: {policy} # policy\n  jobTemplate:\n    spec:\n      {spec}template:\n        spec:\n          \
             containers:\n          - name: a\n            image: a\n            imagePullPolicy: {pull}\n          \
             {restart}\n"
        )
    })
}

/// A CronJob with a schedule that has to be put right, and comments that are good for nothing.
pub(super) fn cron_job() -> impl Strategy<Value = String> {
    let zones = ["", "TZ=UTC ", "CRON_TZ=Europe/Paris ", "TZ=europe/paris ", "TZ=PST "];
    let days = ["*", "7", "5-7", "0,7", "6-7", "1-7", "fri-mon", "1-7/2"];
    let schedule = (prop::sample::select(zones.to_vec()), prop::sample::select(days.to_vec()), 0..3_u8);
    let comments = ["", "rolecall: ignore[job-suspended]", "rolecall: ignore[job-suspended, cronjob-suspended] so"];
    let comments = (prop::sample::select(comments.to_vec()), any::<bool>(), prop::sample::select(&["", " # more"]));
    let fields = (prop::sample::select(&["Forbid", "Replace", "Allow"]), any::<bool>(), any::<bool>());
    (schedule, comments, fields).prop_map(|((zone, day, quotes), (comment, is_above, more), fields)| {
        let schedule = quoted(&format!("{zone}0 3 * * {day}"), quotes);
        let comment = if comment.is_empty() { String::new() } else { format!("# {comment}{more}") };
        let (above, behind) = if is_above { (format!("  {comment}\n"), String::new()) } else { (String::new(), comment) };
        let (policy, is_suspended, has_deadline) = fields;
        let deadline = if has_deadline { "activeDeadlineSeconds: 60 # each" } else { "hostNetwork: false" };
        format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec:\n{above}  schedule: {schedule} \
             {behind}\n  suspend: {is_suspended}\n  concurrencyPolicy: {policy}\n  jobTemplate:\n    spec:\n      \
             backoffLimit: 2\n      template:\n        spec:\n          {deadline}\n          restartPolicy: Never\n          \
             containers: [{{name: a, image: a}}]\n"
        )
    })
}

/// A Job as it was read from a cluster, more or less.
pub(super) fn exported_job() -> impl Strategy<Value = String> {
    let keys =
        ["controller-uid", "job-name", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name", "app"];
    let labels = prop::sample::subsequence(keys.to_vec(), 1..=5);
    let others = (0..3_u8, any::<bool>(), any::<bool>());
    (labels, others).prop_map(|(keys, (selector, is_flow, has_time))| {
        let labels: Vec<_> = keys.iter().map(|key| format!("{key}: old")).collect();
        let labels = if is_flow {
            format!("{{{}}}", labels.join(", "))
        } else {
            labels.iter().map(|label| format!("\n          {label}")).collect::<Vec<_>>().concat()
        };
        let selector = match selector {
            0 => "parallelism: 1 # at a time",
            1 => "selector:\n    matchLabels:\n      controller-uid: old",
            _ => "selector: {matchLabels: {app: old}}",
        };
        let time = if has_time { "\n      creationTimestamp: null" } else { "" };
        format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a}}\nspec:\n  backoffLimit: 2\n  {selector}\n  \
             template:\n    metadata:{time}\n      labels: {labels}\n    spec:\n      restartPolicy: Never\n      \
             containers: [{{name: a, image: a}}]\n"
        )
    })
}
