//! What stands in a rule and grants nothing.

use crate::catalog::Catalog;
use crate::rbac::{ALL, Rule};

/// Why something that looks like a grant grants nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyIdle {
    /// The role is not there.
    NoRole,
    /// The API server refuses the role.
    Refused,
    /// The role could not be read.
    Unreadable,
    /// Rules about URLs count in ClusterRoleBindings alone.
    UrlInNamespace,
    /// Resources of the cluster are reached by ClusterRoleBindings alone.
    OfCluster,
    /// A name such as `pods/*` is the name of nothing.
    Slash,
    /// A `*` among the names is the name of hardly anything.
    StarName,
    /// The rule has no verbs, or nothing to do them with.
    Empty,
    /// It may well grant something, but has more entries than can be taken apart.
    TooLarge,
}

impl WhyIdle {
    /// The word for it in every report.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoRole => "no-role",
            Self::Refused => "refused",
            Self::Unreadable => "unreadable",
            Self::UrlInNamespace => "url-in-namespace",
            Self::OfCluster => "cluster-resource-in-namespace",
            Self::Slash => "no-wildcard",
            Self::StarName => "no-wildcard-name",
            Self::Empty => "empty",
            Self::TooLarge => "too-large",
        }
    }

    /// Why, in words: lower case, without a final period.
    pub fn message(self) -> &'static str {
        match self {
            Self::NoRole => "the role is not there",
            Self::Refused => "the API server refuses the role",
            Self::Unreadable => "the role could not be read",
            Self::UrlInNamespace => "a RoleBinding does not reach URLs: only a ClusterRoleBinding does",
            Self::OfCluster => "a RoleBinding does not reach resources of the cluster: only a ClusterRoleBinding does",
            Self::Slash => "`/*` is no wildcard: name each subresource, or use `*`",
            Self::StarName => "`*` in resourceNames is a name like any other",
            Self::Empty => "a rule needs verbs, and resources with API groups or URLs",
            Self::TooLarge => "the rule is too large to be taken apart here; `rolecall can-i` answers for it",
        }
    }
}

/// More combinations than this are not taken apart.
const MOST: usize = 20_000;

/// Why a whole rule is left out; `None` where it is not.
pub(super) fn of_rule(rule: &Rule, namespace: Option<&str>) -> Option<WhyIdle> {
    let Rule { verbs, api_groups, resources, non_resource_urls, .. } = rule;
    let with_resources = api_groups.len().saturating_mul(resources.len());
    if verbs.is_empty() || (with_resources == 0 && non_resource_urls.is_empty()) {
        return Some(WhyIdle::Empty);
    }
    if is_large(rule) {
        return Some(WhyIdle::TooLarge);
    }
    (with_resources == 0 && namespace.is_some()).then_some(WhyIdle::UrlInNamespace)
}

/// Whether a rule says so much at once that it is not to be taken apart.
pub(in crate::query) fn is_large(rule: &Rule) -> bool {
    let resources = rule.api_groups.len().saturating_mul(rule.resources.len());
    let named = resources.saturating_mul(rule.resource_names.len().max(1));
    named.saturating_add(rule.non_resource_urls.len()).saturating_mul(rule.verbs.len()) > MOST
}

/// Why an entry of `resources` grants nothing, for a group and in a namespace or in the whole cluster; `None` where it
/// may grant something.
pub fn of_resource(catalog: &Catalog, group: &str, entry: &str, namespace: Option<&str>) -> Option<WhyIdle> {
    if entry.ends_with("/*") {
        return Some(WhyIdle::Slash);
    }
    let plural = entry.split('/').next().unwrap_or(entry);
    namespace?;
    let is_of_cluster = match group {
        ALL => {
            let mut same = catalog.resources().filter(|known| known.plural == plural).peekable();
            same.peek().is_some() && same.all(|known| !known.namespaced)
        }
        group => catalog.find(group, plural).is_some_and(|known| !known.namespaced),
    };
    is_of_cluster.then_some(WhyIdle::OfCluster)
}

/// The verbs on namespaces that have no name with them: a RoleBinding in a namespace does not reach them.
pub(in crate::query) const WITHOUT_NAME: [&str; 4] = ["create", "list", "watch", "deletecollection"];

/// Whether an entry is about namespaces themselves: a request for one of them is made in it.
pub(in crate::query) fn is_namespaces(group: &str, entry: &str) -> bool {
    matches!(group, "" | ALL) && entry.split('/').next() == Some("namespaces")
}
