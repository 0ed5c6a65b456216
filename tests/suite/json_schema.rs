//! Whether a value is as a JSON Schema has it.

use regex_lite::Regex;
use serde_json::Value;

/// Whether a value is as a schema has it, as far as the published schemas go.
pub(crate) fn fits(value: &Value, schema: &Value, whole: &Value) -> bool {
    if let Some(reference) = schema["$ref"].as_str() {
        return fits(value, whole.pointer(&reference[1..]).unwrap(), whole);
    }
    let all = |schemas: &Value| schemas.as_array().unwrap().iter().all(|schema| fits(value, schema, whole));
    let name = match value {
        Value::Null => "null",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
    };
    let fields = value.as_object();
    let field_fits = |(key, inner): (&String, &Value)| match schema["properties"].get(key) {
        Some(schema) => fits(inner, schema, whole),
        None => schema["additionalProperties"] != Value::Bool(false),
    };
    let has = |key: &Value| fields.is_some_and(|fields| fields.contains_key(key.as_str().unwrap()));
    schema.as_object().unwrap().iter().all(|(keyword, said)| match keyword.as_str() {
        "type" => said == name || said.as_array().is_some_and(|names| names.iter().any(|said| said == name)),
        "enum" => said.as_array().unwrap().contains(value),
        "allOf" => all(said),
        "anyOf" => said.as_array().unwrap().iter().any(|schema| fits(value, schema, whole)),
        "not" => !fits(value, said, whole),
        "dependencies" => {
            let needed = |(key, needed): (&String, &Value)| {
                !has(&Value::from(key.as_str())) || needed.as_array().unwrap().iter().all(has)
            };
            said.as_object().unwrap().iter().all(needed)
        }
        "items" => value.as_array().is_none_or(|items| items.iter().all(|item| fits(item, said, whole))),
        "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= said.as_u64().unwrap()),
        "properties" => fields.is_none_or(|fields| fields.iter().all(field_fits)),
        "required" => fields.is_none() || said.as_array().unwrap().iter().all(has),
        "pattern" => value.as_str().is_none_or(|text| Regex::new(said.as_str().unwrap()).unwrap().is_match(text)),
        "maxLength" => value.as_str().is_none_or(|text| text.len() as u64 <= said.as_u64().unwrap()),
        "additionalProperties" | "description" | "examples" | "$schema" | "title" | "definitions" => true,
        other => panic!("`{other}` is not known here"),
    })
}
