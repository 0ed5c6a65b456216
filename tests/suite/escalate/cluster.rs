//! By what the cluster is made of.

use super::{Grant, START, VICTIM, VICTIM_RUNS, granted, leads, leads_nowhere, way};

const ADMISSION: &str = "admissionregistration.k8s.io";
const CERTIFICATES: &str = "certificates.k8s.io";

#[test]
fn kubelets_run_code_in_all_pods() {
    let runs = [VICTIM, VICTIM_RUNS].concat();
    for verb in ["get", "create"] {
        let rules = Box::leak(Box::new([(verb, "", "nodes/proxy", "")]));
        let text = [&granted(&[Grant("", rules)]), runs.as_str()].concat();
        assert_eq!(
            way(&text, START, "cluster-admin"),
            [
                "certain",
                "1. runs code by the kubelets in a pod of ServiceAccount app/victim",
                "ServiceAccount app/victim is cluster-admin"
            ]
        );
        assert_eq!(way(&text, START, "nodes"), ["certain", "1. commands the kubelets, and so has a node"]);
    }
    leads_nowhere(&runs, &[Grant("", &[("get", "", "nodes, nodes/stats", "")])]);
    leads_nowhere(&runs, &[Grant("app", &[("get", "", "nodes/proxy", "")])]);
}

#[test]
fn certificates_are_of_any_user_where_all_three_come_together() {
    let ask = |signer: &'static str| {
        let rules = [
            ("create", CERTIFICATES, "certificatesigningrequests", ""),
            ("update", CERTIFICATES, "certificatesigningrequests/approval", ""),
            ("approve", CERTIFICATES, "signers", signer),
        ];
        [Grant("", Box::leak(Box::new(rules)))]
    };
    let admin = VICTIM.replace("{kind: ServiceAccount, name: victim, namespace: app}", "{kind: User, name: jane}");
    for signer in ["", "kubernetes.io/kube-apiserver-client", "'kubernetes.io/*'"] {
        leads(
            &admin,
            &ask(signer),
            &["certain", "1. requests and approves a certificate of User jane", "User jane is cluster-admin"],
        );
    }
    assert_eq!(
        way(&granted(&ask("kubernetes.io/kube-apiserver-client-kubelet")), START, "nodes"),
        ["certain", "1. requests and approves a certificate of a node"]
    );
    assert_eq!(way(&granted(&ask("example.com/mine")), START, "nodes"), [""; 0]);
    leads_nowhere(&admin, &ask("example.com/mine"));
    leads_nowhere(
        &admin,
        &[Grant(
            "",
            &[
                ("create", CERTIFICATES, "certificatesigningrequests", ""),
                ("update", CERTIFICATES, "certificatesigningrequests/approval", ""),
            ],
        )],
    );
}

#[test]
fn admission_is_everything() {
    let step = "1. rewrites by a webhook whatever is written to the API, and so is cluster-admin";
    leads("", &[Grant("", &[("create", ADMISSION, "mutatingwebhookconfigurations", "")])], &["certain", step]);
    leads("", &[Grant("", &[("patch", ADMISSION, "mutatingwebhookconfigurations", "own")])], &["certain", step]);
    leads(
        "",
        &[Grant("", &[("create", ADMISSION, "mutatingadmissionpolicies, mutatingadmissionpolicybindings", "")])],
        &[
            "depends on admission",
            "1. rewrites by a policy whatever is written to the API, and so is cluster-admin",
            "depends on admission: it takes a cluster that serves MutatingAdmissionPolicies",
        ],
    );
    leads_nowhere("", &[Grant("", &[("get, list, watch, delete", ADMISSION, "mutatingwebhookconfigurations", "")])]);
    leads_nowhere("", &[Grant("", &[("create", ADMISSION, "validatingwebhookconfigurations", "")])]);
    leads_nowhere("", &[Grant("", &[("create", ADMISSION, "mutatingadmissionpolicies", "")])]);
    leads_nowhere("", &[Grant("app", &[("create", ADMISSION, "mutatingwebhookconfigurations", "")])]);
    assert_eq!(
        way(
            &granted(&[Grant("", &[("create", ADMISSION, "validatingwebhookconfigurations", "")])]),
            START,
            "secrets/kube-system"
        )
        .first()
        .unwrap(),
        "depends on the environment"
    );
}

#[test]
fn volumes_are_disks_of_nodes_for_whoever_runs_a_pod() {
    let volumes = ("create", "", "persistentvolumes", "");
    let restricted = "
---
apiVersion: v1
kind: Namespace
metadata: {name: app, labels: {pod-security.kubernetes.io/enforce: restricted}}
";
    let rules = Box::leak(Box::new([volumes]));
    let with_pods = granted(&[Grant("", rules), Grant("app", &[("create", "", "pods", "")])]);
    assert_eq!(
        way(&[&with_pods, restricted].concat(), START, "nodes"),
        ["certain", "1. mounts the disk of a node by a PersistentVolume, and so has a node"]
    );
    assert_eq!(way(&granted(&[Grant("", rules)]), START, "nodes"), [""; 0]);
}

#[test]
fn what_depends_on_the_environment_says_on_what() {
    let eks = ("patch", "", "configmaps", "aws-auth");
    leads(
        "",
        &[Grant("kube-system", Box::leak(Box::new([eks])))],
        &[
            "depends on the environment",
            "1. makes itself cluster-admin by the ConfigMap `aws-auth`",
            "depends on the environment: on EKS, where the ConfigMap is looked at",
        ],
    );
    leads_nowhere("", &[Grant("app", Box::leak(Box::new([eks])))]);
    leads_nowhere("", &[Grant("kube-system", &[("patch", "", "configmaps", "own")])]);
    let deputy = VICTIM.replace("victim", "argocd-application-controller");
    leads(
        &deputy,
        &[Grant("app", &[("create", "argoproj.io", "applications", "")])],
        &[
            "depends on the environment",
            "1. has Argo CD apply anything, as ServiceAccount app/argocd-application-controller",
            "depends on the environment: it takes an operator that does not restrict whoever writes these resources",
            "ServiceAccount app/argocd-application-controller is cluster-admin",
        ],
    );
    leads_nowhere(VICTIM, &[Grant("app", &[("create", "argoproj.io", "applications", "")])]);
}
