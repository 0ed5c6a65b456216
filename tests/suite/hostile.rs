//! Texts that are made to break a reader end in a clear finding or in the right answer, and cost nobody else anything.

use std::fs;
use std::path::Path;
use std::process::Command;

use proptest::prelude::*;
use rolecall::lint::{Settings, lint};
use rolecall::manifest::Options;
use rolecall::report::{Concise, Human, Json, Look, Reporter};
use serde_json::Value;
use tempfile::TempDir;

use crate::scratch::files_under;

/// A Job with one finding, at 9:22. Its pod spec stands last, so that more can be added to it.
const JOB: &str = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: pi\nspec:\n  backoffLimit: 2\n  template:\n    spec:\n      restartPolicy: Always\n      containers: [{name: pi, image: perl}]\n";

const JOB_JSON: &str = r#"{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"pi"},"spec":{"backoffLimit":2,"template":{"spec":{"restartPolicy":"Always","containers":[{"name":"pi","image":"perl"}]}}}}"#;

const LARGE: usize = 500_000;

const ALWAYS: &str = "job-restart-policy-always";
const SYNTAX: &str = "file-syntax-error";
const TYPE: &str = "object-wrong-type";
const FIELD: &str = "object-unknown-field";
const TWICE: &str = "object-duplicate-key";

/// What the program says about one text, in one format.
fn say(format: &str, text: &[u8]) -> (Option<i32>, String) {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("x.yaml"), text).unwrap();
    let (code, out, err) = lint_directory(directory.path(), &["-o", format]);
    assert!(!err.contains("panicked") && !err.contains("overflow"), "{format}: {err}");
    (code, out)
}

/// What the program says about a directory: exit code, standard output and standard error.
fn lint_directory(directory: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolecall"));
    let output = command.arg("lint").args(args).current_dir(directory).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// The findings of a report in JSON: `rule line:column`.
fn places(json: &str) -> Vec<String> {
    let report: Value = serde_json::from_str(json).unwrap();
    let place = |finding: &Value| {
        let start = &finding["location"]["start"];
        format!("{} {}:{}", finding["rule"].as_str().unwrap(), start["line"], start["column"])
    };
    report["findings"].as_array().unwrap().iter().map(place).collect()
}

/// Runs the program on a text in every format, on a large one only in JSON, which takes a second for each megabyte
/// without optimisation. A place `rule` without line and column stands for any place.
fn expect(what: &str, text: impl AsRef<[u8]>, expected: &[&str]) {
    let text = text.as_ref();
    let code = Some(i32::from(!expected.is_empty()));
    let (json_code, json) = say("json", text);
    assert_eq!(json_code, code, "{what}: {json}");
    let found = places(&json);
    let same = |(found, expected): (&String, &&str)| found == expected || found.split(' ').next() == Some(*expected);
    assert!(found.len() == expected.len() && found.iter().zip(expected).all(same), "{what}: {found:?}");
    for format in if text.len() > LARGE { &[][..] } else { &["human", "concise"] } {
        let (format_code, shown) = say(format, text);
        assert_eq!(format_code, code, "{what}: {format}");
        assert!(shown.len() < 4000 * (found.len() + 1), "{what}: {} bytes of {format}", shown.len());
    }
}

fn broken_texts() -> Vec<(&'static str, Vec<u8>)> {
    let deep = |unit: &str| unit.repeat(200_000 / unit.len()).into_bytes();
    vec![
        ("nul", b"a: \0\n".to_vec()),
        ("nul-in-job", format!("{JOB}x: a\0b\n").into_bytes()),
        ("nothing-but-nul", vec![0; 5000]),
        ("latin-1", b"a: caf\xE9\n".to_vec()),
        ("utf-16", "kind: Job\n".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("tab", b"a:\n\tb: 1\n".to_vec()),
        ("tab-behind-spaces", b"a:\n  b: 1\n  \tc: 2\n".to_vec()),
        ("escape", b"a: \x1b[31m\n".to_vec()),
        ("many-brackets", deep("[")),
        ("many-braces", deep("{ ")),
        ("many-keys-in-braces", deep("{a: ")),
        ("many-dashes-and-questions", deep("- ? ")),
        ("many-stars", deep("*")),
        ("many-colons", deep(": ")),
        ("open-quote", format!("a: \"{}", "x\n".repeat(100_000)).into_bytes()),
        ("open-brackets", deep("[\n")),
        ("self", b"a: &a [*a]\n".to_vec()),
        ("self-in-key", b"? &a [*a]\n: 1\n".to_vec()),
        ("self-merge", b"a: &a {<<: *a}\n".to_vec()),
        ("merge-cycle", b"a: &a {x: &b {<<: *a}, <<: *b}\n".to_vec()),
        ("list-as-key", b"[a]: b\n".to_vec()),
        ("nothing-as-key", b"~: b\n".to_vec()),
        ("separator", b"--- a: 1\n".to_vec()),
        ("laughs", laughs(9).into_bytes()),
        ("merged-laughs", merged_laughs(40).into_bytes()),
    ]
}

/// A list, and then lists of ten aliases to the one before.
fn laughs(levels: usize) -> String {
    let list = |level| format!("a{}: &a{} [{}]\n", level + 1, level + 1, vec![format!("*a{level}"); 10].join(", "));
    (0..levels).map(list).fold("a0: &a0 [lol]\n".to_owned(), |text, line| text + &line)
}

/// A mapping, and then mappings that merge the one before twice.
fn merged_laughs(levels: usize) -> String {
    let mapping = |level| format!("a{}: &a{} {{<<: [*a{level}, *a{level}], k{level}: 1}}\n", level + 1, level + 1);
    (0..levels).map(mapping).fold("a0: &a0 {x: 1}\n".to_owned(), |text, line| text + &line)
}

#[test]
fn broken_texts_are_one_finding_and_cost_the_documents_beside_them_nothing() {
    for (what, text) in broken_texts() {
        expect(what, &text, &[SYNTAX]);
        let lines = text.split(|byte| *byte == b'\n').count();
        let (_, json) = say("json", &[b"# c\n---\n", &text[..], b"\n---\n", JOB.as_bytes()].concat());
        let found = places(&json);
        assert_eq!(found.last(), Some(&format!("{ALWAYS} {}:22", lines + 1 + 2 + 9)), "{what}: {found:?}");
        assert_eq!(found.len(), 2, "{what}: {found:?}");
    }
}

#[test]
fn one_broken_file_costs_that_file_alone() {
    let directory = TempDir::new().unwrap();
    let broken = broken_texts();
    for (what, text) in &broken {
        fs::write(directory.path().join(format!("{what}.yaml")), text).unwrap();
    }
    fs::write(directory.path().join("good.yaml"), JOB).unwrap();
    let (code, shown, _) = lint_directory(directory.path(), &["-o", "concise"]);
    assert_eq!(code, Some(1));
    assert!(shown.contains(&format!("good.yaml:9:22: error[{ALWAYS}]")), "{shown}");
    assert_eq!(shown.lines().count(), broken.len() + 1, "{shown}");
    for (what, _) in broken {
        assert!(
            shown.lines().any(|line| line.starts_with(&format!("{what}.yaml:")) && line.contains(SYNTAX)),
            "{what}"
        );
    }
}

#[test]
fn unusual_texts_are_read_as_what_they_are() {
    let here = |place: &str| format!("{ALWAYS} {place}");
    let both = [here("9:22"), here("20:22")];
    let [first, second] = both.each_ref().map(String::as_str);
    let two = format!("{JOB}---\n{JOB}");
    let in_json = here(&format!("1:{}", JOB_JSON.find("\"Always").unwrap() + 1));
    let annotated =
        |annotations: &str| JOB.replace("  name: pi\n", &format!("  name: pi\n  annotations: {annotations}\n"));
    let merge = annotated("&p {restartPolicy: Always}").replace("    restartPolicy: Always\n", "    <<: *p\n");
    let cases: [(&str, String, &[&str]); 19] = [
        ("empty", String::new(), &[]),
        ("comments", "# a\n  # b\n---\n# c".into(), &[]),
        ("mark", format!("\u{FEFF}{JOB}"), &[first]),
        ("mark, one line", format!("\u{FEFF}{JOB_JSON}"), &[&in_json]),
        ("CRLF", two.replace('\n', "\r\n"), &[first, second]),
        ("CR", JOB.replace('\n', "\r"), &[first]),
        ("last line without end", two.trim_end().into(), &[first, second]),
        ("wide text before", annotated("{x: '𝄞é𝄞é'}"), &[&here("10:22")]),
        (
            "wide text on the line",
            JOB.replace("spec:\n      restartPolicy: Always\n", "spec: {\n      'é𝄞': 1, restartpolicy: Always,\n")
                + "      }",
            &["object-unknown-field 9:7", "object-unknown-field 9:16"],
        ),
        ("key with an escape", JOB.replace("restartPolicy", "? \"restart\\x50olicy\"\n      "), &[&here("10:9")]),
        ("keys that are no strings", format!("{JOB}1: a\ntrue: b\n.5: c\n.inf: d\n"), &[FIELD; 4]),
        ("key twice", format!("{JOB}      restartPolicy: Never\n"), &["object-duplicate-key 11:7"]),
        ("alias", annotated("{a: &p Always}").replace("Policy: Always", "Policy: *p"), &[ALWAYS]),
        ("merge", merge, &[ALWAYS]),
        ("few laughs", format!("{JOB}{}", laughs(2)), &[FIELD; 3]),
        ("few merged laughs", format!("{JOB}{}", merged_laughs(6)), &[FIELD; 7]),
        // Kubernetes reads a piece of a file up to the end of its first document.
        ("anchors", "&a ".repeat(70_000), &["file-ignored-text"]),
        ("quotes", "\"".repeat(200_000), &["file-ignored-text"]),
        ("tags", "!!".repeat(100_000), &[]),
    ];
    for (what, text, expected) in cases {
        expect(what, text, expected);
    }
}

#[test]
fn deep_nesting_overflows_no_stack_wherever_it_stands() {
    let flow = format!("{}{}", "[".repeat(9_000), "]".repeat(9_000));
    let maps = format!("{}1{}", "{a: ".repeat(9_000), "}".repeat(9_000));
    let blocks = (0..1300).fold(String::new(), |text, depth| format!("{text}{}a:\n", " ".repeat(depth)));
    let lists = |depth| "{apiVersion: v1, kind: List, items: [".repeat(depth) + JOB_JSON + &"]}".repeat(depth);
    let mut cases = vec![
        ("dashes", format!("{JOB}      x:\n      {}\n", "- ".repeat(9_000)), FIELD),
        ("block mappings", format!("{blocks}---\n{JOB}"), ALWAYS),
        ("lists", lists(1000), ALWAYS),
        ("many lists", lists(4000), ALWAYS),
    ];
    for deep in [&flow, &maps] {
        // A field that holds any JSON.
        let managed =
            JOB.replace("  name: pi\n", &format!("  name: pi\n  managedFields: [{{fieldsV1: {{x: {deep}}}}}]\n"));
        let definition = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n";
        cases.push(("definition", format!("{definition}spec: {{versions: {deep}}}\n---\n{JOB}"), ALWAYS));
        cases.push(("unknown field", format!("{JOB}      x: {deep}\n"), FIELD));
        cases.push(("before", format!("x: {deep}\n{JOB}"), FIELD));
        cases.push(("status", format!("{JOB}status: {{x: {deep}}}\n"), FIELD));
        cases.push(("free field", managed, ALWAYS));
        cases.push(("patch", format!("{JOB}---\n$patch: {deep}\n"), ALWAYS));
        cases.push(("wrong type", format!("{JOB}      nodeName: {deep}\n"), TYPE));
    }
    let mut wrong = Vec::new();
    for (what, text, rule) in cases {
        // Threads that read one of several files have smaller stacks than the program's first one.
        let directory = TempDir::new().unwrap();
        (0..4).for_each(|copy| fs::write(directory.path().join(format!("{copy}.yaml")), &text).unwrap());
        for format in ["concise", "human"] {
            let (code, out, err) = lint_directory(directory.path(), &["-o", format]);
            if code != Some(1) || out.matches(rule).count() < 4 && format == "concise" || out.len() > 20_000 {
                wrong.push(format!("{what}, {format}: {code:?}, {} bytes {}", out.len(), err.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lists_and_objects_of_the_wrong_shape_are_told_and_not_feared() {
    let list = |items: &str| format!("apiVersion: v1\nkind: List\nitems: {items}\n");
    for items in ["text", "null", "", "{a: b}", "1", "[]", "[null, 1, text, [], {}]"] {
        let (code, json) = say("json", list(items).as_bytes());
        let report: Value = serde_json::from_str(&json).unwrap();
        assert!(matches!(code, Some(0 | 1)) && report["summary"]["documents"] == 1, "{items}: {json}");
    }
    expect("items beside nonsense", list(&format!("[null, 1, text, [], {JOB_JSON}]")), &[ALWAYS]);
    for (field, values) in [
        ("metadata", &["text", "12", "[a]"][..]),
        ("spec", &["text", "true", "[a]"]),
        ("spec.template", &["text", "1.5", "[a]"]),
        ("spec.template.spec", &["text", "12", "[a]"]),
        ("spec.template.spec.containers", &["text", "12", "{a: b}"]),
    ] {
        for value in values {
            let keys = field.split('.').enumerate().map(|(depth, key)| format!("{}{key}:", "  ".repeat(depth)));
            let text = format!("apiVersion: batch/v1\nkind: Job\n{} {value}", keys.collect::<Vec<_>>().join("\n"));
            let (line, last) = text.lines().enumerate().last().unwrap();
            expect(&text, &text, &[&format!("{TYPE} {}:{}", line + 1, last.len() - value.len() + 1)]);
        }
    }
    expect("kind", "apiVersion: batch/v1\nkind: [Job]\n", &[]);
}

#[test]
fn large_texts_take_time_in_proportion() {
    let keys =
        |name: fn(usize) -> String| (0..200_000).map(name).fold(String::new(), |text, key| text + &key + ": v\n");
    let labels = keys(|key| format!("    k{key}"));
    let documents = "---\nkind: Secret\n".repeat(100_000);
    let config = "---\napiVersion: v1\nkind: ConfigMap\ndata:\n".to_owned() + &"  key: a value\n".repeat(40);
    let role = "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\n\
         rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]\n";
    for (what, text, expected) in [
        ("keys", JOB.replace("  name: pi\n", &format!("  name: pi\n  labels:\n{labels}")), ALWAYS),
        ("keys of no field", format!("{JOB}x:\n{}", keys(|key| format!("  k{}", key / 2))), FIELD),
        ("marks", "---\n".repeat(100_000) + JOB, "job-restart-policy-always 100009:22"),
        ("eight megabytes", format!("{config}{role}").repeat(12_000) + "---\n" + JOB, ALWAYS),
        ("documents", documents + "---\n" + JOB, "job-restart-policy-always 200010:22"),
    ] {
        expect(what, text, &[expected]);
    }
    let each_twice = keys(|key| format!("    k{}", key / 2));
    for (what, labels) in [("keys, each twice", each_twice), ("one key", keys(|_| "    k".to_owned()))] {
        // An API server, too, loses count at a hundred.
        expect(what, JOB.replace("  name: pi\n", &format!("  annotations:\n{labels}")), &[TWICE; 100]);
    }
    let bad_labels = keys(|key| format!("    k{key}_")).split_inclusive('\n').take(20_000).collect::<String>();
    let labelled = JOB.replace("  name: pi\n", &format!("  name: pi\n  labels:\n{bad_labels}"));
    expect("bad keys", labelled, &["object-invalid-label"; 1000]);
    let data = "x".repeat(LARGE);
    for (what, scalar) in [
        ("words", "x ".repeat(LARGE / 2)),
        ("quoted", format!("\"{data}\"")),
        ("escapes", format!("\"{}\"", "\\n".repeat(LARGE / 2))),
        ("block", format!("|\n    {}", "x\n    ".repeat(LARGE / 6))),
        ("folded", format!(">\n    {}", "x\n    ".repeat(LARGE / 6))),
        ("comment", format!("1 # {data}")),
        ("comments", format!("1\n{}", "  # c\n".repeat(LARGE / 6))),
        ("plain", data.clone()),
    ] {
        expect(what, format!("x:\n  a: {scalar}\n{JOB}"), &["object-unknown-field 1:1"]);
    }
    let name = data.replace('x', "xyz");
    let names = ["object-invalid-name", "object-invalid-name", ALWAYS];
    expect("name", JOB.replace("  name: pi\n", &format!("  name: {name}\n")), &names);
    expect("kind", format!("apiVersion: batch/v1\nkind: {}", "Jobs".repeat(100_000)), &[]);
    expect("wrong value", JOB.replace("Always", &format!("Always\n      nodeName: [{}]", &data[..90_000])), &[TYPE]);
}

#[test]
fn a_line_of_five_megabytes_is_read_to_its_end_and_not_shown_whole() {
    let config = r#"{"apiVersion":"v1","kind":"ConfigMap","data":{"a":"b"}},"#.repeat(90_000);
    let line = format!("{{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[{config}");
    let column = line.len() + JOB_JSON.find("\"Always").unwrap() + 1;
    let text = format!("{line}{JOB_JSON}]}}");
    let (_, shown) = say("human", text.as_bytes());
    assert!(shown.contains(&format!("x.yaml:1:{column}")) && shown.len() < 4000, "{} bytes", shown.len());
}

#[test]
fn nothing_acts_on_a_terminal() {
    let evil = "\u{1b}[31m\u{202e}\u{7}\u{9b}\u{2066}";
    let quoted = r#""\e[31m\u202E\a\u009b\u2066""#;
    let directory = TempDir::new().unwrap();
    let folder = directory.path().join(evil);
    fs::create_dir(&folder).unwrap();
    let cases = [
        ("name", JOB.replace("name: pi", &format!("name: {quoted}"))),
        ("value", JOB.replace("Always", &format!("Always\n      containers: {quoted}"))),
        ("field", JOB.replace("Always", &format!("Always\n      nodeSelector: {{{quoted}: [1]}}"))),
        ("kind", "apiVersion: batch/v1\nkind: \"Cronjo\\u202Eb\"\n".to_owned()),
        ("anchor", format!("a: *{}\n", "\u{202e}")),
        ("comment", JOB.replace("Always", "Always # \u{202e}\u{2066}")),
        ("bytes", format!("a: {evil}\n")),
        ("separator", format!("--- {evil}\n")),
        ("template", format!("{JOB}x: 1 # {{{{ {evil} }}}}\n")),
    ];
    for (what, text) in &cases {
        fs::write(folder.join(format!("{what}{evil}.yaml")), text).unwrap();
    }
    let [missing, none, broken] = ["", "*", "["].map(|end| format!("x{evil}{end}"));
    for args in [&["-o", "concise"][..], &["-o", "human"], &[&missing], &[&none], &["--exclude", &broken]] {
        let (_, out, err) = lint_directory(directory.path(), args);
        let acts =
            |c: char| c != '\n' && c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let shown = out + &err;
        let found = shown.lines().find(|line| line.chars().any(acts));
        assert!(!shown.is_empty() && found.is_none(), "{args:?}: {found:?}");
    }
    let report: Value = serde_json::from_str(&lint_directory(directory.path(), &["-o", "json"]).1).unwrap();
    assert_eq!(report["summary"]["files"], cases.len());
}

/// Lints a text, writes it down in every format, and checks every place.
fn check(directory: &Path, bytes: &[u8]) {
    let path = directory.join("x.yaml");
    fs::write(&path, bytes).unwrap();
    for parse_all in [false, true] {
        let options = Options { parse_all, ..Options::default() };
        let report = lint(&files_under(&path), &options, &Settings::default()).unwrap();
        for finding in &report.findings {
            for span in finding.related.iter().map(|related| related.span).chain([finding.span]) {
                assert!(span.start <= span.end && span.end as usize <= bytes.len(), "{span:?}");
                let text = std::str::from_utf8(bytes);
                assert!(text.is_err() || text.unwrap().get(span.range()).is_some(), "{span:?} cuts a character");
            }
        }
        let formats: [&dyn Reporter; 3] =
            [&Human { look: Look { color: true, width: 60 }, show_fixes: true }, &Concise, &Json];
        for format in formats {
            let mut out = Vec::new();
            format.write(&report, &mut out).unwrap();
            assert!(std::str::from_utf8(&out).is_ok());
        }
    }
}

/// Cuts, doubles or replaces the bytes between two places, or puts something at the first.
fn mutate(bytes: &mut Vec<u8>, operation: u8, one: prop::sample::Index, other: prop::sample::Index, new: &[u8]) {
    let (one, other) = (one.index(bytes.len() + 1), other.index(bytes.len() + 1));
    let range = one.min(other)..one.max(other).min(one.min(other) + 200);
    match operation {
        0 => drop(bytes.drain(range)),
        1 => drop(bytes.splice(range, new.iter().copied())),
        2 => drop(bytes.splice(range.start..range.start, new.iter().copied())),
        _ => bytes.extend_from_within(range),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_survived(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        let directory = TempDir::new().unwrap();
        check(directory.path(), text.as_bytes());
        check(directory.path(), &bytes);
        check(directory.path(), &[JOB.as_bytes(), b"      x: ", text.as_bytes()].concat());
    }

    #[test]
    fn any_text_of_indicators_is_survived(text in "[-?:,\\[\\]{}#&*!|>'\"%@`~<=a1 \\n\\r\\t\u{85}\u{2028}\u{FEFF}\\\\]{0,80}") {
        let directory = TempDir::new().unwrap();
        check(directory.path(), text.as_bytes());
        check(directory.path(), format!("{JOB}      x: {text}\n").as_bytes());
        check(directory.path(), format!("kind: Job\napiVersion: batch/v1\n{text}\nspec: {{}}\n").as_bytes());
    }

    #[test]
    fn damaged_files_are_survived(
        file in any::<prop::sample::Index>(),
        mutations in prop::collection::vec((0..4_u8, any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[-?:,{}#&*!|>'\" \\n\\ta\u{e9}\\[\\]]{0,4}"), 1..6),
    ) {
        let inputs = files_under(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/platform")));
        let mut bytes = file.get(&inputs.files).read().unwrap();
        for (operation, one, other, new) in mutations {
            mutate(&mut bytes, operation, one, other, new.as_bytes());
        }
        check(TempDir::new().unwrap().path(), &bytes);
    }
}
