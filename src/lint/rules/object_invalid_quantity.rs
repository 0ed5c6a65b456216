//! Amounts of resources that are none.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::{Faulty, QUANTITY};
use crate::validate::is_quantity;
use crate::yaml::de::{Mistake, Shape};

pub(super) static RULE: Rule = Rule {
    id: "object-invalid-quantity",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "an amount of a resource is written in a way that the API server cannot read",
    page: include_str!("../../../rules/object-invalid-quantity.md"),
    check: Check::Faulty(check),
};

fn check(object: &Faulty<'_>, sink: &mut Sink<'_>) {
    for fault in object.faults {
        let Mistake::Value { expected, .. } = fault.mistake else { continue };
        if expected != Shape::Form(&QUANTITY) {
            continue;
        }
        let text = object.written.text_at(fault.span).unwrap_or_default();
        let help = meant(text).map_or_else(
            || "a number, and behind it nothing or one of `m`, `k`, `M`, `G`, `T`, `Ki`, `Mi`, `Gi`, `Ti`".to_owned(),
            |meant| format!("did you mean `{meant}`?"),
        );
        let field = fault.path.to_string();
        sink.report(fault.span, format!("`{field}`: {fault}")).help(help).field(field);
    }
}

/// The quantity that a text was probably meant to be: without spaces, with a point for a comma, and with its unit as
/// Kubernetes has it, which knows no bytes.
fn meant(text: &str) -> Option<String> {
    let text = text.trim_matches(['"', '\'']);
    let number_end = text.find(|char: char| !(char.is_ascii_digit() || ".,+-".contains(char))).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(number_end)?;
    let unit = unit.trim().to_ascii_lowercase();
    let unit = match unit.strip_suffix("bytes").or_else(|| unit.strip_suffix('b')).unwrap_or(&unit) {
        "" => "",
        "m" if unit == "m" => "m",
        "k" => "k",
        "m" => "M",
        "g" => "G",
        "t" => "T",
        "ki" => "Ki",
        "mi" => "Mi",
        "gi" => "Gi",
        "ti" => "Ti",
        _ => return None,
    };
    let meant = number.replace(',', ".") + unit;
    is_quantity(&meant).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_slips_are_told() {
        for (text, expected) in [
            ("1GB", Some("1G")),
            ("\"512 MiB\"", Some("512Mi")),
            ("100mb", Some("100M")),
            ("1gi", Some("1Gi")),
            ("0,5", Some("0.5")),
            ("'2 cores'", None),
            ("abc", None),
            ("", None),
            ("1.2.3", None),
        ] {
            assert_eq!(meant(text).as_deref(), expected, "{text}");
        }
    }
}
