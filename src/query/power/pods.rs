//! Powers over pods: whoever runs code in one acts as its ServiceAccount, and reads what is mounted into it.

use super::{CHANGE, ERASE, Names, Power, Step, WRITE};

/// To run pods, as any ServiceAccount of the namespace and with any Secret of it. The template of a Job cannot be
/// changed, so that only creating one helps.
pub static CREATE_WORKLOADS: Power = Power {
    gain: "run pods as any ServiceAccount, with any Secret",
    gain_over: "run other pods from",
    steps: &[
        Step::on(&["create"], "", "pods"),
        Step::on(WRITE, "apps", "deployments"),
        Step::on(WRITE, "apps", "daemonsets"),
        Step::on(WRITE, "apps", "statefulsets"),
        Step::on(WRITE, "apps", "replicasets"),
        Step::on(WRITE, "", "replicationcontrollers"),
        Step::on(&["create"], "batch", "jobs"),
        Step::on(WRITE, "batch", "cronjobs"),
    ],
};

const ATTACH: &str = "read what a program in any pod writes, and type into it";
const ATTACH_OVER: &str = "read what a program writes, and type into it, in the pods";

/// To run code in pods that are there. Until 1.35, whoever may `get` an exec may open one by WebSocket.
pub static ENTER_PODS: Power = Power {
    gain: "run code in any pod, as its ServiceAccount",
    gain_over: "run code in the pods",
    steps: &[
        Step::on(&["create"], "", "pods").sub("exec"),
        Step::on(&["get"], "", "pods").sub("exec").until(35),
        Step::on(&["create"], "", "pods").sub("attach").can(ATTACH, ATTACH_OVER),
        Step::on(&["get"], "", "pods").sub("attach").until(35).can(ATTACH, ATTACH_OVER),
        Step::on(CHANGE, "", "pods").sub("ephemeralcontainers"),
        Step::on(CHANGE, "", "pods"),
    ],
};

/// To run privileged pods on `OpenShift`.
pub static PRIVILEGED_SCC: Power = Power {
    gain: "run privileged pods, which own their node",
    gain_over: "run pods by",
    steps: &[
        Step::on(&["use"], "security.openshift.io", "securitycontextconstraints").names(Names::These(&["privileged"])),
        Step::on(&["use"], "security.openshift.io", "securitycontextconstraints").names(Names::None),
    ],
};

const END: &[&str] = &["deletecollection"];

/// To end what others run, all at once.
pub static DISRUPT: Power = Power {
    gain: "end everything that runs",
    gain_over: "end",
    steps: &[
        Step::on(ERASE, "", "namespaces")
            .of_cluster()
            .can("delete any namespace, with all that is in it", "delete, with all that is in them, the namespaces"),
        Step::on(ERASE, "apiextensions.k8s.io", "customresourcedefinitions").of_cluster().can(
            "delete any kind of custom resource, with all objects of it",
            "delete, with all objects of them, the custom resources",
        ),
        Step::on(END, "", "pods"),
        Step::on(END, "apps", "deployments"),
        Step::on(END, "apps", "daemonsets"),
        Step::on(END, "apps", "statefulsets"),
        Step::on(END, "", "persistentvolumeclaims").can("delete all claims of volumes, and with them the data", ""),
        Step::on(END, "", "secrets").can("delete all Secrets", ""),
        Step::on(&["create"], "", "pods").sub("eviction").can("evict any pod", "evict the pods"),
    ],
};

const CHANGE_OR_ERASE: &[&str] = &["update", "patch", "delete", "deletecollection"];

/// To change what others may use.
pub static LIMITS: Power = Power {
    gain: "change how much others may run",
    gain_over: "change",
    steps: &[
        Step::on(WRITE, "scheduling.k8s.io", "priorityclasses")
            .of_cluster()
            .can("decide whose pods make way for whose", "decide whose pods make way for whose, by"),
        Step::on(CHANGE_OR_ERASE, "", "resourcequotas"),
        Step::on(CHANGE_OR_ERASE, "", "limitranges"),
    ],
};
