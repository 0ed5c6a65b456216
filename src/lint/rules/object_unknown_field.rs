//! Keys that no field of an object has.

use crate::diagnostic::{Category, Severity};
use crate::lint::belonging::advice;
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::Faulty;
use crate::yaml::de::Mistake;

pub(super) static RULE: Rule = Rule {
    id: "object-unknown-field",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a key of an object is no field that Kubernetes knows",
    page: include_str!("../../../rules/object-unknown-field.md"),
    check: Check::Faulty(check),
};

fn check(object: &Faulty<'_>, sink: &mut Sink<'_>) {
    for fault in object.faults {
        if let Mistake::UnknownField { structure, known } = fault.mistake {
            let help = advice(object, &fault.path, structure, known);
            sink.report(fault.span, fault.to_string()).help(help).field(fault.path.dotted());
        }
    }
}
