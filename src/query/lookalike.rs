//! Subjects that were probably meant to be another.

use crate::rbac::{Identity, Subject};

/// How a subject of a binding in a namespace, or without one, differs from an identity that it looks like; `None` where
/// it does not look like it.
pub(super) fn difference(subject: &Subject, namespace: Option<&str>, identity: &Identity) -> Option<String> {
    match identity.service_account() {
        Some((own_namespace, own_name)) => of_account(subject, namespace, own_namespace, own_name),
        None => of_user(subject, identity),
    }
}

fn of_account(subject: &Subject, namespace: Option<&str>, own_namespace: &str, own_name: &str) -> Option<String> {
    let meant = format!("`{own_namespace}/{own_name}`");
    match subject {
        Subject::ServiceAccount { namespace: None, name } if name == own_name && namespace.is_none() => {
            Some(format!("it names the ServiceAccount `{name}` without a namespace, which is nobody"))
        }
        Subject::ServiceAccount { namespace: other, name } if name == own_name => {
            let other = other.as_deref().or(namespace).unwrap_or_default();
            Some(format!("it names the ServiceAccount `{other}/{name}`, not {meant}"))
        }
        Subject::User(name) | Subject::Group(name) if is_account(name, own_namespace, own_name) => {
            let kind = if matches!(subject, Subject::User(_)) { "User" } else { "Group" };
            Some(format!("it names the {kind} `{name}`, not the ServiceAccount {meant}"))
        }
        Subject::Other { kind, name } if name == own_name => {
            Some(format!("it names a `{kind}`, which is nobody, not the ServiceAccount {meant}"))
        }
        _ => None,
    }
}

/// Whether the name of a user or group was probably meant to be that of a ServiceAccount.
fn is_account(name: &str, own_namespace: &str, own_name: &str) -> bool {
    let in_namespace = |separator| name.split_once(separator) == Some((own_namespace, own_name));
    let last = name.rsplit(':').next().unwrap_or(name);
    name == own_name || in_namespace(':') || in_namespace('/') || (name.starts_with("system:") && last == own_name)
}

fn of_user(subject: &Subject, identity: &Identity) -> Option<String> {
    let user = &identity.user;
    let is_meant = |name: &str| !user.is_empty() && name.eq_ignore_ascii_case(user);
    match subject {
        Subject::User(name) if is_meant(name) => Some(format!("it names the User `{name}`, not `{user}`")),
        Subject::Group(name) if is_meant(name) => Some(format!("it names the Group `{name}`, not the User `{user}`")),
        Subject::ServiceAccount { name, .. } if is_meant(name) => {
            Some(format!("it names the ServiceAccount `{name}`, not the User `{user}`"))
        }
        Subject::User(name) => {
            let group = identity.groups.iter().find(|group| *group == name)?;
            Some(format!("it names a User `{name}`, not the Group `{group}`"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(namespace: Option<&str>, name: &str) -> Subject {
        Subject::ServiceAccount { namespace: namespace.map(str::to_owned), name: name.to_owned() }
    }

    #[test]
    fn subjects_that_look_alike_are_noticed() {
        let identity = Identity::of_service_account("ci", "deployer");
        for (subject, expected) in [
            (account(Some("default"), "deployer"), "it names the ServiceAccount `default/deployer`, not `ci/deployer`"),
            (account(None, "deployer"), "it names the ServiceAccount `deployer` without a namespace, which is nobody"),
            (
                Subject::User("ci:deployer".to_owned()),
                "it names the User `ci:deployer`, not the ServiceAccount `ci/deployer`",
            ),
            (
                Subject::User("system:serviceaccounts:ci:deployer".to_owned()),
                "it names the User `system:serviceaccounts:ci:deployer`, not the ServiceAccount `ci/deployer`",
            ),
        ] {
            assert_eq!(difference(&subject, None, &identity).as_deref(), Some(expected));
        }
        for subject in [account(Some("ci"), "other"), Subject::User("jane".to_owned()), Subject::Group("ci".to_owned())]
        {
            assert_eq!(difference(&subject, None, &identity), None, "{subject:?}");
        }
    }
}
