//! The objects whose definitions differ, in JSON.

use serde::Serialize;

use super::super::json::JsonLocation;
use super::conditions::{Differing, several};
use crate::query::Access;
use crate::rbac::Grant;

/// A role or binding whose definitions differ, on which conditional grants depend.
#[derive(Serialize)]
pub(super) struct JsonDiffering<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'a str>,
    name: &'a str,
    definitions: Vec<JsonLocation<'a>>,
}

impl<'a> JsonDiffering<'a> {
    /// Those that these grants depend on.
    pub(super) fn all<'g>(access: &'a Access, grants: impl IntoIterator<Item = &'g Grant>) -> Vec<Self> {
        let all = several(access, grants).into_iter().filter_map(|several| {
            let policy = access.policy();
            let (kind, (namespace, name)) = match several.object {
                Differing::Binding(id) => policy.binding(id).map(|binding| (binding.kind(), binding.key()))?,
                Differing::Role(id) => policy.role(id).map(|role| (role.kind(), role.key()))?,
            };
            let definitions = several.places.iter().map(|&span| access.sources().locate(span).into()).collect();
            Some(Self { kind, namespace, name, definitions })
        });
        all.collect()
    }
}
