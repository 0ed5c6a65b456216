//! Whether one set of rules contains another.
//!
//! (`Covers` in k8s.io/component-helpers/auth/rbac/validation/policy_comparator.go)

use super::Rule;
use super::matching::{ALL, url_covers};

/// The smallest pieces of some rules that others do not contain: each has one verb, and one URL or one API group, one
/// resource and at most one name. None are left where everything is contained.
pub fn uncovered<'r>(
    owned: impl IntoIterator<Item = &'r Rule>,
    wanted: impl IntoIterator<Item = &'r Rule>,
) -> Vec<Rule> {
    let owned: Vec<_> = owned.into_iter().collect();
    let pieces = wanted.into_iter().flat_map(pieces);
    pieces.filter(|piece| !owned.iter().any(|rule| rule.contains(piece))).collect()
}

/// Whether some rules contain others: whoever holds the first may do all that the second allow.
pub fn covers<'r>(owned: impl IntoIterator<Item = &'r Rule>, wanted: impl IntoIterator<Item = &'r Rule>) -> bool {
    uncovered(owned, wanted).is_empty()
}

/// The smallest rules that say the same as this one.
fn pieces(rule: &Rule) -> Vec<Rule> {
    let names: Vec<Vec<String>> = match rule.resource_names.as_slice() {
        [] => vec![Vec::new()],
        names => names.iter().map(|name| vec![name.clone()]).collect(),
    };
    let mut pieces = Vec::new();
    for verb in &rule.verbs {
        let piece = Rule { verbs: vec![verb.clone()], ..Rule::default() };
        let of_group = |group: &String| Rule { api_groups: vec![group.clone()], ..piece.clone() };
        for piece in rule.api_groups.iter().map(of_group) {
            for resource in &rule.resources {
                let named = names.iter().map(|names| Rule {
                    resources: vec![resource.clone()],
                    resource_names: names.clone(),
                    ..piece.clone()
                });
                pieces.extend(named);
            }
        }
        let of_url = |url: &String| Rule { non_resource_urls: vec![url.clone()], ..piece.clone() };
        pieces.extend(rule.non_resource_urls.iter().map(of_url));
    }
    pieces
}

impl Rule {
    /// The smallest rules that say the same as this one: each has one verb, and one URL or one API group, one resource
    /// and at most one name.
    pub fn pieces(&self) -> Vec<Self> {
        pieces(self)
    }

    /// Whether this rule by itself allows all that another allows.
    pub fn contains(&self, other: &Self) -> bool {
        let names = |entries: &[String], wanted: &[String]| {
            entries.iter().any(|entry| entry == ALL) || wanted.iter().all(|wanted| entries.contains(wanted))
        };
        let resource = |resource: &String| {
            let of_any = resource.split_once('/').map(|(_, subresource)| format!("*/{subresource}"));
            let is_covered = |entry: &String| entry == ALL || entry == resource || Some(entry) == of_any.as_ref();
            self.resources.iter().any(is_covered)
        };
        let name = match other.resource_names.as_slice() {
            [] => self.resource_names.is_empty(),
            wanted => self.resource_names.is_empty() || wanted.iter().all(|name| self.resource_names.contains(name)),
        };
        let url = |url: &String| self.non_resource_urls.iter().any(|entry| url_covers(entry, url));
        names(&self.verbs, &other.verbs)
            && names(&self.api_groups, &other.api_groups)
            && other.resources.iter().all(resource)
            && name
            && other.non_resource_urls.iter().all(url)
    }
}
