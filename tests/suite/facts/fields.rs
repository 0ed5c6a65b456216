//! The fields of the API's types, against those that were known before, and against the catalog's list of changes.

use std::collections::BTreeSet;
use std::fs;

use rolecall::catalog::{Version, fields};
use rolecall::manifest::{Kind, Level};

use super::project;

/// Every field of every type of which analysed objects consist, as `JobSpec.completions`.
fn of_the_types() -> BTreeSet<String> {
    let levels = Kind::ALL.into_iter().flat_map(Level::all);
    levels.flat_map(|level| level.fields.iter().map(move |field| format!("{}.{field}", level.structure))).collect()
}

fn listed<'f>(fields: impl Iterator<Item = &'f String>) -> String {
    fields.map(String::as_str).collect::<Vec<_>>().join("\n  ")
}

#[test]
fn the_fields_are_those_that_are_known() {
    let path = project().join("testdata/facts/fields.txt");
    let told = of_the_types();
    if std::env::var_os("ROLECALL_UPDATE").is_some() {
        fs::write(&path, told.iter().map(String::as_str).collect::<Vec<_>>().join("\n") + "\n").unwrap();
    }
    let text = fs::read_to_string(&path).unwrap();
    let known: BTreeSet<_> = text.lines().map(str::to_owned).collect();
    assert!(known.len() > 800, "the list is incomplete");
    assert!(
        known == told,
        "fields have come or gone: write each into data/kubernetes/fields.txt, those that have come as `FIELD {}-`, \
         those that are gone as `FIELD -VERSION` with the last version that had them; then \
         `ROLECALL_UPDATE=1 cargo test --test suite fields` takes down that they are known\ncome:\n  {}\ngone:\n  {}",
        Version::NEWEST,
        listed(told.difference(&known)),
        listed(known.difference(&told)),
    );
}

#[test]
fn changes_end_with_what_there_is_today() {
    let told = of_the_types();
    for (structure, field, lifetime) in fields::changed() {
        let is_there = told.contains(&format!("{structure}.{field}"));
        assert_eq!(is_there, lifetime.until.is_none(), "{structure}.{field}");
    }
}
