//! Completions, manual pages, and the program as a plugin of kubectl.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::scratch::run;

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The commands, as the help lists them.
fn commands() -> Vec<String> {
    let help = run(here(), &["--help"]).out;
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let list = list.split("\n\n").next().unwrap();
    let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.map(|line| line.split_whitespace().next().unwrap().to_owned()).filter(|name| name != "help").collect()
}

#[test]
fn every_shell_completes_every_command() {
    let commands = commands();
    assert!(commands.len() > 10, "{commands:?}");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = run(here(), &["completions", shell]);
        assert_eq!((script.code, script.error.as_str()), (0, ""), "{shell}");
        for command in &commands {
            assert!(script.out.contains(command.as_str()), "{shell} does not know `{command}`");
        }
        assert!(script.out.contains("fail-on"), "{shell} does not know the flags");
    }
    assert_eq!(run(here(), &["completions", "tcsh"]).code, 2);
}

#[test]
fn bash_can_read_its_completions() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("rolecall.bash");
    fs::write(&path, run(here(), &["completions", "bash"]).out).unwrap();
    match Command::new("bash").arg("-n").arg(&path).status() {
        Ok(status) => assert!(status.success()),
        Err(_) => crate::tell("there is no bash here: its completions are not read"),
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let directory = tempfile::tempdir().unwrap();
    let written = run(here(), &["man", "--dir", directory.path().to_str().unwrap()]);
    assert_eq!((written.code, written.out.as_str(), written.error.as_str()), (0, "", ""));
    for command in commands().iter().map(String::as_str).chain(["config-show", "config-schema"]) {
        let page = fs::read_to_string(directory.path().join(format!("rolecall-{command}.1"))).unwrap();
        assert!(page.contains(".SH NAME") && page.contains(".SH SYNOPSIS"), "{command}");
    }
    let tool = run(here(), &["man"]).out;
    assert_eq!(tool, fs::read_to_string(directory.path().join("rolecall.1")).unwrap());
    let show = run(here(), &["man", "config", "show"]).out;
    assert_eq!(show, fs::read_to_string(directory.path().join("rolecall-config-show.1")).unwrap());
    assert!(show.contains("kubernetes"), "{show}");
}

#[test]
fn manual_pages_of_what_is_not_there_are_refused() {
    let unknown = run(here(), &["man", "lnt"]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.error.starts_with("error: there is no command `lnt`\n  help: there are `lint`, "),
        "{}",
        unknown.error
    );
    let below = run(here(), &["man", "lint", "x"]).error;
    assert_eq!(below, "error: there is no command `x`\n  help: `lint` has no commands of its own\n");
    let directory = tempfile::tempdir().unwrap();
    let missing = directory.path().join("missing");
    let error = run(here(), &["man", "--dir", missing.to_str().unwrap()]);
    assert!(error.code == 2 && error.error.contains("no pages can be written into"), "{}", error.error);
}

/// Gives a program another name. A copy could still be open for writing in a process that another test is starting, and
/// would be too busy to run.
#[cfg(unix)]
fn link(program: &Path, name: &Path) {
    if !name.exists() {
        std::os::unix::fs::symlink(program, name).unwrap();
    }
}

#[cfg(not(unix))]
fn link(program: &Path, name: &Path) {
    fs::copy(program, name).unwrap();
}

#[test]
fn as_a_plugin_it_is_called_as_it_is_typed() {
    let directory = tempfile::tempdir().unwrap();
    let usage = |name: &str, args: &[&str]| {
        let program = directory.path().join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        link(Path::new(env!("CARGO_BIN_EXE_rolecall")), &program);
        let output = Command::new(&program).args(args).output().unwrap();
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        text.lines().find(|line| line.starts_with("Usage: ")).unwrap().to_owned()
    };
    assert_eq!(usage("kubectl-rolecall", &["--help"]), "Usage: kubectl rolecall [OPTIONS] <COMMAND>");
    assert_eq!(usage("kubectl-rolecall", &["explain", "--help"]), "Usage: kubectl rolecall explain [OPTIONS] <RULE>");
    assert_eq!(
        usage("kubectl-rolecall", &["lint", "--no-such-flag"]),
        "Usage: kubectl rolecall lint [OPTIONS] [PATHS]..."
    );
    assert_eq!(usage("kubectl-rolecall", &["config", "show", "-x"]), "Usage: kubectl rolecall config show [OPTIONS]");
    assert_eq!(
        usage("rolecall", &["explain", "--help"]),
        format!("Usage: rolecall{} explain [OPTIONS] <RULE>", std::env::consts::EXE_SUFFIX)
    );
}
