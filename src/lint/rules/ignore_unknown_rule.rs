//! Rules to be ignored that do not exist.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, Sink, Suppression, nearest_rule};
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "ignore-unknown-rule",
    category: Category::Meta,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a comment or an annotation ignores a rule that does not exist",
    page: include_str!("../../../rules/ignore-unknown-rule.md"),
    check: Check::Suppression(check),
};

fn check(suppression: &Suppression, sink: &mut Sink<'_>) {
    for name in suppression.names.iter().filter(|name| name.target.is_none()) {
        let message = format!("there is no rule or category `{}`", excerpt(&name.text));
        sink.report(name.span, message).help(match nearest_rule(&name.text) {
            Some(rule) => format!("did you mean `{}`?", rule.id),
            None => "`rolecall rules` lists all rules and their categories".to_owned(),
        });
    }
}
