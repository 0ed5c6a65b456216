//! What aliases may do: they may not contain themselves, and may not blow a document up.
//!
//! The limit is that of Kubernetes' conversion (`unmarshal` in yaml.v2's `decode.go`): the share of values that only
//! aliases bring in, 99% in small documents, falling to 10% in large ones. Counting stops at the limit, so that it
//! takes no longer than a reader of the document would.

use super::{Kind, NodeRef, Tree};

/// Walks the document as a reader does that follows every alias. The error names a node and says what is wrong.
pub(super) fn check(tree: &Tree<'_>) -> Result<(), (u32, &'static str)> {
    let Some(root) = tree.root() else { return Ok(()) };
    // The document itself counts as one.
    let mut walk =
        Walk { visits: 1, by_alias: 0, todo: vec![Step::Visit(root)], open: vec![false; tree.nodes.len()], depth: 0 };
    while let Some(step) = walk.todo.pop() {
        match step {
            Step::Leave(index) => walk.leave(index),
            Step::Visit(node) => walk.visit(node)?,
            Step::Siblings { next, end, mapping } if next.index < end => walk.sibling(next, end, mapping),
            Step::Siblings { .. } => {}
        }
    }
    Ok(())
}

enum Step<'a> {
    Visit(NodeRef<'a>),
    /// The children of a collection from `next` on.
    Siblings {
        next: NodeRef<'a>,
        end: u32,
        mapping: bool,
    },
    /// The end of what an alias stands for.
    Leave(u32),
}

struct Walk<'a> {
    visits: u64,
    by_alias: u64,
    todo: Vec<Step<'a>>,
    /// For every alias, whether the walk is inside of what it stands for.
    open: Vec<bool>,
    depth: usize,
}

impl<'a> Walk<'a> {
    fn leave(&mut self, index: u32) {
        self.depth -= 1;
        if let Some(open) = self.open.get_mut(index as usize) {
            *open = false;
        }
    }

    fn visit(&mut self, node: NodeRef<'a>) -> Result<(), (u32, &'static str)> {
        self.visits += 1;
        self.by_alias += u64::from(self.depth > 0);
        if self.is_excessive() {
            return Err((node.index, "the document contains excessive aliasing"));
        }
        let kind = node.node().kind;
        match kind {
            Kind::Alias => self.enter(node)?,
            Kind::Sequence | Kind::Mapping | Kind::IrregularMapping => {
                let (next, end) = (node.at(node.index + 1), node.node().next);
                self.todo.push(Step::Siblings { next, end, mapping: kind != Kind::Sequence });
            }
            _ => {}
        }
        Ok(())
    }

    fn enter(&mut self, alias: NodeRef<'a>) -> Result<(), (u32, &'static str)> {
        let open = self.open.get_mut(alias.index as usize);
        if open.is_none_or(|open| std::mem::replace(open, true)) {
            return Err((alias.index, "the anchor's value contains itself"));
        }
        self.depth += 1;
        self.todo.push(Step::Leave(alias.index));
        self.todo.push(Step::Visit(alias.resolved()));
        Ok(())
    }

    fn sibling(&mut self, child: NodeRef<'a>, end: u32, mapping: bool) {
        let behind = child.at(child.node().next);
        if !mapping {
            self.todo.push(Step::Siblings { next: behind, end, mapping });
            self.todo.push(Step::Visit(child));
            return;
        }
        // Here the child is a key, and its value stands behind it.
        self.todo.push(Step::Siblings { next: behind.at(behind.node().next), end, mapping });
        if !child.is_merge_key() {
            self.todo.push(Step::Visit(behind));
            self.todo.push(Step::Visit(child));
        } else if behind.node().kind == Kind::Sequence {
            // Merged mappings are visited from the last to the first; the key and the list are not visited themselves.
            self.todo.extend(behind.children().map(Step::Visit));
        } else {
            self.todo.push(Step::Visit(behind));
        }
    }

    fn is_excessive(&self) -> bool {
        self.by_alias > 100 && self.visits > 1000 && share(self.by_alias, self.visits) > allowed_share(self.visits)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

fn allowed_share(visits: u64) -> f64 {
    const LOW: u64 = 400_000;
    const HIGH: u64 = 4_000_000;
    0.99 - 0.89 * share(visits.clamp(LOW, HIGH) - LOW, HIGH - LOW)
}
