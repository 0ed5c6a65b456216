//! Mistakes in roles and bindings.

use super::{AGGREGATED, ROLE, check, with};

const BINDING: &str = r"
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers, namespace: search}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - kind: ServiceAccount
    name: ci
    namespace: build
  - {kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}
";

#[test]
fn rules_of_roles() {
    check(
        "role-invalid-rule",
        ROLE,
        &[
            (
                "\n    verbs: [get]",
                "",
                "rules[0].verbs: Required value: verbs must contain at least one value",
                "add what may be done, such as `verbs: [get, list, watch]`, or remove the rule",
                "apiGroups",
            ),
            (
                "apiGroups: ['']\n    ",
                "",
                "rules[0].apiGroups: Required value: resource rules must supply at least one api group",
                "add `apiGroups`: `[\"\"]` is the group of pods, secrets and services; `[apps]` that of deployments",
                "resources",
            ),
            (
                "apiGroups: ['']\n    resources: [pods]",
                "nonResourceURLs: [/metrics]",
                "rules[0].nonResourceURLs: Invalid value: [\"/metrics\"]: namespaced rules cannot apply to",
                "move it to a ClusterRole, and bind that with a ClusterRoleBinding: URLs are in no namespace",
                "[/metrics]",
            ),
        ],
    );
    let cluster = "aggregationRule.clusterRoleSelectors";
    check(
        "role-invalid-aggregation",
        AGGREGATED,
        &[
            (
                "\n    - matchLabels: {example.com/reader: 'true'}",
                " []",
                &format!("{cluster}: Required value: at least one clusterRoleSelector required"),
                "add a selector of the ClusterRoles to take in, such as `matchLabels`, or remove `aggregationRule`",
                "[]",
            ),
            (
                "matchLabels: {example.com/reader: 'true'}",
                "matchLabels: {reader/: 'true'}",
                &format!("{cluster}[0]: Invalid value: null: invalid label selector."),
                "correct the part of it that is reported too",
                "matchLabels: {reader/: 'true'}",
            ),
        ],
    );
}

#[test]
fn role_refs() {
    let unsupported = "roleRef.kind: Unsupported value: ";
    check(
        "binding-invalid-role-ref",
        BINDING,
        &[
            (
                "kind: ClusterRole",
                "kind: clusterrole",
                &format!("{unsupported}\"clusterrole\": supported values: \"Role\", \"ClusterRole\""),
                "did you mean `ClusterRole`? upper and lower case are not the same to Kubernetes",
                "clusterrole",
            ),
            ("  kind: ClusterRole\n", "", unsupported, "add `kind` to `roleRef`: `Role` or `ClusterRole`", "roleRef"),
            (
                "  apiGroup: rbac.authorization.k8s.io\n",
                "  apiGroup: rbac.authorization.k8s.io/v1\n",
                "roleRef.apiGroup: Unsupported value: \"rbac.authorization.k8s.io/v1\"",
                "write `rbac.authorization.k8s.io`, without a version, or leave `apiGroup` out",
                "rbac.authorization.k8s.io/v1",
            ),
            (
                "name: view",
                "name: search/view",
                "roleRef.name: Invalid value: \"search/view\": may not contain '/'",
                "write only the name: a Role is looked for in the namespace of the binding",
                "search/view",
            ),
        ],
    );
    let of_cluster = with(BINDING, "kind: RoleBinding", "kind: ClusterRoleBinding");
    check(
        "binding-invalid-role-ref",
        &of_cluster,
        &[(
            "kind: ClusterRole\n",
            "kind: Role\n",
            &format!("{unsupported}\"Role\": supported values: \"ClusterRole\""),
            "write `ClusterRole` if that is meant; a Role is bound with a RoleBinding in its namespace",
            "Role",
        )],
    );
    check(
        "subject-missing-namespace",
        &of_cluster,
        &[(
            "\n    namespace: build",
            "",
            "subjects[0].namespace: Required value",
            "add the `namespace` of the ServiceAccount: a ClusterRoleBinding has none that it could mean",
            "kind",
        )],
    );
}

#[test]
fn subjects() {
    let malformed = "subjects[0].name: Invalid value: ";
    let separate = "write `name: ci` and `namespace: build`";
    let group = "write `rbac.authorization.k8s.io`, without a version, or leave `apiGroup` out";
    check(
        "subject-invalid",
        BINDING,
        &[
            (
                "kind: User",
                "kind: Users",
                "subjects[1].kind: Unsupported value: \"Users\"",
                "did you mean `User`?",
                "Users",
            ),
            (
                "kind: ServiceAccount",
                "kind: serviceaccount",
                "subjects[0].kind: Unsupported value: \"serviceaccount\"",
                "did you mean `ServiceAccount`? upper and lower case are not the same to Kubernetes",
                "serviceaccount",
            ),
            (
                "kind: ServiceAccount",
                "apiGroup: rbac.authorization.k8s.io\n    kind: ServiceAccount",
                "subjects[0].apiGroup: Unsupported value: \"rbac.authorization.k8s.io\": supported values: \"\"",
                "remove `apiGroup`: ServiceAccounts are in the core group, which has no name",
                "rbac.authorization.k8s.io",
            ),
            (
                "jane, apiGroup: rbac.authorization.k8s.io",
                "jane, apiGroup: v1",
                "subjects[1].apiGroup: Unsupported value: \"v1\"",
                group,
                "v1",
            ),
            ("name: ci", "name: system:serviceaccount:build:ci", malformed, separate, "system:serviceaccount:build:ci"),
            ("name: ci", "name: build/ci", malformed, separate, "build/ci"),
            (
                "name: ci",
                "name: My_App",
                malformed,
                "no ServiceAccount can be called so; did you mean `my-app`?",
                "My_App",
            ),
            (
                "name: jane",
                "name: ''",
                "subjects[1].name: Required value",
                "add the `name`, or remove the subject",
                "''",
            ),
        ],
    );
}
