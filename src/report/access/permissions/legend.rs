//! Where permissions come from: short numbers in the rows, and what they stand for below.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::super::arrow::arrow;
use super::super::excerpt::place;
use super::super::style::Styles;
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
    pub(super) fn numbers<'v>(&mut self, verbs: impl IntoIterator<Item = &'v Verbs>) -> String {
        let grants = verbs.into_iter().flat_map(BTreeMap::values).flatten();
        let numbers: BTreeSet<_> = grants.map(|grant| self.number(grant)).collect();
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

/// One grant in a line, and how the subject is meant where it is not by its name.
pub(super) fn line(access: &Access, who: &Who, head: &str, grant: &Grant, styles: Styles, width: usize) -> String {
    let named = access.subject_of(grant).filter(|named| named != who);
    let via = named.map(|named| format!("to {}", words::shown(&named.to_string())));
    let conditional = grant.is_conditional.then(|| match access.role_object(grant.role) {
        Some(role) => format!("if the definition at {} holds", place(access.sources(), role.span)),
        None => "if one of several differing definitions holds".to_owned(),
    });
    let notes: Vec<_> = via.into_iter().chain(conditional).collect();
    arrow(access, grant, head, &notes, (styles, width))
}
