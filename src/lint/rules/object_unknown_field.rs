//! Keys that no field of an object has.

use crate::diagnostic::{Category, Fix, Safety, Severity};
use crate::lint::belonging::{advice, meant};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::Faulty;
use crate::yaml::de::{Fault, Mistake};
use crate::yaml::path::Segment;

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
            let fix = fix(object, fault, structure, known, sink);
            sink.report(fault.span, fault.to_string()).help(help).field(fault.path.dotted()).fix(fix);
        }
    }
}

/// The field that was meant has the key's place; where only case is wrong, nothing else can have been meant.
fn fix(object: &Faulty<'_>, fault: &Fault, structure: &str, known: &[&'static str], sink: &Sink<'_>) -> Option<Fix> {
    let Some(Segment::Name(name)) = fault.path.segments().last() else { return None };
    let meant = meant(object.version, name, structure, known)?;
    let safety = if meant.eq_ignore_ascii_case(name) { Safety::Safe } else { Safety::Unsafe };
    sink.fix(safety, format!("write `{meant}`"), |text| text.rename(fault.span, meant))
}
