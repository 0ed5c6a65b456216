//! Claims of devices (`validatePodResourceClaims`).

use std::collections::BTreeSet;

use k8s_openapi::api::core::v1::{PodResourceClaim, PodSpec};
use serde::Serialize;

use super::super::errors::Errors;
use super::super::field::Field;
use super::super::names;
use super::{features, texts};

/// The names of a pod's claims.
pub(super) fn names(spec: &PodSpec) -> BTreeSet<&str> {
    let claims = spec.resource_claims.iter().flatten();
    claims.map(|claim| claim.name.as_str()).filter(|name| !name.is_empty()).collect()
}

/// A claim as the API server prints it.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Printed<'c> {
    name: &'c str,
    resource_claim_name: Option<&'c str>,
    resource_claim_template_name: Option<&'c str>,
}

impl<'c> From<&'c PodResourceClaim> for Printed<'c> {
    fn from(claim: &'c PodResourceClaim) -> Self {
        Self {
            name: &claim.name,
            resource_claim_name: claim.resource_claim_name.as_deref(),
            resource_claim_template_name: claim.resource_claim_template_name.as_deref(),
        }
    }
}

/// `validatePodResourceClaims`.
pub(super) fn claims(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    if !errors.version().at_least(features::RESOURCE_CLAIMS) {
        return;
    }
    let mut seen = BTreeSet::new();
    for (index, claim) in spec.resource_claims.iter().flatten().enumerate() {
        let field = field.index(index);
        let at_name = field.name("name");
        if texts::require(&claim.name, &at_name, errors) {
            if seen.insert(claim.name.as_str()) {
                texts::check(&claim.name, names::dns_label, &at_name, errors);
            } else {
                errors.duplicate(&at_name, &claim.name);
            }
        }
        let (name, template) = (&claim.resource_claim_name, &claim.resource_claim_template_name);
        if name.is_some() && template.is_some() {
            let detail = "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified";
            errors.invalid(&field, Printed::from(claim), detail);
        }
        if name.is_none() && template.is_none() {
            let detail = "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`";
            errors.invalid(&field, Printed::from(claim), detail);
        }
        for (at, name) in [("resourceClaimName", name), ("resourceClaimTemplateName", template)] {
            if let Some(name) = name {
                texts::check(name, names::dns_subdomain, &field.name(at), errors);
            }
        }
    }
}
