//! How somebody comes to more than they were given, step by step.

use super::state::State;
use super::technique::{Certainty, Technique};
use crate::rbac::Grant;

/// How somebody comes to something, from the first step on. No step is left to take for what somebody holds already.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// The steps.
    pub steps: Vec<ProofStep>,
}

/// From what one has to what comes of it.
#[derive(Clone, Debug)]
pub struct ProofStep {
    /// What one has.
    pub from: State,
    /// What comes of it.
    pub to: State,
    /// What is done.
    pub how: How,
    /// The grants that are used: of the technique, then of what has to be held with it.
    pub grants: Vec<Grant>,
    /// How sure it is.
    pub certainty: Certainty,
}

/// How one comes from one state to another.
#[derive(Clone, Copy, Debug)]
pub enum How {
    /// By something that is done with permissions.
    Technique(&'static Technique),
    /// By being in a group.
    Member,
    /// By picking one of those that are meant.
    OneOf,
    /// By holding rights that are everything already.
    Holds,
}

impl Proof {
    /// How sure it is: as sure as its least sure step.
    pub fn certainty(&self) -> Certainty {
        self.steps.iter().map(|step| step.certainty).max().unwrap_or(Certainty::Certain)
    }

    /// How many things are done.
    pub fn length(&self) -> usize {
        self.steps.iter().filter(|step| matches!(step.how, How::Technique(_))).count()
    }
}
