//! The graph as DOT, Mermaid, SVG and JSON.
