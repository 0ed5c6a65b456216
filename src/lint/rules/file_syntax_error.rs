//! Documents that are no YAML.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::yaml::SyntaxError;

pub(super) static RULE: Rule = Rule {
    id: "file-syntax-error",
    category: Category::Syntax,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a document is no YAML that Kubernetes can read",
    page: include_str!("../../../rules/file-syntax-error.md"),
    check: Check::Syntax(check),
};

fn check(error: &SyntaxError, sink: &mut Sink<'_>) {
    let help = advice(error, sink.text()).unwrap_or("nothing in this document was analysed");
    let draft = sink.report(error.span, error.message.clone()).help(help);
    if let Some(open) = error.open {
        draft.related(open, "this is still open");
    }
}

/// What to do about the mistakes that people make most, told by the text around the place.
fn advice(error: &SyntaxError, text: &[u8]) -> Option<&'static str> {
    let (before, behind) = text.split_at_checked(error.span.range().start)?;
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |feed| feed + 1);
    let line = text.get(line_start..)?.split(|&byte| byte == b'\n').next()?;
    let line_above = before.get(..line_start.saturating_sub(1))?.rsplit(|&byte| byte == b'\n').next()?;
    if [line, line_above].into_iter().any(is_conflict_marker) {
        return Some("resolve the merge conflict: its markers are still here");
    }
    if line.starts_with(b"%YAML") {
        return Some("remove the line: Kubernetes reads YAML 1.1, without being told so");
    }
    match (behind.first(), before.last()) {
        (Some(b'\t'), _) => Some("a tab cannot indent: use spaces"),
        (Some(b'@' | b'`' | b'%'), _) => Some("a value cannot begin with this character: put it in quotes"),
        (_, Some(b'*')) | (Some(b'*'), _) => Some("`*` begins an alias: put the value in quotes"),
        (_, Some(b'&')) | (Some(b'&'), _) => Some("`&` begins an anchor: put the value in quotes"),
        (Some(b':'), _) if lacks_space_after_colon(line_above) => {
            Some("a space is missing after the colon in the line above")
        }
        (Some(b':'), _) => Some("a value with a colon in it needs quotes; otherwise look at the indentation"),
        (Some(b'.' | b'+' | b'-'), _) if error.message.starts_with("infinity") => {
            Some("put it in quotes if it is a string")
        }
        _ => None,
    }
}

fn is_conflict_marker(line: &[u8]) -> bool {
    [&b"<<<<<<<"[..], b"=======", b">>>>>>>"].iter().any(|marker| line.starts_with(marker))
}

/// Whether a line reads `key:value`, which is one string.
fn lacks_space_after_colon(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let colon = line.iter().position(|&byte| byte == b':');
    colon.is_some_and(|colon| line.get(colon + 1).is_some_and(u8::is_ascii_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::yaml::tree::{Origin, Tree};

    #[test]
    fn the_usual_mistakes_are_told_by_their_text() {
        for (text, help) in [
            ("a:\n\tb: 1\n", "a tab cannot indent"),
            ("a: @daily\n", "put it in quotes"),
            ("a: */5 * * * *\n", "`*` begins an alias"),
            ("verbs: [*]\n", "`*` begins an alias"),
            ("a: &\n", "`&` begins an anchor"),
            ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\n", "merge conflict"),
            ("a:1\nb: 2\n", "a space is missing"),
            ("a: b: c\n", "needs quotes"),
        ] {
            let error = Tree::parse(text, Origin { file: FileId::new(0), base: 0 }).unwrap_err();
            let advice = advice(&error, text.as_bytes());
            assert!(advice.is_some_and(|advice| advice.contains(help)), "{text:?}: {advice:?}");
        }
        let error = Tree::parse("a: [1\n", Origin { file: FileId::new(0), base: 0 }).unwrap_err();
        assert_eq!(advice(&error, b"a: [1\n"), None);
    }
}
