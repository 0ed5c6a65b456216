//! What could not be read: an answer of no may be wrong because of it.

use crate::diagnostic::ObjectName;
use crate::manifest::Observation;
use crate::source::Span;

/// Something that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Where it stands, or where reading ended.
    pub span: Span,
    /// Why it could not be read: lower case, without a final period.
    pub reason: String,
    /// Its name, where that could be read.
    pub object: Option<ObjectName>,
}

impl Unread {
    /// What could not be read of what the first pass has come across.
    pub(super) fn of(observation: &Observation<'_>) -> Option<Self> {
        let unread = |span, reason: String| Some(Self { span, reason, object: None });
        match observation {
            Observation::Unreadable(file) => unread(file.span, file.reason.clone()),
            Observation::Syntax(error) => unread(error.span, error.message.to_string()),
            Observation::Untyped(object) => unread(object.span, format!("it has no `{}`", object.missing)),
            Observation::UnknownKind(unknown) => {
                let (kind, version) = (unknown.kind, unknown.api_version);
                unread(unknown.span, format!("no matches for kind `{kind}` in version `{version}`"))
            }
            Observation::Undecodable(object) => Some(Self {
                span: object.error.span.unwrap_or_else(|| object.written.place("")),
                reason: object.error.message.clone(),
                object: Some(object.name.clone()),
            }),
            Observation::Ignored(span) => unread(*span, "Kubernetes does not read what follows".to_owned()),
            Observation::Object(_) => None,
        }
    }
}
