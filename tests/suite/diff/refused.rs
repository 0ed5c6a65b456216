//! What the API server will not change: the role of a binding, and most of a Job.

use rolecall::catalog::Version;
use rolecall::query::diff::{Diff, WhyRefused, between};

use super::{binding, diff, role, rule, side, side_of};

fn job(spec: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: migrate, namespace: prod}}\nspec:\n  backoffLimit: 3\n{spec}  template:\n    \
         metadata: {{labels: {{app: migrate}}}}\n    spec:\n      restartPolicy: Never\n      containers:\n      - {{name: a, image: \"b:1\", resources: {{limits: {{cpu: '1'}}}}}}\n"
    )
}

/// The fields that are refused, in all Jobs.
fn fields(diff: &Diff) -> Vec<&str> {
    let fields = diff.refused.iter().flat_map(|refused| match &refused.why {
        WhyRefused::JobFields(fields) => fields.iter().map(String::as_str).collect(),
        WhyRefused::RoleRef { .. } => vec!["roleRef"],
    });
    fields.collect()
}

#[track_caller]
fn refused(old: &str, new: &str, expected: &[&str]) {
    assert_eq!(fields(&diff(old, new)), expected);
}

#[test]
fn the_role_of_a_binding() {
    let roles = role("prod", "a", &rule("get", "", "pods")) + &role("prod", "b", &rule("get", "", "pods"));
    let bound = |role: &str| roles.clone() + &binding("prod", "x", role, &["user/ann"]);
    let changed = diff(&bound("Role/a"), &bound("Role/b"));
    assert!(changed.subjects.is_empty(), "the access is the same");
    assert_eq!(changed.refused[0].object.to_string(), "RoleBinding prod/x");
    refused(&bound("Role/a"), &bound("ClusterRole/a"), &["roleRef"]);
    refused(&bound("Role/a"), &bound("Role/a").replace("user/ann", "user/bob"), &[]);
    // Under another name it is another binding.
    refused(&bound("Role/a"), &bound("Role/b").replace("name: x,", "name: y,"), &[]);
    // One definition more, of which another one stays: that of another cluster.
    refused(&bound("Role/a"), &(bound("Role/a") + &bound("Role/b")), &[]);
    // What every cluster has is there already.
    let own = binding("", "cluster-admin", "ClusterRole/view", &["user/ann"]);
    refused("", &own, &["roleRef"]);
}

#[test]
fn the_template_of_a_job() {
    let old = job("");
    refused(&old, &old.replace("b:1", "b:2"), &["spec.template.spec.containers[0].image"]);
    refused(&old, &old.replace("app: migrate", "app: other"), &["spec.template.metadata.labels.app"]);
    refused(&old, &old.replace("backoffLimit: 3", "backoffLimit: 4"), &[]);
    refused(
        &old,
        &old.replace("spec:\n  backoff", "spec:\n  suspend: true\n  ttlSecondsAfterFinished: 3\n  backoff"),
        &[],
    );
    // What is there by default may be written or not, and amounts in any way.
    let spelled = old
        .replace("restartPolicy: Never", "restartPolicy: Never\n      dnsPolicy: ClusterFirst\n      securityContext: {}\n      terminationGracePeriodSeconds: 30")
        .replace("image: \"b:1\"", "image: \"b:1\", imagePullPolicy: IfNotPresent, terminationMessagePath: /dev/termination-log")
        .replace("limits: {cpu: '1'}", "limits: {cpu: 1000m}, requests: {cpu: 1}");
    assert_ne!(spelled, old);
    refused(&old, &spelled, &[]);
    refused(
        &old,
        &old.replace("cpu: '1'", "cpu: 2"),
        &[
            "spec.template.spec.containers[0].resources.limits.cpu",
            "spec.template.spec.containers[0].resources.requests.cpu",
        ],
    );
}

#[test]
fn the_other_fields_of_a_job() {
    let with = |spec: &str| job(spec);
    refused(&with("  completions: 1\n"), &with(""), &[]);
    refused(&with("  completions: 1\n"), &with("  completions: 2\n"), &["spec.completions"]);
    refused(&with("  parallelism: 1\n  completions: 1\n"), &with("  parallelism: 2\n  completions: 1\n"), &[]);
    let indexed = |count: u32, parallelism: u32| {
        with(&format!("  completionMode: Indexed\n  completions: {count}\n  parallelism: {parallelism}\n"))
    };
    refused(&indexed(2, 2), &indexed(3, 3), &[]);
    refused(&indexed(2, 2), &indexed(3, 2), &["spec.completions"]);
    refused(&with("  completionMode: NonIndexed\n"), &with(""), &[]);
    refused(
        &with("  completions: 1\n"),
        &with("  completions: 1\n  completionMode: Indexed\n"),
        &["spec.completionMode"],
    );
    refused(&with(""), &with("  managedBy: example.com/x\n"), &["spec.managedBy"]);
    let policy = |code: u32| {
        with(&format!(
            "  podFailurePolicy: {{rules: [{{action: FailJob, onExitCodes: {{operator: In, values: [{code}]}}}}]}}\n"
        ))
    };
    refused(&policy(1), &policy(2), &["spec.podFailurePolicy"]);
    let condition = |status: &str| {
        with(&format!(
            "  podFailurePolicy: {{rules: [{{action: Ignore, onPodConditions: [{{type: DisruptionTarget{status}}}]}}]}}\n"
        ))
    };
    refused(&condition(""), &condition(", status: \"True\""), &[]);
}

#[test]
fn a_suspended_job_may_be_put_elsewhere() {
    let suspended = job("  suspend: true\n");
    let moved = suspended.replace(
        "restartPolicy: Never",
        "restartPolicy: Never\n      nodeSelector: {disk: ssd}\n      tolerations: [{key: a, operator: Exists}]",
    );
    let moved = moved.replace("app: migrate", "app: other");
    refused(&suspended, &moved, &[]);
    refused(
        &job(""),
        &moved,
        &["spec.template.metadata.labels.app", "spec.template.spec.nodeSelector", "spec.template.spec.tolerations"],
    );
    let larger = suspended.replace("cpu: '1'", "cpu: 2");
    refused(&suspended, &larger, &[]);
    let version = Version::parse("1.35").unwrap();
    let old = between(&side_of(&suspended, version), &side_of(&larger, version));
    assert_eq!(fields(&old).len(), 2);
    refused(&suspended, &suspended.replace("b:1", "b:2"), &["spec.template.spec.containers[0].image"]);
}

#[test]
fn what_is_made_anew_each_time_may_change() {
    let old = job("");
    let change = |text: &str| text.replace("b:1", "b:2");
    let generated = old.replace("name: migrate,", "generateName: migrate-,");
    refused(&generated, &change(&generated), &[]);
    let hook = old.replace("namespace: prod}", "namespace: prod, annotations: {helm.sh/hook: pre-upgrade}}");
    refused(&hook, &change(&hook), &[]);
    let cron = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c, namespace: prod}\nspec:\n  schedule: '0 0 * * *'\n  jobTemplate:\n    \
                spec:\n      template:\n        spec:\n          restartPolicy: Never\n          containers: [{name: a, image: 'b:1'}]\n";
    refused(cron, &change(cron), &[]);
    assert!(fields(&between(&side(&old), &side(&change(&old)))).len() == 1);
}
