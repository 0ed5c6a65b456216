//! Rules about roles and bindings that are called like those of Kubernetes itself, or take them in: what is told, and what
//! is left alone.

use std::fs;

use rolecall::catalog::{DefaultPolicy, Version};
use rolecall::diagnostic::{Category, Finding};
use rolecall::lint::Profile;
use rolecall::rbac::{Binding, Role, Rule, Subject};

use crate::scratch;
use crate::subject_rules::{
    NOWHERE, READS_PODS, READS_SECRETS, READS_WIDGETS, WARNING, account, group, loudness, named, report_for, risks,
    role, user,
};

/// What `role-overrides-built-in` says about a text.
fn overridden(text: &str) -> Vec<String> {
    let risks = risks(text, Profile::Default).into_iter();
    risks.filter_map(|risk| Some(risk.strip_prefix("role-overrides-built-in at ")?.to_owned())).collect()
}

#[test]
fn changes_to_what_every_cluster_has_are_told_with_what_comes_of_them() {
    let heapster = "apiGroups: [''], resources: [events, namespaces, nodes, pods], verbs: [get, list, watch]";
    let deployments = "\n- {apiGroups: [apps, extensions], resources: [deployments], verbs: [get, list, watch]}\n";
    let heapster = |rest: &str| role("system:heapster", heapster).trim_end().to_owned() + rest;
    let of_policy =
        |role: &str| format!("system:heapster: Kubernetes makes `ClusterRole system:heapster` itself: {role}");
    assert_eq!(
        overridden(&heapster("\n")),
        [of_policy("what is left out here is put back each time an API server starts")]
    );
    assert_eq!(
        overridden(&heapster(&format!("{deployments}- {{{READS_SECRETS}}}\n"))),
        [of_policy("what is added here goes to all that Kubernetes uses it for")]
    );
    assert_eq!(
        overridden(&heapster(&format!("\n- {{{READS_SECRETS}}}\n"))),
        [of_policy("what is left out here is put back when an API server starts, and what is added stays")]
    );
    assert_eq!(
        overridden(&role("view", READS_WIDGETS)),
        [
            "view: Kubernetes makes `ClusterRole view` itself: its rules are those of the ClusterRoles that it takes in, \
             and not these"
        ]
    );
    let discovery = |role: &str, subject: &str| named("system:discovery", None, role, subject);
    assert_eq!(
        overridden(&discovery("view", &group("system:authenticated"))),
        ["'system:discovery': Kubernetes makes `ClusterRoleBinding system:discovery` itself: it is deleted and made \
             anew each time an API server starts"]
    );
    let both = [group("system:authenticated"), user("jane")].join(", ");
    assert_eq!(overridden(&discovery("system:discovery", &both)).len(), 1);
    assert_eq!(overridden(&discovery("system:discovery", &user("jane"))).len(), 1);
}

#[test]
fn what_only_looks_like_a_change_to_what_every_cluster_has_is_left_alone() {
    let same = "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: cluster-admin}\n\
                rules:\n- {apiGroups: ['*'], resources: ['*'], verbs: ['*']}\n- {nonResourceURLs: ['*'], verbs: ['*']}\n";
    assert_eq!(overridden(same), NOWHERE);
    assert_eq!(
        overridden(&named("system:discovery", None, "system:discovery", &group("system:authenticated"))),
        NOWHERE
    );
    let in_namespace = role("view", READS_PODS)
        .replace("kind: ClusterRole", "kind: Role")
        .replace("name: view", "name: view\n  namespace: shop");
    assert_eq!(overridden(&in_namespace), NOWHERE);
    let said = |metadata: &str| {
        role("system:heapster", READS_PODS).replace("heapster\n", &format!("heapster\n  {metadata}\n"))
    };
    for metadata in [
        "labels: {kubernetes.io/bootstrapping: rbac-defaults}",
        "annotations: {rbac.authorization.kubernetes.io/autoupdate: 'true'}",
        "annotations: {rbac.authorization.kubernetes.io/autoupdate: 'false'}",
    ] {
        let loud = loudness("role-overrides-built-in", &said(metadata));
        assert_eq!(loud, Some((Profile::Audit, "info")), "{metadata}");
    }
    assert_eq!(loudness("role-overrides-built-in", &said("annotations: {a: b}")), WARNING);
    // Nothing is known of what other versions have.
    let report = report_for(&role("system:heapster", READS_PODS), Profile::Audit, "1.30");
    assert!(report.findings.iter().all(|finding| finding.rule != "role-overrides-built-in"));
}

#[test]
fn names_that_a_kustomization_changes_are_nobodys() {
    let directory = tempfile::tempdir().unwrap();
    let text = role("view", READS_WIDGETS) + &role("'system:reports'", READS_WIDGETS);
    fs::write(directory.path().join("roles.yaml"), text).unwrap();
    let lines = |kustomization: &str| {
        fs::write(directory.path().join("kustomization.yaml"), kustomization).unwrap();
        let run = scratch::run(directory.path(), &["lint", "--profile", "audit", "-o", "concise"]);
        let is_about_names =
            |line: &&str| line.contains("role-overrides-built-in") || line.contains("role-system-name");
        run.out.lines().filter(is_about_names).count()
    };
    assert_eq!(lines("resources: [roles.yaml]\n"), 2);
    assert_eq!(lines("namePrefix: shop-\nresources: [roles.yaml]\n"), 0);
}

#[test]
fn names_that_kubernetes_keeps_for_itself_are_told_once() {
    let rule = "role-system-name";
    let own = role("'system:reports'", READS_WIDGETS);
    assert_eq!(loudness(rule, &own), Some((Profile::Pedantic, "info")));
    assert_eq!(
        loudness(rule, &(own + &named("system:reports", None, "'system:reports'", &user("jane")))).unwrap().1,
        "info"
    );
    assert!(loudness(rule, &named("system:reports", None, "view", &user("jane"))).is_some());
    for name in ["'system:coredns'", "'system:metrics-server'", "'system:heapster'", "systems", "'kubeadm:get-nodes'"] {
        assert_eq!(loudness(rule, &role(name, READS_WIDGETS)), None, "{name}");
    }
    let of_cluster = role("'system:csi-external-attacher'", READS_WIDGETS)
        .replace("attacher'\n", "attacher'\n  labels: {kubernetes.io/bootstrapping: rbac-defaults}\n");
    assert_eq!(loudness(rule, &of_cluster), None);
}

#[test]
fn selectors_that_select_cluster_admin_are_told() {
    let text = |selectors: &str| {
        format!(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: sum}}\naggregationRule: \
             {{clusterRoleSelectors: {selectors}}}\nrules: []\n"
        )
    };
    let told = |selectors: &str| {
        let risks = risks(&text(selectors), Profile::Default);
        risks.iter().filter_map(|risk| Some(risk.rsplit_once("}: ")?.1.to_owned())).collect::<Vec<_>>()
    };
    let empty = "an empty selector takes in every ClusterRole, `cluster-admin` too: the role allows everything";
    assert_eq!(told("[{}]"), [empty]);
    assert_eq!(told("[{matchLabels: {a: b}}, {}]"), [empty]);
    let some = "this takes in `cluster-admin`, too: the role allows everything";
    assert_eq!(told("[{matchLabels: {kubernetes.io/bootstrapping: rbac-defaults}}]"), [some]);
    assert_eq!(told("[{matchExpressions: [{key: tier, operator: DoesNotExist}]}]"), [some]);
    assert_eq!(told("[{matchLabels: {a: b}}]"), NOWHERE);
    assert_eq!(told("[{matchExpressions: [{key: a, operator: Exists}]}]"), NOWHERE);
}

/// The object of a role or a binding of the default policy, without its labels.
fn object(kind: &str, (namespace, name): (Option<&str>, &str), rest: &str) -> String {
    let namespace = namespace.map(|namespace| format!(", namespace: {namespace}")).unwrap_or_default();
    format!(
        "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: '{name}'{namespace}}}\n{rest}\n"
    )
}

fn role_of_policy(role: &Role) -> String {
    let rules = role.rules().map(|rule| {
        let Rule { verbs, api_groups, resources, resource_names, non_resource_urls } = rule;
        let resources =
            format!("apiGroups: {api_groups:?}, resources: {resources:?}, resourceNames: {resource_names:?}");
        let what = match non_resource_urls.as_slice() {
            [] => resources,
            urls => format!("nonResourceURLs: {urls:?}"),
        };
        format!("- {{verbs: {verbs:?}, {what}}}\n")
    });
    let rules: String = rules.collect();
    object(role.kind(), role.key(), &if rules.is_empty() { "rules: []".to_owned() } else { format!("rules:\n{rules}") })
}

fn binding_of_policy(binding: &Binding) -> String {
    let subjects = binding.subjects.iter().map(|subject| match subject {
        Subject::User(name) => user(name),
        Subject::Group(name) => group(name),
        Subject::ServiceAccount { namespace, name } => account(namespace.as_deref().unwrap(), name),
        Subject::Other { .. } => panic!("no subject of Kubernetes is another"),
    });
    let subjects: Vec<_> = subjects.collect();
    let role = format!("kind: {}, name: '{}'", binding.role.kind.name(), binding.role.name);
    let rest = format!("roleRef: {{apiGroup: rbac.authorization.k8s.io, {role}}}\nsubjects: [{}]", subjects.join(", "));
    object(binding.kind(), binding.key(), &rest)
}

#[test]
fn what_every_cluster_has_is_left_alone() {
    let policy = DefaultPolicy::of(Version::NEWEST);
    let roles = policy.roles.iter().map(role_of_policy);
    let text: String = roles.chain(policy.bindings.iter().map(binding_of_policy)).collect();
    let report = report_for(&text, Profile::Audit, "1.36");
    assert_eq!(report.read_set.objects.len(), policy.roles.len() + policy.bindings.len());
    let about_whom = ["binding-", "subject-", "role-overrides-", "role-system-", "role-aggregates-"];
    let of_these = |finding: &&Finding| {
        finding.category == Category::Risk && about_whom.iter().any(|prefix| finding.rule.starts_with(prefix))
    };
    let found: Vec<_> = report.findings.iter().filter(of_these).collect();
    assert!(found.is_empty(), "{found:#?}");
}
