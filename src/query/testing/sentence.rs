//! What somebody may do in one line, as in the shell: `get secrets named db in prod`.

use std::ops::Range;

use super::wanted::{Wanted, With};
use crate::rbac::ALL;
use crate::source::Span;
use crate::strict::{Problem, Text};
use crate::yaml::excerpt;
use crate::yaml::tree::NodeRef;

/// What a sentence looks like.
const SHAPE: &str = "say `VERB TYPE[.GROUP][/SUBRESOURCE] [named NAME] [in NAMESPACE]`, such as `get,list secrets in prod`, \
                     `VERB /URL`, or `everything`";

/// Every verb with every resource.
const EVERYTHING: &str = "everything";

/// Reads one sentence.
pub(super) fn read(node: NodeRef<'_>, text: &str) -> Result<Wanted, Problem> {
    let words: Vec<_> = words(node, text).collect();
    let problem = || {
        let message = format!("`{}` is not understood", excerpt(text));
        Err(Problem::new(node.span(), message, SHAPE))
    };
    let span = node.span();
    let (verbs, target, rest) = match words.as_slice() {
        [first, rest @ ..] if first.value == EVERYTHING => (all(first), all(first), rest),
        [verbs, target, rest @ ..] => (listed(verbs), listed(target), rest),
        _ => return problem(),
    };
    if target.iter().any(|word| word.value.starts_with('/')) {
        check_urls(&target)?;
        return if rest.is_empty() { Ok(Wanted { span, verbs, with: With::Urls(target) }) } else { problem() };
    }
    let (names, rest) = match rest {
        [named, names, rest @ ..] if named.value == "named" => (listed(names), rest),
        _ => (Vec::new(), rest),
    };
    check_names(&names)?;
    let values: Vec<_> = rest.iter().map(|word| word.value.as_str()).collect();
    let namespaces = match (values.as_slice(), rest.last()) {
        ([] | ["everywhere" | "-A"] | ["in", "all" | "any" | "every", "namespace" | "namespaces"], _) => Vec::new(),
        (["in" | "-n", _] | ["in", "namespace" | "namespaces", _], Some(last)) => listed(last),
        _ => return problem(),
    };
    Ok(Wanted { span, verbs, with: With::Resources { resources: target, names, namespaces } })
}

/// Fails where some are URLs and some are not.
pub(super) fn check_urls(urls: &[Text]) -> Result<(), Problem> {
    if let Some(other) = urls.iter().find(|url| !url.value.starts_with('/')) {
        let message = format!("`{}` is no URL", excerpt(&other.value));
        return Err(Problem::new(other.span, message, "URLs begin with a slash, such as `/metrics`"));
    }
    let has_star_inside = |url: &&Text| url.value.trim_end_matches('*').contains('*');
    urls.iter().find(has_star_inside).map_or(Ok(()), |url| {
        let message = format!("`{}` has a `*` inside, where it means nothing", excerpt(&url.value));
        Err(Problem::new(url.span, message, "a `*` stands at the end of a URL, such as `/healthz/*`"))
    })
}

/// Fails at what is the name of no single object.
pub(super) fn check_names(names: &[Text]) -> Result<(), Problem> {
    let is_no_name = |name: &&Text| name.value.contains(['*', ',', '"', '\'', '/', ' ']);
    names.iter().find(is_no_name).map_or(Ok(()), |name| {
        let message = format!("`{}` names no single object", excerpt(&name.value));
        Err(Problem::new(name.span, message, "names are whole, without patterns; leave them out for any object"))
    })
}

fn all(word: &Text) -> Vec<Text> {
    vec![Text { value: ALL.to_owned(), span: word.span }]
}

/// The words of a text with their places. A list goes on behind a comma with a space.
fn words<'t>(node: NodeRef<'t>, text: &'t str) -> impl Iterator<Item = Text> + 't {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for piece in text.split(char::is_whitespace) {
        let range = at..at + piece.len();
        at = range.end + text.get(range.end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let goes_on = |last: &Range<usize>| {
            let ends_in_comma = text.get(last.clone()).is_some_and(|word| word.ends_with(','));
            ends_in_comma || piece.starts_with(',')
        };
        match ranges.last_mut() {
            _ if piece.is_empty() => {}
            Some(last) if goes_on(last) => last.end = range.end,
            _ => ranges.push(range),
        }
    }
    ranges.into_iter().map(move |range| Text {
        span: node.part(&range).unwrap_or_else(|| node.span()),
        value: text.get(range).unwrap_or_default().to_owned(),
    })
}

/// The parts of a word between commas.
fn listed(word: &Text) -> Vec<Text> {
    let mut at = word.span.start;
    let parts = word.value.split(',').filter_map(|part| {
        let start = at;
        let length = u32::try_from(part.len()).unwrap_or(0);
        at = start.saturating_add(length).saturating_add(1);
        let is_literal = word.span.end.saturating_sub(word.span.start) as usize == word.value.len();
        let trimmed = part.trim();
        let lead = u32::try_from(part.len() - part.trim_start().len()).unwrap_or(0);
        let start = start + lead;
        let end = start + u32::try_from(trimmed.len()).unwrap_or(0);
        let span = if is_literal { Span { start, end, ..word.span } } else { word.span };
        (!trimmed.is_empty()).then(|| Text { value: trimmed.to_owned(), span })
    });
    parts.collect()
}
