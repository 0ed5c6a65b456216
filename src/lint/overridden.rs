//! What is other in a role or a binding than in the one of the default policy that is called like it, and what comes of
//! it: an API server puts the default policy in order each time it starts.
//!
//! (`ensureRBACPolicy` in `pkg/registry/rbac/rest/storage_rbac.go` of Kubernetes, and `reconcile_role.go` and
//! `reconcile_rolebindings.go` in k8s.io/component-helpers/auth/rbac/reconciliation)

use crate::diagnostic::ObjectName;
use crate::rbac::{Binding, Role, Rule, covers};

/// How something differs from what Kubernetes has under that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    /// It lacks something: that is put back.
    Less,
    /// It has more: that stays.
    More,
    /// It lacks something and has something else.
    Other,
    /// It has rules of its own, and the role takes in those of others.
    Overwritten,
    /// The binding hands out another role.
    OtherRole,
}

impl Difference {
    fn of(lacks: bool, has_more: bool) -> Option<Self> {
        match (lacks, has_more) {
            (false, false) => None,
            (true, false) => Some(Self::Less),
            (false, true) => Some(Self::More),
            (true, true) => Some(Self::Other),
        }
    }

    /// What comes of it.
    pub(super) fn message(self, name: &ObjectName) -> String {
        let told = match self {
            Self::Less => "what is left out here is put back each time an API server starts",
            Self::More => "what is added here goes to all that Kubernetes uses it for",
            Self::Other => "what is left out here is put back when an API server starts, and what is added stays",
            Self::Overwritten => "its rules are those of the ClusterRoles that it takes in, and not these",
            Self::OtherRole => "it is deleted and made anew each time an API server starts",
        };
        format!("Kubernetes makes `{name}` itself: {told}")
    }

    /// What to do about it.
    pub(super) fn help(self) -> &'static str {
        match self {
            Self::Less | Self::Other => {
                "give it another name; or set the annotation `rbac.authorization.kubernetes.io/autoupdate: \"false\"`, \
                 and look after it with each new version"
            }
            Self::More | Self::OtherRole => "give it another name",
            Self::Overwritten => {
                "write the rules in a ClusterRole of another name, with the label that this one selects, such as \
                 `rbac.authorization.k8s.io/aggregate-to-view: \"true\"`"
            }
        }
    }
}

/// How a role differs from the one of the default policy; `None` where it does not.
pub(super) fn role_differs(own: &Role, default: &Role) -> Option<Difference> {
    if default.aggregation.is_some() {
        let has_same = own.aggregation.is_none() || own.aggregation == default.aggregation;
        return match &own.aggregation {
            _ if !has_same => Some(Difference::Other),
            None if !own.rules.is_empty() => Some(Difference::Overwritten),
            // Of rules beside an aggregationRule that stands there, another rule tells.
            _ => None,
        };
    }
    let is_large = own.rules().any(is_large);
    let has_more = is_large || own.aggregation.is_some() || !covers(default.rules(), own.rules());
    Difference::of(!covers(own.rules(), default.rules()), has_more)
}

/// How a binding differs from the one of the default policy; `None` where it does not.
pub(super) fn binding_differs(own: &Binding, default: &Binding) -> Option<Difference> {
    if own.role != default.role {
        return Some(Difference::OtherRole);
    }
    let lacks = default.subjects.iter().any(|subject| !own.subjects.contains(subject));
    Difference::of(lacks, own.subjects.iter().any(|subject| !default.subjects.contains(subject)))
}

/// Whether a rule says more at once than any of Kubernetes' own, so that it is not taken apart.
fn is_large(rule: &Rule) -> bool {
    let Rule { verbs, api_groups, resources, resource_names, .. } = rule;
    let lists = [verbs, api_groups, resources, resource_names];
    lists.iter().fold(1_usize, |product, list| product.saturating_mul(list.len().max(1))) > 20_000
}
