//! Answers about access as JSON: version 1. Fields are added, and never change or go.

use serde::Serialize;

use super::super::json::JsonLocation;
use super::super::plain::plain_json;
use super::differing::JsonDiffering;
use crate::diagnostic::ObjectName;
use crate::manifest::KnownObject;
use crate::query::{Access, Answer, Miss, Remedy, Who};
use crate::rbac::{Action, Binding, BindingId, Grant, Key, RoleId, Rule, RulePlace, Subject, Verdict};

/// The answer to "can I" as one JSON object.
pub fn answer(access: &Access, answer: &Answer) -> String {
    let decision = &answer.decision;
    let is_yes = decision.verdict == Verdict::Allowed;
    let caveats = if is_yes { Vec::new() } else { access.caveats() };
    to_string(&JsonAnswer {
        version: 1,
        allowed: is_yes,
        verdict: verdict(decision.verdict),
        reason: access.policy().reason(decision),
        subject: JsonSubject::of(&answer.who),
        user: &answer.request.identity.user,
        groups: &answer.request.identity.groups,
        request: JsonRequest::new(&answer.request.action),
        warnings: &answer.warnings,
        notes: answer.doubts.iter().chain(&caveats).map(String::as_str).collect(),
        unread: JsonUnread::all(access),
        kubectl: answer
            .kubectl
            .as_ref()
            .map(|kubectl| JsonKubectl { allowed: kubectl.allowed, namespace: &kubectl.namespace }),
        grants: decision.grants.iter().map(|grant| JsonGrant::new(access, grant)).collect(),
        misses: answer.misses.iter().map(|miss| JsonMiss::new(access, miss)).collect(),
        differing: JsonDiffering::all(access, &decision.grants),
        remedy: answer.remedy.as_ref().map(|remedy| JsonRemedy::new(access, remedy)),
    })
}

/// Pretty, with a line feed behind it, and with nothing in it that acts on a terminal.
pub(super) fn to_string(value: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(value).unwrap_or_default();
    format!("{}\n", plain_json(&json))
}

/// The word for a verdict.
pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "yes",
        Verdict::Conditional => "conditional",
        Verdict::Denied => "no",
    }
}

#[derive(Serialize)]
struct JsonAnswer<'a> {
    version: u32,
    allowed: bool,
    verdict: &'static str,
    reason: String,
    subject: JsonSubject<'a>,
    user: &'a str,
    groups: &'a [String],
    request: JsonRequest<'a>,
    warnings: &'a [String],
    notes: Vec<&'a str>,
    unread: Vec<JsonUnread<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kubectl: Option<JsonKubectl<'a>>,
    grants: Vec<JsonGrant<'a>>,
    misses: Vec<JsonMiss<'a>>,
    /// The objects that conditional grants depend on.
    differing: Vec<JsonDiffering<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<JsonRemedy<'a>>,
}

/// What would allow it.
#[derive(Serialize)]
struct JsonRemedy<'a> {
    /// A role and a binding, as YAML.
    objects: &'a str,
    /// The rule alone, as YAML.
    rule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    extend: Option<JsonNamed<'a>>,
    unbound: Vec<JsonNamed<'a>>,
}

impl<'a> JsonRemedy<'a> {
    fn new(access: &'a Access, remedy: &'a Remedy) -> Self {
        Self {
            objects: &remedy.suggestion.objects,
            rule: &remedy.suggestion.rule,
            extend: remedy.extend.and_then(|role| JsonNamed::role(access, role)),
            unbound: remedy.unbound.iter().filter_map(|&role| JsonNamed::role(access, role)).collect(),
        }
    }
}

/// Something that could not be read.
#[derive(Serialize)]
pub(super) struct JsonUnread<'a> {
    reason: &'a str,
    location: JsonLocation<'a>,
}

impl<'a> JsonUnread<'a> {
    /// All that could not be read.
    pub(super) fn all(access: &'a Access) -> Vec<Self> {
        let unread = access.unread().iter();
        unread
            .map(|unread| Self { reason: &unread.reason, location: access.sources().locate(unread.span).into() })
            .collect()
    }
}

/// Something that runs as a ServiceAccount.
#[derive(Serialize)]
pub(super) struct JsonWorkload<'a> {
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'a str>,
    name: &'a str,
    location: JsonLocation<'a>,
}

impl<'a> JsonWorkload<'a> {
    pub(super) fn new(access: &'a Access, object: &'a KnownObject) -> Self {
        let ObjectName { kind, namespace, name, .. } = &object.name;
        let location = access.sources().locate(object.span).into();
        Self { kind, namespace: namespace.as_deref(), name, location }
    }
}

#[derive(Serialize)]
struct JsonKubectl<'a> {
    allowed: bool,
    namespace: &'a str,
}

/// A subject.
#[derive(Serialize)]
pub(super) struct JsonSubject<'a> {
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'a str>,
    name: &'a str,
}

impl<'a> JsonSubject<'a> {
    /// One that was asked about.
    pub(super) fn of(who: &'a Who) -> Self {
        match who {
            Who::ServiceAccount { namespace, name } => {
                Self { kind: "ServiceAccount", namespace: Some(namespace), name }
            }
            Who::User(name) => Self { kind: "User", namespace: None, name },
            Who::Group(name) => Self { kind: "Group", namespace: None, name },
        }
    }

    /// One of a binding in a namespace, or without one.
    pub(super) fn of_binding(subject: &'a Subject, namespace: Option<&'a str>) -> Self {
        match subject {
            Subject::User(name) => Self { kind: "User", namespace: None, name },
            Subject::Group(name) => Self { kind: "Group", namespace: None, name },
            Subject::ServiceAccount { namespace: own, name } => {
                Self { kind: "ServiceAccount", namespace: own.as_deref().or(namespace), name }
            }
            Subject::Other { kind, name } => Self { kind, namespace: None, name },
        }
    }
}

/// A request.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum JsonRequest<'a> {
    Resource {
        verb: &'a str,
        group: &'a str,
        resource: &'a str,
        subresource: &'a str,
        name: &'a str,
        namespace: &'a str,
    },
    Url {
        verb: &'a str,
        path: &'a str,
    },
}

impl<'a> JsonRequest<'a> {
    pub(super) fn new(action: &'a Action) -> Self {
        match action {
            Action::Resource(it) => Self::Resource {
                verb: &it.verb,
                group: &it.group,
                resource: &it.resource,
                subresource: &it.subresource,
                name: &it.name,
                namespace: &it.namespace,
            },
            Action::Url { verb, path } => Self::Url { verb, path },
        }
    }
}

/// A role or binding, and where it stands unless Kubernetes brings it.
#[derive(Serialize)]
pub(super) struct JsonNamed<'a> {
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'a str>,
    name: &'a str,
    #[serde(rename = "builtIn")]
    is_built_in: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<JsonLocation<'a>>,
}

impl<'a> JsonNamed<'a> {
    pub(super) fn binding(access: &'a Access, id: BindingId) -> Option<Self> {
        let binding = access.policy().binding(id)?;
        Some(Self::new(access, binding.kind(), binding.key(), access.binding_object(id)))
    }

    pub(super) fn role(access: &'a Access, id: RoleId) -> Option<Self> {
        let role = access.policy().role(id)?;
        Some(Self::new(access, role.kind(), role.key(), access.role_object(id)))
    }

    fn new(access: &'a Access, kind: &'a str, (namespace, name): Key<'a>, object: Option<&KnownObject>) -> Self {
        let location = object.map(|object| access.sources().locate(object.span).into());
        Self { kind, namespace, name, is_built_in: object.is_none(), location }
    }

    /// The role that a binding names and that is not there.
    pub(super) fn missing(binding: &'a Binding) -> Self {
        Self {
            kind: binding.role.kind.name(),
            namespace: binding.role_key().and_then(|(namespace, _)| namespace),
            name: &binding.role.name,
            is_built_in: false,
            location: None,
        }
    }
}

/// A rule of a role.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct JsonRule<'a> {
    /// From 0, as the API server counts.
    index: usize,
    /// The role in which it is written, where another one takes it in by aggregation.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<JsonNamed<'a>>,
    verbs: &'a [String],
    api_groups: &'a [String],
    resources: &'a [String],
    resource_names: &'a [String],
    #[serde(rename = "nonResourceURLs")]
    non_resource_urls: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<JsonLocation<'a>>,
}

impl<'a> JsonRule<'a> {
    pub(super) fn new(access: &'a Access, place: RulePlace, of: RoleId) -> Option<Self> {
        let Rule { verbs, api_groups, resources, resource_names, non_resource_urls } =
            &**access.policy().role(place.role)?.rules.get(place.index)?;
        let places = access.rule_places(place);
        Some(Self {
            index: place.index,
            role: (place.role != of).then(|| JsonNamed::role(access, place.role)).flatten(),
            verbs,
            api_groups,
            resources,
            resource_names,
            non_resource_urls,
            location: places.map(|places| access.sources().locate(places.whole).into()),
        })
    }
}

/// A grant: binding → role → rule.
#[derive(Serialize)]
pub(super) struct JsonGrant<'a> {
    conditional: bool,
    binding: Option<JsonNamed<'a>>,
    subject: Option<JsonSubject<'a>>,
    role: Option<JsonNamed<'a>>,
    rule: Option<JsonRule<'a>>,
}

impl<'a> JsonGrant<'a> {
    pub(super) fn new(access: &'a Access, grant: &Grant) -> Self {
        let binding = access.policy().binding(grant.binding);
        let subject = |binding: &'a Binding| {
            let subject = binding.subjects.get(grant.subject)?;
            Some(JsonSubject::of_binding(subject, binding.namespace.as_deref()))
        };
        Self {
            conditional: grant.is_conditional,
            binding: JsonNamed::binding(access, grant.binding),
            subject: binding.and_then(subject),
            role: JsonNamed::role(access, grant.role),
            rule: JsonRule::new(access, grant.rule, grant.role),
        }
    }
}

/// Something that does not allow a request, and nearly does.
#[derive(Serialize)]
pub(super) struct JsonMiss<'a> {
    gaps: Vec<JsonGap<'a>>,
    binding: Option<JsonNamed<'a>>,
    /// Further bindings that hand out the same and lack the same.
    alike: Vec<JsonNamed<'a>>,
    role: Option<JsonNamed<'a>>,
    rule: Option<JsonRule<'a>>,
}

#[derive(Serialize)]
struct JsonGap<'a> {
    dimension: &'static str,
    message: &'a str,
}

impl<'a> JsonMiss<'a> {
    pub(super) fn new(access: &'a Access, miss: &'a Miss) -> Self {
        let gaps = miss.gaps.iter().map(|gap| JsonGap { dimension: gap.dimension.name(), message: &gap.message });
        let missing = || access.policy().binding(miss.binding).map(JsonNamed::missing);
        Self {
            gaps: gaps.collect(),
            binding: JsonNamed::binding(access, miss.binding),
            alike: miss.alike.iter().filter_map(|&id| JsonNamed::binding(access, id)).collect(),
            role: miss.role.and_then(|role| JsonNamed::role(access, role)).or_else(missing),
            rule: miss.rule.zip(miss.role).and_then(|(rule, role)| JsonRule::new(access, rule, role)),
        }
    }
}
