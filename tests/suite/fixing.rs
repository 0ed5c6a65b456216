//! `rolecall lint --fix` and `--diff` in a directory: which files are replaced, how, and what is said about it.

use std::fs;
use std::path::Path;

use crate::scratch::{Run, run};

const JOB: &str = "apiVersion: batch/v1
kind: Job
metadata: {name: a}
spec:
  backoffLimit: 2
  parallelism: 3 # at a time
  completions: 2
  template:
    spec:
      restartPolicy: never
      containers: [{name: a, image: a}]
";

const FIXED: &str = "apiVersion: batch/v1
kind: Job
metadata: {name: a}
spec:
  backoffLimit: 2
  parallelism: 2 # at a time
  completions: 2
  template:
    spec:
      restartPolicy: Never
      containers: [{name: a, image: a}]
";

/// A directory with these files.
fn directory(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(directory.path().join(name), bytes).unwrap();
    }
    directory
}

fn lint(directory: &Path, args: &[&str]) -> Run {
    run(directory, &[&["lint", "-o", "concise"], args].concat())
}

fn names(directory: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn files_are_replaced_and_what_is_left_is_told() {
    let restart = JOB.replace("never", "Always");
    let directory = directory(&[("a.yaml", JOB.as_bytes()), ("b.yaml", restart.as_bytes())]);
    let plain = lint(directory.path(), &[]);
    assert!(plain.error.ends_with("\n3 can be fixed with `--fix` (1 more with `--unsafe-fixes`)\n"), "{}", plain.error);
    let run = lint(directory.path(), &["--fix"]);
    assert_eq!((run.code, run.out.lines().count()), (1, 1), "{}", run.out);
    assert!(run.out.starts_with("b.yaml:10:22: error[job-restart-policy-always]"), "{}", run.out);
    assert!(run.error.starts_with("3 findings in 2 files fixed\n"), "{}", run.error);
    assert!(run.error.ends_with("\n1 can be fixed with `--fix --unsafe-fixes`\n"), "{}", run.error);
    assert_eq!(fs::read_to_string(directory.path().join("a.yaml")).unwrap(), FIXED);
    let run = lint(directory.path(), &["--fix", "--unsafe-fixes"]);
    assert_eq!((run.code, &*run.out), (0, ""));
    assert_eq!(fs::read_to_string(directory.path().join("b.yaml")).unwrap(), FIXED);
    assert!(lint(directory.path(), &["--fix"]).error.starts_with("nothing fixed\n"));
    assert_eq!(names(directory.path()), ["a.yaml", "b.yaml"]);
}

#[test]
fn with_a_context_only_the_files_that_are_named_are_fixed() {
    let directory = directory(&[("a.yaml", JOB.as_bytes()), ("b.yaml", JOB.replace("name: a", "name: b").as_bytes())]);
    let read = |name: &str| fs::read_to_string(directory.path().join(name)).unwrap();
    let diff = lint(directory.path(), &["a.yaml", "--context", ".", "--diff"]);
    assert_eq!((diff.code, diff.out.contains("+++ a.yaml"), diff.out.contains("b.yaml")), (1, true, false));
    assert_eq!(diff.error, "2 findings in 1 file would be fixed\n");
    let none = lint(directory.path(), &["--context", ".", "--fix"]);
    assert_eq!((none.code, &*none.out), (0, ""));
    assert!(none.error.starts_with("nothing fixed\n"), "{}", none.error);
    assert_eq!(read("a.yaml"), JOB);
    let run = lint(directory.path(), &["a.yaml", "--context", ".", "--fix"]);
    assert_eq!((run.code, &*run.out), (0, ""), "{}", run.error);
    assert!(run.error.starts_with("2 findings in 1 file fixed\n"), "{}", run.error);
    assert_eq!(read("a.yaml"), FIXED);
    assert!(read("b.yaml").contains("restartPolicy: never"));
}

#[test]
fn a_diff_is_printed_and_nothing_written() {
    let directory = directory(&[("a.yaml", JOB.as_bytes())]);
    let run = lint(directory.path(), &["--diff"]);
    let expected = "--- a.yaml
+++ a.yaml
@@ -3,9 +3,9 @@
 metadata: {name: a}
 spec:
   backoffLimit: 2
-  parallelism: 3 # at a time
+  parallelism: 2 # at a time
   completions: 2
   template:
     spec:
-      restartPolicy: never
+      restartPolicy: Never
       containers: [{name: a, image: a}]
";
    assert_eq!((run.code, &*run.out, &*run.error), (1, expected, "2 findings in 1 file would be fixed\n"));
    assert_eq!(fs::read_to_string(directory.path().join("a.yaml")).unwrap(), JOB);
    assert_eq!(lint(directory.path(), &["--diff", "--exit-zero"]).code, 0);
    lint(directory.path(), &["--fix"]);
    let run = lint(directory.path(), &["--diff"]);
    assert_eq!((run.code, &*run.out, &*run.error), (0, "", "nothing would be fixed\n"));
}

#[test]
fn rendered_output_and_other_encodings_are_left_as_they_are() {
    let rendered = format!("---\n# Source: chart/templates/job.yaml\n{JOB}");
    let utf_16: Vec<u8> = std::iter::once(0xFEFF).chain(JOB.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let directory = directory(&[("rendered.yaml", rendered.as_bytes()), ("wide.yaml", &utf_16)]);
    assert!(!lint(directory.path(), &["rendered.yaml"]).error.contains("can be fixed"));
    let run = lint(directory.path(), &["--fix"]);
    assert_eq!((run.code, run.out.lines().count()), (1, 5), "{}", run.out);
    let notes = "`rendered.yaml` is left as it is: it was rendered: fix what it was rendered from\n\
                 `wide.yaml` is left as it is: only UTF-8 is fixed\nnothing fixed\n";
    assert!(run.error.starts_with(notes), "{}", run.error);
    assert_eq!(fs::read(directory.path().join("wide.yaml")).unwrap(), utf_16);
    assert_eq!(fs::read(directory.path().join("rendered.yaml")).unwrap(), rendered.as_bytes());
}

#[test]
fn what_a_line_says_to_leave_out_is_not_fixed() {
    let directory = directory(&[("a.yaml", JOB.as_bytes())]);
    lint(directory.path(), &["--fix", "--ignore", "job-invalid-restart-policy"]);
    let text = fs::read_to_string(directory.path().join("a.yaml")).unwrap();
    assert_eq!(text, FIXED.replace("Never", "never"));
}

#[test]
fn unsafe_fixes_are_no_command_of_their_own() {
    let directory = directory(&[("a.yaml", JOB.as_bytes())]);
    let run = lint(directory.path(), &["--unsafe-fixes"]);
    assert_eq!(run.code, 2);
    assert!(run.error.contains("add `--fix` to change the files"), "{}", run.error);
    assert_eq!(lint(directory.path(), &["--fix", "--diff"]).code, 2);
}

#[test]
fn fixes_are_told_on_demand() {
    let directory = directory(&[("a.yaml", JOB.as_bytes())]);
    let told = |args: &[&str]| run(directory.path(), args).out.matches("\n  fix (safe): write `").count();
    assert_eq!(told(&["lint", "--show-fixes"]), 2);
    assert_eq!(told(&["lint"]), 0);
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let directory = directory(&[("a.yaml", JOB.as_bytes())]);
    let file = directory.path().join("a.yaml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let link = directory.path().join("link.yaml");
    symlink("a.yaml", &link).unwrap();
    let run = lint(directory.path(), &["--fix", "link.yaml"]);
    assert_eq!(run.code, 0, "{}", run.error);
    assert_eq!(fs::read_to_string(&file).unwrap(), FIXED);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_written_to_is_told_and_the_others_are_fixed() {
    use std::os::unix::fs::PermissionsExt as _;

    let directory = directory(&[("a.yaml", JOB.as_bytes()), ("b.yaml", JOB.as_bytes())]);
    fs::set_permissions(directory.path().join("a.yaml"), fs::Permissions::from_mode(0o444)).unwrap();
    let run = lint(directory.path(), &["--fix"]);
    assert_eq!((run.code, &*run.error), (2, "error: `a.yaml` cannot be fixed: it is read-only\n"));
    assert_eq!(fs::read_to_string(directory.path().join("a.yaml")).unwrap(), JOB);
    assert_eq!(fs::read_to_string(directory.path().join("b.yaml")).unwrap(), FIXED);
}

#[test]
fn a_file_that_has_changed_is_not_replaced() {
    let directory = directory(&[("a.yaml", b"new")]);
    let path = directory.path().join("a.yaml");
    assert_eq!(rolecall::discover::replace(&path, b"old", b"x"), Err("it was changed meanwhile".to_owned()));
    assert_eq!(rolecall::discover::replace(&path, b"new", b"x"), Ok(()));
    assert_eq!(fs::read(&path).unwrap(), b"x");
}
