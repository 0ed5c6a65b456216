//! An object among all others that were read.

use std::rc::Rc;

use super::kept_text::KeptText;
use super::{Chosen, Earlier, Index, Settings, Sink};
use crate::config::External;
use crate::manifest::{BindingFacts, Facts, Kind, KnownObject, RoleFacts, WorkloadFacts};
use crate::query::Access;

/// An object among all others that were read, with what it says about access.
#[derive(Debug)]
pub struct InSet<'a, F> {
    /// All that was read, and who may do what by it.
    pub access: &'a Access,
    /// What is known to be there although nothing of it was read.
    pub external: &'a External,
    /// What was there before.
    pub earlier: &'a Earlier,
    /// What can be looked up about all that was read.
    pub index: &'a Index<'a>,
    /// The object.
    pub object: &'a KnownObject,
    /// What it says, and where.
    pub facts: &'a F,
    /// The text of its file.
    text: Rc<KeptText<'a>>,
}

impl<'a> InSet<'a, Facts> {
    pub(super) fn new(
        access: &'a Access,
        settings: &'a Settings,
        index: &'a Index<'a>,
        object: &'a KnownObject,
    ) -> Self {
        let text = Rc::new(KeptText::of(access.sources(), object.span.file));
        let Settings { external, earlier, .. } = settings;
        Self { access, external, earlier, index, object, facts: &object.facts, text }
    }

    fn with<F>(&self, facts: &'a F) -> InSet<'a, F> {
        InSet {
            access: self.access,
            external: self.external,
            earlier: self.earlier,
            index: self.index,
            object: self.object,
            facts,
            text: Rc::clone(&self.text),
        }
    }

    /// The object as a role that there is: one that the API server refuses is none.
    pub(super) fn role(&self) -> Option<InSet<'a, RoleFacts>> {
        match self.facts {
            Facts::Role(facts) if self.object.refusal.is_none() => Some(self.with(&**facts)),
            _ => None,
        }
    }

    /// The object as a binding that there is.
    pub(super) fn binding(&self) -> Option<InSet<'a, BindingFacts>> {
        match self.facts {
            Facts::Binding(facts) if self.object.refusal.is_none() => Some(self.with(&**facts)),
            _ => None,
        }
    }

    /// The object as one with pods.
    pub(super) fn workload(&self) -> Option<InSet<'a, WorkloadFacts>> {
        match self.facts {
            Facts::Workload(facts) => Some(self.with(&**facts)),
            _ => None,
        }
    }
}

impl<F> InSet<'_, F> {
    /// A sink for a rule that looks at the object.
    pub(super) fn sink(&self, chosen: Chosen) -> Sink<'_> {
        Sink::new(chosen, Some(&self.object.name), &self.text).of_whole(Some(self.object.whole))
    }

    /// Whether a role is there, by its namespace and name: read, of the default policy, or external.
    pub(super) fn knows_role(&self, key: (Option<&str>, &str)) -> bool {
        let is_external = match key {
            (Some(namespace), name) => self.external.has_role(namespace, name),
            (None, name) => self.external.has_cluster_role(name),
        };
        is_external || self.access.known().has_role(key)
    }

    /// Whether a ServiceAccount is there: read, or external.
    pub(super) fn knows_account(&self, namespace: &str, name: &str) -> bool {
        self.external.has_service_account(namespace, name) || self.access.known().has_account(namespace, name)
    }

    /// Whether a role was there before, and is not any more.
    pub(super) fn role_was_deleted(&self, key: (Option<&str>, &str)) -> bool {
        let kind = if key.0.is_some() { Kind::Role } else { Kind::ClusterRole };
        self.earlier.had(kind, key.0, key.1) && !self.knows_role(key)
    }

    /// Whether a ServiceAccount was there before, and is not any more.
    pub(super) fn account_was_deleted(&self, namespace: &str, name: &str) -> bool {
        // Of a name that every namespace has anyway, nothing is lost.
        name != "default"
            && self.earlier.had(Kind::ServiceAccount, Some(namespace), name)
            && !self.knows_account(namespace, name)
    }
}
