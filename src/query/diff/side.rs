//! One of the states that are compared.

use super::job::JobState;
use crate::diagnostic::Failure;
use crate::discover::Inputs;
use crate::manifest::{self, Observation, Options, Typed};
use crate::query::{Access, Assumptions, Unread};

/// One of the states that are compared.
#[derive(Debug)]
pub struct Side {
    /// All that it says about access.
    pub access: Access,
    /// What it says of Jobs that cannot be changed any more, in the order in which they are written.
    pub(super) jobs: Vec<JobState>,
}

/// What is kept of something that the first pass comes across.
enum Kept {
    Unread(Unread),
    Job(Box<JobState>),
}

/// Reads the inputs of one side, of which there may be none. Fails where not one of them can be read.
pub fn load(inputs: &Inputs, options: &Options, assumptions: Assumptions) -> Result<Side, Failure> {
    let (read_set, kept) = manifest::load(inputs, options, |observation, _| {
        let job = match observation {
            Observation::Object(object) => match &object.typed {
                Typed::Job(job) => JobState::of(&object.name, job, object.written),
                _ => None,
            },
            _ => None,
        };
        let unread = Unread::of(observation).map(Kept::Unread);
        unread.into_iter().chain(job.map(|job| Kept::Job(Box::new(job)))).collect()
    })?;
    let (mut unread, mut jobs) = (Vec::new(), Vec::new());
    for kept in kept {
        match kept {
            Kept::Unread(it) => unread.push(it),
            Kept::Job(it) => jobs.push(*it),
        }
    }
    Ok(Side { access: Access::new(read_set, unread, assumptions, &options.default_namespace), jobs })
}
