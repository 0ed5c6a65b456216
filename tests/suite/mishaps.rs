//! What happens around a run and is nobody's manifest: readers that go away, disks that are full, files that vanish or
//! are none, signals.

#![cfg(unix)]

use std::fs::{self, File, Permissions};
use std::io::{Read as _, Seek as _};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rolecall::lint::{Settings, lint};
use rolecall::manifest::Options;
use tempfile::TempDir;

use crate::scratch::{files_under, run};

const JOB: &str = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: pi}\nspec:\n  backoffLimit: 2\n  template:\n    spec:\n      \
                   restartPolicy: Always\n      containers: [{name: pi, image: 'perl:1'}]\n";

const ROLE: &str = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\n\
                    rules: [{apiGroups: [''], resources: [secrets], verbs: [get]}]\n";

fn tree(files: &[(&str, &str)]) -> TempDir {
    let directory = TempDir::new().unwrap();
    for (path, text) in files {
        let path = directory.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    directory
}

/// The tool in a directory, to be run with whatever around it.
fn tool(directory: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolecall"));
    command.args(args).current_dir(directory).stdin(Stdio::null());
    command
}

/// Runs the tool, and kills it where it seems to wait for something that never comes.
fn run_to_end(command: &mut Command) -> Output {
    // Files take whatever is written, where a pipe would have to be read meanwhile.
    let [mut out, mut error] = [(); 2].map(|()| tempfile::tempfile().unwrap());
    let mut child = command.stdout(out.try_clone().unwrap()).stderr(error.try_clone().unwrap()).spawn().unwrap();
    let begin = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begin.elapsed() > Duration::from_mins(1) {
            child.kill().unwrap();
            panic!("{command:?} does not come to an end");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let read = |file: &mut File| {
        let mut bytes = Vec::new();
        file.rewind().unwrap();
        file.read_to_end(&mut bytes).unwrap();
        bytes
    };
    Output { status: child.wait().unwrap(), stdout: read(&mut out), stderr: read(&mut error) }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_owned()).unwrap()
}

/// The commands that print, about `a.yaml`, and what each exits with when it is heard.
const PRINTING: &[&str] = &[
    "lint a.yaml",
    "lint a.yaml -o concise",
    "lint a.yaml -o json",
    "lint a.yaml -o sarif",
    "lint a.yaml --diff --unsafe-fixes",
    "who-can get pods -f a.yaml",
    "can-i get pods --as jane -f a.yaml",
    "can-i --list --as jane -f a.yaml",
    "permissions user/jane -f a.yaml",
    "escalate -f a.yaml",
    "graph -f a.yaml",
    "plan a.yaml",
    "diff a.yaml b.yaml",
    "rules",
    "explain job-restart-policy-always",
    "config schema",
    "completions bash",
    "man",
    "--help",
    "lint --help",
    "--version",
];

#[test]
fn a_reader_that_goes_away_is_nothing_to_speak_of() {
    let tree = tree(&[("a.yaml", &format!("{JOB}---\n{ROLE}")), ("b.yaml", ROLE)]);
    for line in PRINTING {
        let args: Vec<_> = line.split(' ').collect();
        let heard = run_to_end(&mut tool(tree.path(), &args));
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = tool(tree.path(), &args);
        let output = command.stdout(writer).stderr(Stdio::piped()).output().unwrap();
        let said = text(&output.stderr);
        assert!(!said.contains("error:") && !said.contains("panicked"), "{line}: {said}");
        assert_eq!(output.status.code(), heard.status.code(), "{line}: {said}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_gets_what_it_has_read() {
    let job = |number: usize| JOB.replace("pi}", &format!("pi{number}}}"));
    let large = (0..2000).map(job).collect::<Vec<_>>().join("---\n");
    let tree = tree(&[("a.yaml", &large)]);
    let mut child =
        tool(tree.path(), &["lint", "-o", "concise"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut begin = [0; 7];
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut begin).unwrap();
    drop(out);
    let output = child.wait_with_output().unwrap();
    assert_eq!(&begin, b"a.yaml:");
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_is_no_success() {
    let tree = tree(&[("a.yaml", &format!("{JOB}---\n{ROLE}")), ("b.yaml", ROLE)]);
    // Help and version are printed by the library that reads the command line, which leaves it at that.
    for line in PRINTING.iter().filter(|line| !line.contains("--help") && **line != "--version") {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let args: Vec<_> = line.split(' ').collect();
        let output = tool(tree.path(), &args).stdout(full).stderr(Stdio::piped()).output().unwrap();
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{line}: {said}");
        assert!(said.contains("error: the output could not be written: no space left on device"), "{line}: {said}");
    }
    let run = run(tree.path(), &["lint", "a.yaml", "-o", "json=/dev/full", "-o", "concise"]);
    assert_eq!(run.code, 2);
    assert!(run.error.contains("error: `/dev/full` cannot be written: no space left on device"), "{}", run.error);
    assert!(run.out.contains("job-restart-policy-always"), "the other report is there: {}", run.out);
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    let tree = tree(&[("in/a.yaml", JOB), ("in/sub/b.yaml", ROLE), ("in/closed/c.yaml", JOB)]);
    for pipe in [
        "in/pipe.yaml",
        "in/pipe.json",
        "in/kustomization.yaml",
        "in/Chart.yaml",
        "in/closed/.gitignore",
        "rolecall.yaml",
    ] {
        let made = Command::new("mkfifo").arg(tree.path().join(pipe)).status().unwrap();
        assert!(made.success());
    }
    std::os::unix::net::UnixListener::bind(tree.path().join("in/socket.yaml")).unwrap();
    symlink("/dev/zero", tree.path().join("in/zero.yaml")).unwrap();
    symlink("..", tree.path().join("in/sub/up")).unwrap();
    symlink(".", tree.path().join("in/loop.yaml")).unwrap();
    for line in
        ["lint in", "lint in/a.yaml --context in", "lint in/*.yaml", "who-can get secrets -f in", "test in", "graph in"]
    {
        let args: Vec<_> = line.split(' ').collect();
        let output = run_to_end(&mut tool(tree.path(), &args));
        assert!(output.status.code().is_some_and(|code| code <= 3), "{line}: {}", text(&output.stderr));
        let is_heard = line.starts_with("lint");
        assert!(
            !is_heard || text(&output.stdout).contains("job-restart-policy-always"),
            "{line}: {}",
            text(&output.stderr)
        );
    }
    let whole = run_to_end(&mut tool(tree.path(), &["lint", "in", "-o", "concise"]));
    let told = "in/closed:1:1: error[file-unreadable]: the file cannot be read: its `.gitignore` is no file";
    assert!(text(&whole.stdout).contains(told), "{}", text(&whole.stdout));
    let below = run_to_end(&mut tool(tree.path(), &["lint", "in/closed"]));
    assert_eq!(below.status.code(), Some(2), "{}", text(&below.stdout));
    let regardless = run_to_end(&mut tool(tree.path(), &["lint", "in/closed", "--no-ignore"]));
    assert_eq!(regardless.status.code(), Some(1), "{}", text(&regardless.stderr));
}

#[test]
fn a_pipe_that_is_named_is_read_like_a_file() {
    let tree = tree(&[]);
    let pipe = tree.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let writer = std::thread::spawn(move || fs::write(pipe, JOB).unwrap());
    let output = run_to_end(&mut tool(tree.path(), &["lint", "-o", "concise", "pipe"]));
    writer.join().unwrap();
    assert!(
        text(&output.stdout).starts_with("pipe:8:22: error[job-restart-policy-always]"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn files_that_change_between_being_found_and_being_read_are_read_as_they_are() {
    let tree = tree(&[
        ("gone.yaml", JOB),
        ("good.yaml", JOB),
        ("link.yaml", JOB),
        ("short.yaml", JOB),
        ("tall.yaml", "x: 1\n"),
    ]);
    let inputs = files_under(tree.path());
    fs::remove_file(tree.path().join("gone.yaml")).unwrap();
    fs::write(tree.path().join("short.yaml"), "kind: Job\napiVer").unwrap();
    fs::write(tree.path().join("tall.yaml"), format!("{JOB}---\n").repeat(50)).unwrap();
    fs::remove_file(tree.path().join("link.yaml")).unwrap();
    fs::create_dir(tree.path().join("link.yaml")).unwrap();
    let report = lint(&inputs, &Options::default(), &Settings::default()).unwrap();
    let of = |name: &str| -> Vec<_> {
        let sources = &report.read_set.sources;
        let told = report.findings.iter().filter(|finding| sources.path(finding.span.file).ends_with(name));
        told.map(|finding| finding.rule).collect()
    };
    assert_eq!(of("gone.yaml"), ["file-unreadable"]);
    assert_eq!(of("link.yaml"), ["file-unreadable"]);
    assert_eq!(of("short.yaml"), ["file-syntax-error"]);
    assert_eq!(of("good.yaml"), ["job-restart-policy-always"]);
    assert_eq!(of("tall.yaml").iter().filter(|rule| **rule == "job-restart-policy-always").count(), 50);
}

/// Whether nobody is kept from anything here, whatever the permissions are.
fn is_almighty(directory: &Path) -> bool {
    let probe = directory.join("probe");
    fs::create_dir(&probe).unwrap();
    fs::set_permissions(&probe, Permissions::from_mode(0o555)).unwrap();
    let is_almighty = File::create(probe.join("x")).is_ok();
    fs::set_permissions(&probe, Permissions::from_mode(0o755)).unwrap();
    fs::remove_dir_all(probe).unwrap();
    is_almighty
}

#[test]
fn what_may_not_be_read_or_written_is_named_and_costs_nothing_else() {
    let tree = tree(&[("closed/a.yaml", JOB), ("folder/b.yaml", JOB), ("open/c.yaml", JOB), ("secret.yaml", JOB)]);
    if is_almighty(tree.path()) {
        crate::tell("rights are not tried: whoever runs this test has all of them");
        return;
    }
    let set = |path: &str, mode| fs::set_permissions(tree.path().join(path), Permissions::from_mode(mode)).unwrap();
    set("closed", 0o000);
    set("folder", 0o555);
    set("secret.yaml", 0o000);
    let linted = run(tree.path(), &["lint", "-o", "concise"]);
    let fixed = run(tree.path(), &["lint", "--fix", "--unsafe-fixes", "-o", "concise", "folder", "open"]);
    set("closed", 0o755);
    set("folder", 0o755);
    assert_eq!(linted.code, 1, "{}", linted.error);
    for place in ["closed:1:1: error[file-unreadable]", "secret.yaml:1:1: error[file-unreadable]", "open/c.yaml:8:22: "]
    {
        assert!(linted.out.contains(place), "{place}: {}", linted.out);
    }
    assert_eq!(fixed.code, 2, "{}", fixed.error);
    assert!(fixed.error.contains("error: `folder/b.yaml` cannot be fixed: permission denied"), "{}", fixed.error);
    assert_eq!(fs::read_to_string(tree.path().join("folder/b.yaml")).unwrap(), JOB);
    assert!(fs::read_to_string(tree.path().join("open/c.yaml")).unwrap().contains("Never"));
}

#[test]
fn whoever_is_stopped_while_fixing_leaves_whole_files() {
    let fixed = JOB.replace("Always", "Never");
    let names: Vec<_> = (0..400).map(|number| format!("{number}.yaml")).collect();
    let mut stopped_midway = 0;
    for (attempt, signal) in ["INT", "TERM", "KILL", "HUP"].iter().cycle().take(8).enumerate() {
        let files: Vec<_> = names.iter().map(|name| (name.as_str(), JOB)).collect();
        let tree = tree(&files);
        let mut child = tool(tree.path(), &["lint", "--fix", "--unsafe-fixes", "-o", "concise"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let is_fixed = |name: &String| fs::read_to_string(tree.path().join(name)).unwrap() == fixed;
        // Stopped once some of the files are new.
        while child.try_wait().unwrap().is_none() && !names.get(attempt * 10).is_some_and(is_fixed) {
            std::thread::yield_now();
        }
        drop(Command::new("kill").args(["-s", signal, &child.id().to_string()]).stderr(Stdio::null()).status());
        child.wait().unwrap();
        let mut done = 0;
        for entry in fs::read_dir(tree.path()).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.extension().is_some_and(|extension| extension == "yaml") {
                let now = fs::read_to_string(&path).unwrap();
                assert!(now == JOB || now == fixed, "{signal}: {name} is neither old nor new: {now:?}");
                done += usize::from(now == fixed);
            } else {
                assert!(name.starts_with(".rolecall-"), "{signal}: {name} does not say whose it is");
            }
        }
        stopped_midway += usize::from((1..names.len()).contains(&done));
        // What was left behind is in nobody's way.
        let again = run(tree.path(), &["lint", "--fix", "--unsafe-fixes"]);
        assert_eq!(again.code, 0, "{}", again.error);
        assert!(names.iter().all(is_fixed), "{signal}");
    }
    crate::tell(&format!("{stopped_midway} of 8 runs were stopped in the midst of their fixes"));
}
