//! Facts of Kubernetes, version by version: the resources of its API, the verbs that mean something, and the roles and
//! bindings that every cluster has. CustomResourceDefinitions of the read set join in. [`fields`] knows which fields of the
//! API not every version has.
//!
//! The facts are the texts in `data/kubernetes/`, which the test `tests/suite/facts` makes from the answers of an API
//! server and compares with them.

mod custom;
pub mod fields;
mod parse;
mod policy;
mod resolve;
mod resource;
mod verbs;
mod version;

use std::collections::BTreeMap;

use custom::Definitions;

pub use custom::{CustomResource, CustomVersion};
pub use policy::DefaultPolicy;
pub use resource::{ApiResource, ApiVersion, Origin, Subresource, Text};
pub use verbs::{
    ImpersonationHalf, NON_RESOURCE_VERBS, RESOURCE_VERBS, is_constrained_impersonation, is_non_resource_verb,
    is_resource_verb,
};
pub use version::Version;

/// The resources that there are: those of a version of Kubernetes, and the custom ones that joined.
#[derive(Clone, Debug)]
pub struct Catalog {
    version: Version,
    /// What every API server serves, in the order of discovery.
    served: Vec<ApiResource>,
    /// By group and plural.
    custom: BTreeMap<String, BTreeMap<String, Definitions>>,
    /// What has to be switched on, then what only RBAC knows.
    others: Vec<ApiResource>,
    /// The subresources that every resource has.
    common: Vec<Subresource>,
}

impl Catalog {
    /// The resources of a version of Kubernetes.
    pub fn new(version: Version) -> Self {
        let (served, mut others): (Vec<_>, Vec<_>) =
            parse::resources(version.resources()).into_iter().partition(|known| known.origin == Origin::BuiltIn);
        others.sort_by_key(|resource| resource.origin);
        let mut catalog = Self { version, served, custom: BTreeMap::new(), others, common: Vec::new() };
        for checked in parse::resources(version.checks()) {
            catalog.add_checks(checked);
        }
        catalog
    }

    /// Takes in what is checked by RBAC and not served.
    fn add_checks(&mut self, checked: ApiResource) {
        if checked.is("*", "*") {
            self.common.extend(checked.subresources);
            return;
        }
        let mut known = self.served.iter_mut().chain(&mut self.others);
        let Some(known) = known.find(|known| known.is(&checked.group, &checked.plural)) else {
            self.others.push(checked);
            return;
        };
        add_verbs(&mut known.rbac_verbs, checked.rbac_verbs);
        for subresource in checked.subresources {
            match known.subresources.iter_mut().find(|same| same.name == subresource.name) {
                Some(same) => add_verbs(&mut same.rbac_verbs, subresource.rbac_verbs),
                None => known.subresources.push(subresource),
            }
        }
    }

    /// The version of Kubernetes.
    pub fn version(&self) -> Version {
        self.version
    }

    /// Adds a custom resource. One that repeats what Kubernetes serves is ignored, as is one without a name; several for
    /// the same resource add up, in whatever order they join.
    pub fn join(&mut self, definition: CustomResource) {
        let (group, plural) = (&definition.group, &definition.plural);
        if group.is_empty() || plural.is_empty() || self.served.iter().any(|known| known.is(group, plural)) {
            return;
        }
        self.others.retain(|known| !known.is(group, plural));
        let of_group = self.custom.entry(group.clone()).or_default();
        match of_group.get_mut(plural) {
            Some(known) => known.join(definition),
            None => {
                of_group.insert(plural.clone(), Definitions::new(definition));
            }
        }
    }

    /// All resources, by priority: what every API server serves, in the order of its discovery; custom ones by group and
    /// plural; what has to be switched on; what only RBAC knows.
    pub fn resources(&self) -> impl Iterator<Item = &ApiResource> {
        let custom = self.custom.values().flat_map(BTreeMap::values).map(|definitions| &definitions.resource);
        self.served.iter().chain(custom).chain(&self.others)
    }

    /// The resource of a group that rules call by this plural.
    pub fn find(&self, group: &str, plural: &str) -> Option<&ApiResource> {
        let custom = || Some(&self.custom.get(group)?.get(plural)?.resource);
        let mut built_in = self.served.iter().chain(&self.others);
        custom().or_else(|| built_in.find(|known| known.is(group, plural)))
    }

    /// A subresource, of a resource that is known.
    pub fn subresource(&self, group: &str, plural: &str, name: &str) -> Option<&Subresource> {
        let own = self.find(group, plural)?.subresource(name);
        own.or_else(|| self.common.iter().find(|common| common.name == name))
    }

    /// Every verb that means something on a resource, or on a subresource; `None` where that is unknown.
    pub fn verbs_of(&self, group: &str, plural: &str, subresource: Option<&str>) -> Option<Vec<&str>> {
        match subresource {
            None => self.find(group, plural).map(|resource| resource.all_verbs().collect()),
            Some(name) => self.subresource(group, plural, name).map(|subresource| subresource.all_verbs().collect()),
        }
    }

    /// Whether there is a resource in a group.
    pub fn knows_group(&self, group: &str) -> bool {
        self.custom.contains_key(group) || self.served.iter().chain(&self.others).any(|known| known.group == group)
    }

    /// The resources of this plural in other groups than this one.
    pub fn plural_in_other_groups(&self, group: &str, plural: &str) -> impl Iterator<Item = &ApiResource> {
        self.resources().filter(move |known| known.plural == plural && known.group != group)
    }
}

fn add_verbs(verbs: &mut Vec<Text>, more: Vec<Text>) {
    for verb in more {
        if !verbs.contains(&verb) {
            verbs.push(verb);
        }
    }
}

#[cfg(test)]
mod tests;
