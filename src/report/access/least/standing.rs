//! What stands, beside what was used of it.

use std::fmt::Write as _;

use super::super::arrow::arrow;
use super::super::excerpt::place;
use super::super::style::Styles;
use super::super::table::listed;
use super::super::words;
use super::sentences::rule;
use crate::query::{Access, Least, Standing, StandingRule};
use crate::rbac::{Grant, Rule, RulePlace};

/// All that bindings of the read set give somebody, with what can go.
pub(super) fn standing((access, least): (&Access, &Least), (styles, width): (Styles, usize), text: &mut String) {
    if least.standing.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", styles.strong("What stands"));
    for standing in &least.standing {
        let place = RulePlace { role: standing.role, index: 0 };
        let Standing { binding, subject, role, .. } = *standing;
        let grant = Grant { binding, subject, role, rule: place, is_conditional: false };
        text.push_str(&arrow(access, &grant, "  ", &[], (styles, width)));
        let verdict = verdict(standing);
        let verdict = if standing.is_all_used() { styles.good(&verdict) } else { styles.unsure(&verdict) };
        let _ = writeln!(text, "    {verdict}");
        if let Some(advice) = advice(access, standing) {
            let _ = writeln!(text, "    {advice}");
        }
        if !standing.is_used() || standing.is_all_used() {
            continue;
        }
        let is_own = access.role_object(standing.role).is_some();
        for rule in standing.rules.iter().filter(|rule| is_own || !rule.used.is_empty()) {
            one_rule((access, standing), rule, (styles, width), text);
        }
    }
    let mut rules = least.standing.iter().flat_map(|standing| &standing.rules);
    if rules.any(|rule| !rule.wide.is_empty()) {
        let _ = writeln!(text, "\n  wide  by `*` allows more than was used");
    }
}

/// What was used of what a binding gives.
fn verdict(standing: &Standing) -> String {
    let used = standing.rules.iter().filter(|rule| !rule.used.is_empty()).count();
    match standing.rules.len() {
        0 => "grants nothing: the role has no rules".to_owned(),
        _ if used == 0 => "nothing of it was used".to_owned(),
        _ if standing.is_all_used() => "all of it was used".to_owned(),
        1 => "used in part".to_owned(),
        rules if used == rules => format!("used in part: each of the {rules} rules, and not all that they allow"),
        rules => format!("used in part: {used} of {rules} rules"),
    }
}

/// What can be done about it, or has to be known before.
fn advice(access: &Access, standing: &Standing) -> Option<&'static str> {
    if !standing.is_used() {
        return Some(if standing.is_shared { "take the subject out of it" } else { "remove it" });
    }
    if !standing.is_needed {
        return Some("other bindings allow all that was used of it, too");
    }
    if standing.is_all_used() {
        return None;
    }
    if access.role_object(standing.role).is_none() {
        return Some("Kubernetes brings the role: bind a smaller one instead");
    }
    (standing.is_shared || !standing.is_only_theirs).then_some("others have the role, too: bind a smaller one instead")
}

fn one_rule(
    (access, standing): (&Access, &Standing),
    told: &StandingRule,
    (styles, width): (Styles, usize),
    text: &mut String,
) {
    let number = words::rule_number(access, Some(standing.role), told.place);
    let place = access
        .rule_places(told.place)
        .map(|places| format!(" {}", styles.dim(&format!("({})", place(access.sources(), places.whole)))));
    let place = place.unwrap_or_default();
    let state = match told {
        _ if told.is_all_used() => ": all used",
        _ if told.used.is_empty() => ": unused",
        _ => "",
    };
    let _ = writeln!(text, "    {number}{place}{state}");
    if state == ": all used" {
        return;
    }
    let is_own = access.role_object(standing.role).is_some();
    let unused: &[Rule] = if is_own { &told.unused } else { &[] };
    for (head, rules) in [("used", told.used.as_slice()), ("unused", unused), ("wide", &told.wide)] {
        for (position, (verbs, items)) in rules.iter().map(rule).enumerate() {
            let head = if position == 0 { head } else { "" };
            text.push_str(&listed(&format!("      {head:<8}{verbs}"), &items, width));
        }
    }
}
