//! From files to the plans of the Jobs in them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use k8s_openapi::api::batch::v1::{CronJob, Job};

use super::cron::{Ahead, CronPlan};
use super::identity::{Identities, Identity};
use super::job::JobPlan;
use super::outdated::{Outdated, as_served, outdated};
use crate::catalog::Version;
use crate::diagnostic::{Failure, ObjectName};
use crate::discover::Inputs;
use crate::manifest::{self, Kind, Observation, Options, Typed};
use crate::query::{Access, Assumptions, Unread};
use crate::source::Span;
use crate::yaml::de::{Fault, Mistake};

/// A Job or CronJob, and what it will do.
#[derive(Clone, Debug)]
pub struct Planned {
    /// What it is called.
    pub name: ObjectName,
    /// Where it stands.
    pub span: Span,
    /// What it will do.
    pub plan: Plan,
    /// The API version that it is written for, where that is not served any more.
    pub outdated: Option<Outdated>,
    /// As whom; `None` where it has no pods.
    pub identity: Option<Identity>,
}

/// What a Job or CronJob will do.
#[derive(Clone, Debug)]
pub enum Plan {
    /// Nothing: the API server refuses it, for these causes.
    Refused(Vec<String>),
    /// That of a Job.
    Job(Box<JobPlan>),
    /// That of a CronJob.
    CronJob(Box<CronPlan>),
}

/// All that is known of the Jobs of some files.
#[derive(Debug)]
pub struct Plans {
    /// The Jobs and CronJobs, by place.
    pub planned: Vec<Planned>,
    /// The Jobs and CronJobs of the same files that were not asked for.
    pub others: Vec<ObjectName>,
    /// What the read set says about access.
    pub access: Access,
}

/// How to plan.
#[derive(Clone, Copy, Debug)]
pub struct Assumed {
    /// For how many seconds a pod runs, where that is assumed.
    pub run: Option<u64>,
    /// From when on a CronJob is looked at, and how far.
    pub ahead: Ahead,
}

/// The only Jobs of a file to be planned: by name, and by namespace where that is said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Only {
    /// The namespace.
    pub namespace: Option<String>,
    /// The name.
    pub name: String,
}

/// Files whose Jobs are planned, by their absolute paths, `None` for standard input; all of their Jobs, or only these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The files.
    pub files: BTreeSet<Option<PathBuf>>,
    /// Which of their Jobs; `None` for all.
    pub only: Option<Only>,
}

enum Seen {
    Unread(Unread),
    Outdated(Outdated),
    Job(Found),
}

struct Found {
    name: ObjectName,
    /// Where all of it stands.
    whole: Span,
    span: Span,
    is_wanted: bool,
    what: What,
}

enum What {
    Refused(Vec<String>),
    Job(Box<Job>),
    CronJob(Box<CronJob>),
}

/// Reads the inputs, and plans the Jobs of the targets.
pub fn plan(
    inputs: &Inputs,
    options: &Options,
    assumptions: Assumptions,
    targets: &[Target],
    assumed: Assumed,
) -> Result<Plans, Failure> {
    let is_target = |observation: &Observation<'_>| {
        let input = inputs.files.get(observation.file().index());
        let path = input.map(|input| input.absolute().map(std::path::Path::to_owned));
        path.map_or_else(Vec::new, |path| targets.iter().filter(|target| target.files.contains(&path)).collect())
    };
    let observe = |observation: &Observation<'_>, _: &[u8]| {
        let targets = is_target(observation);
        let outdated = outdated(observation).filter(|_| !targets.is_empty()).map(Seen::Outdated);
        let unread = Unread::of(observation).map(Seen::Unread);
        let found = found(observation, &targets).map(Seen::Job);
        unread.into_iter().chain(outdated).chain(found).collect()
    };
    let (mut read_set, mut seen) = manifest::load(inputs, options, observe)?;
    let of_old = |seen: &Seen| if let Seen::Outdated(it) = seen { Some(it.clone()) } else { None };
    let outdated: Vec<_> = seen.iter().filter_map(of_old).collect();
    if !outdated.is_empty() {
        let inputs = as_served(inputs, &read_set.sources, &outdated);
        (read_set, seen) = manifest::load(&inputs, options, observe)?;
    }
    let (mut unread, mut jobs) = (Vec::new(), Vec::new());
    for seen in seen {
        match seen {
            Seen::Unread(it) => unread.push(it),
            Seen::Job(it) => jobs.push(it),
            Seen::Outdated(_) => {}
        }
    }
    jobs.sort_by_key(|job| job.span);
    let access = Access::new(read_set, unread, assumptions, &options.default_namespace);
    let (wanted, others): (Vec<_>, Vec<_>) = jobs.into_iter().partition(|job| job.is_wanted);
    let others = others.into_iter().map(|job| job.name).collect();
    let mut identities = Identities::new(&access);
    let version = access.assumptions().version;
    let planned = wanted.into_iter().map(|job| {
        let outdated = outdated.iter().find(|outdated| outdated.whole == job.whole).cloned();
        Planned { outdated, ..job.planned(&mut identities, version, assumed) }
    });
    let planned = planned.collect();
    Ok(Plans { planned, others, access })
}

fn found(observation: &Observation<'_>, targets: &[&Target]) -> Option<Found> {
    let (name, written, what) = match observation {
        _ if targets.is_empty() => return None,
        Observation::Object(object) if is_job(&object.name) => {
            let what = match &object.typed {
                _ if !object.errors.is_empty() => {
                    What::Refused(object.errors.iter().map(|error| format!("{}: {error}", error.field)).collect())
                }
                Typed::Job(job) => What::Job(job.clone()),
                Typed::CronJob(job) => What::CronJob(job.clone()),
                _ => return None,
            };
            (&object.name, object.written, what)
        }
        Observation::Faulty(faulty) if is_job(faulty.name) => {
            let what = What::Refused(faulty.faults.iter().map(told).collect());
            (faulty.name, faulty.written, what)
        }
        _ => return None,
    };
    let is_wanted = targets.iter().any(|target| target.only.as_ref().is_none_or(|only| only.fits(name)));
    let (whole, span) = (written.whole(), written.place("metadata.name"));
    Some(Found { name: name.clone(), whole, span, is_wanted, what })
}

impl Only {
    /// Whether a Job is one of these.
    pub fn fits(&self, name: &ObjectName) -> bool {
        let is_there = self.namespace.as_ref().is_none_or(|namespace| name.namespace.as_deref() == Some(namespace));
        // A name that the API server makes up is known by its beginning.
        let is_it = name.name == self.name || name.name.strip_suffix('*') == Some(&self.name);
        is_it && is_there
    }
}

/// What is wrong with a field, behind its path.
fn told(fault: &Fault) -> String {
    match &fault.mistake {
        Mistake::Value { .. } | Mistake::Refused(_) => format!("{}: {fault}", fault.path.dotted()),
        Mistake::UnknownField { .. } | Mistake::DuplicateKey { .. } => fault.to_string(),
    }
}

fn is_job(name: &ObjectName) -> bool {
    [Kind::Job, Kind::CronJob].iter().any(|kind| kind.name() == name.kind)
}

impl Found {
    fn planned(self, identities: &mut Identities<'_>, version: Version, assumed: Assumed) -> Planned {
        let identity = identities.of(self.whole);
        let plan = match self.what {
            What::Refused(causes) => Plan::Refused(causes),
            What::Job(job) => match &job.spec {
                Some(spec) => Plan::Job(Box::new(JobPlan::of(spec, assumed.run))),
                None => Plan::Refused(vec!["spec: Required value".to_owned()]),
            },
            What::CronJob(job) => {
                let plan = CronPlan::of(&job, assumed.run, assumed.ahead, version);
                match plan {
                    Some(plan) => Plan::CronJob(Box::new(plan)),
                    None => Plan::Refused(vec!["spec.jobTemplate.spec: Required value".to_owned()]),
                }
            }
        };
        Planned { name: self.name, span: self.span, plan, outdated: None, identity }
    }
}

impl Planned {
    /// Whether nothing good can come of it: it is refused, or can never complete.
    pub fn is_hopeless(&self) -> bool {
        match &self.plan {
            Plan::Refused(_) => true,
            Plan::Job(plan) => plan.hopeless.is_some(),
            Plan::CronJob(plan) => {
                let is_lost = plan.never_fires || plan.never_starts || !plan.refused_jobs.is_empty();
                let is_replaced = plan.overlap.is_some_and(|overlap| overlap.none_ends) && !plan.job.is_suspended;
                is_lost || is_replaced || plan.job.hopeless.is_some()
            }
        }
    }
}
