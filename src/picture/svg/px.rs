//! Numbers as they stand in SVG.

use std::fmt;

/// A length to a tenth of a pixel.
#[derive(Clone, Copy)]
pub(super) struct Px(pub(super) f64);

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Adding zero makes a negative zero positive.
        write!(f, "{}", (self.0 * 10.0).round() / 10.0 + 0.0)
    }
}
