//! Text that stands where Kubernetes does not look.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "file-ignored-text",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "text behind the end of a document, which Kubernetes does not read",
    page: include_str!("../../../rules/file-ignored-text.md"),
    check: Check::Ignored(check),
};

fn check(span: Span, sink: &mut Sink<'_>) {
    sink.report(span, "Kubernetes does not read this: the document has ended before it")
        .help("begin each document with a line `---`");
}
