//! What a graph should be about, as a question names it, and names that nothing knows.

use crate::diagnostic::{Failure, FailureKind};
use crate::graph::{Graph, Identity, Selection};
use crate::query::{Access, Who, doubts_about, doubts_about_namespace};
use crate::rbac::{Key, user_of_service_account};

/// What a graph should be about: the whole where it names nothing, and what belongs to all that it names where that is
/// more than one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// All that this subject gets.
    pub subject: Option<Who>,
    /// Whoever gets this role, as [`role_named`] reads it.
    pub role: Option<Identity>,
    /// What is in this namespace.
    pub namespace: Option<String>,
    /// Instead of that, whatever is at most so many edges away.
    pub depth: Option<usize>,
}

/// No more names than this are told in the place of one that nothing knows.
const MOST_NAMES: usize = 3;
/// Where there are more names than this, they are not told as those that there are.
const MOST_KNOWN: usize = 12;

/// Reads the name of a role: `NS/NAME` for a Role, `NAME` for a ClusterRole, or with its kind `role/NS/NAME` and
/// `clusterrole/NAME`.
pub fn role_named(text: &str) -> Result<Identity, Failure> {
    let parts: Vec<_> = text.split('/').collect();
    let is_whole = parts.iter().all(|part| !part.is_empty());
    match parts.as_slice() {
        [name] | ["clusterrole", name] if is_whole => Ok(Identity::cluster_role(*name)),
        [namespace, name] | ["role", namespace, name] if is_whole => Ok(Identity::role(*namespace, *name)),
        _ => Err(Failure::new(FailureKind::Usage, format!("`{text}` names no role"))
            .hint("name a Role as `NAMESPACE/NAME`, and a ClusterRole as `NAME`")),
    }
}

/// A subject in the graph.
impl From<&Who> for Identity {
    fn from(who: &Who) -> Self {
        match who {
            Who::ServiceAccount { namespace, name } => Self::service_account(namespace, name),
            Who::User(name) => Self::User(name.clone()),
            Who::Group(name) => Self::Group(name.clone()),
        }
    }
}

impl About {
    /// Whether it names nothing.
    pub fn is_about_all(&self) -> bool {
        self.centres().is_empty()
    }

    /// Everything that it names.
    pub(super) fn centres(&self) -> Vec<Identity> {
        let namespace = self.namespace.clone().map(Identity::Namespace);
        self.subject.as_ref().map(Identity::from).into_iter().chain(self.role.clone()).chain(namespace).collect()
    }

    pub(super) fn selection(&self) -> Selection {
        Selection {
            subject: self.subject.as_ref().map(Identity::from),
            role: self.role.clone(),
            namespace: self.namespace.clone(),
            depth: self.depth,
        }
    }

    /// Fails where it names what nothing knows.
    pub(super) fn check(&self, access: &Access, graph: &Graph) -> Result<(), Failure> {
        if let Some(who) = self.subject.as_ref().filter(|who| !is_known(who, access)) {
            return Err(unknown_subject(who, access));
        }
        if let Some(role) = self.role.as_ref().filter(|role| graph.node(role).is_none()) {
            return Err(unknown_role(role, access));
        }
        let is_drawn = |name: &String| graph.node(&Identity::Namespace(name.clone())).is_some();
        let namespace = self.namespace.as_ref().filter(|name| !is_drawn(name));
        let doubt = namespace.and_then(|name| Some((name, doubts_about_namespace(name, access)?)));
        doubt.map_or(Ok(()), |(name, doubt)| {
            let namespaces = || access.known().namespaces().map(|known| (known, known.to_owned()));
            Err(unknown(
                doubt,
                &near(name, namespaces()),
                &namespaces().map(|(_, written)| written).collect::<Vec<_>>(),
            ))
        })
    }
}

/// Whether anything that was read names a subject, or Kubernetes does.
fn is_known(who: &Who, access: &Access) -> bool {
    let known = access.known();
    match who {
        Who::ServiceAccount { namespace, name } => {
            known.has_account(namespace, name)
                || known.account_of(namespace, name).is_some()
                || known.has_user(&user_of_service_account(namespace, name))
        }
        Who::User(name) => known.has_user(name),
        Who::Group(name) => known.has_group(name),
    }
}

fn unknown_subject(who: &Who, access: &Access) -> Failure {
    let known = access.known();
    let doubt = doubts_about(who, access).unwrap_or_else(|| format!("nothing names {who}"));
    let (Who::User(name) | Who::Group(name) | Who::ServiceAccount { name, .. }) = who;
    let users = known.users().map(|user| (user, Who::User(user.to_owned()).written()));
    let groups = known.groups().map(|group| (group, Who::Group(group.to_owned()).written()));
    let accounts = || {
        known.existing_accounts().map(|(namespace, name)| {
            (namespace, name, Who::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() }.written())
        })
    };
    let Who::ServiceAccount { namespace, .. } = who else {
        let accounts = accounts().map(|(_, name, written)| (name, written));
        return unknown(doubt, &near(name, users.chain(groups).chain(accounts)), &[]);
    };
    // What is said about ServiceAccounts names those that are near already.
    let beside = accounts().filter(|(other, ..)| other == namespace).map(|(.., written)| written);
    unknown(doubt, &[], &beside.collect::<Vec<_>>())
}

fn unknown_role(role: &Identity, access: &Access) -> Failure {
    let written = |(namespace, name): Key<'_>| match namespace {
        Some(namespace) => format!("{namespace}/{name}"),
        None => name.to_owned(),
    };
    let roles = access.policy().roles().map(|(_, known)| (known.name.as_str(), written(known.key())));
    let place = role.namespace().map_or(String::new(), |namespace| format!("{namespace}/"));
    let doubt = format!("there is no {} `{place}{}` in what was read", role.kind(), role.name());
    unknown(doubt, &near(role.name(), roles), &[])
}

/// The failure of a name that nothing knows, with those that it was probably meant to be, or else with those that there
/// are.
fn unknown(doubt: String, near: &[String], known: &[String]) -> Failure {
    let failure = Failure::new(FailureKind::Usage, doubt);
    match (near, known) {
        ([], []) => failure,
        ([], known) if known.len() <= MOST_KNOWN => failure.hint(format!("there is {}", listed(known))),
        ([], _) => failure,
        ([one], _) => failure.hint(format!("did you mean `{one}`?")),
        (several, _) => failure.hint(format!("did you mean one of {}?", listed(several))),
    }
}

fn listed(names: &[String]) -> String {
    format!("`{}`", names.join("`, `"))
}

/// Of known names, each with how it is written in a question, those that look most like one.
fn near<'k>(name: &str, known: impl Iterator<Item = (&'k str, String)>) -> Vec<String> {
    let distance = |known: &str| {
        if known.eq_ignore_ascii_case(name) { 0 } else { strsim::osa_distance(known, name) }
    };
    // Short names are near to everything.
    let most = (name.chars().count() / 2).min(2);
    let near = known.map(|(known, written)| (distance(known), written)).filter(|(distance, _)| *distance <= most);
    let mut near: Vec<_> = near.collect();
    near.sort();
    near.dedup();
    near.into_iter().take(MOST_NAMES).map(|(_, written)| written).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_named_with_a_namespace_or_without() {
        for text in ["prod/reader", "role/prod/reader"] {
            assert_eq!(role_named(text).unwrap(), Identity::role("prod", "reader"), "{text}");
        }
        for text in ["system:node", "clusterrole/system:node"] {
            assert_eq!(role_named(text).unwrap(), Identity::cluster_role("system:node"), "{text}");
        }
        for text in ["", "/", "prod/", "/reader", "role//reader", "a/b/c", "role/a/b/c"] {
            assert_eq!(role_named(text).unwrap_err().kind(), FailureKind::Usage, "{text}");
        }
    }
}
