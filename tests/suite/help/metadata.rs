//! Mistakes in names, labels, annotations, finalizers and owners.

use super::{INDEXED, JOB, ROLE, check, said, with};

#[test]
fn names() {
    let long = "x".repeat(64);
    let prefix = format!("generateName: {long}");
    let long_name = format!("name: {long}, namespace");
    let malformed = "metadata.name: Invalid value: ";
    check(
        "object-invalid-name",
        JOB,
        &[
            ("name: reindex", "name: My_Job", &format!("{malformed}\"My_Job\""), "`my-job` would do", "My_Job"),
            ("name: reindex", "name: nightlyReport", malformed, "`nightly-report` would do", "nightlyReport"),
            ("name: reindex", "name: \"my job\"", malformed, "`my-job` would do", "\"my job\""),
            (
                "name: reindex",
                "name: größe",
                malformed,
                "use lower case letters, digits and `-`, with a letter or digit at both ends",
                "größe",
            ),
            (
                "name: reindex",
                "generateName: My_Job-",
                "metadata.generateName: Invalid value: \"My_Job-\"",
                "`my-job-` would do",
                "My_Job-",
            ),
            (
                "name: reindex",
                "labels: {a: b}",
                "metadata.name: Required value: name or generateName is required",
                "write `name` under `metadata`; what has only a `generateName` can be created, but not applied",
                "metadata",
            ),
            (
                "name: reindex, namespace",
                &long_name,
                &format!("spec.template.labels: Invalid value: \"{long}\": must be no more than 63 bytes"),
                "shorten the name to 63 characters: it becomes a label of the Job's pods",
                &long,
            ),
            ("namespace: search", "namespace: team.a", "metadata.namespace: Invalid", "`team-a` would do", "team.a"),
        ],
    );
    assert!(said(&with(JOB, "name: reindex", &prefix)).is_empty(), "the API server shortens it");
    check(
        "object-invalid-name",
        ROLE,
        &[(
            "name: reader",
            "name: team/reader",
            "metadata.name: Invalid value: \"team/reader\": may not contain '/'",
            "write `:` or `-` instead of `/`",
            "team/reader",
        )],
    );
}

#[test]
fn labels_and_annotations() {
    let long = "x".repeat(64);
    let copied = "; a Job without labels takes over those of its template";
    check(
        "object-invalid-label",
        INDEXED,
        &[
            (
                "app: search",
                "team: data platform",
                "metadata.labels: Invalid value: \"data platform\": a valid label must be",
                "`data-platform` would do; an annotation may hold any text",
                "data platform",
            ),
            (
                "app: search",
                &format!("team: {long}"),
                &format!("metadata.labels: Invalid value: \"{long}\": must be no more than 63 bytes"),
                "shorten it to 63 characters; an annotation may hold any text",
                &long,
            ),
            ("app: search", "my app: x", "metadata.labels: Invalid value: \"my app\"", "`my-app` would do", "my app"),
            (
                "app: search",
                "My_Team.io/app: x",
                "metadata.labels: Invalid value: \"My_Team.io/app\": prefix part",
                "`my-team.io/app` would do",
                "My_Team.io/app",
            ),
            (
                "app: search",
                "example.com/: x",
                "metadata.labels: Invalid value: \"example.com/\": name part must be non-empty",
                "write a name behind the `/`, such as `example.com/team`",
                "example.com/",
            ),
        ],
    );
    let mistake = "labels: {team: 'a, b'}";
    let help = format!("`a-b` would do; an annotation may hold any text{copied}");
    check(
        "object-invalid-label",
        JOB,
        &[("annotations: {}", mistake, "metadata.labels: Invalid value: \"a, b\"", &help, "'a, b'")],
    );
    check(
        "object-invalid-annotation",
        INDEXED,
        &[(
            "labels: {app: search}",
            "annotations: {a/b/c: x}",
            "metadata.annotations: Invalid value: \"a/b/c\": a valid label key must",
            "`a/b-c` would do",
            "a/b/c",
        )],
    );
}

#[test]
fn finalizers_and_owners() {
    check(
        "object-invalid-finalizer",
        INDEXED,
        &[
            (
                "labels: {app: search}",
                "finalizers: [cleanup]",
                "metadata.finalizers[0]: Invalid value: \"cleanup\": name is neither a standard finalizer name",
                "write it with the domain of the controller that removes it, such as `example.com/cleanup`",
                "cleanup",
            ),
            (
                "labels: {app: search}",
                "finalizers: [foregroundDeletions]",
                "metadata.finalizers[0]: Invalid value",
                "did you mean `foregroundDeletion`?",
                "foregroundDeletions",
            ),
            (
                "labels: {app: search}",
                "finalizers: [orphan, foregroundDeletion]",
                "metadata.finalizers: Invalid value: [\"orphan\",\"foregroundDeletion\"]",
                "remove one of them: dependents are either left alone (`orphan`) or deleted first \
                 (`foregroundDeletion`)",
                "[orphan, foregroundDeletion]",
            ),
        ],
    );
    check(
        "object-invalid-owner-reference",
        INDEXED,
        &[(
            "labels: {app: search}",
            "ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web}]",
            "metadata.ownerReferences.uid: Invalid value: \"\": must not be empty",
            "remove the owner reference: the UID is known only when the owner exists, and its controller sets it",
            "{apiVersion: apps/v1, kind: Deployment, name: web}",
        )],
    );
}
