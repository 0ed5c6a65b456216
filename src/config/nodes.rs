//! Reads values of the configuration, each as what its key takes.

use super::keys::Part;
use super::near;
use super::problem::Problem;
use super::raw::Text;
use crate::source::Span;
use crate::yaml::excerpt;
use crate::yaml::tree::{Entry, NodeRef};

pub(super) fn refuse_unknown_keys(node: NodeRef<'_>, part: &Part) -> Result<(), Problem> {
    let names = part.names();
    let unknown = node.fields().find(|entry| !names.contains(&entry.key.key_name().as_ref()));
    unknown.map_or(Ok(()), |entry| {
        let name = entry.key.key_name();
        let hint = match near::nearest(&name, &names) {
            Some(key) => format!("did you mean `{key}`?"),
            None => part.hint(),
        };
        Err(Problem::new(entry.key.span(), format!("unknown key `{}`", excerpt(&name)), hint))
    })
}

/// The texts in the list of a field; none where it is missing or left out.
pub(super) fn texts(node: NodeRef<'_>, field: &str, of: &str, hint: &str) -> Result<Vec<Text>, Problem> {
    let Some(entry) = node.get(field) else { return Ok(Vec::new()) };
    let what = format!("a {}", of.trim_end_matches('s'));
    items(entry, of, hint)?.into_iter().map(|item| text(item, item.span(), &what, hint)).collect()
}

/// The entries of a list; none where the value is left out.
pub(super) fn items<'t>(entry: Entry<'t>, of: &str, hint: &str) -> Result<Vec<NodeRef<'t>>, Problem> {
    if entry.value.is_sequence() || entry.value.is_null() {
        return Ok(entry.value.items().collect());
    }
    Err(Problem::new(place(entry), format!("expected a list of {of}, found {}", entry.value.in_words()), hint))
}

/// The text of a field.
pub(super) fn read_text(entry: Entry<'_>, what: &str) -> Result<Text, Problem> {
    text(entry.value, place(entry), what, "write one text, and no list or mapping")
}

fn text(node: NodeRef<'_>, span: Span, what: &str, hint: &str) -> Result<Text, Problem> {
    let value = if node.is_null() { Some("") } else { node.as_str() };
    if let Some(value) = value {
        return Ok(Text { value: value.to_owned(), span });
    }
    let is_scalar = !node.is_sequence() && !node.is_mapping();
    let hint = if is_scalar { "put it in quotes" } else { hint };
    Err(Problem::new(span, format!("expected {what}, found {}", node.in_words()), hint))
}

/// Where the value of a field stands, or its key where the value is left out.
pub(super) fn place(entry: Entry<'_>) -> Span {
    let span = entry.value.span();
    if span.start < span.end { span } else { entry.key.span() }
}
