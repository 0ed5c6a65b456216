//! Skipping what cannot matter hides nothing but syntax errors, and only in documents that are listed as skipped.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use rolecall::diagnostic::Finding;
use rolecall::discover::Inputs;
use rolecall::lint::{Report, Settings, lint};
use rolecall::manifest::{Options, Reason};
use rolecall::source::FileId;
use rolecall::yaml::documents::{self, Piece};
use rolecall::yaml::tree::{NodeRef, Origin, Tree};
use tempfile::TempDir;

use crate::scratch::{file, files_under};

/// A Job with one finding, but for its kind.
const JOB: &str = "apiVersion: batch/v1\nspec: {backoffLimit: 1, template: {spec: {restartPolicy: Always}}}\n";

const DEFINITION: &str = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n";

const SPEC: &str = "spec:\n  group: example.com\n  names:\n    plural: topics\n  scope: Namespaced\n  versions:\n";

fn read(inputs: &Inputs, parse_all: bool) -> Report {
    lint(inputs, &Options { parse_all, ..Options::default() }, &Settings::default()).unwrap()
}

/// Which document of a file, as the lists of what is skipped count them, holds a byte.
fn document_at(bytes: &[u8], offset: u32) -> usize {
    let origin = Origin { file: FileId::new(0), base: 0 };
    let is_empty = |text: &[u8]| {
        let tree = std::str::from_utf8(text).ok().and_then(|text| Tree::parse(text, origin).ok());
        tree.is_some_and(|tree| tree.root().is_none_or(NodeRef::is_null))
    };
    let pieces = documents::split(bytes, "kind");
    let before = pieces.iter().filter(|piece| match piece {
        // What is missing at the end of a document is found right behind it.
        Piece::Document { range, .. } => range.end < offset as usize && !is_empty(&bytes[range.clone()]),
        Piece::BadSeparator { range } => range.end <= offset as usize,
    });
    before.count()
}

/// Reads the inputs with and without skipping. Says what skipping hides that it may not.
fn compare(inputs: &Inputs) -> Result<Report, String> {
    let (fast, slow) = (read(inputs, false), read(inputs, true));
    let mut wrong = Vec::new();
    let shown = |finding: &Finding| {
        let place = slow.read_set.sources.locate(finding.span);
        format!("{} at {}:{}:{}", finding.message, place.path, place.start.line, place.start.column)
    };
    let unread: BTreeSet<_> = fast
        .read_set
        .skipped
        .iter()
        .filter(|skipped| matches!(skipped.reason, Reason::OtherKind | Reason::Schema))
        .collect();
    for finding in slow.findings.iter().filter(|finding| !fast.findings.contains(finding)) {
        let (path, text) =
            (slow.read_set.sources.path(finding.span.file), slow.read_set.sources.text(finding.span.file));
        let document = document_at(text.bytes(), finding.span.start);
        let listed = unread.iter().any(|skipped| skipped.path == path && skipped.document == Some(document));
        if finding.rule != "file-syntax-error" || !listed {
            wrong.push(format!("only with --parse-all: {}", shown(finding)));
        }
    }
    for finding in fast.findings.iter().filter(|finding| !slow.findings.contains(finding)) {
        wrong.push(format!("only without --parse-all: {}", shown(finding)));
    }
    if fast.read_set.documents != slow.read_set.documents {
        wrong.push(format!("{} documents, {} with --parse-all", fast.read_set.documents, slow.read_set.documents));
    }
    for object in slow.read_set.objects.iter().filter(|object| !fast.read_set.objects.contains(object)) {
        wrong.push(format!("only with --parse-all: {object:?}"));
    }
    for skipped in slow.read_set.skipped.iter().filter(|skipped| !fast.read_set.skipped.contains(skipped)) {
        // Only a parse tells an object of another kind from a fragment of one, or from something without apiVersion.
        if !unread.iter().any(|other| (&other.path, other.document) == (&skipped.path, skipped.document)) {
            wrong.push(format!("skipped only with --parse-all: {skipped:?}"));
        }
    }
    if wrong.is_empty() { Ok(slow) } else { Err(wrong.join("\n")) }
}

fn compare_text(text: &str) -> Result<Report, String> {
    let (_directory, inputs) = file("x.yaml", text.as_bytes());
    compare(&inputs)
}

/// Beginnings of documents whose lines at column 0 look harmless, and which are Jobs all the same.
const HEADS: [&str; 46] = [
    "kind: Job",
    "\"kind\": Job",
    "'kind': Job",
    "kind : Job",
    "? kind\n: Job",
    "kind:\n  Job",
    "kind:\tJob",
    "kind: &k Job",
    "kind: !!str Job",
    "kind: >-\n  Job",
    "kind: \"J\\x6fb\"",
    "kind: ConfigMap\nkind: Job",
    "kind: ConfigMap\n\"kind\": Job",
    "kind: ConfigMap\n\"k\\x69nd\": Job",
    "kind: ConfigMap\n!!str kind: Job",
    "kind: ConfigMap\n&a kind: Job",
    "x: &k kind\nkind: ConfigMap\n*k : Job",
    "x: &a {kind: Job}\n<<: *a",
    "x: {\nkind: ConfigMap, y: 1}\nkind: Job",
    "x: \"\nkind: ConfigMap\ny: \"\nkind: Job",
    "x: '\nkind: ConfigMap\ny: '\nkind: Job",
    "x: \"\nkind: ConfigMap\ny: \"\n\"kind\": Job",
    "x: [1,\nkind: ConfigMap\n  ]\n\"kind\": Job",
    "kind: ConfigMap\r\nkind: Job\r",
    "kind: ConfigMap\rkind: Job",
    "kind: ConfigMap\nx: 1\rkind: Job",
    "kind: ConfigMap\nx:\rkind: Job",
    "kind: ConfigMap\n# c\rkind: Job",
    "kind: ConfigMap\n\rkind: Job",
    "kind: ConfigMap\n  \rkind: Job",
    "kind: ConfigMap\nx:\n  y: 1\rkind: Job",
    "kind: ConfigMap\nx:\n- 1\rkind: Job",
    "kind: ConfigMap\nx: 1\u{85}kind: Job",
    "kind: ConfigMap\nx: 1\u{2028}kind: Job",
    "kind: ConfigMap\nx: 1\u{2029}kind: Job",
    "kind: ConfigMap\n# c\u{85}kind: Job",
    "kind: ConfigMap\n# c\u{2028}kind: Job",
    "kind: ConfigMap\nx:\n  y: 1\u{2028}kind: Job",
    "kind: ConfigMap\u{2028}kind: Job",
    "\u{FEFF}kind: Job",
    "---\nkind: Job",
    "--- # c\nkind: Job",
    "--- # c\rkind: Job",
    "# c\n\n---\nkind: Job",
    "%YAML 1.1\n---\nkind: Job",
    "...\n---\nkind: Job",
];

/// The documents that begin so, each with one finding, and more of their kind.
fn hidden_jobs() -> Vec<String> {
    let mut texts: Vec<_> = HEADS.iter().map(|head| format!("{head}\n{JOB}")).collect();
    let indented = format!("  kind: Job\n{JOB}").replace("\napi", "\n  api").replace("\nspec", "\n  spec");
    texts.push(indented.clone());
    texts.push(format!("!!map\n{indented}"));
    texts.push(format!("# kind: ConfigMap\n&a\n{indented}"));
    texts.push(
        "{kind: Job, apiVersion: batch/v1, spec: {backoffLimit: 1,\ntemplate: {spec: {restartPolicy: Always}}}}".into(),
    );
    texts.push(format!("kind: Job\n{JOB}...\nkind: ConfigMap\n"));
    texts.push(format!("kind: Job\n{JOB}").replace('\n', "\r"));
    texts.push(format!("kind: ConfigMap\nx: 1\nkind: Job\n{JOB}").replace('\n', "\u{2028}"));
    for list in ["List", "JobList", "Foo\n  List", "\"List\"", "'JobList'"] {
        texts.push(format!("apiVersion: v1\nkind: {list}\nitems:\n-\n{indented}"));
    }
    texts
}

/// Documents without a Job in which both ways of reading have to see the same.
fn other_documents() -> Vec<String> {
    let rbac = "apiVersion: rbac.authorization.k8s.io/v1\n";
    let mut texts: Vec<String> = [
        "kind: ConfigMap\ndata: [\n",
        "kind: ConfigMap\ndata: {a: 1}}\nx: \0\n",
        "kind: ConfigMap\n- a\n",
        "kind: ConfigMap\ndata:\n\tx: 1\n",
        "kind: ConfigMap\n...\nkind: Job\n",
        "kind: ConfigMap\n$patch: delete\n",
        "kind: ConfigMap\nx: *unknown\n",
        "kind: ConfigMap\n--- x\nkind: ConfigMap\n---\nkind: ConfigMap\n",
        "kind: Null\napiVersion: v1\n",
        "kind: true\n",
        "kind: 12\n",
        "kind: Job\n  of mine\napiVersion: batch/v1\n",
        "kind: Config\n  Map\napiVersion: v1\n",
        "kind: Job\napiVersion: batch/v1\nkind: Secret\n",
        "kind: jobs\napiVersion: batch/v1\n",
        "kind: CRONJOB\napiVersion: batch/v1\n",
        "kind: JobList\napiVersion: batch/v1\nitems: ConfigMap\n",
        "kind: Servicelist\napiVersion: v1\nitems: []\n",
        "kind: \"Cron\\\n  job\"\napiVersion: batch/v1\n",
        "# nothing\n",
        "---\n---\n# nothing\n---\n",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push(format!("kind: ClusterRoleBindng\n{rbac}"));
    texts.push(format!("kind: 'clusterrolebinding'\n{rbac}"));
    texts.push(format!("kind: Clu\n  sterRoleBinding\n{rbac}"));
    texts
}

/// CustomResourceDefinitions, whose schemas need not be read.
fn definitions() -> Vec<String> {
    let versions = "  - name: v1\n    schema: {}\n";
    let named = "metadata:\n  name: topics.example.com\n";
    let mut texts: Vec<String> = [
        format!("{DEFINITION}{named}{SPEC}{versions}"),
        format!("{DEFINITION}{named}{SPEC}{versions}status: {{}}\n"),
        format!("{DEFINITION}{SPEC}{versions}{named}"),
        format!("{DEFINITION}{SPEC}{versions}metadata: wrong\n"),
        format!("{DEFINITION}{named}{SPEC}{versions}  scope: [wrong]\n"),
        format!("{DEFINITION}{named}{SPEC}{versions}  names: wrong\n"),
        format!("{DEFINITION}{named}{SPEC}{versions}spec: wrong\n"),
        format!("{DEFINITION}{named}{SPEC}{versions}\"kind\": Job\n"),
        format!("{DEFINITION}{named}{SPEC}{versions}x: 1\rkind: Job\n"),
        format!("{DEFINITION}{named}{SPEC}{versions}kind: Job\n"),
        format!("{DEFINITION}{named}{SPEC}{versions}    $patch: delete\n"),
        format!("{DEFINITION}{named}{SPEC}  - name: [\n"),
        format!("{DEFINITION}{named}{SPEC}\t- name: v1\n"),
        format!("{DEFINITION}{named}{SPEC}{versions}    x: *unknown\n"),
        format!("{DEFINITION}x: \"\n{SPEC}y: \"\n{named}spec: {{group: a, scope: b, names: {{}}}}\n"),
        format!("{DEFINITION}{named}spec:\n x:\n  group: a\n  scope: b\n  names:\n  versions:\n group: [wrong]\n"),
        format!("{DEFINITION}{named}{SPEC}{versions}...\nkind: Job\n"),
        format!("{DEFINITION}{named}{SPEC}{versions}").replace("  -", "# c\n  -"),
        format!("{DEFINITION}{named}{SPEC}{versions}").replace("    schema", "# c\n    schema"),
        format!("{DEFINITION}{named}{SPEC}  -\n    name: v1\n")
            .replace("    plural: topics\n  scope: Namespaced\n", ""),
        format!("{DEFINITION}{named}{SPEC}{versions}    x: &x [wrong]\n  scope: *x\n"),
        format!("{DEFINITION}{named}spec:\n  group: a\nstatus:\n  versions:\n  - a\n  b: [\n"),
        format!("{DEFINITION}{named}{SPEC}{versions}  x: {{\n}}\n  versions:\n  - name: [\n"),
        format!("{DEFINITION}{named}{SPEC}").replace("  versions:", "  versions: &v"),
        format!("{DEFINITION}{named}{}", SPEC.replace("  group: example.com", "  group: *unknown")),
        format!("kind: CustomResourceDefinition\n{named}{SPEC}{versions}apiVersion: apiextensions.k8s.io/v1\n"),
        format!("kind: CustomResourceDefinition\n{named}{SPEC}{versions}apiVersion: v1\n"),
    ]
    .to_vec();
    texts.extend(texts.clone().iter().map(|text| text.replace('\n', "\r\n")));
    texts
}

fn refuse_differences(texts: &[String]) {
    let differ: Vec<_> =
        texts.iter().filter_map(|text| Some(format!("{text:?}:\n{}", compare_text(text).err()?))).collect();
    assert!(differ.is_empty(), "{} of {} texts differ\n{}", differ.len(), texts.len(), differ.join("\n"));
}

#[test]
fn a_job_cannot_hide_from_the_cheap_look() {
    let texts = hidden_jobs();
    refuse_differences(&texts);
    for text in &texts {
        let report = compare_text(text).unwrap();
        // Where an object does not decode strictly, that is all that is said about it.
        let is_of_the_job = |finding: &Finding| finding.object.as_ref().is_some_and(|object| object.kind == "Job");
        let rules: BTreeSet<_> = report.findings.iter().filter(|it| is_of_the_job(it)).map(|it| it.rule).collect();
        let is_strict = !["object-duplicate-key", "object-unknown-field"].iter().any(|rule| rules.contains(rule));
        assert_eq!(rules.contains("job-restart-policy-always"), is_strict, "{rules:?} in {text:?}");
    }
}

#[test]
fn other_documents_are_told_apart_as_a_parser_does() {
    refuse_differences(&other_documents());
}

#[test]
fn definitions_of_resources_say_the_same_without_their_schemas() {
    refuse_differences(&definitions());
}

#[test]
fn nothing_is_hidden_in_a_tree_of_all_of_them() {
    let directory = TempDir::new().unwrap();
    // What differs alone is told by the tests above.
    let texts = [hidden_jobs(), other_documents(), definitions()].concat();
    let agreeing: Vec<_> = texts.into_iter().filter(|text| compare_text(text).is_ok()).collect();
    for (index, text) in agreeing.iter().enumerate() {
        fs::write(directory.path().join(format!("{index}.yaml")), text).unwrap();
        let neighbour = &agreeing[(index * 7 + 1) % agreeing.len()];
        fs::write(directory.path().join(format!("{index}-two.yml")), format!("{text}\n---\n{neighbour}")).unwrap();
    }
    let report = compare(&files_under(directory.path())).unwrap();
    assert!(report.findings.len() > agreeing.len(), "hardly anything was found");
}

#[test]
fn nothing_is_hidden_in_the_platform() {
    let report = compare(&files_under(&Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/platform"))).unwrap();
    assert!(report.read_set.files > 30 && report.findings.len() > 3, "the platform is somewhere else");
}

#[test]
fn nothing_is_hidden_in_a_foreign_corpus() {
    let Ok(corpus) = std::env::var("ROLECALL_CORPUS") else {
        crate::tell("the corpus was skipped: ROLECALL_CORPUS is not set");
        return;
    };
    let report = compare(&files_under(Path::new(&corpus))).unwrap();
    assert!(report.read_set.files > 100, "there are only {} files in the corpus", report.read_set.files);
}

/// Pieces that, put one behind the other, make the cheap look err where it can.
const LINES: [&str; 40] = [
    "kind: Job",
    "kind: ConfigMap",
    "kind: List",
    "kind: CustomResourceDefinition",
    "kind:",
    "\"kind\": Job",
    "kind: \"",
    "kind: '",
    "kind: |",
    "kind: &a Job",
    "kind: *a",
    "apiVersion: batch/v1",
    "apiVersion: v1",
    "spec:",
    "spec: {}",
    "  template: 1",
    "  group: a",
    "  names:",
    "  scope: b",
    "  versions:",
    "  - x: \"",
    "items:",
    "- kind: Job",
    "  apiVersion: batch/v1",
    "x: \"",
    "y: '",
    "z: {",
    "}",
    "]",
    "a: [",
    "\"",
    "'",
    "<<: *a",
    "x: &a {kind: Job}",
    "...",
    "---",
    "# c",
    " ",
    "? kind",
    ": Job",
];

const BREAKS: [&str; 8] = ["\n", "\n", "\n", "\n", "\r\n", "\r", "\u{85}", "\u{2028}"];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_hidden_in_documents_of_nasty_lines(
        lines in prop::collection::vec((prop::sample::select(&LINES[..]), prop::sample::select(&BREAKS[..])), 1..8),
        behind in any::<bool>(),
    ) {
        let lines: String = lines.iter().flat_map(|(line, end)| [*line, *end]).collect();
        // With this, any `kind: Job` that a parser finds is an object.
        let version = "apiVersion: batch/v1\n";
        let text = if behind { lines + version } else { version.to_owned() + &lines };
        if let Err(differences) = compare_text(&text) {
            return Err(TestCaseError::fail(format!("{text:?}\n{differences}")));
        }
    }
}
