//! A file of access tests, as it is written.

use super::keys::{EXAMPLE, ROOT, TEST};
use super::wanted::{Wanted, wanted, words};
use super::whom::{Whom, subjects};
use crate::diagnostic::Failure;
use crate::query::escalation::Sink;
use crate::source::{SourceFile, Sources, Span};
use crate::strict::{
    self, Problem, Problems, Shape, Text, items, place, read_text, refuse_unrelated_keys, unknown_keys,
};
use crate::yaml::tree::{Entry, NodeRef, Value};
use crate::yaml::{encoding, excerpt};

/// A file of tests.
#[derive(Debug)]
pub struct TestFile {
    /// Its text, for the places in it.
    pub sources: Sources,
    /// The tests, in its order.
    pub tests: Vec<Test>,
}

/// What one test claims.
#[derive(Clone, Debug)]
pub struct Test {
    /// What it is called.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// Whether whom and what it names may be missing.
    pub(super) is_optional: bool,
    pub(super) subjects: Vec<Whom>,
    pub(super) except: Vec<Whom>,
    pub(super) allow: Vec<Wanted>,
    pub(super) deny: Vec<Wanted>,
    pub(super) only: Option<Only>,
    pub(super) no_path: Vec<(Span, Sink)>,
}

/// What only some may do.
#[derive(Clone, Debug)]
pub(super) struct Only {
    pub(super) may: Vec<Whom>,
    pub(super) can: Vec<Wanted>,
}

const SHAPE: Shape = Shape {
    name: "a test file",
    key: "tests",
    example: "tests: [{name: .., subjects: .., deny: ..}]",
    syntax: "see that quotes and brackets are closed, that keys line up, and that words with `*` stand in quotes",
};

impl TestFile {
    /// Reads a file that is shown under this path. The failure has every mistake in it, and the message of each begins with
    /// its place: `path:line:column: `.
    pub fn parse(path: &str, bytes: Vec<u8>) -> Result<Self, Failure> {
        let bytes = encoding::to_utf8(bytes);
        let read = strict::read(&bytes, &SHAPE, |root| Ok(read_root(root)));
        let (tests, problems) = read.map_err(|problem| problem.into_failure(path, &bytes))?.unwrap_or_default();
        if let Some(failure) = problems.into_failure(path, &bytes) {
            return Err(failure);
        }
        let sources = Sources::new(vec![SourceFile::new(path.to_owned(), Some(bytes))]);
        Ok(Self { sources, tests })
    }

    /// The path, as it is shown.
    pub fn path(&self) -> &str {
        self.sources.paths().next().unwrap_or_default()
    }
}

fn read_root(root: NodeRef<'_>) -> (Vec<Test>, Problems) {
    let mut problems = Problems::default();
    problems.extend(unknown_keys(root, &ROOT));
    let tests = match root.get("tests") {
        Some(entry) => problems.take(items(entry, "tests", EXAMPLE)).unwrap_or_default(),
        None if problems.is_empty() => {
            problems.extend([Problem::new(root.span(), "there are no `tests` in it", EXAMPLE)]);
            Vec::new()
        }
        None => Vec::new(),
    };
    let tests: Vec<_> = tests.into_iter().filter_map(|test| read_test(test, &mut problems)).collect();
    for (index, test) in tests.iter().enumerate() {
        if let Some(first) = tests.iter().take(index).find(|first| first.name == test.name) {
            let message = format!("two tests are named `{}`", excerpt(&test.name));
            let problem = Problem::new(test.span, message, "reports name them: give each a name of its own");
            problems.extend([problem.related("it stands first at", first.span)]);
        }
    }
    (tests, problems)
}

/// A test as far as it can be read; `None` without a name.
fn read_test(node: NodeRef<'_>, problems: &mut Problems) -> Option<Test> {
    if !node.is_mapping() {
        let message = format!("expected a test, found {}", node.in_words());
        return problems.take(Err(Problem::new(node.span(), message, EXAMPLE)));
    }
    let unknown = unknown_keys(node, &TEST);
    // What a misspelt key was to say is not missing.
    if unknown.is_empty() {
        problems.take(refuse_unrelated_keys(node, &TEST));
    }
    problems.extend(unknown);
    let name = problems.take(read_name(node));
    let whom = |key: &str, problems: &mut Problems| {
        node.get(key).map(|entry| subjects(entry, false, problems)).unwrap_or_default()
    };
    let what =
        |key: &str, problems: &mut Problems| node.get(key).map(|entry| wanted(entry, problems)).unwrap_or_default();
    let flag = node.get("optional").map_or(Ok(false), read_flag);
    let (is_optional, may) = (problems.take(flag), node.get("only").map(|entry| subjects(entry, true, problems)));
    let can = what("can", problems);
    let (subjects, except) = (whom("subjects", problems), whom("except", problems));
    let (allow, deny) = (what("allow", problems), what("deny", problems));
    let no_path = node.get("no-path").map(|entry| read_sinks(entry, problems)).unwrap_or_default();
    let Text { value: name, span } = name?;
    let only = may.map(|may| Only { may, can });
    Some(Test { name, span, is_optional: is_optional?, subjects, except, allow, deny, only, no_path })
}

fn read_name(node: NodeRef<'_>) -> Result<Text, Problem> {
    let Some(name) = node.get("name") else {
        return Err(Problem::new(node.span(), "this test has no `name`", EXAMPLE));
    };
    let name = read_text(name, "a name")?;
    if name.value.trim().is_empty() {
        return Err(Problem::new(name.span, "the name of a test is empty", "say what it makes sure of"));
    }
    Ok(name)
}

fn read_flag(entry: Entry<'_>) -> Result<bool, Problem> {
    if let Value::Bool(flag) = entry.value.value() {
        return Ok(flag);
    }
    let message = format!("expected `true` or `false`, found {}", entry.value.in_words());
    Err(Problem::new(place(entry), message, "`true` lets the subjects of the test be missing"))
}

fn read_sinks(entry: Entry<'_>, problems: &mut Problems) -> Vec<(Span, Sink)> {
    let sink = |Text { value, span }: Text| {
        let sink = Sink::named(&value).map_err(|failure| {
            let hint = failure.hints().first().cloned().unwrap_or_default();
            Problem::new(span, failure.message(), hint)
        })?;
        Ok((span, sink))
    };
    let words = problems.take(words(entry, "such as `cluster-admin`")).unwrap_or_default();
    words.into_iter().filter_map(|word| problems.take(sink(word))).collect()
}
