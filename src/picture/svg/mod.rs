//! The graph as a picture that stands alone: no scripts, no fonts, nothing from elsewhere, in light and in dark.
//!
//! Permissions flow from left to right, through a column for each kind of thing: `columns`. What lives in one namespace
//! stands together: `lanes`. Within that, `order` decides what stands above what, `rows` how far down, and `place` puts
//! it all on one page.

mod boxes;
mod columns;
mod edges;
mod lanes;
mod legend;
mod order;
mod place;
mod px;
mod rows;
mod sketch;
mod text;
mod trunks;

use std::io;

use self::px::Px;
use self::sketch::{Sketch, boxed};
use super::{Picture, TooLarge, Undrawn};
use crate::graph::Graph;
use crate::report::xml;

/// The room around everything.
const MARGIN: f64 = 24.0;
const NARROWEST_PAGE: f64 = 560.0;
/// The room for the titles of columns.
const TITLES: f64 = 30.0;

/// A picture to look at. Beyond [`Svg::MAX_NODES`] and [`Svg::MAX_EDGES`] nobody would see anything in it, and nothing
/// is drawn.
#[derive(Clone, Copy, Debug, Default)]
pub struct Svg;

impl Svg {
    /// How many boxes a picture may have. Namespaces do not count: they are drawn around others.
    pub const MAX_NODES: usize = 400;
    /// How many lines a picture may have.
    pub const MAX_EDGES: usize = 1000;

    /// Whether a graph may be drawn.
    pub fn check(graph: &Graph) -> Result<(), TooLarge> {
        let (nodes, edges) = (boxed(graph).count(), graph.edges().len());
        if nodes > Self::MAX_NODES || edges > Self::MAX_EDGES {
            return Err(TooLarge { nodes, most_nodes: Self::MAX_NODES, edges, most_edges: Self::MAX_EDGES });
        }
        Ok(())
    }
}

impl Picture for Svg {
    fn write(&self, graph: &Graph, out: &mut dyn io::Write) -> Result<(), Undrawn> {
        Self::check(graph).map_err(Undrawn::TooLarge)?;
        let mut sketch = Sketch::new(graph);
        order::untangle(&mut sketch);
        let heights = rows::settle(&mut sketch);
        let columns = place::bands(&sketch, MARGIN + place::FRAME_PADDING);
        let right = columns.last().map_or(0.0, |band| band.right + place::FRAME_PADDING + MARGIN);
        let page = right.max(NARROWEST_PAGE);
        let (legend, legend_height) = legend::legend(graph, &sketch, MARGIN, MARGIN, page - 2.0 * MARGIN);
        let titles = MARGIN + legend_height + TITLES;
        let plan = place::place(&mut sketch, &heights, columns, titles + 16.0);
        let size = format!("width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\"", Px(page), Px(plan.bottom + MARGIN));
        let title = format!("Who gets what: {} nodes, {} edges", graph.len(), graph.edges().len());

        writeln!(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"rolecall\" role=\"img\" {size}>")?;
        writeln!(out, "<title>{}</title>", xml(&title))?;
        writeln!(out, "<style>\n{}</style>", include_str!("style.css"))?;
        writeln!(out, "<rect class=\"page\" width=\"100%\" height=\"100%\"/>")?;
        out.write_all(legend.as_bytes())?;
        for (column, band) in sketch.columns.iter().zip(&plan.columns) {
            let (x, y) = (Px(band.left), Px(titles));
            writeln!(out, "<text class=\"column\" x=\"{x}\" y=\"{y}\">{}</text>", column.title())?;
        }
        out.write_all(boxes::frames(&sketch, &plan).as_bytes())?;
        out.write_all(edges::edges(&sketch, &plan).as_bytes())?;
        out.write_all(boxes::boxes(&sketch, &plan).as_bytes())?;
        writeln!(out, "</svg>")?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
