//! One line for a grant, binding → role, with its place behind it or below, within a width.

use super::excerpt::place;
use super::style::Styles;
use super::table::columns_of;
use super::words;
use crate::query::Access;
use crate::rbac::Grant;
use crate::source::Span;

/// Where a binding names the subject of a grant: the line that has to go, to take it away. `None` for one of the default
/// policy.
pub(super) fn subject_span(access: &Access, grant: &Grant) -> Option<Span> {
    let facts = access.binding_facts(grant.binding)?;
    Some(facts.subjects.get(grant.subject).copied().unwrap_or(facts.role))
}

/// `RoleBinding prod/deployer → Role prod/deployer` behind a head, what else there is to say about it, and its place.
/// What does not fit stands below, under the binding.
pub(super) fn arrow(
    access: &Access,
    grant: &Grant,
    head: &str,
    notes: &[String],
    (styles, width): (Styles, usize),
) -> String {
    let span = subject_span(access, grant);
    let place = span.map_or_else(|| "default policy".to_owned(), |span| place(access.sources(), span));
    let place = format!("({place})");
    let role = format!("→ {}", words::role_by_id(access, grant.role));
    let parts = std::iter::once(role).chain(notes.iter().cloned());
    let indent = columns_of(head);
    let mut text = format!("{head}{}", words::binding_of(access, grant.binding));
    let mut column = columns_of(&text);
    let mut add = |part: &str, shown: &str| {
        if column + 1 + columns_of(part) > width && column > indent {
            text.push('\n');
            text.push_str(&" ".repeat(indent + 2));
            column = indent + 2;
        } else {
            text.push(' ');
            column += 1;
        }
        text.push_str(shown);
        column += columns_of(part);
    };
    for part in parts {
        add(&part, &part);
    }
    add(&place, &styles.dim(&place));
    text.push('\n');
    text
}
