//! The files that do not agree, so that a grant is only conditional.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::excerpt::place;
use super::style::Styles;
use super::words;
use crate::query::Access;
use crate::rbac::{BindingId, Grant, Key, RoleId};
use crate::source::Span;

/// An object that has several definitions which differ.
#[derive(Clone, Copy, Debug)]
pub(super) enum Differing {
    /// By one of its definitions.
    Binding(BindingId),
    /// By one of its definitions.
    Role(RoleId),
}

/// An object that has several definitions, with the places of them all.
pub(super) struct Several {
    /// The object.
    pub(super) object: Differing,
    /// Where its definitions stand.
    pub(super) places: Vec<Span>,
}

impl Several {
    fn is_in_one_file(&self) -> bool {
        self.places.iter().all(|place| Some(place.file) == self.places.first().map(|first| first.file))
    }

    /// `Role prod/deployer`.
    pub(super) fn name(&self, access: &Access) -> String {
        match self.object {
            Differing::Binding(binding) => words::binding_of(access, binding),
            Differing::Role(role) => words::role_by_id(access, role),
        }
    }
}

/// The objects that grants need and whose definitions differ, each once.
pub(super) fn several<'g>(access: &Access, grants: impl IntoIterator<Item = &'g Grant>) -> Vec<Several> {
    let policy = access.policy();
    let mut known: BTreeSet<(bool, Key<'_>)> = BTreeSet::new();
    let mut all = Vec::new();
    for grant in grants.into_iter().filter(|grant| grant.is_conditional) {
        let binding = policy.binding(grant.binding).filter(|_| policy.binding_differs(grant.binding));
        if binding.is_some_and(|binding| known.insert((true, binding.key()))) {
            let places = access.binding_definitions(grant.binding);
            all.push(Several { object: Differing::Binding(grant.binding), places });
        }
        for id in [grant.role, grant.rule.role] {
            let role = policy.role(id).filter(|_| policy.role_differs(id));
            if role.is_some_and(|role| known.insert((false, role.key()))) {
                all.push(Several { object: Differing::Role(id), places: access.role_definitions(id) });
            }
        }
    }
    all
}

/// Each object with its definitions, indented.
pub(super) fn write(access: &Access, all: &[Several], indent: &str, styles: Styles) -> String {
    let mut text = String::new();
    for several in all {
        let (condition, name) = (styles.unsure("condition"), several.name(access));
        let _ = writeln!(text, "{indent}{condition}: {name} is defined several times, and not always the same:");
        for &span in &several.places {
            let _ = writeln!(text, "{indent}  {}", place(access.sources(), span));
        }
    }
    text
}

/// What would make an answer a certain one.
pub(super) fn help(all: &[Several], styles: Styles) -> String {
    let in_one_file = all
        .iter()
        .any(Several::is_in_one_file)
        .then_some("of several definitions in one file `kubectl apply` has the last one win: leave the others out");
    let in_several = all.iter().any(|several| !several.is_in_one_file()).then_some(
        "say which files belong to one cluster with `clusters` in `rolecall.yaml`, and ask with `--cluster NAME`",
    );
    let mut text = String::new();
    for help in in_several.into_iter().chain(in_one_file) {
        let _ = writeln!(text, "\n{}: {help}", styles.unsure("help"));
    }
    text
}
