//! All mappings of which an object of a kind can consist, with their fields: asked of the types themselves.

use std::cell::RefCell;
use std::sync::OnceLock;

use serde::de::value::Error;
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer as _, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::types::says_type;
use crate::manifest::{Kind, Typed};
use crate::yaml::path::{Path, Segment};

/// A mapping that can be part of an object: a level on which fields stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// The way to it from the object; to the entries of a list through the first one.
    pub path: Path,
    /// The name of its type.
    pub structure: &'static str,
    /// Its fields.
    pub fields: &'static [&'static str],
}

impl Level {
    /// The levels of an object of this kind, outer ones before those in them. Mappings with keys of the user are none.
    pub fn all(kind: Kind) -> &'static [Self] {
        static LEVELS: [OnceLock<Vec<Level>>; Kind::ALL.len()] = [const { OnceLock::new() }; Kind::ALL.len()];
        let traced = || Self::traced(kind).0;
        LEVELS.get(kind as usize).map(|levels| levels.get_or_init(traced).as_slice()).unwrap_or_default()
    }

    /// The levels, and the object that comes of looking for them: it is full of zero values.
    fn traced(kind: Kind) -> (Vec<Self>, Result<Typed, Error>) {
        let levels = RefCell::default();
        let object = Typed::decode(kind, Tracer { kind, levels: &levels, way: None });
        (levels.into_inner(), object)
    }
}

/// A deserializer that brings every field of every type, and takes down which those are.
#[derive(Clone, Copy)]
struct Tracer<'p> {
    kind: Kind,
    levels: &'p RefCell<Vec<Level>>,
    way: Option<Way<'p>>,
}

/// The last step of the way to a value.
#[derive(Clone, Copy)]
struct Way<'p> {
    from: &'p Tracer<'p>,
    /// The structure in which the step begins, and its field; `None` from a list to its entries.
    field: Option<(&'static str, &'static str)>,
}

impl Tracer<'_> {
    fn ways(&self) -> impl Iterator<Item = Way<'_>> {
        std::iter::successors(self.way, |way| way.from.way)
    }

    fn path(&self) -> Path {
        let segment = |way: Way<'_>| match way.field {
            Some((_, name)) => Segment::Name(name.to_owned()),
            None => Segment::Index(0),
        };
        let mut segments: Vec<_> = self.ways().map(segment).collect();
        segments.reverse();
        segments.into_iter().collect()
    }

    /// Whether the way leads through a structure: a type that holds itself has no end of levels.
    fn is_in(&self, structure: &str) -> bool {
        self.ways().any(|way| way.field.is_some_and(|(within, _)| within == structure))
    }
}

impl<'de> Deserializer<'de> for Tracer<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i32(0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        match name {
            "Time" | "MicroTime" => visitor.visit_newtype_struct("1970-01-01T00:00:00Z".into_deserializer()),
            "Quantity" => visitor.visit_newtype_struct("0".into_deserializer()),
            _ => visitor.visit_newtype_struct(().into_deserializer()),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(false)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str("")
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str("")
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(OneItem { list: &self, is_read: false })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Fields { tracer: &self, structure: "", rest: [].iter(), current: "" })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        structure: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.is_in(structure) {
            return self.deserialize_map(visitor);
        }
        self.levels.borrow_mut().push(Level { path: self.path(), structure, fields });
        visitor.visit_map(Fields { tracer: &self, structure, rest: fields.iter(), current: "" })
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct enum
        identifier ignored_any
    }
}

struct OneItem<'p> {
    list: &'p Tracer<'p>,
    is_read: bool,
}

impl<'de> SeqAccess<'de> for OneItem<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if std::mem::replace(&mut self.is_read, true) {
            return Ok(None);
        }
        let way = Way { from: self.list, field: None };
        seed.deserialize(Tracer { way: Some(way), ..*self.list }).map(Some)
    }
}

struct Fields<'p> {
    tracer: &'p Tracer<'p>,
    structure: &'static str,
    rest: std::slice::Iter<'static, &'static str>,
    current: &'static str,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        // What these two say has to be the type.
        let (kind, structure) = (self.tracer.kind, self.structure);
        let Some(field) = self.rest.find(|field| !says_type(kind, structure, field)) else { return Ok(None) };
        self.current = field;
        seed.deserialize((*field).into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let way = Way { from: self.tracer, field: Some((self.structure, self.current)) };
        seed.deserialize(Tracer { way: Some(way), ..*self.tracer })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(kind: Kind) -> Vec<String> {
        Level::all(kind).iter().map(|level| level.path.to_string()).collect()
    }

    #[test]
    fn every_level_of_an_object_is_known() {
        let levels = Level::all(Kind::Job);
        let pod = levels.iter().find(|level| level.path.to_string() == "spec.template.spec").unwrap();
        assert_eq!(pod.structure, "PodSpec");
        assert!(pod.fields.contains(&"restartPolicy"));
        let paths = paths(Kind::CronJob);
        for path in [
            "",
            "metadata",
            "metadata.ownerReferences[0]",
            "spec.jobTemplate.spec.template.spec.containers[0].resources.claims[0]",
            "spec.jobTemplate.spec.template.spec.volumes[0].projected.sources[0].clusterTrustBundle.labelSelector",
            "status.active[0]",
        ] {
            assert!(paths.iter().any(|known| known == path), "{path}");
        }
        assert_eq!(paths.iter().collect::<std::collections::HashSet<_>>().len(), paths.len());
    }

    #[test]
    fn every_kind_is_walked_to_its_end() {
        for kind in Kind::ALL {
            let (levels, object) = Level::traced(kind);
            assert!(levels.len() > 2 && object.is_ok(), "{kind:?}: {object:?}");
        }
    }
}
