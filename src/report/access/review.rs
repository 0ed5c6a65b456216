//! Answered reviews as lines of JSON.

use std::borrow::Cow;

use serde::Serialize;

use super::super::plain::{acts, spelled_out};
use crate::query::{Reviewed, Status};

/// The object with its status on one line, with nothing in it that acts on a terminal. The rest of it stays as it was.
pub fn review(reviewed: &Reviewed<'_>) -> String {
    let Reviewed { object, old_status, status, .. } = reviewed;
    let status = serde_json::to_string(&JsonStatus::new(status)).unwrap_or_default();
    let mut json = if let Some(range) = old_status {
        let (before, behind) = (object.get(..range.start), object.get(range.end..));
        [before.unwrap_or_default(), &status, behind.unwrap_or_default()].concat()
    } else {
        let fields = object.trim_ascii_end().strip_suffix('}').unwrap_or_default().trim_ascii_end();
        let comma = if fields.ends_with('{') { "" } else { "," };
        // One more for the line feed.
        let mut json = String::with_capacity(fields.len() + status.len() + 13);
        json.extend([fields, comma, "\"status\":", &status, "}"]);
        json
    };
    // Most have nothing in them that has to be looked at one by one.
    if !json.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        json = on_a_line(&json).into_owned();
    }
    json.push('\n');
    json
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonStatus<'a> {
    allowed: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    evaluation_error: &'a str,
}

impl<'a> JsonStatus<'a> {
    fn new(status: &'a Status) -> Self {
        Self { allowed: status.allowed, reason: &status.reason, evaluation_error: &status.evaluation_error }
    }
}

/// Outside of strings, JSON may have white space other than spaces, and inside of them it cannot.
fn on_a_line(json: &str) -> Cow<'_, str> {
    spelled_out(json, acts, |c, line| match c {
        '\t' | '\r' | '\n' => line.push(' '),
        c => line.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}"))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(object: &str, old_status: Option<std::ops::Range<usize>>) -> String {
        let status = Status { allowed: true, reason: "r\u{9b}\n".to_owned(), evaluation_error: String::new() };
        review(&Reviewed { line: 1, object: Cow::Borrowed(object), old_status, status })
    }

    #[test]
    fn the_status_is_put_where_it_belongs_and_the_rest_stays() {
        let status = "{\"allowed\":true,\"reason\":\"r\\u009b\\n\"}";
        assert_eq!(line("{}", None), format!("{{\"status\":{status}}}\n"));
        assert_eq!(line("{\"b\" : 1 }", None), format!("{{\"b\" : 1,\"status\":{status}}}\n"));
        assert_eq!(line("{\"status\": 5, \"b\":2}", Some(11..12)), format!("{{\"status\": {status}, \"b\":2}}\n"));
        assert_eq!(line("{\t\"a\":\"\u{202e}\"}", None), format!("{{ \"a\":\"\\u202e\",\"status\":{status}}}\n"));
    }
}
