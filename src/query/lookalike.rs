//! Subjects that were probably meant to be another.

use super::alike::{is_alike, is_prefixed};
use super::known::{DEFAULT_ACCOUNT, Known};
use crate::rbac::{ALL, Identity, Subject};

/// How a subject of a binding in a namespace, or without one, differs from an identity that it looks like; `None` where
/// it does not look like it.
///
/// Names that are a slip of the pen away only look alike where nothing knows one of them.
pub(super) fn difference(
    subject: &Subject,
    namespace: Option<&str>,
    identity: &Identity,
    known: &Known,
) -> Option<String> {
    let of_user = match identity.service_account() {
        Some(own) => of_account(subject, namespace, own, known),
        None => of_user(subject, identity, known),
    };
    of_user.or_else(|| of_group(subject, identity, known)).or_else(|| of_wildcard(subject, identity))
}

fn of_account(subject: &Subject, namespace: Option<&str>, own: (&str, &str), known: &Known) -> Option<String> {
    let (own_namespace, own_name) = own;
    let meant = format!("`{own_namespace}/{own_name}`");
    match subject {
        Subject::ServiceAccount { namespace: None, name } if name == own_name && namespace.is_none() => {
            Some(format!("it names the ServiceAccount `{name}` without a namespace, which is nobody"))
        }
        Subject::ServiceAccount { namespace: other, name } => {
            let other = other.as_deref().or(namespace).unwrap_or_default();
            // Every namespace has an account of this name.
            let is_elsewhere = name == own_name && name != DEFAULT_ACCOUNT;
            let is_slip = || {
                let both_exist = known.has_account(other, name) && known.has_account(own_namespace, own_name);
                other == own_namespace && !both_exist && is_alike(name, own_name)
            };
            (is_elsewhere || is_slip()).then(|| format!("it names the ServiceAccount `{other}/{name}`, not {meant}"))
        }
        Subject::User(name) | Subject::Group(name) if is_account(name, own_namespace, own_name) => {
            let kind = if matches!(subject, Subject::User(_)) { "User" } else { "Group" };
            Some(format!("it names the {kind} `{name}`, not the ServiceAccount {meant}"))
        }
        Subject::Other { kind, name } if name == own_name => {
            let other = other_kind(kind);
            Some(format!("it names {other}, which is nobody, not the ServiceAccount {meant}"))
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

fn of_user(subject: &Subject, identity: &Identity, known: &Known) -> Option<String> {
    let user = identity.user.as_str();
    if user.is_empty() {
        return of_user_for_group(subject, identity);
    }
    match subject {
        Subject::User(name) if name.eq_ignore_ascii_case(user) || is_prefixed(name, user) => {
            Some(format!("it names the User `{name}`, not `{user}`"))
        }
        Subject::User(name) if !known.has_user(user) && is_alike(name, user) => {
            Some(format!("it names the User `{name}`, not `{user}`"))
        }
        Subject::Group(name) if name.eq_ignore_ascii_case(user) => {
            Some(format!("it names the Group `{name}`, not the User `{user}`"))
        }
        Subject::ServiceAccount { name, .. } if name.eq_ignore_ascii_case(user) => {
            Some(format!("it names the ServiceAccount `{name}`, not the User `{user}`"))
        }
        Subject::Other { kind, name } if name == user => {
            Some(format!("it names {}, which is nobody, not the User `{user}`", other_kind(kind)))
        }
        _ => of_user_for_group(subject, identity),
    }
}

/// A user with the name of a group.
fn of_user_for_group(subject: &Subject, identity: &Identity) -> Option<String> {
    let (name, what) = match subject {
        Subject::User(name) => (name, format!("a User `{name}`")),
        Subject::Other { kind, name } => (name, format!("{}, which is nobody", other_kind(kind))),
        _ => return None,
    };
    let group = identity.groups.iter().find(|group| *group == name)?;
    Some(format!("it names {what}, not the Group `{group}`"))
}

fn other_kind(kind: &str) -> String {
    if kind.is_empty() { "a subject without a kind".to_owned() } else { format!("a `{kind}`") }
}

/// A group in other case, with a prefix or without, or a slip of the pen away. Those of Kubernetes are what they are.
fn of_group(subject: &Subject, identity: &Identity, known: &Known) -> Option<String> {
    let Subject::Group(name) = subject else { return None };
    let mut own = identity.groups.iter().filter(|group| !group.starts_with("system:"));
    let group = own.find(|group| {
        let is_slip = || !known.has_group(group) && is_alike(name, group);
        name.eq_ignore_ascii_case(group) || is_prefixed(name, group) || is_slip()
    })?;
    Some(format!("it names the Group `{name}`, not `{group}`"))
}

/// A name that would be meant if there were wildcards.
fn of_wildcard(subject: &Subject, identity: &Identity) -> Option<String> {
    let covers =
        |name: &str, own: &str| !own.is_empty() && name.strip_suffix(ALL).is_some_and(|start| own.starts_with(start));
    let (kind, name) = match subject {
        Subject::User(name) if covers(name, &identity.user) => ("User", name),
        Subject::Group(name) if identity.groups.iter().any(|group| covers(name, group)) => ("Group", name),
        _ => return None,
    };
    Some(format!("it names the {kind} `{name}`: subjects have no wildcards"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(namespace: Option<&str>, name: &str) -> Subject {
        Subject::ServiceAccount { namespace: namespace.map(Into::into), name: name.into() }
    }

    #[test]
    fn subjects_that_look_alike_are_noticed() {
        let identity = Identity::of_service_account("ci", "deployer");
        for (subject, expected) in [
            (account(Some("default"), "deployer"), "it names the ServiceAccount `default/deployer`, not `ci/deployer`"),
            (account(None, "deployer"), "it names the ServiceAccount `deployer` without a namespace, which is nobody"),
            (
                Subject::User("ci:deployer".into()),
                "it names the User `ci:deployer`, not the ServiceAccount `ci/deployer`",
            ),
            (
                Subject::User("system:serviceaccounts:ci:deployer".into()),
                "it names the User `system:serviceaccounts:ci:deployer`, not the ServiceAccount `ci/deployer`",
            ),
        ] {
            assert_eq!(difference(&subject, None, &identity, &Known::default()).as_deref(), Some(expected));
        }
        for subject in [account(Some("ci"), "other"), Subject::User("jane".into()), Subject::Group("ci".into())] {
            assert_eq!(difference(&subject, None, &identity, &Known::default()), None, "{subject:?}");
        }
    }
}
