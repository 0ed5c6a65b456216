//! Takes entries out of lists and mappings.

use super::Editable;
use super::several::joined;
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::yaml::path::Path;
use crate::yaml::tree::NodeRef;

impl Editable<'_> {
    /// Takes an entry out of a list that has others, with what is said about it behind it on its line. An entry with
    /// comments of its own stays.
    pub fn remove_item(&self, item: Span) -> Option<Edit> {
        let chain = self.chain(item)?;
        let [.., list, _] = chain.as_slice() else { return None };
        let items: Vec<_> = list.children().collect();
        let position = items.iter().position(|other| other.span() == item)?;
        if !list.is_sequence() || items.len() < 2 {
            return None;
        }
        self.without_item(*list, &items, position)
    }

    /// Takes out a field, by its path from the object, where [`Editable::remove_entry`] can.
    pub fn remove(&self, path: &Path) -> Option<Edit> {
        let mut place = (None, *self.chain(self.object)?.last()?);
        for segment in path.segments() {
            place = super::child(place.1, segment)?;
        }
        self.remove_entry(place.0?.span())
    }

    /// Takes a field out of a mapping that has others.
    pub fn remove_entry(&self, key: Span) -> Option<Edit> {
        self.remove_entry_of(key, &|other| other.span() == key)
    }

    /// Takes a field out of a mapping of which other fields go as well, but not all.
    pub(super) fn remove_entry_of(&self, key: Span, is_gone: &dyn Fn(NodeRef<'_>) -> bool) -> Option<Edit> {
        let chain = self.chain(key)?;
        let [.., mapping, _] = chain.as_slice() else { return None };
        let children: Vec<_> = mapping.children().collect();
        let position = children.iter().step_by(2).position(|other| other.span() == key)? * 2;
        let value = children.get(position + 1)?;
        if !mapping.is_mapping() || children.len() < 4 || value.is_alias() {
            return None;
        }
        if !value.span().range().is_empty() {
            self.chain(value.span())?;
        }
        if self.is_flow(*mapping) {
            let entries = children.chunks_exact(2).filter_map(|entry| match entry {
                [key, value] => Some((Span { end: value.span().end.max(key.span().end), ..key.span() }, is_gone(*key))),
                _ => None,
            });
            return self.without_flow(&entries.collect::<Vec<_>>(), position / 2);
        }
        let start = self.local(key.start)?;
        let line = self.line_start(start);
        let end = self.local(value.span().end.max(key.end))?;
        // A value that is left out ends before the colon behind its key.
        let end = end + self.text.get(end..)?.find(|c| c != ':').unwrap_or(0);
        self.text.get(line..start)?.trim().is_empty().then(|| self.without_lines(line, end))?
    }

    /// Writes other words in place of the entries of a list: as many or fewer.
    pub fn rewrite_list(&self, list: &Path, words: &[String]) -> Vec<Edit> {
        self.rewritten(list, words).unwrap_or_default()
    }

    fn rewritten(&self, list: &Path, words: &[String]) -> Option<Vec<Edit>> {
        let root = *self.chain(self.object)?.last()?;
        let mut node = root;
        for segment in list.segments() {
            let (_, value) = super::child(node, segment)?;
            node = *self.chain(value.span())?.last()?;
        }
        let items: Vec<_> = node.children().collect();
        let is_fine = node.is_sequence() && !words.is_empty() && words.len() <= items.len();
        if !is_fine || self.has_comment_within(node.span()) {
            return None;
        }
        let mut edits: Vec<Edit> = Vec::new();
        for (position, item) in items.iter().enumerate() {
            match words.get(position) {
                Some(word) if self.text_of(item.span())? == word => {}
                Some(word) => edits.push(Edit { span: item.span(), text: word.clone() }),
                None => edits.push(self.without_item(node, &items, position)?),
            }
        }
        Some(joined(edits))
    }

    fn has_comment_within(&self, place: Span) -> bool {
        self.tree.comments().any(|comment| comment.start >= place.start && comment.end <= place.end)
    }

    fn without_item(&self, list: NodeRef<'_>, items: &[NodeRef<'_>], position: usize) -> Option<Edit> {
        let item = items.get(position)?.span();
        if !self.is_flow(list) {
            let start = self.local(item.start)?;
            let line = self.line_start(start);
            let dash = self.text.get(line..start)?.trim();
            return (dash == "-").then(|| self.without_lines(line, self.local(item.end)?))?;
        }
        let entries: Vec<_> = items.iter().map(|other| (other.span(), other.span() == item)).collect();
        self.without_flow(&entries, position)
    }

    /// Takes one of some entries out of its brackets, with a comma. Of each it is known whether it goes.
    fn without_flow(&self, entries: &[(Span, bool)], position: usize) -> Option<Edit> {
        let (entry, _) = *entries.get(position)?;
        let stays_before = entries.get(..position)?.iter().any(|(_, is_gone)| !is_gone);
        let (start, end, between) = if stays_before {
            let (before, _) = entries.get(position.checked_sub(1)?)?;
            (before.end, entry.end, (before.end, entry.start))
        } else {
            let (after, _) = entries.get(position + 1)?;
            (entry.start, after.start, (entry.end, after.start))
        };
        let between = self.text.get(self.local(between.0)?..self.local(between.1)?)?;
        (between.trim() == ",").then(|| Edit { span: Span { start, end, ..entry }, text: String::new() })
    }

    /// Takes out whole lines, up to the one on which something ends.
    fn without_lines(&self, line: usize, end: usize) -> Option<Edit> {
        let is_at_line_start = end > line && self.text.get(..end)?.ends_with('\n');
        if !is_at_line_start && !self.ends_line(end) {
            return None;
        }
        let end = if is_at_line_start { end } else { self.next_line(end) };
        let lines = self.text.get(line..end)?;
        let comments = self.tree.comments().filter_map(|comment| self.local(comment.start));
        let is_own = |at: usize| self.text.get(self.line_start(at)..at).is_some_and(|before| before.trim().is_empty());
        let has_own = comments.filter(|at| (line..end).contains(at)).any(is_own);
        if has_own || self.has_comment_above(line) || lines.is_empty() {
            return None;
        }
        // The last line of a file need not end: then the end of the line before goes.
        let start = if lines.ends_with('\n') { line } else { self.line_end(line.checked_sub(1)?) };
        Some(Edit { span: self.span(start, end), text: String::new() })
    }
}
