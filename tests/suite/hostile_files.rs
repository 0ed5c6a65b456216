//! The files of `testdata/hostile`, beside a good one, through every command and every format: nothing in them acts, breaks
//! a format or hides what is said about the good one.

use std::fs;
use std::path::Path;

use rolecall::discover::Input;
use serde_json::Value;
use tempfile::TempDir;

use crate::scratch::{Run, files_under, run};

/// A Job and a role with findings of their own, whatever is beside them.
const GOOD: &str = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: good, namespace: good}\nspec:\n  template:\n    spec:\n      \
                    restartPolicy: Always\n      containers: [{name: main, image: 'example.com/main:1'}]\n---\n\
                    apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: good, namespace: good}\nrules:\n\
                    - {apiGroups: [''], resources: [pods], verbs: [gett]}\n";

/// Names that file systems have, and that try to be something else.
const FILE_NAMES: [&str; 7] = [
    "-rf",
    "a\n::error file=b::c",
    "\u{1b}]0;title\u{7}\u{1b}[2J",
    "\u{202e}lmay.x",
    "%0A::warning::",
    "]]>\"'&<script>",
    "a b `id` $(id) | x ",
];

/// How what a command writes is to be read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Json,
    Xml,
    Dot,
}

/// Everything that is asked about the whole directory. `old` and `new` are two states of the manifests.
const ASKED: &[(&str, Form)] = &[
    ("lint --profile audit --show-fixes --color never", Form::Text),
    ("lint --profile audit -o concise", Form::Text),
    ("lint --profile audit -o github", Form::Text),
    ("lint --profile audit -o json", Form::Json),
    ("lint --profile audit -o sarif", Form::Json),
    ("lint --profile audit -o gitlab", Form::Json),
    ("lint --profile audit -o junit", Form::Xml),
    ("lint --profile audit --diff --unsafe-fixes", Form::Text),
    ("who-can get secrets -A", Form::Text),
    ("who-can get secrets -A -o wide", Form::Text),
    ("who-can get secrets -A -o json", Form::Json),
    ("can-i get secrets -A --as nobody", Form::Text),
    ("can-i get secrets -A --as nobody -o json", Form::Json),
    ("can-i --list --as nobody", Form::Text),
    ("permissions group/system:authenticated", Form::Text),
    ("permissions group/system:authenticated -o json", Form::Json),
    ("escalate", Form::Text),
    ("escalate -o json", Form::Json),
    ("graph", Form::Dot),
    ("graph --format mermaid", Form::Dot),
    ("graph --format svg", Form::Xml),
    ("graph --format json", Form::Json),
    ("graph --escalation", Form::Dot),
    ("graph --escalation --format svg", Form::Xml),
    ("plan --from 2026-01-01T00:00:00Z", Form::Text),
    ("plan --from 2026-01-01T00:00:00Z -o json", Form::Json),
    ("diff old new", Form::Text),
    ("diff old new -o json", Form::Json),
    ("diff old new -o sarif", Form::Json),
    ("diff old new -o markdown", Form::Text),
    ("test tests.yaml", Form::Text),
    ("test tests.yaml -o json", Form::Json),
    ("test tests.yaml -o junit", Form::Xml),
    ("review --reviews reviews.json", Form::Text),
    ("suggest --audit-log audit.log --users", Form::Text),
    ("suggest --audit-log audit.log --users -o json", Form::Json),
    ("suggest --audit-log audit.log --users -o yaml", Form::Text),
    ("rules -o json", Form::Json),
    ("config show", Form::Text),
];

fn hostile() -> Vec<(String, Vec<u8>)> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/hostile");
    let inputs = files_under(&directory);
    let file = |input: &Input| {
        let name = input.absolute().unwrap().strip_prefix(&directory).unwrap();
        (name.to_str().unwrap().to_owned(), input.read().unwrap())
    };
    let files: Vec<_> = inputs.files.iter().map(file).collect();
    assert!(files.len() > 60, "{} files", files.len());
    files
}

/// The names of the hostile objects, as they are meant.
fn names() -> Vec<String> {
    let of_names = hostile().into_iter().filter(|(file, _)| file.starts_with("names-"));
    let name = |(file, text): (String, Vec<u8>)| {
        let text = String::from_utf8(text).unwrap();
        let account: serde_yaml::Value = serde_yaml::from_str(text.split("\n---\n").next().unwrap()).unwrap();
        account["metadata"]["name"].as_str().unwrap_or_else(|| panic!("{file}")).to_owned()
    };
    of_names.map(name).collect()
}

/// The hostile files, with names that are no better, and a good one.
fn tree() -> TempDir {
    let directory = TempDir::new().unwrap();
    for side in ["old", "new"] {
        fs::create_dir(directory.path().join(side)).unwrap();
        fs::write(directory.path().join(side).join("good.yaml"), GOOD).unwrap();
    }
    let folder = directory.path().join("new");
    for (name, text) in hostile() {
        fs::create_dir_all(folder.join(&name).parent().unwrap()).unwrap();
        fs::write(folder.join(&name), &text).unwrap();
    }
    if cfg!(unix) {
        for name in FILE_NAMES {
            fs::write(folder.join(format!("{name}.yaml")), GOOD.replace("good", "other")).unwrap();
        }
    }
    let names = names();
    let test = |(number, name): (usize, &String)| {
        let subjects = [format!("user/{name}"), format!("group/{name}")];
        let text = serde_json::json!({
            "name": format!("{number} {name}"), "subjects": subjects, "optional": true, "allow": ["get pods in good"],
            "deny": ["get secrets"],
        });
        in_yaml(&text.to_string())
    };
    let tests: Vec<_> = names.iter().enumerate().map(test).collect();
    fs::write(directory.path().join("tests.yaml"), format!("tests: [{}]", tests.join(","))).unwrap();
    let lines =
        |line: &dyn Fn(&String) -> Value| names.iter().map(|name| line(name).to_string() + "\n").collect::<String>();
    let review = |name: &String| {
        let what = serde_json::json!({"verb": name, "resource": name, "namespace": name, "name": name});
        let spec = serde_json::json!({"user": name, "groups": [name], "resourceAttributes": what});
        serde_json::json!({"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview", "spec": spec})
    };
    fs::write(directory.path().join("reviews.json"), lines(&review)).unwrap();
    let event = |name: &String| {
        serde_json::json!({
            "kind": "Event", "apiVersion": "audit.k8s.io/v1", "stage": "ResponseComplete", "verb": "get",
            "auditID": name, "requestURI": "/x", "user": {"username": name, "groups": [name]},
            "objectRef": {"resource": name, "namespace": name, "name": name, "apiVersion": "v1"},
            "annotations": {"authorization.k8s.io/decision": "allow"}, "requestReceivedTimestamp": name,
        })
    };
    fs::write(directory.path().join("audit.log"), lines(&event)).unwrap();
    directory
}

/// JSON as YAML has it, which does not take every character as it is.
fn in_yaml(json: &str) -> String {
    let is_plain = |c: char| c.is_ascii() && !c.is_control();
    json.chars().map(|c| if is_plain(c) { c.to_string() } else { format!("\\U{:08X}", u32::from(c)) }).collect()
}

/// Runs a command about what is in `new`, if it does not say itself what it is about.
fn ask(directory: &Path, line: &str) -> Run {
    let mut args: Vec<_> = line.split(' ').collect();
    if !["diff", "rules", "config"].contains(&args[0]) {
        args.extend(["-f", "new"]);
    }
    let run = run(directory, &args);
    assert!(run.code <= 3 && !run.error.contains("panicked"), "{line}: {} {}", run.code, run.error);
    run
}

/// Whether a character does something other than show itself.
fn acts(c: char) -> bool {
    let is_control = c.is_control() && c != '\n' && c != '\t';
    let hides = matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}');
    is_control || hides || matches!(c, '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

/// What is left of a drawing without what stands in quotes.
fn unquoted(drawing: &str) -> String {
    let mut left = String::new();
    let (mut in_quotes, mut is_escaped) = (false, false);
    for c in drawing.chars() {
        match (in_quotes, c) {
            (_, '"') if !is_escaped => in_quotes = !in_quotes,
            (true, _) => {}
            (false, c) => left.push(c),
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    assert!(!in_quotes, "{drawing}");
    left
}

#[test]
fn nothing_in_any_report_acts_or_breaks_its_form() {
    let tree = tree();
    let mut wrong = Vec::new();
    for (line, form) in ASKED {
        let run = ask(tree.path(), line);
        if run.out.is_empty() {
            wrong.push(format!("{line}: nothing was written: {} {}", run.code, run.error));
        }
        for (place, text) in [("output", &run.out), ("errors", &run.error)] {
            let found = text.lines().find(|text| text.chars().any(acts));
            wrong.extend(found.map(|found| format!("{line}: {place}: {found:?}")));
        }
        match form {
            Form::Text => {}
            Form::Json => {
                let read: Result<Value, _> = serde_json::from_str(&run.out);
                wrong.extend(read.err().map(|error| format!("{line}: {error}")));
            }
            Form::Xml => {
                let read = roxmltree::Document::parse(&run.out);
                wrong.extend(read.err().map(|error| format!("{line}: {error}")));
            }
            Form::Dot => {
                let left = unquoted(&run.out);
                let found = ["evil", "script", "click ", "onerror"].into_iter().find(|word| left.contains(word));
                wrong.extend(found.map(|found| format!("{line}: `{found}` stands outside of quotes")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_line_of_a_report_is_the_tools_own() {
    let tree = tree();
    let report: Value = serde_json::from_str(&ask(tree.path(), "lint --profile audit -o json").out).unwrap();
    let count = report["findings"].as_array().unwrap().len();
    let annotations = ask(tree.path(), "lint --profile audit -o github").out;
    let commands = ["::error file=", "::warning file=", "::notice file="];
    // GitHub shows only so many of each kind: the last line tells of more.
    let (of_files, last) = annotations.trim_end().rsplit_once('\n').unwrap();
    assert!(last.starts_with("::notice title=rolecall::not shown here: "), "{last:?}");
    for line in of_files.lines() {
        assert!(commands.iter().any(|command| line.starts_with(command)), "{line:?}");
    }
    assert!(annotations.lines().count() >= 10, "{annotations}");
    let concise = ask(tree.path(), "lint --profile audit -o concise").out;
    assert_eq!(concise.lines().count(), count, "{concise}");
    assert!(concise.lines().all(|line| line.starts_with("new/")), "{concise}");
}

/// What is left of a line of Markdown without its code spans.
fn without_code(line: &str) -> String {
    let (mut left, mut rest) = (String::new(), line);
    while let Some(start) = rest.find('`') {
        let length = rest[start..].find(|c| c != '`').unwrap_or(rest.len() - start);
        let fence = &rest[start..start + length];
        let behind = &rest[start + length..];
        let mut ends = behind.match_indices(fence);
        let end = ends.find(|(at, _)| !behind[..*at].ends_with('`') && !behind[at + length..].starts_with('`'));
        let (end, _) = end.unwrap_or_else(|| panic!("a code span has no end: {line}"));
        left.push_str(&rest[..start]);
        rest = &behind[end + length..];
    }
    left + rest
}

/// How many bars end a cell in a line: behind a backslash they do not, unless that stands behind another one.
fn bars(line: &str) -> usize {
    let (mut count, mut is_escaped) = (0, false);
    for c in line.chars() {
        count += usize::from(c == '|' && !is_escaped);
        is_escaped = c == '\\' && !is_escaped;
    }
    count
}

#[test]
fn nothing_in_a_comment_is_markup_of_somebody_else() {
    let tree = tree();
    let mut rows = 0;
    for name in hostile().iter().map(|(name, _)| name).filter(|name| name.starts_with("names-")) {
        fs::copy(tree.path().join("new").join(name), tree.path().join("one.yaml")).unwrap();
        let markdown = ask(tree.path(), "diff old one.yaml -o markdown").out;
        for line in markdown.lines() {
            let left = without_code(line);
            let is_own = line == "<!-- rolecall diff -->" || line.starts_with("<details>") || line == "</details>";
            assert!(is_own || !left.contains(['<', '>', '@', '[', '!']), "{name}: {line:?}");
            if line.starts_with('|') {
                assert_eq!(bars(line), 5, "{name}: {line:?}");
                rows += 1;
            }
        }
    }
    assert!(rows > 50, "{rows} rows");
}

#[test]
fn a_good_file_beside_them_loses_no_finding() {
    let tree = tree();
    let findings = |line: &str, path: &str| -> Vec<_> {
        let report: Value = serde_json::from_str(&run(tree.path(), &line.split(' ').collect::<Vec<_>>()).out).unwrap();
        let of_file = |finding: &&Value| finding["location"]["path"] == path;
        let told = |finding: &Value| (finding["rule"].to_string(), finding["location"]["start"].to_string());
        report["findings"].as_array().unwrap().iter().filter(of_file).map(told).collect()
    };
    let alone = findings("lint --profile audit -o json old", "old/good.yaml");
    assert!(alone.len() > 3, "{alone:?}");
    let each = hostile().into_iter().map(|(name, _)| format!("new/{name} new/good.yaml"));
    for paths in each.chain(["new".to_owned()]) {
        let beside = findings(&format!("lint --profile audit -o json {paths}"), "new/good.yaml");
        assert!(alone.iter().all(|finding| beside.contains(finding)), "{paths}: {beside:?}");
    }
}

#[test]
fn what_is_broken_is_a_finding_of_its_own_file() {
    let tree = tree();
    let report: Value = serde_json::from_str(&ask(tree.path(), "lint -o json").out).unwrap();
    let told: Vec<_> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| [&finding["location"]["path"], &finding["rule"]].map(|text| text.as_str().unwrap()))
        .collect();
    for name in [
        "bytes-nul.yaml",
        "bytes-not-utf-8.yaml",
        "bytes-overlong.yaml",
        "bytes-half-a-character.yaml",
        "bytes-surrogates.yaml",
        "bytes-controls.yaml",
        "anchors-cycle.yaml",
        "anchors-laughs.yaml",
        "anchors-nowhere.yaml",
        "merges-self.yaml",
        "escapes-wrong.yaml",
        "broken.json",
        "mark-utf-32-le.yaml",
        "mark-utf-32-be.yaml",
    ] {
        let path = format!("new/{name}");
        assert!(told.contains(&[&path, "file-syntax-error"]), "{name}: {told:?}");
    }
    for name in ["mark-utf-16-le.yaml", "mark-utf-16-be.yaml", "lines-cr.yaml", "lines-mixed.yaml"] {
        let path = format!("new/{name}");
        assert!(told.contains(&[&path, "job-restart-policy-always"]), "{name}: {told:?}");
    }
}

#[test]
fn fixes_of_hostile_files_leave_files_that_can_be_read() {
    let tree = tree();
    let before = ask(tree.path(), "lint -o json").out;
    let fixed = ask(tree.path(), "lint --profile audit --fix --unsafe-fixes -o json");
    assert!(fixed.code <= 2, "{}", fixed.error);
    let count = |report: &str| serde_json::from_str::<Value>(report).unwrap()["summary"]["documents"].clone();
    let after = ask(tree.path(), "lint -o json").out;
    assert_eq!(count(&before), count(&after));
    let again = ask(tree.path(), "lint --profile audit --diff --unsafe-fixes").out;
    assert!(again.is_empty(), "{again}");
    let left: Vec<_> = fs::read_dir(tree.path().join("new"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

/// File names that are no text at all.
#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_shown_as_near_as_can_be() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let tree = TempDir::new().unwrap();
    fs::create_dir(tree.path().join("new")).unwrap();
    for name in [&b"caf\xe9.yaml"[..], b"\xff\xfe.yaml", b"\xed\xa0\x80.json"] {
        fs::write(tree.path().join("new").join(OsStr::from_bytes(name)), GOOD).unwrap();
    }
    for format in ["human", "concise", "json", "sarif", "junit", "github", "gitlab"] {
        let run = ask(tree.path(), &format!("lint -o {format}"));
        assert_eq!(run.code, 1, "{format}: {}", run.error);
        assert!(run.out.matches("restartPolicy").count() >= 3 || format == "github", "{format}: {}", run.out);
    }
}
