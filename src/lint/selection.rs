//! Which rules are applied, and how bad each is taken to be.

use std::collections::BTreeMap;

use super::rule::{Profile, Rule};
use super::{RULES, nearest_rule, rule};
use crate::config::{RuleWords, Word};
use crate::diagnostic::{Category, Failure, FailureKind, Severity};
use crate::strict::nearest;
use crate::yaml::excerpt;

/// The rules that are applied.
#[derive(Clone, Debug)]
pub struct Selection {
    profile: Profile,
    /// Each outweighs those before it; not none.
    choices: Vec<Choice>,
}

/// What is said about rules in one place: in the configuration, for some paths, or on the command line.
#[derive(Clone, Debug, Default)]
pub struct Choice {
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
    /// How bad its findings are, where the user says so.
    pub severity: Option<Severity>,
    /// Which of its findings are told: those of this profile and of the profiles before it.
    pub profile: Profile,
}

impl Target {
    /// What a text names. Fails where there is no such rule or category, with what was probably meant.
    pub fn named(text: &str) -> Result<Self, Failure> {
        Self::parse(text).ok_or_else(|| {
            let message = format!("there is no rule or category `{}`", excerpt(text));
            let categories = Category::ALL.map(Category::name);
            let meant = nearest(text, &categories).or_else(|| nearest_rule(text).map(|rule| rule.id));
            Failure::new(FailureKind::Usage, message).hint(match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "`rolecall rules` lists all rules and their categories".to_owned(),
            })
        })
    }

    /// What a text names: the id of a rule, the name of a category, or `all`. `None` where there is no such thing.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "all" {
            return Some(Self::All);
        }
        let category = Category::ALL.into_iter().find(|category| category.name() == text);
        category.map(Self::Category).or_else(|| rule(text).map(Self::Rule))
    }
}

/// A failure that a word of the configuration causes.
fn at(word: &Word, failure: &Failure) -> Failure {
    let message = format!("{}: {}", word.place, failure.message());
    failure.hints().iter().cloned().fold(Failure::new(FailureKind::Config, message), Failure::hint)
}

fn unknown(word: &Word, what: &str, known: &[&str]) -> Failure {
    let message = format!("{}: there is no {what} `{}`", word.place, excerpt(&word.text));
    let failure = Failure::new(FailureKind::Config, message);
    let meant = nearest(&word.text, known).map(|meant| format!("did you mean `{meant}`?"));
    meant.into_iter().fold(failure, Failure::hint).hint(format!("there are `{}`", known.join("`, `")))
}

impl Choice {
    /// What a configuration asks for. Fails at a word that names nothing.
    pub fn configured(words: &RuleWords) -> Result<Self, Failure> {
        let mut choice = Self::default();
        for (words, is_applied) in [(&words.select, true), (&words.ignore, false)] {
            for word in words {
                choice.set(Target::named(&word.text).map_err(|failure| at(word, &failure))?, is_applied);
            }
        }
        for (name, severity) in &words.severity {
            let Target::Rule(rule) = Target::named(&name.text).map_err(|failure| at(name, &failure))? else {
                let message = format!("{}: a severity is that of one rule", name.place);
                return Err(Failure::new(FailureKind::Config, message).hint("`rolecall rules` lists all rules"));
            };
            choice.severities.insert(rule.id, severity_named(severity)?);
        }
        Ok(choice)
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

    /// Whether a rule is applied, where anything is said about it.
    fn says(&self, rule: &Rule) -> Option<bool> {
        self.rules.get(rule.id).or_else(|| self.categories.get(&rule.category)).copied().or(self.all)
    }
}

/// The severity that a word of the configuration names.
pub fn severity_named(word: &Word) -> Result<Severity, Failure> {
    let found = Severity::ALL.into_iter().find(|known| known.name() == word.text);
    found.ok_or_else(|| unknown(word, "severity", &Severity::ALL.map(Severity::name)))
}

impl Selection {
    /// The rules of a profile.
    pub fn of(profile: Profile) -> Self {
        Self { profile, choices: vec![Choice::default()] }
    }

    /// What a configuration asks for. Fails at a word that names nothing.
    pub fn configured(words: &RuleWords) -> Result<Self, Failure> {
        let profile = words.profile.as_ref().map(|word| {
            let found = Profile::ALL.into_iter().find(|profile| profile.name() == word.text);
            found.ok_or_else(|| unknown(word, "profile", &Profile::ALL.map(Profile::name)))
        });
        let profile = profile.transpose()?.unwrap_or(Profile::Default);
        Ok(Self { profile, choices: vec![Choice::configured(words)?] })
    }

    /// Adds rules, or takes them away, as the last that was said.
    pub fn set(&mut self, target: Target, is_applied: bool) {
        if let Some(choice) = self.choices.last_mut() {
            choice.set(target, is_applied);
        }
    }

    /// The same with what outweighs it.
    #[must_use]
    pub fn outweighed_by(mut self, choice: &Choice) -> Self {
        self.choices.push(choice.clone());
        self
    }

    /// Says how bad the findings of a rule are.
    pub fn set_severity(&mut self, rule: &'static Rule, severity: Severity) {
        if let Some(choice) = self.choices.last_mut() {
            choice.severities.insert(rule.id, severity);
        }
    }

    /// Takes the rules of another profile as those to begin with.
    pub fn set_profile(&mut self, profile: Profile) {
        self.profile = profile;
    }

    /// The rules that are applied, by id.
    pub fn chosen(&self) -> impl Iterator<Item = Chosen> + '_ {
        RULES.iter().copied().filter_map(|rule| Some((rule, self.profile_of(rule)?))).map(|(rule, profile)| Chosen {
            rule,
            severity: self.choices.iter().rev().find_map(|choice| choice.severities.get(rule.id).copied()),
            profile,
        })
    }

    /// Up to which profile findings of a rule are told; `None` where it is not applied. Who asks for a rule gets all that
    /// it has to say.
    fn profile_of(&self, rule: &Rule) -> Option<Profile> {
        match self.choices.iter().rev().find_map(|choice| choice.says(rule)) {
            Some(is_applied) => is_applied.then_some(Profile::Audit),
            None => (rule.profile <= self.profile).then_some(self.profile),
        }
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
    fn a_later_choice_outweighs_an_earlier_one_however_wide_it_is() {
        let mut selection = Selection::default();
        selection.set(target("job-invalid-count"), true);
        let mut choice = Choice::default();
        choice.set(target("all"), false);
        choice.set(target("job-restart-policy-always"), true);
        assert_eq!(ids(&selection.outweighed_by(&choice)), ["job-restart-policy-always"]);
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
        assert_eq!(chosen.severity, Some(Severity::Info));
    }

    #[test]
    fn only_rules_categories_and_all_are_targets() {
        assert!(Target::parse("job-invalid-cuont").is_none() && Target::parse("").is_none());
    }
}
