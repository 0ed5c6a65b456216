//! `--timings`: what it says goes to standard error, below the rest, and changes nothing else.

use std::path::Path;

use rolecall::timing::Stage;

use crate::scratch::run;

#[test]
fn timings_go_to_standard_error_and_change_nothing_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (command, code) in [
        ("lint testdata/platform", 1),
        ("lint testdata/platform -o concise", 1),
        ("lint testdata/platform -o json", 1),
        ("who-can get secrets -A -f testdata/platform -o json", 0),
        ("graph -f testdata/platform --format json", 0),
        ("rules", 0),
    ] {
        let args: Vec<_> = command.split(' ').collect();
        let plain = run(root, &args);
        assert_eq!(plain.code, code, "`{command}`: {}", plain.error);
        let timed = run(root, &[args.as_slice(), &["--timings"]].concat());
        assert_eq!((timed.code, &timed.out), (code, &plain.out), "`{command}`");
        let lines = timed.error.strip_prefix(&plain.error).unwrap_or_else(|| panic!("`{command}`: {}", timed.error));
        assert_names_all_stages(lines);
    }
}

/// A line for each stage, in the order of a run, and one for all of them: a name, and how many milliseconds.
fn assert_names_all_stages(lines: &str) {
    let named: Vec<_> = lines.lines().map(|line| line.split_once("  ").unwrap().0).collect();
    let expected: Vec<_> = Stage::ALL.iter().map(|stage| stage.name()).chain(["all, on all threads"]).collect();
    assert_eq!(named, expected);
    assert!(lines.lines().all(|line| line.contains(" ms")), "{lines}");
}

#[test]
fn timings_are_said_beside_a_failure() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let failed = run(root, &["lint", "testdata/nowhere", "--timings"]);
    assert_eq!((failed.code, failed.out.as_str()), (2, ""));
    assert!(failed.error.contains("discover ") && failed.error.contains("`testdata/nowhere` does not exist"));
}
