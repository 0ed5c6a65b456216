//! What the README and the list of rules show is what happens: its console blocks are run, and their output is compared to the letter. A
//! picture below a console block is what its last command writes to standard output.

use std::fs;
use std::path::Path;
use std::process::Command;

/// One command of a console block, with the output that stands below it, and the picture below that.
struct Shown {
    command: String,
    output: String,
    picture: Option<String>,
}

fn shown_commands(markdown: &str) -> Vec<Shown> {
    let mut shown = Vec::new();
    for rest in markdown.split("```console\n").skip(1) {
        let (block, rest) = rest.split_once("```").unwrap();
        let commands = block.split("$ ").filter(|part| !part.is_empty());
        shown.extend(commands.map(|part| {
            let (command, output) = part.split_once('\n').unwrap();
            Shown { command: command.to_owned(), output: output.to_owned(), picture: None }
        }));
        let picture = rest.trim_start().strip_prefix("```mermaid\n");
        let picture = picture.map(|rest| rest.split_once("```").unwrap().0.to_owned());
        shown.last_mut().unwrap().picture = picture;
    }
    shown
}

/// The arguments of a command line that starts the tool, from the sources or as it is installed.
fn arguments(command: &str) -> Option<Vec<&str>> {
    let line = command.strip_prefix("cargo run --release -- ").or_else(|| command.strip_prefix("rolecall "))?;
    Some(line.split_whitespace().collect())
}

#[test]
fn every_command_prints_what_the_readme_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = ["README.md", "docs/rules.md", "docs/escalate.md", "docs/diff.md"];
    let pages = pages.map(|page| fs::read_to_string(root.join(page)).unwrap());
    let mut run = 0;
    for Shown { command, output, picture } in pages.iter().flat_map(|page| shown_commands(page)) {
        let Some(arguments) = arguments(&command) else { continue };
        let result = Command::new(env!("CARGO_BIN_EXE_rolecall")).args(arguments).current_dir(root).output().unwrap();
        let (stdout, stderr) = (String::from_utf8(result.stdout).unwrap(), String::from_utf8(result.stderr).unwrap());
        let printed = if picture.is_some() { stderr.clone() } else { [stdout.as_str(), &stderr].concat() };
        if let Some(picture) = picture {
            assert_eq!(stdout, picture, "`{command}` draws something else");
        }
        // A blank line may separate a command's output from the next command.
        assert_eq!(printed.trim_end(), output.trim_end(), "`{command}` prints something else");
        run += 1;
    }
    assert!(run >= 3, "only {run} commands were found in the README");
}

#[test]
fn the_readme_says_how_to_run_the_tests_as_ci_does() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let commands: Vec<_> = shown_commands(&readme).into_iter().map(|shown| shown.command).collect();
    assert!(commands.iter().any(|command| command == "cargo test"), "{commands:?}");
    let ci = fs::read_to_string(root.join(".ci/run")).unwrap();
    assert!(ci.lines().any(|line| line.starts_with("cargo test")), "{ci}");
}
