//! The answer to one review: its object with a status.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::decode::{Read, read};
use super::text::{API_VERSION, Submitted};
use crate::query::Access;
use crate::rbac::{Request, Verdict};

/// A review that has been answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed<'t> {
    /// The line in which it begins, from 1.
    pub line: usize,
    /// The object as it was submitted: JSON on one line. Only its type where no object could be read.
    pub object: Cow<'t, str>,
    /// Where the value of its `status` stands in it, which the answer replaces.
    pub old_status: Option<Range<usize>>,
    /// The answer.
    pub status: Status,
}

/// The answer to a review, with the fields of a SubjectAccessReview's `status`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Whether it is allowed for certain.
    pub allowed: bool,
    /// Why, in the words of the API server; empty where it says nothing.
    pub reason: String,
    /// Why the request could not be told; empty where it could.
    pub evaluation_error: String,
}

/// Answers a review. What an API server would refuse is not allowed, and its status says why.
pub fn review<'t>(access: &Access, submitted: Submitted<'t>) -> Reviewed<'t> {
    let Submitted { line, indent, text } = submitted;
    let Read { object, request } =
        text.map_or_else(|message| Read { object: None, request: Err(message) }, |text| read(text, indent));
    let status = match request {
        Ok(request) => status(access, &request),
        Err(error) => Status { evaluation_error: error, ..Status::default() },
    };
    let object = object.unwrap_or_else(|| {
        Cow::Owned(format!("{{\"apiVersion\":\"{API_VERSION}\",\"kind\":\"SubjectAccessReview\"}}"))
    });
    Reviewed { line, old_status: status_of(&object), object, status }
}

fn status(access: &Access, request: &Request) -> Status {
    let policy = access.policy();
    let decision = policy.decide(request);
    let reason = policy.reason(&decision);
    let reason = match decision.verdict {
        Verdict::Conditional => format!("depends on which of several differing definitions holds: {reason}"),
        Verdict::Allowed | Verdict::Denied => reason,
    };
    Status { allowed: decision.verdict == Verdict::Allowed, reason, evaluation_error: String::new() }
}

#[derive(Deserialize)]
struct WithStatus<'t> {
    // No option: `null` is a status that stands there, too.
    #[serde(borrow)]
    status: &'t RawValue,
}

/// Where the value of an object's `status` stands.
fn status_of(object: &str) -> Option<Range<usize>> {
    // Letters may be escaped.
    memmem::find(object.as_bytes(), b"status").or_else(|| memmem::find(object.as_bytes(), b"\\u"))?;
    let status = serde_json::from_str::<WithStatus<'_>>(object).ok()?.status.get();
    let start = status.as_ptr().addr() - object.as_ptr().addr();
    Some(start..start + status.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_status_is_found_wherever_it_stands() {
        for (object, expected) in [
            ("{\"a\":{\"status\":1}}", None),
            ("{\"a\":1, \"status\" : {\"x\": [1]} ,\"b\":2}", Some("{\"x\": [1]}")),
            ("{\"status\":null}", Some("null")),
            ("{\"st\\u0061tus\":true}", Some("true")),
            ("{\"user\":\"status\"}", None),
        ] {
            assert_eq!(status_of(object).and_then(|range| object.get(range)), expected, "{object}");
        }
    }
}
