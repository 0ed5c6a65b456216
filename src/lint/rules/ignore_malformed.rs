//! Comments that are to ignore something, and cannot be read.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Fault, Profile, Rule, Sink, Suppression};

pub(super) static RULE: Rule = Rule {
    id: "ignore-malformed",
    category: Category::Meta,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a comment that is to ignore something and ignores nothing, because it cannot be read",
    page: include_str!("../../../rules/ignore-malformed.md"),
    check: Check::Suppression(check),
};

fn check(suppression: &Suppression, sink: &mut Sink<'_>) {
    let Some(fault) = suppression.fault else { return };
    let message = match fault {
        Fault::NamesNothing => "this ignores nothing: it names no rule",
        Fault::Unreadable => "this ignores nothing: it is written in another form than those that there are",
        Fault::TooLate => "this ignores nothing: what is for the whole file stands in its first comments",
    };
    let help = match fault {
        Fault::TooLate => "move it to the first lines of the file",
        _ if suppression.is_annotation => "name rules, as in `rolecall.dev/ignore: \"job-suspended -- run by hand\"`",
        _ => {
            "write `# rolecall: ignore[rule] reason`, or `# rolecall: ignore-file[rule] reason` at the top of the file"
        }
    };
    sink.report(suppression.span, message).help(help);
}
