//! What some rules come to, in a word: whether they change anything, read Secrets, or only look.
//!
//! This is what a finding about a subject says of the role that it gets. It is worked out by the entries of each rule and
//! asks nobody, so that it costs the same for a role of any size.

use std::fmt;

use crate::catalog::Catalog;
use crate::query::{WhyIdle, why_idle};
use crate::rbac::{ALL, Rule};
use crate::yaml::excerpt;

/// How much rules let somebody do. Each has in it what comes before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Nothing at all.
    Nothing,
    /// To look at what is hardly anybody's secret, to ask questions, or what only some controller knows the meaning of.
    Little,
    /// To read what workloads are made of.
    Reads,
    /// To read Secrets.
    Secrets,
    /// To change something, or to run something.
    Changes,
    /// Everything.
    Everything,
}

/// How much some rules let somebody do, with an example of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gist<'a> {
    pub(super) power: Level,
    verb: &'a str,
    thing: &'a str,
}

/// More resources than this are not looked at in one rule.
const MOST: usize = 20_000;

/// The verbs that change something, or make somebody another.
const CHANGING: [&str; 11] = [
    ALL,
    "create",
    "update",
    "patch",
    "delete",
    "deletecollection",
    "bind",
    "escalate",
    "impersonate",
    "approve",
    "sign",
];

const READING: [&str; 3] = ["get", "list", "watch"];

/// What runs commands, or reaches into pods and nodes, although the verb says that it only reads.
const REACHING: [&str; 6] =
    ["pods/exec", "pods/attach", "pods/portforward", "pods/proxy", "services/proxy", "nodes/proxy"];

/// What is in the core group and tells little of workloads.
const OF_CLUSTER: [&str; 4] = ["componentstatuses", "namespaces", "nodes", "persistentvolumes"];

/// The groups with what workloads are made of.
const OF_WORKLOADS: [&str; 5] = ["", "apps", "batch", "extensions", ALL];

impl<'a> Gist<'a> {
    /// The gist of some rules where a binding of this namespace hands them out, or one of the cluster.
    pub(super) fn new(rules: &[&'a Rule], catalog: &Catalog, namespace: Option<&str>) -> Self {
        let mut gist = Self { power: Level::Nothing, verb: "", thing: "" };
        for rule in rules {
            gist.add_resources(rule, catalog, namespace);
            if namespace.is_none() {
                gist.add_urls(rule);
            }
        }
        gist
    }

    fn add_resources(&mut self, rule: &'a Rule, catalog: &Catalog, namespace: Option<&str>) {
        let named = !rule.resource_names.is_empty();
        let pairs = rule.api_groups.iter().flat_map(|group| rule.resources.iter().map(move |thing| (group, thing)));
        for (group, thing) in pairs.take(MOST) {
            let counts = |verb: &str| match why_idle(catalog, group, thing, namespace) {
                Some(WhyIdle::OfCluster) => is_reached(verb, thing),
                idle => idle != Some(WhyIdle::Slash),
            };
            for verb in &rule.verbs {
                self.add(power(verb, group, thing, named), verb, thing, counts);
            }
        }
    }

    fn add_urls(&mut self, rule: &'a Rule) {
        for url in &rule.non_resource_urls {
            let power = if url == ALL { Level::Reads } else { Level::Little };
            if let Some(verb) = rule.verbs.first() {
                self.add(power, verb, url, |_| true);
            }
        }
    }

    /// Whether a verb counts there is only asked where that would be news.
    fn add(&mut self, power: Level, verb: &'a str, thing: &'a str, counts: impl Fn(&str) -> bool) {
        // Of what changes something, a verb that says so is the better example.
        let is_clearer = power == Level::Changes && READING.contains(&self.verb) && !READING.contains(&verb);
        if (power > self.power || (power == self.power && is_clearer)) && counts(verb) {
            *self = Self { power, verb, thing };
        }
    }
}

/// `it allows changes, such as "create" on "pods"`.
impl fmt::Display for Gist<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verb, thing) = (excerpt(self.verb), excerpt(self.thing));
        match self.power {
            Level::Nothing => f.write_str("it allows nothing"),
            Level::Little => write!(f, "it allows little, such as `{verb}` on `{thing}`"),
            Level::Reads => write!(f, "it reads, such as by `{verb}` on `{thing}`"),
            Level::Secrets => write!(f, "it reads Secrets, by `{verb}` on `{thing}`"),
            Level::Changes => write!(f, "it allows changes, such as `{verb}` on `{thing}`"),
            Level::Everything => f.write_str("it allows everything"),
        }
    }
}

/// Whether a RoleBinding allows this although it is done to a resource of the cluster: a request for one namespace is made
/// in it, and what a RoleBinding may hand out is asked in its own.
fn is_reached(verb: &str, thing: &str) -> bool {
    matches!(
        (thing, verb),
        ("namespaces", "get" | "update" | "patch" | "delete" | ALL) | ("clusterroles", "bind" | ALL)
    )
}

fn power(verb: &str, group: &str, thing: &str, named: bool) -> Level {
    let is_reading = READING.contains(&verb);
    if verb == ALL && group == ALL && thing == ALL && !named {
        Level::Everything
    } else if thing.ends_with("reviews") {
        // To create one is to ask whether something is allowed.
        Level::Little
    } else if CHANGING.contains(&verb) || verb.starts_with("impersonate") || is_use_of_any(verb, thing, named) {
        Level::Changes
    } else if is_reading {
        power_of_reading(group, thing, named)
    } else {
        Level::Little
    }
}

/// Whether pods may run by any of the `SecurityContextConstraints` of `OpenShift`. Those that have a name are often the ones
/// that hold pods back.
fn is_use_of_any(verb: &str, thing: &str, named: bool) -> bool {
    verb == "use" && thing == "securitycontextconstraints" && !named
}

fn power_of_reading(group: &str, thing: &str, named: bool) -> Level {
    let is_core = group.is_empty() || group == ALL;
    if is_core && REACHING.contains(&thing) {
        Level::Changes
    } else if is_core && (thing == ALL || thing == "secrets") {
        Level::Secrets
    } else if thing == ALL || (OF_WORKLOADS.contains(&group) && !named && !OF_CLUSTER.contains(&thing)) {
        Level::Reads
    } else {
        Level::Little
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Version;

    fn rule(verb: &str, group: &str, thing: &str, names: &[&str]) -> Rule {
        Rule {
            verbs: vec![verb.to_owned()],
            api_groups: vec![group.to_owned()],
            resources: vec![thing.to_owned()],
            resource_names: names.iter().map(|&name| name.to_owned()).collect(),
            ..Rule::default()
        }
    }

    #[test]
    fn what_rules_come_to_is_told_from_their_verbs_and_resources() {
        let catalog = Catalog::new(Version::NEWEST);
        for (rule, of_cluster, in_namespace) in [
            (rule("*", "*", "*", &[]), Level::Everything, Level::Everything),
            (rule("*", "*", "*", &["one"]), Level::Changes, Level::Changes),
            (rule("create", "", "pods", &[]), Level::Changes, Level::Changes),
            (rule("get", "", "pods/exec", &[]), Level::Changes, Level::Changes),
            (rule("get", "", "nodes/proxy", &[]), Level::Changes, Level::Nothing),
            (rule("patch", "", "nodes", &[]), Level::Changes, Level::Nothing),
            (rule("list", "", "secrets", &[]), Level::Secrets, Level::Secrets),
            (rule("get", "", "secrets", &["one"]), Level::Secrets, Level::Secrets),
            (rule("get", "*", "*", &[]), Level::Secrets, Level::Secrets),
            (rule("get", "", "configmaps", &[]), Level::Reads, Level::Reads),
            (rule("get", "", "configmaps", &["info"]), Level::Little, Level::Little),
            (rule("get", "apps", "deployments", &[]), Level::Reads, Level::Reads),
            (rule("list", "", "namespaces", &[]), Level::Little, Level::Nothing),
            (rule("list", "", "nodes", &[]), Level::Little, Level::Nothing),
            (rule("use", "security.openshift.io", "securitycontextconstraints", &[]), Level::Changes, Level::Changes),
            (
                rule("use", "security.openshift.io", "securitycontextconstraints", &["restricted-v2"]),
                Level::Little,
                Level::Little,
            ),
            (rule("patch", "", "namespaces", &[]), Level::Changes, Level::Changes),
            (rule("bind", "rbac.authorization.k8s.io", "clusterroles", &[]), Level::Changes, Level::Changes),
            (rule("patch", "rbac.authorization.k8s.io", "clusterroles", &[]), Level::Changes, Level::Nothing),
            (rule("list", "example.com", "widgets", &[]), Level::Little, Level::Little),
            (rule("list", "example.com", "*", &[]), Level::Reads, Level::Reads),
            (rule("create", "authorization.k8s.io", "selfsubjectaccessreviews", &[]), Level::Little, Level::Nothing),
            (rule("use", "policy", "podsecuritypolicies", &[]), Level::Little, Level::Little),
            (rule("*", "", "pods/*", &[]), Level::Nothing, Level::Nothing),
        ] {
            for (namespace, expected) in [(None, of_cluster), (Some("shop"), in_namespace)] {
                let gist = Gist::new(&[&rule], &catalog, namespace);
                assert_eq!(gist.power, expected, "{rule:?} in {namespace:?}");
            }
        }
    }

    #[test]
    fn the_worst_of_all_rules_is_the_example() {
        let (reads, writes) = (rule("get", "", "pods", &[]), rule("delete", "apps", "deployments", &[]));
        let urls =
            Rule { verbs: vec!["get".to_owned()], non_resource_urls: vec!["/metrics".to_owned()], ..Rule::default() };
        let catalog = Catalog::new(Version::NEWEST);
        let told = |rules: &[&Rule]| Gist::new(rules, &catalog, None).to_string();
        assert_eq!(told(&[&reads, &writes, &urls]), "it allows changes, such as `delete` on `deployments`");
        let enters = rule("get", "", "pods/exec", &[]);
        assert_eq!(told(&[&enters, &writes, &reads]), "it allows changes, such as `delete` on `deployments`");
        assert_eq!(told(&[&urls, &reads]), "it reads, such as by `get` on `pods`");
        assert_eq!(told(&[&urls]), "it allows little, such as `get` on `/metrics`");
        assert_eq!(told(&[]), "it allows nothing");
    }
}
