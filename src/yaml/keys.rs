//! The names that Kubernetes' conversion to JSON gives to keys that are no strings.

use std::borrow::Cow;

use super::tree::Value;

/// The name of a key (`convertToJSONableObject` in sigs.k8s.io/yaml).
pub(super) fn name(key: Value<'_>) -> Cow<'_, str> {
    match key {
        Value::Str(text) => Cow::Borrowed(text),
        Value::Bool(value) => Cow::Borrowed(if value { "true" } else { "false" }),
        Value::Int(value) => Cow::Owned(value.to_string()),
        Value::Uint(value) => Cow::Owned(value.to_string()),
        Value::Float(value) => float_name(value),
        Value::Null | Value::Sequence | Value::Mapping => Cow::Borrowed(""),
    }
}

/// Go's `strconv.FormatFloat(value, 'g', -1, 32)`, with YAML's names for what is no number.
fn float_name(value: f64) -> Cow<'static, str> {
    #[expect(clippy::cast_possible_truncation, reason = "Kubernetes formats keys with single precision")]
    let single = value as f32;
    if single.is_nan() {
        return Cow::Borrowed(".nan");
    }
    if single.is_infinite() {
        return Cow::Borrowed(if single > 0.0 { ".inf" } else { "-.inf" });
    }
    let scientific = format!("{single:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..6).contains(&exponent) {
        return Cow::Owned(single.to_string());
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    Cow::Owned(format!("{digits}e{sign}{:02}", exponent.abs()))
}
