//! The list of a subject's rules, as kubectl draws it.

use super::table::table;
use super::words;
use crate::query::{ListedRule, RulesList};

const HEADINGS: [&str; 4] = ["Resources", "Non-Resource URLs", "Resource Names", "Verbs"];

/// The table, with headings or without.
pub fn rules_list(list: &RulesList, with_headings: bool) -> String {
    let brackets = |entries: &[String]| words::shown(&format!("[{}]", entries.join(" ")));
    let rows = list.rules.iter().map(|listed| {
        let rule = &listed.rule;
        let lists = [&rule.non_resource_urls, &rule.resource_names, &rule.verbs];
        let mut cells: Vec<_> =
            std::iter::once(words::shown(&listed.resource)).chain(lists.map(|list| brackets(list))).collect();
        if let Some(verbs) = cells.last_mut() {
            verbs.push_str(&mark(listed));
        }
        cells
    });
    let rows: Vec<_> = rows.collect();
    table(if with_headings { &HEADINGS } else { &[] }, &rows, 3)
}

/// What stands behind verbs of which all or some are only conditional.
fn mark(listed: &ListedRule) -> String {
    let ListedRule { rule, conditional, .. } = listed;
    if conditional.is_empty() {
        return String::new();
    }
    if conditional.len() == rule.verbs.len() {
        return " (conditional)".to_owned();
    }
    words::shown(&format!(" (conditional: {})", conditional.join(" ")))
}
