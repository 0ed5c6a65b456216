//! What a Job says that cannot be changed once it is there, and what of it has changed all the same
//! (`ValidateJobSpecUpdate` in pkg/apis/batch/validation of Kubernetes).

mod template;

use k8s_openapi::api::batch::v1::{Job, JobSpec};
use serde::Serialize;
use serde_json::Value;

use crate::catalog::Version;
use crate::diagnostic::ObjectName;
use crate::manifest::{JobFacts, Written};
use crate::source::Span;

/// Since when a suspended Job may get other resources (`MutablePodResourcesForSuspendedJobs`).
const RESOURCES_WHILE_SUSPENDED: u16 = 36;

/// The fields that never change, but for the template and the completions.
const FIELDS: [&str; 6] =
    ["selector", "completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy"];

/// What is kept of a Job.
#[derive(Clone, Debug)]
pub(in crate::query::diff) struct JobState {
    pub(in crate::query::diff) name: ObjectName,
    /// Where its name stands.
    pub(in crate::query::diff) span: Span,
    completions: Option<i32>,
    parallelism: Option<i32>,
    is_indexed: bool,
    is_suspended: bool,
    /// The values of [`FIELDS`], with the defaults.
    fields: [Value; FIELDS.len()],
    /// Without what is there by default.
    template: Value,
    /// Where each field stands, or where it should: those of [`FIELDS`], the completions, the template.
    places: Vec<Span>,
}

/// A field that has changed and cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::query::diff) struct FixedField {
    /// Its path, such as `spec.template.spec.containers[0].image`.
    pub(in crate::query::diff) path: String,
    /// Where it stands now.
    pub(in crate::query::diff) span: Span,
}

impl JobState {
    /// What matters of a Job; `None` of one that is another each time, or that is replaced when it is deployed again.
    pub(in crate::query::diff) fn of(name: &ObjectName, job: &Job, written: Written<'_>) -> Option<Self> {
        let has_name = job.metadata.name.as_ref().is_some_and(|name| !name.is_empty());
        if !has_name || JobFacts::of(job).makes_way {
            return None;
        }
        let spec = job.spec.as_ref()?;
        let is_alone = spec.completions.is_none() && spec.parallelism.is_none();
        let places =
            FIELDS.iter().chain(&["completions", "template"]).map(|field| written.place(&format!("spec.{field}")));
        Some(Self {
            name: name.clone(),
            span: written.place("metadata.name"),
            completions: if is_alone { Some(1) } else { spec.completions },
            parallelism: Some(spec.parallelism.unwrap_or(1)),
            is_indexed: spec.completion_mode.as_deref() == Some("Indexed"),
            is_suspended: spec.suspend == Some(true),
            fields: fields(spec),
            template: template::normal(&spec.template),
            places: places.collect(),
        })
    }

    /// What of an old state cannot become what a new one says.
    pub(in crate::query::diff) fn changed(&self, new: &Self, version: Version) -> Vec<FixedField> {
        let mut changed = Vec::new();
        let mut add = |path: String, index: usize| {
            changed.push(FixedField { path, span: new.places.get(index).copied().unwrap_or(new.span) });
        };
        for (index, ((field, old), now)) in FIELDS.iter().zip(&self.fields).zip(&new.fields).enumerate() {
            if old != now {
                add(format!("spec.{field}"), index);
            }
        }
        let is_elastic = new.is_indexed && new.completions == new.parallelism;
        if self.completions != new.completions && !is_elastic {
            add("spec.completions".to_owned(), FIELDS.len());
        }
        let is_larger = version.at_least(RESOURCES_WHILE_SUSPENDED);
        let templates = [&self.template, &new.template].map(|template| {
            if self.is_suspended { template::unscheduled(template, is_larger) } else { template.clone() }
        });
        let [old, now] = &templates;
        for path in template::differences(old, now) {
            add(format!("spec.template{path}"), FIELDS.len() + 1);
        }
        changed
    }
}

fn fields(spec: &JobSpec) -> [Value; FIELDS.len()] {
    [
        plain(&spec.selector),
        Value::from(spec.completion_mode.as_deref().unwrap_or("NonIndexed")),
        with_status(plain(&spec.pod_failure_policy)),
        plain(&spec.backoff_limit_per_index),
        plain(&spec.managed_by),
        plain(&spec.success_policy),
    ]
}

/// What is left out and what is empty is the same to the API server.
fn plain(value: &impl Serialize) -> Value {
    template::without_empty(serde_json::to_value(value).unwrap_or_default())
}

/// Conditions of pods are meant to be true where they do not say so (`SetDefaults_PodFailurePolicyOnPodConditionsPattern`).
fn with_status(mut policy: Value) -> Value {
    let rules = policy.get_mut("rules").and_then(Value::as_array_mut).into_iter().flatten();
    let patterns = rules.filter_map(|rule| rule.get_mut("onPodConditions")?.as_array_mut()).flatten();
    for pattern in patterns.filter_map(Value::as_object_mut) {
        pattern.entry("status").or_insert_with(|| Value::from("True"));
    }
    policy
}
