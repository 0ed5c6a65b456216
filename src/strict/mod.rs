//! Files that people write for `rolecall`: YAML, read strictly, since a misspelt key would quietly mean nothing.
//!
//! A file is one document, which is a mapping; a [`Part`] says which keys it may have and what they take. Text is read
//! with the same [`yaml`](crate::yaml) layer as manifests, so that every mistake has a place.

mod document;
mod keys;
mod near;
mod nodes;
mod problem;

pub(crate) use document::{Shape, Text, read};
pub use keys::{Form, Key, Part, Relation, TestForm};
pub(crate) use keys::{key, required};
pub(crate) use near::{by_nearness, listed, nearest};
pub(crate) use nodes::{
    items, one_or_more, place, read_text, refuse_unknown_keys, refuse_unrelated_keys, text, texts, unknown_keys,
};
pub use problem::Spot;
pub(crate) use problem::{Places, Problem, Problems};
