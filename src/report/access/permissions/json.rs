//! All that a subject may do as JSON: version 1. Fields are added, and never change or go.

use serde::Serialize;

use super::super::super::json::JsonLocation;
use super::super::differing::JsonDiffering;
use super::super::json::{JsonGrant, JsonNamed, JsonRule, JsonSubject, JsonUnread, to_string};
use super::wide::by_grant;
use crate::query::{Access, Idle, Permissions, ResourceRow, Scope, UrlRow, Verbs};

/// The whole answer as one JSON object.
pub fn json<'a>(access: &'a Access, permissions: &'a Permissions) -> String {
    let scopes = |scopes: &'a [Scope]| -> Vec<_> { scopes.iter().map(|scope| JsonScope::new(access, scope)).collect() };
    to_string(&JsonPermissions {
        version: 1,
        anything: permissions.is_anything(),
        subject: JsonSubject::of(&permissions.asker.who),
        user: &permissions.asker.identity.user,
        groups: &permissions.asker.identity.groups,
        namespace: permissions.namespace.as_deref(),
        master: permissions.is_master,
        notes: &permissions.doubts,
        unread: JsonUnread::all(access),
        scopes: scopes(&permissions.own),
        everybody: scopes(&permissions.everybody),
        covered: permissions.covered.iter().map(|grant| JsonGrant::new(access, grant)).collect(),
        idle: permissions.idle.iter().map(|idle| JsonIdle::new(access, idle)).collect(),
        differing: JsonDiffering::all(access, permissions.own.iter().flat_map(Scope::grants)),
    })
}

#[derive(Serialize)]
struct JsonPermissions<'a> {
    version: u32,
    /// Whether it may for certain do anything that not everybody may.
    anything: bool,
    subject: JsonSubject<'a>,
    user: &'a str,
    groups: &'a [String],
    /// The only namespace that was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'a str>,
    master: bool,
    notes: &'a [String],
    unread: Vec<JsonUnread<'a>>,
    scopes: Vec<JsonScope<'a>>,
    /// What it may do only because the default policy lets everybody.
    everybody: Vec<JsonScope<'a>>,
    /// One grant of each binding that adds nothing to wider ones.
    covered: Vec<JsonGrant<'a>>,
    /// What looks like a grant and grants nothing.
    idle: Vec<JsonIdle<'a>>,
    /// The objects that conditional grants depend on.
    differing: Vec<JsonDiffering<'a>>,
}

/// What may be done in one place.
#[derive(Serialize)]
pub(in crate::report::access) struct JsonScope<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'a str>,
    resources: Vec<JsonResource<'a>>,
    urls: Vec<JsonUrl<'a>>,
}

#[derive(Serialize)]
struct JsonResource<'a> {
    group: &'a str,
    resource: &'a str,
    names: &'a [String],
    verbs: Vec<&'a str>,
    /// Other verbs, that something wider allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    wider: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<Vec<JsonSource<'a>>>,
}

#[derive(Serialize)]
struct JsonUrl<'a> {
    url: &'a str,
    verbs: Vec<&'a str>,
    /// Other verbs, that something wider allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    wider: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<Vec<JsonSource<'a>>>,
}

/// A grant, and the verbs that come from it.
#[derive(Serialize)]
struct JsonSource<'a> {
    verbs: Vec<&'a str>,
    #[serde(flatten)]
    grant: JsonGrant<'a>,
}

#[derive(Serialize)]
struct JsonIdle<'a> {
    why: &'static str,
    message: String,
    /// Where the role is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<JsonLocation<'a>>,
    what: &'a [String],
    binding: Option<JsonNamed<'a>>,
    role: Option<JsonNamed<'a>>,
    rule: Option<JsonRule<'a>>,
}

impl<'a> JsonScope<'a> {
    fn new(access: &'a Access, scope: &'a Scope) -> Self {
        Self::with_sources(scope, Some(access))
    }

    /// Without a word about where it comes from.
    pub(in crate::report::access) fn brief(scope: &'a Scope) -> Self {
        Self::with_sources(scope, None)
    }

    fn with_sources(scope: &'a Scope, access: Option<&'a Access>) -> Self {
        let resource = |row: &'a ResourceRow| JsonResource {
            group: &row.group,
            resource: &row.resource,
            names: &row.names,
            verbs: row.verbs.keys().map(String::as_str).collect(),
            wider: access.map(|_| row.wider.as_slice()),
            sources: access.map(|access| sources(access, &row.verbs)),
        };
        let url = |row: &'a UrlRow| JsonUrl {
            url: &row.url,
            verbs: row.verbs.keys().map(String::as_str).collect(),
            wider: access.map(|_| row.wider.as_slice()),
            sources: access.map(|access| sources(access, &row.verbs)),
        };
        Self {
            namespace: scope.namespace.as_deref(),
            resources: scope.resources.iter().map(resource).collect(),
            urls: scope.urls.iter().map(url).collect(),
        }
    }
}

fn sources<'a>(access: &'a Access, verbs: &'a Verbs) -> Vec<JsonSource<'a>> {
    let sources = by_grant(verbs).into_iter();
    sources.map(|(grant, verbs)| JsonSource { verbs, grant: JsonGrant::new(access, &grant) }).collect()
}

impl<'a> JsonIdle<'a> {
    fn new(access: &'a Access, idle: &'a Idle) -> Self {
        let missing = || access.policy().binding(idle.binding).map(JsonNamed::missing);
        Self {
            why: idle.why.name(),
            message: match &idle.fault {
                Some(fault) => format!("{}: {}", idle.why.message(), fault.reason),
                None => idle.why.message().to_owned(),
            },
            location: idle.fault.as_ref().map(|fault| access.sources().locate(fault.span).into()),
            what: &idle.what,
            binding: JsonNamed::binding(access, idle.binding),
            role: idle.role.and_then(|role| JsonNamed::role(access, role)).or_else(missing),
            rule: idle.rule.zip(idle.role).and_then(|(rule, role)| JsonRule::new(access, rule, role)),
        }
    }
}
