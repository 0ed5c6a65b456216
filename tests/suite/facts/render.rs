//! The texts of the catalog, as they come out of the facts.

use std::fmt::Write as _;

use rolecall::catalog::Version;
use rolecall::rbac::{Role, Rule, Subject};

use super::policy::{self, Policy};
use super::resources::{self, OnlyRbac, Resource};

const STANDARD_VERBS: &str = "create,delete,deletecollection,get,list,patch,update,watch";

fn resources_head(version: Version) -> String {
    format!(
        "# The resources of an API server of Kubernetes {version}: first those of its discovery, in that order.
#
# This text comes out of the API server's own answers: see tests/suite/facts. What is below:
#
#   group GROUP                               `core` has no name elsewhere
#   PLURAL VERSIONS KIND SCOPE NOTE...        a resource of the group
#     /NAME NOTE...                           a subresource of the resource
#
# VERSIONS begin with the preferred one; those in parentheses have to be switched on. What only RBAC knows has neither
# versions nor a kind. NOTEs are `short:` names, categories to be `in:`, `verbs:` that are not the usual eight,
# `rbac:` for verbs that only RBAC knows, and a `kind:` that is not that of the resource.
"
    )
}

/// `resources.txt`.
pub(super) fn resources(version: Version) -> String {
    let (by_default, opt_in) = (resources::by_default(version), resources::opt_in(version));
    let mut groups: Vec<_> = by_default.groups.iter().map(|group| &*group.name).collect();
    let others = opt_in.resources.iter().map(|resource| &*resource.group);
    for group in others.chain(by_default.rbac_only.iter().map(|only| &*only.group)) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    let mut text = resources_head(version);
    for group in groups {
        let of_group = |resource: &&Resource| resource.group == group;
        let served: Vec<_> = by_default.resources.iter().filter(of_group).collect();
        let opt_in: Vec<_> = opt_in.resources.iter().filter(of_group).collect();
        let only_rbac: Vec<_> = by_default.rbac_only.iter().filter(|only| only.group == group).collect();
        write!(text, "\ngroup {}\n", if group.is_empty() { "core" } else { group }).unwrap();
        for plural in plurals(&served, &opt_in, &only_rbac) {
            let named = |resource: &&&Resource| resource.plural == plural;
            let served: Vec<_> = served.iter().filter(named).copied().collect();
            let opt_in: Vec<_> = opt_in.iter().filter(named).copied().collect();
            match served.first().or(opt_in.first()) {
                Some(first) => resource(&mut text, first, &served, &opt_in),
                None => only_rbac_resource(&mut text, plural, &only_rbac, &by_default.resources),
            }
            only_rbac_subresources(&mut text, plural, &only_rbac);
        }
    }
    text
}

/// The plurals of a group: what is served, what can be switched on, what only RBAC knows.
fn plurals<'f>(served: &[&'f Resource], opt_in: &[&'f Resource], only_rbac: &[&'f OnlyRbac]) -> Vec<&'f str> {
    let api = served.iter().chain(opt_in).map(|resource| &*resource.plural);
    let rbac = only_rbac.iter().map(|only| only.resource.split('/').next().unwrap());
    let mut plurals = Vec::new();
    for plural in api.chain(rbac) {
        if !plurals.contains(&plural) {
            plurals.push(plural);
        }
    }
    plurals
}

fn resource(text: &mut String, first: &Resource, served: &[&Resource], opt_in: &[&Resource]) {
    let versions: Vec<_> = served
        .iter()
        .map(|resource| resource.version.clone())
        .chain(opt_in.iter().map(|resource| format!("({})", resource.version)))
        .collect();
    let line = |resource: &Resource| {
        let mut text = format!("{} {}", resource.kind, scope(resource.namespaced));
        note(&mut text, "short", &resource.short_names.join(","));
        note(&mut text, "in", &resource.categories.join(","));
        let verbs = resource.verbs.join(",");
        note(&mut text, "verbs", if verbs == STANDARD_VERBS { "" } else { &verbs });
        text.push('\n');
        for subresource in &resource.subresources {
            write!(text, "  /{}", subresource.name).unwrap();
            note(&mut text, "kind", &subresource.foreign_kind(resource).unwrap_or_default());
            note(&mut text, "verbs", &subresource.verbs.join(","));
            text.push('\n');
        }
        text
    };
    let lines = line(first);
    for other in served.iter().chain(opt_in) {
        assert_eq!(line(other), lines, "{} is not the same in all versions", first.plural);
    }
    write!(text, "{} {} {lines}", first.plural, versions.join(",")).unwrap();
}

/// A resource that only RBAC knows. Its scope is that of its namesake in another group.
fn only_rbac_resource(text: &mut String, plural: &str, only_rbac: &[&OnlyRbac], all: &[Resource]) {
    let namesake = all.iter().find(|resource| resource.plural == plural);
    write!(text, "{plural} - - {}", scope(namesake.is_some_and(|namesake| namesake.namespaced))).unwrap();
    let own = only_rbac.iter().find(|only| only.resource == plural);
    note(text, "rbac", &own.map(|own| own.verbs.join(",")).unwrap_or_default());
    text.push('\n');
}

fn only_rbac_subresources(text: &mut String, plural: &str, only_rbac: &[&OnlyRbac]) {
    for only in only_rbac {
        let name = only.resource.strip_prefix(plural).and_then(|rest| rest.strip_prefix('/'));
        if let Some(name) = name {
            writeln!(text, "  /{name} rbac:{}", only.verbs.join(",")).unwrap();
        }
    }
}

fn scope(namespaced: bool) -> &'static str {
    if namespaced { "namespaced" } else { "cluster" }
}

fn note(text: &mut String, key: &str, value: &str) {
    if !value.is_empty() {
        write!(text, " {key}:{value}").unwrap();
    }
}

const COMMON_LABEL: (&str, &str) = ("kubernetes.io/bootstrapping", "rbac-defaults");
const ANNOTATION: (&str, &str) = ("rbac.authorization.kubernetes.io/autoupdate", "true");

fn policy_head(version: Version) -> String {
    format!(
        "# The roles and bindings that an API server of Kubernetes {version} makes when it starts.
#
# This text comes out of the API server's own answers: see tests/suite/facts. What is below:
#
#   labels KEY=VALUE                          of all that follow
#
#   ClusterRole NAME
#     label KEY=VALUE                         a further label
#     takes in KEY=VALUE,...                  a selector of its aggregation rule; the rules are then those of others
#     may VERBS RESOURCES [in GROUPS] [named NAMES]
#     may VERBS at URLS
#
#   RoleBinding NAMESPACE/NAME
#     gives KIND NAME                         its role
#     to KIND NAME                            a subject
#
# A rule without groups is about the core group. All have the annotation {}={}.
",
        ANNOTATION.0, ANNOTATION.1
    )
}

/// `policy.txt`.
pub(super) fn policy(version: Version) -> String {
    let bootstrap: Policy = policy::bootstrap(version);
    for item in &bootstrap.items {
        let name = &item.metadata.name;
        assert_eq!(item.metadata.labels.get(COMMON_LABEL.0).map(String::as_str), Some(COMMON_LABEL.1), "{name}");
        assert_eq!(item.metadata.annotations.get(ANNOTATION.0).map(String::as_str), Some(ANNOTATION.1), "{name}");
        assert_eq!(item.metadata.annotations.len(), 1, "{name}");
    }
    let mut text = policy_head(version);
    write!(text, "\nlabels {}={}\n", COMMON_LABEL.0, COMMON_LABEL.1).unwrap();
    for item in policy::roles(&bootstrap) {
        role(&mut text, &item);
    }
    for binding in policy::bindings(&bootstrap) {
        let kind = if binding.namespace.is_none() { "ClusterRoleBinding" } else { "RoleBinding" };
        write!(text, "\n{kind} {}\n", full_name(binding.namespace.as_deref(), &binding.name)).unwrap();
        writeln!(text, "  gives {} {}", binding.role.kind.name(), binding.role.name).unwrap();
        for subject in &binding.subjects {
            writeln!(text, "  to {}", named(subject)).unwrap();
        }
    }
    text
}

fn role(text: &mut String, role: &Role) {
    let kind = if role.namespace.is_none() { "ClusterRole" } else { "Role" };
    write!(text, "\n{kind} {}\n", full_name(role.namespace.as_deref(), &role.name)).unwrap();
    for (key, value) in role.labels.iter().filter(|(key, _)| key != COMMON_LABEL.0) {
        writeln!(text, "  label {key}={value}").unwrap();
    }
    let Some(selectors) = &role.aggregation else {
        role.rules.iter().for_each(|rule| writeln!(text, "  may {}", can(rule)).unwrap());
        return;
    };
    for selector in selectors {
        let labels: Vec<_> =
            selector.requirements.iter().map(|label| format!("{}={}", label.key, label.values[0])).collect();
        writeln!(text, "  takes in {}", labels.join(",")).unwrap();
    }
}

fn can(rule: &Rule) -> String {
    let verbs = rule.verbs.join(",");
    if !rule.non_resource_urls.is_empty() {
        return format!("{verbs} at {}", rule.non_resource_urls.join(","));
    }
    let mut text = format!("{verbs} {}", rule.resources.join(","));
    if rule.api_groups != [""] {
        let groups: Vec<_> =
            rule.api_groups.iter().map(|group| if group.is_empty() { "core" } else { group }).collect();
        write!(text, " in {}", groups.join(",")).unwrap();
    }
    if !rule.resource_names.is_empty() {
        write!(text, " named {}", rule.resource_names.join(",")).unwrap();
    }
    text
}

fn named(subject: &Subject) -> String {
    match subject {
        Subject::User(name) => format!("User {name}"),
        Subject::Group(name) => format!("Group {name}"),
        Subject::ServiceAccount { namespace, name } => {
            format!("ServiceAccount {}", full_name(namespace.as_deref(), name))
        }
        Subject::Other { .. } => panic!("a default binding has another subject"),
    }
}

fn full_name(namespace: Option<&str>, name: &str) -> String {
    namespace.map_or_else(|| name.to_owned(), |namespace| format!("{namespace}/{name}"))
}
