//! Jobs left to a controller of Kubernetes that does not exist.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink, advice};
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "job-unknown-manager",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "managedBy names a controller in a domain of Kubernetes that is not known there",
    page: include_str!("../../../rules/job-unknown-manager.md"),
    check: Check::JobTemplate(check),
};

/// Who is known to manage Jobs.
const KNOWN: [&str; 2] = ["kubernetes.io/job-controller", "kueue.x-k8s.io/multikueue"];

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    let Some(name) = job.spec().and_then(|spec| spec.managed_by.as_deref()) else { return };
    let Some((domain, _)) = name.split_once('/').filter(|_| !KNOWN.contains(&name)) else { return };
    let meant = advice::nearest(name, &KNOWN);
    // Whoever has a domain may have a controller. Projects beside Kubernetes have those below `x-k8s.io`.
    let is_of_kubernetes = ["kubernetes.io", "k8s.io"]
        .iter()
        .any(|own| domain.strip_suffix(own).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')));
    if meant.is_none() && !is_of_kubernetes {
        return;
    }
    let message = format!("no controller is known as `{}`, and that of Kubernetes leaves the Job alone", excerpt(name));
    let help = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "remove `managedBy` to leave the Job to the controller of Kubernetes".to_owned(),
    };
    sink.report(job.place("managedBy"), message).help(help).field(job.field("managedBy"));
}
