//! Decodes a tree into any type that serde knows, the way the API server decodes JSON.
//!
//! As in Go's decoder, `null` leaves every type at its zero value, and a number with a fraction of zero is a whole
//! number. Field names are case-sensitive. Fields that a type does not have are passed over.

use std::fmt;

use serde::de::{
    self, DeserializeSeed, Deserializer, Expected, IntoDeserializer as _, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use super::excerpt;
use super::tree::{Entry, NodeRef, Value};
use crate::source::Span;

/// Why a tree is not of a type, and where it is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What is wrong: lower case, without a final period.
    pub message: String,
    /// What belongs there.
    pub expected: Shape,
    /// The innermost node that does not fit; `None` only for an error that no node caused.
    pub span: Option<Span>,
}

/// What belongs in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A string.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list.
    List,
    /// A mapping.
    Mapping,
    /// Something with a form of its own, such as a quantity.
    Other,
}

impl Error {
    fn new(message: String, expected: Shape) -> Self {
        Self { message, expected, span: None }
    }

    fn at(mut self, node: NodeRef<'_>) -> Self {
        self.span.get_or_insert_with(|| node.span());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string(), Shape::Other)
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let name = expected.to_string();
        let (shape, words) = in_plain_words(&name);
        Self::new(format!("expected {words}, found {}", in_words(found)), shape)
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let name = expected.to_string();
        let (shape, words) = in_plain_words(&name);
        // Only here, where a number is none that fits, it matters how large one may be.
        let range = if shape == Shape::Number { " between -2147483648 and 2147483647" } else { "" };
        Self::new(format!("expected {words}{range}, found {}", in_words(found)), shape)
    }
}

/// serde and the API types name what they expect in Rust's words; these are the user's.
fn in_plain_words(name: &str) -> (Shape, &str) {
    match name {
        "i32" | "i64" => (Shape::Number, "a whole number"),
        "f64" => (Shape::Number, "a number"),
        "a boolean" => (Shape::Boolean, "`true` or `false`"),
        "a string" => (Shape::Text, name),
        "a sequence" => (Shape::List, "a list"),
        "a map" => (Shape::Mapping, "a mapping"),
        "IntOrString" => (Shape::Other, "a whole number or a string"),
        "Quantity" => (Shape::Other, "a quantity such as `500m`, `2` or `1Gi`"),
        _ if name.starts_with(|first: char| first.is_ascii_uppercase()) => (Shape::Mapping, "a mapping"),
        _ => (Shape::Other, name),
    }
}

fn in_words(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => format!("the boolean `{value}`"),
        Unexpected::Unsigned(value) => format!("the number `{value}`"),
        Unexpected::Signed(value) => format!("the number `{value}`"),
        Unexpected::Float(value) => format!("the number `{value}`"),
        Unexpected::Str(value) => format!("the string `{}`", excerpt(value)),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "a mapping".to_owned(),
        other => other.to_string(),
    }
}

impl<'de> NodeRef<'de> {
    /// What the node is, in a message: "the number `12`".
    pub(crate) fn in_words(self) -> String {
        match self.value() {
            Value::Null => "nothing".to_owned(),
            Value::Bool(value) => in_words(Unexpected::Bool(value)),
            Value::Int(value) => in_words(Unexpected::Signed(value)),
            Value::Uint(value) => in_words(Unexpected::Unsigned(value)),
            Value::Float(value) => in_words(Unexpected::Float(value)),
            Value::Str(value) => in_words(Unexpected::Str(value)),
            Value::Sequence => in_words(Unexpected::Seq),
            Value::Mapping => in_words(Unexpected::Map),
        }
    }

    /// Decodes the node.
    pub fn decode<T: de::Deserialize<'de>>(self) -> Result<T, Error> {
        T::deserialize(self)
    }

    fn visit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value() {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Int(value) => visitor.visit_i64(value),
            Value::Uint(value) => visitor.visit_u64(value),
            Value::Float(value) => match whole(value) {
                Some(value) => visitor.visit_i64(value),
                None => visitor.visit_f64(value),
            },
            Value::Str(value) => visitor.visit_borrowed_str(value),
            Value::Sequence => visitor.visit_seq(Items(self.items())),
            Value::Mapping => visitor.visit_map(Fields { fields: self.fields(), value: None }),
        }
    }
}

/// The number as Kubernetes' conversion writes it into JSON: without a fraction or an exponent it is a whole one.
#[expect(clippy::cast_possible_truncation, reason = "checked: whole and far inside the range of i64")]
fn whole(value: f64) -> Option<i64> {
    (value.fract() == 0.0 && value.abs() < 1e18).then_some(value as i64)
}

/// Types of the API that hold any JSON. It may nest without end, and nothing is asked of it, so that it is passed over.
const FREE_FORM: [&str; 3] = ["FieldsV1", "JSON", "RawExtension"];

impl<'de> Deserializer<'de> for NodeRef<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.visit(visitor).map_err(|error| error.at(self.resolved()))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        if FREE_FORM.contains(&name) {
            return visitor.visit_newtype_struct(().into_deserializer());
        }
        if name == "Quantity" && self.is_null() {
            return visitor.visit_newtype_struct("0".into_deserializer());
        }
        visitor.visit_newtype_struct(self).map_err(|error: Error| error.at(self.resolved()))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_null() { visitor.visit_bool(false) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_null() { visitor.visit_i64(0) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_null() { visitor.visit_borrowed_str("") } else { self.deserialize_any(visitor) }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_null() { visitor.visit_seq(NoItems) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_null() { visitor.visit_map(NoFields) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct enum identifier
    }
}

struct Items<I>(I);

impl<'de, I: Iterator<Item = NodeRef<'de>>> SeqAccess<'de> for Items<I> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.0.next().map(|item| seed.deserialize(item)).transpose()
    }
}

struct Fields<'de, I> {
    fields: I,
    value: Option<NodeRef<'de>>,
}

impl<'de, I: Iterator<Item = Entry<'de>>> MapAccess<'de> for Fields<'de, I> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(Entry { key, value }) = self.fields.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(Key(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        match self.value.take() {
            Some(value) => seed.deserialize(value),
            None => Err(de::Error::custom("a value was read before its key")),
        }
    }
}

/// A key: its name, whatever it looks like.
struct Key<'de>(NodeRef<'de>);

impl<'de> Deserializer<'de> for Key<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.key_name() {
            std::borrow::Cow::Borrowed(name) => visitor.visit_borrowed_str(name),
            std::borrow::Cow::Owned(name) => visitor.visit_string(name),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct NoItems;

impl<'de> SeqAccess<'de> for NoItems {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, _: T) -> Result<Option<T::Value>, Error> {
        Ok(None)
    }
}

struct NoFields;

impl<'de> MapAccess<'de> for NoFields {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, _: K) -> Result<Option<K::Value>, Error> {
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, _: V) -> Result<V::Value, Error> {
        Err(de::Error::custom("there is no value"))
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may panic")]
mod tests {
    use std::collections::BTreeMap;

    use k8s_openapi::api::batch::v1::JobSpec;
    use k8s_openapi::api::core::v1::ResourceRequirements;

    use super::*;
    use crate::source::FileId;
    use crate::yaml::tree::{Origin, Tree};

    fn decode<T: for<'de> de::Deserialize<'de>>(text: &str) -> Result<T, (String, String)> {
        let tree = Tree::parse(text, Origin { file: FileId::new(0), base: 0 }).unwrap();
        let root = tree.root().unwrap();
        root.decode().map_err(|error| (error.message, text[error.span.unwrap().range()].to_owned()))
    }

    #[test]
    fn reads_numbers_as_the_api_server_does() {
        let spec: JobSpec = decode("backoffLimit: 3.0\ncompletions: 1e1\nparallelism: 0x10\nsuspend: off\n").unwrap();
        assert_eq!((spec.backoff_limit, spec.completions, spec.parallelism), (Some(3), Some(10), Some(16)));
        assert_eq!(spec.suspend, Some(false));
    }

    #[test]
    fn null_is_unset() {
        let spec: JobSpec = decode("backoffLimit: null\ntemplate: ~\nselector:\n").unwrap();
        assert_eq!(spec, JobSpec::default());
        let map: BTreeMap<String, Vec<String>> = decode("a: null\nb: [null, x]\n").unwrap();
        assert_eq!(map["a"], [""; 0]);
        assert_eq!(map["b"], ["", "x"]);
    }

    #[test]
    fn the_last_of_equal_keys_counts_alone() {
        let spec: JobSpec = decode("backoffLimit: wrong\nbackoffLimit: 2\n").unwrap();
        assert_eq!(spec.backoff_limit, Some(2));
    }

    #[test]
    fn merge_keys_apply_where_they_stand() {
        let text = "one: &one {backoffLimit: 1, completions: 5}\ntwo: {completions: 2, <<: *one, backoffLimit: 3}\n";
        let map: BTreeMap<String, BTreeMap<String, i64>> = decode(text).unwrap();
        assert_eq!(map["two"], BTreeMap::from([("backoffLimit".to_owned(), 3), ("completions".to_owned(), 5)]));
    }

    #[test]
    fn quantities_may_be_numbers() {
        let resources: ResourceRequirements =
            decode("limits: {cpu: 2, memory: 1Gi, share: 0.5, none: null}\n").unwrap();
        let limits = resources.limits.unwrap();
        assert_eq!(
            (limits["cpu"].0.as_str(), limits["memory"].0.as_str(), limits["share"].0.as_str()),
            ("2", "1Gi", "0.5")
        );
        assert_eq!(limits["none"].0, "0");
    }

    #[test]
    fn errors_point_at_the_innermost_value() {
        let number = "a whole number between -2147483648 and 2147483647";
        for (text, message, place) in [
            ("backoffLimit: \"3\"", "expected a whole number, found the string `3`", "\"3\""),
            ("completions: 3000000000", &*format!("expected {number}, found the number `3000000000`"), "3000000000"),
            ("suspend: \"true\"", "expected `true` or `false`, found the string `true`", "\"true\""),
            ("template: {spec: {containers: {}}}", "expected a list, found a mapping", "{}"),
            ("template: {metadata: {labels: {a: on}}}", "expected a string, found the boolean `true`", "on"),
            ("template: [a]", "expected a mapping, found a list", "[a]"),
        ] {
            let error = decode::<JobSpec>(text).unwrap_err();
            assert_eq!(error, (message.to_owned(), place.to_owned()), "{text}");
        }
    }
}
