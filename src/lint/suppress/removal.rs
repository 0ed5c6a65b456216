//! How a name of a suppression is taken out of a file, and the whole of it where it names nothing else.

use super::annotation::KEY;
use super::{Named, Suppression};
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::yaml::edit::Editable;
use crate::yaml::path::Path;

/// What may stand before the words of a comment.
const MARKS: [char; 3] = ['#', ' ', '\t'];

/// Where the metadata may stand that an annotation is in.
const METADATA: [&str; 4] =
    ["metadata", "spec.template.metadata", "spec.jobTemplate.metadata", "spec.jobTemplate.spec.template.metadata"];

/// A name out of those of a suppression, with its comma; `None` where it is the only one, or no text of its own.
pub(super) fn of_name(suppression: &Suppression, name: &Named) -> Option<Edit> {
    let names = &suppression.names;
    let position = names.iter().position(|other| other.span == name.span)?;
    if name.span == suppression.span {
        return None;
    }
    let span = match (position.checked_sub(1).and_then(|before| names.get(before)), names.get(position + 1)) {
        (Some(before), _) => Span { start: before.span.end, ..name.span },
        (None, after) => Span { end: after?.span.start, ..name.span },
    };
    Some(Edit { span, text: String::new() })
}

/// A comment out of its line, and the line where nothing else is on it. What else the comment says stays.
pub(super) fn of_comment(text: &[u8], comment: Span) -> Option<Edit> {
    let range = comment.range();
    let text = str::from_utf8(text).ok()?;
    let (before, behind) = (text.get(..range.start)?, text.get(range.end..)?);
    let line_start = before.rfind('\n').map_or(0, |feed| feed + 1);
    let line = behind.split_inclusive('\n').next().unwrap_or_default();
    let rest = line.trim_end_matches(['\n', '\r']);
    let in_front = before.get(line_start..)?.trim_end_matches(MARKS);
    let others = rest.trim_start_matches(MARKS);
    let (start, end) = if !others.is_empty() {
        (range.start, range.end + rest.len() - others.len())
    } else if in_front.trim_start_matches('\u{feff}').is_empty() {
        (line_start + in_front.len(), range.end + line.len())
    } else {
        (line_start + in_front.len(), range.end + rest.len())
    };
    let offset = |at: usize| u32::try_from(at).ok();
    Some(Edit { span: Span { start: offset(start)?, end: offset(end)?, ..comment }, text: String::new() })
}

/// An annotation with this value out of its object or template.
pub(super) fn of_annotation(text: &Editable<'_>, value: Span) -> Vec<Edit> {
    let mut paths = METADATA.iter().map(|metadata| Path::parse(&format!("{metadata}.annotations[{KEY}]")));
    let path = paths.find(|path| text.place(path) == Some(value));
    path.map(|path| text.remove_all(&[path])).unwrap_or_default()
}
