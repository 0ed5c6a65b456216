//! Who may do this? Everybody whom a grant names, and the ServiceAccounts that are in a group which it names.

use std::collections::BTreeMap;

use super::access::Access;
use super::doubt::doubts_about_namespace;
use super::question::{Place, Words, ask};
use super::subject::Who;
use crate::diagnostic::Failure;
use crate::rbac::{Action, Grant, MASTERS, Reach};

/// A question with everybody who may do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhoCan {
    /// What was asked to be allowed.
    pub action: Action,
    /// Whether the answer is for each namespace on its own.
    pub reach: Reach,
    /// Who may, in order.
    pub holders: Vec<Holder>,
    /// What is odd about the question.
    pub warnings: Vec<String>,
    /// Why the answer may be another than one thinks.
    pub doubts: Vec<String>,
}

/// Somebody who may do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub who: Who,
    /// Why, in order: those for the whole cluster first. Those to groups that a ServiceAccount is in are among them.
    pub grants: Vec<Grant>,
    /// Whether a grant names it, and not only a group that it is in.
    pub is_named: bool,
    /// Whether everything comes from the default policy of Kubernetes.
    pub is_built_in: bool,
    /// Whether it can be told from what was read that it exists: always so for users and groups.
    pub exists: bool,
    /// The ServiceAccounts that are in a group because the API server puts them there.
    pub members: Vec<Who>,
}

/// Tells everybody who may do something. Fails where the parts of the question do not fit together.
pub fn who_can(access: &Access, words: &Words) -> Result<WhoCan, Failure> {
    let is_anywhere = words.place == Place::Default;
    let words = if is_anywhere { Words { place: Place::Everywhere, ..words.clone() } } else { words.clone() };
    let asked = ask(&words, access.catalog(), access.default_namespace())?;
    let reach =
        if is_anywhere && is_in_namespaces(&asked.action, access) { Reach::EachNamespace } else { Reach::AsAsked };
    let namespace = match &asked.action {
        Action::Resource(action) => action.namespace.as_str(),
        Action::Url { .. } => "",
    };
    Ok(WhoCan {
        holders: holders(access, &asked.action, reach),
        reach,
        doubts: doubts_about_namespace(namespace, access).into_iter().collect(),
        warnings: asked.warnings,
        action: asked.action,
    })
}

/// Whether something may be done in one namespace and not in another.
fn is_in_namespaces(action: &Action, access: &Access) -> bool {
    match action {
        Action::Resource(action) => {
            access.catalog().find(&action.group, &action.resource).is_none_or(|resource| resource.namespaced)
        }
        Action::Url { .. } => false,
    }
}

fn holders(access: &Access, action: &Action, reach: Reach) -> Vec<Holder> {
    let mut named: BTreeMap<Who, Vec<Grant>> = BTreeMap::new();
    for grant in access.policy().grants_to_anybody(action, reach) {
        if let Some(who) = access.subject_of(&grant) {
            let grants = named.entry(who).or_default();
            // A binding may name somebody twice.
            if !grants.iter().any(|known| Grant { subject: grant.subject, ..*known } == grant) {
                grants.push(grant);
            }
        }
    }
    let mut all: BTreeMap<Who, (Vec<Grant>, bool)> =
        named.iter().map(|(who, grants)| (who.clone(), (grants.clone(), true))).collect();
    let mut members: BTreeMap<&Who, Vec<Who>> = BTreeMap::new();
    for (namespace, name, _) in access.known().service_accounts() {
        let account = Who::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() };
        for group in account.identity().groups.into_iter().map(Who::Group) {
            let Some((group, grants)) = named.get_key_value(&group) else { continue };
            all.entry(account.clone()).or_default().0.extend(grants);
            members.entry(group).or_default().push(account.clone());
        }
    }
    let holder = |(who, (mut grants, is_named)): (Who, (Vec<Grant>, bool))| {
        grants.sort_by_key(|grant| (access.namespace_of(grant).is_some(), *grant));
        Holder {
            is_built_in: grants.iter().all(|grant| access.binding_object(grant.binding).is_none()),
            exists: exists(&who, access),
            members: members.remove(&who).unwrap_or_default(),
            who,
            grants,
            is_named,
        }
    };
    all.into_iter().map(holder).collect()
}

fn exists(who: &Who, access: &Access) -> bool {
    match who {
        Who::ServiceAccount { namespace, name } => access.known().has_account(namespace, name),
        Who::User(_) | Who::Group(_) => true,
    }
}

impl WhoCan {
    /// Whether anybody may for certain. The members of `system:masters`, who always may, do not count.
    pub fn is_anybody(&self) -> bool {
        let others = self.holders.iter().filter(|holder| !holder.is_masters());
        others.flat_map(|holder| &holder.grants).any(|grant| !grant.is_conditional)
    }
}

impl Holder {
    /// Whether it is the group whose members may do everything, whatever RBAC says.
    pub fn is_masters(&self) -> bool {
        matches!(&self.who, Who::Group(name) if name == MASTERS)
    }

    /// Its grants for the whole cluster.
    pub fn of_cluster(&self, access: &Access) -> Vec<Grant> {
        self.grants.iter().copied().filter(|grant| access.namespace_of(grant).is_none()).collect()
    }

    /// Its grants in namespaces, by namespace.
    pub fn of_namespaces<'a>(&self, access: &'a Access) -> BTreeMap<&'a str, Vec<Grant>> {
        let mut by_namespace: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for grant in &self.grants {
            if let Some(namespace) = access.namespace_of(grant) {
                by_namespace.entry(namespace).or_default().push(*grant);
            }
        }
        by_namespace
    }
}
