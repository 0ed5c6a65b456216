//! A resource as discovery tells of it, with what only RBAC knows about it.

use std::borrow::Cow;

/// A text of the carried facts, or one that was read from a manifest.
pub type Text = Cow<'static, str>;

/// A resource: what the `resources` of a rule may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiResource {
    /// Such as `apps`; empty for the core group.
    pub group: Text,
    /// Its versions, the preferred one first; none where only RBAC knows it.
    pub versions: Vec<ApiVersion>,
    /// Such as `deployments`: the name in rules and in URLs.
    pub plural: Text,
    /// Such as `deployment`; empty where only RBAC knows it.
    pub singular: Text,
    /// Such as `Deployment`; empty where only RBAC knows it.
    pub kind: Text,
    /// Such as `deploy`.
    pub short_names: Vec<Text>,
    /// Such as `all`: words for several resources at once.
    pub categories: Vec<Text>,
    /// Whether its objects live in namespaces.
    pub namespaced: bool,
    /// What can be asked of it.
    pub verbs: Vec<Text>,
    /// Further verbs that are checked on it, such as `bind` on roles, but are no request to it.
    pub rbac_verbs: Vec<Text>,
    /// What stands behind its name and a slash.
    pub subresources: Vec<Subresource>,
    /// Who serves it.
    pub origin: Origin,
}

/// One version of a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiVersion {
    /// Such as `v1beta1`.
    pub name: Text,
    /// Whether it is served without being switched on.
    pub is_default: bool,
}

/// A subresource: `scale` in `deployments/scale`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subresource {
    /// Such as `scale`, or `*` where any name will do.
    pub name: Text,
    /// The kind of what is sent and received, such as `Scale`; empty for the kind of the resource itself.
    pub kind: Text,
    /// The API version of that kind, such as `autoscaling/v1`; empty for that of the resource itself.
    pub api_version: Text,
    /// What can be asked of it; nothing where only RBAC knows it.
    pub verbs: Vec<Text>,
    /// Further verbs that are checked on it.
    pub rbac_verbs: Vec<Text>,
}

/// Who serves a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Every API server.
    BuiltIn,
    /// An API server where the CustomResourceDefinition that was read is.
    Custom,
    /// An API server where its alpha or beta version is switched on.
    OptIn,
    /// Nobody, but requests are decided by its name: `users` in `impersonate users`.
    OnlyRbac,
}

impl ApiResource {
    /// Whether it is this one.
    pub fn is(&self, group: &str, plural: &str) -> bool {
        // Plurals first: they tell more apart than groups do.
        self.plural == plural && self.group == group
    }

    /// Its name as kubectl takes it: `pods`, `deployments.apps`.
    pub fn full_name(&self) -> String {
        if self.group.is_empty() { self.plural.to_string() } else { format!("{}.{}", self.plural, self.group) }
    }

    /// The subresource of a name.
    pub fn subresource(&self, name: &str) -> Option<&Subresource> {
        self.subresources.iter().find(|subresource| subresource.name == name || subresource.name == "*")
    }

    /// Every verb that means something on it.
    pub fn all_verbs(&self) -> impl Iterator<Item = &str> {
        all(&self.verbs, &self.rbac_verbs)
    }
}

impl Subresource {
    /// Whether nobody serves it, although requests are decided by its name.
    pub fn is_only_rbac(&self) -> bool {
        self.verbs.is_empty()
    }

    /// Every verb that means something on it.
    pub fn all_verbs(&self) -> impl Iterator<Item = &str> {
        all(&self.verbs, &self.rbac_verbs)
    }
}

/// A star says that there are verbs, and not which.
fn all<'t>(verbs: &'t [Text], further: &'t [Text]) -> impl Iterator<Item = &'t str> {
    verbs.iter().chain(further).map(AsRef::as_ref).filter(|verb| *verb != "*")
}
