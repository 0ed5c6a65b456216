//! All that is said about a finding, where a format has but one text for it.

use crate::diagnostic::Finding;
use crate::source::Location;

/// The message, what can be done about it, and the template that it comes from: its own file may be no more than a pipe.
pub(super) fn with_remarks(
    finding: &Finding,
    location: &Location<'_>,
    between: &str,
    escape: impl Fn(&str) -> String,
) -> String {
    let help = finding.help.as_deref().map(|help| format!("help: {help}"));
    let source = location.source.as_ref().map(|source| format!("rendered from {source}"));
    let remarks = help.into_iter().chain(source).map(|remark| escape(&remark));
    let all: Vec<_> = std::iter::once(escape(&finding.message)).chain(remarks).collect();
    all.join(between)
}
