//! What changes for whom between two states of the manifests, in what may be done: not in what is written.
//!
//! For each subject that a binding names, on either side, its rules are taken apart into single permissions, and those
//! are told that one side has and the other has not, by whatever roles and bindings. What a group has is told of the
//! group alone, and counts for all of its members.

mod alarm;
mod change;
mod compare;
mod contents;
mod escalation;
mod gains;
mod holdings;
mod job;
mod piece;
mod refused;
mod rows;
mod side;

use super::{Access, Changes, Who};
use crate::rbac::MASTERS;

pub use alarm::{Alarm, HOW_TO_NAME_AN_ALARM};
pub use change::{Change, Kind, Names, Narrowed, Permission, ResourceName, Where};
pub use escalation::PathChange;
pub use refused::{Refused, WhyRefused};
pub use side::{Side, load};

use compare::Comparison;
use contents::Contents;
use holdings::Holdings;

/// What has changed between two states.
#[derive(Clone, Debug, Default)]
pub struct Diff {
    /// Whose access has changed, in order.
    pub subjects: Vec<SubjectChanges>,
    /// The ways to more than somebody was given that have come or gone.
    pub paths: Vec<PathChange>,
    /// The objects that the API server will not change into what they are now, in order.
    pub refused: Vec<Refused>,
    /// The objects that are others, whatever comes of it.
    pub objects: Changes,
}

/// What has changed for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectChanges {
    /// Who.
    pub who: Who,
    /// Whether a binding named them before.
    pub was_named: bool,
    /// Whether a binding names them now.
    pub is_named: bool,
    /// The changes: what is more first.
    pub changes: Vec<Change>,
    /// Whether rules have changed that are too large to be taken apart, of which nothing is told.
    pub is_beyond: bool,
}

/// What has changed from an old state to a new one.
pub fn between(old: &Side, new: &Side) -> Diff {
    let objects = Changes::between(&old.access, &new.access);
    Diff {
        subjects: subjects(&old.access, &new.access),
        paths: if objects.is_empty() { Vec::new() } else { escalation::between(&old.access, &new.access) },
        refused: refused::between(old, new),
        objects,
    }
}

fn subjects(old: &Access, new: &Access) -> Vec<SubjectChanges> {
    let mut contents = Contents::default();
    let sides = [old, new].map(|access| Holdings::new(access, &mut contents));
    let mut comparison = Comparison::new(contents, [old.catalog(), new.catalog()], sides);
    // Whoever is a master may do everything, whatever RBAC says.
    let everybody = comparison.everybody().into_iter().filter(|who| *who != Who::Group(MASTERS.to_owned()));
    let subjects = everybody.filter_map(|who| {
        let outcomes = comparison.of(&who);
        let changes = rows::changes(&mut comparison, &who, &outcomes);
        let is_beyond = outcomes.iter().any(|outcome| outcome.is_beyond);
        let [was_named, is_named] = comparison.sides.each_ref().map(|side| side.names(&who));
        (is_beyond || !changes.is_empty()).then_some(SubjectChanges { who, was_named, is_named, changes, is_beyond })
    });
    subjects.collect()
}

impl Diff {
    /// Whether nobody may do more or less than before, and everything can be applied.
    pub fn is_empty(&self) -> bool {
        self.subjects.is_empty() && self.paths.is_empty() && self.refused.is_empty()
    }

    /// How many changes there are of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        self.subjects.iter().flat_map(|subject| &subject.changes).filter(|change| change.kind == kind).count()
    }
}
