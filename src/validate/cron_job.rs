//! CronJobs (`ValidateCronJobCreate` in pkg/apis/batch/validation/validation.go).

use k8s_openapi::api::batch::v1::{CronJob, CronJobSpec, JobSpec, JobTemplateSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::cron::{self, Schedule};
use super::errors::Errors;
use super::field::Field;
use super::metadata::Name;
use super::{Error, NOT_NEGATIVE, Validate, job, metadata, selector};
use crate::catalog::Version;

/// The longest name to which a dash and the time of a firing can be added: a Job's name may have 63 bytes.
const LONGEST_NAME: usize = 52;

impl Validate for CronJob {
    fn validate(&self, version: Version) -> Vec<Error> {
        let mut errors = Errors::new(version);
        metadata::object_meta(&self.metadata, metadata::SUBDOMAIN, true, &mut errors);
        cron_job_spec(&self.spec, &Field::of_object("spec"), &mut errors);
        name_length(&self.metadata, &mut errors);
        errors.into_errors()
    }
}

fn cron_job_spec(spec: &CronJobSpec, field: &Field<'_>, errors: &mut Errors) {
    schedule(&spec.schedule, &field.name("schedule"), errors);
    not_negative(spec.starting_deadline_seconds, &field.name("startingDeadlineSeconds"), errors);
    if let Some(name) = &spec.time_zone {
        cron::validate_time_zone(name, &field.name("timeZone"), errors);
    }
    // An empty one is `Allow`, as a missing one is.
    match spec.concurrency_policy.as_deref() {
        None | Some("" | "Allow" | "Forbid" | "Replace") => {}
        Some(policy) => {
            errors.not_supported(&field.name("concurrencyPolicy"), policy, &["Allow", "Forbid", "Replace"]);
        }
    }
    job_template(&spec.job_template, &field.name("jobTemplate"), errors);
    let history = spec.successful_jobs_history_limit.map(i64::from);
    not_negative(history, &field.name("successfulJobsHistoryLimit"), errors);
    let history = spec.failed_jobs_history_limit.map(i64::from);
    not_negative(history, &field.name("failedJobsHistoryLimit"), errors);
}

/// `validateScheduleFormat`. A time zone in the schedule is refused wherever `TZ` stands in it, and beside what else is
/// wrong with it.
fn schedule(text: &str, field: &Field<'_>, errors: &mut Errors) {
    if text.is_empty() {
        errors.required(field, "");
        return;
    }
    if let Err(error) = Schedule::parse(text) {
        errors.invalid(field, text, error.message).within(error.range);
    }
    if let Some(at) = text.find("TZ") {
        let detail = "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
        let (before, behind) = text.split_at_checked(at).unwrap_or((text, ""));
        let start = at - before.rsplit(char::is_whitespace).next().map_or(0, str::len);
        let end = at + behind.find(char::is_whitespace).unwrap_or(behind.len());
        errors.invalid(field, text, detail).within(start..end);
    }
}

fn not_negative(number: Option<i64>, field: &Field<'_>, errors: &mut Errors) {
    if let Some(number) = number.filter(|number| *number < 0) {
        errors.invalid(field, number, NOT_NEGATIVE);
    }
}

/// `ValidateJobTemplateSpec`.
fn job_template(template: &JobTemplateSpec, field: &Field<'_>, errors: &mut Errors) {
    let field = field.name("spec");
    let nothing = JobSpec::default();
    let spec = template.spec.as_ref().unwrap_or(&nothing);
    job::job_spec(spec, spec.completions, &field, errors);
    if let Some(selector) = &spec.selector {
        errors.invalid(&field.name("selector"), selector::Printed::from(selector), "`selector` will be auto-generated");
    }
    if spec.manual_selector == Some(true) {
        errors.not_supported(&field.name("manualSelector"), true, &["nil", "false"]);
    }
}

/// The name may not be longer than what is added to it leaves.
fn name_length(metadata: &ObjectMeta, errors: &mut Errors) {
    let name = Name::of(metadata);
    if name.text.len() > LONGEST_NAME {
        name.invalid(format!("must be no more than {LONGEST_NAME} characters"), errors);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rbac::quoted::quoted;
    use crate::validate::{At, Family, Part};
    use crate::yaml::path::Path;

    /// The errors of a CronJob with these fields of its spec: the field, the message, and the part that is meant.
    fn errors(name: &str, spec: &str) -> Vec<(String, String, Part)> {
        let pod = r#"{"spec": {"restartPolicy": "Never", "containers": [{"name": "c", "image": "i"}]}}"#;
        let spec = spec.replace("TEMPLATE", r#"{"spec": {"template": POD}}"#).replace("POD", pod);
        let job = format!(r#"{{"metadata": {{"name": "{name}"}}, "spec": {spec}}}"#);
        let job: CronJob = serde_json::from_str(&job).unwrap();
        let errors = job.validate(Version::NEWEST).into_iter();
        // What pods need is not told here.
        let errors = errors.filter(|error| !error.field.starts_with("spec.jobTemplate.spec.template."));
        errors.map(|error| (error.field.clone(), error.to_string(), error.at.part)).collect()
    }

    #[test]
    fn the_errors_come_in_the_order_of_the_api_server() {
        let spec = r#"{"schedule": "60 * * * *", "startingDeadlineSeconds": -1, "timeZone": "Mars/Olympus",
            "concurrencyPolicy": "forbid", "successfulJobsHistoryLimit": -2, "failedJobsHistoryLimit": -3,
            "jobTemplate": {"spec": {"manualSelector": true, "selector": {}, "template": POD}}}"#;
        let name = "a".repeat(53);
        let errors = errors(&name, spec);
        let told: Vec<_> = errors.iter().map(|(field, message, _)| format!("{field}: {message}")).collect();
        assert_eq!(
            told,
            [
                r#"spec.schedule: Invalid value: "60 * * * *": end of range (60) above maximum (59): 60"#.to_owned(),
                "spec.startingDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0".to_owned(),
                r#"spec.timeZone: Invalid value: "Mars/Olympus": unknown time zone Mars/Olympus"#.to_owned(),
                "spec.concurrencyPolicy: Unsupported value: \"forbid\": supported values: \"Allow\", \"Forbid\", \
                 \"Replace\""
                    .to_owned(),
                "spec.jobTemplate.spec.selector: Invalid value: {}: `selector` will be auto-generated".to_owned(),
                "spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: \"nil\", \"false\""
                    .to_owned(),
                "spec.successfulJobsHistoryLimit: Invalid value: -2: must be greater than or equal to 0".to_owned(),
                "spec.failedJobsHistoryLimit: Invalid value: -3: must be greater than or equal to 0".to_owned(),
                format!("metadata.name: Invalid value: \"{name}\": must be no more than 52 characters"),
            ]
        );
        assert_eq!(errors.first().unwrap().2, Part::Within(0..2));
    }

    #[test]
    fn a_time_zone_in_the_schedule_is_pointed_at_and_refused_beside_what_else_is_wrong() {
        const REFUSED: &str = "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
        for (schedule, expected) in [
            ("TZ=UTC 0 0 * * *", vec![(REFUSED, 0..6)]),
            ("CRON_TZ=Europe/Paris @daily", vec![(REFUSED, 0..20)]),
            (
                "TZ=Nowhere 0 0 * * *",
                vec![("provided bad location Nowhere: unknown time zone Nowhere", 3..10), (REFUSED, 0..10)],
            ),
            (
                "0 0 * *\u{3000}x-TZ",
                vec![
                    ("failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax", 10..11),
                    (REFUSED, 10..14),
                ],
            ),
        ] {
            let spec =
                format!(r#"{{"schedule": {}, "jobTemplate": TEMPLATE}}"#, serde_json::to_string(schedule).unwrap());
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(detail, range)| {
                    let value = quoted(schedule);
                    ("spec.schedule".to_owned(), format!("Invalid value: {value}: {detail}"), Part::Within(range))
                })
                .collect();
            assert_eq!(errors("c", &spec), expected);
        }
    }

    #[test]
    fn what_is_missing_or_empty_has_its_default_but_for_the_schedule() {
        let spec = r#"{"schedule": "", "concurrencyPolicy": "", "jobTemplate": {"spec": {"manualSelector": false, "template": POD}}}"#;
        assert_eq!(errors("c", spec), [("spec.schedule".to_owned(), "Required value".to_owned(), Part::Missing)]);
    }

    #[test]
    fn selectors_are_printed_as_go_has_them() {
        let spec = r#"{"schedule": "@daily", "jobTemplate": {"spec": {"template": POD, "selector": {
            "matchExpressions": [{"values": [], "operator": "Exists", "key": "b"}], "matchLabels": {"a": "x"}}}}}"#;
        let printed = r#"{"matchLabels":{"a":"x"},"matchExpressions":[{"key":"b","operator":"Exists"}]}"#;
        let message = format!("Invalid value: {printed}: `selector` will be auto-generated");
        assert_eq!(errors("c", spec), [("spec.jobTemplate.spec.selector".to_owned(), message, Part::Value)]);
    }

    #[test]
    fn names_that_the_api_server_generates_are_as_long_as_it_makes_them() {
        for (length, expected) in [(47, None), (48, Some(53)), (58, Some(63)), (200, Some(63))] {
            let metadata = ObjectMeta { generate_name: Some("a".repeat(length)), ..ObjectMeta::default() };
            let mut errors = Errors::new(Version::NEWEST);
            name_length(&metadata, &mut errors);
            let errors = errors.into_errors();
            let found = errors.first().map(|error| error.value.as_ref().unwrap().len() - 2);
            assert_eq!(found, expected, "{length}");
            for error in errors {
                assert_eq!(error.at, At { path: Path::parse("metadata.generateName"), part: Part::Value });
                assert_eq!((error.field.as_str(), error.family()), ("metadata.name", Family::CronJobName));
            }
        }
    }
}
