//! The controller that sees a Job through (`IsDomainPrefixedPath` in
//! k8s.io/apimachinery/pkg/util/validation/validation.go).

use crate::validate::errors::Errors;
use crate::validate::field::Field;
use crate::validate::names;

const LONGEST: usize = 63;

pub(super) fn managed_by(manager: &str, field: &Field<'_>, errors: &mut Errors) {
    domain_prefixed_path(manager, field, errors);
    if manager.len() > LONGEST {
        errors.too_long(field, LONGEST);
    }
}

fn domain_prefixed_path(text: &str, field: &Field<'_>, errors: &mut Errors) {
    if text.is_empty() {
        errors.required(field, "");
        return;
    }
    let Some((host, path)) = text.split_once('/').filter(|(host, path)| !host.is_empty() && !path.is_empty()) else {
        errors.invalid(field, text, "must be a domain-prefixed path (such as \"acme.io/foo\")");
        return;
    };
    for complaint in names::dns_subdomain(host) {
        errors.invalid(field, host, complaint).within(0..host.len());
    }
    if !path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:".contains(&byte)) {
        let detail = "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')";
        errors.invalid(field, path, detail).within(host.len() + 1..text.len());
    }
}
