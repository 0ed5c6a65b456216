//! Comments that say what is not to be told: `# rolecall: ignore[rule, rule] reason`.

use std::ops::Range;

use super::Fault;

/// What a comment says to this tool, by offsets in the comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Directive {
    /// All of it, without the `#`.
    pub(super) range: Range<usize>,
    /// Whether it is about the whole file.
    pub(super) is_of_file: bool,
    /// What it names.
    pub(super) names: Vec<Range<usize>>,
    /// Whether it says why.
    pub(super) has_reason: bool,
    /// What is wrong with it; then it names nothing.
    pub(super) fault: Option<Fault>,
}

/// How a comment for this tool begins.
const TOOL: &str = "rolecall";

/// What a comment says to this tool: several tools may be spoken to in one comment, each behind a `#` of its own.
pub(super) fn directives(comment: &str) -> impl Iterator<Item = Directive> {
    let mut at = 0;
    comment.split_inclusive(" # ").filter_map(move |part| {
        let start = at;
        at += part.len();
        let part = part.strip_suffix("# ").unwrap_or(part).trim_end();
        let text = part.trim_start_matches(['#', ' ', '\t']);
        let start = start + part.len() - text.len();
        let directive = parse(text)?;
        let moved = |range: Range<usize>| range.start + start..range.end + start;
        let names = directive.names.into_iter().map(moved).collect();
        Some(Directive { range: moved(directive.range), names, ..directive })
    })
}

/// Reads a comment, or what is one part of it. `None` where it says nothing to this tool.
fn parse(text: &str) -> Option<Directive> {
    let behind = text.strip_prefix(TOOL)?;
    let words = behind.trim_start_matches([':', ' ', '\t']);
    let length = words.find(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '-' | '_'));
    let (word, rest) = words.split_at_checked(length.unwrap_or(words.len()))?;
    let is_list = rest.starts_with('[');
    let fault = match word {
        _ if !behind.starts_with(':') => (word.starts_with("ignore") && is_list).then_some(Fault::Unreadable)?,
        "ignore" | "ignore-file" => return Some(with_names(text, rest, word == "ignore-file")),
        // Prose may begin with the name of the tool and a colon.
        _ if is_list || word.starts_with("ignore-") || word.starts_with("ignore_") => Fault::Unreadable,
        _ => return None,
    };
    Some(faulty(text, fault))
}

fn faulty(text: &str, fault: Fault) -> Directive {
    Directive { range: 0..text.len(), is_of_file: false, names: Vec::new(), has_reason: false, fault: Some(fault) }
}

fn with_names(text: &str, rest: &str, is_of_file: bool) -> Directive {
    let Some(list) = rest.trim_start().strip_prefix('[') else { return faulty(text, Fault::NamesNothing) };
    let start = text.len() - list.len();
    let Some((list, reason)) = list.split_once(']') else { return faulty(text, Fault::Unreadable) };
    let names = names(list, start);
    if names.is_empty() {
        return faulty(text, Fault::NamesNothing);
    }
    let has_reason = reason.contains(char::is_alphanumeric);
    Directive { range: 0..text.len(), is_of_file, names, has_reason, fault: None }
}

/// The places of the words in a list with commas that begins at an offset.
pub(super) fn names(list: &str, start: usize) -> Vec<Range<usize>> {
    let mut at = start;
    let words = list.split(',').map(|part| {
        let first = at + part.len() - part.trim_start().len();
        at += part.len() + 1;
        first..first + part.trim().len()
    });
    words.filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a comment says: the scope, the names, and whether there is a reason.
    fn said(comment: &str) -> Vec<String> {
        let told = directives(comment).map(|it| {
            if let Some(fault) = it.fault {
                return format!("{fault:?} in {:?}", comment.get(it.range).unwrap());
            }
            let names: Vec<_> = it.names.into_iter().map(|name| comment.get(name).unwrap()).collect();
            let file = if it.is_of_file { " in the file" } else { "" };
            let reason = if it.has_reason { " for a reason" } else { "" };
            format!("{}{file}{reason}", names.join("+"))
        });
        told.collect()
    }

    #[test]
    fn comments_name_rules_and_say_why() {
        for (comment, expected) in [
            ("# rolecall: ignore[a]", "a"),
            ("#rolecall:ignore[a]", "a"),
            ("# rolecall: ignore [ a , b-c,] because of #12", "a+b-c for a reason"),
            ("# rolecall: ignore[a] -- ", "a"),
            ("# rolecall: ignore[a] - why", "a for a reason"),
            ("# rolecall: ignore-file[a]\twhy", "a in the file for a reason"),
            ("# yamllint disable-line # rolecall: ignore[ä,b] # why", "ä+b"),
            ("## rolecall: ignore[a] so # yamllint disable-line", "a for a reason"),
        ] {
            assert_eq!(said(comment), [expected], "{comment}");
        }
        assert_eq!(said("# rolecall: ignore[a] x # rolecall: ignore[b]"), ["a for a reason", "b"]);
    }

    #[test]
    fn what_looks_like_it_and_cannot_be_read_is_told() {
        for (comment, expected) in [
            ("# rolecall: ignore", "NamesNothing in \"rolecall: ignore\""),
            ("# rolecall: ignore job-suspended # x", "NamesNothing in \"rolecall: ignore job-suspended\""),
            ("# rolecall: ignore[ , ] why", "NamesNothing in \"rolecall: ignore[ , ] why\""),
            ("# rolecall: ignore-file", "NamesNothing in \"rolecall: ignore-file\""),
            ("# rolecall: ignore[a", "Unreadable in \"rolecall: ignore[a\""),
            ("# rolecall: disable[a]", "Unreadable in \"rolecall: disable[a]\""),
            ("# rolecall: ignore-next-line a", "Unreadable in \"rolecall: ignore-next-line a\""),
            ("# rolecall ignore[a]", "Unreadable in \"rolecall ignore[a]\""),
        ] {
            assert_eq!(said(comment), [expected], "{comment}");
        }
    }

    #[test]
    fn other_comments_say_nothing() {
        for comment in [
            "#",
            "# see rolecall: ignore[a]",
            "# rolecall ignores this",
            "# rolecall: the role of the tool itself",
            "# rolecaller: ignore[a]",
            "# rolecalls ignore[a]",
        ] {
            assert_eq!(said(comment), [""; 0], "{comment}");
        }
    }
}
