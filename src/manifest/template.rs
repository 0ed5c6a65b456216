//! Documents that have to be rendered before they mean anything.

use crate::yaml::SyntaxError;
use crate::yaml::tree::{Origin, Tree};

/// Whether a text holds the marks of a template language: Go templates, Jinja, or variables of a shell.
pub(super) fn has_marks(text: &str) -> bool {
    has_actions(text) || text.contains("${")
}

/// Whether a text holds the marks of Go templates (Helm) or Jinja.
pub(super) fn has_actions(text: &str) -> bool {
    text.contains("{{") || text.contains("{%")
}

/// Whether a document is refused because it is a template: with its template actions out of the way, the error is gone
/// or is another one.
pub(super) fn explains(error: &SyntaxError, text: &str, origin: Origin) -> bool {
    has_actions(text) && Tree::parse(&without_actions(text), origin).err().is_none_or(|other| other != *error)
}

/// The text with every action replaced by letters of the same length, and with lines that hold nothing but actions
/// blanked: places stay what they are.
fn without_actions(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut line_is_blank = true;
    let mut rest = text;
    while let Some((before, action, behind)) = next_action(rest) {
        line_is_blank = match before.rsplit_once('\n') {
            Some((_, line)) => line.trim().is_empty(),
            None => line_is_blank && before.trim().is_empty(),
        };
        plain.push_str(before);
        // Once something else stands on the line, what follows it need not be looked at.
        line_is_blank = line_is_blank && behind.lines().next().is_none_or(|line| line.trim().is_empty());
        let filler = if line_is_blank { " " } else { "x" };
        for line in action.split_inclusive('\n') {
            let content = line.trim_end_matches('\n');
            plain.push_str(&filler.repeat(content.len()));
            plain.push_str(line.get(content.len()..).unwrap_or_default());
        }
        rest = behind;
    }
    plain + rest
}

/// What stands before the first action, the action, and what stands behind it. What is never closed is none.
fn next_action(text: &str) -> Option<(&str, &str, &str)> {
    let opens = |at: &usize| matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%'));
    let start = memchr::memchr_iter(b'{', text.as_bytes()).find(opens)?;
    let (before, rest) = text.split_at_checked(start)?;
    let close = if rest.starts_with("{{") { "}}" } else { "%}" };
    let length = rest.find(close)? + close.len();
    let (action, behind) = rest.split_at_checked(length)?;
    Some((before, action, behind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn is_template(text: &str) -> bool {
        let origin = Origin { file: FileId::new(0), base: 0 };
        explains(&Tree::parse(text, origin).unwrap_err(), text, origin)
    }

    #[test]
    fn actions_explain_the_errors_that_they_make() {
        assert!(is_template("{{- if .Values.x }}\na: 1\n{{- end }}\n"));
        assert!(is_template("a: {{ .Values.x }}\n"));
        assert!(is_template("a:\n  {{- toYaml .x | nindent 4 }}\n"));
        assert!(is_template("{% if x %}\na: 1\n{% endif %}\n"));
    }

    #[test]
    fn actions_are_replaced_in_place() {
        for (text, expected) in [
            ("{{- if x }}\na: {{ b }}-{{ c }}\n  {{ d }}{{ e }}", "           \na: xxxxxxx-xxxxxxx\n  xxxxxxxxxxxxxx"),
            ("{{/* é\n*/}}\nb: {% c %} d", "       \n    \nb: xxxxxxx d"),
            ("a: {b: {c: d}}\n{{ e", "a: {b: {c: d}}\n{{ e"),
        ] {
            assert_eq!(without_actions(text), expected, "{text}");
        }
    }

    #[test]
    fn actions_do_not_explain_the_errors_of_others() {
        assert!(!is_template("a: '{{ x }}'\nb: [1\n"));
        assert!(!is_template("a: [1\n"));
    }
}
