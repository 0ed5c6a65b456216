//! Workloads whose ServiceAccount comes to everything, by way of what others hold.

use crate::diagnostic::{Category, Severity};
use crate::lint::chains::{self, End, Start};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::WorkloadFacts;

pub(super) static RULE: Rule = Rule {
    id: "workload-escalates-to-cluster-admin",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Pedantic,
    summary: "a workload whose ServiceAccount can get to `cluster-admin` by way of what others hold",
    page: include_str!("../../../rules/workload-escalates-to-cluster-admin.md"),
    check: Check::Workload(check),
};

fn check(workload: &InSet<'_, WorkloadFacts>, sink: &mut Sink<'_>) {
    chains::report(workload, Start::Workload, End::ClusterAdmin, sink);
}
