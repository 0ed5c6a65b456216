//! What the API server refuses: an object in, errors out, as its own validation has them.
//!
//! ```
//! use k8s_openapi::api::rbac::v1::Role;
//! use rolecall::catalog::Version;
//! use rolecall::validate::Validate as _;
//!
//! let role: Role = serde_json::from_str(r#"{"metadata": {"name": "reader"}, "rules": [{"resources": ["pods"]}]}"#)?;
//! let errors = role.validate(Version::NEWEST);
//! let error = errors.first().expect("a rule needs verbs");
//! assert_eq!((error.field.as_str(), error.to_string().as_str()),
//!            ("rules[0].verbs", "Required value: verbs must contain at least one value"));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! The checks follow `ValidateJobCreate` and its siblings in `pkg/apis/*/validation` of Kubernetes, after the defaults
//! and what the API server fills in itself, in the same order. Objects that do not decode do not come this far.
//!
//! # Versions
//!
//! Every check is that of [`Version::NEWEST`]. Where another version differs, the check asks
//! [`Version::at_least`]: the differences of the next version go into the checks in the same way, and the fields that
//! it brings into `data/kubernetes/fields.txt`.

pub mod cron;
mod cron_job;
mod error;
mod errors;
mod family;
mod field;
mod job;
mod metadata;
mod names;
mod pod;
mod quantity;
mod rbac;
mod selector;
mod service_account;

pub use error::{At, Error, ErrorKind, Part};
pub use family::Family;
pub(crate) use pod::FIELDS_OF_ENVIRONMENT;
pub(crate) use quantity::{amount, is_quantity};

use crate::catalog::Version;

/// An object that the API server validates.
pub trait Validate {
    /// The causes for which an API server of this version refuses the object, in its order; none where it takes it. Of
    /// more than a thousand, the first ones.
    fn validate(&self, version: Version) -> Vec<Error>;
}

/// What is said of numbers below zero.
const NOT_NEGATIVE: &str = "must be greater than or equal to 0";

#[cfg(test)]
mod tests;
