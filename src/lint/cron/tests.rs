//! Advice on schedules, and that there is some on all that is refused.

use k8s_openapi::api::batch::v1::CronJob;
use proptest::prelude::*;

use super::*;
use crate::catalog::Version;
use crate::validate::{Family, Validate as _};

/// What is said about a schedule, for each of its errors.
fn advice(schedule: &str) -> Vec<String> {
    let mut job = CronJob::default();
    job.spec.schedule = schedule.to_owned();
    let errors = job.validate(Version::NEWEST).into_iter().filter(|error| error.family() == Family::Schedule);
    errors.map(|error| advice_on_schedule(&error).unwrap()).collect()
}

#[track_caller]
fn assert_advice(table: &[(&str, &str)]) {
    for (schedule, expected) in table {
        assert_eq!(advice(schedule), [*expected], "{schedule:?}");
    }
}

#[test]
fn words_are_corrected() {
    assert_advice(&[
        ("", "say when it fires, such as `\"0 3 * * *\"`, which is each day at 3"),
        ("@reboot", "a CronJob fires at times only: to run something once, make it a Job"),
        ("@Daily", "write `@daily`"),
        ("@daily ", "write `@daily`"),
        (" @daily", "write `@daily` without anything around it"),
        ("@dayly", "did you mean `@daily`?"),
        ("hourly", "did you mean `@hourly`?"),
        (
            "@sometimes",
            "write one of `@yearly`, `@annually`, `@monthly`, `@weekly`, `@daily`, `@midnight`, `@hourly`, `@every` with \
             a duration, or five fields",
        ),
    ]);
}

#[test]
fn distances_are_translated_into_units_of_go() {
    assert_advice(&[
        ("@every", "say how long it is from one time to the next, as in `@every 1h30m`"),
        ("@every 5", "say in what unit, as in `@every 5m` for minutes; there are `h`, `m` and `s`"),
        ("@every 1d", "write `@every 24h`"),
        ("@every 2 weeks", "write `@every 336h`"),
        ("@every 1h 30m", "write `@every 1h30m`"),
        ("@every 1 hour, 30 minutes", "write `@every 1h30m`"),
        ("@every 1H", "write `@every 1h`"),
        ("@every1h", "write `@every 1h`"),
        ("@EVERY 1.5 hours", "write `@every 1.5h`"),
        (" @every 1h", "write `@every 1h`"),
        ("@every 1.5d", "write a duration in hours, minutes and seconds, as in `@every 1h30m`"),
        ("@every monday", "write a duration in hours, minutes and seconds, as in `@every 1h30m`"),
        ("@every 99999999999999999999h", "write a duration in hours, minutes and seconds, as in `@every 1h30m`"),
    ]);
}

#[test]
fn fields_that_kubernetes_has_not_got_are_left_out() {
    const FIVE: &str = "write five fields: minute, hour, day of month, month and day of week, with `*` for any";
    assert_advice(&[
        ("0 0 12 * * ?", "Kubernetes has no seconds: write `0 12 * * ?`"),
        ("0 30 3 * * MON-FRI", "Kubernetes has no seconds: write `30 3 * * MON-FRI`"),
        ("0 10 * * ? *", "Kubernetes has no years: write `0 10 * * ?`"),
        ("15 10 ? * 2-6 *", "Kubernetes has no years: write `15 10 ? * 2-6`"),
        ("0 3 * * * 2030", "Kubernetes has no years: write `0 3 * * *`"),
        ("0 15 10 ? * MON-FRI 2030", "Kubernetes has neither seconds nor years: write `15 10 ? * MON-FRI`"),
        ("0 0 3 L * ?", FIVE),
        ("* * * *", FIVE),
        (" ", FIVE),
        ("tomorrow", FIVE),
        ("0 0 0 0 0 0 0 0", FIVE),
    ]);
}

#[test]
fn letters_that_would_be_a_time_zone_are_told() {
    let zone = "remove it, and set `timeZone` beside `schedule`, to a name such as `Europe/Paris`";
    assert_eq!(advice("0 0 * * TZ").last().map(String::as_str), Some(zone));
}

#[test]
fn ends_of_ranges_that_people_take_for_the_beginning_are_known() {
    assert_advice(&[
        ("0 0 * * 7", "write `0`: days of the week are numbers from 0 to 6, and Sunday is `0`"),
        ("0 0 * * 1,7", "write `0`: days of the week are numbers from 0 to 6, and Sunday is `0`"),
        ("0 0 * * 5-7", "write `5-6,0` instead of `5-7`: days of the week are numbers from 0 to 6"),
        ("0 0 * * 6-7", "write `6,0` instead of `6-7`: days of the week are numbers from 0 to 6"),
        ("0 0 * * 1-7", "write `*` instead of `1-7`: days of the week are numbers from 0 to 6"),
        ("0 24 * * *", "write `0`: hours are numbers from 0 to 23"),
        ("0 8-24 * * *", "write `8-23,0` instead of `8-24`: hours are numbers from 0 to 23"),
        ("0 0-24/2 * * *", "write `0-23/2` instead of `0-24/2`: hours are numbers from 0 to 23"),
        ("60 * * * *", "write `0`: minutes are numbers from 0 to 59"),
        ("0 0 0 * *", "days of the month are numbers from 1 to 31"),
        ("0 0 32 * *", "days of the month are numbers from 1 to 31"),
        ("0 0 * 13 *", "months are numbers from 1 to 12, or names such as `JAN`"),
        ("0 0 * * 8", "days of the week are numbers from 0 to 6, or names such as `SUN`"),
        ("70/5 * * * *", "minutes are numbers from 0 to 59"),
    ]);
}

#[test]
fn ranges_over_the_end_are_split() {
    assert_advice(&[
        ("0 0 * * FRI-MON", "write `FRI-SAT,SUN-MON`"),
        ("0 0 * * fri-sun", "write `fri-sat,sun`"),
        ("0 0 * * SAT-SUN", "write `SAT,SUN`"),
        ("0 0 * * Friday-Monday", "write `FRI-SAT,SUN-MON` instead of `Friday-Monday`"),
        ("0 22-2 * * *", "write `22-23,0-2`"),
        ("0 22-3/2 * * *", "write `22,0,2` instead of `22-3/2`"),
        ("0 0 28-3 * *", "write `28-31,1-3`"),
        ("0 0 * NOV-FEB *", "write `NOV-DEC,JAN-FEB`"),
        ("0 0 * 11-3/2 *", "write `11,1,3` instead of `11-3/2`"),
    ]);
}

#[test]
fn what_other_readers_take_is_explained() {
    assert_advice(&[
        (
            "0 0 L * *",
            "Kubernetes has no `L`: fire on `28-31`, and let the job end early where the month goes on after that day",
        ),
        (
            "0 0 * * 5L",
            "Kubernetes has no `L`: fire each week, and let the job end early in all but the last week of a month",
        ),
        (
            "0 0 15W * *",
            "Kubernetes has no `W`: fire on each day that it can be, and let the job end early on the others",
        ),
        (
            "0 0 * * 1#2",
            "Kubernetes has no `#`: fire each week, and let the job end early in the other weeks of a month",
        ),
        ("H H * * *", "Kubernetes has no `H`: choose a number"),
        ("H/15 * * * *", "Kubernetes has no `H`: choose a number"),
        ("0 0 * * Monday", "write `Mon`"),
        ("0 0 * january,june 1", "write `jan`"),
        ("0 0 * * monday-friday", "write `mon-fri` instead of `monday-friday`"),
        (
            "MON * * * *",
            "minutes are numbers from 0 to 59; names of months go into the fourth field, those of days into the fifth",
        ),
        ("*/0 * * * *", "a step is at least 1: write `*` instead of `*/0`"),
        ("*/ * * * *", "write `*`"),
        ("-1 * * * *", "minutes are numbers from 0 to 59"),
        ("1--2 * * * *", "minutes are numbers from 0 to 59"),
    ]);
}

#[test]
fn time_zones_go_into_a_field_of_their_own() {
    assert_advice(&[
        ("TZ=UTC 0 0 * * *", "remove it, and set `timeZone: UTC` beside `schedule`"),
        ("CRON_TZ=Europe/Paris @daily", "remove it, and set `timeZone: Europe/Paris` beside `schedule`"),
        ("CRON_TZ= 0 0 * * *", "remove it, and set `timeZone` beside `schedule`, to a name such as `Europe/Paris`"),
    ]);
    let both = "remove it, and set `timeZone: Europe/Paris` beside `schedule`";
    assert_eq!(advice("TZ=europe/paris 0 0 * * *"), [both, both]);
}

#[test]
fn the_time_zone_that_was_probably_meant_is_named() {
    const CONTROL_PLANE: &str = "or remove `timeZone`: then it is the control plane's";
    let turned =
        |zone: &str| format!("write `{zone}`: the signs of these names are turned round, and count to the west");
    for (name, expected) in [
        ("", format!("write a name such as `Europe/Paris`, {CONTROL_PLANE}")),
        ("local", format!("write which one it is, such as `Europe/Paris`, {CONTROL_PLANE}")),
        ("europe/paris", "write `Europe/Paris`".to_owned()),
        (" UTC", "write `UTC`".to_owned()),
        ("utc", "write `UTC`".to_owned()),
        ("America/New York", "write `America/New_York`".to_owned()),
        ("Paris", "write `Europe/Paris`".to_owned()),
        ("new york", "write `America/New_York`".to_owned()),
        ("PST", "write `America/Los_Angeles`".to_owned()),
        ("cest", "write `Europe/Berlin`".to_owned()),
        ("est5edt", "write `EST5EDT`".to_owned()),
        ("Europe/Pariss", "did you mean `Europe/Paris`?".to_owned()),
        ("Europe/Munich", "write a name of the IANA database, such as `Europe/Paris`, or `UTC`".to_owned()),
        ("Germany/Berlin", "did you mean `Europe/Berlin`?".to_owned()),
        ("GMT+1", turned("Etc/GMT-1")),
        ("UTC-5", turned("Etc/GMT+5")),
        ("+02:00", turned("Etc/GMT-2")),
        ("UTC+05:30", "write a name of the IANA database, such as `Europe/Paris`, or `UTC`".to_owned()),
        ("Foo/Bar", "write a name of the IANA database, such as `Europe/Paris`, or `UTC`".to_owned()),
    ] {
        assert_eq!(advice_on_time_zone(name), expected, "{name:?}");
    }
}

proptest! {
    #[test]
    fn there_is_advice_on_all_that_is_refused(
        text in "(TZ=|@every |@)?[-0-9*?/,LWH#a-zA-Zé ]{0,24}",
        fields in "[-0-9*/,a-zL#]{1,6}( [-0-9*/,A-Z]{1,5}){4}",
    ) {
        for schedule in [text, fields] {
            prop_assert!(advice(&schedule).iter().all(|advice| !advice.is_empty()), "{schedule:?}");
        }
    }
}
