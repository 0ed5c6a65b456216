//! All that a subject may do, one line for each permission and the grant that it comes from.

use std::collections::BTreeMap;

use super::super::arrow::subject_span;
use super::super::excerpt::place;
use super::super::table::table;
use super::super::words;
use super::resource;
use crate::query::{Access, Permissions, Scope, Verbs};
use crate::rbac::Grant;

const HEADINGS: [&str; 9] = ["WHERE", "RESOURCE OR URL", "NAMES", "VERBS", "BINDING", "ROLE", "RULE", "PLACE", "NOTES"];

/// The whole answer as a table, however wide.
pub fn wide(access: &Access, permissions: &Permissions) -> String {
    let scopes = permissions.own.iter().chain(&permissions.everybody);
    let rows: Vec<_> = scopes.flat_map(|scope| of_scope(access, permissions, scope)).collect();
    table(&HEADINGS, &rows, 2)
}

fn of_scope(access: &Access, permissions: &Permissions, scope: &Scope) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let at = scope.namespace.as_deref().map_or_else(|| "everywhere".to_owned(), words::shown);
    let mut add = |what: String, names: String, verbs: &Verbs| {
        for (grant, verbs) in by_grant(verbs) {
            let front = [at.clone(), what.clone(), names.clone(), words::shown(&verbs.join(","))];
            rows.push(front.into_iter().chain(source(access, permissions, &grant)).collect());
        }
    };
    for row in &scope.resources {
        let names = if row.names.is_empty() { "-".to_owned() } else { words::shown(&row.names.join(",")) };
        add(resource(&row.group, &row.resource), names, &row.verbs);
    }
    for row in &scope.urls {
        add(words::shown(&row.url), "-".to_owned(), &row.verbs);
    }
    rows
}

/// The verbs by the grants that they come from.
pub(super) fn by_grant(verbs: &Verbs) -> BTreeMap<Grant, Vec<&str>> {
    let mut by_grant: BTreeMap<Grant, Vec<&str>> = BTreeMap::new();
    for (verb, grants) in verbs {
        for grant in grants {
            by_grant.entry(*grant).or_default().push(verb);
        }
    }
    by_grant
}

fn source(access: &Access, permissions: &Permissions, grant: &Grant) -> [String; 5] {
    let index = grant.rule.index + 1;
    let written_in = words::role_by_id(access, grant.rule.role);
    let of_subject = subject_span(access, grant);
    let of_rule = access.rule_places(grant.rule).map(|places| places.whole);
    let places = of_subject.into_iter().chain(of_rule).map(|span| place(access.sources(), span));
    let places: Vec<_> = places.collect();
    let named = access.subject_of(grant).filter(|named| *named != permissions.asker.who);
    let via = named.map(|named| format!("to {}", words::shown(&named.to_string())));
    let conditional = grant.is_conditional.then(|| "conditional".to_owned());
    let default = of_subject.is_none().then(|| "default policy".to_owned());
    let notes: Vec<_> = via.into_iter().chain(conditional).chain(default).collect();
    let or_dash = |items: &[String]| if items.is_empty() { "-".to_owned() } else { items.join(", ") };
    [
        words::binding_of(access, grant.binding),
        words::role_by_id(access, grant.role),
        if grant.rule.role == grant.role { index.to_string() } else { format!("{index} of {written_in}") },
        or_dash(&places),
        or_dash(&notes),
    ]
}
