//! API groups in rules that are no groups: `core`, `v1`, `apps/v1`.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::role_rules::{Entry, may_be_group, rules};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;

pub(super) static RULE: Rule = Rule {
    id: "role-malformed-api-group",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "an API group of a role's rule that can be none, such as `core` or `apps/v1`",
    page: include_str!("../../../rules/role-malformed-api-group.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    for rule in rules(role) {
        // A star has a rule of its own.
        for group in rule.groups().filter(|group| !may_be_group(group.text) && !group.text.contains('*')) {
            let fix = meant(group).and_then(|meant| sink.writing(Safety::Unsafe, group.place, &meant));
            sink.report(group.place, format!("there can be no API group `{}`", group.shown()))
                .help(help(group))
                .fix(fix);
        }
    }
}

fn help(group: Entry<'_>) -> String {
    match meant(group) {
        Some(core) if core.is_empty() => "write `\"\"`: the core group has no name".to_owned(),
        Some(meant) if group.text.contains('/') => {
            format!("write `{meant}`: rules name the group without a version")
        }
        Some(meant) => format!("write `{meant}`"),
        None => "write the group alone, as it stands before the `/` in `apiVersion`".to_owned(),
    }
}

/// The group that was meant.
fn meant(group: Entry<'_>) -> Option<String> {
    let bare = group.text.trim().to_lowercase();
    let before = bare.split_once('/').map_or(&*bare, |(before, _)| before);
    if ["core", "v1", "api"].contains(&before) {
        return Some(String::new());
    }
    [before, &bare].into_iter().find(|group| !group.is_empty() && may_be_group(group)).map(str::to_owned)
}
