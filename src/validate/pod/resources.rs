//! Resources that containers and pods ask for.

use std::collections::{BTreeMap, BTreeSet};

use k8s_openapi::api::core::v1::{ContainerResizePolicy, PodSpec, ResourceClaim, ResourceRequirements};
use k8s_openapi::apimachinery::pkg::api::resource;

use super::super::NOT_NEGATIVE;
use super::super::errors::Errors;
use super::super::field::Field;
use super::super::names;
use super::super::quantity::Quantity;
use super::features;
use super::texts::{self, given};

/// Names that need no prefix, beside [`COUNTED`].
const STANDARD: &[&str] = &[
    "cpu",
    "memory",
    "ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.ephemeral-storage",
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "storage",
    "requests.storage",
];
/// The same for what is counted in whole numbers.
const COUNTED: &[&str] = &[
    "pods",
    "resourcequotas",
    "services",
    "replicationcontrollers",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "services.nodeports",
    "services.loadbalancers",
];
const HUGE_PAGES: &str = "hugepages-";
const OF_QUOTA: &str = "requests.";

/// Amounts by the name of their resource, after the defaults.
pub(super) type Amounts<'r> = BTreeMap<&'r str, Quantity>;

/// The amounts of a list, as `SetDefaults_ResourceList` has them.
pub(super) fn amounts(list: Option<&BTreeMap<String, resource::Quantity>>) -> Amounts<'_> {
    let amount = |amount: &resource::Quantity| Quantity::parse(&amount.0).map(Quantity::rounded_to_milli);
    list.into_iter().flatten().filter_map(|(name, quantity)| Some((name.as_str(), amount(quantity)?))).collect()
}

/// Which names a list may have: `validateContainerResourceName` or `validatePodResourceName`.
pub(super) type NameRule = fn(&str, &Field<'_>, &mut Errors);

/// `validateResourceRequirements`. The claims of a pod are those that its containers may use.
pub(super) fn requirements(
    requirements: &ResourceRequirements,
    name_rule: NameRule,
    claims_of_pod: &BTreeSet<&str>,
    field: &Field<'_>,
    errors: &mut Errors,
) {
    let limits = amounts(requirements.limits.as_ref());
    let requests = amounts(requirements.requests.as_ref());
    list(&limits, name_rule, &field.name("limits"), errors);
    let at_requests = field.name("requests");
    for (&name, request) in &requests {
        check_amount(name, request, name_rule, &at_requests.key(name), errors);
        request_and_limit(name, request, limits.get(name), field, errors);
    }
    let names = || limits.keys().chain(requests.keys());
    if names().any(|name| name.starts_with(HUGE_PAGES)) && !names().any(|name| ["cpu", "memory"].contains(name)) {
        errors.forbidden(field, "HugePages require cpu or memory");
    }
    if errors.version().at_least(features::RESOURCE_CLAIMS) {
        let claims = requirements.claims.as_deref().unwrap_or_default();
        claim_names(claims, claims_of_pod, &field.name("claims"), errors);
    }
}

/// A list of amounts by itself: names, signs, whole numbers, whole pages.
fn list(amounts: &Amounts<'_>, name_rule: NameRule, field: &Field<'_>, errors: &mut Errors) {
    for (&name, amount) in amounts {
        check_amount(name, amount, name_rule, &field.key(name), errors);
    }
}

/// `validateOverhead`. The API server speaks of limits.
pub(super) fn overhead(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let field = field.name("overhead");
    let amounts = amounts(spec.overhead.as_ref());
    list(&amounts, container_name, &field.name("limits").unwritten(), errors);
    let has = |is_meant: fn(&str) -> bool| amounts.keys().any(|name| is_meant(name));
    if has(|name| name.starts_with(HUGE_PAGES)) && !has(|name| ["cpu", "memory"].contains(&name)) {
        errors.forbidden(&field, "HugePages require cpu or memory");
    }
}

fn check_amount(name: &str, amount: &Quantity, name_rule: NameRule, field: &Field<'_>, errors: &mut Errors) {
    name_rule(name, field, errors);
    if amount.is_negative() {
        errors.invalid(field, amount.to_string(), NOT_NEGATIVE);
    }
    if (COUNTED.contains(&name) || is_extended(name)) && !amount.is_integer() {
        errors.invalid(field, amount.to_string(), "must be an integer");
    }
    if let Some(size) = name.strip_prefix(HUGE_PAGES)
        && !is_in_pages(amount, size)
    {
        errors.invalid(field, amount.to_string(), format!("{amount} is not positive integer multiple of {name}"));
    }
}

/// `IsHugePageResourceValueDivisible`.
fn is_in_pages(amount: &Quantity, size: &str) -> bool {
    let Some(size) = Quantity::parse(size) else { return false };
    let is_size = !size.is_zero() && !size.is_negative() && size.is_integer();
    let divides = |(amount, size): (u64, u64)| amount.checked_rem(size).is_none_or(|rest| rest == 0);
    is_size && amount.whole_units().zip(size.whole_units()).is_none_or(divides)
}

/// A request may not exceed its limit; where there is no more than what is there, it has to be the limit.
fn request_and_limit(name: &str, request: &Quantity, limit: Option<&Quantity>, field: &Field<'_>, errors: &mut Errors) {
    let is_shared = is_native(name) && !name.starts_with(HUGE_PAGES);
    let detail = match limit.map(|limit| (limit, request.compare(limit))) {
        Some((limit, order)) if order.is_ne() && !is_shared => format!("must be equal to {name} limit of {limit}"),
        Some((limit, order)) if order.is_gt() => format!("must be less than or equal to {name} limit of {limit}"),
        None if !is_shared => {
            let error = errors.required(&field.name("limits"), "Limit must be set for non overcommitable resources");
            error.stems_from(field.name("requests").key(name).path());
            return;
        }
        _ => return,
    };
    errors.invalid(&field.name("requests").key(name).unsaid(), request.to_string(), detail);
}

/// Whether a resource belongs to Kubernetes.
fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains("kubernetes.io/")
}

/// `IsExtendedResourceName`: whether it belongs to somebody else, and can be counted by quotas.
fn is_extended(name: &str) -> bool {
    !is_native(name) && !name.starts_with(OF_QUOTA) && names::label_key(&format!("{OF_QUOTA}{name}")).is_empty()
}

/// `validateResourceName`. Whether it is one.
fn any_name(name: &str, field: &Field<'_>, errors: &mut Errors) -> bool {
    let complaints = names::label_key(name);
    let is_standard = STANDARD.contains(&name)
        || COUNTED.contains(&name)
        || name.starts_with(HUGE_PAGES)
        || name.strip_prefix(OF_QUOTA).is_some_and(|name| name.starts_with(HUGE_PAGES));
    let is_fine = complaints.is_empty() && (name.contains('/') || is_standard);
    if complaints.is_empty() && !is_fine {
        errors.invalid(field, name, "must be a standard resource type or fully qualified").at_key();
    }
    for complaint in complaints {
        errors.invalid(field, name, complaint).at_key();
    }
    is_fine
}

/// `validateContainerResourceName`.
pub(super) fn container_name(name: &str, field: &Field<'_>, errors: &mut Errors) {
    any_name(name, field, errors);
    let is_of_containers = ["cpu", "memory", "ephemeral-storage"].contains(&name) || name.starts_with(HUGE_PAGES);
    if !name.contains('/') && !is_of_containers {
        errors.invalid(field, name, "must be a standard resource for containers").at_key();
    } else if !is_native(name) && !is_extended(name) {
        errors.invalid(field, name, "doesn't follow extended resource name standard").at_key();
    }
}

/// `validatePodResourceName`.
pub(super) fn pod_name(name: &str, field: &Field<'_>, errors: &mut Errors) {
    let is_of_pods = ["cpu", "memory"].contains(&name) || name.starts_with(HUGE_PAGES);
    if any_name(name, field, errors) && !is_of_pods {
        errors.not_supported(field, name, &["cpu", HUGE_PAGES, "memory"]).at_key();
    }
}

/// `validateResourceClaimNames`.
fn claim_names(claims: &[ResourceClaim], of_pod: &BTreeSet<&str>, field: &Field<'_>, errors: &mut Errors) {
    let mut seen = BTreeSet::new();
    for (index, claim) in claims.iter().enumerate() {
        let field = field.index(index);
        let at_name = field.name("name").unsaid();
        let (name, request) = (claim.name.as_str(), given(claim.request.as_ref()));
        if !texts::require(name, &at_name, errors) {
            continue;
        }
        if seen.contains(&(name, "")) {
            errors.duplicate(&at_name, name);
        } else {
            texts::check(request, optional_label, &field.name("request"), errors);
            let of_name = seen.range((name, "")..).take_while(|(seen, _)| *seen == name);
            let entries = if request.is_empty() { of_name.count() } else { 0 };
            (0..entries).for_each(|_| {
                errors.duplicate(&at_name, name);
            });
            if !seen.insert((name, request)) {
                errors.duplicate(&at_name, format!("{name}/{request}"));
            }
        }
        if !of_pod.contains(name) {
            let names: Vec<_> = of_pod.iter().copied().collect();
            let names = if names.is_empty() { " which is empty".to_owned() } else { format!(": {}", names.join(", ")) };
            errors.not_found(&at_name, name).detail =
                format!("must be one of the names in pod.spec.resourceClaims{names}");
        }
    }
}

fn optional_label(text: &str) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { names::dns_label(text) }
}

/// `validateResizePolicy`. The API server names the whole list where it means an entry.
pub(super) fn resize(policies: &[ContainerResizePolicy], restart_policy: &str, field: &Field<'_>, errors: &mut Errors) {
    let mut seen = BTreeSet::new();
    for (index, policy) in policies.iter().enumerate() {
        let entry = field.index(index);
        let resource = policy.resource_name.as_str();
        if !seen.insert(resource) {
            errors.duplicate(&entry, resource);
        }
        let entry = entry.unsaid();
        if texts::require(resource, &entry.name("resourceName").unsaid(), errors)
            && !["cpu", "memory"].contains(&resource)
        {
            errors.not_supported(&entry.name("resourceName").unsaid(), resource, &["cpu", "memory"]);
        }
        let at = entry.name("restartPolicy").unsaid();
        let policy = policy.restart_policy.as_str();
        let supported = ["NotRequired", "RestartContainer"];
        if texts::require(policy, &at, errors) && !supported.contains(&policy) {
            errors.not_supported(&at, policy, &supported);
        }
        if restart_policy == "Never" && policy != "NotRequired" {
            let of_pod = if errors.version().at_least(features::RESIZE_OF_INIT_CONTAINERS) { "pod " } else { "" };
            let detail = format!("must be 'NotRequired' when {of_pod}`restartPolicy` is 'Never'");
            errors.invalid(&at, policy, detail);
        }
    }
}
