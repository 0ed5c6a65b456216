//! Powers over the cluster itself: its nodes, certificates, extensions and settings.

use super::{CHANGE, ERASE, Names, Power, RUN, Right, Step, WRITE};

const GET: &[&str] = &["get"];

/// To speak to the kubelets, by which code runs in any pod of a node, past all admission. `get` is enough: a WebSocket
/// is opened by it (reference/access-authn-authz/kubelet-authn-authz).
pub static KUBELET: Power = Power {
    gain: "run code in every pod of every node, by its kubelet",
    gain_over: "run code in every pod of the nodes",
    steps: &[
        Step::on(&["get", "create"], "", "nodes").sub("proxy").of_cluster(),
        Step::on(&["create"], "", "nodes").sub("checkpoint").of_cluster().depends().can(
            "write the memory of any container to a file of its node",
            "write the memory of containers to files of the nodes",
        ),
        Step::on(GET, "", "nodes")
            .sub("log")
            .of_cluster()
            .depends()
            .can("read the logs of every node", "read the logs of the nodes"),
        Step::on(GET, "", "nodes")
            .sub("pods")
            .of_cluster()
            .depends()
            .can("read the spec of every pod", "read the specs of the pods of the nodes"),
        Step::on(GET, "", "nodes")
            .sub("configz")
            .of_cluster()
            .depends()
            .can("read the settings of every kubelet", "read the settings of the kubelets of the nodes"),
    ],
};

const STATUS: &str = "status";
const PLACE: &str = "put pods that wait for a node on any node, past the scheduler";
const NODE_CHANGES: &[&str] = &["update", "patch", "delete", "deletecollection"];

/// To decide where pods run.
pub static NODES: Power = Power {
    gain: "decide on which nodes pods run",
    gain_over: "change the nodes",
    steps: &[
        Step::on(NODE_CHANGES, "", "nodes").of_cluster(),
        Step::on(CHANGE, "", "nodes").sub(STATUS).of_cluster(),
        Step::on(&["create"], "", "pods").sub("binding").depends().can(PLACE, "put on any node the pods"),
        Step::on(&["create"], "", "bindings").depends().can(PLACE, ""),
    ],
};

const SIGNERS_OF_CLIENTS: &[&str] =
    &["kubernetes.io/kube-apiserver-client", "kubernetes.io/kube-apiserver-client-kubelet", "kubernetes.io/*"];
const CERTIFICATES_GROUP: &str = "certificates.k8s.io";
const APPROVE: &[&[Right]] = &[APPROVAL, &[Right::on(&["create"], CERTIFICATES_GROUP, "certificatesigningrequests")]];
const APPROVAL: &[Right] =
    &[Right::on(CHANGE, CERTIFICATES_GROUP, "certificatesigningrequests").sub("approval").of_any_name()];
const APPROVE_ANY: &str = "approve certificates in the name of any user or node";
const SIGN_ANY: &str = "give out certificates in the name of any user or node, if it has the key of the CA";
const TRUST: &str = "change which certificates workloads trust";
const TRUST_OVER: &str = "change which certificates workloads trust by";
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
        Step::on(&["approve"], CERTIFICATES_GROUP, "signers")
            .of_cluster()
            .names(Names::None)
            .with(&[APPROVAL])
            .depends()
            .can(APPROVE_ANY, ""),
        Step::on(&["approve"], CERTIFICATES_GROUP, "signers")
            .of_cluster()
            .names(Names::These(SIGNERS_OF_CLIENTS))
            .with(&[APPROVAL])
            .depends()
            .can(APPROVE_ANY, ""),
        Step::on(&["sign"], CERTIFICATES_GROUP, "signers")
            .of_cluster()
            .names(Names::None)
            .with(SIGN)
            .depends()
            .can(SIGN_ANY, ""),
        Step::on(&["sign"], CERTIFICATES_GROUP, "signers")
            .of_cluster()
            .names(Names::These(SIGNERS_OF_CLIENTS))
            .with(SIGN)
            .depends()
            .can(SIGN_ANY, ""),
        Step::on(WRITE, CERTIFICATES_GROUP, "clustertrustbundles").of_cluster().depends().can(TRUST, TRUST_OVER),
    ],
};

const ADMISSION_GROUP: &str = "admissionregistration.k8s.io";
const UNMAKE: &[&str] = &["create", "update", "patch", "delete", "deletecollection"];
const DECIDE: &str = "decide what the API server refuses";
const DECIDE_OVER: &str = "decide what the API server refuses by";
const SWITCH_OFF: &str = "switch off what checks everything that is written to the API";
const SWITCH_OFF_OVER: &str = "switch off what checks what is written to the API:";

/// To see and change all that is written to the API.
pub static ADMISSION: Power = Power {
    gain: "see and change everything that anybody writes to the API",
    gain_over: "change what sees everything that is written to the API:",
    steps: &[
        Step::on(WRITE, ADMISSION_GROUP, "mutatingwebhookconfigurations").of_cluster(),
        Step::on(WRITE, ADMISSION_GROUP, "validatingwebhookconfigurations").of_cluster().can(
            "see everything that anybody writes to the API, and refuse it",
            "change who sees what is written to the API, and may refuse it:",
        ),
        Step::on(WRITE, ADMISSION_GROUP, "mutatingadmissionpolicies").of_cluster().with(&[&[Right::on(
            WRITE,
            ADMISSION_GROUP,
            "mutatingadmissionpolicybindings",
        )]]),
        Step::on(UNMAKE, ADMISSION_GROUP, "validatingadmissionpolicies")
            .of_cluster()
            .depends()
            .can(DECIDE, DECIDE_OVER),
        Step::on(UNMAKE, ADMISSION_GROUP, "validatingadmissionpolicybindings")
            .of_cluster()
            .depends()
            .can(DECIDE, DECIDE_OVER),
        Step::on(ERASE, ADMISSION_GROUP, "validatingwebhookconfigurations")
            .of_cluster()
            .depends()
            .can(SWITCH_OFF, SWITCH_OFF_OVER),
        Step::on(ERASE, ADMISSION_GROUP, "mutatingwebhookconfigurations")
            .of_cluster()
            .depends()
            .can(SWITCH_OFF, SWITCH_OFF_OVER),
    ],
};

/// To answer in the place of the API server.
pub static API_EXTENSIONS: Power = Power {
    gain: "answer for a part of the API, and see who asks for what",
    gain_over: "answer for these parts of the API:",
    steps: &[
        Step::on(WRITE, "apiregistration.k8s.io", "apiservices").of_cluster(),
        Step::on(WRITE, "apiextensions.k8s.io", "customresourcedefinitions").of_cluster().depends().can(
            "see and change any custom resource, by a conversion webhook",
            "change, with all their objects, the custom resources",
        ),
    ],
};

const STORAGE: &str = "storage.k8s.io";

/// To have any directory of a node. Whoever runs a pod can have it claim a volume, too: a generic ephemeral volume is a
/// claim that is made for the pod (concepts/storage/ephemeral-volumes).
pub static VOLUMES: Power = Power {
    gain: "mount any directory of a node, by a PersistentVolume with a `hostPath`",
    gain_over: "mount",
    steps: &[
        Step::on(&["create"], "", "persistentvolumes").of_cluster().with(&[RUN]),
        Step::on(&["create"], "", "persistentvolumes")
            .of_cluster()
            .depends()
            .can("make volumes of any directory of a node, for whoever claims them", ""),
        Step::on(WRITE, STORAGE, "csidrivers")
            .of_cluster()
            .depends()
            .can("decide which tokens of pods a CSI driver is given", "change what is given to the CSI drivers"),
        Step::on(&["create"], STORAGE, "storageclasses")
            .of_cluster()
            .depends()
            .can("have a provisioner make volumes of any kind", ""),
        Step::on(WRITE, STORAGE, "volumeattachments")
            .of_cluster()
            .depends()
            .can("have any volume attached to any node", "change the attachments of volumes"),
    ],
};

const TAKE_OFF: &str = "take the labels of Pod Security off the namespaces";

/// To lift what holds pods back.
pub static NAMESPACES: Power = Power {
    gain: "take the labels of Pod Security off namespaces, and run privileged pods",
    gain_over: TAKE_OFF,
    steps: &[
        Step::on(CHANGE, "", "namespaces").with(&[RUN]),
        Step::on(CHANGE, "", "namespaces").depends().can("take the labels of Pod Security off namespaces", TAKE_OFF),
    ],
};

const SYSTEM: &str = "kube-system";

/// To change what the parts of the cluster go by.
pub static CLUSTER_SETTINGS: Power = Power {
    gain: "change the settings of the cluster itself, in `kube-system`",
    gain_over: "change the settings of the cluster itself:",
    steps: &[
        Step::on(CHANGE, "", "configmaps")
            .names(Names::These(&["aws-auth"]))
            .in_namespace(SYSTEM)
            .can("give any identity of AWS any right in the cluster, by the ConfigMap `aws-auth`", ""),
        Step::on(CHANGE, "", "configmaps")
            .names(Names::These(&["coredns"]))
            .in_namespace(SYSTEM)
            .can("decide where every name leads that pods look up, by the ConfigMap `coredns`", ""),
        Step::on(CHANGE, "", "configmaps")
            .names(Names::These(&[
                "extension-apiserver-authentication",
                "kube-proxy",
                "kubeadm-config",
                "kubelet-config",
            ]))
            .in_namespace(SYSTEM),
        Step::on(CHANGE, "", "configmaps")
            .names(Names::These(&["cluster-info"]))
            .in_namespace("kube-public")
            .depends()
            .can("decide which API server new nodes trust, by the ConfigMap `cluster-info`", ""),
        Step::on(CHANGE, "", "configmaps")
            .names(Names::None)
            .in_namespace(SYSTEM)
            .depends()
            .can("change any ConfigMap in `kube-system`, the settings of the cluster among them", ""),
        Step::on(&["create"], "", "configmaps")
            .names(Names::None)
            .in_namespace(SYSTEM)
            .depends()
            .can("make settings of the cluster that are not there yet, such as the ConfigMap `aws-auth`", ""),
        Step::on(WRITE, "coordination.k8s.io", "leases")
            .names(Names::None)
            .in_namespace(SYSTEM)
            .depends()
            .can("take the lead from the controllers of the cluster, by their Leases in `kube-system`", ""),
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
        Step::on(WRITE, "argoproj.io", "cronworkflows").depends(),
        Step::on(WRITE, "argoproj.io", "rollouts").depends(),
        Step::on(WRITE, "kustomize.toolkit.fluxcd.io", "kustomizations").depends(),
        Step::on(WRITE, "helm.toolkit.fluxcd.io", "helmreleases").depends(),
        Step::on(WRITE, "tekton.dev", "pipelineruns").depends(),
        Step::on(WRITE, "tekton.dev", "taskruns").depends(),
        Step::on(WRITE, "velero.io", "restores").depends(),
        Step::on(WRITE, "external-secrets.io", "clustersecretstores").of_cluster().depends(),
        Step::on(WRITE, "apiextensions.crossplane.io", "compositions").of_cluster().depends(),
        Step::on(WRITE, "kyverno.io", "clusterpolicies").of_cluster().depends(),
        Step::on(WRITE, "operators.coreos.com", "subscriptions").depends(),
        Step::on(WRITE, "operators.coreos.com", "clusterserviceversions").depends(),
        Step::on(WRITE, "olm.operatorframework.io", "clusterextensions").of_cluster().depends(),
        Step::on(WRITE, "helm.cattle.io", "helmcharts").depends(),
        Step::on(WRITE, "pkg.crossplane.io", "providers").of_cluster().depends(),
        Step::on(WRITE, "kubevirt.io", "virtualmachines").depends(),
        Step::on(WRITE, "serving.knative.dev", "services").depends(),
        Step::on(WRITE, "jobset.x-k8s.io", "jobsets").depends(),
        Step::on(WRITE, "ray.io", "rayclusters").depends(),
        Step::on(WRITE, "sparkoperator.k8s.io", "sparkapplications").depends(),
        Step::on(WRITE, "monitoring.coreos.com", "prometheuses").depends(),
        Step::on(WRITE, "monitoring.coreos.com", "alertmanagers").depends(),
        Step::on(WRITE, "monitoring.coreos.com", "thanosrulers").depends(),
        Step::on(WRITE, "rbacmanager.reactiveops.io", "rbacdefinitions").of_cluster().depends(),
    ],
};
