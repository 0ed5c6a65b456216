//! One permission that carries a power, and what has to come with it.

use super::Power;
use crate::catalog::Version;
use crate::rbac::{Action, ResourceAction, Role, Rule};

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
    /// Whether it is enough to have it on some object, whatever that is called.
    pub has_any_name: bool,
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
    /// There is all of the power where the rule names the very role that it stands in.
    Own,
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
    /// What the holder can do by it; empty where it is what the power says.
    gain: &'static str,
    /// The same where only some objects are named.
    gain_over: &'static str,
}

impl Right {
    /// Verbs on a resource, or on a subresource as in `pods/exec`.
    pub(in crate::query) const fn on(
        verbs: &'static [&'static str],
        group: &'static str,
        resource: &'static str,
    ) -> Self {
        Self { verbs, group, resource, subresource: "", has_any_name: false }
    }

    pub(in crate::query) const fn sub(self, subresource: &'static str) -> Self {
        Self { subresource, ..self }
    }

    pub(super) const fn of_any_name(self) -> Self {
        Self { has_any_name: true, ..self }
    }

    /// What is asked for in a namespace, or in none: one action for each verb. The name is empty where no object is meant
    /// before others.
    pub fn actions(self, namespace: &str, name: &str) -> impl Iterator<Item = Action> {
        let (namespace, name) = (namespace.to_owned(), name.to_owned());
        self.verbs.iter().map(move |&verb| {
            Action::Resource(ResourceAction {
                verb: verb.to_owned(),
                group: self.group.to_owned(),
                resource: self.resource.to_owned(),
                subresource: self.subresource.to_owned(),
                namespace: namespace.clone(),
                name: if self.carries_name(verb) { name.clone() } else { String::new() },
            })
        })
    }

    /// Whether a name comes along with a verb: not with `create` and `deletecollection`, unless it is to a subresource.
    fn carries_name(self, verb: &str) -> bool {
        !self.subresource.is_empty() || !["create", "deletecollection"].contains(&verb)
    }

    /// The verbs by which a rule grants it on some object. Where no name comes along, a rule with names grants nothing.
    pub(in crate::query) fn granted_by(self, rule: &Rule) -> impl Iterator<Item = &'static str> {
        let carries_name = move |verb: &str| self.carries_name(verb);
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
            gain: "",
            gain_over: "",
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

    /// What the holder can do by it, where that is not what the power says: anything, and what is named.
    pub(super) const fn can(self, gain: &'static str, gain_over: &'static str) -> Self {
        Self { gain, gain_over, ..self }
    }

    /// What the holder can do by it, to be read after "can".
    pub fn gain(&self, power: &Power) -> &'static str {
        if self.gain.is_empty() { power.gain } else { self.gain }
    }

    /// The same where only some objects are named, to be read before their names.
    pub fn gain_over(&self, power: &Power) -> &'static str {
        if self.gain.is_empty() { power.gain_over } else { self.gain_over }
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
            Names::Own => !rule.resource_names.is_empty(),
        };
        is_named && self.right.granted_by(rule).next().is_some()
    }

    /// Whether a rule of a role carries it, as far as that depends on which role it is.
    pub fn is_of_role(&self, rule: &Rule, role: &Role) -> bool {
        let kind = if role.namespace.is_some() { "roles" } else { "clusterroles" };
        !matches!(self.names, Names::Own)
            || (self.right.resource == kind && rule.resource_names.iter().any(|name| role.name == *name))
    }

    /// The names to which a rule restricts the power; none where it is restricted to none.
    pub fn restricted_to<'r>(&self, rule: &'r Rule) -> &'r [String] {
        match self.names {
            Names::Any => &rule.resource_names,
            Names::None | Names::These(_) | Names::Own => &[],
        }
    }
}
