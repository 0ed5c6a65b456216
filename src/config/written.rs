//! All that a configuration file says, value by value, each with its place.

use crate::source::Span;
use crate::strict::place;
use crate::yaml::tree::NodeRef;

/// One step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the value of a key.
    Key(String),
    /// To an entry of a list, from 0.
    Item(usize),
}

/// A text that stands in the file.
#[derive(Debug)]
pub(super) struct Leaf {
    pub(super) way: Vec<Step>,
    pub(super) text: String,
    pub(super) span: Span,
}

/// The texts in a configuration, in its order. What is left out, or is an empty list, says nothing.
pub(super) fn leaves(root: NodeRef<'_>) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    collect(root, root.span(), &mut Vec::new(), &mut leaves);
    leaves
}

/// A configuration that could be read is no deeper than a few levels.
const DEEPEST: usize = 8;

fn collect(node: NodeRef<'_>, span: Span, way: &mut Vec<Step>, leaves: &mut Vec<Leaf>) {
    if way.len() > DEEPEST {
        return;
    }
    if let Some(text) = node.as_str() {
        leaves.push(Leaf { way: way.clone(), text: text.to_owned(), span });
    }
    for entry in node.fields() {
        way.push(Step::Key(entry.key.key_name().into_owned()));
        collect(entry.value, place(entry), way, leaves);
        way.pop();
    }
    for (index, item) in node.items().enumerate() {
        way.push(Step::Item(index));
        collect(item, item.span(), way, leaves);
        way.pop();
    }
}
