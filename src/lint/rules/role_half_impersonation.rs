//! One half of a constrained impersonation, where nobody who has it has the other.

use crate::catalog::ImpersonationHalf;
use crate::diagnostic::{Category, Severity};
use crate::lint::impersonations::Halves;
use crate::lint::references::is_settled;
use crate::lint::role_rules::rules;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;

pub(super) static RULE: Rule = Rule {
    id: "role-half-impersonation",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "one half of a constrained impersonation, where nobody who holds it holds the other",
    page: include_str!("../../../rules/role-half-impersonation.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    let own = &role.facts.role;
    for rule in rules(role) {
        let halves = rule.verbs().filter_map(|verb| Some((verb, ImpersonationHalf::of(verb.text)?)));
        for (verb, half) in halves {
            if Halves::of(own.rules()).has(half.other()) || !is_settled(role.access, role.object) {
                continue;
            }
            let holders = role.index.impersonations().is_out_of_reach(own.key(), half.other());
            let who = match holders {
                Some(false) => continue,
                Some(true) => "nobody who has this role has",
                // A role that another one takes in may be one part of several.
                None if role.index.uses().takers(own.key()).next().is_some() => continue,
                None => "this role does not have",
            };
            let (missing, help) = other(half);
            let message = format!("`{}` is worth nothing alone: {who} `{missing}`", verb.shown());
            sink.report(verb.place, message).help(help);
        }
    }
}

/// What is missing beside a half, and what to do about it.
fn other(half: ImpersonationHalf<'_>) -> (String, String) {
    match half {
        ImpersonationHalf::Whom(mode) => (
            format!("impersonate-on:{mode}:VERB"),
            format!("add a rule with the resources to be used so, and verbs such as `impersonate-on:{mode}:get`"),
        ),
        ImpersonationHalf::What(mode) => (
            format!("impersonate:{mode}"),
            format!("add a rule for {} of `authentication.k8s.io` with the verb `impersonate:{mode}`", whom(mode)),
        ),
    }
}

/// What says whom to be.
fn whom(mode: &str) -> &'static str {
    match mode {
        "serviceaccount" => "`serviceaccounts`",
        "arbitrary-node" | "associated-node" => "`nodes`",
        _ => "`users`, and `groups`, `uids` or `userextras/KEY` where they are needed,",
    }
}
