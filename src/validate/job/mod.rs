//! Jobs, and the Jobs that CronJobs make (pkg/apis/batch/validation/validation.go of Kubernetes).

mod counts;
mod failure_policy;
mod generated;
mod managed_by;
mod restart_policy;
mod success_policy;

use k8s_openapi::api::batch::v1::{Job, JobSpec};

use super::errors::Errors;
use super::field::Field;
use super::metadata::Name;
use super::{Error, Validate, metadata, names, pod};
use crate::catalog::Version;
use generated::Generated;

const INDEXED: &str = "Indexed";
const NON_INDEXED: &str = "NonIndexed";

impl Validate for Job {
    fn validate(&self, version: Version) -> Vec<Error> {
        let mut errors = Errors::new(version);
        let generated = Generated::of(self);
        metadata::object_meta(&self.metadata, metadata::SUBDOMAIN, true, &mut errors);
        generated.copied_labels(&mut errors);
        generated.contradictions(&mut errors);
        let empty = JobSpec::default();
        let spec = self.spec.as_ref().unwrap_or(&empty);
        let completions = completions(spec);
        job_spec(spec, completions, &Field::of_object("spec"), &mut errors);
        generated.pod_labels(&mut errors);
        generated.selection(&mut errors);
        if let Some(completions) = completions.filter(|_| is_indexed(spec)) {
            pod_names(self, completions, &mut errors);
        }
        errors.into_errors()
    }
}

/// How many completions a Job needs (`SetDefaults_Job`). The Jobs of a CronJob get the default only when they are made.
fn completions(spec: &JobSpec) -> Option<i32> {
    spec.completions.or_else(|| spec.parallelism.is_none().then_some(1))
}

/// `validateJobSpec`: everything that a Job has in common with the template of a CronJob.
pub(super) fn job_spec(spec: &JobSpec, completions: Option<i32>, field: &Field<'_>, errors: &mut Errors) {
    counts::counts(spec, field, errors);
    // A field whose gate is off is dropped before anybody looks at it: `JobManagedBy` is on since 1.32,
    // `JobSuccessPolicy` since 1.31.
    if let Some(manager) = spec.managed_by.as_ref().filter(|_| errors.version().at_least(32)) {
        managed_by::managed_by(manager, &field.name("managedBy"), errors);
    }
    counts::completion_mode(spec, completions, field, errors);
    if let Some(policy) = &spec.pod_failure_policy {
        failure_policy::failure_policy(policy, spec, &field.name("podFailurePolicy"), errors);
    }
    if let Some(policy) = spec.success_policy.as_ref().filter(|_| errors.version().at_least(31)) {
        let field = field.name("successPolicy");
        if is_indexed(spec) {
            success_policy::success_policy(policy, completions.unwrap_or_default(), &field, errors);
        } else {
            errors.invalid(&field, success_policy::Printed::from(policy), "requires indexed completion mode").at_key();
        }
    }
    pod_replacement_policy(spec, &field.name("podReplacementPolicy"), errors);
    pod::pod_template(&spec.template, &field.name("template"), errors);
    restart_policy::restart_policy(spec, field, errors);
}

fn is_indexed(spec: &JobSpec) -> bool {
    spec.completion_mode.as_deref() == Some(INDEXED)
}

fn pod_replacement_policy(spec: &JobSpec, field: &Field<'_>, errors: &mut Errors) {
    const FAILED: &str = "Failed";
    let Some(policy) = spec.pod_replacement_policy.as_deref() else { return };
    let supported: &[&str] =
        if spec.pod_failure_policy.is_some() { &[FAILED] } else { &[FAILED, "TerminatingOrFailed"] };
    if !supported.contains(&policy) {
        errors.not_supported(field, policy, supported);
    }
}

/// The name of the last pod of an Indexed Job has to be the name of a host.
fn pod_names(job: &Job, completions: i32, errors: &mut Errors) {
    if completions <= 0 {
        return;
    }
    let name = Name::of(&job.metadata);
    let last = format!("{}-{}", name.text, completions - 1);
    if !names::dns_label(&last).is_empty() {
        name.invalid(format!("will not able to create pod with invalid DNS label: {last}"), errors);
    }
}
