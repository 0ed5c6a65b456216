//! Several edits that belong together: all of them, or none.

use super::{Editable, Word};
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::yaml::path::{Path, Segment};
use crate::yaml::tree::NodeRef;

impl Editable<'_> {
    /// Takes out fields, by their paths from the object, as far as they are there. A mapping that would be left empty goes
    /// as well.
    pub fn remove_all(&self, paths: &[Path]) -> Vec<Edit> {
        let mut gone: Vec<&[Segment]> = Vec::new();
        for path in paths.iter().map(Path::segments) {
            if self.at(path).is_some() && !gone.contains(&path) {
                gone.push(path);
            }
        }
        while let Some(emptied) = self.emptied(&gone) {
            gone.retain(|path| !path.starts_with(emptied));
            gone.push(emptied);
        }
        together(gone.iter().map(|path| {
            let (name, mapping) = path.split_last()?;
            let others = gone.iter().filter_map(|path| path.strip_prefix(mapping));
            let others: Vec<_> = others.filter_map(|rest| rest.first()).collect();
            let is_gone = |key: NodeRef<'_>| others.iter().any(|name| is_named(key, name));
            self.remove_entry_of(self.key(mapping, name)?.span(), &is_gone)
        }))
    }

    /// Moves a scalar to a field that is not there, by paths from the object, with what is said about it behind it.
    pub fn move_scalar(&self, from: &Path, to: &Path) -> Vec<Edit> {
        together([self.remove(from), self.moved(from, to)])
    }

    fn moved(&self, from: &Path, to: &Path) -> Option<Edit> {
        let value = self.place(from)?;
        let word = self.text_of(value)?;
        let end = self.local(value.end)?;
        let rest = self.text.get(end..self.line_end(end))?;
        let comment = if rest.trim_start().starts_with('#') { rest } else { "" };
        let Edit { span, mut text } = self.set(to, Word::Bare(word))?;
        let is_on_its_own_line = text.contains('\n');
        if !comment.is_empty() && !is_on_its_own_line {
            return None;
        }
        text.insert_str(text.rfind(word)? + word.len(), comment);
        Some(Edit { span, text })
    }

    /// Where the value of a field stands, by its path from the object.
    pub fn place(&self, path: &Path) -> Option<Span> {
        Some(self.at(path.segments())?.span())
    }

    /// A mapping that has nothing but these fields.
    fn emptied<'p>(&self, gone: &[&'p [Segment]]) -> Option<&'p [Segment]> {
        let mappings = gone.iter().filter_map(|path| path.split_last()).map(|(_, mapping)| mapping);
        let is_emptied = |mapping: &&[Segment]| {
            let count =
                gone.iter().filter(|path| path.split_last().is_some_and(|(_, other)| other == *mapping)).count();
            self.at(mapping).is_some_and(|node| node.children().count() == 2 * count)
        };
        mappings.filter(|mapping| !mapping.is_empty()).find(is_emptied)
    }

    /// Where a path leads.
    fn at(&self, path: &[Segment]) -> Option<NodeRef<'_>> {
        let root = *self.chain(self.object)?.last()?;
        path.iter().try_fold(root, |node, segment| super::child(node, segment).map(|(_, value)| value))
    }

    /// The key of a field.
    fn key(&self, mapping: &[Segment], name: &Segment) -> Option<NodeRef<'_>> {
        super::child(self.at(mapping)?, name)?.0
    }
}

fn is_named(key: NodeRef<'_>, segment: &Segment) -> bool {
    matches!(segment, Segment::Name(name) if key.names(name))
}

/// All of some edits, in order, those that touch as one; nothing where one of them cannot be made.
pub fn together(edits: impl IntoIterator<Item = Option<Edit>>) -> Vec<Edit> {
    let Some(mut edits) = edits.into_iter().collect::<Option<Vec<_>>>() else { return Vec::new() };
    edits.sort();
    let overlap = |one: &Edit, next: &Edit| next.span.start < one.span.end;
    if edits.iter().zip(edits.iter().skip(1)).any(|(one, next)| overlap(one, next)) {
        return Vec::new();
    }
    joined(edits)
}

/// Edits in order, those that touch as one.
pub(super) fn joined(edits: Vec<Edit>) -> Vec<Edit> {
    let mut joined: Vec<Edit> = Vec::new();
    for edit in edits {
        match joined.last_mut() {
            Some(last) if last.span.end == edit.span.start => {
                last.span.end = edit.span.end;
                last.text.push_str(&edit.text);
            }
            _ => joined.push(edit),
        }
    }
    joined
}
