//! The reviews in a text: JSON line by line, objects of JSON one behind the other, documents of YAML, and lists of them.
//!
//! Which of these a text is, is told by what in it can be read, so that what cannot be read costs nothing but itself.

use std::borrow::Cow;

use memchr::memmem;
use serde::de::IgnoredAny;

use crate::source::{FileId, LineIndex};
use crate::yaml::documents::{self, Piece};
use crate::yaml::events::Escapes;
use crate::yaml::json::to_json;
use crate::yaml::tree::{NodeRef, Origin, Tree};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// One review as it was submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted<'t> {
    /// The line in which it begins, from 1.
    pub line: usize,
    /// How many characters stand before it in that line, where its text is what stands there.
    pub(super) indent: usize,
    /// The object on one line, JSON as far as anybody has looked; or why there is none.
    pub(super) text: Result<Cow<'t, str>, String>,
}

/// The reviews in a text, in order. What is broken is one of them, too, so that an answer can say so.
///
/// Lines of JSON are looked at only as they are asked for.
pub fn submitted(text: &[u8]) -> Box<dyn Iterator<Item = Submitted<'_>> + '_> {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    if is_lines(text) {
        Box::new(lines(text).filter(|(_, line)| !is_separator(line)).flat_map(|(number, line)| of_line(number, line)))
    } else {
        Box::new(of_documents(text, 1).into_iter())
    }
}

/// The lines of a text that are not blank and no comment, with their numbers.
fn lines(text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', text).chain([text.len()]);
    let lines = ends.map(move |end| text.get(std::mem::replace(&mut start, end + 1)..end).unwrap_or_default());
    let numbered = lines.enumerate().map(|(index, line)| (index + 1, line));
    numbered.filter(|(_, line)| !matches!(line.trim_ascii_start().first(), None | Some(b'#')))
}

/// Whether a line does nothing but separate documents.
fn is_separator(line: &[u8]) -> bool {
    let behind = line.strip_prefix(b"---").map(<[u8]>::trim_ascii_start);
    behind.is_some_and(|behind| matches!(behind.first(), None | Some(b'#')))
}

/// Whether every line is to be a review of its own: one of them is whole, and is not a document between separators.
fn is_lines(text: &[u8]) -> bool {
    if begins_with_json_of_several_lines(text) {
        return false;
    }
    let (mut before, mut lines) = (None, lines(text).map(|(_, line)| line).peekable());
    while let Some(line) = lines.next() {
        let beside = [before.replace(line), lines.peek().copied()];
        let is_document = beside != [None, None] && beside.into_iter().flatten().all(is_separator);
        if !is_document && is_whole(line) {
            return true;
        }
    }
    false
}

fn begins_with_json_of_several_lines(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    if !text.starts_with(b"{") && !text.starts_with(b"[") {
        return false;
    }
    let mut values = serde_json::Deserializer::from_slice(text).into_iter::<IgnoredAny>();
    let is_json = values.next().is_some_and(|value| value.is_ok());
    is_json && text.get(..values.byte_offset()).is_some_and(|value| value.contains(&b'\n'))
}

/// Whether a line is a whole object or list of JSON. What is indented belongs to something around it.
fn is_whole(line: &[u8]) -> bool {
    (line.starts_with(b"{") || line.starts_with(b"[")) && is_json(line)
}

fn is_json(text: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(text).is_ok()
}

fn of_line(number: usize, line: &[u8]) -> Vec<Submitted<'_>> {
    let text = line.trim_ascii();
    let is_list = text.starts_with(b"[") || (text.starts_with(b"{") && memmem::find(text, b"List\"").is_some());
    if is_list {
        return of_documents(text, number);
    }
    let indent = line.len() - line.trim_ascii_start().len();
    let text = str::from_utf8(text).map(Cow::Borrowed).map_err(|_| NO_UTF_8.to_owned());
    vec![Submitted { line: number, indent, text }]
}

const NO_UTF_8: &str = "this is not valid UTF-8";

/// The reviews in the documents of a text that begins in some line of a file.
fn of_documents(text: &[u8], first_line: usize) -> Vec<Submitted<'_>> {
    let is_json = documents::is_json(text) || (text.trim_ascii_start().starts_with(b"[") && is_json(text));
    let escapes = if is_json { Escapes::Json } else { Escapes::Yaml };
    let mut documents = Documents { text, lines: LineIndex::new(text), first_line, escapes, reviews: Vec::new() };
    for piece in documents::split(text, "kind") {
        match piece {
            Piece::Document { range, .. } => documents.read(range.start, range.end),
            Piece::BadSeparator { range } => {
                documents.add_broken(range.start, "after `---` only a comment may stand".to_owned());
            }
        }
    }
    documents.reviews
}

/// Documents as they are read.
struct Documents<'t> {
    text: &'t [u8],
    lines: LineIndex,
    /// The line of the file in which the text begins.
    first_line: usize,
    escapes: Escapes,
    reviews: Vec<Submitted<'t>>,
}

impl Documents<'_> {
    fn read(&mut self, start: usize, end: usize) {
        let bytes = self.text.get(start..end).unwrap_or_default();
        let text = match str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => return self.add_broken(start + error.valid_up_to(), NO_UTF_8.to_owned()),
        };
        let origin = Origin { file: FileId::new(0), base: u32::try_from(start).unwrap_or(u32::MAX) };
        match Tree::parse_with(text, origin, self.escapes) {
            Err(error) => self.add_broken(error.span.range().start, error.message.into_owned()),
            Ok(tree) => {
                for (node, implied) in tree.root().filter(|root| !root.is_null()).into_iter().flat_map(objects) {
                    self.add(node, implied);
                }
                if let Some(ignored) = documents::text_behind(bytes, tree.end()) {
                    let message = "this stands behind the end of a document, and Kubernetes does not read it";
                    self.add_broken(start + ignored.start, message.to_owned());
                }
            }
        }
    }

    fn add(&mut self, node: NodeRef<'_>, implied: Option<&str>) {
        let json = to_json(node).map(|json| Cow::Owned(with_type(json, implied)));
        let line = self.line(node.span().range().start);
        self.reviews.push(Submitted { line, indent: 0, text: json.map_err(str::to_owned) });
    }

    fn add_broken(&mut self, at: usize, message: String) {
        let line = self.line(at);
        self.reviews.push(Submitted { line, indent: 0, text: Err(message) });
    }

    fn line(&self, at: usize) -> usize {
        self.first_line + self.lines.line_of(at)
    }
}

/// An object, or the objects of a list, of a list of lists and so on; each with the type that its list gives it. A mere
/// list of YAML or JSON may stand around all of it.
fn objects(root: NodeRef<'_>) -> Vec<(NodeRef<'_>, Option<&str>)> {
    let mut objects = Vec::new();
    let mut todo = vec![(root, None)];
    if root.is_sequence() {
        todo = root.items().map(|item| (item, None)).collect();
        todo.reverse();
    }
    while let Some((node, implied)) = todo.pop() {
        let text = |name: &str| node.get(name).and_then(|entry| entry.value.as_str());
        let of = match (text("apiVersion"), text("kind")) {
            (Some("v1"), Some("List")) => None,
            (Some(API_VERSION), Some(kind)) if kind.ends_with("ReviewList") => kind.strip_suffix("List"),
            _ => {
                let has_type = node.get("kind").is_some() || node.get("apiVersion").is_some();
                objects.push((node, implied.filter(|_| !has_type && node.is_mapping())));
                continue;
            }
        };
        let first = todo.len();
        todo.extend(node.get("items").into_iter().flat_map(|items| items.value.items()).map(|item| (item, of)));
        todo.get_mut(first..).unwrap_or_default().reverse();
    }
    objects
}

/// The API group of reviews with its version.
pub(super) const API_VERSION: &str = "authorization.k8s.io/v1";

/// An object with the type that its list gives it.
fn with_type(json: String, implied: Option<&str>) -> String {
    let Some((kind, fields)) = implied.and_then(|kind| Some((kind, json.strip_prefix('{')?))) else { return json };
    let comma = if fields.starts_with('}') { "" } else { "," };
    format!("{{\"apiVersion\":\"{API_VERSION}\",\"kind\":\"{kind}\"{comma}{fields}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in a text: line, and object or what is wrong.
    fn found(text: &[u8]) -> Vec<(usize, String)> {
        let text_of = |it: Submitted<'_>| (it.line, it.text.map_or_else(|error| error, Cow::into_owned));
        submitted(text).map(text_of).collect()
    }

    fn list(found: &[(usize, &str)]) -> Vec<(usize, String)> {
        found.iter().map(|&(line, text)| (line, text.to_owned())).collect()
    }

    #[test]
    fn lines_of_json_are_taken_as_they_are() {
        let text = b"\xEF\xBB\xBF{\"a\" : 1}\r\n\n {\"b\":2}\nno json\n{\"c\":\n\xFF\n{\"d\":3}";
        let expected = list(&[
            (1, "{\"a\" : 1}"),
            (3, "{\"b\":2}"),
            (4, "no json"),
            (5, "{\"c\":"),
            (6, NO_UTF_8),
            (7, "{\"d\":3}"),
        ]);
        assert_eq!(found(text), expected);
        assert_eq!(found(b"{\"a\":\n{\"b\":2}\n"), list(&[(1, "{\"a\":"), (2, "{\"b\":2}")]));
    }

    #[test]
    fn other_json_is_read_object_by_object() {
        let text = b"{\n  \"a\": 1\n}\n{\"b\": [2]}{\"c\": 3}\n";
        assert_eq!(found(text), list(&[(1, "{\"a\":1}"), (4, "{\"b\":[2]}"), (4, "{\"c\":3}")]));
    }

    #[test]
    fn one_whole_line_makes_lines_of_all_others_unless_it_is_a_document() {
        let text = b"oops\n# c\n{\"a\":1}\n---\n  # c\n--- # c\n x\n--- y\n";
        assert_eq!(found(text), list(&[(1, "oops"), (3, "{\"a\":1}"), (7, "x"), (8, "--- y")]));
        assert_eq!(found(b"[]\n[{\"a\":1}, 2]\n[\n"), list(&[(2, "{\"a\":1}"), (2, "2"), (3, &found(b"[")[0].1)]));
        assert_eq!(found(b"a:\n  {}\n---\n{\"b\":2}\n"), list(&[(1, "{\"a\":{}}"), (4, "{\"b\":2}")]));
        assert_eq!(found(b"[\n{\"a\":1}\n]\n"), list(&[(2, "{\"a\":1}")]));
        assert_eq!(found(b"{\n\"a\":\n{}\n}\n{\"b\":2}\n"), list(&[(1, "{\"a\":{}}"), (5, "{\"b\":2}")]));
        assert_eq!(found(b"[\"\\ud83d\\ude00\"]"), list(&[(1, "\"\u{1f600}\"")]));
    }

    #[test]
    fn documents_of_yaml_are_read_one_by_one() {
        let text = b"# c\na: 1\n---\n---\nb: [\n---\nc: 3\n...\nd\n--- x\n";
        let found = found(text);
        let lines: Vec<_> = found.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [2, 5, 7, 9, 10], "{found:?}");
        assert_eq!(found[0].1, "{\"a\":1}");
        assert_eq!(found[2].1, "{\"c\":3}");
        assert!(found[1].1.contains("expected") && found[3].1.contains("behind") && found[4].1.contains("comment"));
        assert_eq!(submitted(b"# nothing\n---\n").count(), 0);
    }

    #[test]
    fn lists_are_unwrapped_and_give_their_items_a_type() {
        let text =
            b"kind: List\napiVersion: v1\nitems:\n- a: 1\n- {kind: List, apiVersion: v1, items: [{b: 2}]}\n- 3\n";
        assert_eq!(found(text), list(&[(4, "{\"a\":1}"), (5, "{\"b\":2}"), (6, "3")]));
        let text = "{\"x\":0}\n{\"kind\":\"SubjectAccessReviewList\",\"apiVersion\":\"authorization.k8s.io/v1\",\
                    \"items\":[{\"spec\":{}},{\"kind\":\"X\"},{}]}\n";
        let typed = "\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SubjectAccessReview\"";
        let expected = [
            (1, "{\"x\":0}".to_owned()),
            (2, format!("{{{typed},\"spec\":{{}}}}")),
            (2, "{\"kind\":\"X\"}".to_owned()),
            (2, format!("{{{typed}}}")),
        ];
        assert_eq!(found(text.as_bytes()), expected);
    }
}
