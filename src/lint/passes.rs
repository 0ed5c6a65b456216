//! The two passes of rules: over each object by itself, and over all that was read.

use super::refused::refused;
use super::{Check, Chosen, InSet, JobTemplate, Sink};
use crate::config::External;
use crate::diagnostic::Finding;
use crate::manifest::Observation;
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

/// Applies the rules that look at objects among all others.
pub(super) fn second(chosen: &[Chosen], access: &Access, external: &External) -> Vec<Finding> {
    let mut pass = Second { findings: Vec::new() };
    for object in InSet::all(access, external) {
        let (role, binding, workload) = (object.role(), object.binding(), object.workload());
        for &chosen in chosen {
            match chosen.rule.check {
                Check::Role(check) => pass.apply(chosen, check, role.as_ref()),
                Check::Binding(check) => pass.apply(chosen, check, binding.as_ref()),
                Check::Workload(check) => pass.apply(chosen, check, workload.as_ref()),
                Check::Known(check) => pass.apply(chosen, check, Some(&object)),
                _ => {}
            }
        }
    }
    pass.findings
}

struct Second {
    findings: Vec<Finding>,
}

impl Second {
    fn apply<F>(&mut self, chosen: Chosen, check: fn(&InSet<'_, F>, &mut Sink<'_>), it: Option<&InSet<'_, F>>) {
        let Some(it) = it else { return };
        let text = it
            .access
            .sources()
            .get(it.object.span.file)
            .map(super::super::source::SourceFile::bytes)
            .unwrap_or_default();
        let mut sink = Sink::new(chosen, Some(&it.object.name), text);
        check(it, &mut sink);
        self.findings.append(&mut sink.into_findings());
    }
}
