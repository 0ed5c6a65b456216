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
    let is_wanted = |sink: &Sink| wanted.sink.as_ref().is_none_or(|wanted| wanted == sink);
    let asked = wanted.sink.clone().map_or_else(|| vec![Sink::ClusterAdmin], |sink| vec![sink]);
    let already = asked.into_iter().filter_map(|sink| {
        let grants = escalations.holds(who, &sink)?;
        Some(Already { who: who.clone(), sink, grants })
    });
    let reached = match &wanted.sink {
        Some(sink) => vec![sink.clone()],
        None => escalations.reached(who),
    };
    let goals = reached.into_iter().filter(|sink| is_wanted(sink)).filter_map(|sink| {
        let proof = escalations.proof(who, &sink).filter(|proof| proof.certainty() <= wanted.certainty)?;
        let cut = escalations.cut_all(std::slice::from_ref(who), &sink, wanted.certainty);
        Some(Goal { sink, proof, cut })
    });
    Individual { who: who.clone(), already: already.collect(), goals: goals.collect() }
}
