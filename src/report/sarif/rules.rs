//! The rules as SARIF describes them: all of them, whatever was found.

use serde_json::json;

use super::gravity::Gravity;
use super::level;
use super::log::{Configuration, Descriptor, Help, Message};
use crate::diagnostic::Severity;
use crate::lint::{RULES, Rule};

pub(super) fn descriptors() -> Vec<Descriptor> {
    RULES.iter().map(|rule| descriptor(rule)).collect()
}

fn descriptor(rule: &Rule) -> Descriptor {
    Descriptor {
        id: rule.id,
        short_description: Message::new(rule.summary.to_owned()),
        full_description: Message::new(section(rule.page, "What it does").unwrap_or_else(|| rule.summary.to_owned())),
        help: Help {
            text: section(rule.page, "How to fix").unwrap_or_else(|| rule.summary.to_owned()),
            markdown: rule.page,
        },
        default_configuration: Configuration { level: level(rule.severity) },
        properties: properties(rule),
    }
}

/// GitHub takes every rule with a score for one about security, and reads how urgent the others are from
/// `problem.severity`.
fn properties(rule: &Rule) -> serde_json::Value {
    let (category, profile) = (rule.category.name(), rule.profile.name());
    match Gravity::of(rule) {
        Some(gravity) => json!({
            "tags": [category, "security"],
            "profile": profile,
            "security-severity": gravity.score(),
        }),
        None => json!({
            "tags": [category],
            "profile": profile,
            "problem.severity": match rule.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "recommendation",
            },
        }),
    }
}

/// What stands under a heading of a page.
fn section(page: &str, heading: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("\n## {heading}\n\n"))?;
    let section = rest.split("\n## ").next().unwrap_or(rest);
    Some(section.trim_end().to_owned())
}
