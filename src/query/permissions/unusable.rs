//! Roles of the read set that are written and that never come to be.

use std::collections::BTreeMap;

use super::WhyIdle;
use crate::diagnostic::ObjectName;
use crate::manifest::{Kind, KnownObject};
use crate::query::{Access, Unread};
use crate::rbac::{Binding, Key};

/// Why there are no such roles, by what they are known by.
pub(super) struct Unusable<'a>(BTreeMap<Key<'a>, (WhyIdle, Option<Unread>)>);

impl<'a> Unusable<'a> {
    pub(super) fn new(access: &'a Access) -> Self {
        let faults = access.unread().iter().filter_map(|unread| Some((unread.object.as_ref()?, unread)));
        let faults: BTreeMap<_, _> = faults.collect();
        let roles = access.read_set().objects.iter().filter(|object| is_role(&object.name));
        let unusable = roles.filter_map(|object| {
            let key = (object.name.namespace.as_deref(), object.name.name.as_str());
            Some((key, why(object, faults.get(&object.name).copied())?))
        });
        Self(unusable.collect())
    }

    /// Why the role of a binding is not there, and what is wrong with it, where it is written all the same.
    pub(super) fn why(&self, binding: &Binding) -> (WhyIdle, Option<Unread>) {
        let known = binding.role_key().and_then(|key| self.0.get(&key));
        known.cloned().unwrap_or((WhyIdle::NoRole, None))
    }
}

/// Why an object never comes to be; `None` where it does.
fn why(object: &KnownObject, fault: Option<&Unread>) -> Option<(WhyIdle, Option<Unread>)> {
    if let Some(refusal) = &object.refusal {
        let reason = refusal.message.clone();
        let fault = Unread { span: refusal.span, reason, object: Some(object.name.clone()), may_grant: true };
        return Some((WhyIdle::Refused, Some(fault)));
    }
    (!object.decodes).then(|| (WhyIdle::Unreadable, fault.cloned()))
}

fn is_role(name: &ObjectName) -> bool {
    [Kind::Role.name(), Kind::ClusterRole.name()].contains(&name.kind)
}
