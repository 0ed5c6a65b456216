//! Decides whether a request is allowed: the one place where access is decided.
//!
//! As the API server does, it looks at the bindings of the cluster first, then at those of the request's namespace; one
//! that grants is enough, and nothing takes away. [`Policy::first`] stops at the first grant, [`Policy::decide`] tells
//! all of them.

use super::compiled::CompiledAction;
use super::index::Use;
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
        for &role in request.uses.iter().copied().flatten() {
            verdict = verdict.max(self.verdict_of(role, &request.action));
            if verdict == Verdict::Allowed {
                break;
            }
        }
        verdict
    }

    fn verdict_of(&self, role: Use, action: &CompiledAction) -> Verdict {
        let rules = match action {
            CompiledAction::Resource { .. } => self.layout().on_resources(role.role),
            CompiledAction::Url { .. } => self.layout().on_urls(role.role),
        };
        let mut verdict = Verdict::Denied;
        for rule in rules.iter().filter(|rule| self.compiled_rules().allow(rule.number, action)) {
            if !role.is_conditional && !rule.is_conditional {
                return Verdict::Allowed;
            }
            verdict = Verdict::Conditional;
        }
        verdict
    }

    /// What comes of a request, with every grant.
    pub fn decide(&self, request: &Request) -> Decision {
        let bindings = self.bindings_for(request);
        let action = self.compile_action(&request.action);
        let grants = bindings.iter().flat_map(|&binding| {
            let subject = || self.subject_of(binding, &request.identity).unwrap_or(0);
            self.grants_of(binding, subject, &action)
        });
        let grants: Vec<_> = grants.collect();
        let is_missing = |binding: &BindingId| self.roles_of(*binding).is_empty();
        let missing = bindings.iter().copied().filter(is_missing).collect();
        let is_master = request.identity.is_master();
        let verdict = match grants.as_slice() {
            _ if is_master => Verdict::Allowed,
            [] => Verdict::Denied,
            grants if grants.iter().all(|grant| grant.is_conditional) => Verdict::Conditional,
            _ => Verdict::Allowed,
        };
        Decision { verdict, is_master, grants, missing }
    }

    /// The grants of a binding to one of its subjects, which is only looked for where there are any.
    fn grants_of(&self, binding: BindingId, subject: impl FnOnce() -> usize, action: &CompiledAction) -> Vec<Grant> {
        let Some(HandedOut { roles, is_conditional }) = self.handed_out(binding) else { return Vec::new() };
        let rules = roles.iter().flat_map(|&role| self.effective_rules(role).iter().map(move |rule| (role, rule)));
        let mut allowing = rules.filter(|(_, rule)| self.compiled_rules().allow(rule.number, action)).peekable();
        if allowing.peek().is_none() {
            return Vec::new();
        }
        let subject = subject();
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
        let compiled = self.compile_action(action);
        let counting = self.bindings().filter(|(_, binding)| counts(binding, action, reach));
        let grants = counting.flat_map(|(id, binding)| {
            let of_first = self.grants_of(id, || 0, &compiled);
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

impl Subject {
    /// Whether whoever asks is meant by this subject of a binding in a namespace, or without one.
    pub fn is(&self, identity: &Identity, namespace: Option<&str>) -> bool {
        match self {
            Self::User(name) => identity.user == *name,
            Self::Group(name) => identity.groups.iter().any(|group| group == name),
            Self::ServiceAccount { .. } => self
                .service_account(namespace)
                .is_some_and(|(namespace, name)| request::is_service_account(&identity.user, namespace, name)),
            Self::Other { .. } => false,
        }
    }
}
