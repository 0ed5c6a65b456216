//! What the kinds of nodes look like in pictures that somebody else lays out, and the words beside their names.

use crate::graph::{Identity, Node, State};

/// What one kind of node looks like.
#[derive(Debug)]
pub(super) struct Look {
    /// The name of the look, for classes.
    pub(super) class: &'static str,
    /// A shape of Graphviz.
    pub(super) shape: &'static str,
    /// The brackets of a shape of Mermaid.
    pub(super) brackets: (&'static str, &'static str),
    /// The colour inside.
    pub(super) fill: &'static str,
    /// The colour of the outline.
    pub(super) line: &'static str,
}

/// The colour of all text: it has to be legible on every fill, whatever the theme.
pub(super) const TEXT: &str = "#1f2328";
/// The colours of namespaces, inside and around.
pub(super) const FRAME: (&str, &str) = ("#f6f8fa", "#afb8c1");
/// The colour of what is missing.
pub(super) const MISSING: &str = "#cf222e";
/// The colour of what is done to come to more.
pub(super) const DEED: &str = "#cf222e";

pub(super) static LOOKS: [Look; 10] = [
    Look { class: "namespace", shape: "folder", brackets: ("[", "]"), fill: "#f6f8fa", line: "#8c959f" },
    Look { class: "workload", shape: "box", brackets: ("[", "]"), fill: "#eaeef2", line: "#57606a" },
    Look { class: "account", shape: "box", brackets: ("(", ")"), fill: "#ddf4ff", line: "#0969da" },
    Look { class: "user", shape: "ellipse", brackets: ("([", "])"), fill: "#d2f5ef", line: "#0b7a6f" },
    Look { class: "group", shape: "octagon", brackets: ("([", "])"), fill: "#fbefff", line: "#8250df" },
    Look { class: "binding", shape: "hexagon", brackets: ("{{", "}}"), fill: "#fff8c5", line: "#9a6700" },
    Look { class: "clusterbinding", shape: "hexagon", brackets: ("{{", "}}"), fill: "#ffe2cc", line: "#bc4c00" },
    Look { class: "role", shape: "note", brackets: ("[[", "]]"), fill: "#dafbe1", line: "#1a7f37" },
    Look { class: "clusterrole", shape: "note", brackets: ("[[", "]]"), fill: "#aceebb", line: "#116329" },
    Look { class: "gain", shape: "doubleoctagon", brackets: ("{{", "}}"), fill: "#ffebe9", line: "#cf222e" },
];

/// The look of a kind of node.
pub(super) fn look(identity: &Identity) -> &'static Look {
    let [namespace, workload, account, user, group, binding, cluster_binding, role, cluster_role, gain] = &LOOKS;
    match identity {
        Identity::Namespace(_) => namespace,
        Identity::Workload { .. } => workload,
        Identity::ServiceAccount { .. } => account,
        Identity::User(_) => user,
        Identity::Group(_) => group,
        Identity::Binding { namespace: Some(_), .. } => binding,
        Identity::Binding { namespace: None, .. } => cluster_binding,
        Identity::Role { namespace: Some(_), .. } => role,
        Identity::Role { namespace: None, .. } => cluster_role,
        Identity::Gain { .. } => gain,
    }
}

/// What a node is called, in words to look at: an object without a name has a place in the picture, too.
pub(super) fn name(identity: &Identity) -> &str {
    Some(identity.name()).filter(|name| !name.trim().is_empty()).unwrap_or("(without a name)")
}

/// The words below a node's name: its kind, and what is to be known about it.
pub(super) fn caption(node: &Node) -> String {
    let state = match node.state {
        State::Found => None,
        State::BuiltIn => Some("built in"),
        State::Unreadable => Some("unreadable"),
        State::Missing => Some("missing"),
    };
    let words = state.into_iter().chain(node.notes.iter().map(String::as_str));
    words.fold(node.identity.kind().to_owned(), |caption, word| caption + " · " + word)
}
