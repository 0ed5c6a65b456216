//! Where the checks report to.

use serde::Serialize;

use super::error::{At, Error, ErrorKind, Part};
use super::field::Field;
use crate::catalog::Version;
use crate::rbac::quoted::quoted;
use crate::yaml::path::Path;

/// Of the errors of one object, so many are taken down, and no more once they repeat so many bytes of it: some of them
/// repeat a whole list, and say so of each of its entries.
const MOST_ERRORS: usize = 1000;
const MOST_BYTES: usize = 16 << 20;

/// What the API server would say about an object, in its order; and which API server that is.
#[derive(Debug)]
pub(super) struct Errors {
    version: Version,
    said: Vec<Error>,
    /// How many bytes of the object they repeat.
    bytes: usize,
    /// Stands for each of those for which there is no room.
    left_out: Error,
}

impl Errors {
    /// Nothing said so far, by an API server of this version.
    pub(super) fn new(version: Version) -> Self {
        let at = At { path: Path::default(), part: Part::Value };
        let left_out = Error { field: String::new(), kind: ErrorKind::Invalid, value: None, detail: String::new(), at };
        Self { version, said: Vec::new(), bytes: 0, left_out }
    }

    /// Which version of Kubernetes judges.
    pub(super) fn version(&self) -> Version {
        self.version
    }

    /// How much has been said so far.
    pub(super) fn count(&self) -> usize {
        self.said.len()
    }

    /// What has been said.
    pub(super) fn into_errors(self) -> Vec<Error> {
        self.said
    }

    /// Something has to be there.
    pub(super) fn required(&mut self, field: &Field<'_>, detail: &str) -> &mut Error {
        let error = self.add(field, ErrorKind::Required, || None, detail);
        error.at.part = Part::Missing;
        error
    }

    /// A value that may not be.
    pub(super) fn invalid(
        &mut self,
        field: &Field<'_>,
        value: impl Serialize,
        detail: impl Into<String>,
    ) -> &mut Error {
        self.add(field, ErrorKind::Invalid, || Some(printed(value)), detail)
    }

    /// Something that may not be, where the API server does not repeat what it is.
    pub(super) fn invalid_as_a_whole(&mut self, field: &Field<'_>, detail: &str) -> &mut Error {
        self.add(field, ErrorKind::Invalid, || None, detail)
    }

    /// A value that is none of a few.
    pub(super) fn not_supported(&mut self, field: &Field<'_>, value: impl Serialize, supported: &[&str]) -> &mut Error {
        let supported: Vec<_> = supported.iter().map(printed).collect();
        let detail = format!("supported values: {}", supported.join(", "));
        self.add(field, ErrorKind::NotSupported, || Some(printed(value)), detail)
    }

    /// Something may not be there.
    pub(super) fn forbidden(&mut self, field: &Field<'_>, detail: impl Into<String>) -> &mut Error {
        self.add(field, ErrorKind::Forbidden, || None, detail)
    }

    /// A value that has to be unique.
    pub(super) fn duplicate(&mut self, field: &Field<'_>, value: impl Serialize) -> &mut Error {
        self.add(field, ErrorKind::Duplicate, || Some(printed(value)), "")
    }

    /// More bytes than there may be.
    pub(super) fn too_long(&mut self, field: &Field<'_>, most: usize) -> &mut Error {
        self.add(field, ErrorKind::TooLong, || None, format!("may not be more than {most} bytes"))
    }

    /// More entries than there may be.
    pub(super) fn too_many(&mut self, field: &Field<'_>, count: usize, most: usize) -> &mut Error {
        let detail = format!("must have at most {most} items");
        self.add(field, ErrorKind::TooMany, || Some(count.to_string()), detail)
    }

    /// A name of something that is not there.
    pub(super) fn not_found(&mut self, field: &Field<'_>, value: impl Serialize) -> &mut Error {
        self.add(field, ErrorKind::NotFound, || Some(printed(value)), "")
    }

    fn add(
        &mut self,
        field: &Field<'_>,
        kind: ErrorKind,
        value: impl FnOnce() -> Option<String>,
        detail: impl Into<String>,
    ) -> &mut Error {
        if self.said.len() >= MOST_ERRORS || self.bytes >= MOST_BYTES {
            return &mut self.left_out;
        }
        let at = At { path: field.path(), part: Part::Value };
        let value = value();
        self.bytes += value.as_ref().map_or(0, String::len);
        self.said.push_mut(Error { field: field.said(), kind, value, detail: detail.into(), at })
    }
}

/// A value as the API server prints it in an error: a string in Go's quotes, everything else as Go writes JSON.
fn printed(value: impl Serialize) -> String {
    let json = serde_json::to_string(&value).unwrap_or_default();
    if json.starts_with('"') {
        return serde_json::from_str::<String>(&json).map_or(json, |text| quoted(&text));
    }
    let escaped = json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    escaped.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_printed_as_go_prints_them() {
        assert_eq!(printed("<\u{2028}>"), r#""<\u2028>""#);
        assert_eq!(printed(["<&>", "\u{2028}\u{2029}"]), r#"["\u003c\u0026\u003e","\u2028\u2029"]"#);
        assert_eq!((printed(()), printed(-1), printed(true)), ("null".to_owned(), "-1".to_owned(), "true".to_owned()));
    }
}
