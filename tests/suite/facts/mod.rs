//! The catalog against what an API server says of itself: `testdata/facts/`.
//!
//! `api-resources-VERSION` is its discovery with default features; `api-resources-VERSION-alpha-beta` is what comes with
//! all others; `bootstrap-policy-VERSION` is its RBAC policy after its first start. `fields.txt` are the fields of the types.

mod fields;
mod policy;
mod render;
mod resources;

use std::fmt::Debug;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use rolecall::catalog::Version;
use serde::de::DeserializeOwned;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn facts<T: DeserializeOwned>(name: &str, version: Version, rest: &str) -> T {
    let path = project().join(format!("testdata/facts/{name}-{version}{rest}.json.gz"));
    serde_json::from_reader(GzDecoder::new(File::open(path).unwrap())).unwrap()
}

fn embedded(version: Version, name: &str) -> PathBuf {
    project().join(format!("data/kubernetes/{version}/{name}"))
}

/// Compares one by one, so that a difference can be read.
fn assert_same<T: PartialEq + Debug>(known: &[T], told: &[T]) {
    known.iter().zip(told).for_each(|(known, told)| assert_eq!(known, told));
    assert_eq!(known.len(), told.len());
}

/// Compares a text of the catalog with what the facts come to, or writes it anew.
fn check_text(version: Version, name: &str, rendered: &str) {
    let path = embedded(version, name);
    if std::env::var_os("ROLECALL_UPDATE").is_some() {
        fs::write(&path, rendered).unwrap();
    }
    let text = fs::read_to_string(&path).unwrap();
    let difference = text.lines().zip(rendered.lines()).position(|(known, told)| known != told);
    assert!(
        text == rendered,
        "{} is not what the facts say, from line {} on: `ROLECALL_UPDATE=1 cargo test --test suite facts` writes it anew",
        path.display(),
        difference.unwrap_or_else(|| text.lines().count().min(rendered.lines().count())) + 1,
    );
}

#[test]
fn the_texts_are_what_the_facts_come_to() {
    for version in Version::with_facts() {
        check_text(version, "resources.txt", &render::resources(version));
        check_text(version, "policy.txt", &render::policy(version));
    }
}
