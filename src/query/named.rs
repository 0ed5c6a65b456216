//! Whom a word means among all that was read.

use super::access::Access;
use super::subject::{HOW_TO_NAME, Who};
use crate::diagnostic::{Failure, FailureKind};

/// A subject as it was named, and what was taken for granted to find it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedSubject {
    /// Who it is.
    pub who: Who,
    /// How the word was taken, where it might have been meant in another way.
    pub note: Option<String>,
}

/// The subject that a word means: as [`Who::parse`] reads it, or the only ServiceAccount of that name.
///
/// `system:NAME` is the ServiceAccount of a namespace `system` where there is one, and no binding names such a user.
pub fn subject_named(text: &str, access: &Access) -> Result<NamedSubject, Failure> {
    match Who::parse(text) {
        Ok(who) => {
            let account = account_of_user(&who, access);
            let note = account.as_ref().map(|account| format!("`{text}` is taken for {account}"));
            Ok(NamedSubject { who: account.unwrap_or(who), note })
        }
        Err(failure) => by_name(text, access, &failure),
    }
}

/// The ServiceAccount that a user was probably meant to be: one of the namespace that the user's name begins with.
pub(super) fn account_of_user(who: &Who, access: &Access) -> Option<Who> {
    let Who::User(user) = who else { return None };
    let (namespace, name) = user.split_once(':').filter(|_| !access.known().has_user(user))?;
    let is_there = access.known().has_account(namespace, name);
    is_there.then(|| Who::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() })
}

fn by_name(text: &str, access: &Access, failure: &Failure) -> Result<NamedSubject, Failure> {
    let known = access.known();
    let accounts: Vec<_> = known.service_accounts().filter(|(_, name, _)| *name == text).collect();
    match accounts.as_slice() {
        [] => {
            let user = known.has_user(text).then(|| format!("did you mean `user/{text}`?"));
            let group = known.has_group(text).then(|| format!("did you mean `group/{text}`?"));
            let hints = user.into_iter().chain(group);
            Err(hints.fold(Failure::new(failure.kind(), failure.message()), Failure::hint).hint(HOW_TO_NAME))
        }
        [(namespace, name, _)] => Ok(NamedSubject {
            who: Who::ServiceAccount { namespace: (*namespace).to_owned(), name: (*name).to_owned() },
            note: Some(format!("`{text}` is taken for ServiceAccount {namespace}/{name}")),
        }),
        several => {
            let names: Vec<_> = several.iter().map(|(namespace, name, _)| format!("`{namespace}:{name}`")).collect();
            let message = format!("there are several ServiceAccounts `{text}`");
            Err(Failure::new(FailureKind::Usage, message).hint(format!("name one of {}", names.join(", "))))
        }
    }
}
