//! The graph of who gets what: all that the read set says, or the part that a question is about.
//!
//! What Kubernetes brings by itself would fill every picture, and is in it only where the read set or the question
//! touches it: a built-in role that a binding names, a built-in binding of a subject that is named, a group that
//! everybody is in where a binding names it.

mod about;
mod aggregation;
mod draft;
mod escalation;
mod objects;
mod policy;
mod smaller;

pub use about::{About, role_named};
pub use escalation::escalation_graph;
pub use smaller::{Smaller, smaller};

use self::draft::Draft;
use super::access::Access;
use crate::diagnostic::Failure;
use crate::graph::{Graph, Identity};

/// The part of the graph that a question is about; all of it where nothing is asked. Fails where the question names
/// what nothing knows: an empty picture would look as if it had nothing.
pub fn graph(access: &Access, about: &About) -> Result<Graph, Failure> {
    let mut draft = Draft::new(access, about);
    objects::add(&mut draft);
    policy::add(&mut draft);
    aggregation::add(&mut draft);
    policy::add_members(&mut draft);
    about.check(access, &draft.graph)?;
    // What is there and has nothing to do with anything else would be missing otherwise.
    for centre in about.centres() {
        let state = draft::state(access, &centre);
        draft.graph.add(centre, state);
    }
    Ok(draft.finish().narrow(&about.selection()))
}

/// Whether there is nothing in a graph that has to do with access.
pub fn says_nothing(graph: &Graph) -> bool {
    graph.nodes().all(|node| matches!(node.identity, Identity::Namespace(_)))
}
