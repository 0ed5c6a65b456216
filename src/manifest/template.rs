//! Documents that have to be rendered before they mean anything.

use std::borrow::Cow;

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
fn without_actions(text: &str) -> Cow<'_, str> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        let (before, from_action) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let close = if from_action.starts_with("{{") { "}}" } else { "%}" };
        let length = from_action.find(close).map_or(from_action.len(), |end| end + close.len());
        let (action, behind) = from_action.split_at_checked(length).unwrap_or((from_action, ""));
        plain.push_str(before);
        let line_is_blank = plain.rsplit('\n').next().is_some_and(|line| line.trim().is_empty());
        let alone = line_is_blank && behind.lines().next().is_none_or(|line| line.trim().is_empty());
        let filler = if alone { ' ' } else { 'x' };
        plain.extend(action.chars().flat_map(|c| {
            let replacement = if c == '\n' { '\n' } else { filler };
            std::iter::repeat_n(replacement, if c == '\n' { 1 } else { c.len_utf8() })
        }));
        rest = behind;
    }
    plain.push_str(rest);
    Cow::Owned(plain)
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
    fn actions_do_not_explain_the_errors_of_others() {
        assert!(!is_template("a: '{{ x }}'\nb: [1\n"));
        assert!(!is_template("a: [1\n"));
    }
}
