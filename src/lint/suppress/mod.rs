//! What manifests say is not to be told: comments such as `# rolecall: ignore[rule] reason`, and an annotation for what is
//! rendered and has no comments.
//!
//! [`sift`] is applied once all rules have been, and reads again only the files that speak to this tool. What is said
//! there is found by `find`, with the bytes that it [covers](Cover); `sweep` goes over findings and covers of a file side
//! by side. What does not keep is told by the rules `ignore-*`, about each [`Suppression`].

mod annotation;
mod directive;
mod find;
mod removal;
mod sweep;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::kept_text::KeptText;
use super::passes::Told;
use super::plan::Plan;
use super::sink::Quiet;
use super::{Check, Chosen, RULES, Sink, Target};
use crate::diagnostic::{Category, Finding, Fix, Safety};
use crate::manifest::{KnownObject, ReadSet};
use crate::source::{FileId, Span};
use crate::timing::{self, Stage};
use find::Found;

/// What one comment or annotation says is not to be told.
#[derive(Debug)]
pub struct Suppression {
    /// Where it says so.
    pub span: Span,
    /// Whether it is an annotation, and no comment.
    pub is_annotation: bool,
    /// What it names; nothing where it cannot be read.
    pub names: Vec<Named>,
    /// Whether it says why.
    pub has_reason: bool,
    /// Why it cannot be read, or stands where it means nothing.
    pub fault: Option<Fault>,
}

impl Suppression {
    /// A fix that takes a name out of it, and the whole of it where it names nothing else.
    pub fn without(&self, name: &Named, safety: Safety, sink: &Sink<'_>) -> Option<Fix> {
        if let Some(edit) = removal::of_name(self, name) {
            return Some(Fix { message: format!("remove `{}`", name.text), safety, edits: vec![edit] });
        }
        if self.names.len() > 1 {
            return None;
        }
        if self.is_annotation {
            return sink.fix(safety, "remove the annotation", |text| removal::of_annotation(text, self.span));
        }
        let edit = removal::of_comment(sink.text(), self.span)?;
        Some(Fix { message: "remove the comment".to_owned(), safety, edits: vec![edit] })
    }
}

/// A word that should name rules.
#[derive(Debug)]
pub struct Named {
    /// The word.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// What it names; `None` where it names nothing.
    pub target: Option<Target>,
    /// What came of it.
    pub effect: Effect,
}

/// What came of what is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Something is not told because of it.
    Some,
    /// Nothing.
    None,
    /// Nothing, in a run in which not all that it names was looked for, or not there.
    Unknown,
}

/// Why a comment or an annotation is about nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It names no rules.
    NamesNothing,
    /// It is none of the forms that there are.
    Unreadable,
    /// It is for the whole file, and stands behind the beginning.
    TooLate,
}

/// The bytes of a file that a suppression is about: findings that begin there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cover {
    start: u32,
    end: u32,
}

/// Findings, sifted.
#[derive(Debug)]
pub(super) struct Sifted {
    /// What is told, by file and place, with what there is to say about the suppressions.
    pub(super) told: Vec<Finding>,
    /// What is not.
    pub(super) suppressed: Vec<Finding>,
}

/// Takes out of the findings what is not to be told, and adds what is wrong with what says so. The findings have to be
/// in order.
pub(super) fn sift(findings: Vec<Finding>, mut quiet: Vec<Quiet>, read_set: &ReadSet, plan: &Plan) -> Sifted {
    quiet.sort_by_key(|quiet| (quiet.span, quiet.rule.id));
    let run = |file| Run { read_set, findings: &findings, quiet: &quiet, chosen: &plan.of_file(file).all };
    let files = u32::try_from(read_set.sources.len()).unwrap_or(u32::MAX);
    let files: Vec<_> = (0..files)
        .into_par_iter()
        .map(FileId::new)
        .filter_map(|file| timing::stage(Stage::Rules, || run(file).file(file)))
        .collect();
    let mut hidden = vec![false; findings.len()];
    let mut about_themselves = Vec::new();
    for mut file in files {
        file.suppressed.into_iter().filter_map(|index| hidden.get_mut(index).map(|it| *it = true)).for_each(drop);
        about_themselves.append(&mut file.told);
    }
    let mut hidden = hidden.into_iter();
    let (suppressed, mut told): (Vec<_>, Vec<_>) = findings.into_iter().partition(|_| hidden.next() == Some(true));
    told.append(&mut about_themselves);
    Sifted { told, suppressed }
}

/// A run whose rules have been applied, with those that were applied to a file.
#[derive(Clone, Copy)]
struct Run<'a> {
    read_set: &'a ReadSet,
    findings: &'a [Finding],
    quiet: &'a [Quiet],
    chosen: &'a [Chosen],
}

/// What one file says about what is to be told.
struct OfFile {
    /// The findings that are not to be told, by their index among all.
    suppressed: Vec<usize>,
    /// What is wrong with what the file says.
    told: Vec<Finding>,
}

impl Run<'_> {
    /// What a file says; `None` where it says nothing.
    fn file(self, file: FileId) -> Option<OfFile> {
        let text = self.read_set.sources.text(file);
        let mut found = find::all(file, text.bytes())?;
        let (first, findings) = of_file(self.findings, file, |finding| finding.span);
        let (_, quiet) = of_file(self.quiet, file, |quiet| quiet.span);
        let (_, objects) = of_file(&self.read_set.objects, file, |object| object.span);
        let suppressed = sweep::sweep(&mut found, findings, quiet);
        for Found { it, document: Cover { start, end }, .. } in &mut found {
            let is_analysed = has_any(objects, |object| object.span.start, *start, *end)
                || has_any(findings, |finding| finding.span.start, *start, *end);
            if is_analysed {
                it.names.iter_mut().for_each(|name| self.judge(name));
            }
        }
        let told = found.iter().flat_map(|found| self.about(&found.it, objects, text.bytes())).collect();
        Some(OfFile { suppressed: suppressed.into_iter().map(|index| first + index).collect(), told })
    }

    /// Says of a name that was good for nothing that it never is, where this can be said.
    fn judge(self, name: &mut Named) {
        if name.effect == Effect::Unknown && name.target.is_some_and(|target| self.has_looked_for(target)) {
            name.effect = Effect::None;
        }
    }

    /// Whether all rules of a target were applied in this run.
    fn has_looked_for(self, target: Target) -> bool {
        let is_chosen = |id: &str| self.chosen.iter().any(|chosen| chosen.rule.id == id);
        match target {
            Target::Rule(rule) => rule.category == Category::Meta || is_chosen(rule.id),
            Target::Category(category) => {
                category == Category::Meta
                    || RULES.iter().filter(|rule| rule.category == category).all(|rule| is_chosen(rule.id))
            }
            Target::All => RULES.iter().filter(|rule| rule.category != Category::Meta).all(|rule| is_chosen(rule.id)),
        }
    }

    /// What the rules about suppressions have to say about one.
    fn about(self, suppression: &Suppression, objects: &[KnownObject], text: &[u8]) -> Vec<Finding> {
        let object = object_at(objects, suppression.span.start);
        let whole = object.map(|object| object.whole);
        let object = object.map(|object| &object.name);
        let text = KeptText::Here(text);
        let mut findings = Vec::new();
        for &chosen in self.chosen {
            let Check::Suppression(check) = chosen.rule.check else { continue };
            let mut sink = Sink::new(chosen, object, &text).of_whole(whole);
            check(suppression, &mut sink);
            findings.extend(sink.into_told().filter_map(|told| match told {
                Told::Finding(finding) => Some(*finding),
                Told::Quiet(_) | Told::Unread(_) => None,
            }));
        }
        findings
    }
}

/// What is in one file, of a list in the order of files; and the index of the first.
fn of_file<T>(all: &[T], file: FileId, span: impl Fn(&T) -> Span) -> (usize, &[T]) {
    let start = all.partition_point(|one| span(one).file < file);
    let end = all.partition_point(|one| span(one).file <= file);
    (start, all.get(start..end).unwrap_or_default())
}

/// Whether something of a list in the order of places is between two places.
fn has_any<T>(all: &[T], place: impl Fn(&T) -> u32, start: u32, end: u32) -> bool {
    all.get(all.partition_point(|one| place(one) < start)).is_some_and(|one| place(one) < end)
}

/// The object in which a place is.
fn object_at(objects: &[KnownObject], place: u32) -> Option<&KnownObject> {
    let before = objects.partition_point(|object| object.whole.start <= place);
    let object = before.checked_sub(1).and_then(|index| objects.get(index))?;
    (place < object.whole.end).then_some(object)
}
