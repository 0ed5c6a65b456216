//! Mistakes in what the failure of a pod means for its Job.

use super::check;

const FAILURE: &str = r"
apiVersion: batch/v1
kind: Job
metadata: {name: reindex}
spec:
  backoffLimit: 2
  podFailurePolicy:
    rules:
      - action: FailJob
        onExitCodes:
          operator: In
          values: [1, 42]
      - action: Ignore
        onPodConditions:
          - {type: DisruptionTarget, status: 'True'}
  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: busybox}]
";

#[test]
fn pod_failure_policies() {
    let rules = "spec.podFailurePolicy.rules";
    check(
        "job-invalid-pod-failure-policy",
        FAILURE,
        &[
            (
                "action: FailJob",
                "action: FailPod",
                &format!("{rules}[0].action: Unsupported value: \"FailPod\""),
                "did you mean `FailJob`?",
                "FailPod",
            ),
            (
                "action: FailJob",
                "action: FailIndex",
                &format!(
                    "{rules}[0].action: Invalid value: \"FailIndex\": requires the backoffLimitPerIndex to be set"
                ),
                "set `backoffLimitPerIndex`, or write `FailJob`",
                "FailIndex",
            ),
            (
                "values: [1, 42]",
                "values: [42, 7]",
                &format!("{rules}[0].onExitCodes.values: Invalid value: [42,7]: must be ordered"),
                "write `[7, 42]`",
                "[42, 7]",
            ),
            (
                "values: [1, 42]",
                "values: [42, 42 ]",
                &format!("{rules}[0].onExitCodes.values[1]: Duplicate value: 42"),
                "remove the second `42`",
                "42",
            ),
            (
                "values: [1, 42]",
                "values: [0, 42]",
                &format!("{rules}[0].onExitCodes.values[0]: Invalid value: 0: must not be 0 for the In operator"),
                "remove `0`: a container that exits with 0 has not failed",
                "0",
            ),
            (
                "operator: In",
                "containerName: app\n          operator: In",
                &format!("{rules}[0].onExitCodes.containerName: Invalid value: \"app\": must be one of the container"),
                "write the name of a container of the template, or leave it out to mean any of them",
                "app",
            ),
        ],
    );
}

#[test]
fn conditions_and_replacement() {
    let rules = "spec.podFailurePolicy.rules";
    check(
        "job-invalid-pod-failure-policy",
        FAILURE,
        &[
            (
                "\n        onPodConditions:\n          - {type: DisruptionTarget, status: 'True'}",
                "",
                &format!("{rules}[1]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required"),
                "say which failures are meant: with `onExitCodes`, or with `onPodConditions`",
                "action: Ignore",
            ),
            (
                "status: 'True'",
                "status: 'true'",
                &format!("{rules}[1].onPodConditions[0].status: Unsupported value: \"true\""),
                "did you mean `True`? upper and lower case are not the same to Kubernetes",
                "'true'",
            ),
        ],
    );
    check(
        "job-invalid-pod-replacement-policy",
        FAILURE,
        &[(
            "backoffLimit: 2",
            "podReplacementPolicy: TerminatingOrFailed",
            "spec.podReplacementPolicy: Unsupported value: \"TerminatingOrFailed\": supported values: \"Failed\"",
            "write `Failed`, or leave it out: with a `podFailurePolicy`, only a pod that has failed is replaced",
            "TerminatingOrFailed",
        )],
    );
}

#[test]
fn restart_policy_of_judged_pods() {
    check(
        "job-invalid-restart-policy",
        FAILURE,
        &[(
            "restartPolicy: Never",
            "restartPolicy: OnFailure",
            "spec.template.spec.restartPolicy: Invalid value: \"OnFailure\": only \"Never\" is supported when",
            "set `restartPolicy: Never`: a container that is restarted in place is no failed pod, so that the \
             `podFailurePolicy` would not see it",
            "OnFailure",
        )],
    );
}
