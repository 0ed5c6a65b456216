//! When a CronJob fires, and what becomes of its Jobs.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use k8s_openapi::api::batch::v1::{CronJob, CronJobSpec, Job};

use super::job::{Hopeless, JobPlan};
use super::overlap::{Concurrency, Fate, Lasts, Overlap, overlap};
use crate::catalog::Version;
use crate::schedule::clock_changes::{repetition, skipped};
use crate::schedule::gaps::shortest_gap;
use crate::schedule::next;
use crate::validate::Validate as _;
use crate::validate::cron::Schedule;

/// So many firings after those that are told are played, too.
const LATER: usize = 100;

/// From when on a CronJob is looked at, and how far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// After when it fires.
    pub from: Timestamp,
    /// How many times.
    pub count: usize,
}

/// What a CronJob will do.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is true or not whatever the others are")]
pub struct CronPlan {
    /// Its schedule, as it is written.
    pub schedule: String,
    /// The time zone that it says; `None` where it is that of the controller.
    pub says_zone: Option<String>,
    /// The times at which it fires, or does not because the clock skips them: in order.
    pub moments: Vec<Moment>,
    /// Whether it never fires again.
    pub never_fires: bool,
    /// Whether it counts from when the CronJob is created (`@every`).
    pub counts_from_creation: bool,
    /// The shortest time from one firing to the next, changes of the clock among those that are played included.
    pub gap: Option<Duration>,
    /// Whether it does not fire for now.
    pub is_suspended: bool,
    /// What becomes of a Job while the one before it is running.
    pub concurrency: Concurrency,
    /// How many seconds late a Job may start; `None` for any.
    pub starting_deadline: Option<u64>,
    /// Whether no Job is ever started: each is found to be too late at once, as `startingDeadlineSeconds` says.
    pub never_starts: bool,
    /// How many Jobs that have succeeded are kept, and how many that have failed.
    pub kept: (u64, u64),
    /// What each Job does.
    pub job: JobPlan,
    /// How long each Job is taken to run, in seconds, and what comes of that; `None` where it is not known.
    pub overlap: Option<Overlap>,
    /// Why the API server refuses each Job, in its words, although it takes the CronJob.
    pub refused_jobs: Vec<String>,
}

/// A time at which a CronJob fires, or would fire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When it is; for a time that the clock skips, when it does so.
    pub at: Timestamp,
    /// What the clock shows.
    pub clock: DateTime,
    /// How far the clock is ahead of UTC, such as `+01:00`; empty where the time does not exist.
    pub offset: String,
    /// What is special about it.
    pub kind: MomentKind,
    /// What becomes of its Job, where it is known how long Jobs run.
    pub fate: Option<Fate>,
    /// The name of its Job; empty where there is none.
    pub job: String,
}

/// What is special about a time at which a CronJob fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MomentKind {
    /// Nothing.
    Plain,
    /// The clock shows it twice, and this is the first or the second time.
    Repeated(u8),
    /// The clock skips it: it does not come on that day.
    Skipped,
    /// Its Job would have the name of the one before, from the same minute, so that there is none.
    SameMinute,
}

impl CronPlan {
    /// What a CronJob will do; `None` where the API server refuses its schedule.
    pub fn of(cron_job: &CronJob, run: Option<u64>, ahead: Ahead, version: Version) -> Option<Self> {
        let spec = &cron_job.spec;
        let schedule = Schedule::parse(&spec.schedule).ok()?;
        let zone = spec.time_zone.as_deref().unwrap_or("UTC");
        let zone = TimeZoneDatabase::bundled().get(zone).ok()?;
        let job = JobPlan::of(spec.job_template.spec.as_ref()?, run);
        let given = cron_job.metadata.name.as_deref().filter(|name| !name.is_empty());
        // The API server makes up five characters.
        let made_up = |what: &str| format!("{}{what}", cron_job.metadata.generate_name.as_deref().unwrap_or_default());
        let (shown, name) =
            given.map_or_else(|| (made_up("*"), made_up("xxxxx")), |name| (name.to_owned(), name.to_owned()));
        let mut moments = moments(&schedule, &zone, ahead, &shown);
        let count = |number: Option<i32>, usual: u64| number.map_or(usual, |it| u64::try_from(it).unwrap_or_default());
        let mut plan = Self {
            schedule: spec.schedule.clone(),
            says_zone: spec.time_zone.clone(),
            never_fires: moments.iter().all(|moment| moment.kind == MomentKind::Skipped),
            counts_from_creation: matches!(schedule, Schedule::Every(_)),
            gap: None,
            is_suspended: spec.suspend == Some(true),
            concurrency: Concurrency::named(spec.concurrency_policy.as_deref()),
            starting_deadline: spec.starting_deadline_seconds.map(|it| u64::try_from(it).unwrap_or_default()),
            never_starts: spec.starting_deadline_seconds.is_some_and(looks_ahead),
            kept: (count(spec.successful_jobs_history_limit, 3), count(spec.failed_jobs_history_limit, 1)),
            overlap: None,
            refused_jobs: refused_jobs(spec, &name, ahead.from, version),
            moments: Vec::new(),
            job,
        };
        let last = moments.last().map_or(ahead.from, |last| last.at);
        let later = std::iter::successors(next(&schedule, &zone, last), |at| next(&schedule, &zone, *at));
        let later: Vec<_> = later.take(LATER).collect();
        let fired = moments.iter().filter(|moment| moment.kind != MomentKind::Skipped).map(|moment| moment.at);
        plan.gap = gap(&schedule, fired.chain(later.iter().copied()));
        if plan.never_starts {
            let due = moments.iter_mut().filter(|moment| moment.kind != MomentKind::Skipped);
            due.for_each(|moment| moment.fate = Some(Fate::Dropped));
        } else {
            plan.overlap = plan.lasts().map(|lasts| overlap(&plan, lasts, &mut moments, &later));
        }
        plan.moments = moments;
        Some(plan)
    }

    /// For how long a Job is there, where that is known: if all goes well, where it can.
    fn lasts(&self) -> Option<Lasts> {
        let Self { job, .. } = self;
        if job.shape.managed_by.is_some() {
            return None;
        }
        if job.is_suspended {
            return Some(Lasts::ForEver);
        }
        let cut = |length: u64| job.shape.deadline.map_or(length, |deadline| deadline.min(length));
        match job.hopeless {
            Some(Hopeless::NoPods) => Some(job.shape.deadline.map_or(Lasts::ForEver, Lasts::Seconds)),
            Some(Hopeless::DeadlineZero) => Some(Lasts::Seconds(0)),
            Some(Hopeless::PodDeadline) => match &job.failing {
                Some(failing) => Some(Lasts::Seconds(cut(failing.length.total(failing.run?)))),
                None => Some(job.shape.deadline.map_or(Lasts::ForEver, Lasts::Seconds)),
            },
            _ => Some(Lasts::Seconds(cut(job.success?.length.total(job.run?)))),
        }
    }

    /// The times at which it fires.
    pub fn firings(&self) -> impl Iterator<Item = &Moment> {
        self.moments.iter().filter(|moment| moment.kind != MomentKind::Skipped)
    }
}

/// Whether the controller looks for times that are due from now on, or from later on, so that it never finds one. Seconds
/// become nanoseconds in 64 bits, and go round where there are too many.
fn looks_ahead(starting_deadline: i64) -> bool {
    starting_deadline.wrapping_mul(1_000_000_000) <= 0
}

/// The shortest time from one firing to the next: by a clock that nobody sets, and of these.
fn gap(schedule: &Schedule, times: impl Iterator<Item = Timestamp>) -> Option<Duration> {
    let times: Vec<_> = times.collect();
    let steps = times.iter().zip(times.iter().skip(1)).map(|(one, next)| next.duration_since(*one).unsigned_abs());
    shortest_gap(schedule).map(|gap| steps.min().map_or(gap, |step| step.min(gap)))
}

fn moments(schedule: &Schedule, zone: &TimeZone, ahead: Ahead, name: &str) -> Vec<Moment> {
    let mut moments: Vec<Moment> = Vec::new();
    let mut after = ahead.from;
    for _ in 0..ahead.count {
        let Some(at) = next(schedule, zone, after) else { break };
        moments.extend(skipped_between(schedule, zone, after, at));
        let minute = at.as_second().div_euclid(60);
        let job = format!("{name}-{minute}");
        let is_same = moments.last().is_some_and(|last| last.job == job);
        let kind = match repetition(zone, at).filter(|_| is_at_hours(schedule)) {
            _ if is_same => MomentKind::SameMinute,
            Some(time) => MomentKind::Repeated(time),
            None => MomentKind::Plain,
        };
        let offset = zone.to_offset(at);
        let zoned = at.to_zoned(zone.clone());
        let offset_text = zoned.strftime("%:z").to_string();
        moments.push(Moment { at, clock: offset.to_datetime(at), offset: offset_text, kind, fate: None, job });
        after = at;
    }
    moments
}

/// The times that the clock skips, where a day without them is one without a firing that it should have.
fn skipped_between(schedule: &Schedule, zone: &TimeZone, after: Timestamp, until: Timestamp) -> Vec<Moment> {
    let Schedule::Calendar(calendar) = schedule else { return Vec::new() };
    if !is_at_hours(schedule) {
        return Vec::new();
    }
    let times = skipped(calendar, zone, after, until).into_iter();
    let moment = |(at, clock)| Moment {
        at,
        clock,
        offset: String::new(),
        kind: MomentKind::Skipped,
        fate: None,
        job: String::new(),
    };
    times.map(moment).collect()
}

/// Whether it fires at some hours only: what fires in each hour loses and gains nothing by a change of the clock.
fn is_at_hours(schedule: &Schedule) -> bool {
    match schedule {
        Schedule::Calendar(calendar) => calendar.hours.bits.count_ones() < 24,
        Schedule::Every(_) => false,
    }
}

/// Why the API server refuses a Job that is made of the template.
fn refused_jobs(spec: &CronJobSpec, name: &str, from: Timestamp, version: Version) -> Vec<String> {
    let mut metadata = spec.job_template.metadata.clone().unwrap_or_default();
    metadata.name = Some(format!("{name}-{}", from.as_second().div_euclid(60)));
    metadata.namespace = Some("default".to_owned());
    let job = Job { metadata, spec: spec.job_template.spec.clone(), ..Job::default() };
    job.validate(version).iter().map(|error| format!("{}: {error}", error.field)).collect()
}
