//! Everybody who can as JSON: version 1. Fields are added, and never change or go.

use serde::Serialize;

use super::super::differing::JsonDiffering;
use super::super::json::{JsonGrant, JsonRequest, JsonSubject, JsonUnread, JsonWorkload, to_string};
use crate::query::{Access, Holder, WhoCan};
use crate::rbac::Reach;

/// The whole answer as one JSON object.
pub fn json(access: &Access, answer: &WhoCan) -> String {
    to_string(&JsonWhoCan {
        version: 1,
        anybody: answer.is_anybody(),
        request: JsonRequest::new(&answer.action),
        each_namespace: answer.reach == Reach::EachNamespace,
        warnings: &answer.warnings,
        notes: &answer.doubts,
        unread: JsonUnread::all(access),
        subjects: answer.holders.iter().map(|holder| JsonHolder::new(access, holder)).collect(),
        differing: JsonDiffering::all(access, answer.holders.iter().flat_map(Holder::all_grants)),
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonWhoCan<'a> {
    version: u32,
    /// Whether anybody may for certain whom not only the default policy names, but for members of `system:masters`.
    anybody: bool,
    request: JsonRequest<'a>,
    /// Whether the request was for each namespace on its own.
    each_namespace: bool,
    warnings: &'a [String],
    notes: &'a [String],
    unread: Vec<JsonUnread<'a>>,
    subjects: Vec<JsonHolder<'a>>,
    /// The objects that conditional grants depend on.
    differing: Vec<JsonDiffering<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own")]
struct JsonHolder<'a> {
    #[serde(flatten)]
    subject: JsonSubject<'a>,
    built_in: bool,
    /// Whether a grant names it, and not only a group that it is in.
    named: bool,
    exists: bool,
    /// Whether it may everywhere, or only in `namespaces`.
    everywhere: bool,
    namespaces: Vec<&'a str>,
    conditional: bool,
    workloads: Vec<JsonWorkload<'a>>,
    /// The ServiceAccounts in a group of the API server's own; each is a subject of this list, too.
    members: Vec<JsonSubject<'a>>,
    /// Those that name it, then those whose subject is a group that it is in.
    grants: Vec<JsonGrant<'a>>,
}

impl<'a> JsonHolder<'a> {
    fn new(access: &'a Access, holder: &'a Holder) -> Self {
        Self {
            subject: JsonSubject::of(&holder.who),
            built_in: holder.is_built_in,
            named: !holder.grants.is_empty(),
            exists: holder.exists,
            everywhere: holder.is_everywhere(access),
            namespaces: holder.namespaces(access).into_iter().collect(),
            conditional: holder.all_grants().all(|grant| grant.is_conditional),
            workloads: access.workloads_of(&holder.who).map(|object| JsonWorkload::new(access, object)).collect(),
            members: holder.members.iter().map(JsonSubject::of).collect(),
            grants: holder.all_grants().map(|grant| JsonGrant::new(access, grant)).collect(),
        }
    }
}
