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
            let (of_namespace, of_cluster, (namespace, name)) = match several.object {
                Differing::Binding(id) => ("RoleBinding", "ClusterRoleBinding", policy.binding(id)?.key()),
                Differing::Role(id) => ("Role", "ClusterRole", policy.role(id)?.key()),
            };
            let kind = if namespace.is_some() { of_namespace } else { of_cluster };
            let definitions = several.places.iter().map(|&span| access.sources().locate(span).into()).collect();
            Some(Self { kind, namespace, name, definitions })
        });
        all.collect()
    }
}
