//! References from environment variables and files to fields of the pod (the downward API).

use k8s_openapi::api::core::v1::{ObjectFieldSelector, ResourceFieldSelector};

use super::super::errors::Errors;
use super::super::field::Field;
use super::super::names;
use super::super::quantity::Quantity;
use super::texts::{self, given};

/// The fields of the pod that an environment variable can have.
pub(crate) const FIELDS_OF_ENVIRONMENT: &[&str] = &[
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];
/// The fields of the pod that a file can have.
pub(super) const FIELDS_OF_FILES: &[&str] =
    &["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];
/// Fields of the pod that have a name, but not for everybody.
const OTHER_FIELDS: &[&str] = &["spec.restartPolicy", "spec.schedulerName", "status.phase"];
const RESOURCES: &[&str] = &[
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
];
const DIVISORS: &[&str] = &["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

/// `validateObjectFieldSelector`: a field of the pod, which is one of `known` or a single label or annotation.
pub(super) fn field_of_pod(reference: &ObjectFieldSelector, known: &[&str], field: &Field<'_>, errors: &mut Errors) {
    let at = field.name("fieldPath");
    let path = reference.field_path.as_str();
    if !texts::require(path, &at, errors) {
        return;
    }
    let version = Some(given(reference.api_version.as_ref())).filter(|version| !version.is_empty()).unwrap_or("v1");
    if let Err(complaint) = convert(path, version) {
        errors.invalid(&at, path, format!("error converting fieldPath: {complaint}"));
        return;
    }
    match subscripted(path) {
        Some(("metadata.annotations", key)) => {
            texts::check(&names::lower(key), names::label_key, &at.unsaid(), errors);
        }
        Some((_, key)) => texts::check(key, names::label_key, &at.unsaid(), errors),
        None => {
            let path = if path == "spec.host" { "spec.nodeName" } else { path };
            if !known.contains(&path) {
                errors.not_supported(&at, path, known);
            }
        }
    }
}

/// `ConvertDownwardAPIFieldLabel`: whether a path names a field of a pod of this API version.
fn convert(path: &str, version: &str) -> Result<(), String> {
    if version != "v1" {
        return Err(format!("unsupported pod version: {version}"));
    }
    match subscripted(path) {
        Some(("metadata.annotations" | "metadata.labels", _)) => Ok(()),
        Some(_) => Err(format!("field label does not support subscript: {path}")),
        None if path == "spec.host" => Ok(()),
        None if [FIELDS_OF_ENVIRONMENT, FIELDS_OF_FILES, OTHER_FIELDS].concat().contains(&path) => Ok(()),
        None => Err(format!("field label not supported: {path}")),
    }
}

/// The two parts of a path like `metadata.labels['app']`.
fn subscripted(path: &str) -> Option<(&str, &str)> {
    path.strip_suffix("']")?.split_once("['").filter(|(path, _)| !path.is_empty())
}

/// `validateContainerResourceFieldSelector`: a resource of a container, which a file has to name.
pub(super) fn resource_of_container(
    reference: &ResourceFieldSelector,
    needs_container: bool,
    field: &Field<'_>,
    errors: &mut Errors,
) {
    let resource = reference.resource.as_str();
    let is_hugepages = ["requests.hugepages-", "limits.hugepages-"].iter().any(|prefix| resource.starts_with(prefix));
    if needs_container && given(reference.container_name.as_ref()).is_empty() {
        errors.required(&field.name("containerName"), "");
    } else if texts::require(resource, &field.name("resource"), errors)
        && !RESOURCES.contains(&resource)
        && !is_hugepages
    {
        errors.not_supported(&field.name("resource"), resource, RESOURCES);
    }
    let divisor = reference.divisor.as_ref().and_then(|divisor| Quantity::parse(&divisor.0));
    let Some(divisor) = divisor.filter(|divisor| !divisor.is_zero()).map(|divisor| divisor.to_string()) else {
        return;
    };
    let what = match resource {
        "limits.cpu" | "requests.cpu" => {
            if divisor != "1m" && divisor != "1" {
                let detail = "only divisor's values 1m and 1 are supported with the cpu resource";
                errors.invalid(&field.name("divisor"), resource, detail);
            }
            return;
        }
        "limits.memory" | "requests.memory" => "memory",
        "limits.ephemeral-storage" | "requests.ephemeral-storage" => "local ephemeral storage",
        _ if is_hugepages => "hugepages",
        _ => return,
    };
    if !DIVISORS.contains(&divisor.as_str()) {
        let divisors = DIVISORS.join(", ");
        let detail = format!("only divisor's values {divisors} are supported with the {what} resource");
        errors.invalid(&field.name("divisor"), resource, detail);
    }
}
