//! Rules and requests in numbers: what deciding millions of requests works on.

use std::collections::HashMap;
use std::sync::Arc;

use super::matching::{ALL, url_covers};
use super::symbols::{Symbol, Symbols};
use super::{Action, Rule, full_resource};

/// The number of a distinct rule of a policy: rules that say the same are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct RuleNumber(u32);

impl RuleNumber {
    /// The position in the list of rules.
    pub(super) fn position(self) -> usize {
        self.0 as usize
    }
}

/// A set of names, or everything. Most sets have one name, which then lies where the set does.
#[derive(Clone, Debug)]
enum Names {
    All,
    One(Symbol),
    Several(Box<[Symbol]>),
}

impl Names {
    fn new(entries: &[String], symbols: &mut Symbols) -> Self {
        match entries {
            // Nothing has to be compared where everything is in the set.
            entries if entries.iter().any(|entry| entry == ALL) => Self::All,
            [entry] => Self::One(symbols.intern(entry)),
            entries => Self::Several(entries.iter().map(|entry| symbols.intern(entry)).collect()),
        }
    }

    fn has(&self, symbol: Symbol) -> bool {
        match self {
            Self::All => true,
            Self::One(one) => *one == symbol,
            Self::Several(several) => several.contains(&symbol),
        }
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Several(several) if several.is_empty())
    }
}

/// A set of verbs, a bit for each: verbs are few, and nearly every rule has several.
#[derive(Clone, Debug)]
struct Verbs {
    bits: u64,
    /// Those of a policy with so many verbs that the bits do not suffice.
    others: Box<[Symbol]>,
}

/// The bit of all verbs that have none of their own.
const OTHER: u64 = 1 << 63;

/// A verb of a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verb {
    bit: u64,
    symbol: Symbol,
}

impl Verb {
    fn new(symbol: Symbol) -> Self {
        Self { bit: symbol.number().filter(|number| *number < 63).map_or(OTHER, |number| 1 << number), symbol }
    }
}

impl Verbs {
    fn new(entries: &[String], symbols: &mut Symbols) -> Self {
        if entries.iter().any(|entry| entry == ALL) {
            return Self { bits: u64::MAX, others: Box::default() };
        }
        let verbs: Vec<_> = entries.iter().map(|entry| Verb::new(symbols.intern(entry))).collect();
        let bits = verbs.iter().map(|verb| verb.bit & !OTHER).fold(0, std::ops::BitOr::bitor);
        let others = verbs.iter().filter(|verb| verb.bit == OTHER).map(|verb| verb.symbol).collect();
        Self { bits, others }
    }

    fn has(&self, verb: Verb) -> bool {
        self.bits & verb.bit != 0 || (verb.bit == OTHER && self.others.contains(&verb.symbol))
    }
}

#[derive(Clone, Debug)]
struct CompiledRule {
    verbs: Verbs,
    groups: Names,
    resources: Names,
    /// `None` where the rule is about all names.
    names: Option<Box<[Symbol]>>,
    urls: Box<[String]>,
}

/// All distinct rules of a policy.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    compiled: Vec<CompiledRule>,
    /// The numbers of verbs: apart from other names, so that they are small.
    verbs: Symbols,
    numbers: HashMap<Arc<Rule>, RuleNumber, foldhash::fast::RandomState>,
}

/// An action in numbers.
#[derive(Clone, Debug)]
pub(super) enum CompiledAction {
    Resource {
        verb: Verb,
        group: Symbol,
        /// The resource with its subresource.
        resource: Symbol,
        /// That subresource of any resource; unknown where there is no subresource.
        of_any: Symbol,
        name: Symbol,
    },
    Url {
        verb: Verb,
        path: Box<str>,
    },
}

impl Rules {
    /// The number of a rule, a new one where no rule says the same to the letter.
    pub(super) fn add(&mut self, rule: &Arc<Rule>, symbols: &mut Symbols) -> RuleNumber {
        if let Some(&number) = self.numbers.get(rule) {
            return number;
        }
        let number = RuleNumber(u32::try_from(self.compiled.len()).unwrap_or(u32::MAX));
        self.compiled.push(CompiledRule::new(rule, &mut self.verbs, symbols));
        self.numbers.insert(Arc::clone(rule), number);
        number
    }

    /// Gives back the room for more of them.
    pub(super) fn shrink(&mut self) {
        self.compiled.shrink_to_fit();
    }

    /// Whether a rule allows an action.
    pub(super) fn allow(&self, number: RuleNumber, action: &CompiledAction) -> bool {
        self.get(number).is_some_and(|rule| rule.allows(action))
    }

    /// Whether a rule allows anything to be done with resources.
    pub(super) fn is_about_resources(&self, number: RuleNumber) -> bool {
        self.get(number).is_some_and(|rule| !rule.resources.is_empty())
    }

    /// Whether a rule allows anything to be done with URLs.
    pub(super) fn is_about_urls(&self, number: RuleNumber) -> bool {
        self.get(number).is_some_and(|rule| !rule.urls.is_empty())
    }

    /// An action in the numbers of these rules.
    pub(super) fn action(&self, action: &Action, symbols: &Symbols) -> CompiledAction {
        let verb = |verb: &str| Verb::new(self.verbs.find(verb));
        match action {
            Action::Resource(action) => {
                let (resource, of_any) = match action.subresource.as_str() {
                    "" => (symbols.find(&action.resource), Symbol::UNKNOWN),
                    subresource => {
                        let of_any = symbols.find(&full_resource(ALL, subresource));
                        (symbols.find(&action.full_resource()), of_any)
                    }
                };
                CompiledAction::Resource {
                    verb: verb(&action.verb),
                    group: symbols.find(&action.group),
                    resource,
                    of_any,
                    name: symbols.find(&action.name),
                }
            }
            Action::Url { verb: method, path } => {
                CompiledAction::Url { verb: verb(method), path: path.as_str().into() }
            }
        }
    }

    fn get(&self, number: RuleNumber) -> Option<&CompiledRule> {
        self.compiled.get(number.position())
    }
}

impl CompiledRule {
    fn new(rule: &Rule, verbs: &mut Symbols, symbols: &mut Symbols) -> Self {
        let names = rule.resource_names.iter().map(|name| symbols.intern(name)).collect();
        Self {
            verbs: Verbs::new(&rule.verbs, verbs),
            groups: Names::new(&rule.api_groups, symbols),
            resources: Names::new(&rule.resources, symbols),
            names: (!rule.resource_names.is_empty()).then_some(names),
            urls: rule.non_resource_urls.iter().map(Clone::clone).collect(),
        }
    }

    fn allows(&self, action: &CompiledAction) -> bool {
        match action {
            CompiledAction::Resource { verb, group, resource, of_any, name } => {
                // The verb takes no look at anything else, and the resource tells most rules apart.
                self.verbs.has(*verb)
                    && (self.resources.has(*resource) || self.resources.has(*of_any))
                    && self.groups.has(*group)
                    && self.names.as_ref().is_none_or(|names| names.contains(name))
            }
            CompiledAction::Url { verb, path } => {
                self.verbs.has(*verb) && self.urls.iter().any(|entry| url_covers(entry, path))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rbac::ResourceAction;

    /// A rule about pods with these verbs.
    fn pods(verbs: &[String]) -> Rule {
        let (api_groups, resources) = (vec![String::new()], vec!["pods".to_owned()]);
        Rule { verbs: verbs.to_vec(), api_groups, resources, ..Rule::default() }
    }

    #[test]
    fn verbs_are_told_apart_however_many_there_are() {
        let verbs: Vec<_> = (0..100).map(|number| format!("verb{number}")).collect();
        let (mut rules, mut symbols) = (Rules::default(), Symbols::default());
        let mut add = |verbs: &[String]| rules.add(&Arc::new(pods(verbs)), &mut symbols);
        let each: Vec<_> = verbs.iter().map(|verb| add(std::slice::from_ref(verb))).collect();
        let (every, none, all) = (add(&verbs), add(&[]), add(&[ALL.to_owned()]));
        let allow = |number, verb: &str| {
            let action =
                ResourceAction { verb: verb.to_owned(), resource: "pods".to_owned(), ..ResourceAction::default() };
            rules.allow(number, &rules.action(&Action::Resource(action), &symbols))
        };
        for (number, verb) in verbs.iter().enumerate() {
            let allowing = each.iter().enumerate().filter(|(_, rule)| allow(**rule, verb)).map(|(rule, _)| rule);
            assert_eq!(allowing.collect::<Vec<_>>(), [number]);
            assert!(allow(every, verb) && !allow(none, verb) && allow(all, verb), "{verb}");
        }
        assert!(!allow(every, "other") && !allow(none, "other") && allow(all, "other"));
        assert!(each.iter().all(|rule| !allow(*rule, "other")));
    }
}
