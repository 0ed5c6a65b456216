//! What permissions add up to: who may come to more than they were given, by which steps.

mod cut;
mod proof;
mod sink;
mod state;
mod technique;

pub use cut::{Cut, Removal};
pub use proof::{How, Proof, ProofStep};
pub use sink::{HOW_TO_NAME_A_SINK, Sink};
pub use state::{Place, State};
pub use technique::{Certainty, Technique};

use super::{Access, Who};

/// Who may come to what, for all subjects of a read set.
#[derive(Debug)]
pub struct Escalations<'a> {
    access: &'a Access,
}

impl<'a> Escalations<'a> {
    /// Works out what every permission leads to.
    pub fn of(access: &'a Access) -> Self {
        Self { access }
    }

    /// What was read.
    pub fn access(&self) -> &'a Access {
        self.access
    }

    /// Who is told of by default: everybody whom the read set names, but for those who hold everything already.
    pub fn starts(&self) -> Vec<Who> {
        Vec::new()
    }

    /// All that somebody may come to, the gravest first. What is only reached by way of `cluster-admin` is left out.
    pub fn reached(&self, _who: &Who) -> Vec<Sink> {
        Vec::new()
    }

    /// The surest and shortest way of somebody to something; `None` where there is none, or where they hold it already.
    pub fn proof(&self, _who: &Who, _sink: &Sink) -> Option<Proof> {
        None
    }

    /// The least that has to go so that somebody does not reach something any more; `None` where nothing helps.
    pub fn cut(&self, _who: &Who, _sink: &Sink) -> Option<Cut> {
        None
    }
}
