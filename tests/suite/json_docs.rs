//! `docs/json.md` has every key of every JSON output, and no other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::scratch::run;

/// A subject with a role that is refused, one whose definitions differ, and one about what no RoleBinding reaches; a Job
/// from a template with a finding of two places.
const MANIFESTS: &str = "apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: refused, namespace: default}
rules: [{apiGroups: [''], resources: [pods]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: differs, namespace: default}
rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: differs, namespace: default}
rules: [{apiGroups: [''], resources: [pods], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: nodes, namespace: default}
rules: [{apiGroups: ['', apps], resources: [nodes, deployments], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: refused, namespace: default}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: refused}
subjects: [{kind: User, name: jane}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: differs, namespace: default}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: differs}
subjects: [{kind: User, name: jane}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: nodes, namespace: default}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: nodes}
subjects: [{kind: User, name: jane}]
---
# Source: chart/templates/job.yaml
apiVersion: batch/v1
kind: Job
metadata: {name: job}
spec: {parallelism: 3, completions: 2, template: {spec: {restartPolicy: Always}}}
";

/// Jobs and CronJobs of which something is said with every key of a plan, below a kustomization that renames them.
const PLANNED: &str = "apiVersion: batch/v1beta1
kind: CronJob
metadata: {name: old, namespace: default}
spec: {schedule: '0 0 * * *', jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: all, namespace: default}
spec:
  completionMode: Indexed
  completions: 4
  parallelism: 2
  backoffLimitPerIndex: 1
  maxFailedIndexes: 1
  activeDeadlineSeconds: 3600
  ttlSecondsAfterFinished: 60
  podFailurePolicy:
    rules:
    - {action: FailJob, onExitCodes: {containerName: c, operator: In, values: [1]}}
    - {action: Ignore, onPodConditions: [{type: DisruptionTarget}]}
    - {action: Count, onExitCodes: {operator: NotIn, values: [2]}}
  template: {spec: {restartPolicy: Never, activeDeadlineSeconds: 60, containers: [{name: c, image: i}]}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: none, namespace: default}
spec: {parallelism: 0, managedBy: example.com/queue, template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: waits, namespace: default}
spec: {parallelism: 0, template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: late, namespace: default}
spec:
  schedule: '*/10 * * * *'
  timeZone: Europe/Berlin
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 600
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: replaced, namespace: default}
spec:
  schedule: '30 2 * * *'
  timeZone: Europe/Berlin
  concurrencyPolicy: Replace
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules:
- {apiGroups: [''], resources: [pods], resourceNames: [a], verbs: [get]}
- {nonResourceURLs: [/metrics], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
subjects: [{kind: ServiceAccount, name: default, namespace: default}]
";

/// What is asked about these manifests and about the platform, by the command that it is asked of.
const ASKED: &[(&str, &[&str])] = &[
    ("can-i", &["get", "pods", "--as", "jane"]),
    ("can-i", &["get", "nodes", "--as", "jane"]),
    ("can-i", &["delete", "deployments", "--as", "jane"]),
    ("can-i", &["get", "/version", "--as", "jane", "--as-group", "system:authenticated"]),
    ("can-i", &["get", "secrets", "--serviceaccount", "data:pipeline", "-n", "data"]),
    ("who-can", &["get", "pods"]),
    ("who-can", &["get", "/metrics"]),
    ("permissions", &["user/jane"]),
    ("permissions", &["data:pipeline", "-n", "data"]),
    ("permissions", &["group/engineering"]),
    ("suggest", &["--audit-log", AUDIT_LOG, "--users"]),
    ("suggest", &["--audit-log", NO_AUDIT_LOG, "user/jane"]),
    ("escalate", &[]),
    ("escalate", &["data:pipeline"]),
    ("graph", &[]),
    ("graph", &["--role", "default/differs"]),
    ("graph", &["--escalation"]),
    ("lint", &[]),
    ("plan", &["k/plan.yaml", "-f", "k"]),
    ("plan", &["k/plan.yaml", "-f", "k", "--from", "2027-03-28T00:00:00Z", "--duration", "15m"]),
    ("plan", &["k/plan.yaml", "-f", "k", "--from", "2026-10-24T12:00:00Z", "--duration", "25h"]),
    ("test", &["access-test.yaml"]),
    ("config", &["show", "--config", CONFIGURED, "--profile", "audit"]),
    ("config", &["show"]),
];

/// An audit log.
const AUDIT_LOG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/audit/shop.jsonl");

/// What is none.
const NO_AUDIT_LOG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/audit/shop.yaml");

/// A configuration file.
const CONFIGURED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/configured/rolecall.yaml");

/// Tests of access: every kind of claim, of which none holds.
const TESTS: &str = "tests:
  - name: allow
    optional: true
    subjects: [user/jane, sa/data/pipeline]
    allow: [get nodes, get nonsense]
  - name: deny
    optional: true
    subjects: [user/jane, group/brightwater:break-glass]
    deny: get pods
  - name: only
    only: []
    can: get pods
  - name: no-path
    optional: true
    subjects: group/system:masters
    no-path: cluster-admin
";

/// The outputs of each command.
fn outputs() -> BTreeMap<&'static str, Vec<Value>> {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("a.yaml");
    fs::write(&file, MANIFESTS).unwrap();
    fs::create_dir(directory.path().join("k")).unwrap();
    fs::write(directory.path().join("k/plan.yaml"), PLANNED).unwrap();
    fs::write(directory.path().join("k/kustomization.yaml"), "namePrefix: x-\nresources: [plan.yaml]\n").unwrap();
    fs::write(directory.path().join("access-test.yaml"), TESTS).unwrap();
    let platform = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/platform");
    let mut outputs: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for &(command, args) in ASKED {
        for path in [&file, &platform] {
            let as_json: &[&str] = if command == "graph" { &["--format", "json"] } else { &["-o", "json"] };
            let run = run(directory.path(), &[&[command], args, as_json, &["-f", path.to_str().unwrap()]].concat());
            if run.out.is_empty() {
                assert_eq!(run.code, 2, "{command} {args:?}: {}", run.error);
                continue;
            }
            outputs.entry(command).or_default().push(serde_json::from_str(&run.out).unwrap());
        }
    }
    outputs.insert("diff", changes(directory.path()));
    outputs
}

/// Two changes: one that leads to more, and one with an object that is refused.
fn changes(directory: &Path) -> Vec<Value> {
    let more = "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: more}\nrules: [{apiGroups: \
                [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [escalate, update]}]\n---\napiVersion: \
                rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: more}\nroleRef: {apiGroup: \
                rbac.authorization.k8s.io, kind: ClusterRole, name: more}\nsubjects: [{kind: User, apiGroup: \
                rbac.authorization.k8s.io, name: jane}]\n";
    fs::write(directory.join("more.yaml"), format!("{MANIFESTS}{more}")).unwrap();
    let fixture = |name: &str| format!("{}/testdata/diff/{name}", env!("CARGO_MANIFEST_DIR"));
    let states = [["a.yaml".to_owned(), "more.yaml".to_owned()], [fixture("old"), fixture("new")]];
    let outputs = states.iter().map(|[old, new]| {
        let run = run(directory, &["diff", old, new, "-o", "json"]);
        serde_json::from_str(&run.out).unwrap()
    });
    outputs.collect()
}

fn collect(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                keys.insert(key.clone());
                collect(value, keys);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, keys)),
        _ => {}
    }
}

/// The keys in tables, with whether each may be left out.
fn documented(text: &str) -> BTreeMap<String, bool> {
    let keys = text.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    keys.map(|(key, _)| (key.trim_end_matches('?').to_owned(), key.ends_with('?'))).collect()
}

#[test]
fn every_key_is_on_the_page_and_every_key_of_the_page_is_in_an_output() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/json.md")).unwrap();
    let outputs = outputs();
    let mut found = BTreeSet::new();
    outputs.values().flatten().for_each(|output| collect(output, &mut found));
    let of_page: BTreeSet<_> = documented(&page).into_keys().collect();
    assert_eq!(found.difference(&of_page).collect::<Vec<_>>(), [""; 0], "are not on the page");
    assert_eq!(of_page.difference(&found).collect::<Vec<_>>(), [""; 0], "are in no output");
    let asked: BTreeSet<_> = ASKED.iter().map(|(command, _)| *command).chain(["diff"]).collect();
    assert_eq!(outputs.keys().copied().collect::<BTreeSet<_>>(), asked);
    for (command, outputs) in outputs {
        let (_, section) = page.split_once(&format!("\n## {command}\n\n")).unwrap();
        let documented = documented(section.split("\n\n").next().unwrap());
        for output in &outputs {
            let told: Vec<_> = documented.iter().filter(|(key, _)| output.get(key).is_some()).collect();
            assert_eq!(told.len(), output.as_object().unwrap().len(), "{command} has keys that its table lacks");
        }
        for (key, may_lack) in documented {
            let has = |output: &Value| output.get(&key).is_some();
            assert!(outputs.iter().any(has), "no output of {command} has `{key}`");
            assert_eq!(!outputs.iter().all(has), may_lack, "`{key}` of {command} is always there, or is not");
        }
    }
}
