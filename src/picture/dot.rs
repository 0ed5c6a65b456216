//! The graph for Graphviz.

use std::io;

use super::clusters::{Cluster, clusters};
use super::look::{DEED, FRAME, Look, MISSING, TEXT, caption, look, name};
use super::{Picture, Undrawn};
use crate::graph::{Edge, EdgeKind, Graph, Identity, Node, State};
use crate::report::plain;

/// One `digraph`, with a cluster for each namespace. The names of its nodes are those of the JSON format.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dot;

impl Picture for Dot {
    fn write(&self, graph: &Graph, out: &mut dyn io::Write) -> Result<(), Undrawn> {
        let font = "fontname=\"Helvetica,Arial,sans-serif\"";
        writeln!(out, "digraph rolecall {{")?;
        writeln!(out, "  graph [rankdir=LR, ranksep=0.9, nodesep=0.15, {font}, fontsize=12, fontcolor=\"{TEXT}\"];")?;
        writeln!(out, "  node [{font}, fontsize=10, margin=\"0.15,0.06\"];")?;
        writeln!(out, "  edge [color=\"#6e7781\", arrowsize=0.6, {font}, fontsize=9, fontcolor=\"#57606a\"];")?;
        for (number, cluster) in clusters(graph).iter().enumerate() {
            write_cluster(number, cluster, out)?;
        }
        for edge in graph.edges() {
            write_edge(graph, edge, out)?;
        }
        writeln!(out, "}}")?;
        Ok(())
    }
}

fn write_cluster(number: usize, cluster: &Cluster<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let Some(namespace) = cluster.namespace else {
        return cluster.nodes.iter().try_for_each(|node| write_node("  ", node, out));
    };
    let style = if namespace.state == State::Missing { "rounded,filled,dashed" } else { "rounded,filled" };
    let (fill, line) = FRAME;
    let label = label(name(&namespace.identity));
    writeln!(out, "  subgraph cluster_{number} {{")?;
    writeln!(out, "    label=\"{label}\"; labeljust=l; style=\"{style}\"; color=\"{line}\"; fillcolor=\"{fill}\";")?;
    if cluster.nodes.is_empty() {
        // Graphviz does not draw a cluster without nodes.
        write_node("    ", namespace, out)?;
    }
    cluster.nodes.iter().try_for_each(|node| write_node("    ", node, out))?;
    writeln!(out, "  }}")
}

fn write_node(indent: &str, node: &Node, out: &mut dyn io::Write) -> io::Result<()> {
    let look = look(&node.identity);
    let (style, line, text) = match node.state {
        State::Missing => ("dashed", MISSING, MISSING),
        State::Unreadable => ("filled,dotted", look.line, TEXT),
        State::BuiltIn | State::Found => ("filled", look.line, TEXT),
    };
    // Edges do not reach shapes with many corners that are rounded.
    let corners = if matches!(node.identity, Identity::ServiceAccount { .. }) { ",rounded" } else { "" };
    let (id, name, caption) = (id(&node.identity), label(name(&node.identity)), label(&caption(node)));
    let Look { shape, fill, .. } = look;
    let colors = format!("fillcolor=\"{fill}\", color=\"{line}\", fontcolor=\"{text}\"");
    writeln!(out, "{indent}{id} [label=\"{name}\\n{caption}\", shape={shape}, style=\"{style}{corners}\", {colors}];")
}

fn write_edge(graph: &Graph, edge: Edge<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let verb = edge.kind.verb();
    // Which kinds of nodes stand at its ends says what an edge means, except for these.
    let words = match edge.kind {
        EdgeKind::MemberOf | EdgeKind::Aggregates => format!("label=\"{verb}\", "),
        EdgeKind::ComesTo(_) => format!("label=\"{}\", penwidth=2.2, color=\"{DEED}\", ", label(verb)),
        EdgeKind::RunsAs | EdgeKind::BoundBy | EdgeKind::RefersTo => String::new(),
    };
    let missing =
        [edge.from, edge.to].iter().any(|end| graph.node(end).is_some_and(|node| node.state == State::Missing));
    let style = if missing { format!(", style=dashed, color=\"{MISSING}\"") } else { String::new() };
    let tooltip = label(verb);
    writeln!(out, "  {} -> {} [{words}tooltip=\"{tooltip}\"{style}];", id(edge.from), id(edge.to))
}

/// The name of a node. Backslashes are doubled before characters are spelled out with them, so that no two nodes get
/// one name.
fn id(identity: &Identity) -> String {
    format!("\"{}\"", escaped(&identity.to_string().replace('\\', "\\\\")))
}

/// Text to look at, in which Graphviz would take an ampersand for an entity.
fn label(text: &str) -> String {
    escaped(text).replace('&', "&amp;")
}

/// Text between quotes: a backslash would begin an escape there.
fn escaped(text: &str) -> String {
    plain(text).replace('\\', "\\\\").replace('"', "\\\"")
}
