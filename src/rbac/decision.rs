//! Decides whether a request is allowed: the one place where access is decided.
//!
//! As the API server does, it looks at the bindings of the cluster first, then at those of the request's namespace; one
//! that grants is enough, and nothing takes away. [`Policy::first`] stops at the first grant, [`Policy::decide`] tells
//! all of them.

use super::compiled::CompiledAction;
use super::index::Use;
use super::policy::{BindingId, HandedOut, Policy, Prepared, RoleId, RulePlace};
use super::{Identity, Request, Subject, request};

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
        let grants: Vec<_> =
            bindings.iter().flat_map(|&binding| self.grants_of(binding, &request.identity, &action)).collect();
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

    fn grants_of(&self, binding: BindingId, identity: &Identity, action: &CompiledAction) -> Vec<Grant> {
        let Some(HandedOut { roles, is_conditional }) = self.handed_out(binding) else { return Vec::new() };
        let rules = roles.iter().flat_map(|&role| self.effective_rules(role).iter().map(move |rule| (role, rule)));
        let mut allowing = rules.filter(|(_, rule)| self.compiled_rules().allow(rule.number, action)).peekable();
        if allowing.peek().is_none() {
            return Vec::new();
        }
        let subject = self.subject_of(binding, identity).unwrap_or(0);
        let grants = allowing.map(|(role, rule)| Grant {
            binding,
            subject,
            role,
            rule: rule.place,
            is_conditional: *is_conditional || rule.is_conditional,
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

impl Subject {
    /// Whether whoever asks is meant by this subject of a binding in a namespace, or without one.
    pub fn is(&self, identity: &Identity, namespace: Option<&str>) -> bool {
        match self {
            Self::User(name) => identity.user == *name,
            Self::Group(name) => identity.groups.contains(name),
            Self::ServiceAccount { namespace: own, name } => own
                .as_deref()
                .or(namespace)
                .is_some_and(|namespace| request::is_service_account(&identity.user, namespace, name)),
            Self::Other { .. } => false,
        }
    }
}
