//! May this subject do this? With every grant that says yes, or with what comes nearest to one.

use super::access::Access;
use super::doubt::{doubts_about, doubts_about_namespace};
use super::miss::{Miss, nearest};
use super::question::{Words, ask};
use super::subject::Who;
use super::suggestion::{Suggestion, suggest};
use crate::diagnostic::Failure;
use crate::rbac::{Action, Decision, Identity, Request, Verdict};

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
    /// What comes nearest to allowing it, where it is denied or only conditional.
    pub misses: Vec<Miss>,
    /// What would allow it, where it is denied or only conditional.
    pub suggestion: Option<Suggestion>,
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
        let namespace = namespace_of(&action).to_owned();
        let request = Request { identity: asker.identity.clone(), action };
        let verdict = policy.first(&policy.prepare(&request));
        let allowed = verdict == Verdict::Allowed;
        (verdict != decision.verdict).then_some(Kubectl { allowed, namespace })
    });
    let of_namespace = doubts_about_namespace(namespace_of(&request.action), access);
    let doubts = doubts_about(&asker.who, access).into_iter().chain(of_namespace).collect();
    let is_allowed = decision.verdict == Verdict::Allowed;
    let misses = if is_allowed { Vec::new() } else { nearest(access, &request) };
    let suggestion = if is_allowed { None } else { suggest(&asker.who, &request.action) };
    Ok(Answer {
        who: asker.who.clone(),
        request,
        decision,
        warnings: asked.warnings,
        doubts,
        kubectl,
        misses,
        suggestion,
    })
}

/// The namespace of a request; empty where it has none.
pub fn namespace_of(action: &Action) -> &str {
    match action {
        Action::Resource(action) => &action.namespace,
        Action::Url { .. } => "",
    }
}
