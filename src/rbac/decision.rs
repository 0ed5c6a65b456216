//! Decides whether a request is allowed: the one place where access is decided.
//!
//! As the API server does, it looks at the bindings of the cluster first, then at those of the request's namespace; one
//! that grants is enough, and nothing takes away. [`Policy::first`] stops at the first grant, [`Policy::decide`] tells
//! all of them.

use super::compiled::CompiledAction;
use super::policy::{BindingId, HandedOut, Policy, Prepared, RoleId, RulePlace};
use super::{Action, Binding, Identity, Request, Subject, request};

/// Whether something is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// No grant allows it.
    Denied,
    /// Only grants allow it that need an object whose definitions differ.
    Conditional,
    /// It is allowed.
    Allowed,
}

/// One way to be allowed something: binding → role → rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grant {
    /// The binding.
    pub binding: BindingId,
    /// Which of the binding's subjects it is: the first that is meant.
    pub subject: usize,
    /// The role that the binding hands out.
    pub role: RoleId,
    /// The rule: one of another role where the role takes it in by aggregation.
    pub rule: RulePlace,
    /// Whether it needs an object whose definitions differ.
    pub is_conditional: bool,
}

/// What came of a request, with all reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What came of it.
    pub verdict: Verdict,
    /// Whether it was allowed without a look at any rule, to a member of `system:masters`.
    pub is_master: bool,
    /// All grants: those of the cluster first.
    pub grants: Vec<Grant>,
    /// The bindings that name the subject and hand out a role that is missing.
    pub missing: Vec<BindingId>,
}

/// In which namespaces an action is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Where it is asked to be done: as in a request.
    AsAsked,
    /// In every namespace, one by one.
    EachNamespace,
}

impl Policy {
    /// What comes of a request, without the reasons.
    pub fn first(&self, request: &Prepared<'_>) -> Verdict {
        if request.is_master {
            return Verdict::Allowed;
        }
        let mut verdict = Verdict::Denied;
        for binding in candidates(request) {
            verdict = verdict.max(self.verdict_of(binding, request));
            if verdict == Verdict::Allowed {
                break;
            }
        }
        verdict
    }

    fn verdict_of(&self, binding: BindingId, request: &Prepared<'_>) -> Verdict {
        let Some(HandedOut { roles, is_conditional }) = self.handed_out(binding) else { return Verdict::Denied };
        let mut verdict = Verdict::Denied;
        for rule in roles.iter().flat_map(|&role| self.effective_rules(role)) {
            if !self.compiled_rules().allow(rule.number, &request.action) {
                continue;
            }
            if !is_conditional && !rule.is_conditional {
                return Verdict::Allowed;
            }
            verdict = Verdict::Conditional;
        }
        verdict
    }

    /// What comes of a request, with every grant.
    pub fn decide(&self, request: &Request) -> Decision {
        let prepared = self.prepare(request);
        let mut bindings: Vec<_> = candidates(&prepared).collect();
        bindings.sort_by_key(|&id| (self.binding(id).is_some_and(|binding| binding.namespace.is_some()), id));
        bindings.dedup();
        let grants = bindings.iter().flat_map(|&binding| {
            let subject = self.subject_of(binding, &request.identity).unwrap_or(0);
            self.grants_of(binding, subject, &prepared.action)
        });
        let grants = grants.collect();
        let is_missing = |binding: &BindingId| self.roles_of(*binding).is_empty();
        let missing = bindings.iter().copied().filter(is_missing).collect();
        Decision { verdict: self.first(&prepared), is_master: prepared.is_master, grants, missing }
    }

    /// The grants of a binding to one of its subjects.
    fn grants_of(&self, binding: BindingId, subject: usize, action: &CompiledAction) -> Vec<Grant> {
        let Some(HandedOut { roles, is_conditional }) = self.handed_out(binding) else { return Vec::new() };
        let rules = roles.iter().flat_map(|&role| self.effective_rules(role).iter().map(move |rule| (role, rule)));
        let allowing = rules.filter(|(_, rule)| self.compiled_rules().allow(rule.number, action));
        let grants = allowing.map(|(role, rule)| Grant {
            binding,
            subject,
            role,
            rule: rule.place,
            is_conditional: *is_conditional || rule.is_conditional,
        });
        grants.collect()
    }

    /// Every grant of an action to anybody, one for each subject of each binding that counts: those of the cluster first.
    ///
    /// With [`Reach::EachNamespace`], each binding of a namespace counts as if the action were in that namespace.
    pub fn grants_to_anybody(&self, action: &Action, reach: Reach) -> Vec<Grant> {
        let compiled = CompiledAction::new(action, self.symbols());
        let counting = self.bindings().filter(|(_, binding)| counts(binding, action, reach));
        let grants = counting.flat_map(|(id, binding)| {
            let of_first = self.grants_of(id, 0, &compiled);
            let subjects = 0..if of_first.is_empty() { 0 } else { binding.subjects.len() };
            subjects.flat_map(move |subject| of_first.clone().into_iter().map(move |grant| Grant { subject, ..grant }))
        });
        grants.collect()
    }

    /// Which of a binding's subjects is meant by an identity: the first one; `None` where none is.
    pub fn subject_of(&self, binding: BindingId, identity: &Identity) -> Option<usize> {
        let binding = self.binding(binding)?;
        let namespace = binding.namespace.as_deref();
        binding.subjects.iter().position(|subject| subject.is(identity, namespace))
    }
}

/// Whether a binding counts where an action is.
fn counts(binding: &Binding, action: &Action, reach: Reach) -> bool {
    match (&binding.namespace, action) {
        (None, _) => true,
        (Some(_), Action::Url { .. }) => false,
        (Some(own), Action::Resource(action)) => {
            !own.is_empty() && (reach == Reach::EachNamespace || *own == action.namespace)
        }
    }
}

/// The bindings that name whoever asks, where the request is: those of the cluster first.
fn candidates<'p>(request: &'p Prepared<'p>) -> impl Iterator<Item = BindingId> + 'p {
    let of_cluster = request.uses.iter().flat_map(|uses| &uses.of_cluster);
    let of_namespace = request
        .namespace
        .into_iter()
        .flat_map(|namespace| request.uses.iter().flat_map(move |uses| uses.of_namespace(namespace)));
    of_cluster.chain(of_namespace).copied()
}

impl Subject {
    /// Whether whoever asks is meant by this subject of a binding in a namespace, or without one.
    pub fn is(&self, identity: &Identity, namespace: Option<&str>) -> bool {
        match self {
            Self::User(name) => identity.user == *name,
            Self::Group(name) => identity.groups.contains(name),
            Self::ServiceAccount { namespace: own, name } => own
                .as_deref()
                .or(namespace)
                .is_some_and(|namespace| identity.user == request::user_of_service_account(namespace, name)),
            Self::Other { .. } => false,
        }
    }
}
