//! The same bytes come out for the same files, whatever the number of threads or the order of the arguments.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const FORMATS: [&str; 3] = ["human", "concise", "json"];

/// Everything that a run says: exit code, standard output and standard error.
type Said = (Option<i32>, String, String);

fn lint(directory: &Path, format: &str, threads: &str, paths: &[&str]) -> Said {
    say(directory, threads, &[&["lint", "--output", format], paths].concat())
}

fn say(directory: &Path, threads: &str, args: &[&str]) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_rolecall"))
        .args(args)
        .current_dir(directory)
        .env("RAYON_NUM_THREADS", threads)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// 300 files of several documents, with findings in each.
fn large_tree() -> TempDir {
    let directory = TempDir::new().unwrap();
    for file in 0..300 {
        let mut text = String::new();
        let comment = if file % 3 == 0 { "# rolecall: ignore[job-restart-policy-always, job-suspnded] x" } else { "" };
        for document in 0..=file % 5 {
            write!(
                text,
                "---\napiVersion: batch/v1\nkind: Job\nmetadata: {{name: job-{file}-{document}}}\n\
                 spec: {{template: {{spec: {{restartPolicy: Always}}}}}} {comment}\n---\nkind: Secret\n---\nx: [\n"
            )
            .unwrap();
        }
        let folder = directory.path().join(format!("d{}", file % 17));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{file}.yaml")), text).unwrap();
    }
    directory
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let tree = large_tree();
    for (directory, path) in [(project(), "testdata/platform"), (tree.path(), ".")] {
        for format in FORMATS {
            let once = lint(directory, format, "1", &[path]);
            assert_eq!(once.0, Some(1), "{format} {path}: {}", once.2);
            assert!(once.1.len() > 500, "{format} {path}: hardly anything was found");
            for threads in ["1", "2", "8", "8", "8"] {
                assert_eq!(lint(directory, format, threads, &[path]), once, "{format} {path} on {threads} threads");
            }
        }
    }
}

#[test]
fn reports_for_other_systems_are_the_same_each_time() {
    let (directory, paths) = (project(), ["testdata/platform/teams", "testdata/platform/cluster"]);
    for format in ["sarif", "junit", "github", "gitlab"] {
        let once = lint(directory, format, "1", &paths);
        assert_eq!(once.0, Some(1), "{format}: {}", once.2);
        let [one, other] = paths;
        assert_eq!(lint(directory, format, "8", &[other, one]), once, "{format}");
    }
}

#[test]
fn the_order_of_arguments_changes_nothing() {
    let mut paths: Vec<_> = ["charts", "ci", "cluster", "operators", "teams/data", "teams/payments", "teams/search"]
        .map(|path| format!("testdata/platform/{path}"))
        .to_vec();
    paths.push("testdata/platform/teams/*/*-job.yaml".to_owned());
    paths.push("testdata/platform/ci/bootstrap-job.yaml".to_owned());
    let mut paths: Vec<_> = paths.iter().map(String::as_str).collect();
    for format in FORMATS {
        let whole = lint(project(), format, "8", &["testdata/platform"]);
        for turn in 0..paths.len() {
            paths.rotate_left(1);
            if turn % 2 == 0 {
                paths.reverse();
            }
            assert_eq!(lint(project(), format, "8", &paths), whole, "{format} {paths:?}");
        }
    }
}

#[test]
fn the_order_of_two_names_for_one_file_changes_nothing() {
    let tree = large_tree();
    let absolute = tree.path().join("d1/1.yaml");
    for [one, other] in
        [["d1/1.yaml", "d1/../d1/1.yaml"], ["d1/1.yaml", absolute.to_str().unwrap()], ["d1", "d2/../d1"]]
    {
        assert_eq!(
            lint(tree.path(), "json", "1", &[one, other]),
            lint(tree.path(), "json", "1", &[other, one]),
            "{one} and {other}"
        );
    }
}

/// All other questions, and all forms of their answers. `PATHS` are the files that they are about, in any order.
const ASKED: &[(&str, &[&str])] = &[
    ("lint PATHS --profile audit -o", &["human", "concise", "json", "sarif", "junit", "github", "gitlab"]),
    ("lint PATHS --profile audit --unsafe-fixes", &["--diff"]),
    ("who-can get secrets -A -f PATHS -o", &["human", "wide", "json"]),
    ("who-can create jobs -n data -f PATHS -o", &["human", "wide", "json"]),
    ("can-i delete pods -A --as nobody -f PATHS -o", &["human", "json"]),
    ("can-i --list --as nobody -f PATHS -o", &["human"]),
    ("permissions group/system:authenticated -f PATHS -o", &["human", "wide", "json"]),
    ("escalate -f PATHS -o", &["human", "json"]),
    ("escalate --include-system -f PATHS -o", &["human", "json"]),
    ("graph PATHS --format", &["dot", "mermaid", "svg", "json"]),
    ("graph PATHS --escalation --format", &["dot", "mermaid", "svg", "json"]),
    ("plan PATHS --from 2026-03-01T00:00:00Z -o", &["human", "json"]),
    ("suggest --audit-log testdata/audit/shop.jsonl --users -f PATHS -o", &["human", "yaml", "json"]),
    ("diff testdata/diff/old testdata/platform -o", &["human", "json", "markdown", "sarif"]),
    ("test testdata/tested/access-test.yaml -f PATHS -o", &["human", "json", "junit"]),
];

/// The words of a line, with every one of the paths in its place.
fn words<'w>(line: &'w str, paths: &'w [String]) -> Vec<&'w str> {
    let mut words: Vec<&str> = Vec::new();
    for word in line.split(' ') {
        let is_flagged = words.last() == Some(&"-f");
        match word {
            "PATHS" if is_flagged => words.extend(paths.iter().flat_map(|path| ["-f", path]).skip(1)),
            "PATHS" => words.extend(paths.iter().map(String::as_str)),
            _ => words.push(word),
        }
    }
    words
}

#[test]
fn every_answer_is_the_same_on_any_threads_and_in_any_order() {
    let folders = ["charts", "ci", "cluster", "operators", "teams"];
    let mut paths = folders.map(|folder| format!("testdata/platform/{folder}")).to_vec();
    paths.push("testdata/tested/shop.yaml".to_owned());
    let lines = ASKED.iter().flat_map(|(line, forms)| forms.iter().map(move |form| format!("{line} {form}")));
    for line in lines {
        let once = say(project(), "1", &words(&line, &paths));
        assert!(matches!(once.0, Some(0 | 1)) && !once.1.is_empty(), "{line}: {}", once.2);
        for threads in ["2", "8", "8"] {
            paths.rotate_left(2);
            paths.swap(0, 1);
            let said = say(project(), threads, &words(&line, &paths));
            assert!(said == once, "{line}: {threads} threads, {}", paths.join(" "));
        }
    }
}
