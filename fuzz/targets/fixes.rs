//! Bytes → what `--fix` makes of them: as many objects as before, and nothing left to put right.

#![no_main]

use std::collections::BTreeMap;
use std::path::PathBuf;

use libfuzzer_sys::fuzz_target;
use rolecall::discover::Inputs;
use rolecall::lint::fix::{Limits, fix};
use rolecall::lint::lint;
use rolecall::manifest::{Options, Reason};
use rolecall_fuzz::{check_report, inputs, settings};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { with_unsafe: bytes.len() % 2 == 0, files: None };
    let (options, settings) = (Options::default(), settings());
    let before = lint(&inputs(bytes), &options, &settings).expect("the neighbour can be read");
    let fixed = fix(&inputs(bytes), &options, &settings, &limits).expect("the neighbour can be read");
    check_report(&fixed.report);
    // What a misspelt key has hidden may show that an object is a template.
    let objects = [&before, &fixed.report].map(|report| {
        let templates = report.read_set.skipped.iter().filter(|skipped| skipped.reason == Reason::Template);
        report.read_set.objects.len() + templates.count()
    });
    assert!(objects[0] <= objects[1], "of {} objects {} are left", objects[0], objects[1]);
    // Files that were left alone stay as they were; all others are put right once and for all.
    let texts: BTreeMap<_, _> = fixed.files.iter().map(|file| (file.path.as_str(), &file.new)).collect();
    let is_known = |path: &str| texts.contains_key(path);
    let again = Inputs::of_texts(
        texts.iter().map(|(path, text)| (PathBuf::from(path), (*text).clone())).chain(
            ["fuzzed.yaml", "neighbour.yaml"].into_iter().zip([bytes, rolecall_fuzz::NEIGHBOUR.as_bytes()])
                .filter(|(path, _)| !is_known(path))
                .map(|(path, text)| (PathBuf::from(path), text.to_owned())),
        ),
    );
    let twice = fix(&again, &options, &settings, &limits).expect("the neighbour can be read");
    let more: Vec<_> = twice.files.iter().map(|file| String::from_utf8_lossy(&file.new)).collect();
    assert!(more.is_empty(), "there was more to put right: {more:?}");
});
