//! `rolecall diff`: what changes for whom between two states of the manifests.

mod changes;
mod commands;
mod escalations;
mod outputs;
mod properties;
mod refactorings;
mod refused;
mod revisions;

use rolecall::catalog::Version;
use rolecall::manifest::Options;
use rolecall::query::Assumptions;
use rolecall::query::diff::{Change, Diff, Names, Narrowed, Side, Where, between, load};

use crate::scratch::file;

/// One state, of one file.
fn side(text: &str) -> Side {
    side_of(text, Version::NEWEST)
}

fn side_of(text: &str, version: Version) -> Side {
    let (_directory, inputs) = file("a.yaml", text.as_bytes());
    let options = Options { keep_texts: true, version, ..Options::default() };
    load(&inputs, &options, Assumptions { version, default_policy: true }).unwrap()
}

fn diff(old: &str, new: &str) -> Diff {
    between(&side(old), &side(new))
}

/// The changes of everybody in words, one line each.
fn told(diff: &Diff) -> Vec<String> {
    let lines = diff.subjects.iter().flat_map(|subject| {
        subject.changes.iter().map(|change| format!("{}: {}", subject.who.written(), words(change)))
    });
    lines.collect()
}

fn words(change: &Change) -> String {
    let what = &change.what;
    let resources = what.resources.iter().map(|it| format!("{}.{}", it.resource, it.group));
    let objects: Vec<_> = resources.chain(what.urls.iter().cloned()).collect();
    let names = |names: &Names| match names {
        Names::Any => String::new(),
        Names::Only(names) => format!(" only {}", names.join(",")),
        Names::Own => " only itself".to_owned(),
    };
    let place = match &change.place {
        Where::Cluster => "cluster".to_owned(),
        Where::Namespaces(namespaces) => namespaces.join(","),
    };
    let narrowed = match &change.narrowed {
        None => String::new(),
        Some(Narrowed::Conditional) => " (conditional)".to_owned(),
        Some(Narrowed::Names(it)) => format!(" (names{})", names(it)),
        Some(Narrowed::Verbs(verbs)) => format!(" (verbs {})", verbs.join(",")),
        Some(Narrowed::Resources(all)) => {
            let all: Vec<_> = all.iter().map(|it| format!("{}.{}", it.resource, it.group)).collect();
            format!(" (resources {})", all.join(","))
        }
        Some(Narrowed::Urls(urls)) => format!(" (urls {})", urls.join(",")),
        Some(Narrowed::Namespaces(namespaces)) => format!(" (in {})", namespaces.join(",")),
    };
    let certain = if change.is_conditional { " if" } else { "" };
    let (kind, verbs) = (change.kind.name(), what.verbs.join(","));
    format!("{kind}{certain} {verbs} {}{} in {place}{narrowed}", objects.join(" "), names(&what.names))
}

/// A Role of a namespace, or a ClusterRole without one, with these rules.
fn role(namespace: &str, name: &str, rules: &str) -> String {
    let (kind, of_namespace) = kind("Role", namespace);
    format!(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: {name}{of_namespace}}}\nrules: [{rules}]\n---\n"
    )
}

/// A binding of a namespace, or of the cluster, that hands out a role `KIND/NAME` to subjects `sa/NS/NAME`, `group/NAME` or
/// `user/NAME`.
fn binding(namespace: &str, name: &str, role: &str, subjects: &[&str]) -> String {
    let (kind, of_namespace) = kind("RoleBinding", namespace);
    let (role_kind, role) = role.split_once('/').unwrap();
    let subjects: Vec<_> = subjects
        .iter()
        .map(|subject| match subject.split_once('/').unwrap() {
            ("sa", rest) => {
                let (namespace, name) = rest.split_once('/').unwrap();
                format!("{{kind: ServiceAccount, name: {name}, namespace: {namespace}}}")
            }
            ("group", name) => format!("{{kind: Group, apiGroup: rbac.authorization.k8s.io, name: '{name}'}}"),
            (_, name) => format!("{{kind: User, apiGroup: rbac.authorization.k8s.io, name: '{name}'}}"),
        })
        .collect();
    format!(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: {name}{of_namespace}}}\nroleRef: {{apiGroup: \
         rbac.authorization.k8s.io, kind: {role_kind}, name: {role}}}\nsubjects: [{}]\n---\n",
        subjects.join(", ")
    )
}

fn kind(of_namespace: &str, namespace: &str) -> (String, String) {
    match namespace {
        "" => (format!("Cluster{of_namespace}"), String::new()),
        _ => (of_namespace.to_owned(), format!(", namespace: {namespace}")),
    }
}

/// A rule about resources of one group.
fn rule(verbs: &str, group: &str, resources: &str) -> String {
    format!("{{verbs: [{verbs}], apiGroups: ['{group}'], resources: [{resources}]}}")
}

/// A rule about named resources of one group.
fn named(verbs: &str, group: &str, resources: &str, names: &str) -> String {
    format!("{{verbs: [{verbs}], apiGroups: ['{group}'], resources: [{resources}], resourceNames: [{names}]}}")
}
