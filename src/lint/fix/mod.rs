//! Puts right what can be put right by editing texts.
//!
//! Nothing is written here: the result is the texts of the files as they should be. What fixes lead to is looked at again
//! until none is left, since one may make room for another: of two that touch, the later has to wait.

mod choice;
mod offer;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::{Report, Settings, lint};
use crate::diagnostic::Failure;
use crate::discover::{Input, Inputs};
use crate::manifest::Options;
use crate::source::{FileId, Sources};
use crate::yaml::documents::{self, Piece};
use crate::yaml::encoding;
use crate::yaml::events::Escapes;
use crate::yaml::tree::{Origin, Tree};
pub use choice::Limits;
use choice::{Choice, choose};
pub use offer::{Closed, Offer, offer};

/// Fixes make room for fixes so often at most.
const MOST_ROUNDS: usize = 10;

/// What became of some files.
#[derive(Debug)]
pub struct Fixed {
    /// What is left to say, about the files as they should be.
    pub report: Report,
    /// The files that should be different, by path.
    pub files: Vec<FixedFile>,
    /// How many findings were put right.
    pub count: usize,
    /// The files in which nothing is put right although it could be, by path, and why.
    pub closed: BTreeMap<String, Closed>,
}

/// A file that should be different.
#[derive(Debug)]
pub struct FixedFile {
    /// The path as it is shown.
    pub path: String,
    /// The absolute path.
    pub absolute: PathBuf,
    /// What it holds.
    pub old: Vec<u8>,
    /// What it should hold.
    pub new: Vec<u8>,
}

/// Reads the inputs and works out how the files should be.
pub fn fix(inputs: &Inputs, options: &Options, settings: &Settings, limits: &Limits) -> Result<Fixed, Failure> {
    let mut run = Run { inputs: with_stdin_held(inputs), ..Run::default() };
    let mut report = lint(&run.inputs, options, settings)?;
    for _ in 0..MOST_ROUNDS {
        if !run.apply(&report, limits) {
            break;
        }
        report = lint(&run.inputs, options, settings)?;
    }
    let Run { files, count, closed, .. } = run;
    let mut files: Vec<_> = files.into_values().collect();
    files.retain(|file| file.old != file.new);
    let paths = &report.read_set.sources;
    let closed = closed.into_iter().map(|(file, why)| (paths.path(file).to_owned(), why)).collect();
    Ok(Fixed { report, files, count, closed })
}

/// The files as far as they have been put right.
#[derive(Default)]
struct Run {
    inputs: Inputs,
    files: BTreeMap<FileId, FixedFile>,
    closed: BTreeMap<FileId, Closed>,
    count: usize,
}

impl Run {
    /// Applies what does not touch each other. Returns whether anything has changed.
    fn apply(&mut self, report: &Report, limits: &Limits) -> bool {
        let choices = choose(report, limits);
        let mut changed = BTreeSet::new();
        for (index, input) in (0..).zip(&self.inputs.files) {
            let file = FileId::new(index);
            let Some(choice) = choices.get(&file).filter(|_| !self.closed.contains_key(&file)) else { continue };
            let opened = match self.files.remove(&file) {
                Some(known) => Ok(known),
                None => open(input, &report.read_set.sources, file),
            };
            match opened.and_then(|known| applied(known, choice)) {
                Ok(known) => {
                    self.count += choice.count;
                    self.files.insert(file, known);
                    changed.insert(index);
                }
                Err((known, why)) => {
                    self.files.extend(known.map(|known| (file, *known)));
                    self.closed.insert(file, why);
                }
            }
        }
        for (index, input) in (0..).zip(&mut self.inputs.files) {
            if let Some(fixed) = self.files.get(&FileId::new(index)).filter(|_| changed.contains(&index)) {
                *input = input.holding(fixed.new.clone());
            }
        }
        !changed.is_empty()
    }
}

/// A file that is left as it is from here on, and why.
type LeftAlone = (Option<Box<FixedFile>>, Closed);

/// A file that may be changed, where it still is what was read of it.
fn open(input: &Input, sources: &Sources, file: FileId) -> Result<FixedFile, LeftAlone> {
    let closed = |why| (None, why);
    if let Some(why) = Closed::of(sources, file) {
        return Err(closed(why));
    }
    let absolute = input.absolute().ok_or(closed(Closed::StandardInput))?.to_owned();
    let old = input.read().map_err(|_| closed(Closed::Changed))?;
    let known = sources.text(file);
    if old != known.bytes() {
        return Err(closed(if encoding::to_utf8(old) == known.bytes() { Closed::Encoding } else { Closed::Changed }));
    }
    Ok(FixedFile { path: input.path().to_owned(), absolute, new: old.clone(), old })
}

fn applied(file: FixedFile, choice: &Choice) -> Result<FixedFile, LeftAlone> {
    let new = choice.apply(&file.new);
    if reads_as_well(&file.new, &new) {
        Ok(FixedFile { new, ..file })
    } else {
        Err((Some(Box::new(file)), Closed::Unclear))
    }
}

/// Whether a text has as many documents as it had, all of which can be read that could be.
fn reads_as_well(before: &[u8], after: &[u8]) -> bool {
    let (before, after) = (readable(before), readable(after));
    before.len() == after.len() && before.iter().zip(&after).all(|(before, after)| *after || !*before)
}

/// For each piece of a text whether it can be read.
fn readable(text: &[u8]) -> Vec<bool> {
    let escapes = if documents::is_json(text) { Escapes::Json } else { Escapes::Yaml };
    let origin = Origin { file: FileId::new(0), base: 0 };
    let is_readable = |piece| match piece {
        Piece::Document { range, .. } => {
            let text = text.get(range).and_then(|text| str::from_utf8(text).ok());
            text.is_some_and(|text| Tree::parse_with(text, origin, escapes).is_ok())
        }
        Piece::BadSeparator { .. } => false,
    };
    documents::split(text, "kind").into_iter().map(is_readable).collect()
}

/// Standard input can be read once only.
fn with_stdin_held(inputs: &Inputs) -> Inputs {
    let mut inputs = inputs.clone();
    for input in inputs.files.iter_mut().filter(|input| input.absolute().is_none()) {
        if let Ok(bytes) = input.read() {
            *input = input.holding(bytes);
        }
    }
    inputs
}
