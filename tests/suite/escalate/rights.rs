//! By roles, bindings and impersonation.

use super::{Grant, Rule, START, VICTIM, granted, leads, leads_nowhere, reached, way};

const RBAC: &str = "rbac.authorization.k8s.io";

#[test]
fn escalate_rewrites_the_cluster_role_that_one_is_bound_to() {
    let steps = ["certain", "1. rewrites a ClusterRole that it is bound to, into cluster-admin"];
    for names in ["", "r0"] {
        let rules = Box::leak(Box::new([("escalate, patch", RBAC, "clusterroles", names)]));
        leads("", &[Grant("", rules)], &steps);
    }
    // Not another one, and not without both.
    for rules in [
        ("escalate, patch", RBAC, "clusterroles", "other"),
        ("escalate", RBAC, "clusterroles", ""),
        ("create, update, patch, delete", RBAC, "clusterroles, roles, rolebindings, clusterrolebindings", ""),
        ("escalate, create", RBAC, "clusterroles", ""),
    ] {
        leads_nowhere("", &[Grant("", Box::leak(Box::new([rules])))]);
    }
    // The names of both have to be the same.
    leads_nowhere("", &[Grant("", &[("escalate", RBAC, "clusterroles", "r0"), ("patch", RBAC, "clusterroles", "x")])]);
    // In a namespace it counts nothing: ClusterRoles are in none.
    leads_nowhere("", &[Grant("app", &[("escalate, patch", RBAC, "clusterroles", "")])]);
}

#[test]
fn a_cluster_role_is_made_that_ones_own_takes_in() {
    let aggregate = "
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: sum}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: sum}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: sum}
subjects: [{kind: ServiceAccount, name: start, namespace: app}]
";
    leads(
        aggregate,
        &[Grant("", &[("escalate, create", RBAC, "clusterroles", "")])],
        &["certain", "1. makes a ClusterRole that is taken in by one that it is bound to, which is then cluster-admin"],
    );
    leads_nowhere(aggregate, &[Grant("", &[("create", RBAC, "clusterroles", "")])]);
}

#[test]
fn bind_hands_out_what_it_names_to_oneself() {
    leads(
        "",
        &[Grant("", &[("bind", RBAC, "clusterroles", ""), ("create", RBAC, "clusterrolebindings", "")])],
        &["certain", "1. binds itself in the whole cluster to cluster-admin"],
    );
    leads(
        "",
        &[Grant("", &[("bind", RBAC, "clusterroles", "cluster-admin"), ("create", RBAC, "clusterrolebindings", "")])],
        &["certain", "1. binds itself in the whole cluster to cluster-admin"],
    );
    // The one that every cluster has can be joined where none can be made.
    leads(
        "",
        &[Grant("", &[("bind", RBAC, "clusterroles", ""), ("update", RBAC, "clusterrolebindings", "cluster-admin")])],
        &[
            "certain",
            "1. puts itself into ClusterRoleBinding cluster-admin to ClusterRole cluster-admin in the whole cluster",
            "the holder of ClusterRole cluster-admin in the whole cluster is cluster-admin",
        ],
    );
    for rules in [
        [("bind", RBAC, "clusterroles", "view"), ("create", RBAC, "clusterrolebindings", "")],
        [("bind", RBAC, "clusterroles", ""), ("delete", RBAC, "clusterrolebindings", "")],
        [("bind", RBAC, "roles", ""), ("create", RBAC, "clusterrolebindings", "")],
    ] {
        leads_nowhere("", &[Grant("", Box::leak(Box::new(rules)))]);
    }
}

#[test]
fn the_rights_of_a_bindable_role_are_followed() {
    let tokens = "
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: tokens}
rules: [{verbs: [create], apiGroups: [''], resources: [serviceaccounts/token]}]
";
    leads(
        &[VICTIM, tokens].concat(),
        &[Grant("app", &[("bind", RBAC, "clusterroles", "tokens"), ("create", RBAC, "rolebindings", "")])],
        &[
            "certain",
            "1. binds itself to ClusterRole tokens in app",
            "2. the holder of ClusterRole tokens in app gets a token of ServiceAccount app/victim",
            "ServiceAccount app/victim is cluster-admin",
        ],
    );
    leads_nowhere(
        VICTIM,
        &[Grant("app", &[("bind", RBAC, "clusterroles", "tokens"), ("create", RBAC, "rolebindings", "")])],
    );
}

#[test]
fn in_a_namespace_all_roles_are_rights_in_the_namespace() {
    let bind = &[("bind", RBAC, "clusterroles", ""), ("create", RBAC, "rolebindings", "")];
    let text = granted(&[Grant("app", bind)]);
    assert_eq!(way(&text, START, "admin/app"), ["certain", "1. binds itself to admin of app"]);
    assert_eq!(reached(&text), ["nodes", "admin/app", "serviceaccounts/app"]);
    assert_eq!(way(&text, START, "admin/other"), [""; 0]);
    // In any namespace, `kube-system` included, it is everything.
    let text = granted(&[Grant("", bind)]);
    assert_eq!(reached(&text), ["cluster-admin"]);
}

#[test]
fn escalate_in_a_namespace_makes_its_admin() {
    let own = ["certain", "1. rewrites a Role that it is bound to, into admin of app"];
    for names in ["", "r0"] {
        let rules = Box::leak(Box::new([("escalate, update", RBAC, "roles", names)]));
        assert_eq!(way(&granted(&[Grant("app", rules)]), START, "admin/app"), own);
    }
    let bound = &[("escalate, update", RBAC, "roles", ""), ("create", RBAC, "rolebindings", "")];
    let by_cluster = granted(&[Grant("", bound)]);
    assert_eq!(way(&by_cluster, START, "cluster-admin").len(), 4, "{:?}", way(&by_cluster, START, "cluster-admin"));
    let made = &[("escalate, create, bind", RBAC, "roles", ""), ("create", RBAC, "rolebindings", "")];
    assert_eq!(
        way(&granted(&[Grant("app", made)]), START, "admin/app"),
        ["certain", "1. makes a Role and binds itself to it, as admin of app"]
    );
    for rules in [
        &[("escalate, update", RBAC, "roles", "other")][..],
        &[("create, update, patch", RBAC, "roles, rolebindings", "")],
        &[("escalate, create", RBAC, "roles", ""), ("create", RBAC, "rolebindings", "")],
    ] {
        let text = granted(&[Grant("app", Box::leak(rules.to_vec().into_boxed_slice()))]);
        assert_eq!(way(&text, START, "admin/app"), [""; 0], "{rules:?}");
    }
}

#[test]
fn impersonation_is_of_those_who_are_named() {
    let admin = "
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: admins}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: User, name: jane}, {kind: Group, name: admins}]
";
    leads(
        admin,
        &[Grant("", &[("impersonate", "", "users", "jane")])],
        &["certain", "1. impersonates User jane", "User jane is cluster-admin"],
    );
    leads(
        admin,
        &[Grant("", &[("impersonate", "", "groups", "admins"), ("impersonate", "", "users", "nobody")])],
        &["certain", "1. impersonates Group admins", "Group admins is cluster-admin"],
    );
    leads(
        "",
        &[Grant("", &[("impersonate", "", "groups, users", "")])],
        &["certain", "1. impersonates Group system:masters", "Group system:masters is cluster-admin"],
    );
    let step = ["certain", "1. impersonates ServiceAccount app/victim", "ServiceAccount app/victim is cluster-admin"];
    leads(VICTIM, &[Grant("app", &[("impersonate", "", "serviceaccounts", "victim")])], &step);
    // A group alone is nobody, a name of another is nothing, users are in no namespace, and a ServiceAccount is no user.
    leads_nowhere(admin, &[Grant("", &[("impersonate", "", "groups", "")])]);
    leads_nowhere(admin, &[Grant("", &[("impersonate", "", "users", "joe")])]);
    leads_nowhere(admin, &[Grant("app", &[("impersonate", "", "users, groups", "")])]);
    leads_nowhere(VICTIM, &[Grant("", &[("impersonate", "", "users", "'system:serviceaccount:app:victim'")])]);
    leads_nowhere(VICTIM, &[Grant("app", &[("impersonate", "", "serviceaccounts", "other")])]);
}

#[test]
fn a_node_is_impersonated_by_its_name_and_its_group() {
    let nodes = |users, groups| {
        let rules = Box::leak(Box::new([("impersonate", "", "users", users), ("impersonate", "", "groups", groups)]));
        way(&granted(&[Grant("", rules)]), START, "nodes")
    };
    for users in ["'system:node:n1'", ""] {
        assert_eq!(nodes(users, "'system:nodes'"), ["certain", "1. impersonates a node"]);
    }
    for (users, groups) in [("'system:node:n1'", "other"), ("jane", "'system:nodes'")] {
        assert_eq!(nodes(users, groups), [""; 0]);
    }
}

#[test]
fn what_is_created_by_its_name_is_created() {
    const BIND: Rule = ("bind", RBAC, "clusterroles", "");
    for verb in ["patch", "update"] {
        let verbs = Box::leak(format!("create, {verb}").into_boxed_str());
        leads(
            "",
            &[Grant("", &*Box::leak(Box::new([(&*verbs, RBAC, "clusterrolebindings", "mine"), BIND])))],
            &["certain", "1. binds itself in the whole cluster to cluster-admin"],
        );
    }
    // By two roles, and where one of both is of any name.
    for (create, patch) in [("mine", "mine, other"), ("mine", "")] {
        let rules: &[_] = Box::leak(Box::new([
            ("create", RBAC, "clusterrolebindings", create),
            ("patch", RBAC, "clusterrolebindings", patch),
        ]));
        leads(
            "",
            &[Grant("", rules), Grant("", &[BIND])],
            &["certain", "1. binds itself in the whole cluster to cluster-admin"],
        );
    }
    // What is there already is not created, and cannot be made to hand out another role.
    leads(
        "",
        &[Grant("", &[("create, patch", RBAC, "clusterrolebindings", "b0"), BIND])],
        &[
            "depends on the environment",
            "1. binds itself in the whole cluster to cluster-admin",
            "depends on the environment: nothing may be there yet that is called what the rule names",
        ],
    );
    for rules in [
        [("create", RBAC, "clusterrolebindings", "mine"), ("get", RBAC, "clusterrolebindings", "mine")],
        [("create", RBAC, "clusterrolebindings", "mine"), ("patch", RBAC, "clusterrolebindings", "other")],
    ] {
        leads_nowhere("", &[Grant("", Box::leak(Box::new(rules))), Grant("", &[BIND])]);
    }
}

#[test]
fn what_two_groups_hold_is_held_by_who_is_in_both() {
    let group = |number: &str, rule: &str| {
        format!(
            "
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {{name: g{number}, namespace: app}}
rules: [{rule}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {{name: g{number}, namespace: app}}
roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: Role, name: g{number}}}
subjects: [{{kind: Group, name: {number}}}]
"
        )
    };
    let create = "{verbs: [create], apiGroups: [''], resources: [secrets]}";
    let read = "{verbs: [get], apiGroups: [''], resources: [secrets]}";
    let all = |other: &str| {
        [
            VICTIM,
            &group("'system:serviceaccounts'", create),
            &group(other, read),
            "---\n",
            &granted(&[Grant("app", &[("get", "", "pods", "")])]),
        ]
        .concat()
        .replace("name: g'system:", "name: 'gsystem:")
    };
    let steps = [
        "certain",
        "1. makes a Secret that is filled with a token of ServiceAccount app/victim",
        "ServiceAccount app/victim is cluster-admin",
    ];
    assert_eq!(way(&all("'system:serviceaccounts:app'"), START, "cluster-admin"), steps);
    assert_eq!(way(&all("'system:serviceaccounts:other'"), START, "cluster-admin"), [""; 0]);
}
