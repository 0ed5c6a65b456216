//! Fixes of roles and bindings.

use rolecall::diagnostic::Safety::{Safe, Unsafe};

use super::{check, fixed};

const CORE: &str = "[\"\"]";

/// A Role with one rule.
fn role(groups: &str, resources: &str, verbs: &str) -> String {
    format!(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {{name: a}}\nrules:\n- apiGroups: {groups}\n  \
         resources: {resources}\n  verbs: {verbs}\n"
    )
}

#[test]
fn of_roles() {
    for (rule, text, safety, before, after) in [
        ("role-unknown-verb", role(CORE, "[pods]", "[Get]"), Safe, "verbs: [Get]", "verbs: [get]"),
        ("role-unknown-verb", role(CORE, "[pods]", "[' get']"), Safe, "verbs: [' get']", "verbs: ['get']"),
        ("role-unknown-verb", role(CORE, "[pods]", "[wacth]"), Unsafe, "verbs: [wacth]", "verbs: [watch]"),
        ("role-unknown-resource", role(CORE, "[Pod]", "[get]"), Unsafe, "resources: [Pod]", "resources: [pods]"),
        (
            "role-unknown-subresource",
            role(CORE, "[pods/logs]", "[get]"),
            Unsafe,
            "resources: [pods/logs]",
            "resources: [pods/log]",
        ),
        (
            "role-wrong-api-group",
            role(CORE, "[deployments]", "[get]"),
            Unsafe,
            "- apiGroups: [\"\"]",
            "- apiGroups: [\"apps\"]",
        ),
        (
            "role-malformed-api-group",
            role("[core]", "[pods]", "[get]"),
            Unsafe,
            "- apiGroups: [core]",
            "- apiGroups: [\"\"]",
        ),
        (
            "role-malformed-api-group",
            role("[apps/v1]", "[deployments]", "[get]"),
            Unsafe,
            "- apiGroups: [apps/v1]",
            "- apiGroups: [apps]",
        ),
        (
            "role-misspelt-api-group",
            role("[app]", "[deployments]", "[get]"),
            Unsafe,
            "- apiGroups: [app]",
            "- apiGroups: [apps]",
        ),
    ] {
        check(rule, &text, safety, before, after);
    }
}

#[test]
fn of_what_a_role_says_twice() {
    for (rule, text, safety, before, after) in [
        (
            "role-duplicate-entry",
            role(CORE, "[pods]", "[get, list, get]"),
            Safe,
            "verbs: [get, list, get]",
            "verbs: [get, list]",
        ),
        ("role-duplicate-entry", role(CORE, "[pods]", "['*', get]"), Safe, "verbs: ['*', get]", "verbs: ['*']"),
        (
            "role-duplicate-entry",
            role(CORE, "[pods]", "\n  - get\n  - list\n  - get # again"),
            Safe,
            "- get # again",
            "",
        ),
        (
            "role-redundant-rule",
            role(CORE, "[pods]", "[get]\n- apiGroups: [\"\"]\n  resources: [pods]\n  verbs: [get]"),
            Safe,
            "- apiGroups: [\"\"]\n  resources: [pods]\n  verbs: [get]",
            "",
        ),
    ] {
        check(rule, &text, safety, before, after);
    }
    assert_eq!(fixed("role-unknown-verb", &role(CORE, "[pods]", "[read]")), None);
    assert_eq!(fixed("role-wrong-api-group", &role(CORE, "[pods, deployments]", "[get]")), None);
}

#[test]
fn of_bindings() {
    let binding = |role: &str, subjects: &str| {
        format!(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {{name: reader, namespace: one}}\nrules:\n- \
             apiGroups: [\"\"]\n  resources: [pods]\n  verbs: [get]\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: \
             {{name: robot, namespace: two}}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: \
             {{name: a, namespace: one}}\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: \
             {role}\nsubjects:\n{subjects}"
        )
    };
    let jane = "- kind: User\n  name: jane\n";
    let robot = "- kind: ServiceAccount\n  name: robot\n  namespace: one\n";
    let group = "  apiGroup: rbac.authorization.k8s.io";
    check("subject-invalid", &binding("reader", &format!("{robot}{group}\n")), Safe, group.trim(), "");
    let versioned = binding("reader", jane)
        .replace("apiGroup: rbac.authorization.k8s.io", "apiGroup: 'rbac.authorization.k8s.io/v1'");
    check(
        "binding-invalid-role-ref",
        &versioned,
        Safe,
        "apiGroup: 'rbac.authorization.k8s.io/v1'",
        "apiGroup: 'rbac.authorization.k8s.io'",
    );
    check("binding-duplicate-subject", &binding("reader", &[jane, jane].concat()), Safe, jane.trim(), "");
    check("binding-dangling-role", &binding("raeder", jane), Unsafe, "name: raeder", "name: reader");
    check("subject-wrong-namespace", &binding("reader", robot), Unsafe, "namespace: one", "namespace: two");
}
