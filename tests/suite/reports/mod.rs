//! Reports for other systems: what they say, what they read back as, and where they are written to.

mod annotations;
mod files;
mod junit;
mod sarif;

use std::fs;
use std::path::PathBuf;

use rolecall::discover::Project;
use rolecall::lint::{Report, Settings, lint};
use rolecall::manifest::Options;
use rolecall::report::Reporter;
use tempfile::TempDir;

use crate::scratch::{Run, files_under, run};

/// A name that tries to end, to leave or to fake whatever it stands in.
const HOSTILE: &str = r#""x\n::error file=y::]]>%0A\e[31m\u202e[click](https://evil.example)<b>&'\x01\uFFFE""#;

/// The same as a file name, as far as file systems have it.
const HOSTILE_FILE: &str = "a\n::error,x%0A]]>\"'&<\u{1b}[31m:ü.yaml";

/// Two Jobs: one with a hostile name, and one with something wrong behind characters of several bytes.
fn hostile_tree() -> TempDir {
    let job = |name: &str, spec: &str| {
        format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: {name}}}\n\
             spec: {{{spec}parallelism: 3, completions: 2, template: {{spec: {{restartPolicy: Always}}}}}}\n"
        )
    };
    let text = [job(HOSTILE, ""), job("job", "\"日本𝄞\": 1, ")].join("---\n");
    tree(&[(HOSTILE_FILE, &text)])
}

fn tree(files: &[(&str, &str)]) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(directory.path().join(name), text).unwrap();
    }
    directory
}

/// What `rolecall lint` writes in a format about a directory.
fn written(directory: &TempDir, format: &str) -> Run {
    run(directory.path(), &["lint", "-o", format])
}

/// The findings in a directory, for reports that no command line leads to yet.
fn report(directory: &TempDir) -> (Report, Project) {
    let inputs = files_under(directory.path());
    let report = lint(&inputs, &Options::default(), &Settings::default()).unwrap();
    let root: PathBuf = directory.path().to_owned();
    (report, Project::new(root.clone(), root))
}

fn text(reporter: &dyn Reporter, report: &Report) -> String {
    let mut out = Vec::new();
    reporter.write(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Whether a text has a character that a terminal obeys, line feeds aside, or that reorders what stands around it.
fn acts(text: &str) -> bool {
    text.contains(|c: char| (c.is_control() && c != '\n') || ('\u{202A}'..='\u{202E}').contains(&c))
}

#[test]
fn no_report_has_a_character_that_acts() {
    let tree = hostile_tree();
    for format in ["human", "concise", "json", "sarif", "junit", "github", "gitlab"] {
        let run = written(&tree, format);
        assert_eq!(run.code, 1, "{format}: {}", run.error);
        assert!(run.out.contains("restartPolicy"), "{format}: {}", run.out);
        assert!(!acts(&run.out) && !acts(&run.error), "{format}: {}", run.out);
    }
}
