//! Decodes a tree into any type that serde knows, the way the API server decodes JSON, and finds all that is wrong on
//! the way.
//!
//! As in Go's decoder, `null` leaves every type at its zero value, and a number with a fraction of zero is a whole
//! number. Field names are case-sensitive. A value that does not fit is a [`Fault`]: it is noted, and its type's zero
//! value stands in for it, so that everything behind it is read too.
//!
//! What serde does not say about types, [`Types`] does: which fields there are, and what form some values have.

mod access;
mod at;
mod fault;

use std::cell::{Cell, RefCell};

use serde::de::Deserialize;

pub use at::At;
pub use fault::{Error, Fault, Mistake, Shape};

use super::tree::{NodeRef, Value};

/// What is known of types besides what they tell serde.
pub trait Types {
    /// The form of the values of a type, by the name with which it introduces itself to serde; `None` where there is
    /// nothing to say about it.
    fn form(&self, name: &str) -> Option<&'static Form>;

    /// What a key of a structure is. `known` are the fields that the structure tells serde.
    fn key(&self, structure: &str, known: &[&str], key: &str) -> Key;
}

/// What a key of a structure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A field.
    Field,
    /// A field of which nothing is asked but that it is a string: its type is not shown what it says.
    AnyText,
    /// No field.
    Unknown,
}

/// What values of a type look like that takes more than one of YAML's types, or only some of its values.
#[derive(Debug)]
pub struct Form {
    /// What belongs there, in the user's words: "a quantity such as `500m`".
    pub words: &'static str,
    /// Whether a value is of this form. `None` for a type that holds anything: it is passed over, since it may nest
    /// without end and nothing is asked of it.
    pub fits: Option<fn(Value<'_>) -> bool>,
    /// What stands in for nothing, and for what does not fit: no list and no mapping.
    pub zero: Value<'static>,
}

/// Of the faults of one object, so many are noted. The API server's decoder stops at as many.
const MOST_FAULTS: usize = 100;

/// Decodes one object and takes down its faults.
#[expect(missing_debug_implementations, reason = "what is known of types is anything")]
pub struct Decoder<'d> {
    types: &'d dyn Types,
    faults: RefCell<Vec<Fault>>,
    /// Whether one of the faults, noted or not, keeps the object from being decoded at all.
    is_fatal: Cell<bool>,
}

impl<'d> Decoder<'d> {
    /// A decoder to which this is known of the types.
    pub fn new(types: &'d dyn Types) -> Self {
        Self { types, faults: RefCell::default(), is_fatal: Cell::new(false) }
    }

    /// The node, ready to be decoded.
    pub fn at<'p, 't>(&'p self, node: NodeRef<'t>) -> At<'p, 't> {
        At::root(self, node)
    }

    /// What was wrong with all that has been decoded, by place; what several aliases stand for, once.
    pub fn into_faults(self) -> Vec<Fault> {
        let mut faults = self.faults.into_inner();
        faults.sort_by_key(|fault| fault.span);
        faults.dedup_by(|one, other| one.span == other.span && one.mistake == other.mistake);
        faults
    }

    /// Notes a fault, and the first fatal one however many others there are.
    fn note(&self, fault: Fault) {
        let mut faults = self.faults.borrow_mut();
        let is_first_fatal = fault.is_fatal() && !self.is_fatal.replace(self.is_fatal.get() || fault.is_fatal());
        if faults.len() < MOST_FAULTS || is_first_fatal {
            faults.push(fault);
        }
    }
}

/// Types of which nothing more is known, and that may have any field.
struct Anything;

impl Types for Anything {
    fn form(&self, _: &str) -> Option<&'static Form> {
        None
    }

    fn key(&self, _: &str, _: &[&str], _: &str) -> Key {
        Key::Field
    }
}

impl<'t> NodeRef<'t> {
    /// Decodes the node. Fields that the type does not have are passed over; the error is the first value that does not
    /// fit.
    pub fn decode<T: Deserialize<'t>>(self) -> Result<T, Fault> {
        let decoder = Decoder::new(&Anything);
        let decoded = T::deserialize(decoder.at(self));
        let fault = decoder.into_faults().into_iter().find(Fault::is_fatal);
        match (decoded, fault) {
            (_, Some(fault)) => Err(fault),
            (Ok(value), None) => Ok(value),
            (Err(error), None) => Err(error.into_fault(self)),
        }
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may panic")]
mod tests;
