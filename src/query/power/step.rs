//! One permission that carries a power, and what has to come with it.

use crate::catalog::Version;
use crate::rbac::{Action, ResourceAction, Rule};

/// Verbs on a resource.
#[derive(Clone, Copy, Debug)]
pub struct Right {
    /// Any of these is enough.
    pub verbs: &'static [&'static str],
    /// The API group.
    pub group: &'static str,
    /// The plural of the resource.
    pub resource: &'static str,
    /// The subresource; empty for the resource itself.
    pub subresource: &'static str,
}

/// Where a permission has to be held to be worth anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// In the whole cluster: what it is about is in no namespace.
    Cluster,
    /// In a namespace, too.
    Namespace,
}

/// What the names in a rule mean for a power.
#[derive(Clone, Copy, Debug)]
pub enum Names {
    /// The power is over the objects that they name.
    Any,
    /// There is no power where the rule names any.
    None,
    /// There is all of the power where the rule names one of these, and none elsewhere.
    These(&'static [&'static str]),
}

/// How sure it is that a permission carries its power.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// It depends on what else is in the cluster.
    Depends,
    /// The permission is enough.
    Certain,
}

/// One permission that carries a power.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The permission.
    pub right: Right,
    /// Where it has to be held.
    pub scope: Scope,
    /// The only namespace in which it is worth anything; `None` where there is no such one.
    pub namespace: Option<&'static str>,
    /// What the names in a rule mean for it.
    pub names: Names,
    /// What has to be held with it: one of each.
    pub with: &'static [&'static [Right]],
    /// How sure it is.
    pub certainty: Certainty,
    /// The minor version of Kubernetes from which on it is worth nothing; `None` where there is none.
    pub until: Option<u16>,
}

impl Right {
    /// Verbs on a resource, or on a subresource as in `pods/exec`.
    pub(super) const fn on(verbs: &'static [&'static str], group: &'static str, resource: &'static str) -> Self {
        Self { verbs, group, resource, subresource: "" }
    }

    pub(super) const fn sub(self, subresource: &'static str) -> Self {
        Self { subresource, ..self }
    }

    /// What is asked for in a namespace, or in none: one action for each verb.
    pub fn actions(self, namespace: &str) -> impl Iterator<Item = Action> {
        let namespace = namespace.to_owned();
        self.verbs.iter().map(move |&verb| {
            Action::Resource(ResourceAction {
                verb: verb.to_owned(),
                group: self.group.to_owned(),
                resource: self.resource.to_owned(),
                subresource: self.subresource.to_owned(),
                namespace: namespace.clone(),
                name: String::new(),
            })
        })
    }

    /// The verbs by which a rule grants it on some object. With `create` and `deletecollection` no name comes along,
    /// unless it is to a subresource: a rule with names does not grant them.
    fn granted_by(self, rule: &Rule) -> impl Iterator<Item = &'static str> {
        let carries_name =
            move |verb: &str| !self.subresource.is_empty() || !["create", "deletecollection"].contains(&verb);
        let is_about = rule.has_group(self.group) && rule.has_resource(self.resource, self.subresource);
        let verbs = self.verbs.iter().copied().filter(move |_| is_about);
        verbs.filter(move |verb| rule.has_verb(verb) && (rule.resource_names.is_empty() || carries_name(verb)))
    }
}

impl Step {
    pub(super) const fn of(right: Right) -> Self {
        Self {
            right,
            scope: Scope::Namespace,
            namespace: None,
            names: Names::Any,
            with: &[],
            certainty: Certainty::Certain,
            until: None,
        }
    }

    /// Verbs on a resource.
    pub(super) const fn on(verbs: &'static [&'static str], group: &'static str, resource: &'static str) -> Self {
        Self::of(Right::on(verbs, group, resource))
    }

    /// Verbs on a subresource.
    pub(super) const fn sub(self, subresource: &'static str) -> Self {
        Self { right: self.right.sub(subresource), ..self }
    }

    pub(super) const fn of_cluster(self) -> Self {
        Self { scope: Scope::Cluster, ..self }
    }

    pub(super) const fn in_namespace(self, namespace: &'static str) -> Self {
        Self { namespace: Some(namespace), ..self }
    }

    pub(super) const fn names(self, names: Names) -> Self {
        Self { names, ..self }
    }

    pub(super) const fn with(self, with: &'static [&'static [Right]]) -> Self {
        Self { with, ..self }
    }

    pub(super) const fn depends(self) -> Self {
        Self { certainty: Certainty::Depends, ..self }
    }

    pub(super) const fn until(self, minor: u16) -> Self {
        Self { until: Some(minor), ..self }
    }

    /// Whether a version of Kubernetes knows this way.
    pub fn is_of(&self, version: Version) -> bool {
        self.until.is_none_or(|until| !version.at_least(until))
    }

    /// Whether a rule grants the permission, wherever it is handed out.
    pub fn is_granted_by(&self, rule: &Rule) -> bool {
        let is_named = match self.names {
            Names::Any => true,
            Names::None => rule.resource_names.is_empty(),
            Names::These(names) => rule.resource_names.iter().any(|name| names.contains(&name.as_str())),
        };
        is_named && self.right.granted_by(rule).next().is_some()
    }

    /// The names to which a rule restricts the power; none where it is restricted to none.
    pub fn restricted_to<'r>(&self, rule: &'r Rule) -> &'r [String] {
        match self.names {
            Names::Any => &rule.resource_names,
            Names::None | Names::These(_) => &[],
        }
    }
}
