//! What is to be ignored, and is not there.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::{Check, Effect, Profile, Rule, Sink, Suppression, Target};

pub(super) static RULE: Rule = Rule {
    id: "ignore-unused",
    category: Category::Meta,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a comment or an annotation ignores what is not there",
    page: include_str!("../../../rules/ignore-unused.md"),
    check: Check::Suppression(check),
};

fn check(suppression: &Suppression, sink: &mut Sink<'_>) {
    for name in suppression.names.iter().filter(|name| name.effect == Effect::None) {
        let Some(target) = name.target else { continue };
        let message = match target {
            _ if is_about_suppressions(target) => format!("`{}` cannot be ignored from within a manifest", name.text),
            Target::Rule(rule) => format!("`{}` reports nothing here", rule.id),
            Target::Category(category) => format!("no rule of `{}` reports anything here", category.name()),
            Target::All => "no rule reports anything here".to_owned(),
        };
        // With other files it may be needed.
        let is_needed_elsewhere = matches!(target, Target::Rule(rule) if rule.check.is_of_second_pass());
        let safety = if is_needed_elsewhere { Safety::Unsafe } else { Safety::Safe };
        let fix = suppression.without(name, safety, sink);
        let draft = sink.report(name.span, message).fix(fix);
        match target {
            _ if is_about_suppressions(target) => draft.help("ignore it in `rolecall.yaml`, or with `--ignore`"),
            // With fewer files, or with more, it may well report something.
            _ if is_needed_elsewhere => draft
                .help("remove it, unless it is needed where other files are read along with this one")
                .rated(Profile::Default, Severity::Info),
            _ if suppression.is_annotation => draft.help("remove it"),
            _ => draft.help("remove it, or move it to the line that is meant, or right above that"),
        };
    }
}

fn is_about_suppressions(target: Target) -> bool {
    match target {
        Target::Rule(rule) => rule.category == Category::Meta,
        Target::Category(category) => category == Category::Meta,
        Target::All => false,
    }
}
