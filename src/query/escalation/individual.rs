//! All that one subject comes to.

use super::overview::{Already, Wanted};
use super::proof::Proof;
use super::sink::Sink;
use super::{Cut, Escalations};
use crate::query::Who;

/// All that one subject comes to.
#[derive(Debug)]
pub struct Individual {
    /// Who.
    pub who: Who,
    /// What it is already.
    pub already: Vec<Already>,
    /// What it comes to, the gravest first.
    pub goals: Vec<Goal>,
}

/// Something that a subject comes to.
#[derive(Debug)]
pub struct Goal {
    /// What.
    pub sink: Sink,
    /// How.
    pub proof: Proof,
    /// The least that has to go so that it does not; `None` where nothing helps that was read.
    pub cut: Option<Cut>,
}

/// Tells all that one subject comes to.
pub fn individual(escalations: &Escalations<'_>, who: &Who, wanted: &Wanted) -> Individual {
    let asked = wanted.sink.as_ref().map_or_else(|| vec![Sink::ClusterAdmin], Sink::with_wider);
    let already = asked.iter().filter_map(|sink| {
        let grants = escalations.holds(who, sink)?;
        Some(Already { who: who.clone(), sink: sink.clone(), grants })
    });
    let already: Vec<_> = already.take(1).collect();
    let proof = |sink: Sink| {
        let proof = escalations.proof(who, &sink).filter(|proof| proof.certainty() <= wanted.certainty)?;
        Some((sink, proof))
    };
    let reached: Vec<_> = match &wanted.sink {
        Some(_) if !already.is_empty() => Vec::new(),
        // The thing itself, or else what it is in.
        Some(_) => asked.into_iter().rev().find_map(proof).into_iter().collect(),
        None => escalations.reached(who).into_iter().filter_map(proof).collect(),
    };
    let goals = reached.into_iter().map(|(sink, proof)| {
        let cut = escalations.cut_all(std::slice::from_ref(who), &sink, wanted.certainty);
        Goal { sink, proof, cut }
    });
    Individual { who: who.clone(), already, goals: goals.collect() }
}
