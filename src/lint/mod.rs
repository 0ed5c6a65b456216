//! What is wrong with the manifests: rules, and the run that applies them.
//!
//! A [`Rule`] is data plus one function; it says where and what, and the [`Sink`] adds who says so and how bad it is.
//! Each has a room of its own: a page in `rules/` and a file in `src/lint/rules/` of the same name.

mod advice;
mod belonging;
mod cron;
mod downward;
mod job_template;
mod mixups;
mod refused;
mod rule;
mod rules;
mod sink;

use crate::catalog::Version;
use crate::diagnostic::{Failure, Finding, Severity};
use crate::discover::Inputs;
use crate::manifest::{self, Observation, Options, ReadSet};
use crate::validate::Family;
pub use job_template::JobTemplate;
use refused::refused;
pub use rule::{Check, Rule};
pub use rules::RULES;
pub use sink::Sink;

/// What a run has to say.
#[derive(Debug)]
pub struct Report {
    /// The version of Kubernetes that the manifests are for.
    pub version: Version,
    /// What was read.
    pub read_set: ReadSet,
    /// What is wrong, by path, place and rule.
    pub findings: Vec<Finding>,
}

impl Report {
    /// How many findings there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// Reads the inputs and applies every rule. Fails where no file can be read.
pub fn lint(inputs: &Inputs, options: &Options) -> Result<Report, Failure> {
    let (read_set, mut findings) = manifest::load(inputs, options, apply_rules)?;
    findings.retain(|finding| !is_filled_in(finding, &read_set));
    findings.sort_by(|one, other| (one.span, one.rule, &one.message).cmp(&(other.span, other.rule, &other.message)));
    Ok(Report { version: options.version, read_set, findings })
}

/// Whether a namespace is missing only until a kustomization is rendered.
fn is_filled_in(finding: &Finding, read_set: &ReadSet) -> bool {
    let rule = rule(finding.rule).map(|rule| rule.check);
    let is_about_namespace = matches!(rule, Some(Check::Refused { family: Family::SubjectNamespace, .. }));
    is_about_namespace && read_set.namespace_to_come.contains(&finding.span.file)
}

/// The rule of this id, in upper or lower case.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id.eq_ignore_ascii_case(id))
}

/// The rule whose id looks most like this one, where one does.
pub fn nearest_rule(id: &str) -> Option<&'static Rule> {
    let near = |rule: &&Rule| strsim::osa_distance(rule.id, id) <= 4 || rule.id.contains(id);
    RULES.iter().copied().filter(near).min_by_key(|rule| strsim::osa_distance(rule.id, id))
}

fn apply_rules(observation: &Observation<'_>, text: &[u8]) -> Vec<Finding> {
    let (object, job_template) = match observation {
        Observation::Faulty(faulty) => (Some(faulty.name), None),
        Observation::Object(object) => (Some(&object.name), JobTemplate::of(object)),
        _ => (None, None),
    };
    let mut findings = match observation {
        Observation::Object(object) => refused(object, text),
        _ => Vec::new(),
    };
    for rule in RULES {
        let mut sink = Sink::new(rule, object, text);
        match (rule.check, observation) {
            (Check::Unreadable(check), Observation::Unreadable(file)) => check(file, &mut sink),
            (Check::Syntax(check), Observation::Syntax(error)) => check(error, &mut sink),
            (Check::Ignored(check), Observation::Ignored(span)) => check(*span, &mut sink),
            (Check::Untyped(check), Observation::Untyped(object)) => check(object, &mut sink),
            (Check::UnknownKind(check), Observation::UnknownKind(kind)) => check(kind, &mut sink),
            (Check::Faulty(check), Observation::Faulty(object)) => check(object, &mut sink),
            (Check::JobTemplate(check), _) => job_template.iter().for_each(|template| check(template, &mut sink)),
            _ => {}
        }
        findings.append(&mut sink.into_findings());
    }
    findings
}
