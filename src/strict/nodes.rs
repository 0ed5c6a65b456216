//! Reads values, each as what its key takes.

use super::document::Text;
use super::keys::{Part, Relation};
use super::near;
use super::problem::Problem;
use crate::source::Span;
use crate::yaml::excerpt;
use crate::yaml::tree::{Entry, NodeRef};

/// Fails at a key that a part does not have.
pub(crate) fn refuse_unknown_keys(node: NodeRef<'_>, part: &Part) -> Result<(), Problem> {
    unknown_keys(node, part).into_iter().next().map_or(Ok(()), Err)
}

/// What is wrong with every key that a part does not have.
pub(crate) fn unknown_keys(node: NodeRef<'_>, part: &Part) -> Vec<Problem> {
    let names = part.names();
    let unknown = node.fields().filter(|entry| !names.contains(&entry.key.key_name().as_ref()));
    let problems = unknown.map(|entry| {
        let name = entry.key.key_name();
        let hint = match near::nearest(&name, &names) {
            Some(key) => format!("did you mean `{key}`?"),
            None => part.hint(),
        };
        Problem::new(entry.key.span(), format!("unknown key `{}`", excerpt(&name)), hint)
    });
    problems.collect()
}

/// Fails where keys of a part are apart that go together, or together that do not.
pub(crate) fn refuse_unrelated_keys(node: NodeRef<'_>, part: &Part) -> Result<(), Problem> {
    for relation in part.relations {
        match *relation {
            Relation::Needs(key, other, hint) => {
                if let (Some(entry), None) = (node.get(key), node.get(other)) {
                    return Err(Problem::new(entry.key.span(), format!("`{key}` needs `{other}`"), hint));
                }
            }
            Relation::Excludes(key, other, hint) => {
                if let (Some(first), Some(entry)) = (node.get(key), node.get(other)) {
                    let message = format!("`{other}` does not go with `{key}`");
                    return Err(Problem::new(entry.key.span(), message, hint).related("it stands at", first.key.span()));
                }
            }
            Relation::OneOf(keys, hint) => {
                if !keys.iter().any(|key| node.get(key).is_some()) {
                    let keys: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
                    let message = format!("one of {} is missing", keys.join(", "));
                    return Err(Problem::new(node.span(), message, hint));
                }
            }
        }
    }
    Ok(())
}

/// The values of a field that takes one or a list of them.
pub(crate) fn one_or_more(entry: Entry<'_>) -> Vec<NodeRef<'_>> {
    if entry.value.is_sequence() { entry.value.items().collect() } else { vec![entry.value] }
}

/// The texts in the list of a field; none where it is missing or left out.
pub(crate) fn texts(node: NodeRef<'_>, field: &str, of: &str, hint: &str) -> Result<Vec<Text>, Problem> {
    let Some(entry) = node.get(field) else { return Ok(Vec::new()) };
    let what = format!("a {}", of.trim_end_matches('s'));
    items(entry, of, hint)?.into_iter().map(|item| text(item, item.span(), &what, hint)).collect()
}

/// The entries of a list; none where the value is left out.
pub(crate) fn items<'t>(entry: Entry<'t>, of: &str, hint: &str) -> Result<Vec<NodeRef<'t>>, Problem> {
    if entry.value.is_sequence() || entry.value.is_null() {
        return Ok(entry.value.items().collect());
    }
    Err(Problem::new(place(entry), format!("expected a list of {of}, found {}", entry.value.in_words()), hint))
}

/// The text of a field.
pub(crate) fn read_text(entry: Entry<'_>, what: &str) -> Result<Text, Problem> {
    text(entry.value, place(entry), what, "write one text, and no list or mapping")
}

/// The text of a value.
pub(crate) fn text(node: NodeRef<'_>, span: Span, what: &str, hint: &str) -> Result<Text, Problem> {
    let value = if node.is_null() { Some("") } else { node.as_str() };
    if let Some(value) = value {
        return Ok(Text { value: value.to_owned(), span });
    }
    let is_scalar = !node.is_sequence() && !node.is_mapping();
    let hint = if is_scalar { "put it in quotes" } else { hint };
    Err(Problem::new(span, format!("expected {what}, found {}", node.in_words()), hint))
}

/// Where the value of a field stands, or its key where the value is left out.
pub(crate) fn place(entry: Entry<'_>) -> Span {
    let span = entry.value.span();
    if span.start < span.end { span } else { entry.key.span() }
}
