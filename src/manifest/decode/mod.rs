//! Decodes objects as the API server does where it is strict, as `kubectl` asks it to be: not only values of the wrong
//! type are faults, but fields that there are not, and keys that stand twice.

mod levels;
mod time;
mod types;

pub use levels::Level;
pub use types::{QUANTITY, TIME};

use super::{Kind, Typed};
use crate::catalog::Version;
use crate::yaml::de::{Decoder, Fault};
use crate::yaml::tree::NodeRef;
use types::ApiTypes;

/// What became of an object.
pub(super) struct Decoded {
    /// What it says; `None` where a value is of the wrong type.
    pub(super) typed: Option<Typed>,
    /// What is wrong with it, by place.
    pub(super) faults: Vec<Fault>,
}

/// Decodes an object of this kind, as an API server of this version does.
pub(super) fn decode(kind: Kind, root: NodeRef<'_>, version: Version) -> Decoded {
    let types = ApiTypes { version, kind };
    let decoder = Decoder::new(&types);
    let typed = Typed::decode(kind, decoder.at(root)).ok();
    let faults = decoder.into_faults();
    let decodes = !faults.iter().any(Fault::is_fatal);
    Decoded { typed: typed.filter(|_| decodes), faults }
}
