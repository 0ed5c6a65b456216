//! How somebody comes to more than they were given, step by step.

use super::search::nothing;
use super::state::State;
use super::technique::{Certainty, Technique};
use super::web::{Support, Way, Web};
use crate::rbac::{Grant, RoleId, RulePlace};

/// How somebody comes to something, from the first step on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// The steps: something is done in each but those in which one is in a group, or picks one of many.
    pub steps: Vec<ProofStep>,
}

/// From what one has to what comes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofStep {
    /// What one has.
    pub from: State,
    /// What comes of it.
    pub to: State,
    /// What is done.
    pub how: How,
    /// The grants that are used: of the technique, then of what has to be held with it.
    pub grants: Vec<Grant>,
    /// The rules that are used and that no binding hands out yet, each with the role that comes to it.
    pub rules: Vec<(RoleId, RulePlace)>,
    /// How sure it is.
    pub certainty: Certainty,
    /// What it depends on besides what is done; empty where that is nothing.
    pub caveat: &'static str,
}

/// How one comes from one state to another.
#[derive(Clone, Copy, Debug)]
pub enum How {
    /// By something that is done with permissions.
    Technique(&'static Technique),
    /// By being in a group.
    Member,
    /// By picking one of those that are meant.
    OneOf,
    /// By holding rights that are everything already.
    Holds,
    /// By holding a part of what is done later.
    Part,
}

impl PartialEq for How {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Technique(one), Self::Technique(other)) => std::ptr::eq(*one, *other),
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

impl Eq for How {}

impl Proof {
    pub(super) fn new(web: &Web, ways: &[&Way]) -> Self {
        let steps = ways.iter().filter_map(|way| ProofStep::new(web, way));
        Self { steps: steps.filter(|step| !step.says_nothing()).collect() }
    }

    /// How sure it is: as sure as its least sure step.
    pub fn certainty(&self) -> Certainty {
        self.steps.iter().map(|step| step.certainty).max().unwrap_or(Certainty::Certain)
    }

    /// The techniques that are used, in order.
    pub fn techniques(&self) -> impl Iterator<Item = &'static Technique> {
        self.steps.iter().filter_map(|step| match step.how {
            How::Technique(technique) => Some(technique),
            _ => None,
        })
    }

    /// How many things are done.
    pub fn length(&self) -> usize {
        self.techniques().count()
    }
}

impl ProofStep {
    /// Whether it leads from all rights in a namespace to being its admin, which is the same.
    fn says_nothing(&self) -> bool {
        matches!((&self.from, &self.to), (State::Everything(Some(_)), State::NamespaceAdmin(_)))
    }

    fn new(web: &Web, way: &Way) -> Option<Self> {
        let used = way.used(&nothing)?;
        let rules = used.iter().filter(|support| support.binding.is_none());
        let mut grants: Vec<Grant> = Vec::new();
        for grant in used.iter().filter_map(|support| support.grant()) {
            if !grants.contains(&grant) {
                grants.push(grant);
            }
        }
        Some(Self {
            from: web.state(way.from)?.clone(),
            to: web.state(way.to)?.clone(),
            how: way.how,
            grants,
            rules: rules.map(|support: &&Support| (support.role, support.rule)).collect(),
            certainty: way.certainty,
            caveat: way.caveat,
        })
    }
}
