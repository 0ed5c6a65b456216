//! Which rules are applied to which file: the same to all, unless the configuration says otherwise for some paths.

use super::selection::{Choice, Chosen, Selection};
use super::{Risk, Settings, risk};
use crate::config::Files;
use crate::discover::Inputs;
use crate::source::FileId;

/// What holds in some files.
#[derive(Clone, Debug)]
pub struct PathChoice {
    /// The files.
    pub files: Files,
    /// What is said about rules there.
    pub choice: Choice,
}

/// The rules that are applied to a file, by pass.
#[derive(Debug)]
pub(super) struct Passes {
    pub(super) all: Vec<Chosen>,
    pub(super) by_itself: Vec<Chosen>,
    pub(super) among_others: Vec<Chosen>,
    pub(super) risks: Vec<(Chosen, &'static Risk)>,
}

/// The rules that are applied, file by file.
#[derive(Debug)]
pub(super) struct Plan {
    /// What is applied to files about which nothing in particular is said.
    usual: Passes,
    others: Vec<Passes>,
    /// By file, which of the others is applied; `None` where it is the usual.
    by_file: Vec<Option<usize>>,
}

impl Passes {
    fn of(selection: &Selection) -> Self {
        let all: Vec<_> = selection.chosen().collect();
        let (among_others, by_itself): (Vec<_>, Vec<_>) =
            all.iter().partition(|chosen| chosen.rule.check.is_of_second_pass());
        Self { risks: risk::by_gravity(&among_others), by_itself, among_others, all }
    }
}

impl Plan {
    pub(super) fn of(inputs: &Inputs, settings: &Settings) -> Self {
        let usual = Passes::of(&settings.selection.clone().outweighed_by(&settings.last));
        let mut plan = Self { usual, others: Vec::new(), by_file: Vec::new() };
        if settings.paths.is_empty() {
            return plan;
        }
        // Many files share a few combinations of what is said about paths.
        let mut known: Vec<Vec<bool>> = Vec::new();
        for input in &inputs.files {
            let holds = |paths: &PathChoice| input.absolute().is_some_and(|path| paths.files.holds(path));
            let holding: Vec<_> = settings.paths.iter().map(holds).collect();
            if !holding.contains(&true) {
                plan.by_file.push(None);
                continue;
            }
            let at = known.iter().position(|known| *known == holding).unwrap_or_else(|| {
                plan.others.push(Passes::of(&settings.selection_where(&holding)));
                known.push(holding);
                known.len() - 1
            });
            plan.by_file.push(Some(at));
        }
        plan
    }

    /// What is applied to a file.
    pub(super) fn of_file(&self, file: FileId) -> &Passes {
        let at = self.by_file.get(file.index()).copied().flatten();
        at.and_then(|at| self.others.get(at)).unwrap_or(&self.usual)
    }
}

impl Settings {
    /// Which rules are applied where these of the settings for paths hold.
    fn selection_where(&self, holding: &[bool]) -> Selection {
        let choices = self.paths.iter().zip(holding).filter(|(_, holds)| **holds).map(|(paths, _)| &paths.choice);
        choices.chain([&self.last]).fold(self.selection.clone(), Selection::outweighed_by)
    }
}
