//! Edits of an object's text that keep everything else: comments, order, quoting and the ends of lines.
//!
//! What cannot be edited without a doubt is not edited: what an alias, an anchor or a merge key has a part in, what
//! spans several lines, and what a comment of its own belongs to.

mod lines;
mod remove;
mod several;
mod words;

use super::documents;
use super::events::Escapes;
use super::path::{Path, Segment};
use super::tree::{NodeRef, Origin, Tree};
use crate::diagnostic::Edit;
use crate::source::Span;
pub use several::together;
pub use words::Word;

/// An object whose text can be edited.
#[derive(Debug)]
pub struct Editable<'t> {
    /// Whole lines, or a mapping in braces.
    text: &'t str,
    /// Where the text begins in the file.
    base: u32,
    tree: Tree<'t>,
    object: Span,
    is_json: bool,
}

impl<'t> Editable<'t> {
    /// The object in a place of a file with these bytes; `None` where it cannot be read by itself.
    pub fn new(bytes: &'t [u8], object: Span) -> Option<Self> {
        let range = object.range();
        let line = bytes.get(..range.start)?.iter().rposition(|byte| *byte == b'\n').map_or(0, |feed| feed + 1);
        let before = bytes.get(line..range.start)?;
        if before.iter().any(|byte| b"&!".contains(byte)) {
            return None;
        }
        let is_in_braces = bytes.get(range.start) == Some(&b'{');
        let (start, end) = if is_in_braces {
            (range.start, range.end)
        } else {
            let rest = bytes.get(range.end..)?;
            (line, range.end + rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |feed| feed + 1))
        };
        // A byte order mark is no part of the text, and its dashes make an object an entry of a list.
        let before = before.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(before);
        if !is_in_braces && before.iter().any(|byte| !b" -".contains(byte)) {
            return None;
        }
        let text = str::from_utf8(bytes.get(start..end)?).ok()?;
        let base = u32::try_from(start).ok()?;
        let is_json = documents::is_json(bytes);
        let escapes = if is_json { Escapes::Json } else { Escapes::Yaml };
        let tree = Tree::parse_with(text, Origin { file: object.file, base }, escapes).ok()?;
        Some(Self { text, base, tree, object, is_json })
    }

    /// Writes another word in place of a scalar, in the quotes that it has.
    pub fn replace(&self, scalar: Span, word: Word<'_>) -> Option<Edit> {
        let node = *self.chain(scalar)?.last()?;
        let written = self.text_of(scalar)?;
        let is_simple = !node.is_mapping() && !node.is_sequence() && !written.is_empty();
        if !is_simple || written.contains('\n') || written.starts_with(['|', '>']) {
            return None;
        }
        let text = word.written(Some(written), self.is_json);
        (text != written).then_some(Edit { span: scalar, text })
    }

    /// Gives a field another name, where its mapping has none of that name.
    pub fn rename(&self, key: Span, name: &str) -> Option<Edit> {
        let chain = self.chain(key)?;
        let [.., mapping, node] = chain.as_slice() else { return None };
        let is_key = mapping.is_mapping() && mapping.children().step_by(2).any(|key| key.span() == node.span());
        let is_taken = mapping.children().step_by(2).any(|key| key.names(name) || key.is_merge_key());
        if is_key && !is_taken { self.replace(key, Word::Text(name)) } else { None }
    }

    /// Writes the value of a field, by its path from the object. Where it is missing it is added to the mapping that lacks
    /// it, which has to be there.
    pub fn set(&self, path: &Path, word: Word<'_>) -> Option<Edit> {
        let (last, before) = path.segments().split_last()?;
        let mut node = *self.chain(self.object)?.last()?;
        for segment in before {
            let (_, value) = child(node, segment)?;
            node = *self.chain(value.span()).filter(|_| !value.is_null())?.last()?;
        }
        let Segment::Name(name) = last else {
            return self.replace(child(node, last)?.1.span(), word);
        };
        match child(node, last) {
            Some((Some(key), value)) if value.is_null() => self.fill_in(key, value, word),
            Some((_, value)) => self.replace(value.span(), word),
            None => self.add(node, name, word),
        }
    }

    /// Writes a value behind a key that has none, or in place of a `null`.
    fn fill_in(&self, key: NodeRef<'_>, value: NodeRef<'_>, word: Word<'_>) -> Option<Edit> {
        if !value.span().range().is_empty() {
            return self.replace(value.span(), word);
        }
        self.chain(key.span())?;
        let behind = self.local(key.span().end)?;
        let colon = behind + self.text.get(behind..)?.find(':')?;
        let is_bare = self.text.get(behind..colon)?.trim().is_empty() && self.ends_line(colon + 1);
        is_bare.then(|| Edit { span: self.span(colon + 1, colon + 1), text: format!(" {}", word.written(None, false)) })
    }

    /// Adds a field to a mapping: behind its last scalar, or before all that it has.
    fn add(&self, mapping: NodeRef<'_>, name: &str, word: Word<'_>) -> Option<Edit> {
        let children: Vec<_> = mapping.children().collect();
        let (first, _) = children.split_first()?;
        if !mapping.is_mapping() || children.iter().step_by(2).any(|key| key.is_merge_key()) {
            return None;
        }
        let start = self.local(first.span().start)?;
        let key = Word::Text(name).written(None, self.is_json);
        let entry = format!("{key}: {}", word.written(None, self.is_json));
        if self.is_flow(mapping) {
            let text = format!("{entry}, ");
            return Some(Edit { span: self.span(start, start), text });
        }
        let indentation = " ".repeat(self.column(start)?);
        let scalars = children.chunks_exact(2).rev().filter_map(|entry| match entry {
            [key, value] => self.end_of_line_entry(*key, *value),
            _ => None,
        });
        // Comments between a key and its first field belong to that field.
        let behind_the_key = || self.end_of_line_before(start).filter(|_| self.has_comment_above(start));
        let newline = self.newline();
        match scalars.take(1).next().or_else(behind_the_key) {
            Some(end) => Some(Edit { span: self.span(end, end), text: format!("{newline}{indentation}{entry}") }),
            None => Some(Edit { span: self.span(start, start), text: format!("{entry}{newline}{indentation}") }),
        }
    }

    /// The nodes from the outermost to the one in this place; `None` where there is none, or where it is written for more
    /// than this place.
    fn chain(&self, place: Span) -> Option<Vec<NodeRef<'_>>> {
        let mut node = self.tree.root()?;
        let mut chain = vec![node];
        while node.span() != place {
            let holds = |child: &NodeRef<'_>| child.span().start <= place.start && place.end <= child.span().end;
            let child = node.children().find(holds)?;
            let before = node.children().take_while(|child| !holds(child)).last();
            let before = before.map_or(node.span().start, |before| before.span().end);
            if child.is_alias() || self.has_properties(before, child.span().start)? {
                return None;
            }
            chain.push(child);
            node = child;
        }
        Some(chain)
    }

    /// Whether an anchor or a tag stands between two places.
    fn has_properties(&self, start: u32, end: u32) -> Option<bool> {
        let between = self.text.get(self.local(start)?..self.local(end)?)?;
        let code = |line: &str| line.split('#').next().unwrap_or_default().contains(['&', '!']);
        Some(between.lines().any(code))
    }

    /// Whether a collection stands in brackets.
    fn is_flow(&self, node: NodeRef<'_>) -> bool {
        self.text_of(node.span()).is_some_and(|text| text.starts_with(['{', '[']))
    }

    fn text_of(&self, place: Span) -> Option<&'t str> {
        self.text.get(self.local(place.start)?..self.local(place.end)?)
    }

    /// An offset in the file as one in the text.
    fn local(&self, offset: u32) -> Option<usize> {
        offset.checked_sub(self.base).map(|offset| offset as usize)
    }

    /// A piece of the text as a place in the file.
    fn span(&self, start: usize, end: usize) -> Span {
        let offset = |at: usize| self.base.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
        Span { file: self.object.file, start: offset(start), end: offset(end) }
    }
}

/// The key and value of a step, as they are written; `None` where it leads nowhere, or not by one key alone.
fn child<'a>(node: NodeRef<'a>, segment: &Segment) -> Option<(Option<NodeRef<'a>>, NodeRef<'a>)> {
    match segment {
        Segment::Index(index) if node.is_sequence() => Some((None, node.children().nth(*index)?)),
        Segment::Name(name) if node.is_mapping() => {
            let children: Vec<_> = node.children().collect();
            let entries = children.chunks_exact(2).filter_map(|entry| match entry {
                [key, value] => Some((*key, *value)),
                _ => None,
            });
            let mut named = entries.filter(|(key, _)| key.names(name));
            let (key, value) = named.next()?;
            named.next().is_none().then_some((Some(key), value))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
