//! The registry: every rule stands in two lines, once as a module and once in the list.

mod binding_dangling_role;
mod binding_duplicate_subject;
mod binding_invalid_role_ref;
mod binding_missing_role;
mod binding_without_subjects;
mod cronjob_invalid_concurrency_policy;
mod cronjob_invalid_count;
mod cronjob_invalid_schedule;
mod cronjob_invalid_time_zone;
mod cronjob_name_too_long;
mod file_ignored_text;
mod file_syntax_error;
mod file_unreadable;
mod job_invalid_count;
mod job_invalid_indexed;
mod job_invalid_managed_by;
mod job_invalid_pod_failure_policy;
mod job_invalid_pod_replacement_policy;
mod job_invalid_restart_policy;
mod job_invalid_selector;
mod job_invalid_success_policy;
mod job_missing_backoff_limit;
mod job_name_breaks_pods;
mod job_parallelism_exceeds_completions;
mod job_restart_policy_always;
mod object_duplicate_key;
mod object_invalid_annotation;
mod object_invalid_finalizer;
mod object_invalid_label;
mod object_invalid_name;
mod object_invalid_owner_reference;
mod object_invalid_quantity;
mod object_missing_type;
mod object_unknown_field;
mod object_unknown_kind;
mod object_wrong_type;
mod pod_invalid_container;
mod pod_invalid_environment;
mod pod_invalid_port;
mod pod_invalid_probe;
mod pod_invalid_resources;
mod pod_invalid_scheduling;
mod pod_invalid_security_context;
mod pod_invalid_spec;
mod pod_invalid_volume;
mod pod_invalid_volume_mount;
mod role_aggregated_with_rules;
mod role_aggregation_selects_nothing;
mod role_cluster_resource_in_namespace;
mod role_invalid_aggregation;
mod role_invalid_rule;
mod role_malformed_api_group;
mod role_malformed_url;
mod role_partial_wildcard;
mod role_removed_resource;
mod role_resource_name_never_matches;
mod role_resource_name_with_list;
mod role_slash_wildcard;
mod role_special_verb_elsewhere;
mod role_unknown_resource;
mod role_unknown_subresource;
mod role_unknown_verb;
mod role_url_of_resource;
mod role_url_out_of_reach;
mod role_verb_not_served;
mod role_wrong_api_group;
mod subject_invalid;
mod subject_missing_namespace;
mod subject_user_is_service_account;
mod subject_wrong_kind;
mod subject_wrong_namespace;
mod workload_missing_service_account;
mod workload_wrong_service_account;

use super::Rule;

/// All rules, by id.
pub static RULES: &[&Rule] = &[
    &binding_dangling_role::RULE,
    &binding_duplicate_subject::RULE,
    &binding_invalid_role_ref::RULE,
    &binding_missing_role::RULE,
    &binding_without_subjects::RULE,
    &cronjob_invalid_concurrency_policy::RULE,
    &cronjob_invalid_count::RULE,
    &cronjob_invalid_schedule::RULE,
    &cronjob_invalid_time_zone::RULE,
    &cronjob_name_too_long::RULE,
    &file_ignored_text::RULE,
    &file_syntax_error::RULE,
    &file_unreadable::RULE,
    &job_invalid_count::RULE,
    &job_invalid_indexed::RULE,
    &job_invalid_managed_by::RULE,
    &job_invalid_pod_failure_policy::RULE,
    &job_invalid_pod_replacement_policy::RULE,
    &job_invalid_restart_policy::RULE,
    &job_invalid_selector::RULE,
    &job_invalid_success_policy::RULE,
    &job_missing_backoff_limit::RULE,
    &job_name_breaks_pods::RULE,
    &job_parallelism_exceeds_completions::RULE,
    &job_restart_policy_always::RULE,
    &object_duplicate_key::RULE,
    &object_invalid_annotation::RULE,
    &object_invalid_finalizer::RULE,
    &object_invalid_label::RULE,
    &object_invalid_name::RULE,
    &object_invalid_owner_reference::RULE,
    &object_invalid_quantity::RULE,
    &object_missing_type::RULE,
    &object_unknown_field::RULE,
    &object_unknown_kind::RULE,
    &object_wrong_type::RULE,
    &pod_invalid_container::RULE,
    &pod_invalid_environment::RULE,
    &pod_invalid_port::RULE,
    &pod_invalid_probe::RULE,
    &pod_invalid_resources::RULE,
    &pod_invalid_scheduling::RULE,
    &pod_invalid_security_context::RULE,
    &pod_invalid_spec::RULE,
    &pod_invalid_volume::RULE,
    &pod_invalid_volume_mount::RULE,
    &role_aggregated_with_rules::RULE,
    &role_aggregation_selects_nothing::RULE,
    &role_cluster_resource_in_namespace::RULE,
    &role_invalid_aggregation::RULE,
    &role_invalid_rule::RULE,
    &role_malformed_api_group::RULE,
    &role_malformed_url::RULE,
    &role_partial_wildcard::RULE,
    &role_removed_resource::RULE,
    &role_resource_name_never_matches::RULE,
    &role_resource_name_with_list::RULE,
    &role_slash_wildcard::RULE,
    &role_special_verb_elsewhere::RULE,
    &role_unknown_resource::RULE,
    &role_unknown_subresource::RULE,
    &role_unknown_verb::RULE,
    &role_url_of_resource::RULE,
    &role_url_out_of_reach::RULE,
    &role_verb_not_served::RULE,
    &role_wrong_api_group::RULE,
    &subject_invalid::RULE,
    &subject_missing_namespace::RULE,
    &subject_user_is_service_account::RULE,
    &subject_wrong_kind::RULE,
    &subject_wrong_namespace::RULE,
    &workload_missing_service_account::RULE,
    &workload_wrong_service_account::RULE,
];
