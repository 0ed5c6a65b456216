//! Numbers of a Job, and what its completion mode makes of them.

use std::fmt;

use k8s_openapi::api::batch::v1::JobSpec;

use super::{INDEXED, NON_INDEXED};
use crate::validate::NOT_NEGATIVE;
use crate::validate::errors::Errors;
use crate::validate::field::Field;

/// The most pods at a time, and the most failed indexes, of an Indexed Job: the status lists them.
const MOST_INDEXES: i32 = 100_000;
/// The same for Jobs of more than [`MOST_INDEXES`] completions that count failures by index.
const MOST_INDEXES_OF_MANY: i32 = 10_000;

/// None of the numbers may be negative.
pub(super) fn counts(spec: &JobSpec, field: &Field<'_>, errors: &mut Errors) {
    let counts = [
        ("parallelism", spec.parallelism.map(i64::from)),
        ("completions", spec.completions.map(i64::from)),
        ("activeDeadlineSeconds", spec.active_deadline_seconds),
        ("backoffLimit", spec.backoff_limit.map(i64::from)),
        ("ttlSecondsAfterFinished", spec.ttl_seconds_after_finished.map(i64::from)),
        ("backoffLimitPerIndex", spec.backoff_limit_per_index.map(i64::from)),
        ("maxFailedIndexes", spec.max_failed_indexes.map(i64::from)),
    ];
    for (name, count) in counts {
        if let Some(count) = count.filter(|&count| count < 0) {
            errors.invalid(&field.name(name), count, NOT_NEGATIVE);
        }
    }
    if spec.max_failed_indexes.is_some() && spec.backoff_limit_per_index.is_none() {
        errors.required(&field.name("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
    }
}

/// What goes with `Indexed` only, and the limits there.
pub(super) fn completion_mode(spec: &JobSpec, completions: Option<i32>, field: &Field<'_>, errors: &mut Errors) {
    match spec.completion_mode.as_deref() {
        Some(INDEXED) => indexed(spec, completions, field, errors),
        None | Some(NON_INDEXED) => {
            for (name, count) in
                [("backoffLimitPerIndex", spec.backoff_limit_per_index), ("maxFailedIndexes", spec.max_failed_indexes)]
            {
                if let Some(count) = count {
                    errors.invalid(&field.name(name), count, "requires indexed completion mode").at_key();
                }
            }
        }
        Some(mode) => {
            errors.not_supported(&field.name("completionMode"), mode, &[NON_INDEXED, INDEXED]);
        }
    }
}

fn indexed(spec: &JobSpec, completions: Option<i32>, field: &Field<'_>, errors: &mut Errors) {
    if completions.is_none() {
        errors.required(&field.name("completions"), "when completion mode is Indexed");
    }
    let detail = format_args!("{MOST_INDEXES} when completion mode is Indexed");
    at_most(spec.parallelism, MOST_INDEXES, detail, &field.name("parallelism"), errors);
    let at = field.name("maxFailedIndexes");
    if let Some(completions) = completions {
        at_most(spec.max_failed_indexes, completions, format_args!("completions"), &at, errors);
    }
    at_most(spec.max_failed_indexes, MOST_INDEXES, format_args!("{MOST_INDEXES}"), &at, errors);
    let is_many = completions.is_some_and(|completions| completions > MOST_INDEXES);
    if is_many && spec.backoff_limit_per_index.is_some() {
        indexed_with_many(spec, field, errors);
    }
}

/// The limits of Jobs of very many completions that count failures by index.
fn indexed_with_many(spec: &JobSpec, field: &Field<'_>, errors: &mut Errors) {
    if spec.max_failed_indexes.is_none() {
        let detail = format!("must be specified when completions is above {MOST_INDEXES}");
        errors.required(&field.name("maxFailedIndexes"), &detail);
    }
    for (name, count) in [("parallelism", spec.parallelism), ("maxFailedIndexes", spec.max_failed_indexes)] {
        let detail = format_args!(
            "{MOST_INDEXES_OF_MANY} when completions are above {MOST_INDEXES} and used with backoff limit per index"
        );
        at_most(count, MOST_INDEXES_OF_MANY, detail, &field.name(name), errors);
    }
}

/// A number may not be above another, which the API server calls so.
fn at_most(count: Option<i32>, most: i32, called: fmt::Arguments<'_>, field: &Field<'_>, errors: &mut Errors) {
    if let Some(count) = count.filter(|&count| count > most) {
        errors.invalid(field, count, format!("must be less than or equal to {called}"));
    }
}
