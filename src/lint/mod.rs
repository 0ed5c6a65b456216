//! What is wrong with the manifests: rules, and the run that applies them.
//!
//! A [`Rule`] is data plus one function; it says where and what, and the [`Sink`] adds who says so and how bad it is.
//! Each has a room of its own: a page in `rules/` and a file in `src/lint/rules/` of the same name.
//!
//! Rules that look at one object alone are applied while it is there, on every core; those that need to know of others
//! are applied to what is kept of all of them.

mod accounts;
mod advice;
mod aggregation_labels;
mod bare_pod;
mod belonging;
mod chains;
mod cron;
mod deleted;
mod downward;
mod endless;
pub mod fix;
mod fixable;
mod gist;
mod givers;
mod handed_out;
mod impersonations;
mod in_set;
mod index;
mod job_template;
mod kept_text;
mod known;
mod mixups;
mod named_roles;
mod nearest;
mod needless_rules;
mod overridden;
mod passes;
mod plan;
mod reach;
mod references;
mod refused;
mod removed;
mod repairs;
mod risk;
mod role_rules;
mod rule;
mod rules;
mod same_rules;
mod selection;
mod sink;
mod suppress;
mod tokens;
mod twins;

use crate::catalog::Version;
use crate::config::External;
use crate::diagnostic::{Failure, Finding, Severity};
use crate::discover::Inputs;
use crate::manifest::{self, Observation, Options, ReadSet};
use crate::query::{Access, Assumptions};
use crate::validate::Family;
pub use deleted::Earlier;
pub use in_set::InSet;
pub use index::Index;
pub use job_template::JobTemplate;
pub use known::KnownFindings;
use passes::{Heard, first, second};
pub use plan::PathChoice;
use plan::Plan;
pub use risk::Risk;
pub use rule::{Check, Profile, Rule};
pub use rules::RULES;
pub use selection::{Choice, Chosen, Selection, Target, severity_named};
pub use sink::Sink;
pub use suppress::{Effect, Fault, Named, Suppression};
use suppress::{Sifted, sift};

/// What a run has to say.
#[derive(Debug)]
pub struct Report {
    /// The version of Kubernetes that the manifests are for.
    pub version: Version,
    /// What was read.
    pub read_set: ReadSet,
    /// What is wrong, by path, place and rule.
    pub findings: Vec<Finding>,
    /// What would be told as well, had nobody said that it is not to be: in the same order.
    pub suppressed: Vec<Finding>,
    /// How many more there are that were there before.
    pub known: usize,
}

impl Report {
    /// How many findings there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// How to judge.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which rules are applied.
    pub selection: Selection,
    /// What outweighs that for some files; later entries outweigh earlier ones.
    pub paths: Vec<PathChoice>,
    /// What outweighs all of that: the command line.
    pub last: Choice,
    /// What is known to be there although no manifest has it.
    pub external: External,
    /// What was there before: of that, it is known when it is gone.
    pub earlier: Earlier,
    /// Whether the cluster has the roles and bindings that every cluster has.
    pub default_policy: bool,
    /// Whether manifests may say what is not to be told.
    pub suppressions: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            selection: Selection::default(),
            paths: Vec::new(),
            last: Choice::default(),
            external: External::default(),
            earlier: Earlier::default(),
            default_policy: true,
            suppressions: true,
        }
    }
}

/// Reads the inputs and applies the rules. Fails where no file can be read.
pub fn lint(inputs: &Inputs, options: &Options, settings: &Settings) -> Result<Report, Failure> {
    let plan = Plan::of(inputs, settings);
    let options = Options { keep_texts: true, ..options.clone() };
    let observe = |observation: &Observation<'_>, text: &[u8]| {
        first(&plan.of_file(observation.file()).by_itself, observation, text)
    };
    let (read_set, told) = manifest::load(inputs, &options, observe)?;
    let mut heard = Heard::default();
    heard.add(told);
    heard.findings.retain(|finding| !is_filled_in(finding, &read_set));
    let assumptions = Assumptions { version: options.version, default_policy: settings.default_policy };
    let access = Access::new(read_set, std::mem::take(&mut heard.unread), assumptions, &options.default_namespace);
    heard.add(second(&plan, &access, settings));
    let read_set = access.into_read_set();
    let Heard { mut findings, quiet, .. } = heard;
    put_in_order(&mut findings);
    let mut suppressed = Vec::new();
    if settings.suppressions {
        Sifted { told: findings, suppressed } = sift(findings, quiet, &read_set, &plan);
        put_in_order(&mut findings);
    }
    Ok(Report { version: options.version, read_set, findings, suppressed, known: 0 })
}

fn put_in_order(findings: &mut [Finding]) {
    findings.sort_by(|one, other| (one.span, one.rule, &one.message).cmp(&(other.span, other.rule, &other.message)));
}

/// Whether a namespace is missing only until a kustomization is rendered.
fn is_filled_in(finding: &Finding, read_set: &ReadSet) -> bool {
    read_set.namespace_to_come.contains(&finding.span.file) && {
        let check = rule(finding.rule).map(|rule| rule.check);
        matches!(check, Some(Check::Refused { family: Family::SubjectNamespace, .. }))
    }
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
