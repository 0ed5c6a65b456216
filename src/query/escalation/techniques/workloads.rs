//! By pods: whoever runs code in one acts as its ServiceAccount.

use crate::query::escalation::technique::{Gives, Names, Need, Technique};
use crate::query::power::{CHANGE, RUN, Right, TEMPLATES};

const CREATE_PODS: Need = Need::one(&[Right::on(&["create"], "", "pods")]);
/// The template of a Job cannot be changed.
const WRITE_TEMPLATES: Need = Need::one(TEMPLATES).whole();
/// To have a pod run in one way or another.
pub(super) const RUN_PODS: Need = Need::one(RUN).whole();
const DEBUG: Need = Need::one(&[Right::on(CHANGE, "", "pods").sub("ephemeralcontainers")]);
const USE_PRIVILEGED: Need = Need::one(&[Right::on(&["use"], "security.openshift.io", "securitycontextconstraints")])
    .names(Names::These(&["privileged"]));

const POD_SECURITY: &str = "if neither Pod Security nor a policy forbids privileged pods there";
const WEB_SOCKET: &str = "until 1.35, or where `AuthorizePodWebsocketUpgradeCreatePermission` is off";

pub(super) static ALL: &[Technique] = &[
    Technique::new("E01", "runs a pod as {}", &[CREATE_PODS], Gives::Accounts),
    Technique::new("E03", "has a controller run a pod as {}", &[WRITE_TEMPLATES], Gives::Accounts),
    Technique::new("E01", "mounts {} into a pod", &[RUN_PODS], Gives::SystemSecrets),
    Technique::new("E02", "runs a privileged pod, which owns {}", &[RUN_PODS], Gives::NodesByPod)
        .admitted(POD_SECURITY),
    Technique::new(
        "E04",
        "runs code in {}",
        &[Need::one(&[Right::on(&["create"], "", "pods").sub("exec")]).selects()],
        Gives::Pods,
    ),
    Technique::new(
        "E04",
        "runs code in {}",
        &[Need::one(&[Right::on(&["get"], "", "pods").sub("exec")]).selects()],
        Gives::Pods,
    )
    .admitted(WEB_SOCKET)
    .until(35),
    Technique::new("E06", "puts a container into {}", &[DEBUG.selects()], Gives::Pods),
    Technique::new("E06", "puts a privileged container into a pod, which owns {}", &[DEBUG.whole()], Gives::NodesByPod)
        .admitted(POD_SECURITY),
    Technique::new(
        "E07",
        "puts another image into {}",
        &[Need::one(&[Right::on(CHANGE, "", "pods")]).selects()],
        Gives::Pods,
    ),
    Technique::new(
        "E05",
        "types into {}",
        &[Need::one(&[Right::on(&["create"], "", "pods").sub("attach")]).selects()],
        Gives::Pods,
    )
    .depends("it takes a program that does what is typed"),
    Technique::new("E66", "runs a privileged pod, which owns {}", &[RUN_PODS, USE_PRIVILEGED.beside()], Gives::Nodes)
        .depends("on OpenShift"),
];
