//! Bytes as SubjectAccessReviews: each comes out on a line of its own, answered or with the reason why not.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rolecall::query::{Access, review, submitted};
use rolecall::report::access;
use rolecall_fuzz::{check_json, check_text};

static ACCESS: LazyLock<Access> = LazyLock::new(rolecall_fuzz::access);

fuzz_target!(|bytes: &[u8]| {
    let text = rolecall::yaml::encoding::to_utf8(bytes.to_owned());
    for submitted in submitted(&text) {
        let reviewed = review(&ACCESS, submitted);
        let line = access::review(&reviewed);
        check_text(&line);
        assert_eq!(line.matches('\n').count(), 1, "{line:?}");
        check_json(&line);
    }
});
