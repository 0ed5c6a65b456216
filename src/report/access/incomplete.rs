//! What a picture of who gets what lacks, because it was not read.

use super::excerpt::place;
use super::words::shown;
use crate::query::{Access, Unread};

/// No more places than this are told.
const MOST: usize = 5;

/// What was not read, or not as it will be applied, in lines; none where all was read.
pub fn incomplete(access: &Access) -> Vec<String> {
    let unread = access.unread();
    let mut lines = match unread.len() {
        0 => Vec::new(),
        1 => vec!["note: 1 place could not be read, and what it says is not in the picture:".to_owned()],
        count => vec![format!("note: {count} places could not be read, and what they say is not in the picture:")],
    };
    lines.extend(unread.iter().take(MOST).map(|Unread { span, reason, object }| {
        let object = object.as_ref().map(|object| format!(" ({object})")).unwrap_or_default();
        format!("  {}: {}", place(access.sources(), *span), shown(&format!("{reason}{object}")))
    }));
    if unread.len() > MOST {
        lines.push(format!("  and {} more (`rolecall lint` has all)", unread.len() - MOST));
    }
    lines.extend(access.caveats().iter().map(|caveat| format!("note: {caveat}")));
    lines
}
