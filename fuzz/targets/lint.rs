//! Bytes → objects → findings → every report: whatever is in a file, what is said about its neighbour stays the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rolecall::lint::lint;
use rolecall::manifest::Options;
use rolecall::source::FileId;
use rolecall_fuzz::{check_report, inputs, settings};

fuzz_target!(|bytes: &[u8]| {
    let parse_all = bytes.len() % 2 == 0;
    let options = Options { parse_all, ..Options::default() };
    let report = lint(&inputs(bytes), &options, &settings()).expect("the neighbour can be read");
    check_report(&report);
    let beside = report.findings.iter().any(|finding| {
        finding.span.file == FileId::new(1) && finding.rule == "job-restart-policy-always"
    });
    assert!(beside, "the finding about the neighbour is gone");
});
