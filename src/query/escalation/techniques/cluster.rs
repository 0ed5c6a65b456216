//! By what the cluster itself is made of: nodes, certificates, admission, extensions and settings.

use super::credentials::RUN_ANYWHERE;
use super::workloads::RUN_PODS;
use crate::query::escalation::technique::{Gives, Names, Need, Technique};
use crate::query::power::{CHANGE, Right, WRITE};

const KUBELET: Need = Need::one(&[Right::on(&["get", "create"], "", "nodes").sub("proxy")]).of_cluster();

const CERTIFICATES: &str = "certificates.k8s.io";
const APPROVE: Need = Need::one(&[Right::on(&["approve"], CERTIFICATES, "signers")]).of_cluster();
const APPROVE_CLIENTS: Need = APPROVE.names(Names::These(&["kubernetes.io/kube-apiserver-client", "kubernetes.io/*"]));
const APPROVE_KUBELETS: Need =
    APPROVE.names(Names::These(&["kubernetes.io/kube-apiserver-client-kubelet", "kubernetes.io/*"]));
const APPROVAL: Need = Need::one(&[Right::on(CHANGE, CERTIFICATES, "certificatesigningrequests").sub("approval")])
    .whole()
    .of_cluster()
    .beside();
const REQUEST: Need = Need::one(&[Right::on(&["create"], CERTIFICATES, "certificatesigningrequests")]).of_cluster();
const ANY_CERTIFICATE: &str = "requests and approves a certificate of {}";

const ADMISSION: &str = "admissionregistration.k8s.io";
const MUTATING: Need = Need::one(&[Right::on(WRITE, ADMISSION, "mutatingwebhookconfigurations")]).whole().of_cluster();
const VALIDATING: Need =
    Need::one(&[Right::on(WRITE, ADMISSION, "validatingwebhookconfigurations")]).whole().of_cluster();
const POLICIES: Need = Need::one(&[Right::on(WRITE, ADMISSION, "mutatingadmissionpolicies")]).of_cluster();
const POLICY_BINDINGS: Need = Need::one(&[Right::on(WRITE, ADMISSION, "mutatingadmissionpolicybindings")]).of_cluster();

const SYSTEM_SETTINGS: Need = Need::one(&[Right::on(CHANGE, "", "configmaps")]);
const CHANGE_NODES: Need =
    Need::one(&[Right::on(&["update", "patch", "delete"], "", "nodes"), Right::on(CHANGE, "", "nodes").sub("status")])
        .of_cluster();
const DRIVE_OUT: Need =
    Need::one(&[Right::on(&["delete"], "", "pods"), Right::on(&["create"], "", "pods").sub("eviction")]);

pub(super) static ALL: &[Technique] = &[
    Technique::new(
        "E50",
        "rewrites by a webhook whatever is written to the API, and so is {}",
        &[MUTATING],
        Gives::ClusterAdmin,
    ),
    Technique::new(
        "E52",
        "rewrites by a policy whatever is written to the API, and so is {}",
        &[POLICIES, POLICY_BINDINGS],
        Gives::ClusterAdmin,
    )
    .admitted("it takes a cluster that serves MutatingAdmissionPolicies"),
    Technique::new("E41", "commands the kubelets, and so has {}", &[KUBELET.whole()], Gives::Nodes),
    Technique::new("E41", "runs code by the kubelets in {}", &[KUBELET], Gives::AllPods),
    Technique::new("E44", ANY_CERTIFICATE, &[APPROVE_CLIENTS, APPROVAL, REQUEST], Gives::Certificates),
    Technique::new("E45", ANY_CERTIFICATE, &[APPROVE_KUBELETS, APPROVAL, REQUEST], Gives::Nodes),
    Technique::new(
        "E45",
        "requests and approves certificates of the nodes that run {}",
        &[APPROVE_KUBELETS, APPROVAL, REQUEST],
        Gives::AllPods,
    ),
    Technique::new(
        "E56",
        "lets the namespace take privileged pods and runs one, which owns {}",
        &[Need::one(&[Right::on(CHANGE, "", "namespaces")]).names(Names::OwnNamespace), RUN_PODS],
        Gives::Nodes,
    ),
    Technique::new(
        "E57",
        "mounts the disk of a node by a PersistentVolume, and so has {}",
        &[Need::one(&[Right::on(&["create"], "", "persistentvolumes")]).of_cluster(), RUN_ANYWHERE],
        Gives::Nodes,
    ),
    Technique::new("E51", "sees by a webhook {}", &[VALIDATING], Gives::SystemSecrets)
        .depends("it sees those that are written from then on"),
    Technique::new(
        "E54",
        "answers for a part of the API, and so is {}",
        &[Need::one(&[Right::on(WRITE, "apiregistration.k8s.io", "apiservices")]).of_cluster()],
        Gives::ClusterAdmin,
    )
    .depends("it takes a controller with such rights that believes what it is answered"),
    Technique::new(
        "E25",
        "makes a bootstrap token and joins {} to the cluster",
        &[Need::one(&[Right::on(&["create"], "", "secrets")])],
        Gives::Nodes,
    )
    .depends("it takes a cluster that lets nodes join by such tokens")
    .in_system(),
    Technique::new(
        "E59",
        "makes itself {} by the ConfigMap `aws-auth`",
        &[SYSTEM_SETTINGS.names(Names::These(&["aws-auth"]))],
        Gives::ClusterAdmin,
    )
    .depends("on EKS, where the ConfigMap is looked at")
    .in_system(),
    Technique::new(
        "E61",
        "has the extension API servers trust it, and so is {}",
        &[SYSTEM_SETTINGS.names(Names::These(&["extension-apiserver-authentication"]))],
        Gives::ClusterAdmin,
    )
    .depends("it takes an extension API server with such rights")
    .in_system(),
    Technique::new("E40", "drives pods onto a node of its own, and so has {}", &[DRIVE_OUT, CHANGE_NODES], Gives::Pods)
        .depends("it takes a node that one has already"),
];
