//! What is asked: who wants to do what.

use super::names;

/// All of the cluster's ServiceAccounts.
pub const SERVICE_ACCOUNTS: &str = "system:serviceaccounts";
/// Everybody who has shown who they are.
pub const AUTHENTICATED: &str = "system:authenticated";
/// Everybody who has not.
pub const UNAUTHENTICATED: &str = "system:unauthenticated";
/// The user name of whoever has not shown who they are.
pub const ANONYMOUS: &str = "system:anonymous";
/// Whoever is in this group may do everything, whatever RBAC says.
pub const MASTERS: &str = "system:masters";

const SERVICE_ACCOUNT: &str = "system:serviceaccount:";

/// One request, as the API server's authorizer sees it: all that is in it is taken literally.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Request {
    /// Who asks.
    pub identity: Identity,
    /// What they want to do.
    pub action: Action,
}

/// A user with the groups that the API server knows them to be in.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// The user's name; that of a ServiceAccount is `system:serviceaccount:NAMESPACE:NAME`.
    pub user: String,
    /// The groups, the implicit ones among them.
    pub groups: Vec<String>,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Something to do with resources of the API.
    Resource(ResourceAction),
    /// Something to do with another URL of the API server.
    Url {
        /// The HTTP method in lower case, such as `get`.
        verb: String,
        /// The path, such as `/healthz`.
        path: String,
    },
}

/// Something to do with resources of the API. What does not apply is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceAction {
    /// Such as `list`.
    pub verb: String,
    /// The API group; empty for the core group.
    pub group: String,
    /// The resource, such as `pods`.
    pub resource: String,
    /// Such as `exec`.
    pub subresource: String,
    /// The name of one object; empty for all, or for one that has no name yet.
    pub name: String,
    /// The namespace; empty for resources of the cluster, and for all namespaces at once.
    pub namespace: String,
}

impl Action {
    /// The namespace in which it is done; `None` where it is in none, or in all of them.
    pub fn namespace(&self) -> Option<&str> {
        match self {
            Self::Resource(action) => Some(action.namespace.as_str()).filter(|namespace| !namespace.is_empty()),
            Self::Url { .. } => None,
        }
    }
}

impl ResourceAction {
    /// The resource with its subresource as rules name it, such as `pods/exec`.
    pub fn full_resource(&self) -> String {
        full_resource(&self.resource, &self.subresource)
    }
}

/// A resource with its subresource as rules name it, such as `pods/exec`.
pub fn full_resource(resource: &str, subresource: &str) -> String {
    if subresource.is_empty() { resource.to_owned() } else { format!("{resource}/{subresource}") }
}

impl Identity {
    /// A user with the groups that the API server adds of its own accord: those of a ServiceAccount where no group is
    /// given, and that of everybody who has shown who they are, or of everybody who has not
    /// (`WithImpersonation` in k8s.io/apiserver/pkg/endpoints/filters/impersonation).
    pub fn new(user: impl Into<String>, groups: Vec<String>) -> Self {
        let (user, mut groups) = (user.into(), groups);
        if let Some((namespace, _)) = service_account(&user).filter(|_| groups.is_empty()) {
            groups = vec![SERVICE_ACCOUNTS.to_owned(), service_accounts_of(namespace)];
        }
        let everybody = if user == ANONYMOUS { UNAUTHENTICATED } else { AUTHENTICATED };
        let is_known = |group: &String| group == everybody || group == UNAUTHENTICATED;
        if !groups.iter().any(is_known) {
            groups.push(everybody.to_owned());
        }
        Self { user, groups }
    }

    /// A ServiceAccount in its groups.
    pub fn of_service_account(namespace: &str, name: &str) -> Self {
        Self::new(user_of_service_account(namespace, name), Vec::new())
    }

    /// Somebody of whom no more is known than a group: in that group, and in those that whoever is in it is in, too.
    pub fn of_group(group: &str) -> Self {
        let of_namespace = group.strip_prefix(SERVICE_ACCOUNTS).is_some_and(|rest| rest.starts_with(':'));
        let implied = of_namespace.then(|| SERVICE_ACCOUNTS.to_owned());
        Self::new("", std::iter::once(group.to_owned()).chain(implied).collect())
    }

    /// The namespace and name of the ServiceAccount that this is.
    pub fn service_account(&self) -> Option<(&str, &str)> {
        service_account(&self.user)
    }

    /// Whether RBAC is never asked, because everything is allowed.
    pub fn is_master(&self) -> bool {
        self.groups.iter().any(|group| group == MASTERS)
    }
}

/// The user name of a ServiceAccount.
pub fn user_of_service_account(namespace: &str, name: &str) -> String {
    format!("{SERVICE_ACCOUNT}{namespace}:{name}")
}

/// Whether a user name is that of a ServiceAccount: no name is put together for it, since bindings may have many subjects.
pub(super) fn is_service_account(user: &str, namespace: &str, name: &str) -> bool {
    let rest = user.strip_prefix(SERVICE_ACCOUNT).and_then(|rest| rest.strip_prefix(namespace));
    rest.and_then(|rest| rest.strip_prefix(':')) == Some(name)
}

/// The group of all ServiceAccounts of a namespace.
pub fn service_accounts_of(namespace: &str) -> String {
    format!("{SERVICE_ACCOUNTS}:{namespace}")
}

/// The namespace and name in the user name of a ServiceAccount
/// (`SplitUsername` in k8s.io/apiserver/pkg/authentication/serviceaccount).
pub fn service_account(user: &str) -> Option<(&str, &str)> {
    let (namespace, name) = user.strip_prefix(SERVICE_ACCOUNT)?.split_once(':')?;
    (names::is_label(namespace) && names::is_subdomain(name)).then_some((namespace, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(user: &str, groups: &[&str]) -> Vec<String> {
        Identity::new(user, groups.iter().map(|&group| group.to_owned()).collect()).groups
    }

    #[test]
    fn implicit_groups_are_those_that_the_server_adds() {
        let account = "system:serviceaccount:ci:deployer";
        assert_eq!(groups(account, &[]), ["system:serviceaccounts", "system:serviceaccounts:ci", AUTHENTICATED]);
        assert_eq!(groups(account, &["x"]), ["x", AUTHENTICATED]);
        assert_eq!(groups("jane", &[]), [AUTHENTICATED]);
        assert_eq!(groups("jane", &["dev", AUTHENTICATED]), ["dev", AUTHENTICATED]);
        assert_eq!(groups("jane", &[UNAUTHENTICATED]), [UNAUTHENTICATED]);
        assert_eq!(groups(ANONYMOUS, &[]), [UNAUTHENTICATED]);
        assert_eq!(groups(ANONYMOUS, &[AUTHENTICATED]), [AUTHENTICATED, UNAUTHENTICATED]);
    }

    #[test]
    fn whoever_is_in_a_group_is_in_those_around_it() {
        for (group, groups) in [
            ("dev", vec!["dev", AUTHENTICATED]),
            (AUTHENTICATED, vec![AUTHENTICATED]),
            (UNAUTHENTICATED, vec![UNAUTHENTICATED]),
            ("system:serviceaccounts:ci", vec!["system:serviceaccounts:ci", SERVICE_ACCOUNTS, AUTHENTICATED]),
            (SERVICE_ACCOUNTS, vec![SERVICE_ACCOUNTS, AUTHENTICATED]),
        ] {
            assert_eq!(Identity::of_group(group).groups, groups, "{group}");
        }
    }

    #[test]
    fn the_names_of_service_accounts_are_taken_apart() {
        assert_eq!(service_account("system:serviceaccount:a:b"), Some(("a", "b")));
        for user in [
            "system:serviceaccount:a",
            "system:serviceaccount::b",
            "system:serviceaccount:a:b:c",
            "system:serviceaccount:A:b",
            "a:b",
        ] {
            assert_eq!(service_account(user), None, "{user}");
        }
    }

    #[test]
    fn a_user_is_a_service_account_by_its_whole_name() {
        for (user, expected) in [
            ("system:serviceaccount:a:b", true),
            ("system:serviceaccount:a:bc", false),
            ("system:serviceaccount:ab:b", false),
            ("system:serviceaccount:ab", false),
            ("a:b", false),
        ] {
            assert_eq!(is_service_account(user, "a", "b"), expected, "{user}");
            assert_eq!(user == user_of_service_account("a", "b"), expected, "{user}");
        }
    }
}
