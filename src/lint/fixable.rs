//! Which rules offer fixes, as the examples on their pages show.

/// The rules whose findings can be put right by a safe fix, all or some of them; in order.
pub(super) const SAFELY: [&str; 0] = [];

/// The rules all of whose fixes are unsafe; in order.
pub(super) const UNSAFELY: [&str; 0] = [];
