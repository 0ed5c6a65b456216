//! Audit events as they are written: what is of interest in `Event` of audit.k8s.io, in any version.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;

/// One event, or a list of them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Event<'a> {
    #[serde(borrow, default)]
    pub(super) kind: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) api_version: Cow<'a, str>,
    #[serde(rename = "auditID", borrow, default)]
    pub(super) audit_id: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) stage: Cow<'a, str>,
    #[serde(rename = "requestURI", borrow, default)]
    pub(super) request_uri: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) verb: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) user: User<'a>,
    #[serde(borrow, default)]
    pub(super) impersonated_user: Option<User<'a>>,
    #[serde(borrow, default)]
    pub(super) object_ref: Option<ObjectRef<'a>>,
    #[serde(default)]
    pub(super) response_status: Option<Status>,
    #[serde(borrow, default)]
    pub(super) request_received_timestamp: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) annotations: Option<Annotations<'a>>,
    #[serde(borrow, default)]
    pub(super) authentication_metadata: Option<AuthenticationMetadata<'a>>,
    /// The events of an `EventList`.
    #[serde(borrow, default)]
    pub(super) items: Vec<Self>,
}

/// Somebody, with the groups that they were in.
#[derive(Debug, Default, Deserialize)]
pub(super) struct User<'a> {
    #[serde(borrow, default)]
    pub(super) username: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) uid: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) groups: Vec<Text<'a>>,
    #[serde(default)]
    pub(super) extra: BTreeMap<String, Vec<String>>,
}

/// A text that is not copied where it can stand as it is written.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Text<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

/// What a request was about. What is created gets its name from the object, which is no part of the request.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ObjectRef<'a> {
    #[serde(borrow, default)]
    pub(super) resource: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) namespace: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) name: Cow<'a, str>,
    #[serde(borrow, default)]
    api_group: Cow<'a, str>,
    #[serde(borrow, default)]
    api_version: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) subresource: Cow<'a, str>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Status {
    #[serde(default)]
    pub(super) code: i32,
}

#[derive(Debug, Deserialize)]
pub(super) struct Annotations<'a> {
    #[serde(rename = "authorization.k8s.io/decision", borrow, default)]
    pub(super) decision: Cow<'a, str>,
    #[serde(rename = "authorization.k8s.io/reason", borrow, default)]
    pub(super) reason: Cow<'a, str>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AuthenticationMetadata<'a> {
    /// The verb of a constrained impersonation, such as `impersonate:user-info`.
    #[serde(borrow, default)]
    pub(super) impersonation_constraint: Cow<'a, str>,
}

impl ObjectRef<'_> {
    /// The API group. The first version of audit.k8s.io has it before the version, as manifests do.
    pub(super) fn group(&self) -> &str {
        match self.api_version.split_once('/') {
            Some((group, _)) if self.api_group.is_empty() => group,
            _ => &self.api_group,
        }
    }
}

impl Event<'_> {
    /// Whether it says that it is an event of an audit log, or a list of them.
    pub(super) fn is_of_audit_log(&self) -> bool {
        self.api_version.starts_with("audit.k8s.io/") && (self.kind == "Event" || self.kind == "EventList")
    }

    /// What it does not say and has to, so that something can be made of it.
    pub(super) fn lacks(&self) -> Option<&'static str> {
        match &self.object_ref {
            _ if self.verb.is_empty() => Some("verb"),
            Some(object) if object.resource.is_empty() => Some("resource"),
            None if self.request_uri.is_empty() => Some("requestURI"),
            _ => None,
        }
    }

    /// As whom the request was judged.
    pub(super) fn actor(&self) -> &User<'_> {
        self.impersonated_user.as_ref().unwrap_or(&self.user)
    }
}
