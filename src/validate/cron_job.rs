//! stub
use super::errors::Errors;
use super::field::Field;
use super::{Error, Validate, job, metadata};
use crate::catalog::Version;
use k8s_openapi::api::batch::v1::{CronJob, JobSpec};
impl Validate for CronJob {
    fn validate(&self, version: Version) -> Vec<Error> {
        let mut errors = Errors::new(version);
        metadata::object_meta(&self.metadata, metadata::SUBDOMAIN, true, &mut errors);
        let spec = Field::of_object("spec");
        let template = spec.name("jobTemplate");
        if let Some(spec) = &self.spec.job_template.spec {
            job::job_spec(spec, spec.completions, &template.name("spec"), &mut errors);
        }
        errors.into_errors()
    }
}
