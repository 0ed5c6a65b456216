//! When a CronJob fires, and what becomes of its Jobs.

use super::super::table::{columns_of, padded};
use super::super::words;
use super::page::Page;
use super::phrases::{counted, spoken};
use crate::query::plan::{Concurrency, CronPlan, Fate, Lasts, Moment, MomentKind, Overlap};

pub(super) fn write(plan: &CronPlan, page: &mut Page) {
    let zone = match &plan.says_zone {
        Some(zone) => format!("in {}", words::shown(zone)),
        None => "in the time zone of kube-controller-manager, which is taken to be UTC here".to_owned(),
    };
    page.text(&format!("fires at `{}` {zone}", words::shown(&plan.schedule)));
    if plan.is_suspended {
        let unless = match plan.starting_deadline {
            Some(seconds) => format!(" if it is no more than {} ago", spoken(seconds)),
            None => String::new(),
        };
        page.fact(
            "Suspended",
            &format!("it does not fire until `suspend` is false; then the last time that was missed is made up for at once{unless}"),
        );
    }
    if plan.counts_from_creation {
        page.fact("Counts", "from when the CronJob is created, which is taken to be the time from which on is looked");
    }
    fires(plan, page);
    if plan.never_starts {
        let text = "the controller makes up for what was due less than `startingDeadlineSeconds` ago, and with this value \
                    that is nothing";
        page.fault("Never starts", text);
    } else {
        page.fact(plan.concurrency.name(), &concurrency(plan));
    }
    if let Some(seconds) = plan.starting_deadline.filter(|_| !plan.never_starts) {
        let text = format!("up to {} (`startingDeadlineSeconds`); what is later is given up", spoken(seconds));
        page.fact("Late", &text);
    }
    for (position, cause) in plan.refused_jobs.iter().enumerate() {
        let label = if position == 0 { "Refused" } else { "" };
        page.fault(label, &format!("each Job: {}", words::shown(cause)));
    }
    let (succeeded, failed) = plan.kept;
    let kept = |count: u64, what: &str| format!("{count} {what} {}", if count == 1 { "Job" } else { "Jobs" });
    page.fact("Kept", &format!("{} and {}, with their pods", kept(succeeded, "succeeded"), kept(failed, "failed")));
}

fn fires(plan: &CronPlan, page: &mut Page) {
    if plan.never_fires {
        let never = page.styles.bad("never");
        page.fact("Fires", &format!("{never}: no date of the next five years fits"));
        return;
    }
    let is_utc = plan.moments.iter().all(|moment| matches!(moment.offset.as_str(), "" | "+00:00"));
    let rows: Vec<_> = plan.moments.iter().map(|moment| cells(moment, is_utc)).collect();
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| columns_of(cell)).max();
    let width = |column: usize| widest(column).filter(|width| *width > 0).map_or(0, |width| width + 2);
    for (position, (row, moment)) in rows.iter().zip(&plan.moments).enumerate() {
        let cells = row.iter().enumerate().map(|(column, cell)| padded(cell, width(column)));
        let line: String = cells.collect();
        let line = if moment.kind == MomentKind::Skipped { format!("{}  ", line.trim_end()) } else { line };
        let (plain, note) = note(moment, page);
        let label = if position == 0 { "Fires" } else { "" };
        if page.fits(columns_of(&line) + columns_of(&plain)) {
            page.row(label, &format!("{line}{note}"));
        } else {
            page.row(label, &line);
            page.row("", &format!("  {note}"));
        }
    }
}

/// What is told of a time: what the clock shows, what it is in UTC, and the name of its Job.
fn cells(moment: &Moment, is_utc: bool) -> [String; 3] {
    let clock = moment.clock.strftime("%a %Y-%m-%d %H:%M").to_string();
    let seconds = moment.clock.second();
    let clock = if seconds == 0 { clock } else { format!("{clock}:{seconds:02}") };
    let job = words::shown(&moment.job);
    if is_utc {
        return [format!("{clock} UTC"), String::new(), job];
    }
    let utc = moment.at.strftime("%Y-%m-%dT%H:%MZ").to_string();
    let utc = if moment.kind == MomentKind::Skipped { String::new() } else { utc };
    [format!("{clock} {}", moment.offset), utc, job]
}

/// What there is to be said of a time: plain, to be measured, and as it is shown.
fn note(moment: &Moment, page: &Page) -> (String, String) {
    let special = match moment.kind {
        MomentKind::Plain => None,
        MomentKind::Repeated(1) => Some("the clock shows it twice: first time"),
        MomentKind::Repeated(_) => Some("the clock shows it twice: second time"),
        MomentKind::Skipped => Some("the clock skips it: does not fire"),
        MomentKind::SameMinute => Some("no second Job of that name"),
    };
    let fate = match moment.fate {
        None | Some(Fate::Starts(0 | 1)) => None,
        Some(Fate::Starts(running)) => Some(format!("{running} run at once")),
        Some(Fate::StartsAt(at)) => {
            let late = u64::try_from(at.duration_since(moment.at).as_secs()).unwrap_or_default();
            Some(format!("starts {} late", spoken(late)))
        }
        Some(Fate::Dropped) => Some("never starts".to_owned()),
        Some(Fate::ReplacedAfter(seconds)) => Some(format!("deleted after {}", spoken(seconds))),
    };
    let is_bad = matches!(moment.fate, Some(Fate::Dropped | Fate::ReplacedAfter(_)));
    let notes: Vec<_> = special.map(str::to_owned).into_iter().chain(fate).collect();
    let plain = notes.join("; ");
    let shown = match plain.as_str() {
        "" => String::new(),
        plain if is_bad => page.styles.bad(plain),
        plain => page.styles.unsure(plain),
    };
    (plain, shown)
}

fn concurrency(plan: &CronPlan) -> String {
    let rule = match plan.concurrency {
        Concurrency::Allow => "a Job starts whether or not others run",
        Concurrency::Forbid => {
            "while a Job runs no other starts; when it has ended, the last one that was due by then starts late"
        }
        Concurrency::Replace => "a Job that still runs when the next one is due is deleted",
    };
    let gap = plan.gap.map(|gap| spoken(gap.as_secs()));
    match (&plan.overlap, gap) {
        (_, None) => rule.to_owned(),
        (Some(overlap), Some(gap)) => {
            let each = each(plan, overlap);
            let comes = match plan.concurrency {
                Concurrency::Allow if overlap.job == Lasts::ForEver => "more and more of them pile up".to_owned(),
                Concurrency::Allow if overlap.most > 1 => format!("up to {} run at a time", overlap.most),
                Concurrency::Forbid if overlap.job == Lasts::ForEver => {
                    "after the first one no other starts".to_owned()
                }
                Concurrency::Forbid if overlap.late + overlap.dropped > 0 => {
                    let late = u64::try_from(overlap.late).unwrap_or_default();
                    format!("{} late, {} never", counted(late, "of these starts", "of these start"), overlap.dropped)
                }
                Concurrency::Replace if overlap.none_ends => "none of these comes to its end".to_owned(),
                Concurrency::Replace if overlap.replaced > 0 => {
                    let replaced = u64::try_from(overlap.replaced).unwrap_or_default();
                    format!("{} deleted before its end", counted(replaced, "of these is", "of these are"))
                }
                _ => "no two of these meet".to_owned(),
            };
            format!("{rule}. {each}, and are due {gap} apart at the least: {comes}")
        }
        (None, Some(gap)) if plan.job.shape.managed_by.is_some() => {
            format!("{rule}. They are due {gap} apart at the least")
        }
        (None, Some(gap)) => {
            format!("{rule}. They are due {gap} apart at the least; `--duration` tells what comes of it")
        }
    }
}

/// How long each Job is there.
fn each(plan: &CronPlan, overlap: &Overlap) -> String {
    match overlap.job {
        Lasts::ForEver if plan.job.is_suspended => {
            "They are made suspended, stay unfinished until somebody resumes them".to_owned()
        }
        Lasts::ForEver => "They never end".to_owned(),
        Lasts::Seconds(seconds) if plan.job.hopeless.is_some() => format!("They fail after {} each", spoken(seconds)),
        Lasts::Seconds(seconds) => format!("They take {} each if all goes well", spoken(seconds)),
    }
}
