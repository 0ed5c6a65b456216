//! Writes a tree as JSON, as Kubernetes' conversion of YAML does.

use std::fmt::Write as _;

use super::tree::{Entry, NodeRef, Value};

/// A text cannot come to more than this, however often its aliases are used.
const MAX_LENGTH: usize = 16 << 20;

/// As deep as readers of JSON commonly go.
const MAX_DEPTH: usize = 100;

/// The node as JSON on one line. Fails, with the reason, where no JSON can say it.
pub fn to_json(node: NodeRef<'_>) -> Result<String, &'static str> {
    let mut json = String::new();
    write_value(node, 0, &mut json)?;
    Ok(json)
}

fn write_value(node: NodeRef<'_>, depth: usize, json: &mut String) -> Result<(), &'static str> {
    if depth > MAX_DEPTH {
        return Err("it nests too deeply");
    }
    if json.len() > MAX_LENGTH {
        return Err("it is too large");
    }
    match node.value() {
        Value::Null => json.push_str("null"),
        Value::Bool(value) => json.push_str(if value { "true" } else { "false" }),
        Value::Int(value) => drop(write!(json, "{value}")),
        Value::Uint(value) => drop(write!(json, "{value}")),
        Value::Float(value) => json.push_str(&number(value)?),
        Value::Str(value) => write_string(value, json),
        Value::Sequence => {
            let items = node.items().map(|item| (None, item));
            write_all(['[', ']'], items, depth, json)?;
        }
        Value::Mapping => {
            let fields = node.fields().map(|Entry { key, value }| (Some(key), value));
            write_all(['{', '}'], fields, depth, json)?;
        }
    }
    Ok(())
}

fn write_all<'a>(
    [open, close]: [char; 2],
    items: impl Iterator<Item = (Option<NodeRef<'a>>, NodeRef<'a>)>,
    depth: usize,
    json: &mut String,
) -> Result<(), &'static str> {
    json.push(open);
    for (position, (key, value)) in items.enumerate() {
        if position > 0 {
            json.push(',');
        }
        if let Some(key) = key {
            write_string(&key.key_name(), json);
            json.push(':');
        }
        write_value(value, depth + 1, json)?;
    }
    json.push(close);
    Ok(())
}

fn write_string(text: &str, json: &mut String) {
    json.push_str(&serde_json::Value::from(text).to_string());
}

/// Infinity and what is no number are no JSON.
fn number(value: f64) -> Result<String, &'static str> {
    let number = serde_json::Number::from_f64(value);
    number.map(|number| number.to_string()).ok_or("a number in it is none that JSON knows")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::yaml::tree::{Origin, Tree};

    fn json(text: &str) -> Result<String, &'static str> {
        to_json(Tree::parse(text, Origin { file: FileId::new(0), base: 0 }).unwrap().root().unwrap())
    }

    #[test]
    fn values_are_what_kubernetes_makes_of_them() {
        let text = "b: [~, yes, 0o17, 1.5]\na: \"x\\ty\\u2028\"\n1: &x {on: '1'}\nc: *x\n";
        let expected =
            "{\"b\":[null,true,15,1.5],\"a\":\"x\\ty\u{2028}\",\"1\":{\"true\":\"1\"},\"c\":{\"true\":\"1\"}}";
        assert_eq!(json(text).unwrap(), expected);
    }

    #[test]
    fn what_no_json_can_say_is_refused() {
        assert!(json(&format!("{}1{}", "[".repeat(200), "]".repeat(200))).unwrap_err().contains("deep"));
        let wide = format!("a: &a {}\nb: [{}]\n", "x".repeat(1 << 20), vec!["*a"; 64].join(", "));
        assert!(json(&wide).unwrap_err().contains("large"));
    }
}
