//! The graph for Mermaid, which GitHub and GitLab draw in Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use super::clusters::{Cluster, clusters};
use super::look::{FRAME, LOOKS, MISSING, TEXT, caption, look, name};
use super::{Picture, Undrawn};
use crate::graph::{Edge, EdgeKind, Graph, Identity, Node, State};
use crate::report::plain;

/// One `flowchart`, with a subgraph for each namespace.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mermaid;

impl Mermaid {
    /// Where Mermaid is not told otherwise, it draws no more edges than this (`maxEdges`),
    pub const USUAL_EDGES: usize = 500;
    /// and no text with more characters than this (`maxTextSize`).
    pub const USUAL_CHARACTERS: usize = 50_000;
}

/// The colour inside of namespaces, nearly all of it transparent.
const FRAME_TINT: &str = "#8c959f1a";

/// The numbers by which nodes go: names could be words of the format.
type Numbers<'a> = BTreeMap<&'a Identity, usize>;

impl Picture for Mermaid {
    fn write(&self, graph: &Graph, out: &mut dyn io::Write) -> Result<(), Undrawn> {
        let numbers: Numbers<'_> = graph.nodes().zip(0..).map(|(node, number)| (&node.identity, number)).collect();
        writeln!(out, "flowchart LR")?;
        for cluster in clusters(graph) {
            write_cluster(&numbers, &cluster, out)?;
        }
        for edge in graph.edges() {
            write_edge(graph, &numbers, edge, out)?;
        }
        for look in &LOOKS {
            writeln!(out, "  classDef {} fill:{},stroke:{},color:{TEXT}", look.class, look.fill, look.line)?;
        }
        // Edges have the colours of the theme: what they cross lets its background through.
        writeln!(out, "  classDef frame fill:{FRAME_TINT},stroke:{line}", line = FRAME.1)?;
        writeln!(out, "  classDef absent fill:{FRAME_TINT},stroke:{line},stroke-dasharray:5 4", line = FRAME.1)?;
        writeln!(out, "  classDef missing fill:#fff,stroke:{MISSING},color:{MISSING},stroke-dasharray:4 3")?;
        writeln!(out, "  classDef unreadable stroke-dasharray:1 3,stroke-width:2px")?;
        Ok(())
    }
}

fn write_cluster(numbers: &Numbers<'_>, cluster: &Cluster<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let Some(namespace) = cluster.namespace else {
        return cluster.nodes.iter().try_for_each(|node| write_node("  ", numbers, node, out));
    };
    let number = number(numbers, &namespace.identity);
    writeln!(out, "  subgraph ns{number}[\"{}\"]", escaped(name(&namespace.identity)))?;
    if cluster.nodes.is_empty() {
        // A subgraph without nodes is no subgraph.
        write_node("    ", numbers, namespace, out)?;
    }
    cluster.nodes.iter().try_for_each(|node| write_node("    ", numbers, node, out))?;
    writeln!(out, "  end")?;
    let class = if namespace.state == State::Missing { "absent" } else { "frame" };
    writeln!(out, "  class ns{number} {class}")
}

fn write_node(indent: &str, numbers: &Numbers<'_>, node: &Node, out: &mut dyn io::Write) -> io::Result<()> {
    let look = look(&node.identity);
    let (open, close) = look.brackets;
    let number = number(numbers, &node.identity);
    let (name, caption) = (escaped(name(&node.identity)), escaped(&caption(node)));
    writeln!(out, "{indent}n{number}{open}\"{name}<br/>{caption}\"{close}:::{}", look.class)?;
    match node.state {
        State::Missing | State::Unreadable => writeln!(out, "{indent}class n{number} {}", node.state.name()),
        State::BuiltIn | State::Found => Ok(()),
    }
}

fn write_edge(graph: &Graph, numbers: &Numbers<'_>, edge: Edge<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let missing =
        [edge.from, edge.to].iter().any(|end| graph.node(end).is_some_and(|node| node.state == State::Missing));
    let arrow = match edge.kind {
        EdgeKind::ComesTo(_) => "==>",
        _ if missing => "-.->",
        _ => "-->",
    };
    // Which kinds of nodes stand at its ends says what an edge means, except for this one.
    let label = match edge.kind {
        EdgeKind::Aggregates => format!("|{}|", edge.kind.verb()),
        EdgeKind::ComesTo(how) => format!("|\"{}\"|", escaped(how)),
        EdgeKind::RunsAs | EdgeKind::MemberOf | EdgeKind::BoundBy | EdgeKind::RefersTo => String::new(),
    };
    writeln!(out, "  n{} {arrow}{label} n{}", number(numbers, edge.from), number(numbers, edge.to))
}

fn number(numbers: &Numbers<'_>, identity: &Identity) -> usize {
    numbers.get(identity).copied().unwrap_or_default()
}

/// Text between quotes. All signs but the plainest are entities: Mermaid gives meaning to most of the others, and hands
/// the text on to HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in plain(text).chars() {
        if c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, ' ' | '-' | '.' | ':' | '/' | '_') {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "#{};", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    escaped
}
