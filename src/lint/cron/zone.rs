//! Names of time zones that were probably meant.

use crate::diagnostic::Safety;
use crate::validate::cron::{is_time_zone, time_zones};

/// Short names that are none, and a zone that has the time that they stand for.
const SHORT: [(&str, &str); 26] = [
    ("ACST", "Australia/Darwin"),
    ("ADT", "America/Halifax"),
    ("AEDT", "Australia/Sydney"),
    ("AEST", "Australia/Sydney"),
    ("AKST", "America/Anchorage"),
    ("AST", "America/Halifax"),
    ("AWST", "Australia/Perth"),
    ("BRT", "America/Sao_Paulo"),
    ("BST", "Europe/London"),
    ("CDT", "America/Chicago"),
    ("CEST", "Europe/Berlin"),
    ("CST", "America/Chicago"),
    ("EDT", "America/New_York"),
    ("EEST", "Europe/Athens"),
    ("HKT", "Asia/Hong_Kong"),
    ("IST", "Asia/Kolkata"),
    ("JST", "Asia/Tokyo"),
    ("KST", "Asia/Seoul"),
    ("MDT", "America/Denver"),
    ("MSK", "Europe/Moscow"),
    ("NZST", "Pacific/Auckland"),
    ("PDT", "America/Los_Angeles"),
    ("PST", "America/Los_Angeles"),
    ("SGT", "Asia/Singapore"),
    ("WEST", "Europe/Lisbon"),
    ("Z", "UTC"),
];

/// Nothing longer is a slip of the pen away from a name.
const LONGEST: usize = 50;

const ANY: &str = "write a name of the IANA database, such as `Europe/Paris`, or `UTC`";

/// What to write instead of a name that is refused.
pub(in crate::lint) fn advice(name: &str) -> String {
    if name.is_empty() {
        return "write a name such as `Europe/Paris`, or remove `timeZone`: then it is the control plane's".to_owned();
    }
    if name.trim().eq_ignore_ascii_case("local") {
        return "write which one it is, such as `Europe/Paris`, or remove `timeZone`: then it is the control plane's"
            .to_owned();
    }
    if let Some(zone) = fixed(name) {
        return format!("write `{zone}`: the signs of these names are turned round, and count to the west");
    }
    match respelled(name) {
        Some(zone) => format!("write `{zone}`"),
        None => nearest(name).map_or_else(|| ANY.to_owned(), |zone| format!("did you mean `{zone}`?")),
    }
}

/// The name that was meant by another. Where only case or space is wrong, it can have been no other.
pub(in crate::lint) fn meant(name: &str) -> Option<(String, Safety)> {
    if let Some(zone) = time_zones().iter().find(|zone| zone.eq_ignore_ascii_case(name.trim())) {
        return Some((zone.clone(), Safety::Safe));
    }
    let zone = fixed(name).or_else(|| respelled(name)).or_else(|| nearest(name))?;
    Some((zone, Safety::Unsafe))
}

/// What to do about the name of a time zone in a schedule.
pub(super) fn beside_schedule(name: &str) -> String {
    let zone = if is_time_zone(name) { Some(name.to_owned()) } else { fixed(name).or_else(|| respelled(name)) };
    match zone.or_else(|| nearest(name)) {
        Some(zone) => format!("remove it, and set `timeZone: {zone}` beside `schedule`"),
        None => "remove it, and set `timeZone` beside `schedule`, to a name such as `Europe/Paris`".to_owned(),
    }
}

/// The zone of a distance from Greenwich, such as `UTC+2`, `+02:00` or `GMT+1`.
fn fixed(name: &str) -> Option<String> {
    let upper = name.trim().to_ascii_uppercase();
    let rest = upper.strip_prefix("UTC").or_else(|| upper.strip_prefix("GMT")).unwrap_or(&upper).trim_start();
    let (sign, hours) =
        rest.strip_prefix('+').map(|rest| ('-', rest)).or(rest.strip_prefix('-').map(|rest| ('+', rest)))?;
    let hours =
        hours.strip_suffix(":00").or_else(|| hours.strip_suffix("00").filter(|rest| rest.len() == 2)).unwrap_or(hours);
    let hours: u8 = hours.parse().ok()?;
    match hours {
        0 => Some("UTC".to_owned()),
        _ => Some(format!("Etc/GMT{sign}{hours}")).filter(|zone| is_time_zone(zone)),
    }
}

/// The one name that is the same but for case, blanks and underscores, or whose last part is.
fn respelled(name: &str) -> Option<String> {
    let short = name.trim().to_ascii_uppercase();
    let plain = plain(name);
    let names = time_zones();
    let whole = names.iter().find(|zone| self::plain(zone) == plain);
    let short = SHORT.iter().find(|(other, _)| *other == short).map(|(_, zone)| (*zone).to_owned());
    let in_region = || names.iter().find(|zone| zone.contains('/') && self::plain(city(zone)) == plain);
    whole.cloned().or(short).or_else(|| in_region().cloned())
}

/// The name that is a slip of the pen away, where there is one: the whole of it, or its last part.
fn nearest(name: &str) -> Option<String> {
    if name.len() > LONGEST {
        return None;
    }
    let plain = plain(name);
    let city = city(&plain);
    let most = if city.len() < 8 { 1 } else { 2 };
    let distance = |zone: &str| {
        let zone = self::plain(zone);
        strsim::osa_distance(&zone, &plain).min(strsim::osa_distance(self::city(&zone), city))
    };
    let near = time_zones().iter().map(|zone| (distance(zone), zone)).filter(|(distance, _)| *distance <= most);
    near.min().map(|(_, zone)| zone.clone())
}

/// The last part of a name.
fn city(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, city)| city)
}

/// A name in lower case, without what people write for blanks.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, ' ' | '_' | '-')).flat_map(char::to_lowercase).collect()
}
