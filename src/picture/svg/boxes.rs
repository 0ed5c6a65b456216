//! The boxes of nodes and the outlines of namespaces.

use std::fmt::Write as _;

use super::place::{BOX_PADDING, CAPTION_SIZE, FRAME_PADDING, NAME_SIZE, Plan};
use super::px::Px;
use super::rows::BOX;
use super::sketch::Sketch;
use super::text::elided;
use crate::graph::{Node, State};
use crate::picture::look::{caption, look, name};
use crate::report::{plain, xml};

/// The outlines of all namespaces.
pub(super) fn frames(sketch: &Sketch<'_>, plan: &Plan) -> String {
    let mut drawn = String::new();
    for frame in &plan.frames {
        let Some(namespace) = sketch.lanes.get(frame.lane).and_then(|lane| lane.namespace) else { continue };
        let name = name(&namespace.identity);
        let shown = elided(&plain(name), 12.0, frame.right - frame.left - 2.0 * FRAME_PADDING);
        let class = if namespace.state == State::Missing { "frame missing" } else { "frame" };
        // Writing to a string cannot fail.
        let _ = writeln!(
            drawn,
            "<g class=\"{class}\"><title>{}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"10\"/>\
             <text x=\"{}\" y=\"{}\">{}</text></g>",
            title(namespace),
            Px(frame.left),
            Px(frame.top),
            Px(frame.right - frame.left),
            Px(frame.bottom - frame.top),
            Px(frame.left + FRAME_PADDING),
            Px(frame.top + 17.0),
            xml(&shown),
        );
    }
    drawn
}

/// The boxes of all nodes.
pub(super) fn boxes(sketch: &Sketch<'_>, plan: &Plan) -> String {
    let mut drawn = String::new();
    for slot in &sketch.slots {
        let Some(node) = slot.node else { continue };
        let band = plan.band(slot.column);
        let (left, top, width) = (band.left, slot.y - BOX / 2.0, band.right - band.left);
        let state = match node.state {
            State::Missing => " missing",
            State::BuiltIn => " builtin",
            State::Unreadable => " unreadable",
            State::Found => "",
        };
        let shown = |text: &str, size| xml(&elided(&plain(text), size, width - BOX_PADDING));
        let _ = writeln!(
            drawn,
            "<g class=\"{class}{state}\"><title>{title}</title>\
             <rect class=\"box\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{BOX}\" rx=\"6\"/>\
             <rect class=\"mark\" x=\"{mark_x}\" y=\"{mark_y}\" width=\"3\" height=\"{mark_height}\" rx=\"1.5\"/>\
             <text class=\"name\" x=\"{text_x}\" y=\"{name_y}\">{name}</text>\
             <text class=\"caption\" x=\"{text_x}\" y=\"{caption_y}\">{caption}</text></g>",
            class = look(&node.identity).class,
            title = title(node),
            x = Px(left),
            y = Px(top),
            width = Px(width),
            mark_x = Px(left + 6.0),
            mark_y = Px(top + 7.0),
            mark_height = Px(BOX - 14.0),
            text_x = Px(left + 15.0),
            name_y = Px(top + 16.5),
            caption_y = Px(top + 30.0),
            name = shown(name(&node.identity), NAME_SIZE),
            caption = shown(&caption(node), CAPTION_SIZE),
        );
    }
    drawn
}

/// All that is known about a node, for whoever points at it.
fn title(node: &Node) -> String {
    let place = node.identity.namespace().map_or(String::new(), |namespace| format!(" in {namespace}"));
    xml(&format!("{}{place} ({})", name(&node.identity), caption(node)))
}
