//! Powers over the cluster itself: its nodes, certificates, extensions and settings.

use super::{CHANGE, Names, Power, Right, Step, WRITE};

const GET: &[&str] = &["get"];

/// To speak to the kubelets, by which code runs in any pod of a node, past all admission. `get` is enough: a WebSocket
/// is opened by it (reference/access-authn-authz/kubelet-authn-authz).
pub static KUBELET: Power = Power {
    gain: "run code in every pod of every node, by its kubelet",
    gain_over: "run code in every pod of the nodes",
    steps: &[
        Step::on(&["get", "create"], "", "nodes").sub("proxy").of_cluster(),
        Step::on(&["create"], "", "nodes").sub("checkpoint").of_cluster().depends(),
        Step::on(GET, "", "nodes").sub("log").of_cluster().depends(),
        Step::on(GET, "", "nodes").sub("pods").of_cluster().depends(),
        Step::on(GET, "", "nodes").sub("configz").of_cluster().depends(),
    ],
};

const STATUS: &str = "status";
const NODE_CHANGES: &[&str] = &["update", "patch", "delete", "deletecollection"];

/// To decide where pods run.
pub static NODES: Power = Power {
    gain: "decide on which node pods run, and take those of others to its own",
    gain_over: "change the nodes",
    steps: &[
        Step::on(NODE_CHANGES, "", "nodes").of_cluster(),
        Step::on(CHANGE, "", "nodes").sub(STATUS).of_cluster(),
        Step::on(&["create"], "", "pods").sub("binding").depends(),
        Step::on(&["create"], "", "bindings").depends(),
    ],
};

const SIGNERS_OF_CLIENTS: &[&str] =
    &["kubernetes.io/kube-apiserver-client", "kubernetes.io/kube-apiserver-client-kubelet", "kubernetes.io/*"];
const CERTIFICATES_GROUP: &str = "certificates.k8s.io";
const APPROVE: &[&[Right]] = &[&[Right::on(CHANGE, CERTIFICATES_GROUP, "certificatesigningrequests").sub("approval")]];
const SIGN: &[&[Right]] = &[&[Right::on(CHANGE, CERTIFICATES_GROUP, "certificatesigningrequests").sub(STATUS)]];

/// To have certificates of others: by their names, who is in them is told apart (reference/access-authn-authz/
/// certificate-signing-requests).
pub static CERTIFICATES: Power = Power {
    gain: "get a certificate of any user or node",
    gain_over: "get certificates of",
    steps: &[
        Step::on(&["approve"], CERTIFICATES_GROUP, "signers").of_cluster().names(Names::None).with(APPROVE),
        Step::on(&["approve"], CERTIFICATES_GROUP, "signers")
            .of_cluster()
            .names(Names::These(SIGNERS_OF_CLIENTS))
            .with(APPROVE),
        Step::on(&["sign"], CERTIFICATES_GROUP, "signers").of_cluster().names(Names::None).with(SIGN).depends(),
        Step::on(&["sign"], CERTIFICATES_GROUP, "signers")
            .of_cluster()
            .names(Names::These(SIGNERS_OF_CLIENTS))
            .with(SIGN)
            .depends(),
        Step::on(WRITE, CERTIFICATES_GROUP, "clustertrustbundles").of_cluster().depends(),
    ],
};

const ADMISSION_GROUP: &str = "admissionregistration.k8s.io";

/// To see and change all that is written to the API.
pub static ADMISSION: Power = Power {
    gain: "see and change everything that anybody writes to the API",
    gain_over: "change what sees everything that is written to the API:",
    steps: &[
        Step::on(WRITE, ADMISSION_GROUP, "mutatingwebhookconfigurations").of_cluster(),
        Step::on(WRITE, ADMISSION_GROUP, "validatingwebhookconfigurations").of_cluster(),
        Step::on(WRITE, ADMISSION_GROUP, "mutatingadmissionpolicies").of_cluster().with(&[&[Right::on(
            WRITE,
            ADMISSION_GROUP,
            "mutatingadmissionpolicybindings",
        )]]),
        Step::on(WRITE, ADMISSION_GROUP, "validatingadmissionpolicies").of_cluster().depends(),
        Step::on(WRITE, ADMISSION_GROUP, "validatingadmissionpolicybindings").of_cluster().depends(),
    ],
};

/// To answer in the place of the API server.
pub static API_EXTENSIONS: Power = Power {
    gain: "answer for a part of the API, and see who asks for what",
    gain_over: "answer for these parts of the API:",
    steps: &[
        Step::on(WRITE, "apiregistration.k8s.io", "apiservices").of_cluster(),
        Step::on(WRITE, "apiextensions.k8s.io", "customresourcedefinitions").of_cluster().depends(),
    ],
};

const USE_A_VOLUME: &[&[Right]] = &[
    &[Right::on(&["create"], "", "persistentvolumeclaims")],
    &[
        Right::on(&["create"], "", "pods"),
        Right::on(WRITE, "apps", "deployments"),
        Right::on(WRITE, "apps", "statefulsets"),
        Right::on(WRITE, "apps", "daemonsets"),
        Right::on(&["create"], "batch", "jobs"),
    ],
];
const STORAGE: &str = "storage.k8s.io";

/// To have any directory of a node.
pub static VOLUMES: Power = Power {
    gain: "mount any directory of a node, by a PersistentVolume with a `hostPath`",
    gain_over: "mount",
    steps: &[
        Step::on(&["create"], "", "persistentvolumes").of_cluster().with(USE_A_VOLUME),
        Step::on(&["create"], "", "persistentvolumes").of_cluster().depends(),
        Step::on(WRITE, STORAGE, "csidrivers").of_cluster().depends(),
        Step::on(&["create"], STORAGE, "storageclasses").of_cluster().depends(),
        Step::on(WRITE, STORAGE, "volumeattachments").of_cluster().depends(),
    ],
};

const RUN: &[Right] = &[
    Right::on(&["create"], "", "pods"),
    Right::on(WRITE, "apps", "deployments"),
    Right::on(WRITE, "apps", "statefulsets"),
    Right::on(WRITE, "apps", "daemonsets"),
    Right::on(&["create"], "batch", "jobs"),
];

/// To lift what holds pods back.
pub static NAMESPACES: Power = Power {
    gain: "take the labels of Pod Security off namespaces, and run privileged pods",
    gain_over: "take the labels of Pod Security off the namespaces",
    steps: &[Step::on(CHANGE, "", "namespaces").with(&[RUN]), Step::on(CHANGE, "", "namespaces").depends()],
};

/// To change what the parts of the cluster go by.
pub static CLUSTER_SETTINGS: Power = Power {
    gain: "change what the cluster itself goes by, in `kube-system`",
    gain_over: "change what the cluster itself goes by:",
    steps: &[
        Step::on(CHANGE, "", "configmaps")
            .names(Names::These(&[
                "aws-auth",
                "coredns",
                "extension-apiserver-authentication",
                "kube-proxy",
                "kubeadm-config",
                "kubelet-config",
            ]))
            .in_namespace("kube-system"),
        Step::on(WRITE, "", "configmaps").names(Names::None).in_namespace("kube-system").depends(),
        Step::on(WRITE, "coordination.k8s.io", "leases").names(Names::None).in_namespace("kube-system").depends(),
    ],
};

/// To have operators do with their own rights what one may not do oneself.
pub static OPERATORS: Power = Power {
    gain: "have an operator act for it, with the operator's rights",
    gain_over: "have an operator act for it, by",
    steps: &[
        Step::on(WRITE, "argoproj.io", "applications").depends(),
        Step::on(WRITE, "argoproj.io", "applicationsets").depends(),
        Step::on(WRITE, "argoproj.io", "appprojects").depends(),
        Step::on(WRITE, "argoproj.io", "workflows").depends(),
        Step::on(WRITE, "kustomize.toolkit.fluxcd.io", "kustomizations").depends(),
        Step::on(WRITE, "helm.toolkit.fluxcd.io", "helmreleases").depends(),
        Step::on(WRITE, "tekton.dev", "pipelineruns").depends(),
        Step::on(WRITE, "tekton.dev", "taskruns").depends(),
        Step::on(WRITE, "velero.io", "restores").depends(),
        Step::on(WRITE, "external-secrets.io", "clustersecretstores").of_cluster().depends(),
        Step::on(WRITE, "apiextensions.crossplane.io", "compositions").of_cluster().depends(),
        Step::on(WRITE, "kyverno.io", "clusterpolicies").of_cluster().depends(),
        Step::on(WRITE, "operators.coreos.com", "subscriptions").depends(),
        Step::on(WRITE, "monitoring.coreos.com", "prometheuses").depends(),
        Step::on(WRITE, "rbacmanager.reactiveops.io", "rbacdefinitions").of_cluster().depends(),
    ],
};
