//! Which rules are applied, and how bad each is taken to be.

use std::collections::BTreeMap;

use super::rule::{Profile, Rule};
use super::{RULES, rule};
use crate::diagnostic::{Category, Severity};

/// The rules that are applied.
#[derive(Clone, Debug)]
pub struct Selection {
    profile: Profile,
    /// What was said of single rules: whether they are applied.
    rules: BTreeMap<&'static str, bool>,
    /// What was said of whole categories.
    categories: BTreeMap<Category, bool>,
    /// What was said of all rules.
    all: Option<bool>,
    severities: BTreeMap<&'static str, Severity>,
}

/// What a selection names: a rule, a category, or all of them.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// One rule.
    Rule(&'static Rule),
    /// All rules of a category.
    Category(Category),
    /// All rules.
    All,
}

/// A rule that is applied.
#[derive(Clone, Copy, Debug)]
pub struct Chosen {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad its findings are.
    pub severity: Severity,
}

impl Target {
    /// What a text names: the id of a rule, the name of a category, or `all`. `None` where there is no such thing.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "all" {
            return Some(Self::All);
        }
        let category = Category::ALL.into_iter().find(|category| category.name() == text);
        category.map(Self::Category).or_else(|| rule(text).map(Self::Rule))
    }
}

impl Selection {
    /// The rules of a profile.
    pub fn of(profile: Profile) -> Self {
        Self { profile, rules: BTreeMap::new(), categories: BTreeMap::new(), all: None, severities: BTreeMap::new() }
    }

    /// Adds rules, or takes them away. What names a rule outweighs what names a category, and that what names all; of
    /// two that name the same, the later one counts.
    pub fn set(&mut self, target: Target, is_applied: bool) {
        match target {
            Target::Rule(rule) => {
                self.rules.insert(rule.id, is_applied);
            }
            Target::Category(category) => {
                self.categories.insert(category, is_applied);
            }
            Target::All => self.all = Some(is_applied),
        }
    }

    /// Says how bad the findings of a rule are.
    pub fn set_severity(&mut self, rule: &'static Rule, severity: Severity) {
        self.severities.insert(rule.id, severity);
    }

    /// The rules that are applied, by id.
    pub fn chosen(&self) -> impl Iterator<Item = Chosen> + '_ {
        RULES
            .iter()
            .copied()
            .filter(|rule| self.applies(rule))
            .map(|rule| Chosen { rule, severity: self.severities.get(rule.id).copied().unwrap_or(rule.severity) })
    }

    fn applies(&self, rule: &Rule) -> bool {
        let said = self.rules.get(rule.id).or_else(|| self.categories.get(&rule.category)).copied().or(self.all);
        said.unwrap_or(rule.profile <= self.profile)
    }
}

impl Default for Selection {
    fn default() -> Self {
        Self::of(Profile::Default)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(selection: &Selection) -> Vec<&'static str> {
        selection.chosen().map(|chosen| chosen.rule.id).collect()
    }

    fn target(text: &str) -> Target {
        Target::parse(text).unwrap()
    }

    #[test]
    fn the_narrower_word_outweighs_the_wider_one() {
        let mut selection = Selection::default();
        selection.set(target("all"), false);
        assert_eq!(ids(&selection), [""; 0]);
        selection.set(target("job-invalid-count"), true);
        selection.set(target("invalid"), false);
        selection.set(target("syntax"), true);
        assert_eq!(ids(&selection), ["file-syntax-error", "file-unreadable", "job-invalid-count"]);
        selection.set(target("syntax"), false);
        assert_eq!(ids(&selection), ["job-invalid-count"]);
    }

    #[test]
    fn profiles_have_the_rules_of_those_before_them() {
        let counts = Profile::ALL.map(|profile| Selection::of(profile).chosen().count());
        assert!(counts.is_sorted() && counts[2] == RULES.len(), "{counts:?}");
    }

    #[test]
    fn severities_can_be_set() {
        let mut selection = Selection::default();
        selection.set_severity(rule("job-missing-backoff-limit").unwrap(), Severity::Info);
        let chosen = selection.chosen().find(|chosen| chosen.rule.id == "job-missing-backoff-limit").unwrap();
        assert_eq!(chosen.severity, Severity::Info);
    }

    #[test]
    fn only_rules_categories_and_all_are_targets() {
        assert!(Target::parse("job-invalid-cuont").is_none() && Target::parse("").is_none());
    }
}
