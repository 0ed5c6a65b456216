//! From texts to objects: lists, names, types, and where things stand.

use std::fs;
use std::sync::Mutex;

use rolecall::lint::{Report, Settings, lint};
use rolecall::manifest::{KnownObject, Observation, Options, Typed, load};

use crate::scratch::{file, files_under};

fn report(name: &str, bytes: &[u8]) -> Report {
    lint(&file(name, bytes).1, &Options::default(), &Settings::default()).unwrap()
}

/// Each finding as `rule: underlined text (field)`.
fn findings(report: &Report) -> Vec<String> {
    let text = |span: rolecall::source::Span| {
        let text = report.read_set.sources.text(span.file);
        String::from_utf8_lossy(&text.bytes()[span.range()]).into_owned()
    };
    let line = |finding: &rolecall::diagnostic::Finding| {
        let field = finding.field.as_deref().unwrap_or("-");
        format!("{}: {} ({field})", finding.rule, text(finding.span))
    };
    report.findings.iter().map(line).collect()
}

/// The findings in a manifest.
fn found(text: &str) -> Vec<String> {
    findings(&report("a.yaml", text.as_bytes()))
}

/// The names of all objects in a manifest: `apiVersion kind namespace/name`.
fn names(text: &str) -> Vec<String> {
    let name = |object: &KnownObject| {
        let namespace = object.name.namespace.as_deref().unwrap_or("-");
        format!("{} {} {namespace}/{}", object.name.api_version, object.name.kind, object.name.name)
    };
    report("a.yaml", text.as_bytes()).read_set.objects.iter().map(name).collect()
}

/// The findings of one rule.
fn of_rule(rule: &str, text: &str) -> Vec<String> {
    found(text).into_iter().filter(|finding| finding.starts_with(&format!("{rule}:"))).collect()
}

const CONTAINERS: &str = "containers: [{name: c, image: i}]";

const JOB: &str = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: j\nspec:\n";

#[test]
fn a_missing_or_empty_restart_policy_is_always() {
    let field = "spec.template.spec.restartPolicy";
    for (rest, place) in [
        ("  template:\n    spec:\n      restartPolicy: Always\n", "Always"),
        ("  template:\n    spec:\n      restartPolicy: 'Always'\n", "'Always'"),
        ("  template:\n    spec:\n      restartPolicy: \"\"\n", "\"\""),
        ("  template:\n    spec:\n      restartPolicy:\n", "restartPolicy"),
        ("  template:\n    spec:\n      restartPolicy: null\n", "null"),
        ("  template:\n    spec:\n      containers: []\n", "spec"),
        ("  template: {}\n", "template"),
        ("  template:\n    metadata: {}\n", "template"),
        ("", "spec"),
    ] {
        let text = format!("{JOB}  backoffLimit: 1\n{rest}");
        assert_eq!(
            of_rule("job-restart-policy-always", &text),
            [format!("job-restart-policy-always: {place} ({field})")],
            "{text}"
        );
    }
    for policy in ["Never", "OnFailure", "\"Never\"", "always"] {
        let text = format!("{JOB}  backoffLimit: 1\n  template:\n    spec:\n      restartPolicy: {policy}\n");
        assert_eq!(of_rule("job-restart-policy-always", &text), [""; 0], "{text}");
    }
}

#[test]
fn a_job_without_a_spec_lacks_it_at_its_kind() {
    let text = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: j\n";
    assert_eq!(
        found(text),
        [
            "job-missing-backoff-limit: kind (spec.backoffLimit)",
            "job-restart-policy-always: kind (spec.template.spec.restartPolicy)",
            "pod-invalid-container: kind (spec.template.spec.containers)",
        ]
    );
}

#[test]
fn the_jobs_of_a_cron_job_are_judged_as_jobs() {
    let text = "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: c\nspec:\n  schedule: '0 3 * * *'\n  jobTemplate:\n    \
                spec:\n      parallelism: 3\n      completions: 2\n      template:\n        spec:\n          restartPolicy: Always\n          containers: [{name: c, image: i}]\n";
    assert_eq!(
        found(text),
        [
            "job-missing-backoff-limit: spec (spec.jobTemplate.spec.backoffLimit)",
            "job-parallelism-exceeds-completions: 3 (spec.jobTemplate.spec.parallelism)",
            "job-restart-policy-always: Always (spec.jobTemplate.spec.template.spec.restartPolicy)",
        ]
    );
}

#[test]
fn parallelism_is_compared_with_completions_that_are_set() {
    let job = |numbers: &str| {
        format!(
            "{JOB}  backoffLimit: 1\n{numbers}  template:\n    spec:\n      restartPolicy: Never\n      {CONTAINERS}\n"
        )
    };
    let finding = |place: &str| vec![format!("job-parallelism-exceeds-completions: {place} (spec.parallelism)")];
    assert_eq!(found(&job("  parallelism: 0x10\n  completions: 15\n")), finding("0x10"));
    assert_eq!(found(&job("  parallelism: 2\n  completions: 1\n")), finding("2"));
    let none = ["job-completions-zero: 0 (spec.completions)"];
    assert_eq!(found(&job("  parallelism: 1\n  completions: 0\n")), none);
    let invalid = ["job-invalid-count: -1 (spec.completions)"];
    assert_eq!(found(&job("  parallelism: 5\n  completions: -1\n")), invalid);
    for numbers in [
        "  parallelism: 5\n",
        "  completions: 5\n",
        "  parallelism: 5\n  completions: 5\n",
        "  parallelism: 5\n  completions: null\n",
    ] {
        assert_eq!(found(&job(numbers)), [""; 0], "{numbers}");
    }
}

#[test]
fn a_limit_for_each_index_is_a_limit() {
    let indexed = "  completionMode: Indexed\n  completions: 3\n  backoffLimitPerIndex: 1\n";
    let text = format!("{JOB}{indexed}  template:\n    spec:\n      restartPolicy: Never\n      {CONTAINERS}\n");
    assert_eq!(found(&text), [""; 0]);
}

#[test]
fn values_are_found_through_aliases_and_merge_keys() {
    let aliased = format!(
        "apiVersion: v1\nkind: List\nmetadata:\n  x-pod: &pod\n    restartPolicy: Always\n    {CONTAINERS}\nitems:\n- {}",
        format!("{JOB}  backoffLimit: 1\n  template:\n    spec: *pod\n").replace('\n', "\n  ").trim_end()
    );
    assert_eq!(found(&aliased), ["job-restart-policy-always: Always (spec.template.spec.restartPolicy)"]);
    let merged = format!(
        "{JOB}  <<: {{backoffLimit: 1, parallelism: 7}}\n  completions: 2\n  template:\n    spec:\n      restartPolicy: Never\n      {CONTAINERS}\n"
    );
    assert_eq!(found(&merged), ["job-parallelism-exceeds-completions: 7 (spec.parallelism)"]);
}

#[test]
fn lists_are_unwrapped_and_fields_stay_those_of_the_object() {
    let item = |indent: &str| {
        format!(
            "{indent}- apiVersion: batch/v1\n{indent}  kind: Job\n{indent}  metadata: {{name: j}}\n{indent}  spec: {{backoffLimit: 1, template: {{spec: {{{CONTAINERS}}}}}}}\n"
        )
    };
    let expected = ["job-restart-policy-always: spec (spec.template.spec.restartPolicy)"];
    assert_eq!(found(&format!("apiVersion: v1\nkind: List\nitems:\n{}", item(""))), expected);
    let nested =
        format!("apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: List\n  items:\n{}", item("  "));
    assert_eq!(found(&nested), expected);
    let typed = "apiVersion: batch/v1\nkind: JobList\nitems:\n- metadata: {name: j}\n  spec: {backoffLimit: 1, template: \
                 {spec: {containers: [{name: c, image: i}]}}}\n";
    assert_eq!(found(typed), expected);
    assert_eq!(names(typed), ["batch/v1 Job default/j"]);
}

#[test]
fn objects_are_known_by_their_names() {
    let text = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a, namespace: team}\n---\n\
                apiVersion: v1\nkind: ServiceAccount\nmetadata: {generateName: b-, namespace: ''}\n---\n\
                apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: c, namespace: ignored}\n---\n\
                apiVersion: v1\nkind: Pod\n";
    assert_eq!(
        names(text),
        [
            "v1 ServiceAccount team/a",
            "v1 ServiceAccount default/b-*",
            "rbac.authorization.k8s.io/v1 ClusterRole -/c",
            "v1 Pod default/"
        ]
    );
}

#[test]
fn an_object_that_does_not_decode_stays_known() {
    let text = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\nrules: [{verbs: get}, {verbs: 5}]\n";
    let report = report("a.yaml", text.as_bytes());
    assert_eq!(findings(&report), ["object-wrong-type: get (rules[0].verbs)", "object-wrong-type: 5 (rules[1].verbs)"]);
    let [object] = report.read_set.objects.as_slice() else { panic!("{:?}", report.read_set.objects) };
    assert_eq!((object.name.name.as_str(), object.decodes), ("r", false));
    assert_eq!(report.read_set.analysed, 1);
}

#[test]
fn placeholders_are_templates_and_no_wrong_types() {
    for value in ["${COUNT}", "\"{{ .Values.count }}\""] {
        let report = report("a.yaml", format!("{JOB}  backoffLimit: {value}\n").as_bytes());
        assert_eq!(findings(&report), [""; 0]);
        assert_eq!(report.read_set.skipped[0].reason.name(), "template");
    }
}

#[test]
fn json_files_hold_objects_with_the_escapes_of_json() {
    let job =
        r#"{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"a\/\ud83d\ude00"},"spec":{"backoffLimit":1}}"#;
    let report = report("a.json", format!("{job}\n{job}\n").as_bytes());
    assert_eq!(findings(&report).len(), 9);
    assert_eq!(report.read_set.objects[1].name.name, "a/😀");
    assert_eq!(found("a: \"\\/\"\n"), ["file-syntax-error: \\/ (-)"]);
}

#[test]
fn json_that_is_no_manifest_may_be_as_sloppy_as_it_likes() {
    let sloppy = report("tsconfig.json", b"{\n  // comment\n  \"a\": 1\n}\n");
    assert_eq!(findings(&sloppy), [""; 0]);
    let manifest = report("job.json", b"{\n  // comment\n  \"kind\": \"Job\"\n}\n");
    assert_eq!(manifest.findings.len(), 1);
}

#[test]
fn utf_16_is_read() {
    let text = format!("{JOB}  backoffLimit: 1\n  template: {{spec: {{{CONTAINERS}}}}}\n");
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    let bytes: Vec<u8> = [0xFF, 0xFE].into_iter().chain(units).collect();
    assert_eq!(findings(&report("a.yaml", &bytes)).len(), 1);
}

#[test]
fn definitions_of_resources_are_read_without_their_schemas() {
    let head = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: topics.example.com\nspec:\n";
    let names = "  group: example.com\n  names:\n    kind: Topic\n    plural: topics\n    shortNames: [tp]\n  scope: Namespaced\n";
    let versions =
        "  versions:\n  - name: v1\n    schema:\n      openAPIV3Schema:\n        type: object\n        x: [\n";
    let whole = "  versions:\n  - name: v1\n";
    for spec in [format!("{names}{versions}"), format!("{versions}{names}"), format!("{whole}{names}")] {
        let (_directory, inputs) = file("crd.yaml", format!("{head}{spec}").as_bytes());
        let seen = Mutex::new(Vec::new());
        let observe = |observation: &Observation<'_>, _: &[u8]| {
            if let Observation::Object(object) = observation
                && let Typed::CustomResourceDefinition(definition) = &object.typed
            {
                seen.lock().unwrap().push((**definition).clone());
            }
            Vec::<()>::new()
        };
        load(&inputs, &Options::default(), observe).unwrap();
        let seen = seen.into_inner().unwrap();
        assert_eq!(seen.len(), 1, "{spec}");
        assert_eq!((seen[0].group.as_str(), seen[0].scope.as_str()), ("example.com", "Namespaced"));
        assert_eq!((seen[0].names.kind.as_str(), seen[0].names.plural.as_str()), ("Topic", "topics"));
        assert_eq!(seen[0].names.short_names.as_deref(), Some(&["tp".to_owned()][..]));
    }
}

#[test]
fn an_object_with_half_a_type_is_no_object_and_no_secret() {
    for (text, expected) in [
        (
            "apiversion: batch/v1\nkind: Job\nmetadata: {name: j}\n",
            &["object-missing-type: apiversion (apiVersion)"][..],
        ),
        ("apiVersion: batch/v1\nKind: Job\nmetadata: {name: j}\n", &["object-missing-type: Kind (kind)"]),
        ("kind: Role\nmetadata: {name: r}\n", &["object-missing-type: Role (apiVersion)"]),
        ("kind: Role\nname: not of Kubernetes\n", &[]),
        ("apiVersion: v2\nmetadata: {name: chart}\n", &[]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn types_that_are_gone_are_pointed_at_where_they_are_wrong() {
    let text = "apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: c}\n";
    assert_eq!(found(text), ["object-unknown-kind: batch/v1beta1 (apiVersion)"]);
    let text = "apiVersion: batch/v1\nkind: Cronjob\nmetadata: {name: c}\n";
    assert_eq!(found(text), ["object-unknown-kind: Cronjob (kind)"]);
}

#[test]
fn a_list_does_not_lose_its_odd_entries() {
    let text = "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ServiceAccount, metadata: {name: a}}\n- nonsense\n\
                - {apiVersion: batch/v1, kind: Job, metadata: {name: '${X}'}}\n\
                - {apiVersion: batch/v1, kind: Job, metadata: {name: p}, spec: {$patch: delete}}\n";
    let report = report("a.yaml", text.as_bytes());
    let reasons: Vec<_> = report.read_set.skipped.iter().map(|skipped| skipped.reason.name()).collect();
    assert_eq!(reasons, ["no-object", "template", "fragment"]);
    assert_eq!((report.read_set.objects.len(), report.findings.len()), (1, 0));
}

#[test]
fn objects_of_a_json_stream_do_not_decide_about_each_other() {
    let job = r#"{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"a"},"spec":{"backoffLimit":1,"template":{"spec":{"restartPolicy":"Never"}}}}"#;
    let patch = r#"{"apiVersion":"batch/v1","kind":"Job","$patch":"delete","metadata":{"name":"{{ x }}"}}"#;
    let report = report("a.json", format!("{job}\n{patch}\n{job}").as_bytes());
    assert_eq!(findings(&report).len(), 2);
    let [skipped] = report.read_set.skipped.as_slice() else { panic!("{:?}", report.read_set.skipped) };
    assert_eq!((skipped.document, skipped.reason.name()), (Some(1), "fragment"));
}

#[test]
fn what_a_test_expects_of_an_object_is_a_fragment() {
    let job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nstatus: {succeeded: 1}\n";
    let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: team}\nstatus: {phase: Active}\n";
    assert_eq!(report("a.yaml", job.as_bytes()).read_set.skipped[0].reason.name(), "fragment");
    assert_eq!(names(namespace), ["v1 Namespace -/team"]);
}

#[test]
fn messages_quote_no_more_than_can_be_read() {
    let text = format!("{JOB}  backoffLimit: {}\n", "x".repeat(100_000));
    let report = report("a.yaml", text.as_bytes());
    assert_eq!(report.findings.len(), 1);
    assert!(report.findings[0].message.len() < 300, "{}", report.findings[0].message.len());
}

#[test]
fn a_broken_patch_is_broken_yaml_all_the_same() {
    let directory = tempfile::tempdir().unwrap();
    let job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec: {}\n";
    let kustomization = "components: {}\npatches: [{path: whole.yaml}, {path: broken.yaml}, wrong]\n";
    for (name, text) in [("kustomization.yaml", kustomization), ("whole.yaml", job), ("broken.yaml", "spec: [\n")] {
        fs::write(directory.path().join(name), text).unwrap();
    }
    let report = lint(&files_under(directory.path()), &Options::default(), &Settings::default()).unwrap();
    assert_eq!(findings(&report), ["file-syntax-error: [ (-)"]);
}
