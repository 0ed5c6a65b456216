//! What other tools answer wrongly of the same manifests, each with the right answer. The numbers are those of the list
//! of what they were found to get wrong; 14 and 15 are with the rules about subjects.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::scratch::{Run, run};

/// Runs a command over one file.
fn ask(name: &str, text: &str, args: &[&str]) -> Run {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join(name), text).unwrap();
    run(directory.path(), args)
}

/// The rules that report something in a profile, each once for each finding.
fn rules(profile: &str, text: &str) -> Vec<String> {
    let run = ask("all.yaml", text, &["lint", "all.yaml", "--profile", profile, "-o", "json"]);
    let report: Value = serde_json::from_str(&run.out).unwrap();
    let findings = report["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

fn is_reported(rule: &str, text: &str) -> bool {
    rules("default", text).iter().any(|found| found == rule)
}

/// A Job whose pod has these fields besides.
fn job(of_pod: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: report, namespace: shop}}\nspec:\n  backoffLimit: 2\n  template:\n    \
         spec:\n      {of_pod}\n      containers:\n        - {{name: main, image: registry.example.com/report:1.2}}\n"
    )
}

/// The same Job in a CronJob.
fn cron_job(of_pod: &str) -> String {
    let job = job(of_pod);
    let (_, spec) = job.split_once("\nspec:\n").unwrap();
    let spec = spec.replace("\n  ", "\n      ");
    format!(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: report, namespace: shop}}\nspec:\n  schedule: \"*/20 * * * *\"\n  \
         jobTemplate:\n    spec:\n      {}\n",
        spec.trim()
    )
}

const ACCOUNT: &str = "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: report, namespace: other}\n";

/// 5: a file that is no YAML must not pass.
#[test]
fn a_file_that_is_no_yaml_is_a_finding() {
    let run = ask("bad.yaml", "kind: Role\nrules: [}\n", &["lint", "bad.yaml"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("error[file-syntax-error]") && run.out.contains("bad.yaml:2:9"), "{}", run.out);
    let object = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\nrules: 5\n";
    assert_eq!(ask("bad.yaml", object, &["lint", "bad.yaml"]).code, 1);
}

/// 6: what was not looked at must not look like a success.
#[test]
fn what_is_not_analysed_is_told() {
    let template = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: {{ .Release.Name }}\nspec: {}\n";
    let report = ask("job.yaml", template, &["lint", "job.yaml"]);
    assert!(report.out.contains("skipped: 1 template"), "{}", report.out);
    let json = ask("job.yaml", template, &["lint", "job.yaml", "-o", "json"]).out;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["summary"]["analysed"], 0);
    assert_eq!(json["summary"]["skipped"][0]["reason"], "template", "{json}");
    assert_eq!(run(TempDir::new().unwrap().path(), &["lint", "."]).code, 3, "nothing there at all");
}

/// 12 and 25: Jobs and CronJobs have pods like all others.
#[test]
fn the_pods_of_jobs_are_looked_at() {
    for text in [
        job("restartPolicy: Never\n      serviceAccountName: report"),
        cron_job("serviceAccountName: report\n      restartPolicy: Never"),
    ] {
        assert!(is_reported("workload-wrong-service-account", &(text.clone() + ACCOUNT)), "{text}");
    }
    let privileged = "securityContext: {runAsUser: -1}\n      restartPolicy: Never";
    for text in [job(privileged), cron_job(privileged)] {
        assert!(is_reported("pod-invalid-security-context", &text), "{text}");
    }
}

/// 16, 17 and 20: of a Job and of a CronJob alike, `Never` and `OnFailure` are right, and `Always` and nothing are wrong.
#[test]
fn restart_policies_of_jobs_are_those_of_the_api_server() {
    for (policy, is_right) in [("Never", true), ("OnFailure", true), ("Always", false), ("''", false)] {
        let of_pod = format!("restartPolicy: {policy}");
        for text in [job(&of_pod), cron_job(&of_pod)] {
            assert_eq!(is_reported("job-restart-policy-always", &text), !is_right, "{text}");
        }
    }
}

/// 18: places are those of the lines at fault, and not those of the file.
#[test]
fn places_are_exact() {
    let text = format!("# A comment.\n---\n{}", job("restartPolicy: Always"));
    let run = ask("all.yaml", &text, &["lint", "all.yaml", "-o", "json"]);
    let report: Value = serde_json::from_str(&run.out).unwrap();
    let finding = &report["findings"][0];
    assert_eq!(finding["rule"], "job-restart-policy-always");
    let line = 1 + text.lines().position(|line| line.contains("restartPolicy")).unwrap();
    assert_eq!(finding["location"]["start"]["line"], line, "{finding}");
    assert_eq!(finding["location"]["start"]["column"], 22, "{finding}");
}

/// 21: a CronJob needs no `startingDeadlineSeconds`; 26: that there is a CronJob is nothing to report.
#[test]
fn a_good_cron_job_is_not_reported() {
    let text = cron_job("restartPolicy: Never");
    assert_eq!(rules("default", &text), [""; 0], "{text}");
}

/// 22: a RoleBinding may come without its role, which is elsewhere, and is no danger by itself.
#[test]
fn a_lone_role_binding_is_no_danger() {
    for role in ["kind: ClusterRole, name: view", "kind: Role, name: deployer"] {
        let text = format!(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {{name: b, namespace: shop}}\nroleRef: \
             {{apiGroup: rbac.authorization.k8s.io, {role}}}\nsubjects: [{{kind: User, name: jane, apiGroup: \
             rbac.authorization.k8s.io}}]\n"
        );
        assert_eq!(rules("default", &text), [""; 0], "{role}");
    }
}

/// 23: who calls a role `system:something` is not left in peace for that.
#[test]
fn names_that_begin_like_those_of_the_system_hide_nothing() {
    for name in ["deployer", "'system:deployer'"] {
        let text = format!(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: {name}}}\nrules: [{{apiGroups: \
             [''], resources: [pods], verbs: [read]}}]\n"
        );
        assert!(is_reported("role-unknown-verb", &text), "{name}");
    }
}

/// 26: `pods/*` is the name of nothing, and grants no `pods/exec`.
#[test]
fn a_slash_and_a_star_are_no_wildcard() {
    let text = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r, namespace: shop}\nrules: \
                [{apiGroups: [''], resources: ['pods/*'], verbs: [create]}]\n---\napiVersion: \
                rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b, namespace: shop}\nroleRef: \
                {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}\nsubjects: [{kind: User, name: jane}]\n";
    assert!(is_reported("role-slash-wildcard", text));
    let can = |text: &str| {
        ask(
            "all.yaml",
            text,
            &["can-i", "create", "pods", "--subresource", "exec", "-n", "shop", "--as", "jane", "-f", "all.yaml"],
        )
        .code
    };
    assert_eq!(can(text), 1);
    assert_eq!(can(&text.replace("pods/*", "pods/exec")), 0);
}

/// 27: the API server fills in the groups of `roleRef` and of subjects.
#[test]
fn groups_that_the_api_server_fills_in_may_be_left_out() {
    let text = "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b, namespace: shop}\nroleRef: \
                {kind: ClusterRole, name: view}\nsubjects: [{kind: User, name: jane}, {kind: Group, name: support}, \
                {kind: ServiceAccount, name: a}]\n";
    assert_eq!(rules("default", text), [""; 0]);
    let wrong = text.replace("roleRef: {", "roleRef: {apiGroup: v1, ");
    assert!(is_reported("binding-invalid-role-ref", &wrong));
}

/// A ClusterRole with these rules, bound to a ServiceAccount in the whole cluster.
fn granted(rules: &[&str]) -> String {
    let rules: Vec<_> = rules.iter().map(|rule| format!("- {{{rule}}}\n")).collect();
    let rules = rules.concat();
    format!(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: r}}\nrules:\n{rules}---\napiVersion: \
         rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {{name: r}}\nroleRef: {{apiGroup: \
         rbac.authorization.k8s.io, kind: ClusterRole, name: r}}\nsubjects: [{{kind: ServiceAccount, name: bot, namespace: ops}}]\n"
    )
}

const RBAC: &str = "apiGroups: [rbac.authorization.k8s.io]";
const HARMLESS: &str = "apiGroups: [''], resources: [pods], verbs: [get]";

/// 1: every rule of a role counts, and not only the first.
#[test]
fn the_second_rule_of_a_role_counts() {
    let everything = "apiGroups: ['*'], resources: ['*'], verbs: ['*']";
    assert_eq!(rules("default", &granted(&[HARMLESS, everything])), ["role-grants-everything"]);
}

/// 2: one verb is enough where one is enough, and both halves are needed where both are.
#[test]
fn each_operation_counts_for_what_it_is() {
    let signers = "apiGroups: [certificates.k8s.io], resources: [signers], verbs: [approve]";
    let requests =
        "apiGroups: [certificates.k8s.io], resources: [certificatesigningrequests/approval], verbs: [update]";
    assert_eq!(rules("pedantic", &granted(&[signers])), [""; 0], "approval needs the request, too");
    assert_eq!(rules("pedantic", &granted(&[requests])), [""; 0], "and the signer");
    let own = "apiGroups: [certificates.k8s.io], resources: [certificatesigningrequests], verbs: [create]";
    assert_eq!(
        rules("pedantic", &granted(&[requests, signers])),
        [""; 0],
        "who approves what others ask for has nothing"
    );
    assert_eq!(rules("default", &granted(&[requests, signers, own])), ["role-approves-certificates"]);
    for verb in ["create", "patch"] {
        let webhooks = format!(
            "apiGroups: [admissionregistration.k8s.io], resources: [mutatingwebhookconfigurations], verbs: [{verb}]"
        );
        assert_eq!(rules("default", &granted(&[&webhooks])), ["role-writes-admission"]);
    }
}

/// 3, 9 and 10: `bind` and `escalate` are checked on roles, and writing bindings alone hands out nothing new.
#[test]
fn binding_and_escalating_are_rights_over_roles() {
    let bind = format!("{RBAC}, resources: [clusterroles], verbs: [bind]");
    let write = format!("{RBAC}, resources: [clusterrolebindings], verbs: [create]");
    assert_eq!(rules("default", &granted(&[&bind, &write])), ["role-binds-any-role"]);
    assert_eq!(rules("default", &granted(&[&write])), [""; 0]);
    let of_bindings = format!("{RBAC}, resources: [clusterrolebindings], verbs: [bind, create]");
    assert_eq!(rules("default", &granted(&[&of_bindings])), ["role-special-verb-elsewhere"]);
    let escalate = format!("{RBAC}, resources: [clusterroles], verbs: [escalate, update]");
    assert_eq!(rules("default", &granted(&[&escalate])), ["role-escalates"]);
}

/// 4: what one rule allows of one resource and another of another does not add up to more.
#[test]
fn rules_are_not_mixed() {
    let text = granted(&["apiGroups: [''], resources: [secrets], verbs: [create]", HARMLESS]);
    assert!(!rules("audit", &text).contains(&"role-reads-secrets".to_owned()));
}

/// 7, 8 and 24: users are impersonated in the core group, and `*` takes in every verb.
#[test]
fn impersonation_and_wildcards_are_known() {
    let users = "apiGroups: [''], resources: [users, groups, serviceaccounts], verbs: [impersonate]";
    assert_eq!(rules("default", &granted(&[users])), ["role-impersonates"]);
    let secrets = "apiGroups: [''], resources: [secrets], verbs: ['*']";
    assert_eq!(rules("default", &granted(&[secrets])), ["role-reads-secrets"]);
    let roles = format!("{RBAC}, resources: [clusterroles], verbs: ['*']");
    assert_eq!(rules("default", &granted(&[&roles])), ["role-escalates"]);
}

/// 11: a WebSocket opens an exec by `get`, until 1.35.
#[test]
fn getting_an_exec_counts_where_it_opens_one() {
    let text = granted(&["apiGroups: [''], resources: [pods/exec], verbs: [get]"]);
    for (version, is_told) in [("1.34", true), ("1.36", false)] {
        let run = ask("all.yaml", &text, &["lint", "all.yaml", "--kubernetes-version", version]);
        assert_eq!(run.out.contains("role-enters-pods"), is_told, "{version}: {}", run.out);
    }
}

/// 12 and 25: whoever runs as a powerful ServiceAccount is told, Jobs and CronJobs among them.
#[test]
fn jobs_run_as_powerful_accounts_too() {
    let role = granted(&["apiGroups: [''], resources: [secrets], verbs: [list]"])
        .replace("name: bot, namespace: ops", "name: report, namespace: shop");
    for workload in [
        job("restartPolicy: Never\n      serviceAccountName: report"),
        cron_job("serviceAccountName: report\n      restartPolicy: Never"),
    ] {
        let run = ask("all.yaml", &format!("{role}---\n{workload}"), &["lint", "all.yaml"]);
        assert!(run.out.contains("Job `report` runs as it"), "{}", run.out);
    }
}

/// 13: names restrict a right, so that it is told with less weight, and not by default.
#[test]
fn names_restrict_a_right() {
    let text = granted(&["apiGroups: [''], resources: [secrets], verbs: [get], resourceNames: [tls]"]);
    assert_eq!(rules("default", &text), [""; 0]);
    assert_eq!(rules("pedantic", &text), ["role-reads-secrets"]);
}

/// 19 and 26: dangerous bindings are told without being asked for, from files.
#[test]
fn a_binding_to_cluster_admin_is_told_by_default() {
    let text = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {apiGroup: \
                rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}\nsubjects: [{kind: ServiceAccount, name: bot, \
                namespace: ops}]\n";
    assert_eq!(rules("default", text), ["binding-to-cluster-admin"]);
}
