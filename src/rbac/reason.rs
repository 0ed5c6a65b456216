//! The reason for a decision in the API server's words.
//!
//! (kubernetes/plugin/pkg/auth/authorizer/rbac/rbac.go and kubernetes/pkg/registry/rbac/validation/rule.go)

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
    let (kind, name) = match &binding.namespace {
        None => ("ClusterRoleBinding", binding.name.clone()),
        Some(namespace) => ("RoleBinding", format!("{}/{namespace}", binding.name)),
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

/// A string as Go quotes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{b}' => quoted.push_str("\\v"),
            c if c.is_ascii_control() => quoted.extend(format!("\\x{:02x}", u32::from(c)).chars()),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_as_go_does() {
        assert_eq!(quoted("a\"b\\c\n\u{1}é"), r#""a\"b\\c\n\x01é""#);
    }
}
