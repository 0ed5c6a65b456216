//! From files to the objects of Kubernetes in them.
//!
//! [`load`] is the first pass over a read set: on every core, file by file and document by document, it reads, parses
//! and types, shows what it finds to an observer, and keeps only names and places. Trees and typed objects die with
//! their document, texts with their file unless the observer had something to say about it.
//!
//! What is no object (templates, fragments of kustomizations, values of charts) is recognised for what it is, and
//! everything that is passed over is counted with its [`Reason`].

mod crd;
mod decode;
mod document;
mod facts;
mod file;
mod file_names;
mod job_facts;
mod kind;
mod kustomization;
mod load;
mod object;
mod observation;
mod pool;
mod rule_places;
mod skipped;
mod template;
mod token;

pub use decode::{Level, QUANTITY, TIME};
pub use document::{KnownObject, Refusal};
pub use facts::{
    AccountFacts, AggregationLabel, BindingFacts, ENFORCE_MOUNTABLE_SECRETS, Facts, MADE, NamespaceFacts, RoleFacts,
    Upkeep, WorkloadFacts,
};
pub use file_names::COMPANIONS;
pub use job_facts::{Deployer, JobFacts};
pub use kind::Kind;
pub use load::{ReadSet, load};
pub use object::{CustomResources, Object, Typed, Written};
pub use observation::{Faulty, Observation, UnknownKind, UnreadableFile, Untyped};
pub use rule_places::RulePlaces;
pub use skipped::{Reason, Skipped};

use crate::catalog::Version;

/// How to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Where objects without a namespace live.
    pub default_namespace: String,
    /// The version of Kubernetes that the manifests are for.
    pub version: Version,
    /// Whether to parse documents, too, that are plainly of no interest.
    pub parse_all: bool,
    /// Whether to keep the texts of all files with objects, so that they can be shown, and not only of those that there
    /// is something to say about.
    pub keep_texts: bool,
}

impl Default for Options {
    fn default() -> Self {
        let default_namespace = "default".to_owned();
        Self { default_namespace, version: Version::NEWEST, parse_all: false, keep_texts: false }
    }
}
