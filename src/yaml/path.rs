//! From a path such as `spec.template.spec.containers[0].image` to places in the text.

use std::fmt;
use std::ops::Range;

use super::tree::{Entry, NodeRef};
use crate::source::Span;

/// A way from a node to another inside it. Written like the API server's field paths: names behind dots, positions in
/// lists in brackets, names that hold dots in brackets too (`metadata.annotations[helm.sh/hook]`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    segments: Vec<Segment>,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// To the field of a mapping.
    Name(String),
    /// To the entry of a list, from 0.
    Index(usize),
}

impl Path {
    /// Reads a path. Any text is one: what is no name, dot or bracket belongs to a name.
    pub fn parse(text: &str) -> Self {
        let mut segments = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            if let Some((inner, behind)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
                segments.push(inner.parse().map_or_else(|_| Segment::Name(inner.to_owned()), Segment::Index));
                rest = behind.strip_prefix('.').unwrap_or(behind);
            } else {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                let (name, behind) = rest.split_at_checked(end.max(1)).unwrap_or((rest, ""));
                segments.push(Segment::Name(name.to_owned()));
                rest = behind.strip_prefix('.').unwrap_or(behind);
            }
        }
        Self { segments }
    }

    /// Its steps.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The names on the way, without the places in lists.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        names(&self.segments)
    }

    /// The path with each name behind a dot, whatever is in it, as the API server's decoder writes one.
    pub fn dotted(&self) -> String {
        let mut text = String::new();
        for segment in &self.segments {
            match segment {
                Segment::Index(index) => text.extend(["[", &index.to_string(), "]"]),
                Segment::Name(name) if text.is_empty() => text.push_str(name),
                Segment::Name(name) => text.extend([".", name]),
            }
        }
        text
    }
}

/// The names among some steps, without the places in lists.
pub fn names(segments: &[Segment]) -> impl Iterator<Item = &str> {
    segments.iter().filter_map(|segment| match segment {
        Segment::Name(name) => Some(&**name),
        Segment::Index(_) => None,
    })
}

impl FromIterator<Segment> for Path {
    fn from_iter<I: IntoIterator<Item = Segment>>(segments: I) -> Self {
        Self { segments: segments.into_iter().collect() }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.segments.iter().enumerate() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Name(name) if name.contains(['.', '[', ']']) => write!(f, "[{name}]")?,
                Segment::Name(name) if position == 0 => f.write_str(name)?,
                Segment::Name(name) => write!(f, ".{name}")?,
            }
        }
        Ok(())
    }
}

/// What a path leads to.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// The node is there.
    Found {
        /// The key of the innermost field on the way, `None` where the way has no field.
        key: Option<NodeRef<'a>>,
        /// The node.
        value: NodeRef<'a>,
        /// How it begins: its own key, or in a list the first key in it; `None` for the root.
        lead: Option<NodeRef<'a>>,
    },
    /// The way ends early.
    Missing {
        /// What lacks the next step: the key of the innermost field on the way that is there, or the entry of a list
        /// behind it; `None` where not even the first field is there.
        within: Option<NodeRef<'a>>,
    },
}

impl<'a> NodeRef<'a> {
    /// What to point at for a whole mapping: its first key, where it takes several lines.
    fn beginning(self) -> Self {
        self.fields().next().filter(|_| self.takes_lines()).map_or(self, |first| first.key)
    }

    fn takes_lines(self) -> bool {
        self.text_at(self.span()).is_some_and(|text| text.contains('\n'))
    }

    /// Follows a path from this node.
    pub fn find(self, path: &Path) -> Place<'a> {
        let (mut key, mut value, mut innermost) = (None, self, None);
        for segment in &path.segments {
            let step = match segment {
                Segment::Name(name) => value.get(name).map(|Entry { key, value }| (Some(key), value)),
                Segment::Index(index) => value.items().nth(*index).map(|item| (key, item)),
            };
            match step {
                Some(found) => (key, value) = found,
                None => return Place::Missing { within: innermost },
            }
            innermost = match segment {
                Segment::Name(_) => key,
                Segment::Index(_) => Some(value.beginning()),
            };
        }
        Place::Found { key, value, lead: innermost }
    }
}

impl<'a> Place<'a> {
    /// The key of what is there; `None` where it is missing or stands behind no key.
    pub fn key(self) -> Option<NodeRef<'a>> {
        match self {
            Place::Found { key, .. } => key,
            Place::Missing { .. } => None,
        }
    }

    /// Where to point for something that a message is about as a whole: the same as [`Place::span`], but of a list or
    /// mapping of several lines only at its key or, in a list, at the first key in it.
    pub fn beginning(self) -> Option<Span> {
        match self {
            Place::Found { value, lead: Some(lead), .. } if value.takes_lines() && value.as_str().is_none() => {
                Some(lead.span())
            }
            _ => self.span(),
        }
    }

    /// Where some bytes of a string stand; where that is not to be seen in the text, or where they are none, the same as
    /// [`Place::span`].
    pub fn within(self, bytes: &Range<usize>) -> Option<Span> {
        let part = match self {
            Place::Found { value, .. } if !bytes.is_empty() => value.part(bytes),
            _ => None,
        };
        part.or_else(|| self.span())
    }

    /// Where to point: at the value; at its key where the value is left out; where the field is missing, at the key of
    /// the mapping that lacks it, or at the first key in it where it is an entry of a list. `None` where that mapping is
    /// the root.
    pub fn span(self) -> Option<Span> {
        match self {
            Place::Found { key, value, .. } => {
                let span = value.span();
                if span.start < span.end { Some(span) } else { key.map(NodeRef::span) }
            }
            Place::Missing { within } => within.map(NodeRef::span),
        }
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::yaml::tree::{Origin, Tree};

    const TEXT: &str = "a:\n  b:\n  - c: 1\n  - c: x\n    d:\nbase: &b {e: 2}\nuse: *b\nk.l/m: 5\n";

    /// The text that a path points at.
    fn pointed(path: &str) -> Option<&'static str> {
        let tree = Tree::parse(TEXT, Origin { file: FileId::new(0), base: 0 }).unwrap();
        let span = tree.root().unwrap().find(&Path::parse(path)).span()?;
        Some(&TEXT[span.range()])
    }

    #[test]
    fn points_at_values() {
        assert_eq!(pointed("a.b[0].c"), Some("1"));
        assert_eq!(pointed("a.b[1].c"), Some("x"));
        assert_eq!(pointed("use.e"), Some("2"));
        assert_eq!(pointed("[k.l/m]"), Some("5"));
    }

    #[test]
    fn points_at_the_key_of_a_value_that_is_left_out() {
        assert_eq!(pointed("a.b[1].d"), Some("d"));
    }

    #[test]
    fn points_at_the_key_of_the_mapping_that_lacks_a_field() {
        assert_eq!(pointed("a.x"), Some("a"));
        assert_eq!(pointed("a.x.y.z"), Some("a"));
        assert_eq!(pointed("a.b[7].c"), Some("b"));
        assert_eq!(pointed("a.b[0].x"), Some("c: 1"));
        assert_eq!(pointed("a.b[1].x"), Some("c"));
        assert_eq!(pointed("a.b[1].d.e"), Some("d"));
        assert_eq!(pointed("use.x"), Some("use"));
        assert_eq!(pointed("x"), None);
    }

    #[test]
    fn paths_print_as_they_are_written() {
        for path in ["spec.rules[0].verbs", "metadata.annotations[helm.sh/hook]", "[0][1].a"] {
            assert_eq!(Path::parse(path).to_string(), path);
        }
    }

    #[test]
    fn the_decoder_of_the_api_server_knows_no_brackets_around_names() {
        let path = Path::parse("spec.rules[0][helm.sh/hook].x");
        assert_eq!(path.dotted(), "spec.rules[0].helm.sh/hook.x");
        assert_eq!(Path::parse("[0].a").dotted(), "[0].a");
    }
}
