//! What serde does not say about the API's types.

use super::time;
use crate::catalog::{Version, fields};
use crate::manifest::Kind;
use crate::validate::is_quantity;
use crate::yaml::de::{Form, Key, Types};
use crate::yaml::tree::Value;

/// The API's types in one version of Kubernetes.
pub(super) struct ApiTypes {
    pub(super) version: Version,
    /// The kind of the object.
    pub(super) kind: Kind,
}

impl Types for ApiTypes {
    fn form(&self, name: &str) -> Option<&'static Form> {
        match name {
            "Quantity" => Some(&QUANTITY),
            "IntOrString" => Some(&INT_OR_STRING),
            "Time" | "MicroTime" => Some(&TIME),
            "FieldsV1" | "JSON" | "RawExtension" => Some(&ANYTHING),
            _ => None,
        }
    }

    fn key(&self, structure: &str, known: &[&str], key: &str) -> Key {
        if says_type(self.kind, structure, key) {
            return Key::AnyText;
        }
        if self.kind.is_read_in_part() {
            return Key::Field;
        }
        let is_known = known.contains(&key);
        if is_known && self.version == Version::NEWEST {
            return Key::Field;
        }
        let has_it = fields::lifetime(structure, key).map_or(is_known, |lifetime| lifetime.contains(self.version));
        if has_it { Key::Field } else { Key::Unknown }
    }
}

/// Whether a field says of what type an object of this kind is, or one inside it. The former has been judged before it
/// is decoded; of the latter, the API server takes any.
pub(super) fn says_type(kind: Kind, structure: &str, field: &str) -> bool {
    matches!(field, "apiVersion" | "kind") && (structure == kind.name() || structure == "PersistentVolumeClaim")
}

/// A quantity: a number, or a string with a unit. Whatever else stands there, the API server's parser gets to see.
pub static QUANTITY: Form = Form {
    words: "a quantity such as `500m`, `2` or `1Gi`",
    fits: Some(|value| match value {
        Value::Int(_) | Value::Uint(_) | Value::Float(_) => true,
        Value::Str(text) => is_quantity(text.trim()),
        _ => false,
    }),
    zero: Value::Str("0"),
};

/// A time as RFC 3339 has it.
pub static TIME: Form = Form {
    words: "a time such as `2026-01-31T08:30:00Z`",
    fits: Some(|value| matches!(value, Value::Str(text) if time::is_rfc3339(text))),
    zero: Value::Str("1970-01-01T00:00:00Z"),
};

static INT_OR_STRING: Form = Form {
    words: "a string or a whole number between -2147483648 and 2147483647",
    fits: Some(|value| match value {
        Value::Str(_) => true,
        Value::Int(value) => i32::try_from(value).is_ok(),
        Value::Float(value) => value.fract() == 0.0 && (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&value),
        _ => false,
    }),
    zero: Value::Int(0),
};

/// Types that hold any JSON.
static ANYTHING: Form = Form { words: "anything", fits: None, zero: Value::Null };
