//! Subjects as people write them on a command line.

use std::fmt;

use crate::diagnostic::{Failure, FailureKind};
use crate::rbac::{Binding, Identity, Subject, service_account, user_of_service_account};

/// A subject that was asked about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// A ServiceAccount.
    ServiceAccount {
        /// Its namespace.
        namespace: String,
        /// What it is called.
        name: String,
    },
    /// A user.
    User(String),
    /// A group: whoever is in it, with nothing else.
    Group(String),
}

/// `ServiceAccount ci/deployer`, `User jane`, `Group ops`.
impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ServiceAccount { namespace, name } => write!(f, "ServiceAccount {namespace}/{name}"),
            Self::User(name) => write!(f, "User {name}"),
            Self::Group(name) => write!(f, "Group {name}"),
        }
    }
}

/// How to name a subject, for messages.
pub const HOW_TO_NAME: &str =
    "name a ServiceAccount as `NAMESPACE:NAME` or `sa/NAMESPACE/NAME`, anybody else as `user/NAME` or `group/NAME`";

impl Who {
    /// Reads a subject: `NS:NAME` or `sa/NS/NAME`, `user/NAME`, `group/NAME`, or a full user name such as
    /// `system:serviceaccount:NS:NAME`.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let failure = || Failure::new(FailureKind::Usage, format!("`{text}` names no subject")).hint(HOW_TO_NAME);
        let account = |namespace: &str, name: &str| {
            let is_name = |part: &str| !part.is_empty() && !part.contains([':', '/', ' ']);
            let account = Self::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() };
            if is_name(namespace) && is_name(name) { Ok(account) } else { Err(failure()) }
        };
        match text.split_once('/') {
            Some(("sa" | "serviceaccount", rest)) => {
                let (namespace, name) = rest.split_once('/').ok_or_else(failure)?;
                return account(namespace, name);
            }
            Some(("user", name)) if !name.is_empty() => return Ok(Self::user(name)),
            Some(("group", name)) if !name.is_empty() => return Ok(Self::Group(name.to_owned())),
            _ => {}
        }
        if text.starts_with("system:") {
            return Ok(Self::user(text));
        }
        let (namespace, name) = text.split_once(':').ok_or_else(failure)?;
        account(namespace, name)
    }

    /// Reads a subject that can only be a ServiceAccount: `NS:NAME`, whatever the namespace is called.
    pub fn service_account(text: &str) -> Result<Self, Failure> {
        let is_name = |part: &str| !part.is_empty() && !part.contains([':', '/', ' ']);
        match text.split_once(':') {
            Some((namespace, name)) if is_name(namespace) && is_name(name) => {
                Ok(Self::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() })
            }
            _ => match Self::parse(text) {
                Ok(who @ Self::ServiceAccount { .. }) => Ok(who),
                _ => Err(Failure::new(FailureKind::Usage, format!("`{text}` names no ServiceAccount"))
                    .hint("name its namespace and its name: `prod:deployer`")),
            },
        }
    }

    /// The user of this name, who may be a ServiceAccount.
    pub fn user(name: &str) -> Self {
        match service_account(name) {
            Some((namespace, name)) => Self::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() },
            None => Self::User(name.to_owned()),
        }
    }

    /// Whom a subject of a binding means, in a namespace or without one; `None` where it is nobody.
    pub fn of_binding(subject: &Subject, namespace: Option<&str>) -> Option<Self> {
        match subject {
            Subject::User(name) => Some(Self::user(name)),
            Subject::Group(name) => Some(Self::Group(name.to_string())),
            Subject::ServiceAccount { .. } => {
                let (namespace, name) = subject.service_account(namespace)?;
                Some(Self::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() })
            }
            Subject::Other { .. } => None,
        }
    }

    /// All whom a binding means, in its order; a subject that is nobody is left out.
    pub fn all_of_binding(binding: &Binding) -> impl Iterator<Item = Self> {
        binding.subjects.iter().filter_map(|subject| Self::of_binding(subject, binding.namespace.as_deref()))
    }

    /// As whom they come to the API server, with the groups that it adds.
    pub fn identity(&self) -> Identity {
        match self {
            Self::ServiceAccount { namespace, name } => Identity::of_service_account(namespace, name),
            Self::User(name) => Identity::new(name, Vec::new()),
            Self::Group(name) => Identity::of_group(name),
        }
    }

    /// The words in which a command line would name them.
    pub fn written(&self) -> String {
        match self {
            Self::ServiceAccount { namespace, name } => format!("{namespace}:{name}"),
            Self::User(name) if name.starts_with("system:") => name.clone(),
            Self::User(name) => format!("user/{name}"),
            Self::Group(name) => format!("group/{name}"),
        }
    }

    /// The user name; `None` for a group.
    pub fn user_name(&self) -> Option<String> {
        match self {
            Self::ServiceAccount { namespace, name } => Some(user_of_service_account(namespace, name)),
            Self::User(name) => Some(name.clone()),
            Self::Group(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_are_read_in_every_way_in_which_they_are_written() {
        let account = Who::ServiceAccount { namespace: "ci".to_owned(), name: "deployer".to_owned() };
        for text in ["ci:deployer", "sa/ci/deployer", "system:serviceaccount:ci:deployer"] {
            assert_eq!(Who::parse(text).unwrap(), account, "{text}");
        }
        assert_eq!(Who::parse("user/jane@example.com").unwrap(), Who::User("jane@example.com".to_owned()));
        assert_eq!(Who::parse("user/system:serviceaccount:ci:deployer").unwrap(), account);
        assert_eq!(Who::parse("group/a:b/c").unwrap(), Who::Group("a:b/c".to_owned()));
        assert_eq!(Who::parse("system:kube-scheduler").unwrap(), Who::User("system:kube-scheduler".to_owned()));
        assert_eq!(Who::parse(&account.written()).unwrap(), account);
        assert_eq!(Who::service_account("ci:deployer").unwrap(), account);
        let in_system = Who::ServiceAccount { namespace: "system".to_owned(), name: "manager".to_owned() };
        for text in ["system:manager", "sa/system/manager"] {
            assert_eq!(Who::service_account(text).unwrap(), in_system, "{text}");
        }
        assert!(Who::service_account("user/jane").is_err() && Who::service_account("deployer").is_err());
        for text in ["", "jane", "a:b:c", ":b", "a:", "sa/x", "user/", "group/", "ci/deployer"] {
            assert!(Who::parse(text).is_err(), "{text}");
        }
    }
}
