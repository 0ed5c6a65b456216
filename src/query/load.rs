//! From files to all that they say about access.

use super::access::{Access, Assumptions};
use super::unread::Unread;
use crate::diagnostic::Failure;
use crate::discover::Inputs;
use crate::manifest::{self, Options};

/// Reads the inputs and works out their policy. Fails where no file can be read.
pub fn load(inputs: &Inputs, options: &Options, assumptions: Assumptions) -> Result<Access, Failure> {
    let (read_set, unread) =
        manifest::load(inputs, options, |observation, _| Unread::of(observation).into_iter().collect())?;
    Ok(Access::new(read_set, unread, assumptions, &options.default_namespace))
}
