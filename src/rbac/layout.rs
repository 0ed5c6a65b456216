//! The rules of all roles side by side, those about resources apart from those about URLs: what a decision runs over.

use super::aggregation::EffectiveRule;
use super::compiled::{RuleNumber, Rules};
use super::policy::RoleId;

/// A rule of a role, as little of it as a decision takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct LaidOut {
    pub(super) number: RuleNumber,
    pub(super) is_conditional: bool,
}

/// Where the rules of a role lie: from `start` those about resources, from `urls` those about URLs.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    start: u32,
    urls: u32,
    end: u32,
}

/// The rules of all roles.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    places: Vec<Place>,
    rules: Vec<LaidOut>,
}

impl Layout {
    /// Lays out the rules that each role comes to.
    pub(super) fn new(effective: &[Vec<EffectiveRule>], compiled: &Rules) -> Self {
        let mut layout = Self::default();
        for rules in effective {
            let start = layout.end();
            layout.add(rules.iter().filter(|rule| compiled.is_about_resources(rule.number)));
            let urls = layout.end();
            layout.add(rules.iter().filter(|rule| compiled.is_about_urls(rule.number)));
            layout.places.push(Place { start, urls, end: layout.end() });
        }
        layout
    }

    /// The rules of a role that are about resources.
    pub(super) fn on_resources(&self, role: RoleId) -> &[LaidOut] {
        let Place { start, urls, .. } = self.place(role);
        self.rules.get(start as usize..urls as usize).unwrap_or_default()
    }

    /// The rules of a role that are about URLs.
    pub(super) fn on_urls(&self, role: RoleId) -> &[LaidOut] {
        let Place { urls, end, .. } = self.place(role);
        self.rules.get(urls as usize..end as usize).unwrap_or_default()
    }

    fn place(&self, role: RoleId) -> Place {
        self.places.get(role.position()).copied().unwrap_or_default()
    }

    fn add<'r>(&mut self, rules: impl Iterator<Item = &'r EffectiveRule>) {
        self.rules
            .extend(rules.map(|&EffectiveRule { number, is_conditional, .. }| LaidOut { number, is_conditional }));
    }

    fn end(&self) -> u32 {
        u32::try_from(self.rules.len()).unwrap_or(u32::MAX)
    }
}
