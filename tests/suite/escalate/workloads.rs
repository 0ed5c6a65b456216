//! By pods.

use super::{Grant, START, VICTIM, VICTIM_RUNS, granted, leads, leads_nowhere, reached, way};

const IS_ADMIN: &str = "ServiceAccount app/victim is cluster-admin";

#[test]
fn whoever_creates_pods_is_any_service_account_of_the_namespace() {
    for (rule, step) in [
        (("create", "", "pods", ""), "1. runs a pod as ServiceAccount app/victim"),
        (("create", "apps", "deployments", ""), "1. has a controller run a pod as ServiceAccount app/victim"),
        (("patch", "apps", "daemonsets", ""), "1. has a controller run a pod as ServiceAccount app/victim"),
        (("update", "batch", "cronjobs", ""), "1. has a controller run a pod as ServiceAccount app/victim"),
        (("create", "batch", "jobs", ""), "1. has a controller run a pod as ServiceAccount app/victim"),
        (("create", "*", "'*'", ""), "1. runs a pod as ServiceAccount app/victim"),
    ] {
        let grant = Grant("app", Box::leak(Box::new([rule])));
        assert_eq!(way(&[&granted(&[grant]), VICTIM].concat(), START, "cluster-admin"), ["certain", step, IS_ADMIN]);
    }
}

#[test]
fn what_makes_no_pods_of_its_own_is_no_way() {
    for rule in [
        // A name is not known when something is created, and the template of a Job does not change.
        ("create", "", "pods", "web"),
        ("update, patch", "batch", "jobs", ""),
        ("get, list, watch, delete", "", "pods", ""),
        ("patch", "apps", "deployments/scale", ""),
        ("create", "apps", "pods", ""),
    ] {
        leads_nowhere(VICTIM, &[Grant("app", Box::leak(Box::new([rule])))]);
    }
    leads_nowhere(VICTIM, &[Grant("other", &[("create", "", "pods", "")])]);
}

#[test]
fn code_is_run_in_pods_that_are_there() {
    let runs = [VICTIM, VICTIM_RUNS].concat();
    for (rule, step) in [
        (("create", "", "pods/exec", ""), "1. runs code in a pod of ServiceAccount app/victim"),
        (("create", "", "pods/exec", "victim-0"), "1. runs code in pod app/victim-0 of ServiceAccount app/victim"),
        (("patch", "", "pods/ephemeralcontainers", ""), "1. puts a container into a pod of ServiceAccount app/victim"),
        (("update", "", "pods", ""), "1. puts another image into a pod of ServiceAccount app/victim"),
    ] {
        let grant = Grant("app", Box::leak(Box::new([rule])));
        assert_eq!(
            way(&[&granted(&[grant]), runs.as_str()].concat(), START, "cluster-admin"),
            ["certain", step, IS_ADMIN]
        );
    }
    leads(
        &runs,
        &[Grant("app", &[("create", "", "pods/attach", "")])],
        &[
            "depends on the environment",
            "1. types into a pod of ServiceAccount app/victim",
            "depends on the environment: it takes a program that does what is typed",
            IS_ADMIN,
        ],
    );
}

#[test]
fn no_code_is_run_where_no_pod_is_or_where_it_has_no_token() {
    let exec = || [Grant("app", &[("create", "", "pods/exec", "")])];
    leads_nowhere(VICTIM, &exec());
    let silent =
        VICTIM_RUNS.replace("  serviceAccountName", "  automountServiceAccountToken: false\n  serviceAccountName");
    leads_nowhere(&[VICTIM, &silent].concat(), &exec());
    let runs = [VICTIM, VICTIM_RUNS].concat();
    leads_nowhere(&runs, &[Grant("app", &[("create", "", "pods/exec", "web-0")])]);
    // From 1.35 on, and `get` alone opens nothing.
    leads_nowhere(&runs, &[Grant("app", &[("get", "", "pods/exec", "")])]);
    leads_nowhere(&runs, &[Grant("app", &[("create, get", "", "pods/log, pods/portforward", "")])]);
}

#[test]
fn privileged_pods_own_their_node_where_the_namespace_takes_them() {
    let create = granted(&[Grant("app", &[("create", "", "pods", "")])]);
    let namespace =
        |labels: &str| format!("---\napiVersion: v1\nkind: Namespace\nmetadata: {{name: app, labels: {{{labels}}}}}\n");
    let privileged = [
        "depends on admission",
        "1. runs a privileged pod, which owns a node",
        "depends on admission: if neither Pod Security nor a policy forbids privileged pods there",
    ];
    for labels in ["", "pod-security.kubernetes.io/enforce: privileged", "pod-security.kubernetes.io/warn: restricted"]
    {
        assert_eq!(way(&[&create, namespace(labels).as_str()].concat(), START, "nodes"), privileged, "{labels}");
    }
    assert_eq!(way(&create, START, "nodes"), privileged);
    for level in ["baseline", "restricted"] {
        let restricted = namespace(&format!("pod-security.kubernetes.io/enforce: {level}"));
        assert_eq!(way(&[&create, restricted.as_str()].concat(), START, "nodes"), [""; 0], "{level}");
        // Unless one may change the label.
        for names in ["", "app"] {
            let rules = Box::leak(Box::new([("create", "", "pods", ""), ("patch", "", "namespaces", names)]));
            assert_eq!(
                way(&[&granted(&[Grant("app", rules)]), restricted.as_str()].concat(), START, "nodes"),
                ["certain", "1. lets the namespace take privileged pods and runs one, which owns a node"]
            );
        }
        let of_another = &[("create", "", "pods", ""), ("patch", "", "namespaces", "other")];
        assert_eq!(
            way(&[&granted(&[Grant("app", of_another)]), restricted.as_str()].concat(), START, "nodes"),
            [""; 0]
        );
    }
}

#[test]
fn a_node_has_the_tokens_of_the_daemon_sets() {
    let daemon_set = "
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: agents}
spec:
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec:
      serviceAccountName: agent
      containers: [{name: c, image: i}]
";
    let text = [&granted(&[Grant("app", &[("create", "", "pods", "")])]), daemon_set].concat();
    assert_eq!(
        way(&text, START, "sa/agents/agent"),
        [
            "depends on admission",
            "1. runs a privileged pod, which owns a node, and so has the tokens of its pods, such as that of \
             ServiceAccount agents/agent",
            "depends on admission: if neither Pod Security nor a policy forbids privileged pods there",
        ]
    );
    let deployment = text.replace("DaemonSet", "Deployment");
    assert_eq!(way(&deployment, START, "sa/agents/agent").first().unwrap(), "depends on the environment");
}

#[test]
fn pods_in_kube_system_are_everything() {
    let text = granted(&[Grant("kube-system", &[("create", "", "pods", "")])]);
    assert_eq!(reached(&text), ["cluster-admin"]);
    assert_eq!(
        way(&text, START, "cluster-admin"),
        [
            "certain",
            "1. runs a pod as ServiceAccount kube-system/clusterrole-aggregation-controller",
            "2. ServiceAccount kube-system/clusterrole-aggregation-controller rewrites a ClusterRole that it is bound \
             to, into cluster-admin",
        ]
    );
    assert_eq!(
        way(&text, START, "secrets/kube-system"),
        ["certain", "1. mounts the Secrets of kube-system into a pod"]
    );
    assert_eq!(
        way(&text, START, "serviceaccounts/kube-system"),
        ["certain", "1. runs a pod as any ServiceAccount of kube-system"]
    );
}

#[test]
fn a_workload_that_may_be_changed_by_its_name_has_to_be_there() {
    let step = "1. has a controller run a pod as ServiceAccount app/victim";
    let web = "
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: app}
spec:
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec: {containers: [{name: c, image: i}]}
";
    let patch = || [Grant("app", &[("patch", "apps", "deployments", "web")])];
    leads(&[VICTIM, web].concat(), &patch(), &["certain", step, IS_ADMIN]);
    let caveat = "depends on the environment: if there is one of those that the rule names: none was read";
    leads(VICTIM, &patch(), &["depends on the environment", step, caveat, IS_ADMIN]);
    let elsewhere = web.replace("namespace: app", "namespace: other");
    leads(&[VICTIM, &elsewhere].concat(), &patch(), &["depends on the environment", step, caveat, IS_ADMIN]);
    // Where it may be created, too, it need not be there.
    leads(VICTIM, &[Grant("app", &[("create, patch", "apps", "deployments", "web")])], &["certain", step, IS_ADMIN]);
    let step = "1. runs a pod as ServiceAccount app/victim";
    leads(VICTIM, &[Grant("app", &[("create, patch", "", "pods", "web")])], &["certain", step, IS_ADMIN]);
    leads_nowhere(VICTIM, &[Grant("app", &[("create, update", "", "pods", "web")])]);
}
