//! A node as serde's deserializer.

use std::fmt::{self, Write as _};

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserializer, Expected, IntoDeserializer as _, Visitor};
use serde::forward_to_deserialize_any;

use super::access::{Fields, Items, NoFields, NoItems, Structure};
use super::fault::{Error, Fault, Mistake, Shape};
use super::{Decoder, Form, Types};
use crate::yaml::path::{Path, Segment};
use crate::yaml::tree::{NodeRef, Value};

/// A node that is being decoded, and the way to it. It lives on the stack, as a chain from the innermost step outwards;
/// the way is written down only where there is something to say about it.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "what is known of types is anything")]
pub struct At<'p, 't> {
    decoder: &'p Decoder<'p>,
    node: NodeRef<'t>,
    way: Option<(&'p Self, Step<'t>)>,
}

/// One step of a way.
#[derive(Clone, Copy)]
pub(super) enum Step<'t> {
    /// To the value of a key.
    Key(NodeRef<'t>),
    /// To an entry of a list.
    Index(usize),
}

impl<'p, 't> At<'p, 't> {
    pub(super) fn root(decoder: &'p Decoder<'p>, node: NodeRef<'t>) -> Self {
        Self { decoder, node: node.resolved(), way: None }
    }

    pub(super) fn step(&'p self, step: Step<'t>, node: NodeRef<'t>) -> Self {
        Self { decoder: self.decoder, node, way: Some((self, step)) }
    }

    pub(super) fn types(&self) -> &'p dyn Types {
        self.decoder.types
    }

    fn path(&self) -> Path {
        let mut steps = Vec::new();
        let mut way = self.way;
        while let Some((from, step)) = way {
            steps.push(match step {
                Step::Key(key) => Segment::Name(key.key_name().into_owned()),
                Step::Index(index) => Segment::Index(index),
            });
            way = from.way;
        }
        steps.into_iter().rev().collect()
    }

    /// Notes something that is wrong, at a node that shows it.
    pub(super) fn note_at(&self, node: NodeRef<'t>, mistake: Mistake) {
        self.decoder.note(Fault { mistake, path: self.path(), span: node.span() });
    }

    /// Notes that something else belongs here. Nothing at all fits everywhere.
    pub(super) fn expected(&self, expected: Shape) {
        if !self.node.is_null() {
            self.note_at(self.node, Mistake::Value { expected, found: self.node.in_words() });
        }
    }

    /// Notes why a type refuses what it has been shown.
    fn noted<T>(&self, result: Result<T, Error>) -> Result<T, Error> {
        result.map_err(|error| {
            if !error.is_noted {
                self.note_at(self.node, Mistake::Refused(error.message.clone()));
            }
            Error { is_noted: true, ..error }
        })
    }

    fn note_duplicates(&self) {
        for twice in self.node.duplicates() {
            let first = twice.first.span();
            self.step(Step::Key(twice.second), self.node).note_at(twice.second, Mistake::DuplicateKey { first });
        }
    }

    fn mapping<V: Visitor<'t>>(self, structure: Option<Structure>, visitor: V) -> Result<V::Value, Error> {
        if !self.node.is_mapping() {
            self.expected(Shape::Mapping);
            return self.noted(visitor.visit_map(NoFields));
        }
        self.note_duplicates();
        self.noted(visitor.visit_map(Fields::new(&self, structure, self.node.fields())))
    }

    /// Whole numbers are the same with a fraction of zero or in scientific notation.
    fn whole(&self) -> Option<i64> {
        match self.node.value() {
            Value::Int(value) => Some(value),
            Value::Float(value) => whole(value),
            _ => None,
        }
    }

    /// Whether it is a whole number, however large.
    fn is_whole(&self) -> bool {
        match self.node.value() {
            Value::Int(_) | Value::Uint(_) => true,
            Value::Float(value) => value.fract() == 0.0,
            _ => false,
        }
    }

    /// What a type takes that does not say of what type it is.
    fn any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.node.value() {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Int(value) => visitor.visit_i64(value),
            Value::Uint(value) => visitor.visit_u64(value),
            Value::Float(value) => match whole(value) {
                Some(value) => visitor.visit_i64(value),
                None => visitor.visit_f64(value),
            },
            Value::Str(value) => visitor.visit_borrowed_str(value),
            Value::Sequence => visitor.visit_seq(Items::new(&self, self.node.items())),
            Value::Mapping => {
                self.note_duplicates();
                visitor.visit_map(Fields::new(&self, None, self.node.fields()))
            }
        }
    }

    /// Whether the node is of a form; where it is not, and is not nothing, that is noted.
    fn is_of(&self, form: &'static Form) -> bool {
        let fits = form.fits.is_some_and(|fits| fits(self.node.value()));
        if !fits && form.fits.is_some() {
            self.expected(Shape::Form(form));
        }
        fits
    }
}

/// The number as Kubernetes' conversion writes it into JSON: without a fraction or an exponent it is a whole one.
#[expect(clippy::cast_possible_truncation, reason = "checked: whole and far inside the range of i64")]
fn whole(value: f64) -> Option<i64> {
    (value.fract() == 0.0 && value.abs() < 1e18).then_some(value as i64)
}

/// The name with which a type introduces itself, where it is as short as names of types are.
struct TypeName {
    bytes: [u8; 24],
    length: usize,
}

impl TypeName {
    fn of(expected: &dyn Expected) -> Self {
        let mut name = Self { bytes: [0; 24], length: 0 };
        if write!(name, "{expected}").is_err() {
            name.length = 0;
        }
        name
    }

    fn as_str(&self) -> &str {
        let name = self.bytes.get(..self.length).and_then(|name| str::from_utf8(name).ok());
        name.unwrap_or_default()
    }
}

impl fmt::Write for TypeName {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

impl<'de> Deserializer<'de> for At<'_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        // Only few types come here that do not take these two.
        let is_usual = match self.node.value() {
            Value::Str(_) => true,
            Value::Int(value) => i32::try_from(value).is_ok(),
            _ => false,
        };
        let form = if is_usual { None } else { self.types().form(TypeName::of(&visitor).as_str()) };
        match form {
            Some(form) if !self.is_of(form) => self.noted(visit_zero(form, visitor)),
            _ => self.noted(self.any(visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.node.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        match self.types().form(name) {
            Some(form) if !self.is_of(form) => match form.zero {
                Value::Str(zero) => visitor.visit_newtype_struct(BorrowedStrDeserializer::new(zero)),
                Value::Int(zero) => visitor.visit_newtype_struct(zero.into_deserializer()),
                _ => visitor.visit_newtype_struct(().into_deserializer()),
            },
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Value::Bool(value) = self.node.value() else {
            self.expected(Shape::Boolean);
            return visitor.visit_bool(false);
        };
        visitor.visit_bool(value)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Some(value) = self.whole().and_then(|value| i32::try_from(value).ok()) else {
            self.expected(if self.is_whole() { Shape::Int32 } else { Shape::Whole });
            return visitor.visit_i32(0);
        };
        visitor.visit_i32(value)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Some(value) = self.whole() else {
            self.expected(if self.is_whole() { Shape::Int64 } else { Shape::Whole });
            return visitor.visit_i64(0);
        };
        visitor.visit_i64(value)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.node.value() {
            Value::Int(_) | Value::Uint(_) | Value::Float(_) => self.any(visitor),
            _ => {
                self.expected(Shape::Number);
                visitor.visit_f64(0.0)
            }
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Value::Str(value) = self.node.value() else {
            self.expected(Shape::Text);
            return self.noted(visitor.visit_borrowed_str(""));
        };
        self.noted(visitor.visit_borrowed_str(value))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if !self.node.is_sequence() {
            self.expected(Shape::List);
            return visitor.visit_seq(NoItems);
        }
        visitor.visit_seq(Items::new(&self, self.node.items()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.mapping(None, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.mapping(Some(Structure { name, fields }), visitor)
    }

    forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u32 u64 u128 f32 char bytes byte_buf unit unit_struct tuple tuple_struct enum identifier
    }
}

fn visit_zero<'t, V: Visitor<'t>>(form: &Form, visitor: V) -> Result<V::Value, Error> {
    match form.zero {
        Value::Str(zero) => visitor.visit_borrowed_str(zero),
        Value::Int(zero) => visitor.visit_i64(zero),
        _ => visitor.visit_unit(),
    }
}
