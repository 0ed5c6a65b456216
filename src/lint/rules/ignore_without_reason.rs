//! What is to be ignored for no reason that is said.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, Sink, Suppression};

pub(super) static RULE: Rule = Rule {
    id: "ignore-without-reason",
    category: Category::Meta,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a comment or an annotation ignores something and does not say why",
    page: include_str!("../../../rules/ignore-without-reason.md"),
    check: Check::Suppression(check),
};

fn check(suppression: &Suppression, sink: &mut Sink<'_>) {
    if suppression.has_reason || suppression.fault.is_some() {
        return;
    }
    let help = if suppression.is_annotation {
        "say why behind the rules, as in `job-suspended -- run by hand`"
    } else {
        "say why behind the bracket"
    };
    sink.report(suppression.span, "this does not say why").help(help);
}
