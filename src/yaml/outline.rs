//! A cheap look at a document: what its lines at column 0 say, without parsing it.
//!
//! In a block document whose first line of content stands at column 0, every root key stands at column 0. Where each
//! line at column 0 is plainly a root key, an entry of a root key's list, or a comment, the value of a root key can be
//! told without reading the rest. Wherever the look meets anything else (quotes, flow style, anchors, merge keys, tags,
//! explicit keys, directives, tabs), it says that it does not know, and the document has to be parsed.

use std::str;

use memchr::memmem;

/// What the lines at column 0 say about one watched root key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline<'t> {
    values: Vec<&'t str>,
    unclear: bool,
    begun: bool,
    /// The last line of content has a value of the watched key, which an indented line would go on with.
    open_value: bool,
}

impl<'t> Outline<'t> {
    /// Every value that the watched key has at column 0, in order; `None` where a parse could find another one.
    pub fn values(&self) -> Option<&[&'t str]> {
        (!self.unclear && !self.values.is_empty()).then_some(&self.values)
    }

    /// What is seen of a whole document. Where it has line breaks other than LF and CRLF, its lines are not what they
    /// seem.
    pub(super) fn of(self, document: &[u8]) -> Self {
        let unclear = self.unclear || !self.values.is_empty() && has_other_breaks(document);
        Self { unclear, ..self }
    }

    /// Takes one line in, without its line feed. `key` is the watched key.
    pub(super) fn see(&mut self, line: &'t [u8], key: &str) {
        match line.first() {
            None | Some(b'#' | b'\r') => {}
            Some(b' ') if self.begun && !self.open_value => {}
            Some(b' ') if is_blank_or_comment(line) => {}
            Some(b' ') => self.unclear |= !self.begun || std::mem::take(&mut self.open_value),
            Some(b'-') if self.begun && matches!(line.get(1), None | Some(b' ' | b'\r')) => {}
            Some(_) => self.see_root_key(line, key),
        }
    }

    fn see_root_key(&mut self, line: &'t [u8], key: &str) {
        self.begun = true;
        self.open_value = false;
        let Some((name, rest)) = split_plain_key(line) else {
            self.unclear = true;
            return;
        };
        if name == key.as_bytes() {
            match plain_value(rest) {
                Some(value) => {
                    self.values.push(value);
                    self.open_value = true;
                }
                None => self.unclear = true,
            }
        }
    }
}

/// Whether a text has a lone CR, NEL, LS or PS, which YAML 1.1 takes for line breaks.
fn has_other_breaks(text: &[u8]) -> bool {
    let lone = |at: usize| text.get(at + 1) != Some(&b'\n');
    memchr::memchr_iter(b'\r', text).any(lone)
        || !text.is_ascii()
            && ["\u{85}", "\u{2028}", "\u{2029}"].iter().any(|feed| memmem::find(text, feed.as_bytes()).is_some())
}

fn is_blank_or_comment(line: &[u8]) -> bool {
    line.trim_ascii_start().first().is_none_or(|&byte| byte == b'#')
}

/// Splits `name: rest` where the name is made of letters, digits and `._/-` only.
fn split_plain_key(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = memchr::memchr(b':', line)?;
    let (name, rest) = (line.get(..colon)?, line.get(colon + 1..)?);
    let plain = name.iter().all(|&byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'/' | b'-'));
    (plain && !name.is_empty() && matches!(rest.first(), None | Some(b' ' | b'\r'))).then_some((name, rest))
}

/// The value of `key: value`, where it is one plain or simply quoted word of ASCII letters and digits.
fn plain_value(rest: &[u8]) -> Option<&str> {
    let (word, behind) = quoted_word(rest.trim_ascii_start(), b'"')
        .or_else(|| quoted_word(rest.trim_ascii_start(), b'\''))
        .unwrap_or_else(|| bare_word(rest.trim_ascii_start()));
    let simple = !word.is_empty() && word.iter().all(u8::is_ascii_alphanumeric);
    let ends =
        behind.trim_ascii().is_empty() || behind.trim_ascii_start().starts_with(b"#") && behind.starts_with(b" ");
    let ends = ends && !behind.trim_ascii_end().contains(&b'\r');
    if simple && ends { str::from_utf8(word).ok() } else { None }
}

fn quoted_word(text: &[u8], quote: u8) -> Option<(&[u8], &[u8])> {
    let inner = text.strip_prefix(&[quote])?;
    let end = memchr::memchr(quote, inner)?;
    Some((inner.get(..end)?, inner.get(end + 1..)?))
}

fn bare_word(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(u8::is_ascii_whitespace).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, b""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Option<Vec<&str>> {
        let mut outline = Outline::default();
        for line in text.split('\n') {
            outline.see(line.as_bytes(), "kind");
        }
        outline.of(text.as_bytes()).values().map(<[_]>::to_vec)
    }

    #[test]
    fn tells_the_kind_of_ordinary_manifests() {
        assert_eq!(kinds("apiVersion: v1\nkind: ConfigMap\ndata:\n  kind: Job\n"), Some(vec!["ConfigMap"]));
        assert_eq!(kinds("# c\n\nkind: 'Secret' # c\r\nitems:\n- a\n-\n"), Some(vec!["Secret"]));
        assert_eq!(kinds("kind: \"Job\"\nkind: Role\n"), Some(vec!["Job", "Role"]));
        assert_eq!(kinds("  # indented comment\nkind: Role"), Some(vec!["Role"]));
    }

    #[test]
    fn says_that_it_does_not_know_where_only_a_parser_can_tell() {
        for text in [
            "a: 1\n",
            "kind:\n  Job\n",
            "kind: &a Job\n",
            "kind: !!str Job\n",
            "kind: \"J\\x6fb\"\n",
            "kind: Job x\n",
            "kind: ConfigMap\rkind: Job\n",
            "\"kind\": Job\nkind: ConfigMap\n",
            "? kind\n: Job\n",
            "<<: *a\nkind: ConfigMap\n",
            "{kind: Job}\n",
            " a: \"x\nkind: ConfigMap\"\n kind: Job\n",
            "\tkind: Job\nkind: ConfigMap\n",
            "- kind: Job\n",
            "%YAML 1.1\nkind: ConfigMap\n",
            "kind: ConfigMap\n...\n",
            "kind:Job\n",
            "kind: ConfigMap# no comment\n",
            "kind: Foo\n\n  List\n",
            "# c\rkind: Job\nkind: ConfigMap\n",
            "kind: ConfigMap\nx: 1\u{85}kind: Job\n",
            "kind: ConfigMap\nx: 1\u{2028}kind: Job\n",
        ] {
            assert_eq!(kinds(text), None, "{text:?}");
        }
    }
}
