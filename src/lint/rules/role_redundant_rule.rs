//! Rules of a role that its other rules make needless.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::needless_rules::needless_rules;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;

pub(super) static RULE: Rule = Rule {
    id: "role-redundant-rule",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Default,
    summary: "a rule of a role that allows nothing which its other rules do not allow",
    page: include_str!("../../../rules/role-redundant-rule.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    let place = |index: &usize| role.facts.rules.get(*index).map(|places| places.whole);
    for needless in needless_rules(&role.facts.role.rules) {
        let Some(span) = place(&needless.index) else { continue };
        let others = needless.by.iter().filter_map(place);
        let fix = sink.removing(Safety::Safe, span, "the rule");
        let draft = if needless.is_repeated {
            sink.report(span, "this rule stands in the role already")
                .help("remove it, or write what it was meant to allow")
        } else {
            let message = match needless.by.len() {
                1 => "another rule of the role allows all of this",
                _ => "other rules of the role allow all of this",
            };
            let draft =
                sink.report(span, message).help("remove it; or make the other rule smaller, if it allows too much");
            draft.rated(Profile::Pedantic, Severity::Info)
        };
        others.fold(draft.fix(fix), |draft, other| draft.related(other, "here"));
    }
}
