//! All ways to what is worth reaching, one by one.

use super::overview::{OF_CLUSTER, Round, Wanted};
use super::{Certainty, Escalations, Proof, Sink};
use crate::query::Who;

/// How somebody comes to something.
#[derive(Clone, Debug)]
pub struct EscalationWay {
    /// Who.
    pub who: Who,
    /// To what.
    pub sink: Sink,
    /// How.
    pub proof: Proof,
}

/// The ways of everybody to what is of the whole cluster, the gravest first, and to be admin of a namespace: of each the
/// surest, and of those the shortest. Nobody is told of again who comes to be cluster-admin as surely.
pub fn ways(escalations: &Escalations<'_>) -> Vec<EscalationWay> {
    let wanted = Wanted { sink: None, certainty: Certainty::Environment, with_system: false };
    let mut round = Round::new(escalations, &wanted);
    let mut found = Vec::new();
    let mut tell = |proof, (who, sink)| found.push(EscalationWay { who, sink, proof });
    for sink in &OF_CLUSTER {
        round.to(sink, &mut tell);
    }
    round.in_namespaces(|sink| matches!(sink, Sink::NamespaceAdmin(_)), &|_, _| true, &mut tell);
    found
}
