//! Mistakes that people make in Jobs, roles and bindings: what is said about them, what to do, and where it points.

use std::iter;

use rolecall::diagnostic::Category;
use rolecall::lint;
use rolecall::manifest::Options;

use crate::scratch;

const JOB: &str = r"
apiVersion: batch/v1
kind: Job
metadata: {name: reindex, namespace: search}
spec:
  backoffLimit: 2
  template:
    metadata: {annotations: {}}
    spec:
      restartPolicy: Never
      containers: [{name: main, image: busybox}]
";

const INDEXED: &str = r"
apiVersion: batch/v1
kind: Job
metadata: {name: reindex, labels: {app: search}}
spec:
  completionMode: Indexed
  completions: 100
  backoffLimit: 2
  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: busybox}]
";

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

const ROLE: &str = r"
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: search}
rules:
  - apiGroups: ['']
    resources: [pods]
    verbs: [get]
";

const AGGREGATED: &str = r"
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: readers}
aggregationRule:
  clusterRoleSelectors:
    - matchLabels: {example.com/reader: 'true'}
rules: []
";

const BINDING: &str = r"
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers, namespace: search}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - kind: ServiceAccount
    name: ci
    namespace: build
  - {kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}
";

/// One finding, as far as it is looked at here: its message from the beginning, its help, and the text of its place.
#[derive(Debug)]
struct Said {
    rule: &'static str,
    message: String,
    help: String,
    place: String,
}

/// What is invalid in an object.
fn said(object: &str) -> Vec<Said> {
    let (_directory, inputs) = scratch::file("object.yaml", object.as_bytes());
    let report = lint::lint(&inputs, &Options::default()).unwrap();
    let findings = report.findings.into_iter().filter(|finding| finding.category == Category::Invalid);
    let said = |finding: rolecall::diagnostic::Finding| Said {
        rule: finding.rule,
        message: finding.message,
        help: finding.help.unwrap_or_default(),
        place: object[finding.span.range()].to_owned(),
    };
    findings.map(said).collect()
}

/// An object with one text in it replaced.
fn with(object: &str, from: &str, to: &str) -> String {
    assert_eq!(object.matches(from).count(), 1, "`{from}` in\n{object}");
    object.replace(from, to)
}

/// A mistake: what stands there instead of what; the beginning of the message, the help, and the place.
type Mistake<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

/// Each mistake is reported by this rule, first with these words, and by no other rule.
fn check(rule: &str, object: &str, mistakes: &[Mistake<'_>]) {
    assert!(said(object).is_empty(), "{object}");
    for &(from, to, message, help, place) in mistakes {
        let said = said(&with(object, from, to));
        let first = said.first().unwrap_or_else(|| panic!("`{to}` is no mistake"));
        assert!(first.message.starts_with(message), "`{to}`: {said:#?}");
        assert_eq!((first.help.as_str(), first.place.as_str()), (help, place), "`{to}`");
        assert!(said.iter().all(|said| said.rule == rule), "`{to}`: {said:#?}");
    }
}

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

#[test]
fn rules_of_roles() {
    check(
        "role-invalid-rule",
        ROLE,
        &[
            (
                "\n    verbs: [get]",
                "",
                "rules[0].verbs: Required value: verbs must contain at least one value",
                "add what may be done, such as `verbs: [get, list, watch]`, or remove the rule",
                "apiGroups",
            ),
            (
                "apiGroups: ['']\n    ",
                "",
                "rules[0].apiGroups: Required value: resource rules must supply at least one api group",
                "add `apiGroups`: `[\"\"]` is the group of pods, secrets and services; `[apps]` that of deployments",
                "resources",
            ),
            (
                "apiGroups: ['']\n    resources: [pods]",
                "nonResourceURLs: [/metrics]",
                "rules[0].nonResourceURLs: Invalid value: [\"/metrics\"]: namespaced rules cannot apply to",
                "move it to a ClusterRole, and bind that with a ClusterRoleBinding: URLs are in no namespace",
                "[/metrics]",
            ),
        ],
    );
    let cluster = "aggregationRule.clusterRoleSelectors";
    check(
        "role-invalid-aggregation",
        AGGREGATED,
        &[
            (
                "\n    - matchLabels: {example.com/reader: 'true'}",
                " []",
                &format!("{cluster}: Required value: at least one clusterRoleSelector required"),
                "add a selector of the ClusterRoles to take in, such as `matchLabels`, or remove `aggregationRule`",
                "[]",
            ),
            (
                "matchLabels: {example.com/reader: 'true'}",
                "matchLabels: {reader/: 'true'}",
                &format!("{cluster}[0]: Invalid value: null: invalid label selector."),
                "correct the part of it that is reported too",
                "matchLabels: {reader/: 'true'}",
            ),
        ],
    );
}

#[test]
fn role_refs() {
    let unsupported = "roleRef.kind: Unsupported value: ";
    check(
        "binding-invalid-role-ref",
        BINDING,
        &[
            (
                "kind: ClusterRole",
                "kind: clusterrole",
                &format!("{unsupported}\"clusterrole\": supported values: \"Role\", \"ClusterRole\""),
                "did you mean `ClusterRole`? upper and lower case are not the same to Kubernetes",
                "clusterrole",
            ),
            ("  kind: ClusterRole\n", "", unsupported, "add `kind`: `Role` or `ClusterRole`", "roleRef"),
            (
                "  apiGroup: rbac.authorization.k8s.io\n",
                "  apiGroup: rbac.authorization.k8s.io/v1\n",
                "roleRef.apiGroup: Unsupported value: \"rbac.authorization.k8s.io/v1\"",
                "write `rbac.authorization.k8s.io`, without a version, or leave `apiGroup` out",
                "rbac.authorization.k8s.io/v1",
            ),
            (
                "name: view",
                "name: search/view",
                "roleRef.name: Invalid value: \"search/view\": may not contain '/'",
                "write only the name: a Role is looked for in the namespace of the binding",
                "search/view",
            ),
        ],
    );
    let of_cluster = with(BINDING, "kind: RoleBinding", "kind: ClusterRoleBinding");
    check(
        "binding-invalid-role-ref",
        &of_cluster,
        &[(
            "kind: ClusterRole\n",
            "kind: Role\n",
            &format!("{unsupported}\"Role\": supported values: \"ClusterRole\""),
            "write `ClusterRole` if that is meant; a Role is bound with a RoleBinding in its namespace",
            "Role",
        )],
    );
    check(
        "subject-missing-namespace",
        &of_cluster,
        &[(
            "\n    namespace: build",
            "",
            "subjects[0].namespace: Required value",
            "add the `namespace` of the ServiceAccount: a ClusterRoleBinding has none that it could mean",
            "kind",
        )],
    );
}

#[test]
fn subjects() {
    let malformed = "subjects[0].name: Invalid value: ";
    let separate = "write `name: ci` and `namespace: build`";
    let group = "write `rbac.authorization.k8s.io`, without a version, or leave `apiGroup` out";
    check(
        "subject-invalid",
        BINDING,
        &[
            (
                "kind: User",
                "kind: Users",
                "subjects[1].kind: Unsupported value: \"Users\"",
                "did you mean `User`?",
                "Users",
            ),
            (
                "kind: ServiceAccount",
                "kind: serviceaccount",
                "subjects[0].kind: Unsupported value: \"serviceaccount\"",
                "did you mean `ServiceAccount`? upper and lower case are not the same to Kubernetes",
                "serviceaccount",
            ),
            (
                "kind: ServiceAccount",
                "apiGroup: rbac.authorization.k8s.io\n    kind: ServiceAccount",
                "subjects[0].apiGroup: Unsupported value: \"rbac.authorization.k8s.io\": supported values: \"\"",
                "remove `apiGroup`: ServiceAccounts are in the core group, which has no name",
                "rbac.authorization.k8s.io",
            ),
            (
                "jane, apiGroup: rbac.authorization.k8s.io",
                "jane, apiGroup: v1",
                "subjects[1].apiGroup: Unsupported value: \"v1\"",
                group,
                "v1",
            ),
            ("name: ci", "name: system:serviceaccount:build:ci", malformed, separate, "system:serviceaccount:build:ci"),
            ("name: ci", "name: build/ci", malformed, separate, "build/ci"),
            (
                "name: ci",
                "name: My_App",
                malformed,
                "no ServiceAccount can be called so; did you mean `my-app`?",
                "My_App",
            ),
            (
                "name: jane",
                "name: ''",
                "subjects[1].name: Required value",
                "add the `name`, or remove the subject",
                "''",
            ),
        ],
    );
}

/// The name that a help says would do.
fn advised(help: &str) -> Option<&str> {
    help.strip_prefix('`')?.split_once("` would do").map(|(name, _)| name)
}

#[test]
fn what_would_do_does() {
    let texts = [
        "My_Job",
        "nightlyReport",
        "my job",
        " x ",
        "-x-",
        "a..b",
        "a_b.c",
        ".a",
        "a.-b",
        "X",
        "a@b.c",
        "HTTPServer",
        "a b/c d",
        "/x",
        "x/y/z",
        "A_b/c",
        "v1.2:3",
        "a  b",
        "__x",
        "x.",
        "a/_b",
    ];
    let places = [
        (JOB, "{name: reindex, ", "{name: NAME, "),
        (JOB, "{name: reindex, ", "{generateName: NAME, "),
        (JOB, "namespace: search", "namespace: NAME"),
        (INDEXED, "{name: reindex, ", "{name: NAME, "),
        (INDEXED, "{name: reindex, ", "{generateName: NAME, "),
        (INDEXED, "app: search", "app: NAME"),
        (INDEXED, "app: search", "? NAME\n   : x"),
        (INDEXED, "labels: {app: search}", "annotations: {? NAME\n   : x}"),
        (JOB, "annotations: {}", "labels: {app: NAME}"),
        (AGGREGATED, "'true'", "NAME"),
    ];
    let mut count = 0;
    for (object, from, place) in places {
        let object_with = |name: &str| with(object, from, &place.replace("NAME", &format!("\"{name}\"")));
        for text in texts {
            let names = better_names(text, &object_with);
            let Some(name) = names.last() else { continue };
            let still = said(&object_with(name));
            assert!(still.is_empty(), "`{name}` instead of `{text}` in `{place}`: {still:#?}");
            count += names.len();
        }
    }
    assert!(count > 100, "{count}");
}

/// The names that come out where the advice is followed, one after the other: one that would do for the object may not
/// do for its pods, which is said too.
fn better_names(text: &str, object_with: &dyn Fn(&str) -> String) -> Vec<String> {
    let better = |name: &str| said(&object_with(name)).iter().find_map(|said| advised(&said.help)).map(str::to_owned);
    iter::successors(better(text), |name| better(name)).take(2).collect()
}
