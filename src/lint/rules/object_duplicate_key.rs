//! Keys that stand twice in one mapping of an object.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::Faulty;
use crate::yaml::de::Mistake;

pub(super) static RULE: Rule = Rule {
    id: "object-duplicate-key",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a key stands twice in one mapping of an object",
    page: include_str!("../../../rules/object-duplicate-key.md"),
    check: Check::Faulty(check),
};

fn check(object: &Faulty<'_>, sink: &mut Sink<'_>) {
    for fault in object.faults {
        if let Mistake::DuplicateKey { first } = fault.mistake {
            let message = "remove the first of the two";
            let fix = sink.fix(Safety::Unsafe, message, |text| text.remove_entry(first));
            sink.report(fault.span, fault.to_string())
                .help("keep one of the two: where decoding is not strict, the last one counts and the first is lost")
                .field(fault.path.dotted())
                .related(first, "first here")
                .fix(fix);
        }
    }
}
