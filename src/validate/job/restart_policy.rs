//! `restartPolicy` of a Job's pods: they have to come to an end.

use k8s_openapi::api::batch::v1::JobSpec;

use crate::validate::errors::Errors;
use crate::validate::field::Field;

pub(super) fn restart_policy(spec: &JobSpec, field: &Field<'_>, errors: &mut Errors) {
    let template = field.name("template");
    let pod = template.name("spec");
    let field = pod.name("restartPolicy");
    // One that is left out is `Always` by default.
    let policy = spec.template.spec.as_ref().and_then(|pod| pod.restart_policy.as_deref()).unwrap_or_default();
    match policy {
        "" | "Always" => {
            errors.required(&field, "valid values: \"OnFailure\", \"Never\"");
        }
        "Never" => {}
        "OnFailure" if spec.pod_failure_policy.is_none() => {}
        "OnFailure" => {
            errors.invalid(&field, policy, "only \"Never\" is supported when podFailurePolicy is specified");
        }
        _ => {
            errors.not_supported(&field, policy, &["OnFailure", "Never"]);
        }
    }
}
