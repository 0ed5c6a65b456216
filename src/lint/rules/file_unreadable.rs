//! Files that cannot be read.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::UnreadableFile;

pub(super) static RULE: Rule = Rule {
    id: "file-unreadable",
    category: Category::Syntax,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a file cannot be read",
    page: include_str!("../../../rules/file-unreadable.md"),
    check: Check::Unreadable(check),
};

fn check(file: &UnreadableFile, sink: &mut Sink<'_>) {
    sink.report(file.span, format!("the file cannot be read: {}", file.reason))
        .help("nothing in it was analysed; leave it out with `--exclude` if that is fine");
}
