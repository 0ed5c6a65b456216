//! Resources: what discovery tells, and what the catalog knows.

use rolecall::catalog::{ApiResource, Catalog, Origin, Text, Version};
use serde::Deserialize;

use super::{assert_same, facts};
use crate::tell;

#[derive(Deserialize)]
pub(super) struct Discovery {
    #[serde(default)]
    pub(super) groups: Vec<Group>,
    pub(super) resources: Vec<Resource>,
    #[serde(default)]
    pub(super) rbac_only: Vec<OnlyRbac>,
}

#[derive(Debug, PartialEq, Deserialize)]
pub(super) struct Group {
    pub(super) name: String,
    versions: Vec<String>,
    preferred: String,
}

/// One version of a resource.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Resource {
    pub(super) group: String,
    pub(super) version: String,
    preferred: bool,
    pub(super) kind: String,
    #[serde(rename = "resource")]
    pub(super) plural: String,
    pub(super) singular: String,
    pub(super) short_names: Vec<String>,
    pub(super) categories: Vec<String>,
    pub(super) namespaced: bool,
    pub(super) verbs: Vec<String>,
    pub(super) subresources: Vec<Subresource>,
}

#[derive(Debug, PartialEq, Deserialize)]
pub(super) struct Subresource {
    pub(super) name: String,
    pub(super) kind: String,
    group: String,
    version: String,
    namespaced: bool,
    pub(super) verbs: Vec<String>,
}

/// What the default policy names and discovery does not.
#[derive(Deserialize)]
pub(super) struct OnlyRbac {
    pub(super) group: String,
    pub(super) resource: String,
    pub(super) verbs: Vec<String>,
}

impl Subresource {
    /// What is sent and received, where that is of another API version than the resource, or of another kind.
    pub(super) fn foreign_kind(&self, resource: &Resource) -> Option<String> {
        if (&self.group, &self.version) != (&resource.group, &resource.version) {
            return Some(format!("{}/{}/{}", self.group, self.version, self.kind));
        }
        (self.kind != resource.kind).then(|| self.kind.clone())
    }
}

pub(super) fn by_default(version: Version) -> Discovery {
    facts("api-resources", version, "")
}

pub(super) fn opt_in(version: Version) -> Discovery {
    facts("api-resources", version, "-alpha-beta")
}

fn strings(texts: &[Text]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

/// The groups of the resources that are served by default, as discovery would tell them.
fn groups(catalog: &Catalog) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for resource in catalog.resources().filter(|resource| resource.origin == Origin::BuiltIn) {
        if groups.last().is_none_or(|last| last.name != resource.group) {
            let preferred = preferred(catalog, &resource.group).to_owned();
            groups.push(Group { name: resource.group.to_string(), versions: Vec::new(), preferred });
        }
        let versions = &mut groups.last_mut().unwrap().versions;
        for version in resource.versions.iter().filter(|version| version.is_default) {
            if !versions.iter().any(|known| *known == version.name) {
                versions.push(version.name.to_string());
            }
        }
    }
    groups
}

/// The version of a group that its first resource prefers.
fn preferred<'c>(catalog: &'c Catalog, group: &str) -> &'c str {
    &catalog.resources().find(|resource| resource.group == group).unwrap().versions[0].name
}

/// What the catalog knows about a version of a resource, as discovery would tell it.
fn as_told(catalog: &Catalog, known: &ApiResource, version: &str) -> Resource {
    let subresource = |sub: &rolecall::catalog::Subresource| {
        let (group, version) = match sub.api_version.rsplit_once('/') {
            Some((group, version)) => (group, version),
            None if sub.api_version.is_empty() => (&*known.group, version),
            None => ("", &*sub.api_version),
        };
        Subresource {
            name: sub.name.to_string(),
            kind: if sub.kind.is_empty() { &known.kind } else { &sub.kind }.to_string(),
            group: group.to_owned(),
            version: version.to_owned(),
            namespaced: known.namespaced,
            verbs: strings(&sub.verbs),
        }
    };
    Resource {
        group: known.group.to_string(),
        version: version.to_owned(),
        preferred: preferred(catalog, &known.group) == version,
        kind: known.kind.to_string(),
        plural: known.plural.to_string(),
        singular: known.singular.to_string(),
        short_names: strings(&known.short_names),
        categories: strings(&known.categories),
        namespaced: known.namespaced,
        verbs: strings(&known.verbs),
        subresources: known.subresources.iter().filter(|sub| !sub.is_only_rbac()).map(subresource).collect(),
    }
}

/// Every version of every resource, by default or not, in the order of the catalog.
fn known(catalog: &Catalog, is_default: bool) -> Vec<Resource> {
    let all = catalog.resources().flat_map(|resource| resource.versions.iter().map(move |version| (resource, version)));
    let some = all.filter(|(_, version)| version.is_default == is_default);
    some.map(|(resource, version)| as_told(catalog, resource, &version.name)).collect()
}

#[test]
fn the_catalog_knows_what_is_served_by_default() {
    for version in Version::with_facts() {
        let (catalog, told) = (Catalog::new(version), by_default(version));
        // A version after the other, where discovery tells a resource after the other.
        let mut in_order = told.resources;
        let first = |resource: &Resource| (resource.group.clone(), resource.plural.clone());
        let order: Vec<_> = in_order.iter().map(first).collect();
        in_order.sort_by_key(|resource| order.iter().position(|name| *name == first(resource)));
        assert_same(&known(&catalog, true), &in_order);
        assert_same(&groups(&catalog), &told.groups);
        tell(&format!("{} of {} resources of Kubernetes {version} agree", in_order.len(), in_order.len()));
    }
}

#[test]
fn the_catalog_knows_what_can_be_switched_on() {
    let sorted = |mut resources: Vec<Resource>| {
        resources.sort_by(|a, b| (&a.group, &a.plural, &a.version).cmp(&(&b.group, &b.plural, &b.version)));
        resources
    };
    for version in Version::with_facts() {
        let (catalog, told) = (Catalog::new(version), sorted(opt_in(version).resources));
        assert_same(&sorted(known(&catalog, false)), &told);
        tell(&format!("{} of {} alpha and beta resources of Kubernetes {version} agree", told.len(), told.len()));
    }
}

#[test]
fn the_catalog_knows_what_only_rbac_knows() {
    for version in Version::with_facts() {
        let (catalog, told) = (Catalog::new(version), by_default(version).rbac_only);
        for OnlyRbac { group, resource: name, verbs } in &told {
            let resource = |plural| catalog.find(group, plural).unwrap_or_else(|| panic!("{name} is not known"));
            let (known, rest) = match name.split_once('/') {
                None => (&resource(name).verbs, &resource(name).rbac_verbs),
                Some((plural, sub)) => {
                    let sub = resource(plural).subresource(sub).unwrap_or_else(|| panic!("{name} is not known"));
                    (&sub.verbs, &sub.rbac_verbs)
                }
            };
            for verb in verbs {
                assert!(known.iter().chain(rest).any(|known| known == verb), "{verb} {name} in {group}");
            }
        }
        tell(&format!("{} of {} resources that only RBAC of Kubernetes {version} knows agree", told.len(), told.len()));
    }
}
