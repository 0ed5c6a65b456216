//! Documents that are no YAML.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule, Sink};
use crate::yaml::SyntaxError;

pub(super) static RULE: Rule = Rule {
    id: "file-syntax-error",
    category: Category::Syntax,
    severity: Severity::Error,
    summary: "a document is no YAML that Kubernetes can read",
    page: include_str!("../../../rules/file-syntax-error.md"),
    check: Check::Syntax(check),
};

fn check(error: &SyntaxError, sink: &mut Sink<'_>) {
    let draft = sink.report(error.span, error.message.clone()).help("nothing in this document was analysed");
    if let Some(open) = error.open {
        draft.related(open, "this is still open");
    }
}
