//! The names of time zones that Kubernetes knows: those of the IANA database, in the case in which they are written
//! there.

use std::sync::LazyLock;

use jiff::tz::TimeZoneDatabase;

use crate::validate::errors::Errors;
use crate::validate::field::Field;

/// The names of all time zones, sorted, with those that are kept for old times' sake: `Europe/Paris`, `US/Pacific`.
pub fn time_zones() -> &'static [String] {
    static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut names: Vec<_> = TimeZoneDatabase::bundled().available().map(|name| name.as_str().to_owned()).collect();
        names.sort_unstable();
        names
    });
    &NAMES
}

/// Whether it is the name of a time zone.
pub fn is_time_zone(name: &str) -> bool {
    time_zones().binary_search_by(|known| known.as_str().cmp(name)).is_ok()
}

/// `validateTimeZone`.
pub(in crate::validate) fn validate_time_zone(name: &str, field: &Field<'_>, errors: &mut Errors) {
    if name.is_empty() {
        errors.invalid(field, name, "timeZone must be nil or non-empty string");
        return;
    }
    if !name.split('/').all(is_file_name) {
        errors.invalid(field, name, unknown(name));
        return;
    }
    if name.eq_ignore_ascii_case("Local") {
        let detail = "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
        errors.invalid(field, name, detail);
    }
    if let Err(problem) = load(name) {
        errors.invalid(field, name, problem);
    }
}

/// Whether a part of a name could be the name of a file of the database.
fn is_file_name(part: &str) -> bool {
    let is_fine = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+');
    (1..=14).contains(&part.len()) && !matches!(part, "." | "..") && !part.starts_with('-') && part.bytes().all(is_fine)
}

/// `time.LoadLocation`: what is wrong with the name of a time zone. The empty one is UTC.
pub(super) fn load(name: &str) -> Result<(), String> {
    let is_special = matches!(name, "" | "UTC" | "Local");
    if !is_special && (name.contains("..") || name.starts_with(['/', '\\'])) {
        return Err("time: invalid location name".to_owned());
    }
    // A look into the database by name would pass over case, and invents a zone.
    if is_special || is_time_zone(name) { Ok(()) } else { Err(unknown(name)) }
}

fn unknown(name: &str) -> String {
    format!("unknown time zone {name}")
}
