//! Powers over who may do what: to have any right, or to be somebody else.

use super::{CHANGE, Names, Power, RBAC, Right, Step, WRITE};
use crate::rbac::{ALL, MASTERS};

/// Everything.
pub static EVERYTHING: Power =
    Power { gain: "do everything, to everything", gain_over: "do everything to", steps: &[Step::on(&[ALL], ALL, ALL)] };

const WRITE_ROLES: &[Right] = &[Right::on(WRITE, RBAC, "roles").of_any_name()];
const WRITE_CLUSTER_ROLES: &[Right] = &[Right::on(WRITE, RBAC, "clusterroles").of_any_name()];
const WRITE_BINDINGS: &[Right] = &[Right::on(WRITE, RBAC, "rolebindings")];
const WRITE_CLUSTER_BINDINGS: &[Right] = &[Right::on(WRITE, RBAC, "clusterrolebindings")];

const INTO_OWN: &str = "write itself any right into this very role";

/// To write roles with rights that one does not have. To one's own role, no binding has to come.
pub static ESCALATE: Power = Power {
    gain: "write itself any right into a role",
    gain_over: "write itself any right into the roles",
    steps: &[
        Step::on(&["escalate"], RBAC, "clusterroles")
            .of_cluster()
            .names(Names::Own)
            .with(&[WRITE_CLUSTER_ROLES])
            .can(INTO_OWN, ""),
        Step::on(&["escalate"], RBAC, "roles").names(Names::Own).with(&[WRITE_ROLES]).can(INTO_OWN, ""),
        Step::on(&["escalate"], RBAC, "clusterroles").of_cluster().with(&[WRITE_CLUSTER_ROLES]),
        Step::on(&["escalate"], RBAC, "roles").with(&[WRITE_ROLES]),
    ],
};

const CLUSTER_ADMIN: Names = Names::These(&["cluster-admin"]);
const TO_CLUSTER_ADMIN: &str = "bind itself to `cluster-admin`";

/// To hand out roles with rights that one does not have.
pub static BIND: Power = Power {
    gain: "bind itself to any role, `cluster-admin` among them",
    gain_over: "bind itself to",
    steps: &[
        Step::on(&["bind"], RBAC, "clusterroles")
            .of_cluster()
            .names(CLUSTER_ADMIN)
            .with(&[WRITE_CLUSTER_BINDINGS])
            .can(TO_CLUSTER_ADMIN, ""),
        Step::on(&["bind"], RBAC, "clusterroles")
            .names(CLUSTER_ADMIN)
            .with(&[WRITE_BINDINGS])
            .can(TO_CLUSTER_ADMIN, ""),
        Step::on(&["bind"], RBAC, "clusterroles").of_cluster().with(&[WRITE_CLUSTER_BINDINGS]),
        Step::on(&["bind"], RBAC, "clusterroles").with(&[WRITE_BINDINGS]),
        Step::on(&["bind"], RBAC, "roles").with(&[WRITE_BINDINGS]),
    ],
};

const BE_SOMEBODY: &[Right] = &[
    Right::on(&["impersonate"], "", "users").of_any_name(),
    Right::on(&["impersonate"], "", "serviceaccounts").of_any_name(),
];

/// To act as another. Of a group, nobody can be but as a user or a ServiceAccount.
pub static IMPERSONATE: Power = Power {
    gain: "act as anybody else",
    gain_over: "act as",
    steps: &[
        Step::on(&["impersonate"], "", "groups")
            .of_cluster()
            .names(Names::These(&[MASTERS]))
            .with(&[BE_SOMEBODY])
            .can("act as a member of `system:masters`, and so do everything", ""),
        Step::on(&["impersonate"], "", "groups").of_cluster().with(&[BE_SOMEBODY]),
        Step::on(&["impersonate"], "", "users").of_cluster(),
        Step::on(&["impersonate"], "", "serviceaccounts")
            .can("act as any ServiceAccount", "act as the ServiceAccounts"),
        Step::on(&["impersonate"], "authentication.k8s.io", "uids").of_cluster().depends().can(
            "take on any UID, as somebody whom it may act as",
            "take on, as somebody whom it may act as, the UIDs",
        ),
        Step::on(&["impersonate:user-info"], "authentication.k8s.io", "users").of_cluster().depends(),
        Step::on(&["impersonate:user-info"], "authentication.k8s.io", "groups").of_cluster().depends(),
        Step::on(&["impersonate:serviceaccount"], "authentication.k8s.io", "serviceaccounts").depends().can(
            "act as any ServiceAccount, for what it may do so",
            "act, for what it may do so, as the ServiceAccounts",
        ),
    ],
};

/// To have a token of any ServiceAccount.
pub static TOKENS: Power = Power {
    gain: "get a token of any ServiceAccount, and act as it",
    gain_over: "get tokens of the ServiceAccounts",
    steps: &[Step::on(&["create"], "", "serviceaccounts").sub("token")],
};

/// To change what ServiceAccounts are outside of the cluster.
pub static SERVICE_ACCOUNTS: Power = Power {
    gain: "change ServiceAccounts, and by their annotations which identity of a cloud they have",
    gain_over: "change the ServiceAccounts",
    steps: &[Step::on(CHANGE, "", "serviceaccounts").depends()],
};
