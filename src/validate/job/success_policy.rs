//! `successPolicy`: when an Indexed Job has succeeded although not all of its indexes have.

use std::ops::Range;

use k8s_openapi::api::batch::v1::{SuccessPolicy, SuccessPolicyRule};

use serde::Serialize;

use crate::rbac::quoted::quoted;
use crate::validate::NOT_NEGATIVE;
use crate::validate::errors::Errors;
use crate::validate::field::Field;

const MOST_RULES: usize = 20;
const LONGEST_INDEXES: usize = 64 * 1024;

/// A policy as the API server prints it: as the structure that it has inside.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Printed<'a> {
    rules: Option<Vec<PrintedRule<'a>>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct PrintedRule<'a> {
    succeeded_indexes: Option<&'a str>,
    succeeded_count: Option<i32>,
}

impl<'a> From<&'a SuccessPolicy> for Printed<'a> {
    fn from(policy: &'a SuccessPolicy) -> Self {
        let rule = |rule: &'a SuccessPolicyRule| PrintedRule {
            succeeded_indexes: rule.succeeded_indexes.as_deref(),
            succeeded_count: rule.succeeded_count,
        };
        Self { rules: (!policy.rules.is_empty()).then(|| policy.rules.iter().map(rule).collect()) }
    }
}

pub(super) fn success_policy(policy: &SuccessPolicy, completions: i32, field: &Field<'_>, errors: &mut Errors) {
    let field = field.name("rules");
    if policy.rules.is_empty() {
        errors.required(&field, "at least one rules must be specified when the successPolicy is specified");
    }
    if policy.rules.len() > MOST_RULES {
        errors.too_many(&field, policy.rules.len(), MOST_RULES).at_key();
    }
    for (index, one) in policy.rules.iter().enumerate() {
        rule(one, completions, &field.index(index), errors);
    }
}

fn rule(rule: &SuccessPolicyRule, completions: i32, field: &Field<'_>, errors: &mut Errors) {
    if rule.succeeded_count.is_none() && rule.succeeded_indexes.is_none() {
        errors.required(field, "at least one of succeededCount or succeededIndexes must be specified");
    }
    let indexes = rule.succeeded_indexes.as_deref();
    let total = indexes.map(|indexes| succeeded_indexes(indexes, completions, &field.name("succeededIndexes"), errors));
    let Some(count) = rule.succeeded_count else { return };
    let field = field.name("succeededCount");
    if count < 0 {
        errors.invalid(&field, count, NOT_NEGATIVE);
    }
    if count > completions {
        let detail = format!("must be less than or equal to {completions} (the number of specified completions)");
        errors.invalid(&field, count, detail);
    }
    if let Some(total) = total.filter(|&total| i64::from(count) > total) {
        let detail = format!(
            "must be less than or equal to {total} (the number of indexes in the specified succeededIndexes field)"
        );
        errors.invalid(&field, count, detail);
    }
}

/// Checks a list of indexes and intervals. Returns how many indexes it names: none where it cannot be read.
fn succeeded_indexes(text: &str, completions: i32, field: &Field<'_>, errors: &mut Errors) -> i64 {
    if text.len() > LONGEST_INDEXES {
        errors.too_long(field, LONGEST_INDEXES);
    }
    match count_indexes(text, i64::from(completions)) {
        Ok(count) => count,
        Err((message, range)) => {
            errors.invalid(field, text, format!("error parsing succeededIndexes: {message}")).within(range);
            0
        }
    }
}

/// What is wrong with a list of indexes, and where.
type Fault = (String, Range<usize>);

/// `validateIndexesFormat`.
fn count_indexes(text: &str, completions: i64) -> Result<i64, Fault> {
    let (mut start, mut total, mut last) = (0, 0, None);
    if text.is_empty() {
        return Ok(0);
    }
    for piece in text.split(',') {
        let range = start..start + piece.len();
        start = range.end + 1;
        let (from, to) = interval(piece, completions).map_err(|message| (message, range.clone()))?;
        if let Some(previous) = last.filter(|&previous| previous >= from) {
            return Err((format!("non-increasing order, previous: {previous}, current: {from}"), range));
        }
        total += to - from + 1;
        last = Some(to);
    }
    Ok(total)
}

/// `parseIndexInterval`: `3` or `3-5`.
fn interval(text: &str, completions: i64) -> Result<(i64, i64), String> {
    let mut limits = text.split('-');
    let (first, second) = (limits.next().unwrap_or_default(), limits.next());
    if limits.next().is_some() {
        return Err(format!(
            "the fragment {} violates the requirement that an index interval can have at most two parts separated \
             by '-'",
            quoted(text)
        ));
    }
    let from = index(first, completions)?;
    let Some(second) = second else { return Ok((from, from)) };
    let to = index(second, completions)?;
    if from >= to {
        return Err(format!("non-increasing order, previous: {from}, current: {to}"));
    }
    Ok((from, to))
}

fn index(text: &str, completions: i64) -> Result<i64, String> {
    let number: i64 =
        text.parse().map_err(|_| format!("cannot convert string to integer for index: {}", quoted(text)))?;
    if number >= completions { Err(format!("too large index: {}", quoted(text))) } else { Ok(number) }
}
