//! The registry: every rule stands in two lines, once as a module and once in the list.

mod binding_admin_everywhere;
mod binding_dangling_role;
mod binding_duplicate_subject;
mod binding_invalid_role_ref;
mod binding_missing_role;
mod binding_of_component_role;
mod binding_redundant;
mod binding_to_cluster_admin;
mod binding_without_subjects;
mod cronjob_clock_change;
mod cronjob_day_of_month_and_week;
mod cronjob_every_from_creation;
mod cronjob_forbid_without_deadline;
mod cronjob_invalid_concurrency_policy;
mod cronjob_invalid_count;
mod cronjob_invalid_schedule;
mod cronjob_invalid_time_zone;
mod cronjob_jobs_may_overlap;
mod cronjob_long_history;
mod cronjob_missing_time_zone;
mod cronjob_name_breaks_pods;
mod cronjob_name_too_long;
mod cronjob_never_fires;
mod cronjob_no_failed_history;
mod cronjob_replaced_before_deadline;
mod cronjob_starting_deadline_too_short;
mod cronjob_step_exceeds_range;
mod cronjob_suspended;
mod cronjob_ttl_fights_history;
mod cronjob_uneven_step;
mod file_ignored_text;
mod file_syntax_error;
mod file_unreadable;
mod ignore_malformed;
mod ignore_unknown_rule;
mod ignore_unused;
mod ignore_without_reason;
mod job_active_deadline_zero;
mod job_completions_zero;
mod job_deadline_in_pod;
mod job_endless_command;
mod job_endless_failure_ignored;
mod job_fails_by_disruption;
mod job_fixed_name_under_gitops;
mod job_high_backoff_limit;
mod job_identical_pods;
mod job_impossible_exit_code;
mod job_invalid_count;
mod job_invalid_indexed;
mod job_invalid_managed_by;
mod job_invalid_pod_failure_policy;
mod job_invalid_pod_replacement_policy;
mod job_invalid_restart_policy;
mod job_invalid_selector;
mod job_invalid_success_policy;
mod job_logs_lost_on_failure;
mod job_missing_backoff_limit;
mod job_missing_deadline;
mod job_missing_ttl;
mod job_name_breaks_pods;
mod job_parallelism_exceeds_completions;
mod job_parallelism_zero;
mod job_per_index_restarts_in_place;
mod job_restart_policy_always;
mod job_sidecar_never_ends;
mod job_suspended;
mod job_ttl_under_gitops;
mod job_ttl_under_hook;
mod job_unknown_manager;
mod job_unlimited_failed_indexes;
mod job_unreachable_failure_rule;
mod object_defined_twice;
mod object_duplicate_key;
mod object_invalid_annotation;
mod object_invalid_finalizer;
mod object_invalid_label;
mod object_invalid_name;
mod object_invalid_owner_reference;
mod object_invalid_quantity;
mod object_missing_type;
mod object_refers_to_deleted;
mod object_unknown_field;
mod object_unknown_kind;
mod object_wrong_type;
mod pod_bare_long_running;
mod pod_bare_run_to_completion;
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
mod role_aggregates_everything;
mod role_aggregation_label_mistyped;
mod role_aggregation_selects_nothing;
mod role_approves_certificates;
mod role_binds_any_role;
mod role_changes_limits;
mod role_cluster_resource_in_namespace;
mod role_cluster_resource_through_role_binding;
mod role_commands_operators;
mod role_creates_volumes;
mod role_creates_workloads;
mod role_deletes_events;
mod role_duplicate_entry;
mod role_ends_everything;
mod role_enters_pods;
mod role_escalates;
mod role_grants_everything;
mod role_half_impersonation;
mod role_identical;
mod role_impersonates;
mod role_invalid_aggregation;
mod role_invalid_rule;
mod role_issues_tokens;
mod role_malformed_api_group;
mod role_malformed_url;
mod role_mergeable_rules;
mod role_misspelt_api_group;
mod role_overrides_built_in;
mod role_partial_wildcard;
mod role_reaches_kubelets;
mod role_reaches_ports;
mod role_reads_debug_urls;
mod role_reads_secrets;
mod role_redirects_traffic;
mod role_redundant_rule;
mod role_removed_resource;
mod role_resource_name_never_matches;
mod role_resource_name_with_list;
mod role_slash_wildcard;
mod role_special_verb_elsewhere;
mod role_system_name;
mod role_unknown_resource;
mod role_unknown_subresource;
mod role_unknown_verb;
mod role_unused;
mod role_url_of_resource;
mod role_url_out_of_reach;
mod role_url_verb;
mod role_uses_privileged_scc;
mod role_verb_not_served;
mod role_verb_without_companion;
mod role_widens_default_role;
mod role_wildcard;
mod role_without_rules;
mod role_writes_admission;
mod role_writes_apis;
mod role_writes_cluster_settings;
mod role_writes_namespaces;
mod role_writes_nodes;
mod role_writes_secrets;
mod role_writes_service_accounts;
mod role_wrong_api_group;
mod serviceaccount_deprecated_annotation;
mod serviceaccount_unused;
mod subject_anonymous;
mod subject_default_service_account;
mod subject_escalates_to_cluster_admin;
mod subject_escalates_to_namespace_admin;
mod subject_escalates_to_nodes;
mod subject_everybody;
mod subject_invalid;
mod subject_masters;
mod subject_missing_namespace;
mod subject_missing_service_account;
mod subject_misspelt_namespace;
mod subject_misspelt_service_account;
mod subject_user_is_service_account;
mod subject_wrong_kind;
mod subject_wrong_namespace;
mod workload_automounts_powerful_token;
mod workload_automounts_token;
mod workload_escalates_to_cluster_admin;
mod workload_missing_service_account;
mod workload_misspelt_service_account;
mod workload_wrong_service_account;

use super::Rule;

/// All rules, by id.
pub static RULES: &[&Rule] = &[
    &binding_admin_everywhere::RULE,
    &binding_dangling_role::RULE,
    &binding_duplicate_subject::RULE,
    &binding_invalid_role_ref::RULE,
    &binding_missing_role::RULE,
    &binding_of_component_role::RULE,
    &binding_redundant::RULE,
    &binding_to_cluster_admin::RULE,
    &binding_without_subjects::RULE,
    &cronjob_clock_change::RULE,
    &cronjob_day_of_month_and_week::RULE,
    &cronjob_every_from_creation::RULE,
    &cronjob_forbid_without_deadline::RULE,
    &cronjob_invalid_concurrency_policy::RULE,
    &cronjob_invalid_count::RULE,
    &cronjob_invalid_schedule::RULE,
    &cronjob_invalid_time_zone::RULE,
    &cronjob_jobs_may_overlap::RULE,
    &cronjob_long_history::RULE,
    &cronjob_missing_time_zone::RULE,
    &cronjob_name_breaks_pods::RULE,
    &cronjob_name_too_long::RULE,
    &cronjob_never_fires::RULE,
    &cronjob_no_failed_history::RULE,
    &cronjob_replaced_before_deadline::RULE,
    &cronjob_starting_deadline_too_short::RULE,
    &cronjob_step_exceeds_range::RULE,
    &cronjob_suspended::RULE,
    &cronjob_ttl_fights_history::RULE,
    &cronjob_uneven_step::RULE,
    &file_ignored_text::RULE,
    &file_syntax_error::RULE,
    &file_unreadable::RULE,
    &ignore_malformed::RULE,
    &ignore_unknown_rule::RULE,
    &ignore_unused::RULE,
    &ignore_without_reason::RULE,
    &job_active_deadline_zero::RULE,
    &job_completions_zero::RULE,
    &job_deadline_in_pod::RULE,
    &job_endless_command::RULE,
    &job_endless_failure_ignored::RULE,
    &job_fails_by_disruption::RULE,
    &job_fixed_name_under_gitops::RULE,
    &job_high_backoff_limit::RULE,
    &job_identical_pods::RULE,
    &job_impossible_exit_code::RULE,
    &job_invalid_count::RULE,
    &job_invalid_indexed::RULE,
    &job_invalid_managed_by::RULE,
    &job_invalid_pod_failure_policy::RULE,
    &job_invalid_pod_replacement_policy::RULE,
    &job_invalid_restart_policy::RULE,
    &job_invalid_selector::RULE,
    &job_invalid_success_policy::RULE,
    &job_logs_lost_on_failure::RULE,
    &job_missing_backoff_limit::RULE,
    &job_missing_deadline::RULE,
    &job_missing_ttl::RULE,
    &job_name_breaks_pods::RULE,
    &job_parallelism_exceeds_completions::RULE,
    &job_parallelism_zero::RULE,
    &job_per_index_restarts_in_place::RULE,
    &job_restart_policy_always::RULE,
    &job_sidecar_never_ends::RULE,
    &job_suspended::RULE,
    &job_ttl_under_gitops::RULE,
    &job_ttl_under_hook::RULE,
    &job_unknown_manager::RULE,
    &job_unlimited_failed_indexes::RULE,
    &job_unreachable_failure_rule::RULE,
    &object_defined_twice::RULE,
    &object_duplicate_key::RULE,
    &object_invalid_annotation::RULE,
    &object_invalid_finalizer::RULE,
    &object_invalid_label::RULE,
    &object_invalid_name::RULE,
    &object_invalid_owner_reference::RULE,
    &object_invalid_quantity::RULE,
    &object_missing_type::RULE,
    &object_refers_to_deleted::RULE,
    &object_unknown_field::RULE,
    &object_unknown_kind::RULE,
    &object_wrong_type::RULE,
    &pod_bare_long_running::RULE,
    &pod_bare_run_to_completion::RULE,
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
    &role_aggregates_everything::RULE,
    &role_aggregation_label_mistyped::RULE,
    &role_aggregation_selects_nothing::RULE,
    &role_approves_certificates::RULE,
    &role_binds_any_role::RULE,
    &role_changes_limits::RULE,
    &role_cluster_resource_in_namespace::RULE,
    &role_cluster_resource_through_role_binding::RULE,
    &role_commands_operators::RULE,
    &role_creates_volumes::RULE,
    &role_creates_workloads::RULE,
    &role_deletes_events::RULE,
    &role_duplicate_entry::RULE,
    &role_ends_everything::RULE,
    &role_enters_pods::RULE,
    &role_escalates::RULE,
    &role_grants_everything::RULE,
    &role_half_impersonation::RULE,
    &role_identical::RULE,
    &role_impersonates::RULE,
    &role_invalid_aggregation::RULE,
    &role_invalid_rule::RULE,
    &role_issues_tokens::RULE,
    &role_malformed_api_group::RULE,
    &role_malformed_url::RULE,
    &role_mergeable_rules::RULE,
    &role_misspelt_api_group::RULE,
    &role_overrides_built_in::RULE,
    &role_partial_wildcard::RULE,
    &role_reaches_kubelets::RULE,
    &role_reaches_ports::RULE,
    &role_reads_debug_urls::RULE,
    &role_reads_secrets::RULE,
    &role_redirects_traffic::RULE,
    &role_redundant_rule::RULE,
    &role_removed_resource::RULE,
    &role_resource_name_never_matches::RULE,
    &role_resource_name_with_list::RULE,
    &role_slash_wildcard::RULE,
    &role_special_verb_elsewhere::RULE,
    &role_system_name::RULE,
    &role_unknown_resource::RULE,
    &role_unknown_subresource::RULE,
    &role_unknown_verb::RULE,
    &role_unused::RULE,
    &role_url_of_resource::RULE,
    &role_url_out_of_reach::RULE,
    &role_url_verb::RULE,
    &role_uses_privileged_scc::RULE,
    &role_verb_not_served::RULE,
    &role_verb_without_companion::RULE,
    &role_widens_default_role::RULE,
    &role_wildcard::RULE,
    &role_without_rules::RULE,
    &role_writes_admission::RULE,
    &role_writes_apis::RULE,
    &role_writes_cluster_settings::RULE,
    &role_writes_namespaces::RULE,
    &role_writes_nodes::RULE,
    &role_writes_secrets::RULE,
    &role_writes_service_accounts::RULE,
    &role_wrong_api_group::RULE,
    &serviceaccount_deprecated_annotation::RULE,
    &serviceaccount_unused::RULE,
    &subject_anonymous::RULE,
    &subject_default_service_account::RULE,
    &subject_escalates_to_cluster_admin::RULE,
    &subject_escalates_to_namespace_admin::RULE,
    &subject_escalates_to_nodes::RULE,
    &subject_everybody::RULE,
    &subject_invalid::RULE,
    &subject_masters::RULE,
    &subject_missing_namespace::RULE,
    &subject_missing_service_account::RULE,
    &subject_misspelt_namespace::RULE,
    &subject_misspelt_service_account::RULE,
    &subject_user_is_service_account::RULE,
    &subject_wrong_kind::RULE,
    &subject_wrong_namespace::RULE,
    &workload_automounts_powerful_token::RULE,
    &workload_automounts_token::RULE,
    &workload_escalates_to_cluster_admin::RULE,
    &workload_missing_service_account::RULE,
    &workload_misspelt_service_account::RULE,
    &workload_wrong_service_account::RULE,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::Check;
    use crate::validate::Family;

    #[test]
    fn every_family_of_errors_is_one_rule() {
        for family in Family::ALL {
            let is_its_rule = |rule: &&&Rule| match rule.check {
                Check::Refused { family: of_rule, .. } | Check::RefusedInPod { family: of_rule, .. } => {
                    of_rule == *family
                }
                _ => false,
            };
            assert_eq!(RULES.iter().filter(is_its_rule).count(), 1, "{family:?}");
        }
    }
}
