//! What is refused, and in which words.

use super::*;

/// What is wrong with a schedule, and the part of it that is at fault.
fn fault(text: &str) -> (String, String) {
    let error = Schedule::parse(text).unwrap_err();
    (error.message, text.get(error.range).unwrap().to_owned())
}

#[track_caller]
fn assert_faults(table: &[(&str, &str, &str)]) {
    for (text, message, place) in table {
        assert_eq!(fault(text), ((*message).to_owned(), (*place).to_owned()), "{text:?}");
    }
}

#[test]
fn durations_are_refused_in_the_words_of_go() {
    for (duration, problem) in [
        ("", r#"invalid duration """#),
        ("-", r#"invalid duration "-""#),
        ("5", r#"missing unit in duration "5""#),
        ("00", r#"missing unit in duration "00""#),
        ("1h5", r#"missing unit in duration "1h5""#),
        ("1..5s", r#"missing unit in duration "1..5s""#),
        ("1d", r#"unknown unit "d" in duration "1d""#),
        ("1H", r#"unknown unit "H" in duration "1H""#),
        ("1h 30m", r#"unknown unit "h " in duration "1h 30m""#),
        (" 1h", r#"invalid duration " 1h""#),
        ("h", r#"invalid duration "h""#),
        (".s", r#"invalid duration ".s""#),
        ("--1s", r#"invalid duration "--1s""#),
        ("1\"\\", r#"unknown unit "\"\\" in duration "1\"\\""#),
        ("5µx\u{7f}\t", "unknown unit \"\\xc2\\xb5x\u{7f}\\x09\" in duration \"5\\xc2\\xb5x\u{7f}\\x09\""),
        ("9223372036854775808ns", r#"invalid duration "9223372036854775808ns""#),
        ("9223372036854775809ns", r#"invalid duration "9223372036854775809ns""#),
        ("99999999999999999999ns", r#"invalid duration "99999999999999999999ns""#),
        ("2562048h", r#"invalid duration "2562048h""#),
        ("9223372036854775807ns1ns", r#"invalid duration "9223372036854775807ns1ns""#),
    ] {
        let text = format!("@every {duration}");
        let place = if duration.is_empty() { &text } else { duration };
        assert_eq!(fault(&text), (format!("failed to parse duration {text}: time: {problem}"), place.to_owned()));
    }
}

#[test]
fn schedules_are_refused_in_the_words_of_the_original() {
    assert_faults(&[
        ("", "empty spec string", ""),
        (" ", "expected exactly 5 fields, found 0: []", " "),
        ("* * * *", "expected exactly 5 fields, found 4: [* * * *]", "* * * *"),
        ("0  0 * * * *", "expected exactly 5 fields, found 6: [0 0 * * * *]", "0  0 * * * *"),
        (" @daily", "expected exactly 5 fields, found 1: [@daily]", " @daily"),
        ("@daily ", "unrecognized descriptor: @daily ", "@daily "),
        ("@Daily", "unrecognized descriptor: @Daily", "@Daily"),
        ("@every\t1h", "unrecognized descriptor: @every\t1h", "@every\t1h"),
        ("@", "unrecognized descriptor: @", "@"),
        ("60 * * * *", "end of range (60) above maximum (59): 60", "60"),
        ("1,0-60/2 * * * *", "end of range (60) above maximum (59): 0-60/2", "60"),
        ("0 24 * * *", "end of range (24) above maximum (23): 24", "24"),
        ("0 0 0 * *", "beginning of range (0) below minimum (1): 0", "0"),
        ("0 0 0-40 * *", "beginning of range (0) below minimum (1): 0-40", "0"),
        ("0 0 * 13 *", "end of range (13) above maximum (12): 13", "13"),
        ("0 0 * * 1-7", "end of range (7) above maximum (6): 1-7", "7"),
        ("0 22-2/0 * * *", "beginning of range (22) beyond end of range (2): 22-2/0", "22-2"),
        ("0 0 * * FRI-MON", "beginning of range (5) beyond end of range (1): FRI-MON", "FRI-MON"),
        ("70/5 * * * *", "beginning of range (70) beyond end of range (59): 70/5", "70"),
        ("*/0 * * * *", "step of range should be a positive number: */0", "0"),
        ("*/-5 * * * *", "negative number (-5) not allowed: -5", "-5"),
        ("1--2 * * * *", "too many hyphens: 1--2", "1--2"),
        ("1-2-3/4 * * * *", "too many hyphens: 1-2-3/4", "1-2-3"),
        ("0,*/2/3 * * * *", "too many slashes: */2/3", "*/2/3"),
        ("5/x/3 * * * *", "too many slashes: 5/x/3", "5/x/3"),
        // The first field that is wrong is told.
        ("0 24 0 13 7", "end of range (24) above maximum (23): 24", "24"),
    ]);
}

#[test]
fn time_zones_in_front_are_looked_at_first() {
    assert_faults(&[
        ("CRON_TZ=Foo/Bar x", "provided bad location Foo/Bar: unknown time zone Foo/Bar", "Foo/Bar"),
        ("TZ=utc * * * * *", "provided bad location utc: unknown time zone utc", "utc"),
        ("TZ=../x * * * * *", "provided bad location ../x: time: invalid location name", "../x"),
        ("TZ=UTC 60 * * * *", "end of range (60) above maximum (59): 60", "60"),
        ("TZ=UTC\t* * * * *", "provided bad location UTC\t*: unknown time zone UTC\t*", "UTC\t*"),
        ("TZ=UTC", "expected exactly 5 fields, found 0: []", "TZ=UTC"),
        (" TZ=UTC * * * * *", "expected exactly 5 fields, found 6: [TZ=UTC * * * * *]", " TZ=UTC * * * * *"),
    ]);
}

#[test]
fn numbers_are_refused_in_the_words_of_go() {
    let no_number =
        |text: &str| format!(r#"failed to parse int from {text}: strconv.Atoi: parsing "{text}": invalid syntax"#);
    let too_great =
        |text: &str| format!(r#"failed to parse int from {text}: strconv.Atoi: parsing "{text}": value out of range"#);
    for (text, message, place) in [
        ("x-2-3 * * * *", no_number("x"), "x"),
        ("-1 * * * *", no_number(""), "-1"),
        ("0,1-,2 * * * *", no_number(""), "1-"),
        ("5/ * * * *", no_number(""), "5/"),
        ("5/x * * * *", no_number("x"), "x"),
        ("MON * * * *", no_number("MON"), "MON"),
        ("0 0 L * *", no_number("L"), "L"),
        ("0 0 1,15W * *", no_number("15W"), "15W"),
        ("0 0 * * monday", no_number("monday"), "monday"),
        ("0 0 * jan-x *", no_number("x"), "x"),
        ("** * * * *", no_number("**"), "**"),
        ("1_0 * * * *", no_number("1_0"), "1_0"),
        ("١ * * * *", no_number("١"), "١"),
        (
            "é\u{7f} * * * *",
            "failed to parse int from é\u{7f}: strconv.Atoi: parsing \"é\\x7f\": invalid syntax".to_owned(),
            "é\u{7f}",
        ),
        (
            "9223372036854775807 * * * *",
            "end of range (9223372036854775807) above maximum (59): 9223372036854775807".to_owned(),
            "9223372036854775807",
        ),
        ("9223372036854775808 * * * *", too_great("9223372036854775808"), "9223372036854775808"),
        ("99999999999999999999x * * * *", too_great("99999999999999999999x"), "99999999999999999999x"),
        (
            "*/-9223372036854775808 * * * *",
            "negative number (-9223372036854775808) not allowed: -9223372036854775808".to_owned(),
            "-9223372036854775808",
        ),
        ("*/-9223372036854775809 * * * *", too_great("-9223372036854775809"), "-9223372036854775809"),
    ] {
        assert_eq!(fault(text), (message, place.to_owned()), "{text:?}");
    }
}
