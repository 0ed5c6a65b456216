//! Names in a question that nothing knows which was read: an answer of no may only mean that they are misspelt.

use std::collections::BTreeSet;

use super::access::Access;
use super::known::{DEFAULT_ACCOUNT, Known};
use super::named::account_of_user;
use super::subject::Who;
use super::unsaid;
use crate::rbac::{ANONYMOUS, Grant};

/// What has to be said about a subject before an answer about it can be believed.
pub fn doubts_about(who: &Who, access: &Access) -> Option<String> {
    let known = access.known();
    match who {
        Who::User(name) if name.starts_with("system:node:") => {
            Some("nodes are also authorised by the Node authorizer, of which manifests say nothing".to_owned())
        }
        Who::ServiceAccount { namespace, name } if !known.has_account(namespace, name) => {
            Some(unknown_account(namespace, name, access))
        }
        Who::User(name) if !known.has_user(name) && name != ANONYMOUS => {
            let account = account_of_user(who, access).map(|account| format!("; there is a {account}"));
            Some(format!("no binding names the User `{name}`{}", account.unwrap_or_default()))
        }
        Who::Group(name) if !known.has_group(name) => Some(format!("no binding names the Group `{name}`")),
        _ => None,
    }
}

fn unknown_account(namespace: &str, name: &str, access: &Access) -> String {
    let known = access.known();
    let is_bound = known.account_of(namespace, name).is_some_and(|account| account.is_bound);
    let nowhere =
        if known.has_namespace(namespace) { String::new() } else { format!(", nor a namespace `{namespace}`") };
    let bound = if is_bound { ", but a binding names it" } else { "" };
    let near = |(other, same): &(&str, &str)| *other == namespace && strsim::osa_distance(same, name) <= 2;
    let elsewhere = known.existing_accounts().filter(near).chain(elsewhere_of(known, namespace, name));
    let elsewhere: Vec<_> = elsewhere.map(|(other, same)| format!("`{other}/{same}`")).collect();
    let others = match unsaid::of_unknown(access, namespace, name) {
        Some(unsaid) => format!("; {unsaid}"),
        None if elsewhere.is_empty() => String::new(),
        None => format!("; there is {}", elsewhere.join(", ")),
    };
    format!("there is no ServiceAccount `{namespace}/{name}` in what was read{nowhere}{bound}{others}")
}

/// The ServiceAccounts of the same name in other namespaces; not those that every namespace has.
fn elsewhere_of<'k>(known: &'k Known, namespace: &str, name: &str) -> Vec<(&'k str, &'k str)> {
    let is_elsewhere = |(other, same): &(&str, &str)| *same == name && *other != namespace && name != DEFAULT_ACCOUNT;
    known.existing_accounts().filter(is_elsewhere).collect()
}

/// What has to be said about objects that grant something: they may be applied as something else than they say.
pub(super) fn doubts_about_grants(grants: &[Grant], access: &Access) -> BTreeSet<String> {
    let mut doubts = BTreeSet::new();
    for grant in grants {
        let objects = [access.binding_object(grant.binding), access.role_object(grant.rule.role)];
        for object in objects.into_iter().flatten() {
            if let Some(kustomization) = access.renamed_by(object.span.file) {
                doubts.insert(format!("`{kustomization}` renames {}: render it with `kubectl kustomize`", object.name));
            }
        }
        if let (true, Some(object)) = (access.changes_built_in(grant.role), access.role_object(grant.role)) {
            doubts.insert(format!("{} is one that every cluster has: what was read changes it", object.name));
        }
    }
    doubts
}

/// What has to be said about a namespace; empty stands for none.
pub fn doubts_about_namespace(namespace: &str, access: &Access) -> Option<String> {
    let is_known = namespace.is_empty() || access.known().has_namespace(namespace);
    (!is_known).then(|| format!("there is no namespace `{namespace}` in what was read"))
}
