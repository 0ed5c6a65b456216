//! The words that could stand somewhere, from what was read and from what Kubernetes knows.

use std::collections::BTreeSet;

use crate::catalog::{ApiResource, NON_RESOURCE_VERBS, Origin, RESOURCE_VERBS};
use crate::query::Access;
use crate::rbac::{ALL, Role};

/// Names that begin so are many, and seldom asked about: those of Kubernetes' own parts.
const OF_KUBERNETES: &str = "system:";

/// Verbs on resources and on URLs.
pub(super) fn verbs() -> Vec<String> {
    RESOURCE_VERBS.iter().chain(&NON_RESOURCE_VERBS).map(|&verb| verb.to_owned()).collect()
}

/// Namespaces.
pub(super) fn namespaces(access: &Access) -> Vec<String> {
    access.known().namespaces().map(str::to_owned).collect()
}

/// ServiceAccounts as `NAMESPACE:NAME`. Those of Kubernetes' own controllers stand aside until their namespace is typed.
pub(super) fn accounts(begun: &str, access: &Access) -> Vec<String> {
    let is_wanted = |is_own: bool| !is_own || begun.starts_with("kube-system:");
    let accounts = known_accounts(access).filter(|(.., is_own)| is_wanted(*is_own));
    accounts.map(|(namespace, name, _)| format!("{namespace}:{name}")).collect()
}

/// ServiceAccounts, and whether they are most likely one of Kubernetes' own controllers.
fn known_accounts(access: &Access) -> impl Iterator<Item = (&str, &str, bool)> {
    access.known().service_accounts().map(|(namespace, name, account)| {
        let is_only_named = !account.is_defined && account.workloads.is_empty();
        (namespace, name, is_only_named && namespace == "kube-system")
    })
}

/// Users by their names alone.
pub(super) fn users(begun: &str, access: &Access) -> Vec<String> {
    some(access.known().users(), begun)
}

/// Groups by their names alone.
pub(super) fn groups(begun: &str, access: &Access) -> Vec<String> {
    some(access.known().groups(), begun)
}

/// Roles as `NAMESPACE/NAME`, and ClusterRoles by their names alone.
pub(super) fn roles(begun: &str, access: &Access) -> Vec<String> {
    let written = |role: &Role| match &role.namespace {
        Some(namespace) => format!("{namespace}/{}", role.name),
        None => role.name.to_string(),
    };
    let roles: BTreeSet<_> = access.policy().roles().map(|(_, role)| written(role)).collect();
    some(roles.iter().map(String::as_str), begun)
}

fn some<'n>(names: impl Iterator<Item = &'n str>, begun: &str) -> Vec<String> {
    names.filter(|name| !begun.is_empty() || !name.starts_with(OF_KUBERNETES)).map(str::to_owned).collect()
}

/// Subjects in every way in which they can be written, as far as that was begun.
pub(super) fn subjects(begun: &str, access: &Access) -> Vec<String> {
    let with = |prefix: &str, names: Vec<String>| names.into_iter().map(|name| format!("{prefix}{name}")).collect();
    let account = |name: String| name.replacen(':', "/", 1);
    for (prefix, names) in [("user/", users as Names), ("group/", groups)] {
        if let Some(begun) = begun.strip_prefix(prefix) {
            return with(prefix, names(begun, access));
        }
    }
    for prefix in ["sa/", "serviceaccount/"] {
        if begun.starts_with(prefix) {
            let names = accounts("kube-system:", access).into_iter().map(account);
            return with(prefix, names.collect());
        }
    }
    if begun.starts_with(OF_KUBERNETES) {
        let accounts: Vec<_> = with("system:serviceaccount:", accounts("kube-system:", access));
        return users(begun, access).into_iter().chain(accounts).collect();
    }
    let mut subjects = accounts(begun, access);
    subjects.extend(with("user/", users("", access)));
    subjects.extend(with("group/", groups("", access)));
    let nobody_begins_so = !subjects.iter().any(|subject| subject.starts_with(begun));
    if nobody_begins_so {
        subjects.extend(bare(begun, access));
    }
    subjects
}

type Names = fn(&str, &Access) -> Vec<String>;

/// The names of ServiceAccounts that are enough to tell which one is meant.
fn bare(begun: &str, access: &Access) -> Vec<String> {
    let accounts: Vec<_> = known_accounts(access).collect();
    let is_only_one = |name: &str| accounts.iter().filter(|(_, other, _)| *other == name).count() == 1;
    let begin_so = accounts.iter().filter(|(_, name, is_own)| !is_own && name.starts_with(begun));
    begin_so.map(|(_, name, _)| *name).filter(|name| is_only_one(name)).map(str::to_owned).collect()
}

/// Resource types; behind `TYPE/` names of objects; behind a slash alone URLs.
pub(super) fn targets(begun: &str, access: &Access) -> Vec<String> {
    if begun.starts_with('/') {
        return urls(access);
    }
    let Some((word, _)) = begun.split_once('/') else { return types(begun, access) };
    objects(word, access).into_iter().map(|name| format!("{word}/{name}")).collect()
}

/// Resource types. What is not served by every cluster stands aside until nothing else begins so.
fn types(begun: &str, access: &Access) -> Vec<String> {
    let of = |is_usual: bool| {
        let resources = access.catalog().resources().filter(move |resource| is_usual == self::is_usual(resource));
        resources.flat_map(|resource| words_for(resource, begun, access)).filter(|word| word.starts_with(begun))
    };
    let usual: Vec<_> = of(true).collect();
    if usual.is_empty() { of(false).collect() } else { usual }
}

fn is_usual(resource: &ApiResource) -> bool {
    matches!(resource.origin, Origin::BuiltIn | Origin::Custom)
}

/// The words for a type: its plural, with the group where the plural alone means another one, and, once something is
/// typed, its short names, as far as they do not only begin its plural.
fn words_for(resource: &ApiResource, begun: &str, access: &Access) -> Vec<String> {
    // What does not begin so is left out before it is looked up.
    let means = |word: &&str| {
        let meant = if word.starts_with(begun) { access.catalog().resolve(word) } else { None };
        meant.is_some_and(|meant| meant.is(&resource.group, &resource.plural))
    };
    let plural = Some(resource.plural.as_ref()).filter(means);
    let shorts = resource.short_names.iter().map(AsRef::as_ref).filter(|short| !resource.plural.starts_with(*short));
    let shorts = shorts.filter(|_| !begun.is_empty()).filter(means);
    let full_name = Some(resource.full_name()).filter(|_| plural.is_none() || begun.contains('.'));
    plural.into_iter().chain(shorts).map(str::to_owned).chain(full_name).collect()
}

/// The names of objects of a type that were read, or that rules name.
pub(super) fn objects(word: &str, access: &Access) -> Vec<String> {
    let Some(resource) = access.catalog().resolve(word) else { return Vec::new() };
    let group = |api_version: &str| api_version.split_once('/').map_or("", |(group, _)| group).to_owned();
    let objects = access.read_set().objects.iter().map(|object| &object.name);
    let read = objects.filter(|name| name.kind == resource.kind && group(name.api_version) == resource.group);
    let rules = access.policy().roles().flat_map(|(_, role)| &role.rules);
    let about_it = rules.filter(|rule| rule.resources.iter().any(|name| *name == resource.plural));
    let named = about_it.flat_map(|rule| &rule.resource_names);
    let names: BTreeSet<_> =
        read.map(|name| name.name.as_str()).chain(named.map(String::as_str)).filter(|name| !name.is_empty()).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// The subresources of a type.
pub(super) fn subresources(word: &str, access: &Access) -> Vec<String> {
    let word = word.split('/').next().unwrap_or(word);
    let resource = access.catalog().resolve(word);
    let names = resource.into_iter().flat_map(|resource| &resource.subresources).map(|known| known.name.to_string());
    names.filter(|name| name != ALL).collect()
}

/// The URLs that rules name.
fn urls(access: &Access) -> Vec<String> {
    let rules = access.policy().roles().flat_map(|(_, role)| &role.rules);
    let urls: BTreeSet<_> = rules.flat_map(|rule| &rule.non_resource_urls).filter(|url| !url.contains(ALL)).collect();
    urls.into_iter().cloned().collect()
}
