//! What the project is built from: from where, under which licences, why each is there, and what goes into the package.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// What cargo says, without a network.
fn cargo(args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO"));
    let output = command.args(args).arg("--offline").current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(output.status.success(), "cargo {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The platform that this is compiled on: what others need need not have been downloaded.
fn host() -> String {
    let output = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).arg("-vV").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

/// The licences that `cargo deny` is told to allow.
fn allowed() -> BTreeSet<String> {
    let file = text("deny.toml");
    let list = file.split("\nallow = [").nth(1).unwrap().split(']').next().unwrap();
    list.split(',').map(|word| word.trim().trim_matches('"').to_owned()).filter(|word| !word.is_empty()).collect()
}

/// Whether an SPDX expression leaves a choice that is allowed. Alternatives stand in parentheses or alone.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let expression = expression.replace(" / ", " OR ").replace('/', " OR ");
    expression.split(" AND ").all(|needed| {
        let mut choices = needed.trim_matches(['(', ')']).split(" OR ");
        choices.any(|choice| allowed.contains(choice))
    })
}

#[test]
fn every_licence_is_allowed() {
    let metadata = cargo(&["metadata", "--locked", "--format-version", "1", "--filter-platform", &host()]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 50);
    let allowed = allowed();
    assert!(allowed.contains("MIT") && !is_allowed("GPL-3.0", &allowed) && !is_allowed("MIT AND GPL-3.0", &allowed));
    for package in packages {
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(is_allowed(licence, &allowed), "{} is under {licence}", package["id"]);
    }
}

#[test]
fn everything_comes_from_crates_io_with_a_checksum() {
    let lock = text("Cargo.lock");
    let packages: Vec<_> = lock.split("[[package]]\n").skip(1).collect();
    assert!(packages.len() > 100);
    let own = format!("name = \"{}\"\n", env!("CARGO_PKG_NAME"));
    for package in packages.iter().filter(|package| !package.starts_with(&own)) {
        assert!(package.contains("source = \"registry+https://github.com/rust-lang/crates.io-index\"\n"), "{package}");
        assert!(package.contains("\nchecksum = \""), "{package}");
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = text("Cargo.toml");
    let lines: Vec<_> = manifest.lines().collect();
    let mut count = 0;
    for heading in ["[dependencies]", "[dev-dependencies]"] {
        let start = lines.iter().position(|line| *line == heading).unwrap() + 1;
        let of_part = lines[start..].iter().take_while(|line| !line.starts_with('[') && !line.is_empty());
        for pair in of_part.collect::<Vec<_>>().chunks(2) {
            assert!(pair.len() == 2 && pair[0].starts_with("# ") && pair[0].ends_with('.'), "{pair:?}");
            assert!(pair[1].contains(" = "), "{pair:?}");
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}

#[test]
fn the_package_holds_the_program_and_what_is_read_about_it() {
    let listed = cargo(&["package", "--list", "--allow-dirty", "--locked"]);
    let files: Vec<_> = listed.lines().collect();
    for file in ["src/main.rs", "rules/job-restart-policy-always.md", "README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        assert!(files.contains(&file), "{file} is missing");
    }
    let unwanted = ["fuzz", "testdata", "tests", "target", ".ci", ".github", "proptest-regressions"];
    for file in files {
        let folder = file.split('/').next().unwrap();
        assert!(!unwanted.contains(&folder), "{file} is of no use to who installs the program");
    }
}
