//! Which resource a word of a test means.

use std::collections::BTreeSet;

use crate::catalog::{ApiResource, Catalog};
use crate::query::Access;
use crate::query::alike::is_alike;
use crate::rbac::{ALL, GROUP, ResourceAction, Rule, full_resource};
use crate::strict::nearest;
use crate::yaml::excerpt;

/// A resource, or all of a group or of all groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// `*` is every group.
    pub(super) group: String,
    /// `*` is every resource, with every subresource.
    pub(super) resource: String,
    pub(super) subresource: String,
    /// Whether it is known to be in no namespace.
    pub(super) is_of_cluster: bool,
    /// What has to be said about it although it may be right.
    pub(super) note: Option<String>,
}

/// A word that means nothing, and what was probably meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meaningless {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Meaningless {
    pub(super) fn new(message: String, help: Option<String>) -> Self {
        Self { message, help }
    }

    /// All of it, as a note.
    pub(super) fn in_one_line(self) -> String {
        match self.help {
            Some(help) => format!("{}; {help}", self.message),
            None => self.message,
        }
    }
}

impl Target {
    /// Reads `TYPE[.GROUP][/SUBRESOURCE]`, `*` or `*.GROUP`.
    pub(super) fn read(word: &str, access: &Access) -> Result<Self, Meaningless> {
        let catalog = access.catalog();
        if let Some(group) = word.strip_prefix(ALL).filter(|rest| rest.is_empty() || rest.starts_with('.')) {
            return Self::all(group.trim_start_matches('.'), access);
        }
        let (name, subresource) = word.split_once('/').unwrap_or((word, ""));
        match catalog.resolve(name).filter(|_| !name.is_empty()) {
            Some(resource) => Self::known(resource, subresource, catalog),
            None => Self::unknown(name, subresource, access),
        }
    }

    fn new(group: &str, resource: &str, subresource: &str) -> Self {
        Self {
            group: group.to_owned(),
            resource: resource.to_owned(),
            subresource: subresource.to_owned(),
            is_of_cluster: false,
            note: None,
        }
    }

    fn all(group: &str, access: &Access) -> Result<Self, Meaningless> {
        let group = if group.is_empty() { ALL } else { group };
        if group != ALL && !access.catalog().knows_group(group) && !is_in_rules(access, |named, _| named == group) {
            let message = format!("there is no API group `{}` in what was read", excerpt(group));
            let help = match near_group(group, access) {
                Some(near) => format!("did you mean `*.{near}`?"),
                None => "`*` is every resource of every group".to_owned(),
            };
            return Err(Meaningless::new(message, Some(help)));
        }
        Ok(Self::new(group, ALL, ""))
    }

    fn known(resource: &ApiResource, subresource: &str, catalog: &Catalog) -> Result<Self, Meaningless> {
        let (group, plural) = (&resource.group, &resource.plural);
        if subresource.is_empty() || catalog.subresource(group, plural, subresource).is_some() {
            let target = Self::new(group, plural, subresource);
            return Ok(Self { is_of_cluster: !resource.namespaced, ..target });
        }
        let known: Vec<_> = resource.subresources.iter().map(|known| format!("`{}`", known.name)).collect();
        let has = if known.is_empty() { String::new() } else { format!(" (it has {})", known.join(", ")) };
        if subresource == ALL {
            let help = "name the subresources, or say `*` for all resources with all of theirs".to_owned();
            let message = format!("`{}/{ALL}` means nothing, here as in a role", resource.full_name());
            return Err(Meaningless::new(message, Some(help)));
        }
        let near = resource.subresources.iter().find(|known| is_alike(&known.name, subresource));
        let subresource = excerpt(subresource);
        let message = format!("`{}` has no subresource `{subresource}`{has}", resource.full_name());
        let help = match near {
            Some(near) => format!("did you mean `{plural}/{}`?", near.name),
            None => format!("for one object say `named {subresource}`, or `names: [{subresource}]`"),
        };
        Err(Meaningless::new(message, Some(help)))
    }

    /// Resources of extensions are not always among what was read; those of Kubernetes are known.
    fn unknown(name: &str, subresource: &str, access: &Access) -> Result<Self, Meaningless> {
        let catalog = access.catalog();
        let (plural, group) = name.split_once('.').unwrap_or((name, ""));
        let nearest = catalog.nearest(name).map(ApiResource::full_name).or_else(|| near_plural(name, catalog));
        let nearest = nearest.map(|near| format!("did you mean `{near}`?"));
        let entry = full_resource(plural, subresource);
        if !group.is_empty() && is_in_rules(access, |named, resource| named == group && resource == entry) {
            return Ok(Self::new(group, plural, subresource));
        }
        if !group.contains('.') || catalog.knows_group(group) || nearest.is_some() {
            let message = format!("there is no resource type `{}` in Kubernetes {}", excerpt(name), catalog.version());
            let categories: Vec<_> = catalog.category(name).map(|it| format!("`{}`", it.full_name())).collect();
            let named = (!categories.is_empty()).then(|| format!("it is a category: name {}", categories.join(", ")));
            return Err(Meaningless::new(format!("{message} or in the definitions that were read"), nearest.or(named)));
        }
        let meant = near_in_rules(access, group, &entry).map(|near| format!("; did you mean `{near}`?"));
        let note = format!("no rule and no CustomResourceDefinition that was read has `{}`", excerpt(name));
        let note = format!("{note}{}", meant.unwrap_or_default());
        Ok(Self { note: Some(note), ..Self::new(group, plural, subresource) })
    }

    /// Whether it is all resources, or all of a group.
    pub(super) fn is_all(&self) -> bool {
        self.resource == ALL
    }

    /// Whether something that is done is done with it.
    pub(super) fn holds(&self, action: &ResourceAction) -> bool {
        let is_of_group = self.group == ALL || self.group == action.group;
        let is_same = self.resource == action.resource && self.subresource == action.subresource;
        is_of_group && (self.is_all() || is_same)
    }

    /// Whether something done with it may be in a namespace.
    pub(super) fn may_be_in_namespaces(&self, verb: &str) -> bool {
        !self.is_of_cluster || (verb == "bind" && self.is(GROUP, "clusterroles"))
    }

    /// Whether it is this resource itself.
    pub(super) fn is(&self, group: &str, resource: &str) -> bool {
        self.group == group && self.resource == resource && self.subresource.is_empty()
    }

    /// As [`Target::read`] knows it.
    pub(super) fn word(&self) -> String {
        let group = if self.group.is_empty() { String::new() } else { format!(".{}", self.group) };
        full_resource(&format!("{}{group}", self.resource), &self.subresource)
    }
}

/// The resource whose plural looks most like a word without a group.
fn near_plural(word: &str, catalog: &Catalog) -> Option<String> {
    let plurals: Vec<_> = catalog.resources().map(|resource| resource.plural.as_ref()).collect();
    let near = nearest(word, &plurals)?;
    Some(catalog.resolve(near)?.full_name())
}

/// The API group that was probably meant, of those that there are and that rules name.
fn near_group(group: &str, access: &Access) -> Option<String> {
    let known = access.catalog().resources().map(|resource| resource.group.as_ref());
    let in_rules = own_rules(access).flat_map(|rule| rule.api_groups.iter().map(String::as_str));
    let near: BTreeSet<&str> = known.chain(in_rules).filter(|known| is_alike(known, group)).collect();
    near.first().map(|near| excerpt(near).into_owned())
}

/// The resource of an extension that was probably meant, of those that rules name.
fn near_in_rules(access: &Access, group: &str, entry: &str) -> Option<String> {
    let pairs = own_rules(access).flat_map(|rule| {
        rule.api_groups.iter().flat_map(|group| rule.resources.iter().map(move |resource| (group.as_str(), resource)))
    });
    let is_near = |(own, resource): &(&str, &String)| {
        (*own == group && is_alike(resource, entry)) || (*resource == entry && is_alike(own, group))
    };
    let near: BTreeSet<_> = pairs.filter(is_near).collect();
    let (group, resource) = *near.first()?;
    let (plural, subresource) = resource.split_once('/').unwrap_or((resource, ""));
    Some(excerpt(&full_resource(&format!("{plural}.{group}"), subresource)).into_owned())
}

/// The rules that the manifests have.
pub(super) fn own_rules(access: &Access) -> impl Iterator<Item = &Rule> {
    let own = access.policy().roles().filter(|(id, _)| access.role_object(*id).is_some());
    own.flat_map(|(_, role)| role.rules())
}

/// Whether a rule of the manifests names a group and a resource that fit.
fn is_in_rules(access: &Access, fits: impl Fn(&str, &str) -> bool) -> bool {
    let mut rules = own_rules(access);
    rules.any(|rule| rule.api_groups.iter().any(|group| rule.resources.iter().any(|resource| fits(group, resource))))
}
