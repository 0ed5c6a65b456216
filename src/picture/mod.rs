//! The graph as DOT, Mermaid, SVG and JSON.
//!
//! Every format is a [`Picture`], and all of them get the same [`Graph`]. Names from manifests are data: each format
//! escapes them so that they cannot act on whatever shows or reads it.

mod clusters;
mod dot;
mod json;
mod look;
mod mermaid;
mod svg;

use std::{error, fmt, io};

pub use dot::Dot;
pub use json::Json;
pub use mermaid::Mermaid;
pub use svg::Svg;

use crate::graph::Graph;

/// A form in which a graph is written.
pub trait Picture {
    /// Writes the whole graph.
    fn write(&self, graph: &Graph, out: &mut dyn io::Write) -> Result<(), Undrawn>;
}

/// Why there is no picture.
#[derive(Debug)]
pub enum Undrawn {
    /// There is too much in it for anyone to see something. A part of the graph may be drawn, or another format used.
    TooLarge(TooLarge),
    /// It could not be written out.
    Output(io::Error),
}

/// How much is in a graph, and how much may be in a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge {
    /// How many nodes there are to draw.
    pub nodes: usize,
    /// How many may be drawn.
    pub most_nodes: usize,
    /// How many edges there are to draw.
    pub edges: usize,
    /// How many may be drawn.
    pub most_edges: usize,
}

impl From<io::Error> for Undrawn {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { nodes, most_nodes, edges, most_edges } = self;
        if nodes > most_nodes {
            write!(f, "{nodes} nodes are more than a picture can show ({most_nodes})")
        } else {
            write!(f, "{edges} edges are more than a picture can show ({most_edges})")
        }
    }
}

impl fmt::Display for Undrawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge(much) => much.fmt(f),
            Self::Output(error) => error.fmt(f),
        }
    }
}

impl error::Error for Undrawn {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::TooLarge(_) => None,
            Self::Output(error) => Some(error),
        }
    }
}

#[cfg(test)]
mod tests;
