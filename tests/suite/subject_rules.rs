//! Rules about who gets a role: what is told, how loud, and what is left alone.

use rolecall::catalog::Version;
use rolecall::diagnostic::{Category, Finding};
use rolecall::lint::{Profile, Report, Selection, Settings, lint};
use rolecall::manifest::Options;

use crate::scratch;

pub(crate) fn report_for(text: &str, profile: Profile, version: &str) -> Report {
    let (_directory, inputs) = scratch::file("rbac.yaml", text.as_bytes());
    let settings = Settings { selection: Selection::of(profile), ..Settings::default() };
    let options = Options { version: Version::parse(version).unwrap(), ..Options::default() };
    lint(&inputs, &options, &settings).unwrap()
}

/// The findings about risks, each as `rule at underlined text: message`.
pub(crate) fn risks(text: &str, profile: Profile) -> Vec<String> {
    let report = report_for(text, profile, "1.36");
    let risks = report.findings.iter().filter(|finding| finding.category == Category::Risk);
    let line = |finding: &Finding| {
        let place = text[finding.span.range()].lines().next().unwrap_or_default();
        format!("{} at {place}: {}", finding.rule, finding.message)
    };
    risks.map(line).collect()
}

/// From which profile on a rule tells something, and how loud, where it does once.
pub(crate) fn loudness(rule: &str, text: &str) -> Option<(Profile, &'static str)> {
    Profile::ALL.into_iter().find_map(|profile| {
        let report = report_for(text, profile, "1.36");
        let mut found = report.findings.iter().filter(|finding| finding.rule == rule);
        let first = found.next()?;
        assert_eq!(found.count(), 0, "{rule} more than once in\n{text}");
        Some((profile, first.severity.name()))
    })
}

pub(crate) const NOWHERE: [&str; 0] = [];
pub(crate) const WARNING: Option<(Profile, &str)> = Some((Profile::Default, "warning"));

fn bind(namespace: Option<&str>, role: &str, subjects: &str) -> String {
    named("b", namespace, role, subjects)
}

/// A binding of a ClusterRole, with subjects in flow style.
pub(crate) fn named(name: &str, namespace: Option<&str>, role: &str, subjects: &str) -> String {
    let (kind, place) = match namespace {
        Some(namespace) => ("RoleBinding", format!(", namespace: {namespace}")),
        None => ("ClusterRoleBinding", String::new()),
    };
    format!(
        "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: '{name}'{place}}}\nroleRef:\n  \
         apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: {role}\nsubjects: [{subjects}]\n"
    )
}

/// A ClusterRole with one rule in flow style.
pub(crate) fn role(name: &str, rule: &str) -> String {
    format!(
        "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: {name}\nrules:\n- \
         {{{rule}}}\n"
    )
}

pub(crate) fn group(name: &str) -> String {
    format!("{{kind: Group, name: '{name}', apiGroup: rbac.authorization.k8s.io}}")
}

pub(crate) fn user(name: &str) -> String {
    format!("{{kind: User, name: '{name}', apiGroup: rbac.authorization.k8s.io}}")
}

pub(crate) fn account(namespace: &str, name: &str) -> String {
    format!("{{kind: ServiceAccount, name: {name}, namespace: {namespace}}}")
}

pub(crate) const READS_WIDGETS: &str = "apiGroups: [example.com], resources: [widgets], verbs: [get, list]";
pub(crate) const READS_PODS: &str = "apiGroups: [''], resources: [pods], verbs: [get]";
pub(crate) const READS_SECRETS: &str = "apiGroups: [''], resources: [secrets], verbs: [list]";
const WRITES: &str = "apiGroups: [apps], resources: [deployments], verbs: [get, patch]";

#[test]
fn cluster_admin_is_told_with_whoever_has_it() {
    let deployment = "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: panel, namespace: ops}\nspec:\n  \
                      selector: {matchLabels: {app: panel}}\n  template:\n    metadata: {labels: {app: panel}}\n    \
                      spec: {serviceAccountName: panel, containers: [{name: c, image: i}]}\n";
    let text = bind(None, "cluster-admin", &[account("ops", "panel"), user("jane")].join(", ")) + deployment;
    assert_eq!(
        risks(&text, Profile::Default),
        ["binding-to-cluster-admin at cluster-admin: ServiceAccount `ops/panel` and another may do everything in the \
             cluster"]
    );
    let report = report_for(&text, Profile::Default, "1.36");
    let related: Vec<_> =
        report.findings[0].related.iter().map(|it| (&text[it.span.range()], it.message.as_str())).collect();
    let [one, workload, other] = related[..] else { panic!("{related:?}") };
    assert_eq!((one.0, one.1), (account("ops", "panel").as_str(), "to whom it is given"));
    assert_eq!(workload, ("panel", "this Deployment runs as it"));
    assert_eq!(other.0, user("jane"));

    let many: Vec<_> = (0..9).map(|number| user(&format!("user-{number}"))).collect();
    let report = report_for(&bind(None, "cluster-admin", &many.join(", ")), Profile::Default, "1.36");
    assert_eq!(report.findings[0].message, "User `user-0` and 8 others may do everything in the cluster");
    assert_eq!(report.findings[0].related.len(), 5);
}

#[test]
fn cluster_admin_in_a_namespace_matters_less() {
    let in_namespace = |namespace| bind(Some(namespace), "cluster-admin", &user("jane"));
    let rule = "binding-to-cluster-admin";
    assert_eq!(loudness(rule, &in_namespace("shop")), Some((Profile::Pedantic, "warning")));
    assert_eq!(loudness(rule, &in_namespace("kube-system")), WARNING);
    assert_eq!(
        risks(&in_namespace("shop"), Profile::Pedantic),
        ["binding-to-cluster-admin at cluster-admin: User `jane` may do everything in namespace `shop`"]
    );
}

#[test]
fn cluster_admin_is_left_alone_where_nobody_here_gives_it() {
    let masters = named("cluster-admin", None, "cluster-admin", &group("system:masters"));
    assert_eq!(risks(&masters, Profile::Audit), NOWHERE);
    let kubeadm = named("kubeadm:cluster-admins", None, "cluster-admin", &group("kubeadm:cluster-admins"));
    assert_eq!(loudness("binding-to-cluster-admin", &kubeadm), Some((Profile::Audit, "info")));
    let own_role = bind(Some("shop"), "cluster-admin", &user("jane")).replace("kind: ClusterRole\n", "kind: Role\n");
    assert_eq!(loudness("binding-to-cluster-admin", &own_role), None);
    assert_eq!(loudness("binding-to-cluster-admin", &bind(None, "cluster-admin", "")), None);
    // Somebody who is added to what every cluster has does count, by whatever name.
    let added = [group("system:masters"), user("jane")].join(", ");
    assert_eq!(loudness("binding-to-cluster-admin", &named("cluster-admin", None, "cluster-admin", &added)), WARNING);
}

#[test]
fn roles_for_one_namespace_are_told_in_all_of_them_and_nowhere_else() {
    let rule = "binding-admin-everywhere";
    for name in ["admin", "edit"] {
        assert_eq!(loudness(rule, &bind(None, name, &user("jane"))), Some((Profile::Pedantic, "warning")));
        assert_eq!(risks(&bind(Some("shop"), name, &user("jane")), Profile::Audit), NOWHERE);
    }
    assert_eq!(risks(&bind(None, "view", &user("jane")), Profile::Audit), NOWHERE);
    assert_eq!(loudness(rule, &bind(None, "edit", &group("system:masters"))), None);
}

#[test]
fn roles_of_components_are_told_where_others_have_them() {
    let rule = "binding-of-component-role";
    for (role, subject) in [
        ("system:node", group("system:nodes")),
        ("system:kube-controller-manager", account("ops", "panel")),
        ("system:controller:job-controller", user("jane")),
        ("system:kubelet-api-admin", group("ops")),
        ("system:certificates.k8s.io:kubelet-serving-approver", account("ops", "panel")),
    ] {
        assert_eq!(loudness(rule, &bind(None, role, &subject)), Some((Profile::Audit, "warning")), "{role} {subject}");
        assert_eq!(loudness(rule, &bind(Some("shop"), role, &subject)), Some((Profile::Audit, "info")));
    }
    for (role, subject) in [
        ("system:auth-delegator", account("ops", "metrics")),
        ("system:node-bootstrapper", group("system:bootstrappers")),
        ("system:kube-scheduler", account("ops", "second-scheduler")),
        ("system:kubelet-api-admin", user("apiserver")),
        ("system:kube-controller-manager", user("system:kube-controller-manager")),
        ("system:controller:job-controller", account("kube-system", "job-controller")),
        ("system:controller:of-somebody-else", user("jane")),
    ] {
        assert_eq!(loudness(rule, &bind(None, role, &subject)), None, "{role} {subject}");
    }
}

#[test]
fn masters_need_no_binding() {
    let text = bind(Some("shop"), "view", &[user("jane"), group("system:masters")].join(", "));
    assert_eq!(
        risks(&text, Profile::Default),
        [format!(
            "subject-masters at {}: `system:masters` may do everything without a binding, and no binding takes that away",
            group("system:masters")
        )]
    );
    assert_eq!(risks(&bind(None, "view", &user("system:masters")), Profile::Audit), NOWHERE);
}

#[test]
fn whatever_anybody_gets_is_told_with_what_it_comes_to() {
    let told = |rule: &str| {
        let text = role("r", rule) + &bind(None, "r", &user("system:anonymous"));
        let risks = risks(&text, Profile::Default);
        risks.iter().filter_map(|risk| Some(risk.split_once("without any credentials: ")?.1.to_owned())).collect()
    };
    let told: Vec<Vec<String>> = [READS_WIDGETS, READS_PODS, READS_SECRETS, WRITES].map(told).into();
    assert_eq!(
        told.concat(),
        [
            "it allows little, such as `get` on `widgets`",
            "it reads, such as by `get` on `pods`",
            "it reads Secrets, by `list` on `secrets`",
            "it allows changes, such as `patch` on `deployments`",
        ]
    );
    let rule = "subject-anonymous";
    assert_eq!(loudness(rule, &bind(None, "not-read", &group("system:unauthenticated"))), WARNING);
    assert_eq!(loudness(rule, &bind(Some("shop"), "view", &group("system:unauthenticated"))), WARNING);
    let once_public = bind(None, "system:discovery", &group("system:unauthenticated"));
    assert_eq!(loudness(rule, &once_public), Some((Profile::Pedantic, "warning")));
}

#[test]
fn what_is_public_may_be_seen_by_anybody() {
    let anybody = [user("system:anonymous"), group("system:unauthenticated")].join(", ");
    for role in ["system:public-info-viewer", "system:service-account-issuer-discovery"] {
        assert_eq!(risks(&bind(None, role, &anybody), Profile::Audit), NOWHERE, "{role}");
    }
    let health = role("health", "nonResourceURLs: [/healthz, /livez, /openid/v1/jwks], verbs: [get]");
    assert_eq!(risks(&(health + &bind(None, "health", &anybody)), Profile::Audit), NOWHERE);
    let nothing = role("nothing", "apiGroups: [''], resources: [pods/*], verbs: [get]");
    assert_eq!(loudness("subject-anonymous", &(nothing + &bind(None, "nothing", &anybody))), None);
    let info = "apiGroups: [''], resources: [configmaps], resourceNames: [cluster-info], verbs: [get]";
    let info = |namespace: &str| role("info", info) + &bind(Some(namespace), "info", &group("system:unauthenticated"));
    assert_eq!(risks(&info("kube-public"), Profile::Audit), NOWHERE);
    assert_eq!(loudness("subject-anonymous", &info("shop")), WARNING);
    let of_kubeadm = bind(Some("kube-public"), "kubeadm:bootstrap-signer-clusterinfo", &user("system:anonymous"));
    assert_eq!(risks(&of_kubeadm.replace("kind: ClusterRole\n", "kind: Role\n"), Profile::Audit), NOWHERE);
}

#[test]
fn what_everybody_gets_is_as_loud_as_it_is_powerful() {
    let of = |rule: &str, namespace: Option<&str>, name: &str| {
        loudness("subject-everybody", &(role("r", rule) + &bind(namespace, "r", &group(name))))
    };
    let (pedantic, audit) = (Some((Profile::Pedantic, "info")), Some((Profile::Audit, "info")));
    for everybody in ["system:authenticated", "system:serviceaccounts"] {
        for powerful in [WRITES, READS_SECRETS] {
            assert_eq!(of(powerful, None, everybody), WARNING);
            assert_eq!(of(powerful, Some("shop"), everybody), WARNING);
        }
        assert_eq!((of(READS_PODS, None, everybody), of(READS_PODS, Some("shop"), everybody)), (WARNING, audit));
        assert_eq!(of("apiGroups: [''], resources: [nodes], verbs: [list]", None, everybody), audit);
        assert_eq!((of(READS_WIDGETS, None, everybody), of(READS_WIDGETS, Some("shop"), everybody)), (audit, audit));
    }
    let of_shop = "system:serviceaccounts:shop";
    assert_eq!(of(WRITES, None, of_shop), WARNING);
    assert_eq!(of(WRITES, Some("shop"), of_shop), pedantic);
    assert_eq!(of(WRITES, Some("bank"), of_shop), Some((Profile::Pedantic, "warning")));
    assert_eq!(of(READS_PODS, None, of_shop), pedantic);
    assert_eq!(of("apiGroups: [policy], resources: [podsecuritypolicies], verbs: [use]", None, of_shop), audit);
    let not_read = bind(Some("shop"), "not-read", &group("system:authenticated"));
    assert_eq!(loudness("subject-everybody", &not_read), pedantic);
}

#[test]
fn pods_of_any_kind_on_openshift_are_for_nobody_in_particular() {
    let of =
        |rule: &str, name: &str| loudness("subject-everybody", &(role("r", rule) + &bind(None, "r", &group(name))));
    let any_scc = "apiGroups: [security.openshift.io], resources: [securitycontextconstraints], verbs: [use]";
    assert_eq!(of(any_scc, "system:authenticated"), WARNING);
    let restricted = format!("{any_scc}, resourceNames: [restricted-v2]");
    assert_eq!(of(&restricted, "system:authenticated"), Some((Profile::Audit, "info")));
}

#[test]
fn what_kubernetes_gives_to_everybody_is_left_alone() {
    for role in ["system:discovery", "system:basic-user", "system:service-account-issuer-discovery"] {
        for everybody in ["system:authenticated", "system:serviceaccounts"] {
            assert_eq!(risks(&bind(None, role, &group(everybody)), Profile::Audit), NOWHERE, "{role}");
        }
    }
    // A name alone makes no role harmless.
    let own = role("system:discovery", "apiGroups: ['*'], resources: ['*'], verbs: ['*']");
    let text = own + &bind(None, "system:discovery", &group("system:authenticated"));
    assert_eq!(loudness("subject-everybody", &text), WARNING);
}

#[test]
fn the_account_of_pods_that_name_none_is_told_with_its_namespace() {
    let rule = "subject-default-service-account";
    let of = |rule: &str, subject: &str| role("r", rule) + &bind(None, "r", subject);
    let text = of(WRITES, &account("shop", "default"));
    let told: Vec<_> = risks(&text, Profile::Default).into_iter().filter(|it| it.starts_with(rule)).collect();
    assert_eq!(
        told,
        [format!(
            "{rule} at {}: every pod of namespace `shop` that names no ServiceAccount gets ClusterRole `r`: it allows \
             changes, such as `patch` on `deployments`",
            account("shop", "default")
        )]
    );
    assert_eq!(loudness(rule, &of(READS_PODS, &account("shop", "default"))), WARNING);
    assert_eq!(loudness(rule, &of(READS_WIDGETS, &account("shop", "default"))), Some((Profile::Pedantic, "info")));
    assert_eq!(loudness(rule, &of(WRITES, &user("system:serviceaccount:shop:default"))), WARNING);
    assert_eq!(
        loudness(rule, &of("apiGroups: [''], resources: [pods/*], verbs: [get]", &account("a", "default"))),
        None
    );
    let two = [account("shop", "default"), account("bank", "default"), account("default", "panel"), user("default")];
    let found = risks(&of(WRITES, &two.join(", ")), Profile::Audit);
    assert_eq!(found.iter().filter(|it| it.starts_with(rule)).count(), 2, "{found:?}");
    // A RoleBinding does not reach nodes, so that nothing is given.
    let nodes = role("r", "apiGroups: [''], resources: [nodes], verbs: [patch]");
    assert_eq!(loudness(rule, &(nodes + &bind(Some("shop"), "r", &account("shop", "default")))), None);
}

/// Cases that other tools are known to get wrong.
mod told_wrong_elsewhere {
    use super::*;

    #[test]
    fn a_role_binding_to_edit_is_as_it_should_be() {
        assert_eq!(risks(&bind(Some("shop"), "edit", &user("jane")), Profile::Audit), NOWHERE);
    }

    #[test]
    fn everybody_is_everybody_with_any_provider() {
        let text = bind(None, "edit", &group("system:authenticated"));
        assert_eq!(loudness("subject-everybody", &text), WARNING);
    }

    #[test]
    fn a_role_binding_alone_is_no_danger() {
        let of_role = bind(Some("shop"), "not-read", &account("shop", "panel")).replace("ClusterRole\n", "Role\n");
        assert_eq!(risks(&of_role, Profile::Audit), NOWHERE);
        assert_eq!(risks(&bind(Some("shop"), "not-read", &account("shop", "panel")), Profile::Audit), NOWHERE);
    }

    #[test]
    fn a_name_like_those_of_kubernetes_hides_nothing() {
        let binding = named("system:of-somebody", None, "cluster-admin", &user("jane"));
        assert_eq!(loudness("binding-to-cluster-admin", &binding), WARNING);
        let role = role("'system:of-somebody'", WRITES);
        let binding = named("system:of-somebody", None, "'system:of-somebody'", &group("system:unauthenticated"));
        assert_eq!(loudness("subject-anonymous", &(role + &binding)), WARNING);
    }
}
