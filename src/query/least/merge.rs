//! Single permissions → as few rules as say the same, in an order that people expect.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::RESOURCE_VERBS;
use crate::rbac::Rule;

/// One permission: a verb on one resource of one group, or on one URL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    /// Something with a resource of the API.
    Resource {
        /// The API group.
        group: String,
        /// The resource with its subresource.
        resource: String,
        /// Such as `get`.
        verb: String,
        /// The only objects that it is needed for; `None` for any.
        names: Option<BTreeSet<String>>,
    },
    /// Something with another URL.
    Url {
        /// The path.
        path: String,
        /// The method.
        verb: String,
    },
}

/// Rules that allow this and nothing else.
pub(super) fn merge(needs: impl IntoIterator<Item = Need>) -> Vec<Rule> {
    // Whatever is needed of all objects of a kind is not needed of some of them, too.
    let mut names_of: BTreeMap<(String, String, String), Option<BTreeSet<String>>> = BTreeMap::new();
    let mut verbs_of_url: BTreeMap<String, BTreeSet<Verb>> = BTreeMap::new();
    for need in needs {
        match need {
            Need::Url { path, verb } => {
                verbs_of_url.entry(path).or_default().insert(Verb::new(verb));
            }
            Need::Resource { group, resource, verb, names } => {
                let known = names_of.entry((group, resource, verb)).or_insert_with(|| Some(BTreeSet::new()));
                match (known.as_mut(), names) {
                    (Some(known), Some(names)) => known.extend(names),
                    _ => *known = None,
                }
            }
        }
    }
    // The verbs on a resource, the resources of a group, and the groups, put together where all else is the same.
    let mut verbs: BTreeMap<_, BTreeSet<Verb>> = BTreeMap::new();
    for ((group, resource, verb), names) in names_of {
        verbs.entry((group, resource, names)).or_default().insert(Verb::new(verb));
    }
    let mut resources: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for ((group, resource, names), verbs) in verbs {
        resources.entry((group, names, verbs)).or_default().insert(resource);
    }
    let mut groups: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for ((group, names, verbs), resources) in resources {
        groups.entry((resources, names, verbs)).or_default().insert(group);
    }
    let mut rules: Vec<_> = groups
        .into_iter()
        .map(|((resources, names, verbs), groups)| Rule {
            verbs: written(verbs),
            api_groups: groups.into_iter().collect(),
            resources: resources.into_iter().collect(),
            resource_names: names.into_iter().flatten().collect(),
            non_resource_urls: Vec::new(),
        })
        .collect();
    rules.sort_by(|one, other| key(one).cmp(&key(other)));
    rules.extend(of_urls(verbs_of_url));
    rules
}

fn key(rule: &Rule) -> (&[String], &[String], &[String], &[String]) {
    (&rule.api_groups, &rule.resources, &rule.resource_names, &rule.verbs)
}

fn of_urls(verbs_of_url: BTreeMap<String, BTreeSet<Verb>>) -> impl Iterator<Item = Rule> {
    let mut urls: BTreeMap<BTreeSet<Verb>, Vec<String>> = BTreeMap::new();
    for (url, verbs) in verbs_of_url {
        urls.entry(verbs).or_default().push(url);
    }
    urls.into_iter().map(|(verbs, urls)| Rule { verbs: written(verbs), non_resource_urls: urls, ..Rule::default() })
}

/// A verb, in the order in which kubectl has them: `get`, `list`, `watch`, and so on; others behind them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Verb(usize, String);

impl Verb {
    pub(super) fn new(verb: String) -> Self {
        let known = RESOURCE_VERBS.iter().position(|known| *known == verb);
        Self(known.unwrap_or(usize::MAX), verb)
    }
}

fn written(verbs: BTreeSet<Verb>) -> Vec<String> {
    verbs.into_iter().map(|Verb(_, verb)| verb).collect()
}

/// The permissions in a rule, one by one.
pub(super) fn needs_of(rule: &Rule) -> Vec<Need> {
    let need = |piece: Rule| {
        let verb = piece.verbs.into_iter().next()?;
        if let Some(path) = piece.non_resource_urls.into_iter().next() {
            return Some(Need::Url { path, verb });
        }
        let names = piece.resource_names;
        Some(Need::Resource {
            group: piece.api_groups.into_iter().next()?,
            resource: piece.resources.into_iter().next()?,
            verb,
            names: (!names.is_empty()).then(|| names.into_iter().collect()),
        })
    };
    rule.pieces().into_iter().filter_map(need).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rbac::covers;

    fn need() -> impl Strategy<Value = Need> {
        let verb = prop::sample::select(vec!["get", "list", "update", "create"]).prop_map(str::to_owned);
        let group = prop::sample::select(vec!["", "apps", "batch"]).prop_map(str::to_owned);
        let resource = prop::sample::select(vec!["pods", "jobs", "jobs/status", "deployments"]).prop_map(str::to_owned);
        let names = prop::option::of(prop::collection::btree_set("[ab]", 1..3));
        let url = prop::sample::select(vec!["/healthz", "/metrics"]).prop_map(str::to_owned);
        prop_oneof![
            4 => (group, resource, verb.clone(), names)
                .prop_map(|(group, resource, verb, names)| Need::Resource { group, resource, verb, names }),
            1 => (url, verb).prop_map(|(path, verb)| Need::Url { path, verb }),
        ]
    }

    fn single(need: &Need) -> Rule {
        match need.clone() {
            Need::Url { path, verb } => Rule { verbs: vec![verb], non_resource_urls: vec![path], ..Rule::default() },
            Need::Resource { group, resource, verb, names } => Rule {
                verbs: vec![verb],
                api_groups: vec![group],
                resources: vec![resource],
                resource_names: names.into_iter().flatten().collect(),
                non_resource_urls: Vec::new(),
            },
        }
    }

    proptest! {
        #[test]
        fn rules_allow_what_is_needed_and_nothing_else(needs in prop::collection::vec(need(), 0..30)) {
            let singles: Vec<_> = needs.iter().map(single).collect();
            let rules = merge(needs.clone());
            prop_assert!(covers(&rules, &singles) && covers(&singles, &rules), "{rules:?}");
            prop_assert!(rules.len() <= singles.len());
            let shuffled = merge(needs.into_iter().rev());
            prop_assert_eq!(&shuffled, &rules, "the order of what is needed does not matter");
            let again = merge(rules.iter().flat_map(needs_of));
            prop_assert_eq!(again, rules);
        }

        #[test]
        fn no_two_rules_could_be_one(needs in prop::collection::vec(need(), 0..30)) {
            let rules = merge(needs);
            for (position, one) in rules.iter().enumerate() {
                for other in rules.iter().skip(position + 1) {
                    let same = [
                        one.verbs == other.verbs,
                        one.api_groups == other.api_groups,
                        one.resources == other.resources,
                        one.resource_names == other.resource_names,
                        one.non_resource_urls == other.non_resource_urls,
                    ];
                    prop_assert!(same.iter().filter(|same| **same).count() < 4, "{one:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn verbs_stand_in_the_order_that_people_expect() {
        let of = |verb: &str| Need::Resource {
            group: String::new(),
            resource: "pods".to_owned(),
            verb: verb.to_owned(),
            names: None,
        };
        let rules = merge(["watch", "delete", "get", "custom", "create", "list"].map(of));
        assert_eq!(rules[0].verbs, ["get", "list", "watch", "create", "delete", "custom"]);
        assert_eq!(rules.len(), 1);
    }
}
