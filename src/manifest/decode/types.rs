//! What serde does not say about the API's types.

use super::time;
use crate::catalog::{Version, fields};
use crate::yaml::de::{Form, Types};
use crate::yaml::tree::Value;

/// The API's types in one version of Kubernetes.
pub(super) struct ApiTypes {
    pub(super) version: Version,
    /// Whether all fields are known. Of some kinds only a part is decoded.
    pub(super) knows_fields: bool,
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

    fn has_field(&self, structure: &str, known: &[&str], field: &str) -> bool {
        if !self.knows_fields {
            return true;
        }
        let is_known = known.contains(&field);
        if is_known && self.version == Version::NEWEST {
            return true;
        }
        fields::lifetime(structure, field).map_or(is_known, |lifetime| lifetime.contains(self.version))
    }
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

fn is_quantity(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first))
}
