//! The shell on a pipe: the answers of the commands, one after the other, and nothing that ends it before its time.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

const ACCOUNT: &str = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: deployer, namespace: ci}\n";

const ROLE: &str = "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: deploy, namespace: prod}\n\
    rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]\n";

const BINDING: &str = "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: deploy, namespace: prod}\n\
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: deploy}\n\
    subjects: [{kind: ServiceAccount, name: deployer, namespace: ci}]\n";

/// A directory with some manifests.
fn manifests() -> TempDir {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("all.yaml"), [ACCOUNT, ROLE, BINDING].concat()).unwrap();
    directory
}

fn start(directory: &Path, args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolecall"));
    command.args(args).current_dir(directory).env("XDG_STATE_HOME", directory.join("state"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// What the program says to lines in a directory: exit code, standard output and standard error.
fn say_in(directory: &Path, args: &[&str], lines: &[u8]) -> (Option<i32>, String, String) {
    let mut shell = start(directory, args);
    // It may end before it has read everything.
    drop(shell.stdin.take().unwrap().write_all(lines));
    let output = shell.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn say(lines: &str) -> (Option<i32>, String, String) {
    say_in(manifests().path(), &["shell"], lines.as_bytes())
}

#[test]
fn the_answers_are_those_of_the_commands() {
    let directory = manifests();
    let alone = |question: &[&str]| say_in(directory.path(), &[&["can-i"], question].concat(), b"").1;
    let yes = alone(&["get", "pods", "--serviceaccount", "ci:deployer", "-n", "prod"]);
    let no = alone(&["get", "pods/x", "--serviceaccount", "ci:deployer", "-A", "-o", "json"]);
    assert!(yes.starts_with("yes\n") && no.contains("\"allowed\": false"), "{yes}{no}");
    for (lines, expected) in [
        ("can-i get pods --serviceaccount ci:deployer -n prod", vec![&yes]),
        ("kubectl auth can-i get pods --as=system:serviceaccount:ci:deployer -n prod\n", vec![&yes]),
        ("can ci:deployer get pods in prod?\r\ncan ci:deployer get pods named x everywhere -o json\n", vec![&yes, &no]),
        ("\n# nothing\n\nrolecall can ci:deployer get pods in prod # why\nexit\ncan-i\n", vec![&yes]),
        ("quit\ncan ci:deployer get pods in prod", vec![]),
    ] {
        let expected: String = expected.into_iter().map(String::as_str).collect();
        let answer = say_in(directory.path(), &["shell"], lines.as_bytes());
        assert_eq!(answer, (Some(0), expected, String::new()), "{lines}");
    }
    assert!(!directory.path().join("state").exists(), "lines from a pipe are no history");
}

#[test]
fn what_was_guessed_stands_beside_the_answer() {
    let (code, out, err) = say("can deployer get pods/log named a in prod");
    assert_eq!((code, out.lines().next()), (Some(0), Some("no")));
    assert_eq!(err, "note: `deployer` is taken for ServiceAccount ci/deployer\n");
}

#[test]
fn mistakes_cost_their_line_and_are_remembered_in_the_exit_code() {
    for (line, complaint) in [
        ("can-j get pods", "error: there is no command `can-j` in the shell\n  help: did you mean `can-i`?\n"),
        ("lint .", "error: there is no command `lint` in the shell\n  help: `help` shows what can be asked\n"),
        (
            "can 'ci:deployer get pods",
            "error: a quote is not closed\n  help: close it, or write a backslash before it where it means itself\n",
        ),
        ("can-i --ass x", "error: unexpected argument '--ass' found\n  help: a similar argument exists: '--as'\n"),
        ("can-i -o xml", "error: invalid value 'xml' for '--output <FORMAT>' [possible values: human, json]\n"),
        ("reload now", "error: unexpected argument 'now' found\n  help: Usage: reload\n"),
        ("help me", "error: there is no command `me` in the shell\n  help: `help` shows what can be asked\n"),
        (
            "can me get pods",
            "error: `me` names no subject\n  help: name a ServiceAccount as `NAMESPACE:NAME` or `sa/NAMESPACE/NAME`, anybody else as `user/NAME` or `group/NAME`\n",
        ),
    ] {
        let (code, out, err) = say(&format!("{line}\nreload\n"));
        let expected = (Some(2), "nothing has changed about access\n1 file\n", complaint);
        assert_eq!((code, out.as_str(), err.as_str()), expected, "{line}");
    }
}

#[test]
fn help_shows_what_can_be_asked_here() {
    let (code, out, err) = say("help\nhelp reload\nreload -h\n");
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.contains("\n  can ci:deployer get pods in prod\n"), "{out}");
    assert!(out.contains("\n  reload  "), "{out}");
    let page = "Reads everything again, and says what has changed\n\nUsage: reload\n";
    assert!(out.ends_with(&format!("{page}{page}")), "{out}");
    let (_, answer, _) = say("can ci:deployer get pods in prod");
    assert!(answer.starts_with("yes\n"), "the example is none: {answer}");
}

#[test]
fn reload_says_what_has_changed() {
    let directory = manifests();
    let mut shell = start(directory.path(), &["shell"]);
    let mut stdin = shell.stdin.take().unwrap();
    let mut out = BufReader::new(shell.stdout.take().unwrap());
    let mut reloaded = |lines: usize| {
        stdin.write_all(b"reload\n").unwrap();
        let mut text = String::new();
        for _ in 0..lines {
            out.read_line(&mut text).unwrap();
        }
        text
    };
    let write = |name: &str, text: &str| fs::write(directory.path().join(name), text).unwrap();
    assert_eq!(reloaded(2), "nothing has changed about access\n1 file\n");
    write("all.yaml", &["# moved\n\n", ACCOUNT, ROLE, BINDING].concat());
    assert_eq!(reloaded(2), "nothing has changed about access\n1 file\n");
    write("all.yaml", &[ACCOUNT, &ROLE.replace("[get]", "[list]")].concat());
    write(
        "job.yaml",
        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: pi, namespace: ci}\nspec: {template: {spec: {}}}\n",
    );
    write("bad.yaml", "kind: Role\na: [\n");
    let expected = "added:\n  Job ci/pi\nremoved:\n  RoleBinding prod/deploy\nchanged:\n  Role prod/deploy\ncannot be read now:\n  bad.yaml:";
    let text = reloaded(9);
    assert!(text.starts_with(expected) && text.ends_with("\n3 files, 1 unread\n"), "{text}");
    for name in ["all.yaml", "job.yaml", "bad.yaml"] {
        fs::remove_file(directory.path().join(name)).unwrap();
    }
    stdin.write_all(b"reload\ncan ci:deployer list pods in prod\n").unwrap();
    drop(stdin);
    let rest: Vec<_> = out.lines().map(Result::unwrap).collect();
    assert_eq!(rest.first().map(String::as_str), Some("no"), "the former state has no binding");
    let output = shell.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(
        err.starts_with("error: no .yaml, .yml or .json file")
            && err.ends_with("help: what was read before still holds\n"),
        "{err}"
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn hostile_lines_cost_their_line() {
    let good = b"\ncan ci:deployer get pods in prod\n";
    let long = vec![b'a'; 3 << 20];
    let words = "can ci:deployer ".repeat(20_000);
    let quotes = "\\'\"".repeat(5_000);
    let hostile: [&[u8]; 22] = [
        b"\xff\xfe\x00c\x00a\x00n",
        b"\0",
        b"can ci:deployer get \0 in \0",
        b"can \x1b[2J get pods",
        b"\x1b]0;title\x07",
        b"can-i \x1b[31m \x1b[2J --as \x1b[0m",
        b"help \x1b[2J",
        b"--",
        b"-",
        b"-- can-i",
        b"can --",
        b"can - - -",
        b"can ci:deployer get -- pods",
        b"can ci:deployer -- get pods in prod --",
        b"''",
        b"can '' '' ''",
        b"? ? ?",
        b"can : / /",
        b"can-i get pods/ --as= --as-group= -n ''",
        &long,
        words.as_bytes(),
        quotes.as_bytes(),
    ];
    let lines = hostile.iter().flat_map(|line| [*line, good]).collect::<Vec<_>>().concat();
    let (code, out, err) = say_in(manifests().path(), &["shell"], &lines);
    assert_eq!(code, Some(2));
    assert!(!err.contains("panicked") && !err.contains("overflow"), "{err}");
    let acts = |c: char| c.is_control() && c != '\n';
    assert!(!out.contains(acts) && !err.contains(acts), "{out}{err}");
    let answers = out.matches("ServiceAccount ci/deployer may get pods in namespace prod.").count();
    assert!(answers >= hostile.len(), "only {answers} answers");
}

#[test]
fn the_shell_needs_manifests_from_elsewhere() {
    let directory = manifests();
    for args in [["shell", "-"].as_slice(), &["shell", "-f", "-"], &["shell", ".", "-f", "-"]] {
        let (code, out, err) = say_in(directory.path(), args, b"kind: Job\n");
        let complaint = "error: standard input cannot bring both manifests and questions about them\n  help: name the files of the manifests\n";
        assert_eq!((code, out.as_str(), err.as_str()), (Some(2), "", complaint), "{args:?}");
    }
    let empty = TempDir::new().unwrap();
    assert_eq!(say_in(empty.path(), &["shell"], b"help\n").0, Some(3));
    assert_eq!(say_in(empty.path(), &["shell", "missing"], b"help\n").0, Some(2));
}

#[test]
fn the_shell_ends_when_nobody_reads_its_answers() {
    let directory = manifests();
    let mut shell = start(directory.path(), &["shell"]);
    drop(shell.stdout.take());
    let mut stdin = shell.stdin.take().unwrap();
    let has_ended = (0..100_000).any(|_| stdin.write_all(b"help exit\n").is_err());
    assert!(has_ended, "it went on answering");
    assert_eq!(shell.wait().unwrap().code(), Some(0));
}

#[test]
fn jobs_are_planned_with_what_the_shell_has_read() {
    let directory = manifests();
    let job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: load, namespace: ci}\nspec: {template: {spec: {serviceAccountName: deployer, \
               restartPolicy: Never, containers: [{name: a, image: b}]}}}\n";
    fs::create_dir(directory.path().join("jobs")).unwrap();
    fs::write(directory.path().join("jobs/job.yaml"), job).unwrap();
    let lines = b"plan jobs/job.yaml:load --duration 5m\nplan\nplan -\n";
    let (code, out, error) = say_in(directory.path(), &["shell", "all.yaml", "jobs"], lines);
    assert_eq!(out.matches("Job ci/load  jobs/job.yaml:3:18\n").count(), 2, "{out}{error}");
    assert_eq!(out.matches("in namespace prod: get pods\n").count(), 2, "{out}");
    assert!(out.contains("Complete after 5m\n") && out.contains("Complete after 1 run\n"), "{out}");
    assert_eq!(error, "error: standard input cannot bring the Jobs here: the questions come from it\n");
    assert_eq!(code, Some(2));
}
