//! A file of access tests, as it is written.

use super::keys::{EXAMPLE, ROOT, TEST};
use super::wanted::{Wanted, wanted, words};
use super::whom::{Whom, subjects};
use crate::diagnostic::Failure;
use crate::query::escalation::Sink;
use crate::source::{SourceFile, Sources, Span};
use crate::strict::{self, Problem, Shape, Text, items, place, read_text, refuse_unknown_keys, refuse_unrelated_keys};
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
    /// Reads a file that is shown under this path. The failure's message begins with the place of the mistake:
    /// `path:line:column: `.
    pub fn parse(path: &str, bytes: Vec<u8>) -> Result<Self, Failure> {
        let bytes = encoding::to_utf8(bytes);
        let tests = strict::read(&bytes, &SHAPE, read_root)
            .map_err(|problem| problem.into_failure(path, &bytes))?
            .unwrap_or_default();
        let sources = Sources::new(vec![SourceFile::new(path.to_owned(), Some(bytes))]);
        Ok(Self { sources, tests })
    }

    /// The path, as it is shown.
    pub fn path(&self) -> &str {
        self.sources.paths().next().unwrap_or_default()
    }
}

fn read_root(root: NodeRef<'_>) -> Result<Vec<Test>, Problem> {
    refuse_unknown_keys(root, &ROOT)?;
    let Some(entry) = root.get("tests") else {
        return Err(Problem::new(root.span(), "there are no `tests` in it", EXAMPLE));
    };
    let tests: Vec<_> = items(entry, "tests", EXAMPLE)?.into_iter().map(read_test).collect::<Result<_, _>>()?;
    for (index, test) in tests.iter().enumerate() {
        if let Some(first) = tests.iter().take(index).find(|first| first.name == test.name) {
            let message = format!("two tests are named `{}`", excerpt(&test.name));
            let problem = Problem::new(test.span, message, "reports name them: give each a name of its own");
            return Err(problem.related("it stands first at", first.span));
        }
    }
    Ok(tests)
}

fn read_test(node: NodeRef<'_>) -> Result<Test, Problem> {
    if !node.is_mapping() {
        return Err(Problem::new(node.span(), format!("expected a test, found {}", node.in_words()), EXAMPLE));
    }
    refuse_unknown_keys(node, &TEST)?;
    refuse_unrelated_keys(node, &TEST)?;
    let Some(name) = node.get("name") else {
        return Err(Problem::new(node.span(), "this test has no `name`", EXAMPLE));
    };
    let Text { value, span } = read_text(name, "a name")?;
    if value.trim().is_empty() {
        return Err(Problem::new(span, "the name of a test is empty", "say what it makes sure of"));
    }
    let whom = |key: &str| node.get(key).map_or_else(|| Ok(Vec::new()), |entry| subjects(entry, false));
    let what = |key: &str| node.get(key).map_or_else(|| Ok(Vec::new()), wanted);
    Ok(Test {
        name: value,
        span,
        is_optional: node.get("optional").map_or(Ok(false), read_flag)?,
        subjects: whom("subjects")?,
        except: whom("except")?,
        allow: what("allow")?,
        deny: what("deny")?,
        only: node.get("only").map(|entry| read_only(entry, what("can")?)).transpose()?,
        no_path: node.get("no-path").map_or_else(|| Ok(Vec::new()), read_sinks)?,
    })
}

fn read_only(entry: Entry<'_>, can: Vec<Wanted>) -> Result<Only, Problem> {
    Ok(Only { may: subjects(entry, true)?, can })
}

fn read_flag(entry: Entry<'_>) -> Result<bool, Problem> {
    if let Value::Bool(flag) = entry.value.value() {
        return Ok(flag);
    }
    let message = format!("expected `true` or `false`, found {}", entry.value.in_words());
    Err(Problem::new(place(entry), message, "`true` lets the subjects of the test be missing"))
}

fn read_sinks(entry: Entry<'_>) -> Result<Vec<(Span, Sink)>, Problem> {
    let sink = |Text { value, span }: Text| {
        let sink = Sink::named(&value).map_err(|failure| {
            let hint = failure.hints().first().cloned().unwrap_or_default();
            Problem::new(span, failure.message(), hint)
        })?;
        Ok((span, sink))
    };
    words(entry, "such as `cluster-admin`")?.into_iter().map(sink).collect()
}
