//! Tests of access: what a file claims about who may do what, and whether the manifests say so.
//!
//! ```yaml
//! tests:
//!   - name: the deployer deploys, and reads no Secrets
//!     subjects: [sa/ci/deployer]
//!     allow: [patch deployments in prod]
//!     deny: [get secrets]
//! ```
//!
//! A claim that something is denied is about every namespace and every object, be it named or not: a test must not pass
//! because something was not thought of. Whatever can be asked for is looked for in the rules, and decided as every other
//! request.

mod file;
mod keys;
mod paths;
mod result;
mod run;
mod search;
mod sentence;
mod sought;
mod target;
mod wanted;
mod whom;

pub use file::{Test, TestFile};
pub use keys::{ACTION, ROOT};
pub use result::{Failed, Found, Reached, Tested, TestedFile, Way, Why};
pub use run::Runner;
