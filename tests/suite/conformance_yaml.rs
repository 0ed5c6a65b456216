//! Agreement with what Kubernetes' own conversion makes of texts: `testdata/conformance/yaml.jsonl.gz`.
//!
//! Each line there is a text with its documents as Kubernetes splits and converts them, or the error.

use rolecall::source::FileId;
use rolecall::yaml::documents::{self, Piece};
use rolecall::yaml::tree::{NodeRef, Origin, Tree, Value as Meaning};
use serde::Deserialize;
use serde_json::Value;

use crate::scratch;

#[derive(Deserialize)]
struct Case {
    id: String,
    #[serde(deserialize_with = "bytes")]
    text: Vec<u8>,
    documents: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    json: Option<Value>,
    error: Option<String>,
    #[serde(rename = "strictError")]
    strict_error: Option<String>,
}

/// What stands in the data where Kubernetes converts to `null`.
fn json_of(expected: &Expected) -> Result<&Value, &str> {
    match &expected.error {
        Some(error) => Err(error),
        None => Ok(expected.json.as_ref().unwrap_or(&Value::Null)),
    }
}

/// Texts on which Kubernetes and this reader do not agree whether they are YAML, each with its reason.
const DIFFER: [(&str, &str); 0] = [];

/// The bytes of a text. What is no UTF-8 stands in the data as lone surrogates, U+DC80 to U+DCFF for the bytes from 80 to
/// FF, which `serde_json` gives as if they were characters.
fn bytes<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    struct Text;

    impl serde::de::Visitor<'_> for Text {
        type Value = Vec<u8>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a text")
        }

        fn visit_bytes<E>(self, text: &[u8]) -> Result<Vec<u8>, E> {
            let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text);
            while let [first, behind @ ..] = rest {
                let (byte, behind) = match rest {
                    [0xED, 0xB2, low, behind @ ..] => (*low, behind),
                    [0xED, 0xB3, low, behind @ ..] => (*low | 0x40, behind),
                    _ => (*first, behind),
                };
                bytes.push(byte);
                rest = behind;
            }
            Ok(bytes)
        }
    }

    deserializer.deserialize_bytes(Text)
}

#[test]
fn lone_surrogates_are_bytes() {
    let line = r#"{"id": "x", "text": "a\udcffb\udc80é", "documents": []}"#;
    let case: Case = serde_json::from_str(line).unwrap();
    assert_eq!(case.text, b"a\xFFb\x80\xC3\xA9");
}

fn cases() -> Vec<Case> {
    scratch::conformance("yaml.jsonl.gz")
        .lines()
        .map(|line| {
            let mut deserializer = serde_json::Deserializer::from_str(line);
            deserializer.disable_recursion_limit();
            Case::deserialize(&mut deserializer).unwrap()
        })
        .collect()
}

/// The documents of a text as this project reads them. Kubernetes reads nothing behind a bad separator, and loses the
/// document before it.
fn read(text: &[u8]) -> Vec<Result<Value, String>> {
    let mut documents = Vec::new();
    for piece in documents::split(text, "kind") {
        match piece {
            Piece::BadSeparator { .. } => {
                documents.pop();
                documents.push(Err("bad separator".to_owned()));
                break;
            }
            Piece::Document { range, .. } => documents.push(match std::str::from_utf8(&text[range]) {
                Ok(text) => match Tree::parse(text, Origin { file: FileId::new(0), base: 0 }) {
                    Ok(tree) => Ok(tree.root().map_or(Value::Null, to_json)),
                    Err(error) => Err(error.message.into_owned()),
                },
                Err(error) => Err(error.to_string()),
            }),
        }
    }
    documents
}

fn to_json(node: NodeRef<'_>) -> Value {
    match node.value() {
        Meaning::Null => Value::Null,
        Meaning::Bool(value) => value.into(),
        Meaning::Int(value) => value.into(),
        Meaning::Uint(value) => value.into(),
        Meaning::Float(value) => value.into(),
        Meaning::Str(value) => value.into(),
        Meaning::Sequence => node.items().map(to_json).collect(),
        Meaning::Mapping => {
            node.fields().map(|field| (field.key.key_name().into_owned(), to_json(field.value))).collect()
        }
    }
}

/// Equality in which a number is its value: `1.0` is `1`.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, one)| other.get(key).is_some_and(|other| same(one, other)))
        }
        _ => one == other,
    }
}

/// Runs a check with a stack for texts that nest thousands of levels deep: the JSON values of this test recurse.
fn with_deep_stack(check: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(512 << 20).spawn(check).unwrap();
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

#[test]
fn values_and_refusals_are_those_of_kubernetes() {
    with_deep_stack(|| {
        let cases = cases();
        assert!(cases.len() > 100, "the data are incomplete");
        let mut values = 0;
        let differing: Vec<_> =
            cases.iter().filter_map(|case| Some((&case.id, difference(case, &mut values)?))).collect();
        crate::tell(&format!(
            "{} of {} texts agree; {values} values compared",
            cases.len() - differing.len(),
            cases.len()
        ));
        let listed = |id: &str| DIFFER.iter().any(|(listed, _)| *listed == id);
        let unlisted: Vec<_> = differing.iter().filter(|(id, _)| !listed(id)).map(|(_, what)| what.as_str()).collect();
        assert!(unlisted.is_empty(), "texts differ that are not listed:\n{}", unlisted.join("\n"));
        assert_eq!(differing.len(), DIFFER.len(), "a text is listed as different and agrees");
    });
}

/// On which document this reader and Kubernetes do not agree whether it is YAML. Panics where both accept it, and find
/// different values.
fn difference(case: &Case, values: &mut usize) -> Option<String> {
    let shown: String = String::from_utf8_lossy(&case.text).chars().take(80).collect();
    let read = read(&case.text);
    if read.len() != case.documents.len() {
        return Some(format!("{} {shown:?}: {} documents, not {}", case.id, read.len(), case.documents.len()));
    }
    for (read, expected) in read.iter().zip(&case.documents) {
        match (read, json_of(expected)) {
            (Ok(read), Ok(expected)) => {
                *values += 1;
                assert!(same(read, expected), "{} {shown:?}: {expected}, not {read}", case.id);
            }
            (Err(_), Err(_)) => {}
            (Ok(_), Err(error)) => return Some(format!("{} {shown:?} is refused: {error}", case.id)),
            (Err(error), Ok(_)) => return Some(format!("{} {shown:?} is no error: {error}", case.id)),
        }
    }
    None
}

#[test]
fn keys_that_strict_decoding_refuses_are_known() {
    with_deep_stack(|| {
        let mut strict = 0;
        for case in cases() {
            let refused = case.documents.iter().any(|document| document.strict_error.is_some());
            let Ok(text) = std::str::from_utf8(&case.text) else { continue };
            let merges = text.contains("<<");
            if case.documents.len() != 1 || merges {
                continue;
            }
            if let Ok(tree) = Tree::parse(text, Origin { file: FileId::new(0), base: 0 }) {
                assert_eq!(tree.duplicates().next().is_some(), refused, "{}: {text:?}", case.id);
                strict += usize::from(refused);
            }
        }
        assert!(strict >= 3, "only {strict} texts with duplicate keys");
    });
}
