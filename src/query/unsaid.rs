//! Objects that say no namespace, and are applied to one that only whoever applies them knows.

use super::access::Access;
use crate::manifest::Kind;
use crate::rbac::{Identity, Subject};

/// That something is taken to be in a namespace which it does not say, and how to have it in another.
pub(super) fn namespace(own: &str, wanted: &str) -> String {
    format!("says no namespace and is taken to be in `{own}`: `--default-namespace {wanted}` where it is applied there")
}

/// Whether it is a ServiceAccount that asks, and it says no namespace.
pub(super) fn is_unsaid_account(access: &Access, identity: &Identity) -> bool {
    identity.service_account().is_some_and(|(namespace, name)| is_unsaid(access, namespace, name))
}

/// That the ServiceAccount which asks, and says no namespace, would be the one that a subject names if it was there.
pub(super) fn of_account(subject: &Subject, identity: &Identity) -> Option<String> {
    let Subject::ServiceAccount { namespace: Some(wanted), name } = subject else { return None };
    let (own, own_name) = identity.service_account()?;
    let is_meant = name == own_name && wanted != own;
    is_meant.then(|| format!("ServiceAccount `{name}` {}", namespace(own, wanted)))
}

/// That a ServiceAccount which is not there would be, if another of its name was in its namespace that says none.
pub(super) fn of_unknown(access: &Access, wanted: &str, name: &str) -> Option<String> {
    let own = access.default_namespace();
    let is_meant = own != wanted && is_unsaid(access, own, name);
    is_meant.then(|| format!("ServiceAccount `{name}` {}", namespace(own, wanted)))
}

/// Whether a ServiceAccount is in a namespace that it does not say.
fn is_unsaid(access: &Access, namespace: &str, name: &str) -> bool {
    namespace == access.default_namespace()
        && access.read_set().objects.iter().any(|object| {
            !object.says_namespace && object.name.kind == Kind::ServiceAccount.name() && object.name.name == name
        })
}
