//! The registry: every rule stands in two lines, once as a module and once in the list.

mod file_ignored_text;
mod file_syntax_error;
mod file_unreadable;
mod job_missing_backoff_limit;
mod job_parallelism_exceeds_completions;
mod job_restart_policy_always;
mod object_duplicate_key;
mod object_invalid_quantity;
mod object_missing_type;
mod object_unknown_field;
mod object_unknown_kind;
mod object_wrong_type;

use super::Rule;

/// All rules, by id.
pub static RULES: &[&Rule] = &[
    &file_ignored_text::RULE,
    &file_syntax_error::RULE,
    &file_unreadable::RULE,
    &job_missing_backoff_limit::RULE,
    &job_parallelism_exceeds_completions::RULE,
    &job_restart_policy_always::RULE,
    &object_duplicate_key::RULE,
    &object_invalid_quantity::RULE,
    &object_missing_type::RULE,
    &object_unknown_field::RULE,
    &object_unknown_kind::RULE,
    &object_wrong_type::RULE,
];
