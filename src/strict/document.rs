//! From the text of a file to its one mapping.

use std::ops::Range;
use std::str;

use super::problem::{FILE, Problem};
use crate::source::Span;
use crate::yaml::documents::{self, Piece};
use crate::yaml::excerpt;
use crate::yaml::tree::{NodeRef, Origin, Tree};

/// A text with its place.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) value: String,
    pub(crate) span: Span,
}

/// What messages say about a file as a whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// What it is: `the configuration`.
    pub(crate) name: &'static str,
    /// One of its keys.
    pub(crate) key: &'static str,
    /// A line that could be all of it.
    pub(crate) example: &'static str,
    /// What to look at where it is no YAML.
    pub(crate) syntax: &'static str,
}

/// Reads the one mapping of a file; `None` where it has no content.
pub(crate) fn read<T>(
    bytes: &[u8],
    shape: &Shape,
    read_root: impl Fn(NodeRef<'_>) -> Result<T, Problem>,
) -> Result<Option<T>, Problem> {
    let mut content = None;
    for piece in documents::split(bytes, shape.key) {
        let range = match piece {
            Piece::Document { range, .. } => range,
            Piece::BadSeparator { range } => {
                let hint = format!("{} is one document: remove the line", shape.name);
                return Err(Problem::new(span(range), "after `---` only a comment may stand", hint));
            }
        };
        let origin = Origin { file: FILE, base: offset(range.start) };
        let tree = Tree::parse(text(bytes, &range)?, origin).map_err(|error| Problem::of_syntax(error, shape))?;
        refuse_text_behind(bytes, range.start + tree.end()..range.end, shape)?;
        let Some(root) = tree.root().filter(|root| !root.is_null()) else { continue };
        if content.is_some() {
            return Err(several_documents(root.span(), shape));
        }
        check_root(&tree, root, shape)?;
        content = Some(read_root(root)?);
    }
    Ok(content)
}

fn text<'t>(bytes: &'t [u8], range: &Range<usize>) -> Result<&'t str, Problem> {
    str::from_utf8(bytes.get(range.clone()).unwrap_or_default()).map_err(|error| {
        let first = range.start + error.valid_up_to();
        let bad = span(first..first + error.error_len().unwrap_or(1));
        Problem::new(bad, "this is not valid UTF-8", "save the file as UTF-8")
    })
}

fn refuse_text_behind(bytes: &[u8], rest: Range<usize>, shape: &Shape) -> Result<(), Problem> {
    let document = bytes.get(..rest.end).unwrap_or_default();
    documents::text_behind(document, rest.start).map_or(Ok(()), |range| Err(several_documents(span(range), shape)))
}

fn several_documents(span: Span, shape: &Shape) -> Problem {
    let hint = format!("{} is one document: bring both together", shape.name);
    Problem::new(span, "a second document begins here", hint)
}

fn check_root(tree: &Tree<'_>, root: NodeRef<'_>, shape: &Shape) -> Result<(), Problem> {
    if let Some(duplicate) = tree.duplicates().next() {
        let message = format!("the key `{}` stands twice", excerpt(&duplicate.second.key_name()));
        let problem = Problem::new(duplicate.second.span(), message, "keep one of them");
        return Err(problem.related("it stands first at", duplicate.first.span()));
    }
    if !root.is_mapping() {
        let Shape { name, key, example, .. } = shape;
        let message = format!("expected keys such as `{key}`, found {}", root.in_words());
        return Err(Problem::new(root.span(), message, format!("{name} is a mapping such as `{example}`")));
    }
    Ok(())
}

fn span(range: Range<usize>) -> Span {
    Span { file: FILE, start: offset(range.start), end: offset(range.end) }
}

/// An offset in a file, all of which are shorter than 4 GiB (see `discover`).
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
