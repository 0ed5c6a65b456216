//! `rolecall plan`: what Jobs and CronJobs are said to do.

mod command;
mod cron_jobs;
mod jobs;

use std::fs;

use serde_json::Value;

use crate::scratch::{Run, run};

/// Plans one file of these manifests, with more arguments.
fn plan(manifests: &str, args: &[&str]) -> Run {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("a.yaml"), manifests).unwrap();
    run(directory.path(), &[&["plan", "a.yaml"], args].concat())
}

/// The only plan of one file, as JSON.
fn planned(manifests: &str, args: &[&str]) -> Value {
    let run = plan(manifests, &[args, &["-o", "json"]].concat());
    let value: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.error));
    assert_eq!(value["plans"].as_array().unwrap().len(), 1);
    value["plans"][0].clone()
}

/// A Job with these fields, written in one line, and this restart policy.
fn job(fields: &str, restart_policy: &str) -> String {
    let comma = if fields.is_empty() { "" } else { ", " };
    format!(
        "apiVersion: batch/v1
kind: Job
metadata: {{name: job, namespace: shop}}
spec: {{{fields}{comma}template: {{spec: {{restartPolicy: {restart_policy}, containers: [{{name: main, image: i}}]}}}}}}
"
    )
}

/// A CronJob with this schedule and these fields, each of whose Jobs is a single pod.
fn cron_job(schedule: &str, fields: &str) -> String {
    format!(
        "apiVersion: batch/v1
kind: CronJob
metadata: {{name: nightly, namespace: shop}}
spec:
  schedule: '{schedule}'
  {fields}
  jobTemplate: {{spec: {{template: {{spec: {{restartPolicy: Never, containers: [{{name: main, image: i}}]}}}}}}}}
"
    )
}
