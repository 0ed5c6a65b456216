//! Names and addresses by which a pod is known, and where it looks for those of others.

use k8s_openapi::api::core::v1::PodSpec;

use super::super::errors::Errors;
use super::super::field::Field;
use super::super::names;
use super::texts::{self, given};
use super::{addresses, features};

const MOST_SERVERS: usize = 3;
const MOST_SEARCHES: usize = 32;
const MOST_CHARACTERS_OF_SEARCHES: usize = 2048;
const LONGEST_HOSTNAME: usize = 64;

/// `validateDNSPolicy`, after the defaults.
pub(super) fn dns_policy(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let policy = given(spec.dns_policy.as_ref());
    let supported = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
    if !policy.is_empty() && !supported.contains(&policy) {
        errors.not_supported(&field.name("dnsPolicy"), policy, &supported);
    }
}

/// `validatePodDNSConfig`.
pub(super) fn dns_config(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let field = field.name("dnsConfig");
    let is_alone = spec.dns_policy.as_deref() == Some("None");
    let Some(config) = &spec.dns_config else {
        if is_alone {
            errors.required(&field, "must provide `dnsConfig` when `dnsPolicy` is None");
        }
        return;
    };
    let at_servers = field.name("nameservers");
    let servers = config.nameservers.as_deref().unwrap_or_default();
    if is_alone && servers.is_empty() {
        errors.required(&at_servers, "must provide at least one DNS nameserver when `dnsPolicy` is None");
        return;
    }
    if servers.len() > MOST_SERVERS {
        errors.invalid(&at_servers, servers, format!("must not have more than {MOST_SERVERS} nameservers"));
    }
    for (index, server) in servers.iter().enumerate() {
        addresses::check_address(server, &at_servers.index(index), errors);
    }
    searches(config.searches.as_deref().unwrap_or_default(), &field.name("searches"), errors);
    let field = field.name("options");
    for (index, option) in config.options.iter().flatten().enumerate() {
        if given(option.name.as_ref()).is_empty() {
            errors.required(&field.index(index), "must not be empty");
        }
    }
}

/// The domains in which short names are looked for.
fn searches(searches: &[String], field: &Field<'_>, errors: &mut Errors) {
    if searches.len() > MOST_SEARCHES {
        errors.invalid(field, searches, format!("must not have more than {MOST_SEARCHES} search paths"));
    }
    if searches.join(" ").len() > MOST_CHARACTERS_OF_SEARCHES {
        let detail = format!(
            "must not have more than {MOST_CHARACTERS_OF_SEARCHES} characters (including spaces) in the search list"
        );
        errors.invalid(field, searches, detail);
    }
    let is_relaxed = errors.version().at_least(features::RELAXED_DNS_SEARCHES);
    for (index, search) in searches.iter().enumerate().filter(|(_, search)| !is_relaxed || *search != ".") {
        let search = search.strip_suffix('.').unwrap_or(search);
        let rule = if is_relaxed { texts::subdomain_with_underscores } else { names::dns_subdomain };
        texts::check(search, rule, &field.index(index), errors);
    }
}

/// `validatePodHostName`.
pub(super) fn hostname_override(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let is_known = errors.version().at_least(features::HOSTNAME_OVERRIDE);
    let Some(hostname) = spec.hostname_override.as_ref().filter(|_| is_known) else { return };
    let field = field.name("hostnameOverride");
    if spec.set_hostname_as_fqdn == Some(true) {
        errors.forbidden(&field, "may not be specified when setHostnameAsFQDN is true");
    }
    if spec.host_network == Some(true) {
        errors.forbidden(&field, "may not be specified when hostNetwork is true");
    }
    if hostname.len() > LONGEST_HOSTNAME {
        errors.too_long(&field, LONGEST_HOSTNAME);
    }
    texts::check(hostname, names::dns_subdomain, &field, errors);
}

/// Names of hosts that are no more than labels.
pub(super) fn hostname_and_subdomain(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    for (name, text) in [("hostname", &spec.hostname), ("subdomain", &spec.subdomain)] {
        let text = given(text.as_ref());
        if !text.is_empty() {
            texts::check(text, names::dns_label, &field.name(name), errors);
        }
    }
}

/// `ValidateHostAliases`.
pub(super) fn host_aliases(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let field = field.name("hostAliases");
    for (index, alias) in spec.host_aliases.iter().flatten().enumerate() {
        let field = field.index(index);
        addresses::check_address(&alias.ip, &field.name("ip"), errors);
        let field = field.name("hostnames");
        for (index, hostname) in alias.hostnames.iter().flatten().enumerate() {
            texts::check(hostname, names::dns_subdomain, &field.index(index), errors);
        }
    }
}
