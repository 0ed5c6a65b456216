//! What the API server refuses, as findings.

use super::Sink;
use crate::manifest::Object;
use crate::validate::{Error, Family};

/// Reports the errors of a family in an object: the API server's words first, then help. Of all that it says about one
/// word, the first is enough: it says that a name is empty, and that it does not look like a name.
pub(super) fn refused(object: &Object<'_>, family: Family, help: fn(&Error) -> Option<String>, sink: &mut Sink<'_>) {
    for (index, error) in object.errors.iter().enumerate().filter(|(_, error)| error.family() == family) {
        let mut earlier = object.errors.iter().take(index);
        if is_about_a_word(error) && earlier.any(|earlier| is_the_same(earlier, error)) {
            continue;
        }
        let message = format!("{}: {error}", error.field);
        let draft = sink.report(object.written.fault(&error.at), message).field(&error.field);
        if let Some(help) = help(error) {
            draft.help(help);
        }
    }
}

fn is_about_a_word(error: &Error) -> bool {
    error.value.as_ref().is_some_and(|value| value.starts_with('"'))
}

fn is_the_same(one: &Error, other: &Error) -> bool {
    let parts = |error: &Error| (error.kind, error.family());
    parts(one) == parts(other) && one.field == other.field && one.value == other.value && one.at == other.at
}
