//! What a reference was meant to lead to that leads nowhere.

use std::path::is_separator;

use super::InSet;
use super::role_rules::is_placeholder;
use crate::manifest::{Kind, KnownObject};
use crate::query::{Access, Account};

/// Whether an object has the name and the namespace that it says, and no kustomization changes them.
pub(super) fn is_settled(access: &Access, object: &KnownObject) -> bool {
    let file = object.span.file;
    access.renamed_by(file).is_none() && !access.read_set().namespace_to_come.contains(&file)
}

/// Whether it is also known in which namespace an object will be.
pub(super) fn is_placed(access: &Access, object: &KnownObject) -> bool {
    object.says_namespace && is_settled(access, object)
}

/// Whether two objects belong together: their files are in the same directory, or one is in a directory below. What is
/// farther apart may be two applications that only share a name.
pub(super) fn is_beside(access: &Access, one: &KnownObject, other: &KnownObject) -> bool {
    let directories = |object: &KnownObject| path_of(access, object).matches(is_separator).count();
    shared_path(access, one, other) >= directories(one).min(directories(other))
}

/// How much of the paths of two objects is the same: directories, and the file at last.
pub(super) fn shared_path(access: &Access, one: &KnownObject, other: &KnownObject) -> usize {
    let (one, other) = (path_of(access, one), path_of(access, other));
    let same = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let whole = one.bytes().take(same).filter(|byte| is_separator(char::from(*byte))).count();
    let ends = |path: &str| path.as_bytes().get(same).is_none_or(|byte| is_separator(char::from(*byte)));
    whole + usize::from(same > 0 && ends(one) && ends(other))
}

fn path_of<'a>(access: &'a Access, object: &KnownObject) -> &'a str {
    access.sources().path(object.span.file)
}

/// The ServiceAccount that an object beside it names in a namespace where there is none: the one of this name in the only
/// namespace that has one. `None` where one of them may yet be put elsewhere.
pub(super) fn account_elsewhere<'a>(
    access: &'a Access,
    by: &KnownObject,
    wanted: &str,
    name: &str,
) -> Option<&'a KnownObject> {
    // Every namespace has an account of that name, once it is there itself.
    let is_always_there = name == "default";
    if is_always_there || is_placeholder(wanted) || access.known().has_account(wanted, name) {
        return None;
    }
    if access.known().namespaces_of_account(name).count() != 1 {
        return None;
    }
    let is_account =
        |object: &&KnownObject| object.name.kind == Kind::ServiceAccount.name() && *object.name.name == *name;
    let mut accounts = access.read_set().objects.iter().filter(is_account);
    let first = accounts.next().filter(|first| is_placed(access, first) && is_beside(access, by, first))?;
    accounts.all(|other| is_placed(access, other)).then_some(first)
}

/// The ServiceAccount of nearly the same name that an object beside it means by one which is not there. It has no other
/// use than this one would be; where one of them may yet be put elsewhere, nobody is meant.
pub(super) fn account_meant<'a, F>(
    by: &InSet<'a, F>,
    namespace: &str,
    name: &str,
    has_use: impl Fn(&Account) -> bool,
) -> Option<&'a KnownObject> {
    let (access, known) = (by.access, by.access.known());
    let is_to_come = is_placeholder(namespace) || is_placeholder(name);
    let is_somewhere = name == "default" || known.namespaces_of_account(name).next().is_some();
    if is_to_come || is_somewhere || by.knows_account(namespace, name) {
        return None;
    }
    let meant = known.nearest_account(namespace, name, has_use)?;
    let accounts = by.index.objects((Kind::ServiceAccount.name(), Some(namespace), meant));
    let is_there = |account: &&KnownObject| {
        let are_placed = is_placed(access, account) || !by.object.says_namespace;
        is_settled(access, account) && are_placed && is_beside(access, by.object, account)
    };
    accounts.iter().copied().find(is_there)
}
