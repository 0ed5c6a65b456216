//! Mistakes in the specs of Jobs.

use super::{INDEXED, JOB, check};

#[test]
fn restart_policies() {
    let always = "set `restartPolicy: Never` to have each try in a new pod, or `OnFailure` to restart containers in \
                  place (not with a `podFailurePolicy`)";
    let required = "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"";
    check(
        "job-restart-policy-always",
        JOB,
        &[
            ("restartPolicy: Never", "restartPolicy: Always", required, always, "Always"),
            ("restartPolicy: Never\n      ", "", required, always, "spec"),
        ],
    );
    let unsupported = "spec.template.spec.restartPolicy: Unsupported value: \"";
    check(
        "job-invalid-restart-policy",
        JOB,
        &[
            (
                "restartPolicy: Never",
                "restartPolicy: never",
                &format!("{unsupported}never\""),
                "did you mean `Never`? upper and lower case are not the same to Kubernetes",
                "never",
            ),
            (
                "restartPolicy: Never",
                "restartPolicy: on-failure",
                unsupported,
                "did you mean `OnFailure`?",
                "on-failure",
            ),
            (
                "restartPolicy: Never",
                "restartPolicy: unless-stopped",
                unsupported,
                "write `Never` to have each try in a new pod, or `OnFailure` to restart containers in place",
                "unless-stopped",
            ),
        ],
    );
}

#[test]
fn counts() {
    check(
        "job-invalid-count",
        JOB,
        &[
            (
                "backoffLimit: 2",
                "backoffLimit: -1",
                "spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0",
                "write how often failures are retried: `0` for never; no number means for ever",
                "-1",
            ),
            (
                "backoffLimit: 2",
                "ttlSecondsAfterFinished: -1",
                "spec.ttlSecondsAfterFinished: Invalid value: -1",
                "write `0` to delete the Job as soon as it is done, or leave it out to keep the Job",
                "-1",
            ),
        ],
    );
}

#[test]
fn completion_modes() {
    check(
        "job-invalid-indexed",
        JOB,
        &[
            (
                "backoffLimit: 2",
                "backoffLimitPerIndex: 1",
                "spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode",
                "add `completionMode: Indexed` and `completions`, or remove `backoffLimitPerIndex`",
                "backoffLimitPerIndex",
            ),
            (
                "backoffLimit: 2",
                "completionMode: indexed",
                "spec.completionMode: Unsupported value: \"indexed\"",
                "did you mean `Indexed`? upper and lower case are not the same to Kubernetes",
                "indexed",
            ),
            (
                "backoffLimit: 2",
                "completionMode: Indexed\n  parallelism: 2",
                "spec.completions: Required value: when completion mode is Indexed",
                "add `completions`: how many indexes there are",
                "spec",
            ),
        ],
    );
    check(
        "job-invalid-indexed",
        INDEXED,
        &[
            (
                "backoffLimit: 2",
                "backoffLimitPerIndex: 2\n  maxFailedIndexes: 101",
                "spec.maxFailedIndexes: Invalid value: 101: must be less than or equal to completions",
                "lower it to `completions`, or leave it out to try all indexes",
                "101",
            ),
            (
                "backoffLimit: 2",
                "parallelism: 100001",
                "spec.parallelism: Invalid value: 100001: must be less than or equal to 100000 when",
                "lower it to 100000",
                "100001",
            ),
        ],
    );
}

#[test]
fn names_of_indexed_jobs() {
    let long = "x".repeat(61);
    let prefix = "x".repeat(56);
    check(
        "job-name-breaks-pods",
        INDEXED,
        &[
            (
                "name: reindex",
                "name: search.reindex",
                "metadata.name: Invalid value: \"search.reindex\": will not able to create pod with invalid DNS label",
                "`search-reindex` would do: the host names of the pods begin with it, and have no dots",
                "search.reindex",
            ),
            (
                "name: reindex",
                &format!("name: {long}"),
                "metadata.name: Invalid value: ",
                "shorten the name to 60 characters: the host name of the last pod ends in `-99`",
                &long,
            ),
            (
                "name: reindex",
                &format!("generateName: {prefix}"),
                "metadata.name: Invalid value: ",
                "shorten `generateName` to 55 characters: the host name of the last pod ends in `-99`",
                &prefix,
            ),
        ],
    );
}

#[test]
fn success_policies() {
    let first = "spec.successPolicy.rules[0]";
    let parsing = format!("{first}.succeededIndexes: Invalid value: \"3, 1-2\": error parsing succeededIndexes: ");
    let indexes = "successPolicy: {rules: [{succeededIndexes: ";
    check(
        "job-invalid-success-policy",
        INDEXED,
        &[
            ("backoffLimit: 2", &format!("{indexes}\"3, 1-2\"}}]}}"), &parsing, "write `1-2,3`", " 1-2"),
            (
                "backoffLimit: 2",
                &format!("{indexes}98-100}}]}}"),
                &format!(
                    "{first}.succeededIndexes: Invalid value: \"98-100\": error parsing succeededIndexes: too large"
                ),
                "indexes count from 0, so that the last one is one less than `completions`",
                "98-100",
            ),
            (
                "backoffLimit: 2",
                &format!("{indexes}0-2, succeededCount: 4}}]}}"),
                &format!("{first}.succeededCount: Invalid value: 4: must be less than or equal to 3"),
                "lower it to 3, or leave it out to ask for all of these indexes",
                "4",
            ),
            (
                "backoffLimit: 2",
                "successPolicy: {rules: []}",
                "spec.successPolicy.rules: Required value: at least one rules must be specified",
                "add a rule, such as `succeededCount: 1`, or remove `successPolicy`: then all indexes have to succeed",
                "[]",
            ),
        ],
    );
    check(
        "job-invalid-success-policy",
        JOB,
        &[(
            "backoffLimit: 2",
            "successPolicy: {rules: [{succeededCount: 1}]}",
            "spec.successPolicy: Invalid value: {\"Rules\":[{\"SucceededIndexes\":null,\"SucceededCount\":1}]}",
            "add `completionMode: Indexed` and `completions`, or remove `successPolicy`",
            "successPolicy",
        )],
    );
}

#[test]
fn selectors_and_managers() {
    let written_itself =
        "remove it: the API server writes this label itself; it stands in manifests that were read from a cluster";
    check(
        "job-invalid-selector",
        JOB,
        &[
            (
                "backoffLimit: 2",
                "selector: {matchLabels: {app: search}}",
                "spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"search\"",
                "remove `selector`: the API server makes one, and the labels `controller-uid` and `job-name` for it",
                "{matchLabels: {app: search}}",
            ),
            (
                "annotations: {}",
                "labels: {controller-uid: 5f1c}",
                "spec.template.metadata.labels[controller-uid]: Invalid value: {",
                written_itself,
                "5f1c",
            ),
            (
                "annotations: {}",
                "labels: {job-name: reindex-2}",
                "spec.template.metadata.labels[job-name]: Invalid value: {",
                written_itself,
                "reindex-2",
            ),
            (
                "backoffLimit: 2",
                "manualSelector: true",
                "spec.selector: Required value",
                "remove `manualSelector`, or add a `selector` that finds the labels of the template and no other pods",
                "spec",
            ),
            (
                "backoffLimit: 2",
                "manualSelector: true\n  selector: {matchExpressions: [{key: a, operator: '=', values: [b]}]}",
                "spec.selector.matchExpressions[0].operator: Invalid value: \"=\": not a valid selector operator",
                "write `In`, and the value in the list `values`",
                "'='",
            ),
        ],
    );
    check(
        "job-invalid-managed-by",
        JOB,
        &[(
            "backoffLimit: 2",
            "managedBy: kueue",
            "spec.managedBy: Invalid value: \"kueue\": must be a domain-prefixed path (such as \"acme.io/foo\")",
            "write the name by which the other controller calls itself, such as `kueue.x-k8s.io/multikueue`; or \
             remove `managedBy` to leave the Job to the controller of Kubernetes",
            "kueue",
        )],
    );
}
