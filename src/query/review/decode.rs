//! From the text of a review to the request in it, or to the reasons for which an API server refuses it.
//!
//! (kubernetes/pkg/apis/authorization/validation/validation.go)

use std::borrow::Cow;

use k8s_openapi::api::authorization::v1::{NonResourceAttributes, ResourceAttributes, SubjectAccessReviewSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::surrogates;
use super::text::API_VERSION;
use crate::rbac::{Action, Identity, Request, ResourceAction};
use crate::source::FileId;
use crate::yaml::documents;
use crate::yaml::events::Escapes;
use crate::yaml::excerpt;
use crate::yaml::json::to_json;
use crate::yaml::tree::{NodeRef, Origin, Tree};

/// A review that has been read.
pub(super) struct Read<'t> {
    /// The object as JSON on one line; `None` where there is none.
    pub(super) object: Option<Cow<'t, str>>,
    /// What it asks, or why that cannot be told.
    pub(super) request: Result<Request, String>,
}

/// Reads a review. So many characters stand before it in its line.
pub(super) fn read(text: Cow<'_, str>, indent: usize) -> Read<'_> {
    // Nearly all are plain JSON. What is not is read once more, as Kubernetes reads it, and with places to point at.
    let text = surrogates::replaced(text);
    match text.starts_with('{').then(|| serde_json::from_str::<Object<'_>>(&text)) {
        Some(Ok(object)) => Read { request: object.request(), object: Some(text) },
        _ => read_slowly(&text, indent),
    }
}

fn read_slowly(text: &str, indent: usize) -> Read<'static> {
    let nothing = |message: String| Read { object: None, request: Err(message) };
    let origin = Origin { file: FileId::new(0), base: 0 };
    let tree = match Tree::parse_with(text, origin, Escapes::Json) {
        Ok(tree) => tree,
        Err(error) => return nothing(no_json(text, indent).unwrap_or_else(|| error.message.into_owned())),
    };
    let Some(root) = tree.root().filter(|root| root.is_mapping()) else {
        return nothing("this is no object".to_owned());
    };
    if documents::text_behind(text.as_bytes(), tree.end()).is_some() {
        return nothing("something stands behind the end of the object".to_owned());
    }
    let request = Object::decode(root).and_then(Object::request);
    match to_json(root) {
        Ok(object) => Read { object: Some(Cow::Owned(object)), request },
        Err(message) => nothing(message.to_owned()),
    }
}

/// Why a text is no JSON, and in which column of its line; `None` where it is.
fn no_json(text: &str, indent: usize) -> Option<String> {
    let error = serde_json::from_str::<IgnoredAny>(text).err()?;
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let before = text.as_bytes().get(..error.column()).unwrap_or_default();
    // The first byte of each character counts.
    let column = indent + before.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
    Some(format!("this is no JSON: {} at column {column}", message.strip_suffix(&place).unwrap_or(&message)))
}

/// What counts of a review. What else is in it, known or not, is as welcome as it is to an API server.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Object<'t> {
    #[serde(borrow)]
    api_version: Cow<'t, str>,
    #[serde(borrow)]
    kind: Cow<'t, str>,
    metadata: ObjectMeta,
    spec: SubjectAccessReviewSpec,
}

impl<'t> Object<'t> {
    fn decode(root: NodeRef<'t>) -> Result<Self, String> {
        root.decode().map_err(|fault| match fault.path.to_string() {
            path if path.is_empty() => fault.to_string(),
            path => format!("{path}: {fault}"),
        })
    }

    /// What is asked. Fails with everything that is wrong.
    fn request(self) -> Result<Request, String> {
        let local = match (self.api_version.as_ref(), self.kind.as_ref()) {
            (API_VERSION, "SubjectAccessReview") => false,
            (API_VERSION, "LocalSubjectAccessReview") => true,
            (API_VERSION, kind) if kind.starts_with("SelfSubject") => {
                return Err(format!("a {} is about whoever is logged in, which nobody is to files", excerpt(kind)));
            }
            (version, kind) => {
                let expected = format!("expected kind `SubjectAccessReview` of version `{API_VERSION}`");
                let (kind, version) = (excerpt(kind), excerpt(version));
                return Err(format!("{expected}, found kind `{kind}` of version `{version}`"));
            }
        };
        let errors = self.errors(local);
        if !errors.is_empty() {
            return Err(errors.join("; "));
        }
        let SubjectAccessReviewSpec { user, groups, resource_attributes, non_resource_attributes, .. } = self.spec;
        let identity = Identity { user: user.unwrap_or_default(), groups: groups.unwrap_or_default() };
        let action = match resource_attributes {
            Some(attributes) => resource(attributes),
            None => url(non_resource_attributes.unwrap_or_default()),
        };
        Ok(Request { identity, action })
    }

    /// All for which an API server refuses it.
    fn errors(&self, local: bool) -> Vec<&'static str> {
        let Self { metadata, spec, .. } = self;
        let mut errors = Vec::new();
        match (&spec.resource_attributes, &spec.non_resource_attributes) {
            (Some(_), Some(_)) => {
                errors.push("spec.nonResourceAttributes: cannot be specified in combination with resourceAttributes");
            }
            (None, None) => errors.push(
                "spec.resourceAttributes: exactly one of nonResourceAttributes or resourceAttributes must be specified",
            ),
            _ => {}
        }
        let has_user = spec.user.as_ref().is_some_and(|user| !user.is_empty());
        let has_groups = spec.groups.as_ref().is_some_and(|groups| !groups.is_empty());
        if !has_user && !has_groups {
            errors.push("spec.user: at least one of user or group must be specified");
        }
        if local {
            self.add_errors_of_local(&mut errors);
        } else if !is_empty(metadata) {
            errors.push("metadata: must be empty");
        }
        errors
    }

    /// A LocalSubjectAccessReview is about the namespace that it is in.
    fn add_errors_of_local(&self, errors: &mut Vec<&'static str>) {
        let Self { metadata, spec, .. } = self;
        let namespace = metadata.namespace.as_deref().unwrap_or_default();
        if !is_empty(&ObjectMeta { namespace: None, ..metadata.clone() }) {
            errors.push("metadata: must be empty except for namespace");
        }
        if namespace.is_empty() {
            errors.push("metadata.namespace: a namespace is required on this kind of review");
        }
        if let Some(attributes) = &spec.resource_attributes
            && attributes.namespace.as_deref().unwrap_or_default() != namespace
        {
            errors.push("spec.resourceAttributes.namespace: must match metadata.namespace");
        }
        if spec.non_resource_attributes.is_some() {
            errors.push("spec.nonResourceAttributes: disallowed on this kind of request");
        }
    }
}

/// Whether metadata say nothing; who manages the fields does not matter.
fn is_empty(metadata: &ObjectMeta) -> bool {
    if *metadata == ObjectMeta::default() {
        return true;
    }
    let metadata = metadata.clone();
    let nothing = |text: Option<String>| text.filter(|text| !text.is_empty());
    let metadata = ObjectMeta {
        managed_fields: None,
        labels: metadata.labels.filter(|labels| !labels.is_empty()),
        annotations: metadata.annotations.filter(|annotations| !annotations.is_empty()),
        name: nothing(metadata.name),
        namespace: nothing(metadata.namespace),
        ..metadata
    };
    metadata == ObjectMeta::default()
}

fn resource(attributes: ResourceAttributes) -> Action {
    let ResourceAttributes { group, name, namespace, resource, subresource, verb, .. } = attributes;
    Action::Resource(ResourceAction {
        verb: verb.unwrap_or_default(),
        group: group.unwrap_or_default(),
        resource: resource.unwrap_or_default(),
        subresource: subresource.unwrap_or_default(),
        name: name.unwrap_or_default(),
        namespace: namespace.unwrap_or_default(),
    })
}

fn url(attributes: NonResourceAttributes) -> Action {
    let NonResourceAttributes { path, verb } = attributes;
    Action::Url { verb: verb.unwrap_or_default(), path: path.unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        read(Cow::Borrowed(text), 0).request.unwrap_err()
    }

    fn review(kind: &str, rest: &str) -> String {
        format!("{{\"apiVersion\":\"{API_VERSION}\",\"kind\":\"{kind}\",{rest}}}")
    }

    #[test]
    fn a_request_is_taken_to_the_letter() {
        let spec = r#""spec":{"user":"system:serviceaccount:a:b","groups":["x"],"resourceAttributes":{"verb":"get",
            "group":"apps","resource":"deployments","subresource":"scale","name":"web","namespace":"prod",
            "version":"*"},"uid":"1","extra":{"k":["v"]},"unknown":[[]]},"status":5"#;
        let action = Action::Resource(ResourceAction {
            verb: "get".to_owned(),
            group: "apps".to_owned(),
            resource: "deployments".to_owned(),
            subresource: "scale".to_owned(),
            name: "web".to_owned(),
            namespace: "prod".to_owned(),
        });
        let identity = Identity { user: "system:serviceaccount:a:b".to_owned(), groups: vec!["x".to_owned()] };
        let text = review("SubjectAccessReview", spec);
        let read = read(Cow::Borrowed(&text), 0);
        assert_eq!(read.request.unwrap(), Request { identity, action });
        assert_eq!(read.object.unwrap(), text);
    }

    #[test]
    fn null_is_nothing_and_of_equal_keys_the_last_counts() {
        let rest = r#""metadata":null,"spec":{"user":null,"user":"jane","groups":[null],"uid":null},
            "spec":{"user":"jane","groups":[null,"a"],"nonResourceAttributes":{"path":"/x","verb":"get"}}"#;
        let text = review("SubjectAccessReview", rest);
        let read = read(Cow::Borrowed(&text), 0);
        let request = read.request.unwrap();
        assert_eq!(request.identity.groups, ["", "a"]);
        assert_eq!(request.action, Action::Url { verb: "get".to_owned(), path: "/x".to_owned() });
        assert_eq!(read.object.unwrap().matches("\"spec\"").count(), 1);
    }

    #[test]
    fn what_an_api_server_refuses_is_refused_with_all_its_reasons() {
        let of = |kind: &str, rest: &str| error(&review(kind, rest));
        let sar = |rest: &str| of("SubjectAccessReview", rest);
        let both = r#""resourceAttributes":{},"nonResourceAttributes":{}"#;
        assert!(
            sar(&format!("\"spec\":{{\"user\":\"a\",{both}}}")).starts_with("spec.nonResourceAttributes: cannot be")
        );
        assert_eq!(sar("\"spec\":{}").split("; ").count(), 2);
        assert!(
            sar(r#""spec":{"user":"","groups":[],"resourceAttributes":{}}"#).starts_with("spec.user: at least one")
        );
        let fine = r#""spec":{"user":"a","resourceAttributes":{"namespace":"n"}}"#;
        assert_eq!(sar(&format!("\"metadata\":{{\"name\":\"x\"}},{fine}")), "metadata: must be empty");
        let local = |metadata: &str, spec: &str| of("LocalSubjectAccessReview", &format!("{metadata}{spec}"));
        assert!(local(r#""metadata":{"namespace":"m"},"#, fine).contains("must match metadata.namespace"));
        assert!(local("", fine).contains("a namespace is required"));
        let url = r#""spec":{"user":"a","nonResourceAttributes":{}}"#;
        assert!(local(r#""metadata":{"namespace":"m"},"#, url).contains("disallowed"));
        assert!(local(r#""metadata":{"namespace":"n","name":"x"},"#, fine).contains("except for namespace"));
    }

    #[test]
    fn metadata_without_content_are_empty() {
        let fine = r#""spec":{"user":"a","resourceAttributes":{"namespace":"n"}}"#;
        let empty = format!(r#""metadata":{{"creationTimestamp":null,"labels":{{}},"name":""}},{fine}"#);
        assert!(read(Cow::Owned(review("SubjectAccessReview", &empty)), 0).request.is_ok());
        let local = format!("\"metadata\":{{\"namespace\":\"n\"}},{fine}");
        assert!(read(Cow::Owned(review("LocalSubjectAccessReview", &local)), 0).request.is_ok());
    }

    #[test]
    fn what_is_no_review_is_named() {
        assert!(error(&review("SelfSubjectAccessReview", "\"spec\":{}")).contains("logged in"));
        assert!(error("{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}").ends_with("found kind `Pod` of version `v1`"));
        assert!(error("{}").contains("found kind ``"));
        assert!(error("{\"apiVersion\": \"authoriz").starts_with("this is no JSON: EOF"));
        assert_eq!(error("[1]"), "this is no object");
        assert_eq!(error("{} {}"), "something stands behind the end of the object");
        let wrong = review("SubjectAccessReview", r#""spec":{"user":"a","groups":"b"}"#);
        assert_eq!(error(&wrong), "spec.groups: expected a list, found the string `b`");
        assert_eq!(read(Cow::Borrowed(&wrong), 0).object.unwrap(), wrong);
    }
}
