//! Everybody who can, one line a grant.

use std::collections::BTreeMap;

use super::super::arrow::subject_span;
use super::super::conditions::several;
use super::super::excerpt::place;
use super::super::table::table;
use super::super::words;
use super::{is_built_in, question, somebody, workloads};
use crate::query::{Access, Holder, WhoCan};
use crate::rbac::Grant;

const HEADINGS: [&str; 9] = ["SUBJECT", "WHERE", "VIA", "BINDING", "ROLE", "RULE", "PLACE", "RUNS", "NOTES"];

/// No more definitions of one object than this are told in a line.
const MOST_PLACES: usize = 4;

/// The whole answer as a table, however wide.
pub fn wide(access: &Access, answer: &WhoCan) -> String {
    let (built_in, own): (Vec<_>, Vec<_>) = answer.holders.iter().partition(|holder| holder.is_built_in);
    let holders = own.into_iter().chain(built_in);
    let conditions = conditions(access, answer);
    let rows: Vec<_> = holders.flat_map(|holder| rows(access, holder, &conditions)).collect();
    if rows.is_empty() {
        return format!("nobody can {}\n", question(access, answer));
    }
    table(&HEADINGS, &rows, 2)
}

/// Groups are told of ServiceAccounts that are there: a name alone is in every group of its namespace.
fn rows(access: &Access, holder: &Holder, conditions: &Conditions) -> Vec<Vec<String>> {
    let of_groups = holder.through_groups.iter().filter(|_| holder.exists);
    holder.grants.iter().chain(of_groups).map(|grant| row(access, holder, grant, conditions)).collect()
}

fn row(access: &Access, holder: &Holder, grant: &Grant, conditions: &Conditions) -> Vec<String> {
    let rule = words::role_by_id(access, grant.rule.role);
    let index = grant.rule.index + 1;
    let of_subject = subject_span(access, grant);
    let of_rule = access.rule_places(grant.rule).map(|places| place(access.sources(), places.whole));
    let places: Vec<_> = of_subject.map(|span| place(access.sources(), span)).into_iter().chain(of_rule).collect();
    let via = access.subject_of(grant).filter(|named| *named != holder.who);
    let mut notes = if grant.is_conditional { conditional(access, grant, conditions) } else { Vec::new() };
    let mut note = |is_so: bool, text: &str| notes.extend(is_so.then(|| text.to_owned()));
    note(is_built_in(access, grant), "default policy");
    note(!holder.exists && !holder.is_built_in, "not in what was read");
    vec![
        somebody(&holder.who),
        access.namespace_of(grant).map_or_else(|| "everywhere".to_owned(), words::shown),
        via.as_ref().map_or_else(|| "-".to_owned(), somebody),
        words::binding_of(access, grant.binding),
        words::role_by_id(access, grant.role),
        if grant.rule.role == grant.role { index.to_string() } else { format!("{index} of {rule}") },
        if places.is_empty() { "-".to_owned() } else { places.join(", ") },
        dash(&workloads(access, &holder.who)),
        dash(&notes),
    ]
}

/// The objects whose definitions differ, by name, with the places of their definitions.
type Conditions = BTreeMap<String, String>;

fn conditions(access: &Access, answer: &WhoCan) -> Conditions {
    let all = several(access, answer.holders.iter().flat_map(Holder::all_grants)).into_iter();
    let told = all.map(|several| {
        let rest = several.places.len().saturating_sub(MOST_PLACES);
        let more = (rest > 0).then(|| format!("and {rest} more"));
        let places = several.places.iter().take(MOST_PLACES).map(|&span| place(access.sources(), span));
        (several.name(access), places.chain(more).collect::<Vec<_>>().join(", "))
    });
    told.collect()
}

/// What a conditional grant depends on.
fn conditional(access: &Access, grant: &Grant, conditions: &Conditions) -> Vec<String> {
    let [role, written_in] = [grant.role, grant.rule.role].map(|role| words::role_by_id(access, role));
    let written_in = (written_in != role).then_some(written_in);
    let names = [words::binding_of(access, grant.binding), role].into_iter().chain(written_in);
    let told = names.filter_map(|name| Some(format!("conditional on {name} ({})", conditions.get(&name)?)));
    let told: Vec<_> = told.collect();
    if told.is_empty() { vec!["conditional".to_owned()] } else { told }
}

fn dash(items: &[String]) -> String {
    if items.is_empty() { "-".to_owned() } else { items.join(", ") }
}
