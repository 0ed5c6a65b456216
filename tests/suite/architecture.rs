//! The order of the layers, and the tidiness of the house.

use std::fs;
use std::path::{Path, PathBuf};

use rolecall::catalog::Version;

/// A module uses only layers that stand before its own.
const LAYERS: &[&str] = &[
    "timing",
    "source",
    "diagnostic",
    "discover",
    "yaml",
    "strict",
    "config",
    "rbac",
    "catalog",
    "audit",
    "validate",
    "schedule",
    "manifest",
    "graph",
    "query",
    "lint",
    "report",
    "picture",
    "shell",
    "cli",
];

/// Files longer than this are more than one idea.
const MAX_LINES: usize = 450;

fn rust_files(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.append(&mut rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn source_files() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files: Vec<_> = rust_files(&root)
        .into_iter()
        .map(|path| (path.strip_prefix(&root).unwrap().to_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    assert!(files.len() > 20, "the sources are somewhere else");
    files
}

fn rank(layer: &str) -> Option<usize> {
    LAYERS.iter().position(|known| *known == layer)
}

/// The layers that a text names behind `crate::`.
fn used_layers(text: &str) -> Vec<&str> {
    let names = text.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        &rest[..end]
    });
    names.collect()
}

#[test]
fn layers_only_look_back() {
    let mut edges = 0;
    for (path, text) in source_files() {
        let own = path.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        if matches!(own, "lib" | "main") {
            continue;
        }
        let own_rank = rank(own).unwrap_or_else(|| panic!("src/{own} is no layer"));
        for used in used_layers(&text) {
            let used_rank = rank(used).unwrap_or_else(|| panic!("{}: `crate::{used}` is no layer", path.display()));
            assert!(used_rank <= own_rank, "src/{} uses `{used}`, which stands behind `{own}`", path.display());
            edges += usize::from(used_rank < own_rank);
        }
    }
    assert!(edges > 30, "only {edges} uses between layers were found: the test looks at the wrong thing");
}

#[test]
fn files_are_one_idea_each() {
    for (path, text) in source_files() {
        let lines = text.lines().count();
        assert!(lines <= MAX_LINES, "src/{} has {lines} lines", path.display());
        assert!(text.starts_with("//!"), "src/{} does not say what it is", path.display());
    }
}

#[test]
fn the_version_of_kubernetes_is_that_of_the_types() {
    let cargo = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let feature = format!("v{}", Version::NEWEST.to_string().replace('.', "_"));
    let types = cargo.lines().find(|line| line.starts_with("k8s-openapi")).unwrap();
    assert!(types.contains(&format!("[\"{feature}\"]")), "{types}");
}

#[test]
fn no_layer_is_forgotten_on_the_map() {
    let map = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let positions: Vec<_> = LAYERS
        .iter()
        .map(|layer| map.find(&format!("//! | [`{layer}`] |")).unwrap_or_else(|| panic!("`{layer}` is not on the map")))
        .collect();
    assert!(positions.is_sorted(), "the map does not have the order of the layers");
}
