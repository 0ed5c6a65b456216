//! How fast manifests are read and judged, stage by stage: a generated tree of 400 namespaces, a file each, and the tree
//! that the environment variable `ROLECALL_CORPUS` names, where it names one.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a benchmark may panic, and writes what it reads")]

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use rolecall::catalog::Version;
use rolecall::discover::{self, Inputs, Project, Request};
use rolecall::lint::{self, Report, Settings};
use rolecall::manifest::{self, COMPANIONS, Options};
use rolecall::query::{self, Access, Assumptions, review, submitted};
use rolecall::report::{Concise, GitHub, GitLab, Human, JUnit, Json, Look, Reporter, Sarif};
use tempfile::TempDir;

const NAMESPACES: usize = 400;
const QUESTIONS: usize = 100_000;

const GENERATED: &str = "generated";
const CORPUS: &str = "corpus";

/// What stands in the file of a namespace `NS`. A rule has something to say about the Job.
const NAMESPACE: &str = "\
apiVersion: v1
kind: Namespace
metadata: {name: NS}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: app
  namespace: NS
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
  namespace: NS
rules:
- apiGroups: ['']
  resources: [pods, configmaps]
  verbs: [get, list, watch]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [create, delete]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: app-reads
  namespace: NS
subjects:
- kind: ServiceAccount
  name: app
  namespace: NS
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: reader
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
  namespace: NS
  labels: {app: app}
spec:
  replicas: 2
  selector:
    matchLabels: {app: app}
  template:
    metadata:
      labels: {app: app}
    spec:
      serviceAccountName: app
      containers:
      - name: main
        image: registry.example.com/app:1.4
        env:
        - name: LOG_LEVEL
          value: info
        - name: CACHE
          value: /var/cache
        resources:
          requests: {cpu: 100m, memory: 64Mi}
          limits: {memory: 128Mi}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: app
  namespace: NS
data:
  app.conf: |
    # Some text that is of no interest here, as most texts in a repository are not.
    listen = 8080
    kind = none
    upstream = backend.NS.svc
---
";

/// A small file, as it is edited: what is wrong with it is that its pods are restarted for ever.
const JOB: &str = "\
apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  namespace: NS
spec:
  backoffLimit: 2
  template:
    spec:
      serviceAccountName: app
      restartPolicy: Always
      containers:
      - name: main
        image: registry.example.com/migrate:1.4
";

/// Where the generated files are: it is removed when all is done.
static SCRATCH: OnceLock<PathBuf> = OnceLock::new();

fn main() {
    let scratch = TempDir::new().unwrap();
    let tree = scratch.path().join(GENERATED);
    fs::create_dir(&tree).unwrap();
    for number in 0..NAMESPACES {
        let namespace = namespace(number);
        let text = [NAMESPACE, JOB].concat().replace("NS", &namespace);
        fs::write(tree.join(format!("{namespace}.yaml")), text).unwrap();
    }
    fs::write(scratch.path().join("job.yaml"), JOB.replace("NS", "default")).unwrap();
    SCRATCH.set(scratch.path().to_owned()).unwrap();
    divan::main();
}

/// Walking directories.
#[divan::bench(args = trees())]
fn discover(bencher: Bencher<'_, '_>, tree: &str) {
    let path = place(tree);
    let files = inputs(&path).files.len();
    bencher.counter(ItemsCount::new(files)).bench_local(|| inputs(black_box(&path)));
}

/// The first pass without rules: reading files, parsing and decoding what is in them.
#[divan::bench(args = trees())]
fn load(bencher: Bencher<'_, '_>, tree: &str) {
    let inputs = inputs(&place(tree));
    bencher.counter(size(&inputs)).bench_local(|| {
        let (read_set, _) = manifest::load(&inputs, &Options::default(), |_, _| Vec::<()>::new()).unwrap();
        read_set
    });
}

/// The policy, and what can be looked up beside it, of what was read.
#[divan::bench(args = trees())]
fn access(bencher: Bencher<'_, '_>, tree: &str) {
    let inputs = inputs(&place(tree));
    let load = || manifest::load(&inputs, &Options::default(), |_, _| Vec::<()>::new()).unwrap().0;
    bencher
        .counter(ItemsCount::new(load().objects.len()))
        .with_inputs(load)
        .bench_local_values(|read_set| Access::new(read_set, Vec::new(), assumptions(), "default"));
}

/// All of it: the first pass, the policy, the rules that are applied where nothing is configured.
#[divan::bench(args = trees())]
fn lint(bencher: Bencher<'_, '_>, tree: &str) {
    let inputs = inputs(&place(tree));
    bencher.counter(size(&inputs)).bench_local(|| findings(&inputs));
}

/// One small file, from its path to its findings.
#[divan::bench]
fn one_file(bencher: Bencher<'_, '_>) {
    let path = under_scratch("job.yaml");
    assert_eq!(findings(&inputs(&path)).findings.len(), 1);
    bencher.counter(ItemsCount::new(1_usize)).bench_local(|| findings(&inputs(black_box(&path))));
}

/// Writing down what was found in the generated tree.
#[divan::bench(args = ["human", "concise", "json", "sarif", "junit", "github", "gitlab"])]
fn report(bencher: Bencher<'_, '_>, format: &str) {
    let report = findings(&inputs(&place(GENERATED)));
    assert!(report.findings.len() >= NAMESPACES, "{} findings", report.findings.len());
    let reporter = reporter(format);
    bencher.counter(ItemsCount::new(report.findings.len())).bench_local(|| {
        let mut text = Vec::new();
        reporter.write(black_box(&report), &mut text).unwrap();
        text
    });
}

/// SubjectAccessReviews, from their text to their answers. Three of four are allowed.
#[divan::bench(sample_count = 20)]
fn reviews(bencher: Bencher<'_, '_>) {
    let access = query::load(&inputs(&place(GENERATED)), &Options::default(), assumptions()).unwrap();
    let text = questions();
    let allowed = || submitted(text.as_bytes()).filter(|it| review(&access, it.clone()).status.allowed).count();
    assert_eq!(allowed(), QUESTIONS / 4 * 3);
    bencher.counter(ItemsCount::new(QUESTIONS)).bench_local(allowed);
}

/// The trees that are read: the generated one, and the one that the environment names.
fn trees() -> Vec<&'static str> {
    [GENERATED].into_iter().chain(corpus().map(|_| CORPUS)).collect()
}

/// Where a tree is.
fn place(tree: &str) -> String {
    corpus().filter(|_| tree == CORPUS).unwrap_or_else(|| under_scratch(GENERATED))
}

fn corpus() -> Option<String> {
    env::var("ROLECALL_CORPUS").ok().filter(|path| Path::new(path).is_dir())
}

fn under_scratch(name: &str) -> String {
    SCRATCH.get().unwrap().join(name).to_str().unwrap().to_owned()
}

fn inputs(path: &str) -> Inputs {
    let paths = vec![path.to_owned()];
    discover::discover(&Request { paths, companions: COMPANIONS, ..Request::default() }).unwrap()
}

fn size(inputs: &Inputs) -> BytesCount {
    BytesCount::new(inputs.files.iter().map(|input| input.read().map_or(0, |bytes| bytes.len())).sum::<usize>())
}

fn findings(inputs: &Inputs) -> Report {
    lint::lint(inputs, &Options::default(), &Settings::default()).unwrap()
}

fn assumptions() -> Assumptions {
    Assumptions { version: Version::NEWEST, default_policy: true }
}

fn reporter(format: &str) -> Box<dyn Reporter> {
    let project = Project::here().unwrap();
    match format {
        "human" => Box::new(Human { look: Look { color: false, width: 80 }, show_fixes: false }),
        "concise" => Box::new(Concise),
        "json" => Box::new(Json),
        "sarif" => Box::new(Sarif { project }),
        "junit" => Box::new(JUnit { project }),
        "github" => Box::new(GitHub { project }),
        _ => Box::new(GitLab { project }),
    }
}

/// One question a line: what the accounts of all namespaces may do there, and in each fourth line what they may not.
fn questions() -> String {
    let mut text = String::new();
    for number in 0..QUESTIONS {
        let namespace = namespace(number / 4 % NAMESPACES);
        let verb = ["get", "list", "watch", "update"].get(number % 4).unwrap();
        let user = format!("system:serviceaccount:{namespace}:app");
        let resource = format!(r#"{{"namespace":"{namespace}","verb":"{verb}","group":"","resource":"pods"}}"#);
        let spec = format!(r#"{{"user":"{user}","groups":["system:authenticated"],"resourceAttributes":{resource}}}"#);
        let kind = r#""apiVersion":"authorization.k8s.io/v1","kind":"SubjectAccessReview""#;
        writeln!(text, "{{{kind},\"spec\":{spec}}}").unwrap();
    }
    text
}

fn namespace(number: usize) -> String {
    format!("ns{number:03}")
}
