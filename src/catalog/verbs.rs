//! The verbs that mean something.

/// The verbs on resources that kubectl knows (`resourceVerbs` in `k8s.io/kubectl/pkg/cmd/auth/cani.go`).
pub const RESOURCE_VERBS: [&str; 16] = [
    "get",
    "list",
    "watch",
    "create",
    "update",
    "patch",
    "delete",
    "deletecollection",
    "use",
    "bind",
    "impersonate",
    "escalate",
    "approve",
    "sign",
    "attest",
    "*",
];

/// The verbs on URLs that kubectl knows: the methods of HTTP (`nonResourceURLVerbs`, in the same place).
pub const NON_RESOURCE_VERBS: [&str; 8] = ["get", "put", "post", "head", "options", "delete", "patch", "*"];

/// What a full resource can do, custom resources included.
pub(super) const STANDARD: [&str; 8] =
    ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

/// Whether kubectl knows a verb on resources. Others may mean something on single resources, which
/// [`Catalog::verbs_of`](super::Catalog::verbs_of) tells.
pub fn is_resource_verb(verb: &str) -> bool {
    RESOURCE_VERBS.contains(&verb)
}

/// Whether kubectl knows a verb on URLs.
pub fn is_non_resource_verb(verb: &str) -> bool {
    NON_RESOURCE_VERBS.contains(&verb)
}

/// One half of a constrained impersonation: neither is worth anything without the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImpersonationHalf<'v> {
    /// Whom to be, as `impersonate:user-info`.
    Whom(&'v str),
    /// What to do as another, as `impersonate-on:user-info:list`, which may stand with any resource.
    What(&'v str),
}

impl<'v> ImpersonationHalf<'v> {
    /// The half that a verb is.
    pub fn of(verb: &'v str) -> Option<Self> {
        const MODES: [&str; 4] = ["user-info", "serviceaccount", "arbitrary-node", "associated-node"];
        if let Some(mode) = verb.strip_prefix("impersonate:") {
            return MODES.contains(&mode).then_some(Self::Whom(mode));
        }
        let (mode, verb) = verb.strip_prefix("impersonate-on:")?.split_once(':')?;
        (MODES.contains(&mode) && is_resource_verb(verb)).then_some(Self::What(mode))
    }

    /// The half that it takes besides.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Whom(mode) => Self::What(mode),
            Self::What(mode) => Self::Whom(mode),
        }
    }
}

/// Whether a verb is one half of a constrained impersonation.
pub fn is_constrained_impersonation(verb: &str) -> bool {
    ImpersonationHalf::of(verb).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verbs_of_urls_are_not_those_of_resources() {
        assert!(is_resource_verb("watch") && !is_non_resource_verb("watch"));
        assert!(!is_resource_verb("post") && is_non_resource_verb("post"));
        for wrong in ["", "read", "Get", "get ", "edit", "impersonate:user-info"] {
            assert!(!is_resource_verb(wrong) && !is_non_resource_verb(wrong), "{wrong}");
        }
    }

    #[test]
    fn both_halves_of_a_constrained_impersonation_are_known() {
        for verb in ["impersonate:serviceaccount", "impersonate-on:associated-node:get", "impersonate-on:user-info:*"] {
            assert!(is_constrained_impersonation(verb), "{verb}");
        }
        for verb in ["impersonate", "impersonate:", "impersonate:get", "impersonate-on:get", "impersonate-on:user-info"]
        {
            assert!(!is_constrained_impersonation(verb), "{verb}");
        }
    }
}
