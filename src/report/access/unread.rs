//! What an answer rests on that is not there.

use std::fmt::Write as _;

use super::excerpt::place;
use super::style::Styles;
use super::words;
use crate::query::{Access, Unread};

/// What could not be read, or not as it will be applied, so that more may be granted than is known; with an empty line
/// before it. Empty where all was read.
pub(super) fn unread(access: &Access, styles: Styles) -> String {
    const MOST: usize = 5;
    let mut text = String::new();
    let unread: Vec<_> = access.unread().iter().filter(|unread| unread.may_grant).collect();
    let count = unread.len();
    if count > 0 {
        let places = if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
        let _ = writeln!(
            text,
            "{}: {places} could not be read or applied, where more may be granted:",
            styles.unsure("note")
        );
    }
    for Unread { span, reason, object, .. } in unread.iter().take(MOST) {
        let object = object.as_ref().filter(|object| !object.name.is_empty());
        let object = object.map(|object| format!(" ({object})")).unwrap_or_default();
        let _ = writeln!(text, "  {}: {}", place(access.sources(), *span), words::shown(&format!("{reason}{object}")));
    }
    if count > MOST {
        let _ = writeln!(text, "  and {} more (`rolecall lint` has all)", count - MOST);
    }
    for caveat in access.caveats() {
        let _ = writeln!(text, "{}: {caveat}", styles.unsure("note"));
    }
    if text.is_empty() { text } else { format!("\n{text}") }
}

/// The same in lines of their own, to be said beside something else.
pub fn remarks(access: &Access) -> Vec<String> {
    unread(access, Styles::new(false)).lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
