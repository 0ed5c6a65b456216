//! Bytes as an audit log: who did what, and the roles that would allow it.

#![no_main]

use std::io::Cursor;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rolecall::audit::{Actors, read_logs};
use rolecall::discover::Log;
use rolecall::query::{Access, LeastOptions, least_privilege, unseen};
use rolecall::report::access::least;
use rolecall_fuzz::{LOOK, access, check_json, check_text};

static ACCESS: LazyLock<Access> = LazyLock::new(access);

fuzz_target!(|bytes: &[u8]| {
    let actors = if bytes.len() % 2 == 0 { Actors::Users } else { Actors::ServiceAccounts };
    let log = Log::new("audit.log", Box::new(Cursor::new(bytes.to_owned())));
    let Ok(usage) = read_logs([log], &actors) else { return };
    let reading = &usage.reading;
    assert!(reading.broken + reading.foreign <= reading.lines + reading.requests);
    for with_denied in [false, true] {
        let options = LeastOptions { max_names: 3, max_roles: 2, with_denied };
        let all = least_privilege(&ACCESS, &usage, &actors, options);
        let unseen = unseen(&ACCESS, &usage);
        check_text(&least::human(&ACCESS, &all, &unseen, options, LOOK));
        check_text(&least::yaml(&all, with_denied));
        check_json(&least::json(&ACCESS, reading, &all, &unseen));
    }
    least::reading(reading).iter().for_each(|line| check_text(line));
});
