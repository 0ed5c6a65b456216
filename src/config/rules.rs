//! Which rules the configuration asks for, and what it knows of that no manifest has.

use glob::{MatchOptions, Pattern};

use super::raw::RawExternal;
use crate::strict::{Problem, Spot, Text};
use crate::yaml::excerpt;

/// A word of the configuration, with its place for whoever finds that it means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub text: String,
    /// Where it stands.
    pub place: Spot,
}

/// Which rules the configuration asks for. What their names mean is up to whoever applies the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleWords {
    /// The profile.
    pub profile: Option<Word>,
    /// What is added to the profile: rules, categories or `all`.
    pub select: Vec<Word>,
    /// What is taken away.
    pub ignore: Vec<Word>,
    /// How bad findings of a rule are: the rule and the severity.
    pub severity: Vec<(Word, Word)>,
}

/// What is known to be there although no manifest has it: whatever these patterns name counts as found.
#[derive(Clone, Debug, Default)]
pub struct External {
    service_accounts: Vec<Pattern>,
    roles: Vec<Pattern>,
    cluster_roles: Vec<Pattern>,
    groups: Vec<Pattern>,
}

/// `*` stands for any part of a name, and not for a slash.
const NAMES: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };

/// In the name of a group, a slash is a character as any other.
const GROUPS: MatchOptions = MatchOptions { require_literal_separator: false, ..NAMES };

impl External {
    /// Checks what is written under `external`.
    pub(super) fn validate(raw: &RawExternal) -> Result<Self, Problem> {
        let patterns = |texts: &[Text], parts: usize, example: &str| {
            texts.iter().map(|text| pattern(text, parts, example)).collect::<Result<Vec<_>, _>>()
        };
        Ok(Self {
            service_accounts: patterns(&raw.service_accounts, 2, "monitoring/prometheus")?,
            roles: patterns(&raw.roles, 2, "monitoring/reader")?,
            cluster_roles: patterns(&raw.cluster_roles, 1, "cert-manager-view")?,
            groups: patterns(&raw.groups, 0, "platform-admins")?,
        })
    }

    /// Whether a ServiceAccount is known to be there.
    pub fn has_service_account(&self, namespace: &str, name: &str) -> bool {
        holds(&self.service_accounts, &format!("{namespace}/{name}"), NAMES)
    }

    /// Whether a Role is known to be there.
    pub fn has_role(&self, namespace: &str, name: &str) -> bool {
        holds(&self.roles, &format!("{namespace}/{name}"), NAMES)
    }

    /// Whether a ClusterRole is known to be there.
    pub fn has_cluster_role(&self, name: &str) -> bool {
        holds(&self.cluster_roles, name, NAMES)
    }

    /// Whether this is known to be a group.
    pub fn has_group(&self, name: &str) -> bool {
        holds(&self.groups, name, GROUPS)
    }
}

fn holds(patterns: &[Pattern], name: &str, options: MatchOptions) -> bool {
    patterns.iter().any(|pattern| pattern.matches_with(name, options))
}

fn pattern(text: &Text, parts: usize, example: &str) -> Result<Pattern, Problem> {
    let written = &text.value;
    let hint = format!("write it as `{example}`; `*` stands for any part of a name");
    let has_parts = written.split('/').count() == parts && !written.split('/').any(str::is_empty);
    if !has_parts && (parts > 0 || written.is_empty()) {
        let what = if parts == 2 { "a namespace and a name" } else { "a name" };
        return Err(Problem::new(text.span, format!("`{}` is not {what}", excerpt(written)), hint));
    }
    Pattern::new(written)
        .map_err(|error| Problem::new(text.span, format!("`{}` is no pattern: {}", excerpt(written), error.msg), hint))
}
