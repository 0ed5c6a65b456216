//! The reason for a decision in the API server's words.
//!
//! (kubernetes/plugin/pkg/auth/authorizer/rbac/rbac.go and kubernetes/pkg/registry/rbac/validation/rule.go)

use super::quoted::quoted;
use super::{Binding, Decision, GROUP, Grant, Policy, RoleKind, RoleRef, Subject};

impl Policy {
    /// The reasons that an API server may give for allowing it: one for each binding that grants. It gives any of them.
    pub fn reasons(&self, decision: &Decision) -> Vec<String> {
        let reason = |grant: &Grant| Some(allowed_by(self.binding(grant.binding)?, grant.subject));
        decision.grants.iter().filter_map(reason).collect()
    }

    /// The `status.reason` of a SubjectAccessReview: the grant that allows it, or the roles that are missing where it is
    /// denied; empty where there is nothing to tell.
    pub fn reason(&self, decision: &Decision) -> String {
        if decision.is_master {
            return String::new();
        }
        // One that needs nothing else says it best.
        let grant = decision.grants.iter().find(|grant| !grant.is_conditional).or(decision.grants.first());
        if let Some(grant) = grant {
            let reason = self.binding(grant.binding).map(|binding| allowed_by(binding, grant.subject));
            return reason.unwrap_or_default();
        }
        let mut errors: Vec<_> = Vec::new();
        for error in decision.missing.iter().filter_map(|&id| self.binding(id)).map(|binding| not_found(&binding.role))
        {
            if !errors.contains(&error) {
                errors.push(error);
            }
        }
        match errors.as_slice() {
            [] => String::new(),
            [error] => format!("RBAC: {error}"),
            errors => format!("RBAC: [{}]", errors.join(", ")),
        }
    }
}

fn allowed_by(binding: &Binding, subject: usize) -> String {
    let kind = binding.kind();
    let name = match &binding.namespace {
        None => binding.name.to_string(),
        Some(namespace) => format!("{}/{namespace}", binding.name),
    };
    let RoleRef { kind: role_kind, name: role } = &binding.role;
    let (role_kind, to) = (role_kind.name(), binding.subjects.get(subject).map(|subject| whom(subject, binding)));
    format!("RBAC: allowed by {kind} {} of {role_kind} {} to {}", quoted(&name), quoted(role), to.unwrap_or_default())
}

fn whom(subject: &Subject, binding: &Binding) -> String {
    match subject {
        Subject::User(name) => format!("User {}", quoted(name)),
        Subject::Group(name) => format!("Group {}", quoted(name)),
        Subject::ServiceAccount { namespace, name } => {
            let namespace = namespace.as_deref().or(binding.namespace.as_deref()).unwrap_or_default();
            format!("ServiceAccount {}", quoted(&format!("{name}/{namespace}")))
        }
        Subject::Other { kind, name } => format!("{kind} {}", quoted(name)),
    }
}

fn not_found(role: &RoleRef) -> String {
    match &role.kind {
        RoleKind::Role => format!("role.{GROUP} {} not found", quoted(&role.name)),
        RoleKind::ClusterRole => format!("clusterrole.{GROUP} {} not found", quoted(&role.name)),
        RoleKind::Other(kind) => format!("unsupported role reference kind: {}", quoted(kind)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_meant_is_said_with_the_namespace_behind_the_name() {
        let account = |namespace: Option<&str>| Subject::ServiceAccount {
            namespace: namespace.map(Into::into),
            name: "a".into(),
        };
        let role = RoleRef { kind: RoleKind::Role, name: "r".into() };
        let subjects = vec![account(None), account(Some("m")), Subject::Group("g".into())];
        let binding = Binding { namespace: Some("n".into()), name: "b".into(), role, subjects };
        let reasons: Vec<_> = (0..3).map(|subject| allowed_by(&binding, subject)).collect();
        let to = |whom: &str| format!("RBAC: allowed by RoleBinding \"b/n\" of Role \"r\" to {whom}");
        let whom = ["ServiceAccount \"a/n\"", "ServiceAccount \"a/m\"", "Group \"g\""];
        assert_eq!(reasons, whom.map(to));
    }
}
