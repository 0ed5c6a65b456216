//! Objects that are defined more than once.

use crate::diagnostic::{Category, Severity};
use crate::lint::twins::{Place, say_the_same, take_turns};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::Facts;

pub(super) static RULE: Rule = Rule {
    id: "object-defined-twice",
    category: Category::Reference,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "the same object is defined a second time in a file or a kustomization",
    page: include_str!("../../../rules/object-defined-twice.md"),
    check: Check::Known(check),
};

fn check(object: &InSet<'_, Facts>, sink: &mut Sink<'_>) {
    let access = object.access;
    let Some((place, first)) = object.index.twins().first(access, object.object) else { return };
    if matches!(place, Place::Directory(_)) && !sink.tells(Profile::Audit) {
        sink.report(object.object.span, String::new()).rated(Profile::Audit, Severity::Info);
        return;
    }
    let says_the_same = say_the_same(access, first, object.object);
    if says_the_same != Some(true)
        && !matches!(place, Place::Kustomization(_))
        && take_turns(access, first, object.object)
    {
        return;
    }
    let how = match says_the_same {
        Some(true) => ", with the same content",
        Some(false) => ", with other content",
        None => "",
    };
    let (message, help, rating) = match place {
        Place::Kustomization(_) => (
            format!("defined once more in the same kustomization{how}: kustomize refuses to build it"),
            "list only one of them, or change the other by a patch",
            (Profile::Default, Severity::Error),
        ),
        Place::File(_) if says_the_same == Some(true) => (
            format!("defined once more in the same file{how}"),
            "remove one of them",
            (Profile::Pedantic, Severity::Info),
        ),
        Place::File(_) => (
            format!("defined once more in the same file{how}: only the last one is left when all are applied"),
            "rename one of them, or remove it",
            (Profile::Default, Severity::Warning),
        ),
        Place::Directory(_) => (
            format!("defined in another file of the same directory, too{how}"),
            "where both files are applied, only the last one is left; where each is to be applied by itself, all is well",
            (Profile::Audit, Severity::Info),
        ),
    };
    sink.report(object.object.span, message)
        .help(help)
        .rated(rating.0, rating.1)
        .related(first.span, "the first definition");
}
