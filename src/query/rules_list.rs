//! The rules of a subject in a namespace, as `kubectl auth can-i --list` lists them.
//!
//! It lists what stands in the rules, be it of use or not: of a RoleBinding, too, what a RoleBinding does not reach.
//! (`BreakdownRule` and `CompactRules` in k8s.io/component-helpers/auth/rbac/validation, as kubectl uses them)

use std::collections::BTreeMap;

use super::access::Access;
use super::permissions::is_large;
use crate::rbac::{Identity, Rule, full_resource};

/// The rules of a subject in a namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesList {
    /// The rules, in kubectl's order.
    pub rules: Vec<ListedRule>,
    /// Whether some hold only if one of several differing definitions does.
    pub is_conditional: bool,
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedRule {
    /// The resource with its group: `deployments.apps/scale`; empty for URLs.
    pub resource: String,
    /// The rule, with all verbs for its resource.
    pub rule: Rule,
    /// Those of its verbs that hold only if one of several differing definitions does.
    pub conditional: Vec<String>,
}

/// Lists the rules of a subject in a namespace.
pub fn rules_list(access: &Access, identity: &Identity, namespace: &str) -> RulesList {
    let policy = access.policy();
    let mut list = Compact::default();
    for id in policy.bindings_naming(identity) {
        let own = policy.binding(id).and_then(|binding| binding.namespace.as_deref());
        if own.is_some_and(|own| own != namespace) {
            continue;
        }
        for rule in policy.roles_of(id).iter().flat_map(|&role| policy.rules_of(role)) {
            list.add(rule.rule, policy.is_conditional(id) || rule.is_conditional);
        }
    }
    let rules: Vec<_> = list.rules().into_iter().map(listed).collect();
    RulesList { is_conditional: rules.iter().any(|listed| !listed.conditional.is_empty()), rules }
}

/// Rules taken apart, of which those about the same resource are put together.
#[derive(Default)]
struct Compact {
    /// By rules without verbs: the verbs, and whether each is only conditional.
    resources: BTreeMap<Rule, Vec<(String, bool)>>,
    /// The others, and whether each is only conditional.
    others: Vec<(Rule, bool)>,
}

impl Compact {
    fn add(&mut self, rule: &Rule, is_conditional: bool) {
        if is_large(rule) {
            self.others.push((rule.clone(), is_conditional));
            return;
        }
        for mut piece in rule.pieces() {
            if !piece.non_resource_urls.is_empty() {
                self.others.push((piece, is_conditional));
                continue;
            }
            let new = std::mem::take(&mut piece.verbs);
            let verbs = self.resources.entry(piece).or_default();
            for verb in new {
                match verbs.iter_mut().find(|(known, _)| *known == verb) {
                    Some((_, is_only)) => *is_only &= is_conditional,
                    None => verbs.push((verb, is_conditional)),
                }
            }
        }
    }

    /// The rules, each with those of its verbs that are only conditional.
    fn rules(self) -> Vec<(Rule, Vec<String>)> {
        let of_resources = self.resources.into_iter().map(|(rule, verbs)| {
            let conditional = verbs.iter().filter(|(_, is_conditional)| *is_conditional);
            let conditional = conditional.map(|(verb, _)| verb.clone()).collect();
            (Rule { verbs: verbs.into_iter().map(|(verb, _)| verb).collect(), ..rule }, conditional)
        });
        let others = self.others.into_iter().map(|(rule, is_conditional)| {
            let conditional = if is_conditional { rule.verbs.clone() } else { Vec::new() };
            (rule, conditional)
        });
        let mut rules: Vec<_> = others.chain(of_resources).collect();
        rules.sort_by_cached_key(|(rule, _)| sort_key(rule));
        rules
    }
}

/// kubectl puts rules in the order of their texts, which begin with the verbs.
fn sort_key(rule: &Rule) -> String {
    let lists = [&rule.verbs, &rule.api_groups, &rule.resources, &rule.resource_names, &rule.non_resource_urls];
    lists.map(|list| format!("[{}],", list.join(" "))).concat()
}

fn listed((rule, conditional): (Rule, Vec<String>)) -> ListedRule {
    let group = rule.api_groups.first().filter(|group| !group.is_empty());
    let resource = rule.resources.first().map(|entry| {
        let (resource, subresource) = entry.split_once('/').unwrap_or((entry, ""));
        let group = group.map(|group| format!(".{group}")).unwrap_or_default();
        full_resource(&format!("{resource}{group}"), subresource)
    });
    ListedRule { resource: resource.unwrap_or_default(), rule, conditional }
}
