//! Labels by which a built-in ClusterRole was to take in a role, and does not.

use crate::diagnostic::{Category, Severity};
use crate::lint::aggregation_labels::{PREFIX, TAKERS};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::{AggregationLabel, RoleFacts};
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "role-aggregation-label-mistyped",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a label `aggregate-to-view`, `-edit` or `-admin` by which nothing is aggregated",
    page: include_str!("../../../rules/role-aggregation-label-mistyped.md"),
    check: Check::Role(check),
};

/// Domains that are taken for the one of the labels: the first is that of an annotation of roles.
const DOMAINS: [&str; 4] =
    ["rbac.authorization.kubernetes.io", "rbac.k8s.io", "rbac.kubernetes.io", "authorization.k8s.io"];

/// How people lengthen the names of the takers.
const ENDINGS: [&str; 6] = ["er", "ers", "or", "ors", "istrator", "istrators"];

/// Longer keys are not compared.
const LONGEST: usize = 80;

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    for label in &role.facts.aggregation_labels {
        if role.facts.role.namespace.is_some() {
            of_role(role, label, sink);
        } else if !role.index.selected_labels().take(&label.key, &label.value) {
            of_cluster_role(role, label, sink);
        }
    }
}

fn of_role(role: &InSet<'_, RoleFacts>, label: &AggregationLabel, sink: &mut Sink<'_>) {
    if label.key.starts_with(PREFIX) || role.index.selected_labels().take(&label.key, &label.value) {
        sink.report(label.key_place, "a Role is never taken in: only ClusterRoles are")
            .help("make it a ClusterRole, which a RoleBinding can hand out too; or remove the label");
    }
}

fn of_cluster_role(role: &InSet<'_, RoleFacts>, label: &AggregationLabel, sink: &mut Sink<'_>) {
    let (key, value) = (label.key.as_str(), label.value.as_str());
    let is_known = key.strip_prefix(PREFIX).is_some_and(|taker| TAKERS.contains(&taker));
    // This says what it means.
    let is_off = value == "false";
    if is_known && value != "true" && !is_off {
        let message = format!("`{}` is not `true`: nothing takes in this ClusterRole by it", excerpt(value));
        sink.report(label.value_place, message).help("write `\"true\"`, with the quotes");
    } else if !is_known
        && !role.index.selected_labels().have(key)
        && let Some(taker) = meant(key)
    {
        sink.report(label.key_place, "no ClusterRole takes in others by this label")
            .help(format!("did you mean `{PREFIX}{taker}`?"));
    }
}

/// Which ClusterRole was probably meant to take in those with a label.
fn meant(key: &str) -> Option<&'static str> {
    if key.len() > LONGEST {
        return None;
    }
    let Some(written) = key.strip_prefix(PREFIX) else {
        let is_elsewhere = |taker: &&str| DOMAINS.iter().any(|domain| key == format!("{domain}/aggregate-to-{taker}"));
        if let Some(taker) = TAKERS.into_iter().find(is_elsewhere) {
            return Some(taker);
        }
        let is_near =
            |taker: &&str| key.ends_with(*taker) && strsim::osa_distance(key, &format!("{PREFIX}{taker}")) <= 3;
        return TAKERS.into_iter().find(is_near);
    };
    let written = written.to_ascii_lowercase();
    let is_near = |taker: &&str| {
        let is_longer = written.strip_prefix(*taker).is_some_and(|rest| ENDINGS.contains(&rest));
        let is_slip = written.chars().all(char::is_alphabetic) && strsim::osa_distance(&written, taker) <= 1;
        is_longer || is_slip
    };
    TAKERS.into_iter().find(is_near)
}
