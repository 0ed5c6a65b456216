//! The entries of lists and mappings, one after the other, as serde asks for them.

use std::borrow::Cow;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::Key;
use super::at::{At, Step};
use super::fault::{Error, Mistake, Shape};
use crate::yaml::tree::{Entry, NodeRef};

/// The entries of a list.
pub(super) struct Items<'p, 't, I> {
    list: &'p At<'p, 't>,
    items: std::iter::Enumerate<I>,
}

impl<'p, 't, I: Iterator<Item = NodeRef<'t>>> Items<'p, 't, I> {
    pub(super) fn new(list: &'p At<'p, 't>, items: I) -> Self {
        Self { list, items: items.enumerate() }
    }
}

impl<'t, I: Iterator<Item = NodeRef<'t>>> SeqAccess<'t> for Items<'_, 't, I> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let item = self.items.next().map(|(index, item)| self.list.step(Step::Index(index), item));
        item.map(|item| seed.deserialize(item)).transpose()
    }
}

/// The fields that a structure tells serde.
#[derive(Clone, Copy)]
pub(super) struct Structure {
    pub(super) name: &'static str,
    pub(super) fields: &'static [&'static str],
}

/// The fields of a mapping. Keys that are no fields of the structure are noted and left out.
pub(super) struct Fields<'p, 't, I> {
    mapping: &'p At<'p, 't>,
    /// `None` for a mapping with keys of the user.
    structure: Option<Structure>,
    rest: I,
    current: Option<Entry<'t>>,
}

impl<'p, 't, I: Iterator<Item = Entry<'t>>> Fields<'p, 't, I> {
    pub(super) fn new(mapping: &'p At<'p, 't>, structure: Option<Structure>, fields: I) -> Self {
        Self { mapping, structure, rest: fields, current: None }
    }

    fn next_known(&mut self) -> Option<Entry<'t>> {
        loop {
            let entry = self.rest.next()?;
            let Some(Structure { name, fields }) = self.structure else { return Some(entry) };
            let field = || self.mapping.step(Step::Key(entry.key), entry.value);
            match self.mapping.types().key(name, fields, &entry.key.key_name()) {
                Key::Field => return Some(entry),
                Key::AnyText if entry.value.as_str().is_some() => {}
                Key::AnyText => field().expected(Shape::Text),
                Key::Unknown => {
                    field().note_at(entry.key, Mistake::UnknownField { structure: name, known: fields });
                }
            }
        }
    }
}

impl<'t, I: Iterator<Item = Entry<'t>>> MapAccess<'t> for Fields<'_, 't, I> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        self.current = self.next_known();
        self.current.map(|entry| seed.deserialize(Name(entry.key))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Error> {
        match self.current.take() {
            Some(Entry { key, value }) => seed.deserialize(self.mapping.step(Step::Key(key), value)),
            None => Err(de::Error::custom("a value was read before its key")),
        }
    }
}

/// A key: its name, whatever it looks like.
struct Name<'t>(NodeRef<'t>);

impl<'de> Deserializer<'de> for Name<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.key_name() {
            Cow::Borrowed(name) => visitor.visit_borrowed_str(name),
            Cow::Owned(name) => visitor.visit_string(name),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The entries of an empty list.
pub(super) struct NoItems;

impl<'t> SeqAccess<'t> for NoItems {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, _: T) -> Result<Option<T::Value>, Error> {
        Ok(None)
    }
}

/// The fields of an empty mapping.
pub(super) struct NoFields;

impl<'t> MapAccess<'t> for NoFields {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, _: K) -> Result<Option<K::Value>, Error> {
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, _: V) -> Result<V::Value, Error> {
        Err(de::Error::custom("there is no value"))
    }
}
