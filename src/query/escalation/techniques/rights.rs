//! By roles, bindings and impersonation: to have any right, or to be somebody else.

use crate::query::escalation::technique::{Gives, Names, Need, Technique};
use crate::query::power::{CHANGE, RBAC, Right};

const BIND_CLUSTER_ROLES: Need = Need::one(&[Right::on(&["bind"], RBAC, "clusterroles")]).beside();
const BIND_ROLES: Need = Need::one(&[Right::on(&["bind"], RBAC, "roles")]).beside();
const CREATE_BINDINGS: Need = Need::one(&[Right::on(&["create"], RBAC, "rolebindings")]);
const CHANGE_BINDINGS: Need = Need::one(&[Right::on(CHANGE, RBAC, "rolebindings")]);
const CREATE_CLUSTER_BINDINGS: Need = Need::one(&[Right::on(&["create"], RBAC, "clusterrolebindings")]).of_cluster();
const CHANGE_CLUSTER_BINDINGS: Need = Need::one(&[Right::on(CHANGE, RBAC, "clusterrolebindings")]).of_cluster();
const CHANGE_ROLES: Need = Need::one(&[Right::on(CHANGE, RBAC, "roles")]);
const ESCALATE_ROLES: Need = Need::one(&[Right::on(&["escalate"], RBAC, "roles")]).beside();
const CREATE_ROLES: Need = Need::one(&[Right::on(&["create"], RBAC, "roles")]);
const CHANGE_CLUSTER_ROLES: Need = Need::one(&[Right::on(CHANGE, RBAC, "clusterroles")]).of_cluster();
const CREATE_CLUSTER_ROLES: Need = Need::one(&[Right::on(&["create"], RBAC, "clusterroles")]).of_cluster();
const ESCALATE_CLUSTER_ROLES: Need = Need::one(&[Right::on(&["escalate"], RBAC, "clusterroles")]).of_cluster().beside();
/// To act as a member of a group, one has to act as somebody.
const IMPERSONATE_SOMEBODY: Need =
    Need::one(&[Right::on(&["impersonate"], "", "users"), Right::on(&["impersonate"], "", "serviceaccounts")])
        .whole()
        .anywhere()
        .beside();

/// A node is who is called so and is in the group of nodes: both are said with one request.
const IMPERSONATE_NODES: Need =
    Need::one(&[Right::on(&["impersonate"], "", "groups")]).of_cluster().names(Names::These(&["system:nodes"]));
const IMPERSONATE_A_NODE: Need = Need::one(&[Right::on(&["impersonate"], "", "users")])
    .of_cluster()
    .names(Names::Beginning("system:node:"))
    .beside();

pub(super) static ALL: &[Technique] = &[
    Technique::new(
        "E38a",
        "impersonates {}",
        &[Need::one(&[Right::on(&["impersonate"], "", "groups")]).of_cluster().selects(), IMPERSONATE_SOMEBODY],
        Gives::Groups,
    ),
    Technique::new("E38", "impersonates {}", &[IMPERSONATE_NODES, IMPERSONATE_A_NODE], Gives::Nodes),
    Technique::new(
        "E38",
        "impersonates {}",
        &[Need::one(&[Right::on(&["impersonate"], "", "users")]).of_cluster().selects()],
        Gives::Users,
    ),
    Technique::new(
        "E38b",
        "impersonates {}",
        &[Need::one(&[Right::on(&["impersonate"], "", "serviceaccounts")]).selects()],
        Gives::Impersonated,
    ),
    Technique::new(
        "E32",
        "binds itself in the whole cluster to {}",
        &[CREATE_CLUSTER_BINDINGS, BIND_CLUSTER_ROLES.of_cluster().selects()],
        Gives::ClusterRoles,
    ),
    Technique::new(
        "E32",
        "puts itself into {}",
        &[CHANGE_CLUSTER_BINDINGS.selects(), BIND_CLUSTER_ROLES.of_cluster().selects()],
        Gives::BoundClusterRoles,
    ),
    Technique::new(
        "E33",
        "rewrites a ClusterRole that it is bound to, into {}",
        &[CHANGE_CLUSTER_ROLES.selects(), ESCALATE_CLUSTER_ROLES.selects()],
        Gives::OwnClusterRole,
    ),
    Technique::new(
        "E33",
        "makes a ClusterRole that it is bound to, as {}",
        &[CREATE_CLUSTER_ROLES.selects(), ESCALATE_CLUSTER_ROLES.selects()],
        Gives::AbsentClusterRole,
    ),
    Technique::new(
        "E36",
        "makes a ClusterRole that is taken in by one that it is bound to, which is then {}",
        &[CREATE_CLUSTER_ROLES, ESCALATE_CLUSTER_ROLES],
        Gives::OwnAggregate,
    ),
    Technique::new("E31", "binds itself to {}", &[CREATE_BINDINGS, BIND_CLUSTER_ROLES.selects()], Gives::ClusterRoles),
    Technique::new("E31", "binds itself to {}", &[CREATE_BINDINGS, BIND_ROLES.selects()], Gives::Roles),
    Technique::new(
        "E31",
        "puts itself into {}",
        &[CHANGE_BINDINGS.selects(), BIND_CLUSTER_ROLES.selects()],
        Gives::BoundClusterRoles,
    ),
    Technique::new("E31", "puts itself into {}", &[CHANGE_BINDINGS.selects(), BIND_ROLES.selects()], Gives::BoundRoles),
    Technique::new(
        "E30",
        "rewrites a Role that it is bound to, into {}",
        &[CHANGE_ROLES.selects(), ESCALATE_ROLES.selects()],
        Gives::OwnRole,
    ),
    Technique::new(
        "E30",
        "makes a Role that it is bound to, as {}",
        &[CREATE_ROLES.selects(), ESCALATE_ROLES.selects()],
        Gives::AbsentRole,
    ),
    Technique::new(
        "E30",
        "binds itself to a Role and rewrites it into {}",
        &[CHANGE_ROLES, ESCALATE_ROLES, CREATE_BINDINGS],
        Gives::NamespaceAdmin,
    ),
    Technique::new(
        "E30",
        "makes a Role and binds itself to it, as {}",
        &[CREATE_ROLES, ESCALATE_ROLES, CREATE_BINDINGS, BIND_ROLES],
        Gives::NamespaceAdmin,
    ),
];
