//! Who may come to what on one side and not on the other, by steps that permissions allow.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::query::escalation::{Certainty, Escalations, Going, Proof, Sink, Toward, Wanted, goings};
use crate::query::{Access, Who};

/// A way to more than somebody was given, that is there on one side alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathChange {
    /// Who takes it.
    pub who: Who,
    /// Where it leads.
    pub sink: Sink,
    /// Whether the new side has it, and not the old one.
    pub is_new: bool,
    /// How it goes, on the side that has it.
    pub proof: Proof,
}

/// The ways that one side has and the other has not: by who takes them, the new ones first. What a group comes to is told
/// of the group alone.
pub(super) fn between(old: &Access, new: &Access) -> Vec<PathChange> {
    let [old, new] = [old, new].map(Escalations::of);
    let [before, after] = [&old, &new].map(|side| goings(side, &WANTED));
    let mut paths = only_in((&new, &after), &Reach::of(&old), true);
    paths.extend(only_in((&old, &before), &Reach::of(&new), false));
    paths.sort_by(|one, other| (&one.who, !one.is_new, &one.sink).cmp(&(&other.who, !other.is_new, &other.sink)));
    paths
}

/// What is told of: what is known from the files, not what depends on what else may be in the cluster, which many a change
/// would come near to.
const WANTED: Wanted = Wanted { sink: None, certainty: Certainty::Conditional, with_system: false };

/// Who comes to what on one side, told or not: what leads there through a group counts for its members, too.
struct Reach<'e> {
    escalations: &'e Escalations<'e>,
    toward: RefCell<BTreeMap<Sink, Option<Toward<'e>>>>,
}

impl<'e> Reach<'e> {
    fn of(escalations: &'e Escalations<'e>) -> Self {
        Self { escalations, toward: RefCell::default() }
    }

    fn has(&self, who: &Who, sink: &Sink) -> bool {
        let mut known = self.toward.borrow_mut();
        let toward = known.entry(sink.clone()).or_insert_with(|| self.escalations.toward(sink));
        let proof = toward.as_ref().and_then(|toward| toward.proof(who));
        proof.is_some_and(|proof| proof.certainty() <= WANTED.certainty) || self.escalations.holds(who, sink).is_some()
    }
}

fn only_in((these, here): (&Escalations<'_>, &BTreeSet<Going>), there: &Reach<'_>, is_new: bool) -> Vec<PathChange> {
    let by_itself = here.iter().filter(|(who, sink)| {
        let any_of_namespace = match sink {
            Sink::Account { namespace, .. } => Some(Sink::NamespaceAccounts(namespace.clone())),
            _ => None,
        };
        // Whoever comes to everything comes to all else, of which nothing is told then.
        let is_everything = *sink != Sink::ClusterAdmin && here.contains(&(who.clone(), Sink::ClusterAdmin));
        let mut wider = [Some(sink.clone()), Some(Sink::ClusterAdmin), any_of_namespace].into_iter().flatten();
        !is_everything && !wider.any(|sink| there.has(who, &sink))
    });
    let only: BTreeSet<Going> = by_itself.cloned().collect();
    let of_themselves = only.iter().filter(|(who, sink)| {
        let groups = who.identity().groups.into_iter().map(Who::Group).filter(|group| group != who);
        !groups.into_iter().any(|group| only.contains(&(group, sink.clone())))
    });
    let paths = of_themselves.filter_map(|(who, sink)| {
        let proof = these.proof(who, sink)?;
        Some(PathChange { who: who.clone(), sink: sink.clone(), is_new, proof })
    });
    paths.collect()
}
