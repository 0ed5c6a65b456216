//! All states, and the ways from one to another.

use std::collections::BTreeMap;

use super::cut::Removal;
use super::proof::How;
use super::state::State;
use super::technique::Certainty;
use crate::rbac::{BindingId, Grant, RoleId, RulePlace};

/// Names a state: its position in the web.
pub(super) type Node = u32;

/// What allows something: a rule, by a binding, or by one that is yet to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Support {
    pub(super) binding: Option<(BindingId, usize)>,
    pub(super) role: RoleId,
    pub(super) rule: RulePlace,
    /// Whether it depends on which of several definitions holds.
    pub(super) is_conditional: bool,
}

impl Support {
    /// What of it can be taken away: either is enough.
    pub(super) fn removals(&self) -> impl Iterator<Item = Removal> {
        let binding = self.binding.map(|(binding, _)| Removal::Binding(binding));
        std::iter::once(Removal::Rule(self.rule)).chain(binding)
    }

    /// The grant that it is; `None` where the binding is yet to be made.
    pub(super) fn grant(&self) -> Option<Grant> {
        let (binding, subject) = self.binding?;
        let Self { role, rule, is_conditional, .. } = *self;
        Some(Grant { binding, subject, role, rule, is_conditional })
    }
}

/// A way from one state to another.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) from: Node,
    pub(super) to: Node,
    pub(super) how: How,
    /// How sure it is.
    pub(super) certainty: Certainty,
    /// What it depends on besides what is done; empty where that is nothing.
    pub(super) caveat: &'static str,
    /// What it takes: one of each, the unconditional first.
    pub(super) takes: Vec<Vec<Support>>,
}

impl Way {
    /// The supports that are used, one of each; `None` where one is missing.
    pub(super) fn used<'w>(&'w self, is_gone: &dyn Fn(&Support) -> bool) -> Option<Vec<&'w Support>> {
        self.takes.iter().map(|any| any.iter().find(|support| !is_gone(support))).collect()
    }

    /// Whether it is still there.
    pub(super) fn is_there(&self, is_gone: &dyn Fn(&Support) -> bool) -> bool {
        self.takes.iter().all(|any| any.iter().any(|support| !is_gone(support)))
    }

    /// How many things are done by it.
    pub(super) fn length(&self) -> u16 {
        u16::from(matches!(self.how, How::Technique(_)))
    }
}

/// All states, and the ways between them.
#[derive(Debug, Default)]
pub(super) struct Web {
    nodes: BTreeMap<State, Node>,
    states: Vec<State>,
    ways: Vec<Way>,
    /// The ways from each state, and to each.
    out: Vec<Vec<u32>>,
    into: Vec<Vec<u32>>,
}

impl Web {
    /// The node of a state, new where there is none yet.
    pub(super) fn node(&mut self, state: State) -> (Node, bool) {
        if let Some(&node) = self.nodes.get(&state) {
            return (node, false);
        }
        let node = Node::try_from(self.states.len()).unwrap_or(Node::MAX);
        self.states.push(state.clone());
        self.nodes.insert(state, node);
        self.out.push(Vec::new());
        self.into.push(Vec::new());
        (node, true)
    }

    pub(super) fn find(&self, state: &State) -> Option<Node> {
        self.nodes.get(state).copied()
    }

    pub(super) fn state(&self, node: Node) -> Option<&State> {
        self.states.get(node as usize)
    }

    /// All states, in order.
    pub(super) fn states(&self) -> impl Iterator<Item = (&State, Node)> {
        self.nodes.iter().map(|(state, &node)| (state, node))
    }

    /// Puts the ways in order: where several lead equally far, the plainest technique comes first.
    pub(super) fn settle(&mut self, rank: impl Fn(&How) -> usize) {
        let ranks: Vec<_> = self.ways.iter().map(|way| rank(&way.how)).collect();
        for list in self.out.iter_mut().chain(&mut self.into) {
            list.sort_by_key(|&number| ranks.get(number as usize).copied());
        }
    }

    /// Adds a way; one that leads nowhere new is none.
    pub(super) fn add(&mut self, mut way: Way) {
        if way.from == way.to {
            return;
        }
        for any in &mut way.takes {
            any.sort_by_key(|support| (support.is_conditional, *support));
            any.dedup();
        }
        if way.takes.iter().any(|any| any.iter().all(|support| support.is_conditional)) {
            way.certainty = way.certainty.max(Certainty::Conditional);
        }
        let number = u32::try_from(self.ways.len()).unwrap_or(u32::MAX);
        if let Some(out) = self.out.get_mut(way.from as usize) {
            out.push(number);
        }
        if let Some(into) = self.into.get_mut(way.to as usize) {
            into.push(number);
        }
        self.ways.push(way);
    }

    pub(super) fn way(&self, number: u32) -> Option<&Way> {
        self.ways.get(number as usize)
    }

    /// The ways from a state.
    pub(super) fn ways_from(&self, node: Node) -> impl Iterator<Item = (u32, &Way)> {
        self.numbered(&self.out, node)
    }

    /// The ways to a state.
    pub(super) fn ways_to(&self, node: Node) -> impl Iterator<Item = (u32, &Way)> {
        self.numbered(&self.into, node)
    }

    fn numbered<'w>(&'w self, lists: &'w [Vec<u32>], node: Node) -> impl Iterator<Item = (u32, &'w Way)> {
        let numbers = lists.get(node as usize).into_iter().flatten();
        numbers.filter_map(|&number| Some((number, self.way(number)?)))
    }
}
