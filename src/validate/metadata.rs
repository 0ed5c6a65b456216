//! What every object has: its names, labels, annotations, finalizers and owners
//! (`ValidateObjectMetaAccessor` in k8s.io/apimachinery/pkg/api/validation/objectmeta.go).

use std::borrow::Cow;
use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{ObjectMeta, OwnerReference};
use serde::Serialize;

use super::errors::Errors;
use super::field::Field;
use super::{Part, names};
use crate::yaml::path::Path;

/// All annotations of an object together may take this many bytes.
const MOST_ANNOTATIONS: usize = 256 * 1024;

/// How many bytes of `generateName` the API server keeps: it adds five of its own.
const LONGEST_PREFIX: usize = 58;

/// Finalizers that need no prefix.
const STANDARD_FINALIZERS: [&str; 3] = ["kubernetes", ORPHAN, FOREGROUND];
const ORPHAN: &str = "orphan";
const FOREGROUND: &str = "foregroundDeletion";

/// What names of a kind of object may look like.
#[derive(Clone, Copy, Debug)]
pub(super) struct NameCheck {
    /// All that is wrong with a name.
    name: fn(&str) -> Vec<String>,
    /// All that is wrong with what is to become the beginning of one.
    prefix: fn(&str) -> Vec<String>,
}

/// `NameIsDNSSubdomain`: most objects.
pub(super) const SUBDOMAIN: NameCheck = NameCheck { name: names::dns_subdomain, prefix: names::dns_subdomain_prefix };

/// `ValidatePathSegmentName`: RBAC objects.
pub(super) const PATH_SEGMENT: NameCheck = NameCheck { name: names::path_segment, prefix: names::path_segment_prefix };

/// The name that an object gets, and where it comes from.
#[derive(Clone, Debug)]
pub(super) struct Name<'m> {
    /// The name. Of one that the API server makes up, the end is made up here too.
    pub(super) text: Cow<'m, str>,
    /// The field that gives it.
    field: &'static str,
}

impl<'m> Name<'m> {
    /// The name of an object; empty where there is nothing to make one of.
    pub(super) fn of(metadata: &'m ObjectMeta) -> Self {
        let given = |name: &'m Option<String>| name.as_deref().filter(|name| !name.is_empty());
        match (given(&metadata.name), given(&metadata.generate_name)) {
            (None, Some(prefix)) => {
                let end = prefix.floor_char_boundary(LONGEST_PREFIX);
                let kept = prefix.get(..end).unwrap_or_default();
                Self { text: Cow::Owned(format!("{kept}xxxxx")), field: "generateName" }
            }
            (name, _) => Self { text: Cow::Borrowed(name.unwrap_or_default()), field: "name" },
        }
    }

    /// The way to what gives the name.
    pub(super) fn path(&self) -> Path {
        Field::of_object("metadata").name(self.field).path()
    }

    /// Says what is wrong with the name, wherever it comes from.
    pub(super) fn invalid(&self, detail: String, errors: &mut Errors) {
        errors.invalid(&Field::of_object("metadata").name("name"), &self.text, detail).stems_from(self.path());
    }
}

/// `ValidateObjectMeta`. The API server has filled in names and namespaces that are left out, and has cleared the
/// namespace of what has none.
pub(super) fn object_meta(metadata: &ObjectMeta, check: NameCheck, is_namespaced: bool, errors: &mut Errors) {
    let field = Field::of_object("metadata");
    object_name(metadata, check, &field, errors);
    if let Some(namespace) = metadata.namespace.as_deref().filter(|name| is_namespaced && !name.is_empty()) {
        for complaint in names::dns_label(namespace) {
            errors.invalid(&field.name("namespace"), namespace, complaint);
        }
    }
    labels(metadata.labels.as_ref(), &field.name("labels"), errors);
    annotations(metadata.annotations.as_ref(), &field.name("annotations"), errors);
    owner_references(metadata.owner_references.as_deref(), &field.name("ownerReferences"), errors);
    finalizers(metadata.finalizers.as_deref().unwrap_or_default(), &field.name("finalizers"), errors);
}

fn object_name(metadata: &ObjectMeta, check: NameCheck, field: &Field<'_>, errors: &mut Errors) {
    if let Some(prefix) = metadata.generate_name.as_deref().filter(|prefix| !prefix.is_empty()) {
        for complaint in (check.prefix)(prefix) {
            errors.invalid(&field.name("generateName"), prefix, complaint);
        }
    }
    let name = Name::of(metadata);
    if name.text.is_empty() {
        errors.required(&field.name("name"), "name or generateName is required");
        return;
    }
    for complaint in (check.name)(&name.text) {
        name.invalid(complaint, errors);
    }
}

/// `ValidateLabels`: each error is at the key or value that is wrong, and named after the whole.
pub(super) fn labels(labels: Option<&BTreeMap<String, String>>, field: &Field<'_>, errors: &mut Errors) {
    for (key, value) in labels.into_iter().flatten() {
        let entry = field.key(key).unsaid();
        for complaint in names::label_key(key) {
            errors.invalid(&entry, key, complaint).at_key();
        }
        for complaint in names::label_value(value) {
            errors.invalid(&entry, value, complaint);
        }
    }
}

/// `ValidateAnnotations`: keys are like those of labels, in upper or lower case.
pub(super) fn annotations(annotations: Option<&BTreeMap<String, String>>, field: &Field<'_>, errors: &mut Errors) {
    for key in annotations.into_iter().flatten().map(|(key, _)| key) {
        for complaint in names::label_key(&names::lower(key)) {
            errors.invalid(&field.key(key).unsaid(), key, complaint).at_key();
        }
    }
    let size: usize = annotations.into_iter().flatten().map(|(key, value)| key.len() + value.len()).sum();
    if size > MOST_ANNOTATIONS {
        errors.too_long(field, MOST_ANNOTATIONS).at.part = Part::Key;
    }
}

/// An owner as the API server prints it: in the order of its Go type.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PrintedOwner<'o> {
    api_version: &'o str,
    kind: &'o str,
    name: &'o str,
    uid: &'o str,
    #[serde(skip_serializing_if = "Option::is_none")]
    controller: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    block_owner_deletion: Option<bool>,
}

impl<'o> From<&'o OwnerReference> for PrintedOwner<'o> {
    fn from(owner: &'o OwnerReference) -> Self {
        Self {
            api_version: &owner.api_version,
            kind: &owner.kind,
            name: &owner.name,
            uid: &owner.uid,
            controller: owner.controller,
            block_owner_deletion: owner.block_owner_deletion,
        }
    }
}

fn owner_references(owners: Option<&[OwnerReference]>, field: &Field<'_>, errors: &mut Errors) {
    let mut controller: Option<&OwnerReference> = None;
    for (index, owner) in owners.into_iter().flatten().enumerate() {
        let field = field.index(index).unsaid();
        owner_reference(owner, &field, errors);
        if owner.controller != Some(true) {
            continue;
        }
        let Some(first) = controller else {
            controller = Some(owner);
            continue;
        };
        let [first, this] = [first, owner].map(|owner| format!("{}/{}", owner.kind, owner.name));
        let detail = format!(
            "Only one reference can have Controller set to true. Found \"true\" in references for {first} and {this}"
        );
        let owners: Vec<_> = owners.into_iter().flatten().map(PrintedOwner::from).collect();
        errors.invalid(&field, owners, detail).stems_from(field.name("controller").path());
    }
}

fn owner_reference(owner: &OwnerReference, field: &Field<'_>, errors: &mut Errors) {
    let (group, version) = group_and_version(&owner.api_version);
    if version.is_empty() {
        errors.invalid(&field.name("apiVersion"), &owner.api_version, "version must not be empty");
    }
    for (name, value) in [("kind", &owner.kind), ("name", &owner.name), ("uid", &owner.uid)] {
        if value.is_empty() {
            errors.invalid(&field.name(name), value, "must not be empty");
        }
    }
    if (group, version, owner.kind.as_str()) == ("", "v1", "Event") {
        errors.invalid(field, PrintedOwner::from(owner), "/v1, Kind=Event is disallowed from being an owner");
    }
}

/// The parts of an `apiVersion`; both are empty where it has too many.
fn group_and_version(api_version: &str) -> (&str, &str) {
    match api_version.split_once('/') {
        None => ("", api_version),
        Some((_, version)) if version.contains('/') => ("", ""),
        Some(parts) => parts,
    }
}

fn finalizers(finalizers: &[String], field: &Field<'_>, errors: &mut Errors) {
    for (index, finalizer) in finalizers.iter().enumerate() {
        for complaint in names::label_key(finalizer) {
            errors.invalid(&field.index(index).unsaid(), finalizer, complaint);
        }
    }
    let has = |name: &str| finalizers.iter().any(|finalizer| finalizer == name);
    if has(ORPHAN) && has(FOREGROUND) {
        let detail = format!("finalizer {ORPHAN} and {FOREGROUND} cannot be both set");
        errors.invalid(field, finalizers, detail);
    }
    for (index, finalizer) in finalizers.iter().enumerate() {
        if !finalizer.contains('/') && !STANDARD_FINALIZERS.contains(&finalizer.as_str()) {
            let detail = "name is neither a standard finalizer name nor is it fully qualified";
            errors.invalid(&field.index(index), finalizer, detail);
        }
    }
}
