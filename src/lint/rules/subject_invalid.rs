//! A binding's subject that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::rbac::GROUP;
use crate::validate::{Error, ErrorKind, Family};

pub(super) static RULE: Rule = Rule {
    id: "subject-invalid",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a binding's subject that the API server refuses",
    page: include_str!("../../../rules/subject-invalid.md"),
    check: Check::Refused { family: Family::Subject, help },
};

const KINDS: [&str; 3] = ["ServiceAccount", "User", "Group"];

fn help(error: &Error) -> Option<String> {
    let word = advice::word(error);
    Some(match (advice::key(error), error.kind) {
        ("kind", _) => kind(&word),
        ("apiGroup", _) if advice::supported(error) == [""] => {
            "remove `apiGroup`: ServiceAccounts are in the core group, which has no name".to_owned()
        }
        ("apiGroup", _) => format!("write `{GROUP}`, without a version, or leave `apiGroup` out"),
        ("name", ErrorKind::Required) => "add the `name`, or remove the subject".to_owned(),
        ("name", _) => account(&word),
        _ => return None,
    })
}

fn kind(word: &str) -> String {
    match word {
        "" => format!("add `kind`: {}", advice::alternatives(&KINDS)),
        "Role" | "ClusterRole" => "write the role in `roleRef`, and here who gets it".to_owned(),
        _ => advice::one_of(word, &KINDS),
    }
}

/// What to write instead of the name of a ServiceAccount: the name alone, where it was put together with the namespace.
fn account(name: &str) -> String {
    match advice::account(name) {
        Some((namespace, name)) => format!("write `name: {name}` and `namespace: {namespace}`"),
        None => match advice::subdomain_like(name) {
            Some(fine) => format!("no ServiceAccount can be called so; did you mean `{fine}`?"),
            None => "write the name of the ServiceAccount as it stands in its `metadata`".to_owned(),
        },
    }
}
