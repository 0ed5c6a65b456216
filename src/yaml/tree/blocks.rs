//! What begins at a key, at an entry of a list, or with the document.

use super::{Kind, NodeRef, Tree, is_mapping};
use crate::source::Span;

impl Tree<'_> {
    /// Each key with its value, each entry of a list, and the whole document, as they are written: from the first to the
    /// last byte. In no order.
    pub fn blocks(&self) -> impl Iterator<Item = Span> {
        let nodes = (0..).zip(&self.nodes).map(|(index, node)| (NodeRef { tree: self, index }, node.kind));
        let inner = nodes.flat_map(|(node, kind)| {
            let keys = is_mapping(kind).then(|| node.keys_with_values());
            let items = (kind == Kind::Sequence).then(|| node.children().map(NodeRef::span));
            keys.into_iter().flatten().chain(items.into_iter().flatten())
        });
        self.root().map(NodeRef::span).into_iter().chain(inner)
    }
}

impl<'a> NodeRef<'a> {
    fn keys_with_values(self) -> impl Iterator<Item = Span> + use<'a> {
        let mut children = self.children();
        std::iter::from_fn(move || {
            let (key, value) = (children.next()?.span(), children.next()?.span());
            Some(Span { end: key.end.max(value.end), ..key })
        })
    }
}
