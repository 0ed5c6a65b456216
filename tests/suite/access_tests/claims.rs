//! `allow`, `deny`, `only` and `no-path`: when they hold, and what is said where they do not.

use super::{MANIFESTS, directory, fail, one, pass, tested};
use crate::scratch::run;

const DEPLOYER: &str = "ServiceAccount ci/deployer";

#[test]
fn allow_is_each_verb_on_each_resource_in_each_namespace() {
    pass(&[
        "subjects: [sa/ci/deployer], allow: ['get,patch deployments in prod']",
        "subjects: sa/ci/deployer, allow: {verbs: [get, patch], resources: [deployments.apps], namespaces: [prod]}",
        "subjects: ci:deployer, allow: ['get secrets named registry in prod', watch nodes, get /metrics]",
        "subjects: group/ops, allow: {verbs: get, resources: secrets, names: [a, b], namespaces: pro*}",
        // Everybody who is known may look around, and members of a group may what it may.
        "subjects: [sa/ci/deployer, user/jane], allow: create selfsubjectreviews",
    ]);
    fail(&[
        (
            "subjects: sa/ci/deployer, allow: 'get,delete,list deployments in prod,default'",
            &[
                "access-test.yaml:2:46: this is not allowed\n    2 │ ",
                "ServiceAccount ci/deployer may not get deployments.apps in namespace default.\n\nWhat comes nearest:",
                "  namespace: it counts only in namespace `prod`, not in `default`\n",
                "ServiceAccount ci/deployer may not delete deployments.apps in namespace prod.\n",
                "\nNor is it right that:\n  ServiceAccount ci/deployer may not list deployments.apps in namespaces default, prod.\n",
            ],
        ),
        ("subjects: sa/prod/web, allow: get pods in prod", &["No binding that was read names this subject."]),
        ("subjects: sa/ci/deployer, allow: get secrets in prod", &["resource-name: "]),
    ]);
}

#[test]
fn allow_without_a_namespace_is_in_all_of_them() {
    fail(&[(
        "subjects: sa/ci/deployer, allow: [patch deployments]",
        &[
            "ServiceAccount ci/deployer may not patch deployments.apps in all namespaces.\n  it may in prod\n  help: without a \
             namespace all of them are meant: say `in prod`\n",
        ],
    )]);
    pass(&["subjects: sa/ci/deployer, allow: [watch nodes everywhere]"]);
}

#[test]
fn deny_is_in_every_namespace_and_of_every_object() {
    pass(&[
        "subjects: [sa/ci/deployer, sa/prod/web], deny: ['delete deployments', 'get secrets in ci', get /debug/*]",
        "subjects: sa/ci/deployer, deny: ['list secrets', 'get secrets named db in prod', '* pods', '* configmaps']",
        "subjects: sa/ci/deployer, deny: {verbs: ['*'], resources: ['*.rbac.authorization.k8s.io']}",
    ]);
    fail(&[
        // Nobody names the namespace here, and nobody the object.
        (
            "subjects: sa/ci/deployer, deny: [get secrets]",
            &[
                "access-test.yaml:2:46: this is allowed\n",
                "ServiceAccount ci/deployer may get secrets `registry` in namespace prod.\n\nRoleBinding prod/deployer → Role \
                 prod/deployer → rule 2\n  manifests.yaml:20:12 names ServiceAccount ci/deployer\n",
            ],
        ),
        ("subjects: sa/ci/deployer, deny: '* nodes'", &["ServiceAccount ci/deployer may watch nodes.\n"]),
        (
            "subjects: sa/ci/deployer, deny: 'patch *'",
            &["ServiceAccount ci/deployer may patch deployments.apps in namespace prod.\n"],
        ),
        ("subjects: sa/ci/deployer, deny: 'get /*'", &["ServiceAccount ci/deployer may get /metrics.\n"]),
        ("subjects: group/system:masters, deny: get pods", &["Members of Group system:masters may do everything"]),
        // By a group that Kubernetes puts every ServiceAccount in.
        (
            "subjects: sa/prod/web, deny: create selfsubjectreviews",
            &["binds it to Group system:authenticated", "default policy"],
        ),
    ]);
}

#[test]
fn a_namespace_itself_is_in_itself() {
    let manifests = "apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: a, namespace: prod}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin}
subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]
";
    let tests = "tests:
- {name: looks, subjects: user/jane, allow: get namespaces named prod, deny: 'list,delete namespaces'}
- {name: no nodes, subjects: user/jane, deny: '* nodes,persistentvolumes'}
- {name: other, subjects: user/jane, deny: get namespaces named default}
- {name: any, subjects: user/jane, deny: get namespaces}
";
    let run = run(directory(manifests, tests).path(), &["test"]);
    assert!(run.out.contains("\n  ok      looks\n  ok      no nodes\n  ok      other\n  FAILED  any\n"), "{}", run.out);
    assert!(run.out.contains("User jane may get namespaces `prod`.\n"), "{}", run.out);
}

#[test]
fn what_a_test_allows_its_deny_leaves_out() {
    let allowed = "'get,patch deployments in prod', 'get secrets named registry in prod', watch nodes";
    pass(&[
        &format!("subjects: sa/ci/deployer, allow: [{allowed}], deny: everything"),
        &format!("subjects: sa/ci/deployer, allow: [{allowed}, get /metrics], deny: [everything, 'get /*']"),
        "subjects: sa/ci/deployer, allow: get secrets named registry in prod, deny: get secrets",
        "subjects: sa/prod/web, deny: [everything, '* *']",
    ]);
    fail(&[
        (
            "subjects: sa/ci/deployer, allow: [patch deployments in prod, watch nodes], deny: everything",
            &[
                "may get deployments.apps in namespace prod.\n",
                "ServiceAccount ci/deployer may get secrets `registry` in namespace prod.\n",
            ],
        ),
        // More than what is allowed is not left out.
        (
            "subjects: group/ops, allow: get secrets named a in prod, deny: get secrets",
            &["Group ops may get secrets in namespace prod."],
        ),
    ]);
}

#[test]
fn what_is_only_conditional_is_neither_allowed_nor_denied() {
    let conditional = "User jane may, if one of several differing definitions holds, delete pods in namespace prod.\n";
    let places =
        "is defined several times, and not always the same:\n    manifests.yaml:48:18\n    manifests.yaml:53:18\n";
    fail(&[
        ("subjects: user/jane, allow: delete pods in prod", &["this is not allowed", conditional, places]),
        ("subjects: user/jane, deny: delete pods", &["this is allowed", conditional, places]),
        ("only: [], can: delete pods", &["others may do this, too", conditional]),
    ]);
}

#[test]
fn only_is_about_everybody() {
    pass(&[
        "only: [group/ops, sa/ci/deployer], can: get secrets in prod",
        "only: group/ops, can: [list secrets in prod, get secrets named db in prod]",
        "only: [], can: [get secrets in ci, delete secrets, '* persistentvolumes', get /debug]",
        "only: sa/*/deployer, can: ['* nodes', 'get /*']",
        // Kubernetes itself may read Secrets, too.
        "only: group/ops, can: list secrets",
    ]);
    fail(&[
        (
            "only: group/ops, can: get secrets",
            &[
                "access-test.yaml:2:35: others may do this, too\n",
                "ServiceAccount ci/deployer may get secrets `registry` in namespace prod.\n",
            ],
        ),
        ("only: [], can: list secrets in prod", &["Group ops may list secrets in namespace prod.\n"]),
    ]);
    let idle = one("only: [group/ops, user/jane], can: list secrets");
    assert_eq!(idle.code, 0);
    assert!(
        idle.out.contains("  ok      t\n          note: `user/jane` is listed, but may do none of it\n"),
        "{}",
        idle.out
    );
}

#[test]
fn a_group_of_service_accounts_is_listed_or_its_members_are() {
    let manifests = |subject: &str| {
        format!(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {{name: a}}\nroleRef: {{apiGroup: \
             rbac.authorization.k8s.io, kind: ClusterRole, name: view}}\nsubjects: [{subject}]\n---\napiVersion: v1\nkind: \
             ServiceAccount\nmetadata: {{name: web, namespace: prod}}\n"
        )
    };
    let of_group = manifests("{kind: Group, name: 'system:serviceaccounts:prod', apiGroup: rbac.authorization.k8s.io}");
    let of_member = manifests("{kind: ServiceAccount, name: web, namespace: prod}");
    for (manifests, only, code) in [
        (&of_group, "group/system:serviceaccounts:prod", 0),
        (&of_group, "sa/prod/*", 0),
        (&of_group, "sa/*/*", 0),
        (&of_group, "sa/prod/web", 1),
        (&of_group, "sa/prod/w*", 1),
        (&of_member, "sa/prod/web", 0),
        (&of_member, "group/system:serviceaccounts:prod", 0),
        (&of_member, "group/system:serviceaccounts", 0),
        (&of_member, "group/system:authenticated", 0),
        (&of_member, "group/system:masters", 1),
    ] {
        let tests = format!("tests:\n- {{name: t, only: ['{only}'], can: get pods}}\n");
        let run = run(directory(manifests, &tests).path(), &["test"]);
        assert_eq!(run.code, code, "{only}\n{}{}", run.out, run.error);
    }
}

#[test]
fn no_path_is_none_that_leads_there_and_nothing_held() {
    let manifests = "apiVersion: v1
kind: ServiceAccount
metadata: {name: robot, namespace: ci}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: idle, namespace: ci}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: binder}
rules: [{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind]}, {apiGroups: [rbac.authorization.k8s.io], resources: [clusterrolebindings], verbs: [create]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: binder}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: binder}
subjects: [{kind: ServiceAccount, name: robot, namespace: ci}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: root}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: User, name: root, apiGroup: rbac.authorization.k8s.io}]
";
    let tests = "tests:
- {name: idle, subjects: sa/ci/idle, no-path: [cluster-admin, nodes, sa/ci/robot]}
- {name: itself, subjects: sa/ci/robot, no-path: sa/ci/robot}
- {name: all but, subjects: 'sa/*/*', except: sa/ci/robot, no-path: cluster-admin}
- {name: robot, subjects: 'sa/*/*', no-path: cluster-admin}
- {name: root, subjects: user/*, no-path: cluster-admin}
- {name: root has nodes, subjects: user/*, no-path: nodes}
- {name: root has secrets, subjects: user/*, no-path: secrets/kube-system}
- {name: root has accounts, subjects: user/*, no-path: sa/ci/idle}
- {name: robot is admin of ci, subjects: sa/ci/robot, no-path: admin/ci}
- {name: nobody of this name, subjects: sa/ci/idle, no-path: sa/ci/robto}
- {name: no such namespace, subjects: sa/ci/idle, no-path: admin/cd}
";
    let run = run(directory(manifests, tests).path(), &["test"]);
    assert_eq!((run.code, run.error.as_str()), (1, ""));
    for name in ["root has nodes", "root has secrets", "root has accounts", "robot is admin of ci"] {
        assert!(run.out.contains(&format!("  FAILED  {name}\n")), "{name} holds:\n{}", run.out);
    }
    for said in [
        "there is no ServiceAccount `ci/robto` in what was read",
        "did you mean `ci/robot`?",
        "there is no namespace `cd`",
    ] {
        assert!(run.out.contains(said), "no {said}:\n{}", run.out);
    }
    let names = "  ok      idle\n  FAILED  itself\n  ok      all but\n  FAILED  robot\n  FAILED  root\n";
    assert!(run.out.contains(&names.replace("FAILED  itself", "ok      itself")), "{}", run.out);
    for said in [
        "access-test.yaml:5:46: there is a way to this\n",
        "ServiceAccount ci/robot",
        "manifests.yaml:",
        "  1. binds itself in the whole cluster to cluster-admin\n",
        "User root is cluster-admin already.\n  by ClusterRoleBinding root → ",
    ] {
        assert!(run.out.contains(said), "no {said}:\n{}", run.out);
    }
}

#[test]
fn what_could_not_be_read_is_told_beside_what_passed() {
    let manifests = "kind: [\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a, namespace: b}\n";
    let tests = "tests: [{name: t, subjects: sa/b/a, deny: get secrets}]\n";
    let run = run(directory(manifests, tests).path(), &["test", "-f", "manifests.yaml"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(
        run.out.contains("\nnote: 1 place could not be read or applied, where more may be granted:\n  manifests.yaml:"),
        "{}",
        run.out
    );
}

#[test]
fn all_that_is_wrong_is_told_in_the_order_of_the_file() {
    let run = tested(
        "tests:\n- name: t\n  deny:\n  - watch nodes\n  - get /metrics\n  allow: [get pods, gett pods]\n  subjects: [sa/ci/deployer]\n",
    );
    let places: Vec<_> = run.out.lines().filter_map(|line| line.strip_prefix("access-test.yaml:")).collect();
    assert_eq!(
        places,
        ["4:5: this is allowed", "5:5: this is allowed", "6:11: this is not allowed", "6:21: `gett` is no verb"]
    );
    assert!(run.out.contains(DEPLOYER));
}

#[test]
fn what_names_no_object_is_no_name() {
    for action in ["get secrets named ledger-* in prod", "{verbs: get, resources: secrets, names: 'a,b'}", "get /m*cs"]
    {
        let tests = format!("tests:\n- {{name: t, subjects: sa/prod/web, deny: {action}}}\n");
        let run = run(directory(MANIFESTS, &tests).path(), &["test"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{action}: {}", run.error);
    }
}
