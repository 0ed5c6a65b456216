//! What is read.

mod refused;

use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::catalog::Version;
use crate::validate::errors::Errors;
use crate::validate::field::Field;

fn calendar(text: &str) -> Calendar {
    match Schedule::parse(text) {
        Ok(Schedule::Calendar(calendar)) => calendar,
        other => panic!("{text}: {other:?}"),
    }
}

/// The numbers that a field allows, and whether it is a star.
fn numbers(field: &TimeField) -> (Vec<u32>, bool) {
    ((0..70).filter(|&number| field.contains(number)).collect(), field.is_star)
}

#[test]
fn fields_of_minutes_allow_what_their_entries_say() {
    let all = || (0..=59).collect::<Vec<u32>>();
    for (minutes, expected, is_star) in [
        ("*", all(), true),
        ("?", all(), true),
        ("*/1", all(), true),
        // A star with a step is none, and what stands behind its hyphens is not looked at.
        ("*/20", vec![0, 20, 40], false),
        ("*-5", all(), true),
        ("*-x-y-", all(), true),
        ("*-x/30", vec![0, 30], false),
        ("5,*", all(), true),
        ("5", vec![5], false),
        ("+5", vec![5], false),
        ("005", vec![5], false),
        ("55/2", vec![55, 57, 59], false),
        ("0/20", vec![0, 20, 40], false),
        ("10-14/2", vec![10, 12, 14], false),
        ("10-14/1", vec![10, 11, 12, 13, 14], false),
        ("10-10", vec![10], false),
        ("59,0", vec![0, 59], false),
        ("*/90", vec![0], false),
        ("5/9223372036854775807", vec![5], false),
        // Commas with nothing between them count for nothing.
        ("*/30,", vec![0, 30], false),
        (",,3,,4,", vec![3, 4], false),
        (",", vec![], false),
    ] {
        assert_eq!(numbers(&calendar(&format!("{minutes} * * * *")).minutes), (expected, is_star), "{minutes}");
    }
}

#[test]
fn months_and_days_of_the_week_have_names() {
    let calendar = calendar("1 2 3 JAN,Feb-apr,dec Sun,MON-wEd/2");
    assert_eq!(numbers(&calendar.minutes).0, [1]);
    assert_eq!(numbers(&calendar.hours).0, [2]);
    assert_eq!(numbers(&calendar.days_of_month).0, [3]);
    assert_eq!(numbers(&calendar.months).0, [1, 2, 3, 4, 12]);
    assert_eq!(numbers(&calendar.days_of_week).0, [0, 1, 3]);
    // Go makes an `i` of it.
    assert_eq!(numbers(&self::calendar("0 0 * * FRİ").days_of_week).0, [5]);
}

#[test]
fn fields_are_what_lies_between_white_space() {
    for text in ["\t0\u{a0}12  *\u{3000}*\r\n1 ", "0 12 * * 1", "TZ=UTC   0 12 * * 1 ", "CRON_TZ= 0 12 * * 1"] {
        let calendar = calendar(text);
        assert_eq!((numbers(&calendar.hours).0, numbers(&calendar.days_of_week).0), (vec![12], vec![1]), "{text}");
    }
}

#[test]
fn entries_know_where_they_stand_and_what_is_written_there() {
    let text = "TZ=UTC */90 0,1-5/2 * * *";
    let calendar = calendar(text);
    let entries = calendar.minutes.entries.iter().chain(&calendar.hours.entries);
    let entries: Vec<_> =
        entries.map(|entry| (text.get(entry.range.clone()).unwrap(), entry.first, entry.last, entry.step)).collect();
    assert_eq!(entries, [("*/90", 0, 59, 90), ("0", 0, 0, 1), ("1-5/2", 1, 5, 2)]);
}

#[test]
fn words_stand_for_schedules() {
    for (word, meaning) in [
        ("@yearly", "0 0 1 1 *"),
        ("@annually", "0 0 1 1 *"),
        ("@monthly", "0 0 1 * *"),
        ("@weekly", "0 0 * * 0"),
        ("@daily", "0 0 * * *"),
        ("@midnight", "0 0 * * *"),
        ("@hourly", "0 * * * *"),
        ("TZ=Asia/Tokyo  @hourly ", "0 * * * *"),
    ] {
        let fields = |calendar: Calendar| {
            let Calendar { minutes, hours, days_of_month, months, days_of_week } = calendar;
            [minutes, hours, days_of_month, months, days_of_week].map(|field| (field.bits, field.is_star))
        };
        assert_eq!(fields(calendar(word)), fields(calendar(meaning)), "{word}");
    }
}

#[test]
fn distances_are_whole_seconds_and_at_least_one() {
    for (duration, seconds) in [
        ("1h", 3600),
        ("1h30m10s", 5410),
        ("90m30s", 5430),
        ("+1.5h", 5400),
        (".5m", 30),
        ("1.m", 60),
        ("1m1500ms", 61),
        ("1999999us", 1),
        ("3000000µs", 3),
        ("3000000μs", 3),
        ("1ns", 1),
        ("0", 1),
        ("-0", 1),
        ("-5m", 1),
        ("-9223372036854775808ns", 1),
        ("9223372036854775807ns", 9_223_372_036),
        ("0.999999999999999999999999h", 3600),
        ("2562047h47m16.854775807s", 9_223_372_036),
    ] {
        let expected = Schedule::Every(Duration::from_secs(seconds));
        assert_eq!(Schedule::parse(&format!("@every {duration}")), Ok(expected), "{duration}");
    }
}

#[test]
fn time_zones_are_those_of_the_database_in_its_case() {
    const LOCAL: &str = "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
    let unknown = |name: &str| vec![format!("unknown time zone {name}")];
    for (name, expected) in [
        ("Europe/Paris", vec![]),
        ("UTC", vec![]),
        ("Etc/UTC", vec![]),
        ("Etc/GMT+5", vec![]),
        ("Etc/GMT-14", vec![]),
        ("GMT+0", vec![]),
        ("EST", vec![]),
        ("EST5EDT", vec![]),
        ("US/Pacific", vec![]),
        ("GB", vec![]),
        ("Asia/Calcutta", vec![]),
        ("Europe/Kyiv", vec![]),
        ("America/Argentina/ComodRivadavia", vec![]),
        ("", vec!["timeZone must be nil or non-empty string".to_owned()]),
        ("Local", vec![LOCAL.to_owned()]),
        ("local", vec![LOCAL.to_owned(), "unknown time zone local".to_owned()]),
        ("utc", unknown("utc")),
        ("europe/paris", unknown("europe/paris")),
        ("GMT+1", unknown("GMT+1")),
        ("Etc/GMT-15", unknown("Etc/GMT-15")),
        ("Etc/Unknown", unknown("Etc/Unknown")),
        ("Europe", unknown("Europe")),
        ("posix/UTC", unknown("posix/UTC")),
        ("zone.tab", unknown("zone.tab")),
        (" UTC", unknown(" UTC")),
        ("America/New York", unknown("America/New York")),
        ("../etc/passwd", unknown("../etc/passwd")),
        ("/UTC", unknown("/UTC")),
        ("Europe//Paris", unknown("Europe//Paris")),
        ("Etc/-5", unknown("Etc/-5")),
        ("Abcdefghijklmno", unknown("Abcdefghijklmno")),
        ("Zürich", unknown("Zürich")),
        ("a..b", vec!["time: invalid location name".to_owned()]),
    ] {
        let mut errors = Errors::new(Version::NEWEST);
        validate_time_zone(name, &Field::of_object("timeZone"), &mut errors);
        let details: Vec<_> = errors.into_errors().into_iter().map(|error| error.detail).collect();
        assert_eq!(details, expected, "{name}");
    }
}

#[test]
fn the_names_of_time_zones_are_sorted_and_all_accepted() {
    let names = time_zones();
    assert!(names.len() > 590 && names.is_sorted(), "{} names", names.len());
    for name in names {
        let mut errors = Errors::new(Version::NEWEST);
        validate_time_zone(name, &Field::of_object("timeZone"), &mut errors);
        assert_eq!(errors.into_errors(), [], "{name}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_faults_are_parts_of_it(text in "(TZ=|CRON_TZ=|@every |@|)?[-0-9*?/,LW#=a-zA-Zµé İ\u{3000}\t.]{0,24}") {
        match Schedule::parse(&text) {
            Err(error) => {
                prop_assert!(text.get(error.range.clone()).is_some(), "{:?} in {text:?}", error.range);
                prop_assert!(!error.range.is_empty() || text.is_empty(), "nothing is at fault in {text:?}");
            }
            Ok(Schedule::Calendar(calendar)) => {
                let Calendar { minutes, hours, days_of_month, months, days_of_week } = calendar;
                for field in [minutes, hours, days_of_month, months, days_of_week] {
                    prop_assert!(field.entries.iter().all(|entry| text.get(entry.range.clone()).is_some()));
                }
            }
            Ok(Schedule::Every(distance)) => prop_assert!(distance >= Duration::from_secs(1)),
        }
    }

    #[test]
    fn texts_of_five_fields_are_read_too(text in "[-0-9*/,a-z]{1,6}( [-0-9*/,?]{1,5}){4}") {
        if let Err(error) = Schedule::parse(&text) {
            prop_assert!(text.get(error.range).is_some_and(|part| !part.is_empty() && !part.contains(' ')));
        }
    }
}
