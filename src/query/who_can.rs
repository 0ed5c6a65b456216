//! Who may do this? Everybody whom a grant names, and the ServiceAccounts that are in a group which it names.

use std::collections::{BTreeMap, BTreeSet};

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
    /// The grants that name it, in order: those for the whole cluster first.
    pub grants: Vec<Grant>,
    /// The grants that name groups which a ServiceAccount is in.
    pub through_groups: Vec<Grant>,
    /// Whether everything that names it comes from the default policy of Kubernetes; where nothing does, everything that
    /// names its groups.
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
    let of_namespace = asked.action.namespace().and_then(|namespace| doubts_about_namespace(namespace, access));
    let holders = holders(access, &asked.action, reach);
    let is_of_all = words.place == Place::Everywhere && reach == Reach::AsAsked;
    let elsewhere = if is_of_all { in_single_namespaces(access, &asked.action, &holders) } else { 0 };
    let elsewhere = (elsewhere > 0).then(|| format!("{elsewhere} more may in single namespaces: leave `-A` out"));
    Ok(WhoCan {
        holders,
        reach,
        doubts: of_namespace.into_iter().chain(elsewhere).collect(),
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

/// How many more bindings of the read set name for it in one namespace or another.
fn in_single_namespaces(access: &Access, action: &Action, holders: &[Holder]) -> usize {
    if !is_in_namespaces(action, access) {
        return 0;
    }
    let grants = access.policy().grants_to_anybody(action, Reach::EachNamespace);
    let own = grants.iter().filter(|grant| access.binding_object(grant.binding).is_some());
    let all: BTreeSet<_> = own.filter_map(|grant| access.subject_of(grant)).collect();
    let told: BTreeSet<_> = holders.iter().map(|holder| &holder.who).collect();
    all.iter().filter(|who| !told.contains(who)).count()
}

fn holders(access: &Access, action: &Action, reach: Reach) -> Vec<Holder> {
    let mut named: BTreeMap<Who, Vec<Grant>> = BTreeMap::new();
    for grant in access.policy().grants_to_anybody(action, reach) {
        if let Some(who) = access.subject_of(&grant) {
            let grants = named.entry(who).or_default();
            // A binding may name somebody twice; its grants come one behind the other.
            let mut of_binding = grants.iter().rev().take_while(|known| known.binding == grant.binding);
            if !of_binding.any(|known| Grant { subject: grant.subject, ..*known } == grant) {
                grants.push(grant);
            }
        }
    }
    let mut all: BTreeMap<Who, Grants> =
        named.iter().map(|(who, grants)| (who.clone(), Grants { own: grants.clone(), ..Grants::default() })).collect();
    let mut members: BTreeMap<&Who, Vec<Who>> = BTreeMap::new();
    for (namespace, name, _) in access.known().service_accounts() {
        let account = Who::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() };
        for group in account.identity().groups.into_iter().map(Who::Group) {
            let Some((group, grants)) = named.get_key_value(&group) else { continue };
            all.entry(account.clone()).or_default().of_groups.extend(grants);
            members.entry(group).or_default().push(account.clone());
        }
    }
    all.into_iter()
        .map(|(who, grants)| {
            let members = members.remove(&who).unwrap_or_default();
            Holder::new(access, who, grants, members)
        })
        .collect()
}

/// The grants of one subject.
#[derive(Default)]
struct Grants {
    own: Vec<Grant>,
    of_groups: Vec<Grant>,
}

fn exists(who: &Who, access: &Access) -> bool {
    match who {
        Who::ServiceAccount { namespace, name } => access.known().has_account(namespace, name),
        Who::User(_) | Who::Group(_) => true,
    }
}

impl WhoCan {
    /// Whether anybody may for certain. Whom only the default policy of Kubernetes names does not count, nor do the
    /// members of `system:masters`, who always may.
    pub fn is_anybody(&self) -> bool {
        let others = self.holders.iter().filter(|holder| !holder.is_built_in && !holder.is_masters());
        others.flat_map(|holder| &holder.grants).any(|grant| !grant.is_conditional)
    }
}

impl Holder {
    fn new(access: &Access, who: Who, grants: Grants, members: Vec<Who>) -> Self {
        let Grants { own: mut grants, of_groups: mut through_groups } = grants;
        for grants in [&mut grants, &mut through_groups] {
            grants.sort_by_key(|grant| (access.namespace_of(grant).is_some(), *grant));
        }
        let telling = if grants.is_empty() { &through_groups } else { &grants };
        Self {
            is_built_in: telling.iter().all(|grant| access.binding_object(grant.binding).is_none()),
            exists: exists(&who, access),
            members,
            who,
            grants,
            through_groups,
        }
    }

    /// All grants: those that name it, then those that name its groups.
    pub fn all_grants(&self) -> impl Iterator<Item = &Grant> {
        self.grants.iter().chain(&self.through_groups)
    }

    /// Whether it is the group whose members may do everything, whatever RBAC says.
    pub fn is_masters(&self) -> bool {
        matches!(&self.who, Who::Group(name) if name == MASTERS)
    }

    /// Whether it may everywhere.
    pub fn is_everywhere(&self, access: &Access) -> bool {
        self.all_grants().any(|grant| access.namespace_of(grant).is_none())
    }

    /// The namespaces in which it has grants.
    pub fn namespaces<'a>(&self, access: &'a Access) -> BTreeSet<&'a str> {
        self.all_grants().filter_map(|grant| access.namespace_of(grant)).collect()
    }
}
