//! What would allow it: never more than is asked without saying so.

use rolecall::query::Access;
use rolecall::rbac::RoleId;

use super::{ROLES, access, ask, with_rule};

const PODS: &str = "{apiGroups: [''], resources: [pods], verbs: [get]}";

fn binding(name: &str, namespace: Option<&str>, role: &str, subject: &str) -> String {
    let kind = if namespace.is_some() { "RoleBinding" } else { "ClusterRoleBinding" };
    let namespace = namespace.map(|namespace| format!(", namespace: {namespace}")).unwrap_or_default();
    format!(
        "---\nkind: {kind}\napiVersion: rbac.authorization.k8s.io/v1\nmetadata: {{name: {name}{namespace}}}\n\
         roleRef: {{kind: ClusterRole, name: {role}}}\nsubjects: [{subject}]\n"
    )
}

fn role(name: &str, namespace: Option<&str>, rule: &str, labels: &str) -> String {
    let kind = if namespace.is_some() { "Role" } else { "ClusterRole" };
    let namespace = namespace.map(|namespace| format!(", namespace: {namespace}")).unwrap_or_default();
    format!(
        "---\nkind: {kind}\napiVersion: rbac.authorization.k8s.io/v1\n\
         metadata: {{name: {name}{namespace}, labels: {{{labels}}}}}\nrules: [{rule}]\n"
    )
}

const JANE: &str = "{kind: User, name: jane}";

fn name(access: &Access, id: RoleId) -> String {
    access.policy().role(id).unwrap().name.to_string()
}

#[test]
fn a_role_is_extended_only_where_that_reaches_nobody_else() {
    let alone = role("r", None, PODS, "") + &binding("b", Some("prod"), "r", JANE);
    let everybody = "{kind: User, name: jane}, {kind: Group, name: 'system:authenticated'}";
    for (text, is_offered) in [
        (alone.clone(), true),
        (alone.clone() + &binding("c", Some("prod"), "r", JANE), true),
        (alone.clone() + &binding("c", Some("dev"), "r", JANE), false),
        (alone.clone() + &binding("c", None, "r", JANE), false),
        (alone + &binding("c", Some("prod"), "r", "{kind: User, name: ann}"), false),
        (role("r", None, PODS, "") + &binding("b", None, "r", everybody), false),
        (role("r", None, PODS, "") + &binding("b", Some("prod"), "r", everybody), false),
        (
            role("r", None, PODS, "rbac.authorization.k8s.io/aggregate-to-view: 'true'")
                + &binding("b", Some("prod"), "r", JANE),
            false,
        ),
    ] {
        let remedy = ask(&access(&text), "user/jane", "list pods").remedy.unwrap();
        assert_eq!(remedy.extend.is_some(), is_offered, "{text}");
    }
    let through_group =
        role("r", None, PODS, "") + &binding("b", Some("prod"), "r", "{kind: Group, name: system:authenticated}");
    assert_eq!(ask(&access(&through_group), "user/jane", "list pods").remedy.unwrap().extend, None);
}

#[test]
fn roles_that_fit_are_told_once_and_those_of_others_last() {
    let secrets = "{apiGroups: [''], resources: [secrets], verbs: [get]}";
    let controller = "{kind: ServiceAccount, name: controller, namespace: ops}";
    let text = role("own", Some("prod"), secrets, "")
        + &role("own", Some("prod"), secrets, "")
        + &role("controller", None, secrets, "")
        + &binding("controller", None, "controller", controller)
        + &role("secrets-reader", None, secrets, "")
        + &role("elsewhere", Some("dev"), secrets, "");
    let access = access(&text);
    let told = |question: &str| -> Vec<_> {
        let remedy = ask(&access, "user/jane", question).remedy.unwrap();
        remedy.unbound.iter().map(|&id| name(&access, id)).collect()
    };
    assert_eq!(told("get secrets"), ["own", "secrets-reader", "edit"]);
    assert_eq!(told("list nodes"), ["cluster-admin"]);
}

#[test]
fn a_role_of_another_is_told_before_one_that_allows_everything() {
    let nodes = "{apiGroups: [''], resources: [nodes], verbs: [list]}";
    let controller = "{kind: ServiceAccount, name: controller, namespace: ops}";
    let text = role("controller", None, nodes, "") + &binding("controller", None, "controller", controller);
    let access = access(&text);
    let remedy = ask(&access, "user/jane", "list nodes").remedy.unwrap();
    let told: Vec<_> = remedy.unbound.iter().map(|&id| name(&access, id)).collect();
    assert_eq!(told, ["controller", "cluster-admin"]);
    let access = super::access(&text.replace(nodes, "{apiGroups: ['*'], resources: ['*'], verbs: ['*']}"));
    let remedy = ask(&access, "user/jane", "list nodes").remedy.unwrap();
    assert_eq!(name(&access, remedy.unbound[0]), "cluster-admin");
}

#[test]
fn what_allows_least_is_told_first() {
    let access = with_rule(PODS);
    let output = super::run(
        &ROLES.replace("RULE", PODS).replace("SUBJECT", super::DEPLOYER),
        &["can-i", "list", "pods", "--serviceaccount", "ci:deployer", "-n", "prod"],
    )
    .1;
    assert!(ask(&access, "ci:deployer", "list pods").remedy.unwrap().extend.is_some());
    let at = |text: &str| output.find(text).unwrap_or_else(|| panic!("{text} is not in {output}"));
    let heads = [
        at("This would allow it, and nothing else:"),
        at("Or this rule in Role prod/r, which is bound to nobody else and nowhere else:"),
        at("Roles that would allow it, and more, where they are bound:"),
    ];
    assert!(heads.is_sorted(), "{output}");
}
