//! Splits a file into documents, as text, before any of it is parsed.
//!
//! Kubernetes splits at every line that begins with `---`, even inside a block scalar or a quoted string, and hands
//! each piece to the YAML parser on its own, so that anchors and directives do not cross (`YAMLReader` in
//! k8s.io/apimachinery/pkg/util/yaml/decoder.go). Behind the dashes only a comment may stand.

use std::ops::Range;

use serde::de::IgnoredAny;

use super::outline::Outline;

/// One piece of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// A document to be parsed.
    Document {
        /// Its bytes in the file.
        range: Range<usize>,
        /// What stands at its column 0.
        outline: Outline<'t>,
    },
    /// A line that begins with `---` and goes on with something other than a comment. Kubernetes reads no further.
    BadSeparator {
        /// The offending text, without the dashes and the space around it.
        range: Range<usize>,
    },
}

/// Splits a text. `watched` is the root key whose value the outlines tell.
pub fn split<'t>(text: &'t [u8], watched: &str) -> Vec<Piece<'t>> {
    let mut splitter =
        Splitter { text, is_json: is_json(text), pieces: Vec::new(), start: None, outline: Outline::default() };
    let mut at = 0;
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let length = memchr::memchr(b'\n', rest).map_or(rest.len(), |feed| feed + 1);
        splitter.line(at..at + length, watched);
        at += length;
    }
    splitter.finish_document(text.len());
    splitter.pieces
}

struct Splitter<'t> {
    text: &'t [u8],
    is_json: bool,
    pieces: Vec<Piece<'t>>,
    /// Where the document that is being read begins; `None` while none of its bytes have been seen.
    start: Option<usize>,
    outline: Outline<'t>,
}

impl Splitter<'_> {
    fn line(&mut self, range: Range<usize>, watched: &str) {
        let at = range.start;
        let line = self.text.get(range).unwrap_or_default();
        let Some(behind) = line.strip_prefix(b"---") else {
            self.start.get_or_insert(at);
            self.outline.see(line.strip_suffix(b"\n").unwrap_or(line), watched);
            return;
        };
        let trimmed = behind.trim_ascii();
        if !trimmed.is_empty() && !trimmed.starts_with(b"#") {
            self.finish_document(at);
            let skipped = 3 + behind.len() - behind.trim_ascii_start().len();
            let start = at + skipped;
            self.pieces.push(Piece::BadSeparator { range: start..start + trimmed.len() });
        } else if self.start.is_some() {
            self.finish_document(at);
        } else {
            // The separator that opens a document belongs to it: one with nothing else in it is a null document.
            self.start = Some(at);
        }
    }

    fn finish_document(&mut self, end: usize) {
        let outline = std::mem::take(&mut self.outline);
        let Some(mut start) = self.start.take() else { return };
        if self.is_json && may_hold_several(self.text.get(start..end).unwrap_or_default()) {
            while let Some(length) = object_before_another(self.text.get(start..end).unwrap_or_default()) {
                self.pieces.push(Piece::Document { range: start..start + length, outline: Outline::default() });
                start += length;
            }
        }
        let outline = outline.of(self.text.get(start..end).unwrap_or_default());
        self.pieces.push(Piece::Document { range: start..end, outline });
    }
}

/// The first line behind the end of a document, from this offset on, that says something: nobody reads it.
pub fn text_behind(text: &[u8], end: usize) -> Option<Range<usize>> {
    let mut at = end;
    for line in text.get(end..).unwrap_or_default().split_inclusive(|&byte| byte == b'\n') {
        let content = line.trim_ascii();
        if !content.is_empty() && !content.starts_with(b"#") && content != b"..." {
            let start = at + line.len() - line.trim_ascii_start().len();
            return Some(start..start + content.len());
        }
        at += line.len();
    }
    None
}

/// Whether `kubectl` takes a file for JSON (`GuessJSONStream` in k8s.io/apimachinery/pkg/util/yaml/decoder.go).
pub fn is_json(text: &[u8]) -> bool {
    text.trim_ascii_start().starts_with(b"{")
}

/// Whether somewhere an object begins right behind the end of another one.
fn may_hold_several(text: &[u8]) -> bool {
    let behind_another = |at: usize| text.get(..at).is_some_and(|before| before.trim_ascii_end().ends_with(b"}"));
    memchr::memchr_iter(b'{', text).any(behind_another)
}

/// The length of the JSON object that a text begins with, where another one follows it.
fn object_before_another(text: &[u8]) -> Option<usize> {
    let length = balanced_length(text)?;
    let (object, rest) = text.split_at_checked(length)?;
    let followed = rest.trim_ascii_start().starts_with(b"{");
    (followed && serde_json::from_slice::<IgnoredAny>(object).is_ok()).then_some(length)
}

/// How many bytes there are up to the brace that closes the first one, where the text is JSON.
fn balanced_length(text: &[u8]) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, &byte) in text.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            b'{' if !in_string => depth += 1,
            b'}' if !in_string && depth <= 1 => return (depth == 1).then_some(at + 1),
            b'}' if !in_string => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may panic")]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        split(text.as_bytes(), "kind")
            .into_iter()
            .map(|piece| match piece {
                Piece::Document { range, .. } | Piece::BadSeparator { range } => &text[range],
            })
            .collect()
    }

    #[test]
    fn splits_at_lines_that_begin_with_dashes() {
        assert_eq!(pieces("a: 1\n---\nb: 2\n"), ["a: 1\n", "b: 2\n"]);
        assert_eq!(pieces("---\na: 1\n--- # c\nb: 2"), ["---\na: 1\n", "b: 2"]);
        assert_eq!(pieces("a: |\n  x\n  ---\n---\r\nb: 1\n"), ["a: |\n  x\n  ---\n", "b: 1\n"]);
        assert_eq!(pieces("---\n---\na: 1\n---\n"), ["---\n", "a: 1\n"]);
        assert_eq!(pieces(""), [""; 0]);
    }

    #[test]
    fn objects_of_a_json_file_may_follow_each_other() {
        let text = "{\"a\": \"}{\"}\n{\"b\": {}} {\"c\": 1}\n";
        assert_eq!(pieces(text), ["{\"a\": \"}{\"}", "\n{\"b\": {}}", " {\"c\": 1}\n"]);
        for text in ["{a: 1}\n{b: 2}\n", "{\"a\": 1} x", "{\"a\": {\n", "a: {}\n{\"b\": 1}\n"] {
            assert_eq!(pieces(text), [text]);
        }
    }

    #[test]
    fn a_separator_with_text_behind_it_is_a_piece_of_its_own() {
        let text = "a: 1\n---  x y \nb: 2\n";
        assert_eq!(pieces(text), ["a: 1\n", "x y", "b: 2\n"]);
        assert!(matches!(split(text.as_bytes(), "kind")[1], Piece::BadSeparator { .. }));
    }
}
