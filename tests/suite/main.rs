//! The tests of the whole, in one binary so that it is linked once.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a test may panic, read files and say what it counted"
)]

mod access_tests;
mod applied;
mod architecture;
mod belonging_rules;
mod built_in_rules;
mod can_i;
mod configuration;
mod conformance_authz;
mod conformance_decoding;
mod conformance_validation;
mod conformance_yaml;
mod corpus;
mod decoding;
mod dependencies;
mod determinism;
mod diff;
mod discovery;
mod escalate;
mod escalation_graph;
mod escalation_rules;
mod facts;
mod fixes;
mod fixing;
mod graph;
mod help;
mod hostile;
mod hostile_files;
mod job_habits;
mod job_rules;
mod json_docs;
mod json_schema;
mod kustomized;
mod manual;
mod mishaps;
mod packaging;
mod peers;
mod permissions;
mod plan;
mod policies;
mod power_rules;
mod rbac_rules;
mod reaching_rules;
mod reading;
mod readme;
mod rendered;
mod reports;
mod reviews;
mod revisions;
mod risk_rules;
mod rule_fixes;
mod rules;
mod scratch;
mod shell;
mod skipping;
mod subject_rules;
mod suggest;
mod suppression;
mod tidy_rules;
mod timings;
mod who_can;

/// Tells what was counted or left out, past the capture of a test's output: it is worth reading when all is well, too.
#[expect(clippy::explicit_write, reason = "what the macros print is captured")]
fn tell(what: &str) {
    use std::io::Write as _;

    writeln!(std::io::stderr(), "{what}").unwrap();
}
