//! The files that bring the tool into hooks, CI and packages: they can be read, and what they say of the tool is true.

use std::fs;
use std::path::Path;

use serde_yaml::Value;

use crate::scratch::run;

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(here().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn yaml(path: &str) -> Value {
    serde_yaml::from_str(&text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The YAML blocks of a page.
fn blocks(page: &str) -> Vec<String> {
    text(page).split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// Whether a command line of the tool names a command and flags that it has.
fn assert_can_be_run(line: &str) {
    let mut words = line.split_whitespace();
    assert_eq!(words.next(), Some("rolecall"), "{line}");
    let command = words.next().unwrap();
    let help = run(here(), &[command, "--help"]);
    assert_eq!(help.code, 0, "{line}: {}", help.error);
    let known: Vec<_> = help.out.split(|c: char| c.is_whitespace() || c == ',').collect();
    for flag in words.filter(|word| word.starts_with('-') && word.len() > 2) {
        assert!(known.contains(&flag), "{line}: there is no {flag}");
    }
}

#[test]
fn hooks_run_what_there_is() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hooks = hooks.as_sequence().unwrap();
    let said = |key: &str| -> Vec<_> { hooks.iter().map(|hook| hook[key].as_str().unwrap().to_owned()).collect() };
    assert_eq!(said("id"), ["rolecall", "rolecall-rust", "rolecall-system", "rolecall-test"]);
    assert_eq!(said("language"), ["python", "rust", "system", "python"]);
    let page = text("docs/ci.md");
    for (hook, entry) in hooks.iter().zip(said("entry")) {
        assert_can_be_run(&entry);
        let is_for_all = entry.ends_with(" --context .") || hook["pass_filenames"] == Value::Bool(false);
        assert!(is_for_all, "{entry}: files of a commit are judged with the whole tree");
        assert_eq!(hook["always_run"], Value::Bool(true), "a commit may only delete");
        assert_eq!(hook["require_serial"], Value::Bool(true), "the tree is read once");
        let types: Vec<_> = hook["types_or"].as_sequence().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(types, ["yaml", "json"]);
        assert!(page.contains(&format!("| `{}` |", hook["id"].as_str().unwrap())));
    }
}

#[test]
fn the_action_runs_what_there_is() {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_sequence().unwrap();
    let script = steps.last().unwrap()["run"].as_str().unwrap();
    assert_can_be_run(script.lines().find(|line| line.starts_with("rolecall ")).unwrap());
    let page = text("docs/ci.md");
    for input in action["inputs"].as_mapping().unwrap().keys().filter_map(Value::as_str) {
        assert!(page.contains(&format!("| `{input}` |")), "docs/ci.md does not know the input `{input}`");
    }
}

#[test]
fn the_action_takes_what_releases_have() {
    let release = yaml(".github/workflows/release.yml");
    let script = yaml("action.yml")["runs"]["steps"][0]["run"].as_str().unwrap().to_owned();
    let built = release["jobs"]["binaries"]["strategy"]["matrix"]["include"].as_sequence().unwrap();
    let mut built: Vec<_> = built.iter().map(|one| one["target"].as_str().unwrap()).collect();
    let taken = script.lines().filter_map(|line| line.split_once("target=")?.1.strip_suffix(" ;;"));
    let mut taken: Vec<_> = taken.filter(|target| *target != "none").collect();
    built.sort_unstable();
    taken.sort_unstable();
    assert_eq!(taken, built);
    assert!(built.len() >= 5, "{built:?}");
    let packs = release["jobs"]["binaries"]["steps"].as_sequence().unwrap();
    assert!(
        packs.iter().any(|step| step["run"].as_str().is_some_and(|run| run.contains("\"rolecall-$TARGET.tar.gz\"")))
    );
    assert!(script.contains("rolecall-$target.tar.gz") && text(".github/workflows/release.yml").contains("SHA256SUMS"));
}

#[test]
fn the_python_package_is_this_one() {
    let package = text("pyproject.toml");
    let has = |line: &str| package.lines().any(|one| one == line);
    assert!(has(concat!("name = \"", env!("CARGO_PKG_NAME"), "\"")));
    assert!(has(concat!("license = \"", env!("CARGO_PKG_LICENSE"), "\"")));
    assert!(has("build-backend = \"maturin\"") && has("bindings = \"bin\""));
    assert!(has("dynamic = [\"version\", \"description\", \"readme\", \"keywords\"]"), "they are those of Cargo.toml");
    assert!(!package.lines().any(|line| line.starts_with("version")));
    for file in ["LICENSE-APACHE", "LICENSE-MIT", env!("CARGO_PKG_README")] {
        assert!(here().join(file).is_file(), "{file}");
    }
}

#[test]
fn everything_names_one_version_of_rust_and_of_the_tool() {
    let rust = env!("CARGO_PKG_RUST_VERSION");
    assert!(text("Dockerfile").contains(&format!("FROM rust:{rust}-")));
    assert!(text("docs/ci.md").contains(&format!("Rust {rust} or newer")));
    assert!(text("README.md").contains(&format!("Rust {rust} or newer")));
    let version = env!("CARGO_PKG_VERSION");
    for (path, marks) in
        [("docs/ci.md", &["rolecall@v", "rolecall==", "rolecall:", "rev: v"]), ("action.yml", &["`v"; 4])]
    {
        for (place, mark) in marks.iter().flat_map(|mark| {
            let text = text(path);
            text.match_indices(mark).map(|(at, _)| (text[at + mark.len()..].to_owned(), mark)).collect::<Vec<_>>()
        }) {
            let digits = place.starts_with(|c: char| c.is_ascii_digit());
            assert!(!digits || place.starts_with(version), "{path}: another version after `{mark}`");
        }
    }
}

#[test]
fn the_page_about_ci_can_be_copied() {
    let blocks = blocks("docs/ci.md");
    assert!(blocks.len() >= 5, "{}", blocks.len());
    for block in blocks {
        let read: Result<Value, _> = serde_yaml::from_str(&block);
        assert!(read.is_ok(), "{block}");
        for line in block.lines().filter_map(|line| line.split_once("rolecall lint ").map(|(_, rest)| rest)) {
            assert_can_be_run(&format!("rolecall lint {line}"));
        }
    }
    for line in text("docs/ci.md").lines().filter_map(|line| line.strip_prefix("$ rolecall ")) {
        assert_can_be_run(&format!("rolecall {line}"));
    }
}

#[test]
fn the_image_has_all_that_the_build_needs() {
    let ignored = text(".dockerignore");
    for needed in ["Cargo.toml", "Cargo.lock", "src", "rules", "data", "benches", "README.md", "LICENSE-MIT"] {
        assert!(here().join(needed).exists(), "{needed}");
        assert!(!ignored.lines().any(|line| line == needed), "{needed} is needed");
    }
    assert!(ignored.lines().any(|line| line == "target"));
}
