//! Objects that are there already, and that the API server will not change into what they are now.

use std::collections::{BTreeMap, BTreeSet};

use super::side::Side;
use crate::diagnostic::ObjectName;
use crate::query::Access;
use crate::rbac::{Binding, BindingId, Key, RoleRef};
use crate::source::Span;

/// An object that the API server will not change into what it is now: it has to be deleted first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its name.
    pub object: ObjectName,
    /// Why.
    pub why: WhyRefused,
    /// Where it says so in the new state.
    pub span: Span,
    /// Where it was in the old state; `None` for one of the default policy.
    pub before: Option<Span>,
}

/// Why the API server will not change an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyRefused {
    /// A binding hands out another role.
    RoleRef {
        /// The role that it handed out.
        old: RoleRef,
        /// The role that it hands out now.
        new: RoleRef,
    },
    /// Fields of a Job, by their paths, in order.
    JobFields(Vec<String>),
}

/// All objects that the API server will not change from what they are in an old state, by name.
pub(super) fn between(old: &Side, new: &Side) -> Vec<Refused> {
    let mut refused = bindings(&old.access, &new.access);
    refused.extend(jobs(old, new));
    refused.sort_by(|one, other| (&one.object, one.span).cmp(&(&other.object, other.span)));
    refused
}

/// All definitions of every binding, but for those whose names are made up.
fn by_key(access: &Access) -> BTreeMap<Key<'_>, Vec<(BindingId, &Binding)>> {
    let mut by_key: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let is_generated = |id| access.binding_object(id).is_some_and(|object| object.is_generated);
    for (id, binding) in access.policy().all_bindings().filter(|(id, _)| !is_generated(*id)) {
        by_key.entry(binding.key()).or_default().push((id, binding));
    }
    by_key
}

/// The bindings that hand out another role than any of their definitions did, where one of these is gone.
fn bindings(old: &Access, new: &Access) -> Vec<Refused> {
    let before = by_key(old);
    let mut refused = Vec::new();
    for (key, now) in by_key(new) {
        let Some(then) = before.get(&key) else { continue };
        let roles = |all: &[(BindingId, &Binding)]| all.iter().map(|(_, it)| it.role.clone()).collect::<BTreeSet<_>>();
        let (old_roles, new_roles) = (roles(then), roles(&now));
        let gone = then.iter().find(|(_, binding)| !new_roles.contains(&binding.role));
        let come = now.iter().filter(|(_, binding)| !old_roles.contains(&binding.role));
        let Some((old_id, was)) = gone else { continue };
        refused.extend(come.filter_map(|(id, binding)| {
            Some(Refused {
                object: new.binding_object(*id)?.name.clone(),
                why: WhyRefused::RoleRef { old: was.role.clone(), new: binding.role.clone() },
                span: new.binding_facts(*id)?.role,
                before: old.binding_facts(*old_id).map(|facts| facts.role),
            })
        }));
    }
    refused
}

/// The Jobs with fields that cannot change. Of a Job with several definitions, those of one file are compared.
fn jobs(old: &Side, new: &Side) -> Vec<Refused> {
    let version = new.access.assumptions().version;
    let mut before: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for job in &old.jobs {
        before.entry(&job.name).or_default().push(job);
    }
    let mut definitions: BTreeMap<_, usize> = BTreeMap::new();
    for job in &new.jobs {
        *definitions.entry(&job.name).or_default() += 1;
    }
    let refused = new.jobs.iter().filter_map(|job| {
        let then = before.get(&job.name)?;
        let path = new.access.sources().path(job.span.file);
        let was = match then.as_slice() {
            [one] if definitions.get(&job.name) == Some(&1) => one,
            several => several.iter().find(|other| old.access.sources().path(other.span.file) == path)?,
        };
        let changed = was.changed(job, version);
        let span = changed.first()?.span;
        let paths = changed.into_iter().map(|field| field.path).collect();
        let (object, why) = (job.name.clone(), WhyRefused::JobFields(paths));
        Some(Refused { object, why, span, before: Some(was.span) })
    });
    refused.collect()
}
