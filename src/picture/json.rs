//! The graph as JSON, a contract: version 1. Fields are added, and never change or go.

use std::io;

use serde::Serialize;

use super::{Picture, Undrawn};
use crate::graph::{Edge, EdgeKind, Graph, Node};
use crate::report::plain_json;

/// One JSON object with the nodes and the edges.
#[derive(Clone, Copy, Debug, Default)]
pub struct Json;

impl Picture for Json {
    fn write(&self, graph: &Graph, out: &mut dyn io::Write) -> Result<(), Undrawn> {
        let json = JsonGraph {
            version: 1,
            nodes: graph.nodes().map(JsonNode::new).collect(),
            edges: graph.edges().into_iter().map(JsonEdge::new).collect(),
        };
        let json = serde_json::to_string_pretty(&json).map_err(io::Error::from)?;
        writeln!(out, "{}", plain_json(&json))?;
        Ok(())
    }
}

#[derive(Serialize)]
struct JsonGraph<'a> {
    version: u32,
    nodes: Vec<JsonNode<'a>>,
    edges: Vec<JsonEdge>,
}

#[derive(Serialize)]
struct JsonNode<'a> {
    id: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'a str>,
    name: &'a str,
    state: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<&'a str>,
}

#[derive(Serialize)]
struct JsonEdge {
    from: String,
    to: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    how: Option<&'static str>,
}

impl<'a> JsonNode<'a> {
    fn new(node: &'a Node) -> Self {
        Self {
            id: node.identity.to_string(),
            kind: node.identity.kind(),
            namespace: node.identity.namespace(),
            name: node.identity.name(),
            state: node.state.name(),
            notes: node.notes.iter().map(String::as_str).collect(),
        }
    }
}

impl JsonEdge {
    fn new(edge: Edge<'_>) -> Self {
        let how = match edge.kind {
            EdgeKind::ComesTo(how) => Some(how),
            _ => None,
        };
        Self { from: edge.from.to_string(), to: edge.to.to_string(), kind: edge.kind.name(), how }
    }
}
