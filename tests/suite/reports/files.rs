//! Where reports go: several at once, each whole or not at all.

use std::fs;

use serde_json::Value;

use super::tree;
use crate::scratch::run;

const JOB: &str = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: job}\nspec: {template: {}}\n";

/// The names in a directory.
fn names(directory: &tempfile::TempDir) -> Vec<String> {
    let entries = fs::read_dir(directory.path()).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn several_reports_are_written_by_one_run() {
    let directory = tree(&[("a.yaml", JOB)]);
    let alone = ["concise", "json", "sarif", "junit", "gitlab"]
        .map(|format| (format, run(directory.path(), &["lint", "-o", format, "a.yaml"]).out));
    let args = "lint a.yaml -o json=1 -o sarif=2 -o junit=3 -o gitlab=4 -o concise=- -o json=5=6";
    let all = run(directory.path(), &args.split(' ').collect::<Vec<_>>());
    assert_eq!(all.code, 1, "{}", all.error);
    let file = |name: &str| fs::read_to_string(directory.path().join(name)).unwrap();
    let texts = [all.out, file("1"), file("2"), file("3"), file("4")];
    for ((format, alone), text) in alone.iter().zip(&texts) {
        assert_eq!(text, alone, "{format}");
    }
    assert_eq!(file("5=6"), texts[1]);
    assert_eq!(names(&directory), ["1", "2", "3", "4", "5=6", "a.yaml"]);
}

#[test]
fn a_run_without_anything_on_standard_output_still_sums_up() {
    let directory = tree(&[("a.yaml", JOB)]);
    let run = run(directory.path(), &["lint", "-o", "human=out.txt", "--color", "always", "a.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.error.contains("in 1 file (1 of 1 document analysed)\n"), "{}", run.error);
    let text = fs::read_to_string(directory.path().join("out.txt")).unwrap();
    assert!(text.contains("error[") && !text.contains('\u{1b}'), "{text}");
}

#[test]
fn two_reports_cannot_go_to_one_place() {
    let directory = tree(&[("a.yaml", JOB)]);
    for (args, message) in [
        ("lint -o json -o sarif", "only one report can go to standard output"),
        ("lint -o json -o sarif=-", "only one report can go to standard output"),
        ("lint -o json=x -o sarif=./x", "two reports cannot both go to `./x`"),
        ("lint -o json=", "`-o FORMAT=` names no file"),
        ("lint -o jso=x", "a similar value exists: 'json'"),
    ] {
        let run = run(directory.path(), &args.split(' ').collect::<Vec<_>>());
        assert_eq!(run.code, 2, "{args}");
        assert!(run.error.contains(message), "{args}: {}", run.error);
        assert_eq!(names(&directory), ["a.yaml"], "{args}");
    }
}

#[test]
fn a_file_that_cannot_be_written_is_named_and_keeps_no_other_from_being_written() {
    let directory = tree(&[("a.yaml", JOB)]);
    fs::create_dir(directory.path().join("folder")).unwrap();
    for (file, why) in [
        ("missing/out.sarif", "no such file or directory"),
        ("folder", "it is a directory"),
        ("a.yaml/out", "not a directory"),
    ] {
        let sarif = format!("sarif={file}");
        let run = run(directory.path(), &["lint", "a.yaml", "-o", &sarif, "-o", "junit=out.xml", "-o", "concise"]);
        assert_eq!(run.code, 2, "{file}");
        assert!(run.error.contains(&format!("error: `{file}` cannot be written: {why}")), "{}", run.error);
        assert!(run.out.contains("job-restart-policy-always"), "{}", run.out);
        assert_eq!(names(&directory), ["a.yaml", "folder", "out.xml"]);
    }
}

#[test]
fn a_manifest_is_not_overwritten_and_an_earlier_report_is() {
    let directory = tree(&[("a.yaml", JOB)]);
    let refused = run(directory.path(), &["lint", "-o", "json=./a.yaml"]);
    assert_eq!(refused.code, 2);
    assert!(refused.error.contains("`./a.yaml` is one of the files that were read"), "{}", refused.error);
    assert_eq!(fs::read_to_string(directory.path().join("a.yaml")).unwrap(), JOB);
    for _ in 0..2 {
        let run = run(directory.path(), &["lint", "-o", "json=report.json"]);
        assert_eq!(run.code, 1, "{}", run.error);
        let text = fs::read_to_string(directory.path().join("report.json")).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["version"], 1);
    }
}

#[cfg(unix)]
#[test]
fn links_permissions_and_devices_stay_what_they_are() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let directory = tree(&[("a.yaml", JOB), ("real", "old")]);
    let path = |name: &str| directory.path().join(name);
    fs::set_permissions(path("real"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real", path("link")).unwrap();
    let args = ["lint", "a.yaml", "-o", "json=link", "-o", "junit=new", "-o", "gitlab=/dev/null"];
    let run = run(directory.path(), &args);
    assert_eq!(run.code, 1, "{}", run.error);
    assert!(path("link").is_symlink());
    assert!(fs::read_to_string(path("real")).unwrap().starts_with('{'));
    let mode = |name: &str| path(name).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("real"), 0o640);
    fs::File::create(path("usual")).unwrap();
    assert_eq!(mode("new"), mode("usual"));
}
