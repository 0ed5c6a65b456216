//! What a test says somebody may or may not do, as it is written: a mapping, or a sentence.

use super::keys::ACTION;
use super::sentence;
use crate::source::Span;
use crate::strict::{Problem, Problems, Text, one_or_more, place, refuse_unknown_keys, refuse_unrelated_keys, text};
use crate::yaml::tree::{Entry, NodeRef};

/// Something to do: every verb with every resource, name and namespace.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// Where it stands.
    pub(super) span: Span,
    pub(super) verbs: Vec<Text>,
    pub(super) with: With,
}

/// With what it is done.
#[derive(Clone, Debug)]
pub(super) enum With {
    /// Resources of the API. No names mean no name in particular, no namespaces none in particular.
    Resources { resources: Vec<Text>, names: Vec<Text>, namespaces: Vec<Text> },
    /// Other URLs.
    Urls(Vec<Text>),
}

const EXAMPLE: &str = "such as `get secrets in prod`, or `{verbs: [get], resources: [secrets], namespaces: [prod]}`";

/// Reads what a key of a test says: one or a list, each a sentence or a mapping.
pub(super) fn wanted(entry: Entry<'_>, problems: &mut Problems) -> Vec<Wanted> {
    let nodes = one_or_more(entry);
    if nodes.is_empty() || entry.value.is_null() {
        problems.extend([Problem::new(place(entry), "nothing to do is named here", EXAMPLE)]);
        return Vec::new();
    }
    nodes.into_iter().filter_map(|node| problems.take(one(node))).collect()
}

fn one(node: NodeRef<'_>) -> Result<Wanted, Problem> {
    if let Some(text) = node.as_str() {
        return sentence::read(node, text);
    }
    if !node.is_mapping() {
        let message = format!("expected something to do, found {}", node.in_words());
        return Err(Problem::new(node.span(), message, EXAMPLE));
    }
    refuse_unknown_keys(node, &ACTION)?;
    refuse_unrelated_keys(node, &ACTION)?;
    let Some(verbs) = node.get("verbs") else {
        return Err(Problem::new(node.span(), "`verbs` is missing", EXAMPLE));
    };
    let list = |key: &str| node.get(key).map_or_else(|| Ok(Vec::new()), |entry| words(entry, EXAMPLE));
    let with = match node.get("urls") {
        Some(urls) => With::Urls(words(urls, "such as `/metrics`")?),
        None => {
            With::Resources { resources: list("resources")?, names: list("names")?, namespaces: list("namespaces")? }
        }
    };
    match &with {
        With::Urls(urls) => sentence::check_urls(urls)?,
        With::Resources { names, .. } => sentence::check_names(names)?,
    }
    Ok(Wanted { span: node.span(), verbs: words(verbs, EXAMPLE)?, with })
}

/// One word or several, none of them empty.
pub(super) fn words(entry: Entry<'_>, hint: &str) -> Result<Vec<Text>, Problem> {
    let nodes = one_or_more(entry);
    if nodes.is_empty() || entry.value.is_null() {
        return Err(Problem::new(place(entry), "the list is empty", hint));
    }
    let word = |node: NodeRef<'_>| {
        let span = if node.is_null() { place(entry) } else { node.span() };
        let word = text(node, span, "a text", hint)?;
        if word.value.trim().is_empty() {
            return Err(Problem::new(span, "the text is empty", hint));
        }
        Ok(word)
    };
    nodes.into_iter().map(word).collect()
}
