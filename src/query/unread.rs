//! What could not be read: an answer of no may be wrong because of it.

use crate::diagnostic::ObjectName;
use crate::manifest::{Kind, Observation};
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
    /// Whether it may grant something, as far as can be told: a workload of the wrong type does not.
    pub may_grant: bool,
}

/// Whether objects of a kind grant something.
fn grants(kind: &str) -> bool {
    [Kind::Role, Kind::ClusterRole, Kind::RoleBinding, Kind::ClusterRoleBinding].iter().any(|it| it.name() == kind)
}

impl Unread {
    /// What could not be read of what the first pass has come across.
    pub fn of(observation: &Observation<'_>) -> Option<Self> {
        let unread = |span, reason: String| Some(Self { span, reason, object: None, may_grant: true });
        match observation {
            Observation::Unreadable(file) => unread(file.span, file.reason.clone()),
            Observation::Syntax(error) => unread(error.span, error.message.to_string()),
            Observation::Untyped(object) => unread(object.span, format!("it has no `{}`", object.missing)),
            Observation::UnknownKind(unknown) => {
                let (kind, version) = (unknown.kind, unknown.api_version);
                let reason = format!("no matches for kind `{kind}` in version `{version}`");
                let may_grant = grants(unknown.nearest.name());
                Some(Self { span: unknown.span, reason, object: None, may_grant })
            }
            Observation::Faulty(object) => object.undecodable().map(|fault| Self {
                span: fault.span,
                reason: fault.to_string(),
                object: Some(object.name.clone()),
                may_grant: grants(object.name.kind),
            }),
            Observation::Ignored(span) => unread(*span, "Kubernetes does not read what follows".to_owned()),
            Observation::Object(_) => None,
        }
    }
}
