//! The two passes of rules: over each object by itself, and over all that was read.

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use super::kept_text::KeptText;
use super::plan::{Passes, Plan};
use super::refused::refused;
use super::sink::Quiet;
use super::{Check, Chosen, InSet, Index, JobTemplate, Settings, Sink, risk};
use crate::diagnostic::Finding;
use crate::manifest::{Facts, Observation};
use crate::query::{Access, Unread};
use crate::timing::{self, Stage};

/// What a pass has to say.
pub(super) enum Told {
    /// Something is wrong.
    Finding(Box<Finding>),
    /// Something is wrong that is not to be told.
    Quiet(Quiet),
    /// Something cannot be read, so that not all is known.
    Unread(Box<Unread>),
}

/// All that the passes have to say.
#[derive(Default)]
pub(super) struct Heard {
    pub(super) findings: Vec<Finding>,
    pub(super) quiet: Vec<Quiet>,
    pub(super) unread: Vec<Unread>,
}

impl Heard {
    pub(super) fn add(&mut self, told: Vec<Told>) {
        // No more room than that: they are many, and stay.
        self.findings.reserve_exact(told.iter().filter(|told| matches!(told, Told::Finding(_))).count());
        self.quiet.reserve_exact(told.iter().filter(|told| matches!(told, Told::Quiet(_))).count());
        for told in told {
            match told {
                Told::Finding(finding) => self.findings.push(*finding),
                Told::Quiet(quiet) => self.quiet.push(quiet),
                Told::Unread(unread) => self.unread.push(*unread),
            }
        }
    }
}

/// Applies the rules that look at one thing by itself.
pub(super) fn first(chosen: &[Chosen], observation: &Observation<'_>, text: &[u8]) -> Vec<Told> {
    let (object, job_template) = match observation {
        Observation::Faulty(faulty) => (Some(faulty.name), None),
        Observation::Object(object) => (Some(&object.name), JobTemplate::of(object)),
        _ => (None, None),
    };
    let whole = match observation {
        Observation::Faulty(faulty) => Some(faulty.written.whole()),
        Observation::Object(object) => Some(object.written.whole()),
        Observation::UnknownKind(kind) => Some(kind.whole),
        _ => None,
    };
    let text = &KeptText::Here(text);
    let mut told = match observation {
        Observation::Object(object) => refused(chosen, object, text),
        _ => Vec::new(),
    };
    for &chosen in chosen {
        let mut sink = Sink::new(chosen, object, text).of_whole(whole);
        match (chosen.rule.check, observation) {
            (Check::Unreadable(check), Observation::Unreadable(file)) => check(file, &mut sink),
            (Check::Syntax(check), Observation::Syntax(error)) => check(error, &mut sink),
            (Check::Ignored(check), Observation::Ignored(span)) => check(*span, &mut sink),
            (Check::Untyped(check), Observation::Untyped(object)) => check(object, &mut sink),
            (Check::UnknownKind(check), Observation::UnknownKind(kind)) => check(kind, &mut sink),
            (Check::Faulty(check), Observation::Faulty(object)) => check(object, &mut sink),
            (Check::Object(check), Observation::Object(object)) => check(object, &mut sink),
            (Check::JobTemplate(check), _) => job_template.iter().for_each(|template| check(template, &mut sink)),
            _ => {}
        }
        told.extend(sink.into_told());
    }
    told.extend(Unread::of(observation).map(Box::new).map(Told::Unread));
    told
}

/// Applies the rules that look at objects among all others, on every core. What they say comes by object, in any case.
pub(super) fn second(plan: &Plan, access: &Access, settings: &Settings) -> Vec<Told> {
    let index = Index::new(access);
    let objects = access.read_set().objects.par_iter();
    let told = objects.flat_map_iter(|object| {
        timing::stage(Stage::Rules, || {
            of_object(plan.of_file(object.span.file), &InSet::new(access, settings, &index, object))
        })
    });
    told.collect()
}

fn of_object(passes: &Passes, object: &InSet<'_, Facts>) -> Vec<Told> {
    let (role, binding, workload) = (object.role(), object.binding(), object.workload());
    let mut told = role.as_ref().map(|role| risk::apply(role, &passes.risks)).unwrap_or_default();
    for &chosen in &passes.among_others {
        match chosen.rule.check {
            Check::Role(check) => apply(chosen, check, role.as_ref(), &mut told),
            Check::Binding(check) => apply(chosen, check, binding.as_ref(), &mut told),
            Check::Workload(check) => apply(chosen, check, workload.as_ref(), &mut told),
            Check::Known(check) => apply(chosen, check, Some(object), &mut told),
            _ => {}
        }
    }
    told
}

fn apply<F>(chosen: Chosen, check: fn(&InSet<'_, F>, &mut Sink<'_>), it: Option<&InSet<'_, F>>, told: &mut Vec<Told>) {
    let Some(it) = it else { return };
    let mut sink = it.sink(chosen);
    check(it, &mut sink);
    told.extend(sink.into_told());
}
