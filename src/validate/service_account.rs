//! ServiceAccounts (`ValidateServiceAccount` in pkg/apis/core/validation of Kubernetes).

use k8s_openapi::api::core::v1::ServiceAccount;

use super::errors::Errors;
use super::{Error, Validate, metadata};
use crate::catalog::Version;

impl Validate for ServiceAccount {
    fn validate(&self, version: Version) -> Vec<Error> {
        let mut errors = Errors::new(version);
        metadata::object_meta(&self.metadata, metadata::SUBDOMAIN, true, &mut errors);
        errors.into_errors()
    }
}
