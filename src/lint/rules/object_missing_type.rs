//! Objects that say only one half of their type.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::Untyped;

pub(super) static RULE: Rule = Rule {
    id: "object-missing-type",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "an object has a kind and no apiVersion, or an apiVersion and no kind",
    page: include_str!("../../../rules/object-missing-type.md"),
    check: Check::Untyped(check),
};

fn check(object: &Untyped<'_>, sink: &mut Sink<'_>) {
    let Untyped { missing, meant, span } = *object;
    let help = match meant {
        Some(meant) => format!("write `{missing}` for `{meant}`: keys are case-sensitive"),
        None => format!("add `{missing}`; nothing in this object was analysed"),
    };
    sink.report(span, format!("no `{missing}`: Kubernetes cannot know what this object is")).help(help).field(missing);
}
