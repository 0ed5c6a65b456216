//! The nodes of a graph by the namespace that they live in.

use std::collections::BTreeMap;

use crate::graph::{Graph, Identity, Node};

/// The nodes of one namespace, or those of the whole cluster.
#[derive(Debug, Default)]
pub(super) struct Cluster<'a> {
    /// The namespace; `None` for the whole cluster.
    pub(super) namespace: Option<&'a Node>,
    /// What lives there, in the order of the graph. The namespace itself is not among it.
    pub(super) nodes: Vec<&'a Node>,
}

/// First what belongs to the whole cluster, then the namespaces in the order of their names.
pub(super) fn clusters(graph: &Graph) -> Vec<Cluster<'_>> {
    let mut clusters: BTreeMap<Option<&str>, Cluster<'_>> = BTreeMap::new();
    for node in graph.nodes() {
        match &node.identity {
            Identity::Namespace(name) => clusters.entry(Some(name)).or_default().namespace = Some(node),
            other => clusters.entry(other.namespace()).or_default().nodes.push(node),
        }
    }
    clusters.into_values().collect()
}
