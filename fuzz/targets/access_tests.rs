//! Bytes as a file of access tests: tests that are run against a small cluster, or one mistake with its place.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rolecall::query::Access;
use rolecall::query::testing::{Runner, TestFile};
use rolecall::report::access::testing::{TestRun, human, json, junit};
use rolecall_fuzz::{LOOK, access, check_json, check_span, check_text, check_xml, project};

static ACCESS: LazyLock<Access> = LazyLock::new(access);

fuzz_target!(|bytes: &[u8]| {
    let file = match TestFile::parse("access-test.yaml", bytes.to_owned()) {
        Ok(file) => file,
        Err(failure) => {
            assert!(failure.message().starts_with("access-test.yaml"), "{}", failure.message());
            return;
        }
    };
    file.tests.iter().for_each(|test| check_span(&file.sources, test.span));
    let run = TestRun { access: &ACCESS, files: Runner::new(&ACCESS).run(std::slice::from_ref(&file), |_| true) };
    assert_eq!(run.tests(), file.tests.len());
    check_json(&json(&run));
    check_xml(&junit(&run, &project()));
    check_text(&human(&run, LOOK));
});
