//! Where permissions come from: short numbers in the rows, and what they stand for below.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::super::excerpt::place;
use super::super::style::Styles;
use super::super::table::columns_of;
use super::super::words;
use crate::query::{Access, Verbs, Who};
use crate::rbac::{BindingId, Grant, RoleId};

/// Numbers for bindings with their roles, in the order in which they are first named.
#[derive(Debug, Default)]
pub(super) struct Legend {
    numbers: BTreeMap<(BindingId, RoleId), usize>,
    grants: Vec<Grant>,
}

impl Legend {
    /// The numbers of the grants of some verbs: `1,3`.
    pub(super) fn numbers(&mut self, verbs: &Verbs) -> String {
        let numbers: BTreeSet<_> = verbs.values().flatten().map(|grant| self.number(grant)).collect();
        numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(",")
    }

    fn number(&mut self, grant: &Grant) -> usize {
        *self.numbers.entry((grant.binding, grant.role)).or_insert_with(|| {
            self.grants.push(*grant);
            self.grants.len()
        })
    }

    /// What the numbers stand for.
    pub(super) fn write(&self, access: &Access, who: &Who, styles: Styles, width: usize) -> String {
        let mut text = String::new();
        for (index, grant) in self.grants.iter().enumerate() {
            let _ = write!(text, "{}", line(access, who, &format!("{:>3}  ", index + 1), grant, styles, width));
        }
        text
    }
}

/// `RoleBinding prod/deployer → Role prod/deployer`, and how the subject is meant where it is not by its name; the places
/// of both behind it or below.
pub(super) fn line(access: &Access, who: &Who, head: &str, grant: &Grant, styles: Styles, width: usize) -> String {
    let binding = words::binding_of(access, grant.binding);
    let named = access.subject_of(grant).filter(|named| named != who);
    let via = named.map(|named| format!(" to {}", words::shown(&named.to_string()))).unwrap_or_default();
    let conditional = if grant.is_conditional { ", if one of several differing definitions holds" } else { "" };
    let text = format!("{head}{binding} → {}{via}{conditional}", words::role_by_id(access, grant.role));
    let places = places(access, grant);
    if columns_of(&text) + 2 + columns_of(&places) <= width {
        return format!("{text}  {}\n", styles.dim(&places));
    }
    format!("{text}\n{}{}\n", " ".repeat(columns_of(head)), styles.dim(&places))
}

fn places(access: &Access, grant: &Grant) -> String {
    let facts = access.binding_facts(grant.binding);
    let of_binding = facts.map(|facts| facts.subjects.get(grant.subject).copied().unwrap_or(facts.role));
    match of_binding {
        Some(span) => place(access.sources(), span),
        None => "default policy of Kubernetes".to_owned(),
    }
}
