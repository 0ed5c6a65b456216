//! What Jobs and CronJobs will do, as people read it.

use super::super::excerpt::place;
use super::super::unread::unread;
use super::super::words;
use super::drawing::Signs;
use super::page::Page;
use super::phrases::spoken;
use super::{cron, identity, job};
use crate::query::plan::{Outdated, Plan, Planned, Plans};
use crate::report::Look;

/// All plans, as text.
pub fn human(plans: &Plans, look: Look, signs: Signs) -> String {
    let mut page = Page::new(look, signs);
    for (position, planned) in plans.planned.iter().enumerate() {
        if position > 0 {
            page.line("");
        }
        one(plans, planned, &mut page);
    }
    assumed(plans, &mut page);
    let styles = page.styles;
    page.into_text() + &unread(&plans.access, styles)
}

/// What all of it rests on.
fn assumed(plans: &Plans, page: &mut Page) {
    let run = plans.planned.iter().find_map(|planned| match &planned.plan {
        Plan::Refused(_) => None,
        Plan::Job(plan) => Some(plan.run),
        Plan::CronJob(plan) => Some(plan.job.run),
    });
    let Some(run) = run else { return };
    let run = match run {
        Some(run) => format!("Each pod is taken to run for {}, whether it succeeds or fails.", spoken(run)),
        None => "A run is the time that a pod runs, until it succeeds or fails: `--duration 5m` says how long that is."
            .to_owned(),
    };
    page.line("");
    page.text(&format!(
        "{run} Left out is what depends on the cluster: finding a node, pulling images, noticing an end."
    ));
}

fn one(plans: &Plans, planned: &Planned, page: &mut Page) {
    let name = page.styles.strong(&words::shown(&planned.name.to_string()));
    let place = page.styles.dim(&place(plans.access.sources(), planned.span));
    page.line(&format!("{name}  {place}"));
    if let Some(outdated) = &planned.outdated {
        let (note, served) = (page.styles.unsure("note"), &planned.name.api_version);
        let Outdated { api_version, since, .. } = outdated;
        page.text(&format!(
            "{note}: the API server refuses it since Kubernetes 1.{since}, which does not serve `{api_version}` any more: \
             it is planned as `{served}`"
        ));
    }
    match &planned.plan {
        Plan::Refused(causes) => {
            let refused = page.styles.bad("refused");
            page.text(&format!("{refused}: the API server does not take it, so that there is nothing to plan"));
            for cause in causes {
                page.text(&format!("- {}", words::shown(cause)));
            }
            return;
        }
        Plan::Job(plan) => job::write(plan, false, page),
        Plan::CronJob(plan) => {
            cron::write(plan, page);
            page.line("Each Job");
            page.set_indent(2);
            job::write(&plan.job, true, page);
            page.set_indent(0);
        }
    }
    if let Some(identity) = &planned.identity {
        identity::write(identity, page);
    }
}
