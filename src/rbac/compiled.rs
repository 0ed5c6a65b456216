//! Rules and requests in numbers: what deciding millions of requests works on.

use std::collections::HashMap;

use super::matching::{ALL, url_covers};
use super::symbols::{Symbol, Symbols};
use super::{Action, Rule};

/// The number of a distinct rule of a policy: rules that say the same are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct RuleNumber(u32);

impl RuleNumber {
    /// The position in the list of rules.
    pub(super) fn position(self) -> usize {
        self.0 as usize
    }
}

/// A set of names, or everything.
#[derive(Clone, Debug)]
struct Names {
    all: bool,
    symbols: Box<[Symbol]>,
}

impl Names {
    fn new(entries: &[String], symbols: &mut Symbols) -> Self {
        let all = entries.iter().any(|entry| entry == ALL);
        // Nothing has to be compared where everything is in the set.
        let entries = if all { &[] } else { entries };
        Self { all, symbols: entries.iter().map(|entry| symbols.intern(entry)).collect() }
    }

    fn has(&self, symbol: Symbol) -> bool {
        self.all || self.symbols.contains(&symbol)
    }
}

#[derive(Clone, Debug)]
struct CompiledRule {
    verbs: Names,
    groups: Names,
    resources: Names,
    /// What stands behind `*/`.
    subresources: Box<[Symbol]>,
    /// `None` where the rule is about all names.
    names: Option<Box<[Symbol]>>,
    urls: Box<[String]>,
}

/// All distinct rules of a policy.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    rules: Vec<CompiledRule>,
    numbers: HashMap<Rule, RuleNumber, foldhash::fast::RandomState>,
}

/// An action in numbers.
#[derive(Clone, Debug)]
pub(super) enum CompiledAction {
    Resource {
        verb: Symbol,
        group: Symbol,
        /// The resource with its subresource.
        resource: Symbol,
        /// `None` where there is no subresource.
        subresource: Option<Symbol>,
        name: Symbol,
    },
    Url {
        verb: Symbol,
        path: Box<str>,
    },
}

impl Rules {
    /// The number of a rule, a new one where no rule says the same to the letter.
    pub(super) fn add(&mut self, rule: &Rule, symbols: &mut Symbols) -> RuleNumber {
        if let Some(&number) = self.numbers.get(rule) {
            return number;
        }
        let number = RuleNumber(u32::try_from(self.rules.len()).unwrap_or(u32::MAX));
        self.rules.push(CompiledRule::new(rule, symbols));
        self.numbers.insert(rule.clone(), number);
        number
    }

    /// Whether a rule allows an action.
    pub(super) fn allow(&self, number: RuleNumber, action: &CompiledAction) -> bool {
        self.rules.get(number.0 as usize).is_some_and(|rule| rule.allows(action))
    }
}

impl CompiledRule {
    fn new(rule: &Rule, symbols: &mut Symbols) -> Self {
        let of_any = rule.resources.iter().filter_map(|entry| entry.strip_prefix("*/"));
        let subresources = of_any.map(|subresource| symbols.intern(subresource)).collect();
        let names = rule.resource_names.iter().map(|name| symbols.intern(name)).collect();
        Self {
            verbs: Names::new(&rule.verbs, symbols),
            groups: Names::new(&rule.api_groups, symbols),
            resources: Names::new(&rule.resources, symbols),
            subresources,
            names: (!rule.resource_names.is_empty()).then_some(names),
            urls: rule.non_resource_urls.iter().map(Clone::clone).collect(),
        }
    }

    fn allows(&self, action: &CompiledAction) -> bool {
        match action {
            CompiledAction::Resource { verb, group, resource, subresource, name } => {
                // The resource tells most rules apart.
                let of_any = || subresource.is_some_and(|subresource| self.subresources.contains(&subresource));
                (self.resources.has(*resource) || of_any())
                    && self.verbs.has(*verb)
                    && self.groups.has(*group)
                    && self.names.as_ref().is_none_or(|names| names.contains(name))
            }
            CompiledAction::Url { verb, path } => {
                self.verbs.has(*verb) && self.urls.iter().any(|entry| url_covers(entry, path))
            }
        }
    }
}

impl CompiledAction {
    /// The action in the numbers of a policy.
    pub(super) fn new(action: &Action, symbols: &Symbols) -> Self {
        match action {
            Action::Resource(action) => {
                let subresource = Some(action.subresource.as_str()).filter(|subresource| !subresource.is_empty());
                let resource = match subresource {
                    None => symbols.find(&action.resource),
                    Some(_) => symbols.find(&action.full_resource()),
                };
                Self::Resource {
                    verb: symbols.find(&action.verb),
                    group: symbols.find(&action.group),
                    resource,
                    subresource: subresource.map(|subresource| symbols.find(subresource)),
                    name: symbols.find(&action.name),
                }
            }
            Action::Url { verb, path } => Self::Url { verb: symbols.find(verb), path: path.as_str().into() },
        }
    }
}
