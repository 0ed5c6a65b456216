//! How strictly objects are decoded, what is said about it, and what it means for answers.

use rolecall::catalog::Version;
use rolecall::lint::{Report, Settings, lint};
use rolecall::manifest::Options;

use crate::scratch::{self, file};

fn report(name: &str, text: &str, version: &str) -> Report {
    let options = Options { version: Version::parse(version).unwrap(), ..Options::default() };
    lint(&file(name, text.as_bytes()).1, &options, &Settings::default()).unwrap()
}

/// Each finding as `rule at underlined text: message; help`.
fn found_in(name: &str, text: &str, version: &str) -> Vec<String> {
    let report = report(name, text, version);
    let line = |finding: &rolecall::diagnostic::Finding| {
        let place = &text[finding.span.range()];
        format!("{} at {place}: {}; {}", finding.rule, finding.message, finding.help.as_deref().unwrap_or_default())
    };
    report.findings.iter().map(line).collect()
}

fn found(text: &str) -> Vec<String> {
    found_in("a.yaml", text, "1.36")
}

/// The help for the one unknown field in a text.
fn help(text: &str, version: &str) -> String {
    let report = report("a.yaml", text, version);
    let [finding] = &report.findings[..] else { panic!("{:?}", report.findings) };
    assert_eq!(finding.rule, "object-unknown-field", "{text}");
    finding.help.clone().unwrap()
}

const JOB: &str = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec:\n";

#[test]
fn all_faults_of_an_object_are_told_and_nothing_else_is() {
    let text = format!(
        "{JOB}  backoffLimit: \"3\"\n  completions: 3000000000\n  template:\n    metadata: {{labels: {{on: on}}}}\n    \
         spec:\n      restartpolicy: Always\n      restartPolicy: Always\n      containers:\n      - image: 5\n        \
         image: a\n        resources: {{limits: {{cpu: 1 core}}}}\n        env: [{{name: A, value: 1}}]\n"
    );
    assert_eq!(
        found(&text),
        [
            "object-wrong-type at \"3\": `spec.backoffLimit`: expected a whole number, found the string `3`; \
             remove the quotes",
            "object-wrong-type at 3000000000: `spec.completions`: expected a whole number between -2147483648 and \
             2147483647, found the number `3000000000`; write a smaller number",
            "object-wrong-type at on: `spec.template.metadata.labels.true`: expected a string, found the boolean \
             `true`; write `\"on\"`: without quotes it is no string to Kubernetes",
            "object-unknown-field at restartpolicy: unknown field \"spec.template.spec.restartpolicy\"; did you mean \
             `restartPolicy`?",
            "object-duplicate-key at image: duplicate field \"spec.template.spec.containers[0].image\"; keep one of \
             the two: where decoding is not strict, the last one counts and the first is lost",
            "object-invalid-quantity at 1 core: `spec.template.spec.containers[0].resources.limits.cpu`: expected a \
             quantity such as `500m`, `2` or `1Gi`, found the string `1 core`; a number, and behind it nothing or one \
             of `m`, `k`, `M`, `G`, `T`, `Ki`, `Mi`, `Gi`, `Ti`",
            "object-wrong-type at 1: `spec.template.spec.containers[0].env[0].value`: expected a string, found the \
             number `1`; write `\"1\"`: without quotes it is no string to Kubernetes",
        ]
    );
}

#[test]
fn json_is_read_as_strictly() {
    let text = r#"{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "ServiceAccount",
        "metadata": {"name": "a", "name": "b", "creationTimestamp": "now"}, "secretz": [{"name": 1}]}]}"#;
    assert_eq!(
        found_in("a.json", text, "1.36"),
        [
            "object-duplicate-key at \"name\": duplicate field \"metadata.name\"; keep one of the two: where decoding \
             is not strict, the last one counts and the first is lost",
            "object-wrong-type at \"now\": `metadata.creationTimestamp`: expected a time such as \
             `2026-01-31T08:30:00Z`, found the string `now`; write date and time in the form of RFC 3339, or leave \
             the field out: the API server sets it",
            "object-unknown-field at \"secretz\": unknown field \"secretz\"; did you mean `secrets`?",
        ]
    );
}

#[test]
fn duplicate_keys_point_at_both_places() {
    let text = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a, labels: {x: a, y.z/a: b, y.z/a: c}}\n";
    let report = report("a.yaml", text, "1.36");
    let [finding] = &report.findings[..] else { panic!("{:?}", report.findings) };
    assert_eq!(finding.field.as_deref(), Some("metadata.labels.y.z/a"));
    let [related] = &finding.related[..] else { panic!("{:?}", finding.related) };
    assert!(related.message == "first here" && related.span < finding.span);
    assert_eq!(&text[related.span.range()], "y.z/a");
}

#[test]
fn nothing_is_wrong_with_null_and_with_what_only_looks_different() {
    let text = format!(
        "{JOB}  backoffLimit: 3.0\n  completions: 1e1\n  parallelism: null\n  selector:\n  podFailurePolicy: ~\n  \
         template: &template\n    metadata: {{creationTimestamp: null, annotations: {{a: null}}}}\n    spec:\n      \
         restartPolicy: Never\n      containers:\n      - &container\n        name: a\n        image: i\n        ports: \
         [{{containerPort: 80}}]\n        livenessProbe: {{httpGet: {{port: 8.0e1}}}}\n        readinessProbe: \
         null\n        resources: {{limits: {{cpu: 0.5, memory: ' 1Gi ', a.b/x: null, a.b/y: 2e3}}}}\n      \
         - <<: *container\n        name: b\n"
    );
    assert_eq!(found(&text), [""; 0]);
}

#[test]
fn what_decodes_to_anything_is_not_looked_into() {
    let text = "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: a\n  managedFields:\n  - fieldsV1: {f:a: {b: 1, \
                b: 2}, .: {}}\n";
    assert_eq!(found(text), [""; 0]);
    let definition = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a}\nspec:\n  \
                      group: a.example\n  names: {plural: as, kind: A, nonsense: 1}\n  scopee: x\n";
    assert_eq!(found(definition), [""; 0]);
}

#[test]
fn the_objects_inside_a_stateful_set_may_say_their_type() {
    let text = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: a}\nspec:\n  serviceName: a\n  selector: \
                {}\n  template: {}\n  volumeClaimTemplates:\n  - {apiVersion: v2, kind: PersistentVolumeClaim, \
                metadata: {name: b}}\n  - {apiVersion: null, kind: Claim, spec: {resources: {requests: {storage: 1GB}}}}\n";
    let place = "spec.volumeClaimTemplates[1].spec.resources.requests.storage";
    assert_eq!(
        found(text),
        [format!(
            "object-invalid-quantity at 1GB: `{place}`: expected a quantity such as `500m`, `2` or `1Gi`, found the \
             string `1GB`; did you mean `1G`?"
        )]
    );
}

#[test]
fn an_int_or_string_is_no_other_number() {
    let probe = |port: &str| {
        format!("{JOB}  template: {{spec: {{containers: [{{livenessProbe: {{httpGet: {{port: {port}}}}}}}]}}}}\n")
    };
    for port in ["http", "80", "'80'", "2147483647"] {
        assert!(!found(&probe(port)).iter().any(|line| line.contains("wrong-type")), "{port}");
    }
    for port in ["2147483648", "1.5", "true", "[80]"] {
        let found = found(&probe(port));
        assert!(found.len() == 1 && found[0].starts_with("object-wrong-type at"), "{found:?}");
        assert!(found[0].contains("expected a string or a whole number between"), "{found:?}");
    }
}

#[test]
fn unknown_fields_are_told_where_they_belong() {
    let cron_job = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec:\n  schedule: '@daily'\n";
    let pod = "  template:\n    spec:\n";
    for (text, expected) in [
        (format!("{JOB}  backofLimit: 1\n"), "did you mean `backoffLimit`?"),
        (format!("{JOB}  BackoffLimit: 1\n"), "did you mean `backoffLimit`?"),
        (format!("{JOB}  restartPolicy: Never\n"), "`restartPolicy` belongs under `spec.template.spec`"),
        (format!("{JOB}{pod}      backoffLimit: 1\n"), "`backoffLimit` belongs under `spec`"),
        (format!("{JOB}{pod}      labels: {{}}\n"), "`labels` belongs under `spec.template.metadata`"),
        (
            format!("{JOB}{pod}      containers: [{{}}, {{limits: {{cpu: 1}}}}]\n"),
            "`limits` belongs under `spec.template.spec.containers[1].resources`",
        ),
        (
            format!("{JOB}{pod}      containers: [{{}}, {{volumes: []}}]\n"),
            "`volumes` belongs under `spec.template.spec`",
        ),
        (format!("{JOB}{pod}      image: a\n"), "`image` belongs under `spec.template.spec.containers[]`"),
        (format!("{JOB}{pod}      ready: 1\n"), "`kubectl explain job.spec.template.spec` lists the fields"),
        (format!("{JOB}  status: {{}}\n"), "`status` belongs on the first level of the object"),
        (format!("{cron_job}  template: {{}}\n"), "`template` belongs under `spec.jobTemplate.spec`"),
        (
            format!("{cron_job}  jobTemplate: {{restartPolicy: Never}}\n"),
            "`restartPolicy` belongs under `spec.jobTemplate.spec.template.spec`",
        ),
        (
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {selector: {app: a}}\n".to_owned(),
            "`app` belongs under `matchLabels`",
        ),
        (
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\nverbs: [get]\n".to_owned(),
            "`verbs` belongs under `rules[]`",
        ),
    ] {
        assert_eq!(help(&text, "1.36"), expected, "{text}");
    }
}

#[test]
fn a_field_that_is_taken_for_another_is_told_by_the_other() {
    let cron_job = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec:\n  schedule: '@daily'\n";
    let role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\n";
    let binding = role.replace("Role", "RoleBinding") + "roleRef: ";
    let pod = |text: &str| format!("{JOB}  template:\n    spec: {{{text}}}\n");
    let container = |text: &str| pod(&format!("containers: [{{name: a, {text}}}]"));
    let volume = |text: &str| pod(&format!("volumes: [{{name: a, {text}}}]"));
    for (text, expected) in [
        (volume("secret: {name: a}"), "did you mean `secretName`?"),
        (volume("persistentVolumeClaim: {name: a}"), "did you mean `claimName`?"),
        (volume("configMap: {configMapName: a}"), "did you mean `name`?"),
        (volume("pvc: {claimName: a}"), "did you mean `persistentVolumeClaim`?"),
        (container("volumeMounts: [{path: a}]"), "did you mean `mountPath` or `subPath`?"),
        (container("ports: [{port: 1}]"), "did you mean `containerPort` or `hostPort`?"),
        (container("envFrom: [{configMap: {}}]"), "did you mean `configMapRef`?"),
        (container("env: [{HOME: /}]"), "write `name: HOME`, and its value as `value`"),
        (container("livenessProbe: {initialDelay: 1}"), "did you mean `initialDelaySeconds`?"),
        (container("livenessProbe: {port: 1}"), "`port` belongs under `httpGet`, `tcpSocket` or `grpc`"),
        (container("resources: {cpu: 1}"), "`cpu` belongs under `limits` or `requests`"),
        (container("serviceAccountName: a"), "`serviceAccountName` belongs under `spec.template.spec`"),
        (container("imagePullSecrets: []"), "`imagePullSecrets` belongs under `spec.template.spec`"),
        (pod("limits: {}"), "`limits` belongs under `spec.template.spec.containers[].resources`"),
        (format!("{JOB}  resources: {{}}\n"), "`resources` belongs under `spec.template.spec.containers[]`"),
        (format!("{JOB}  namespace: a\n"), "`namespace` belongs under `metadata`"),
        (format!("{JOB}  spec: {{}}\n"), "`spec` belongs under `spec.template`"),
        (format!("{JOB}  ttlSeconds: 1\n"), "did you mean `ttlSecondsAfterFinished`?"),
        (format!("{JOB}  retries: 1\n"), "did you mean `backoffLimit`?"),
        (format!("{JOB}  schedule: a\n"), "`schedule` is a field of a CronJob, and not of a Job"),
        (
            format!("{cron_job}  jobTemplate: {{spec: {{spec: {{}}}}}}\n"),
            "`spec` belongs under `spec.jobTemplate.spec.template`",
        ),
        (format!("{role}aggregationRule: {{}}\n"), "`aggregationRule` is a field of a ClusterRole, and not of a Role"),
        (
            format!("{binding}{{namespace: a}}\n"),
            "remove it: a Role is looked for in the namespace of the binding, and a ClusterRole is in none",
        ),
    ] {
        assert_eq!(help(&text, "1.36"), expected, "{text}");
    }
}

#[test]
fn values_of_the_wrong_type_are_told_how_to_be_written() {
    let job = |text: &str| format!("{JOB}  {text}\n");
    let container = |text: &str| job(&format!("template: {{spec: {{containers: [{{name: a, {text}}}]}}}}"));
    for (text, expected) in [
        (job("activeDeadlineSeconds: 10m"), "write it in seconds: `600`"),
        (job("ttlSecondsAfterFinished: '1h'"), "write it in seconds: `3600`"),
        (job("backoffLimit: '3'"), "remove the quotes"),
        (job("backoffLimit: 1.5"), "write a number without a fraction"),
        (job("backoffLimit: '3 times'"), "write a number, with no quotes and no unit"),
        (job("backoffLimit: -3000000000"), "write a larger number"),
        (job("suspend: 'yes'"), "write `true`"),
        (job("suspend: maybe"), "write `true` or `false`, without quotes"),
        (container("command: sleep 5"), "write a list of the words: `[sleep, 5]`"),
        (container("args: \"-x\""), "write a list: `[\"-x\"]`, or each entry on a line of its own behind `- `"),
        (container("env: {A: b}"), "put `- ` before the first key, as it is a list of such mappings"),
        (container("securityContext: {capabilities: [ALL]}"), "write a mapping; its fields are `add`, `drop`"),
        (container("securityContext: [{privileged: true}]"), "write one mapping, without a `- ` or `[` before it"),
        (job("template: {spec: {imagePullSecrets: [a]}}"), "write a mapping, with `name: ` before the value"),
        (
            container("securityContext: {seccompProfile: RuntimeDefault}"),
            "write a mapping; its fields are `localhostProfile`, `type`",
        ),
        (container("image: [a]"), "write one string"),
    ] {
        let report = report("a.yaml", &text, "1.36");
        let [finding] = &report.findings[..] else { panic!("{text}{:?}", report.findings) };
        assert_eq!((finding.rule, finding.help.as_deref()), ("object-wrong-type", Some(expected)), "{text}");
    }
}

#[test]
fn a_version_has_the_fields_that_it_has() {
    let managed = format!("{JOB}  managedBy: a.example/b\n");
    assert_eq!(help(&managed, "1.29"), "came with Kubernetes 1.30");
    let workload = format!("{JOB}  template: {{spec: {{workloadRef: {{}}}}}}\n");
    assert_eq!(help(&workload, "1.36"), "only Kubernetes 1.35 had it");
    let claims = |source: &str| format!("{JOB}  template: {{spec: {{resourceClaims: [{{name: a, {source}}}]}}}}\n");
    let (old, new) = (claims("source: {resourceClaimName: b}"), claims("resourceClaimName: 1"));
    assert_eq!(help(&old, "1.31"), "Kubernetes 1.30 was the last version that had it");
    assert_eq!(help(&new, "1.30"), "came with Kubernetes 1.31");
    let unknown = |text: &str, version: &str| {
        let found = found_in("a.yaml", text, version);
        found.iter().filter(|line| line.starts_with("object-unknown-field")).count()
    };
    for (text, version) in [(&managed, "1.30"), (&workload, "1.35"), (&old, "1.30"), (&new, "1.31")] {
        assert_eq!(unknown(text, version), 0, "{version} {text}");
    }
    // What is meant is never a field that the version does not have.
    assert!(!help(&format!("{JOB}  managedby: a\n"), "1.29").contains("managedBy"));
}

#[test]
fn what_stands_for_something_else_is_not_judged() {
    for text in [
        format!("{JOB}  completions: ${{COMPLETIONS}}\n  backofLimit: 1\n"),
        format!("{JOB}  '{{{{ key }}}}': 1\n"),
        format!("{JOB}  template: {{spec: {{containers: [{{resources: {{limits: {{cpu: '${{CPU}}'}}}}}}]}}}}\n"),
    ] {
        let report = report("a.yaml", &text, "1.36");
        assert!(report.findings.is_empty() && report.read_set.objects.is_empty(), "{text}");
        assert_eq!(report.read_set.skipped.len(), 1);
    }
}

#[test]
fn removed_types_say_when_and_what_to_write() {
    let types = [
        ("batch/v1beta1", "CronJob", "Kubernetes 1.25 has removed it: write `apiVersion: batch/v1`"),
        ("extensions/v1beta1", "Deployment", "Kubernetes 1.16 has removed it: write `apiVersion: apps/v1`"),
        ("batch/v2", "CronJob", "`CronJob` is in `apiVersion: batch/v1`"),
    ];
    for (api_version, kind, help) in types {
        let text = format!("apiVersion: {api_version}\nkind: {kind}\nmetadata: {{name: a}}\n");
        let message = format!("no matches for kind `{kind}` in version `{api_version}`");
        assert_eq!(found(&text), [format!("object-unknown-kind at {api_version}: {message}; {help}")]);
    }
}

const RBAC: &str = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r, namespace: team}\nrules:\n- \
                    apiGroups: ['']\n  resources: [pods]\n  verbs: [get]\n---\napiVersion: \
                    rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b, namespace: team}\nroleRef: {apiGroup: \
                    rbac.authorization.k8s.io, kind: Role, name: r, namespace: team}\nsubjects: [{kind: User, name: u, \
                    apiGroup: rbac.authorization.k8s.io}]\n";

#[test]
fn an_unknown_field_does_not_take_a_grant_away() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("rbac.yaml"), RBAC).unwrap();
    let run = scratch::run(directory.path(), &["can-i", "get", "pods", "--as", "u", "-n", "team", "-q"]);
    assert_eq!((run.code, run.error.as_str()), (0, ""));
    let run = scratch::run(directory.path(), &["lint", "-o", "concise"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("error[object-unknown-field]: unknown field \"roleRef.namespace\""), "{}", run.out);
}

#[test]
fn answers_need_a_version_whose_facts_are_known_and_linting_does_not() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("rbac.yaml"), RBAC).unwrap();
    let questions: [&[&str]; 5] = [
        &["can-i", "get", "pods", "--as", "u", "-n", "team"],
        &["who-can", "get", "pods"],
        &["permissions", "user/u"],
        &["graph"],
        &["shell"],
    ];
    for question in questions {
        let run = scratch::run(directory.path(), &[question, &["--kubernetes-version", "1.30"]].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{question:?}");
        assert!(
            run.error.contains("the resources and default roles of Kubernetes 1.30 are not known"),
            "{}",
            run.error
        );
    }
    let run = scratch::run(directory.path(), &["lint", "-o", "json", "--kubernetes-version", "1.30", "--exit-zero"]);
    assert_eq!((run.code, run.error.as_str()), (0, ""));
    assert!(run.out.contains("\"kubernetes\": \"1.30\""), "{}", run.out);
}
