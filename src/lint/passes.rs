//! The two passes of rules: over each object by itself, and over all that was read.

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use super::plan::{Passes, Plan};
use super::refused::refused;
use super::{Check, Chosen, InSet, Index, JobTemplate, Sink, risk};
use crate::config::External;
use crate::diagnostic::Finding;
use crate::manifest::{Facts, Observation};
use crate::query::{Access, Unread};

/// What the first pass has to say about a file.
pub(super) enum Told {
    /// Something is wrong.
    Finding(Finding),
    /// Something cannot be read, so that not all is known.
    Unread(Unread),
}

/// Applies the rules that look at one thing by itself.
pub(super) fn first(chosen: &[Chosen], observation: &Observation<'_>, text: &[u8]) -> Vec<Told> {
    let (object, job_template) = match observation {
        Observation::Faulty(faulty) => (Some(faulty.name), None),
        Observation::Object(object) => (Some(&object.name), JobTemplate::of(object)),
        _ => (None, None),
    };
    let mut findings = match observation {
        Observation::Object(object) => refused(chosen, object, text),
        _ => Vec::new(),
    };
    for &chosen in chosen {
        let mut sink = Sink::new(chosen, object, text);
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
        findings.append(&mut sink.into_findings());
    }
    let unread = Unread::of(observation).map(Told::Unread);
    findings.into_iter().map(Told::Finding).chain(unread).collect()
}

/// Applies the rules that look at objects among all others, on every core. The findings come by object, in any case.
pub(super) fn second(plan: &Plan, access: &Access, external: &External) -> Vec<Finding> {
    let index = Index::new(access);
    let objects: Vec<_> = InSet::all(access, external, &index).collect();
    let of_object = |object: &InSet<'_, Facts>| of_object(plan.of_file(object.object.span.file), object);
    let findings: Vec<_> = objects.par_iter().map(of_object).collect();
    findings.into_iter().flatten().collect()
}

fn of_object(passes: &Passes, object: &InSet<'_, Facts>) -> Vec<Finding> {
    let (role, binding, workload) = (object.role(), object.binding(), object.workload());
    let mut findings = role.as_ref().map(|role| risk::apply(role, &passes.risks)).unwrap_or_default();
    for &chosen in &passes.among_others {
        match chosen.rule.check {
            Check::Role(check) => apply(chosen, check, role.as_ref(), &mut findings),
            Check::Binding(check) => apply(chosen, check, binding.as_ref(), &mut findings),
            Check::Workload(check) => apply(chosen, check, workload.as_ref(), &mut findings),
            Check::Known(check) => apply(chosen, check, Some(object), &mut findings),
            _ => {}
        }
    }
    findings
}

fn apply<F>(
    chosen: Chosen,
    check: fn(&InSet<'_, F>, &mut Sink<'_>),
    it: Option<&InSet<'_, F>>,
    findings: &mut Vec<Finding>,
) {
    let Some(it) = it else { return };
    let mut sink = it.sink(chosen);
    check(it, &mut sink);
    findings.append(&mut sink.into_findings());
}
