//! May this subject do this? With every grant that says yes, or with what comes nearest to one.

use super::access::Access;
use super::doubt::{doubts_about, doubts_about_grants, doubts_about_namespace};
use super::miss::{Miss, nearest};
use super::question::{Words, ask};
use super::remedy::{Remedy, remedy};
use super::subject::Who;
use crate::diagnostic::Failure;
use crate::rbac::{BindingId, Decision, Identity, Request, Verdict};

/// A question with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Who was asked about.
    pub who: Who,
    /// What was asked to be allowed.
    pub request: Request,
    /// What came of it, with the grants.
    pub decision: Decision,
    /// What is odd about the question.
    pub warnings: Vec<String>,
    /// Why the answer may be another than one thinks: names that nothing that was read knows.
    pub doubts: Vec<String>,
    /// What kubectl would answer, where that is something else.
    pub kubectl: Option<Kubectl>,
    /// What comes nearest to allowing it, where it is denied.
    pub misses: Vec<Miss>,
    /// What would allow it, where it is denied.
    pub remedy: Option<Remedy>,
    /// The bindings that name the subject, but for those of the default policy, where it is denied.
    pub bindings: Vec<BindingId>,
}

/// An answer of `kubectl auth can-i` that is another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kubectl {
    /// What it would say.
    pub allowed: bool,
    /// The namespace that it would ask about.
    pub namespace: String,
}

/// Somebody who is asked about, as whom they come to the API server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asker {
    /// Who they are.
    pub who: Who,
    /// With which groups.
    pub identity: Identity,
}

impl From<Who> for Asker {
    fn from(who: Who) -> Self {
        Self { identity: who.identity(), who }
    }
}

/// Answers one question. Fails where its parts do not fit together.
pub fn can_i(access: &Access, asker: &Asker, words: &Words) -> Result<Answer, Failure> {
    let asked = ask(words, access.catalog(), access.default_namespace())?;
    let policy = access.policy();
    let request = Request { identity: asker.identity.clone(), action: asked.action };
    let decision = policy.decide(&request);
    let kubectl = asked.action_of_kubectl.and_then(|action| {
        let namespace = action.namespace().unwrap_or_default().to_owned();
        let request = Request { identity: asker.identity.clone(), action };
        let verdict = policy.first(&policy.prepare(&request));
        let allowed = verdict == Verdict::Allowed;
        (verdict != decision.verdict).then_some(Kubectl { allowed, namespace })
    });
    let of_namespace = request.action.namespace().and_then(|namespace| doubts_about_namespace(namespace, access));
    let of_grants = doubts_about_grants(&decision.grants, access);
    // Whoever may do it through a group needs no binding that names them.
    let is_yes = decision.verdict == Verdict::Allowed;
    let is_told = !is_yes || matches!(asker.who, Who::ServiceAccount { .. });
    let of_subject = is_told.then(|| doubts_about(&asker.who, access)).flatten();
    let doubts = of_subject.into_iter().chain(of_namespace).chain(of_grants).collect();
    let is_denied = decision.verdict == Verdict::Denied;
    let misses = if is_denied { nearest(access, &request) } else { Vec::new() };
    let remedy = if is_denied { remedy(access, &asker.who, &request, &misses) } else { None };
    let mut bindings = if is_denied { policy.bindings_naming(&request.identity) } else { Vec::new() };
    bindings.retain(|&id| access.binding_object(id).is_some());
    Ok(Answer {
        who: asker.who.clone(),
        request,
        decision,
        warnings: asked.warnings,
        doubts,
        kubectl,
        misses,
        remedy,
        bindings,
    })
}
