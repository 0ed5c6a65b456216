//! Rules about grants that reach nothing because of their bindings, and about groups and verbs that nobody asks for.

use rolecall::lint::{Profile, Selection, Settings, lint};
use rolecall::manifest::Options;

use crate::scratch;

/// What a rule says in a profile, as `underlined text: help`.
fn said_in(profile: Profile, rule: &str, text: &str) -> Vec<String> {
    let (_directory, inputs) = scratch::file("rbac.yaml", text.as_bytes());
    let settings = Settings { selection: Selection::of(profile), ..Settings::default() };
    let report = lint(&inputs, &Options::default(), &settings).unwrap();
    let findings = report.findings.iter().filter(|finding| finding.rule == rule);
    let line = |finding: &rolecall::diagnostic::Finding| {
        format!("{}: {}", &text[finding.span.range()], finding.help.as_deref().unwrap_or_default())
    };
    findings.map(line).collect()
}

fn said(rule: &str, text: &str) -> Vec<String> {
    said_in(Profile::Default, rule, text)
}

/// Only the places.
fn places(rule: &str, text: &str) -> Vec<String> {
    said(rule, text).iter().map(|line| line.split(": ").next().unwrap().to_owned()).collect()
}

fn object(kind: &str, metadata: &str, rest: &str) -> String {
    format!("---\napiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{{metadata}}}\n{rest}\n")
}

fn cluster_role(metadata: &str, rules: &[&str]) -> String {
    let rules: Vec<_> = rules.iter().map(|rule| format!("- {{{rule}}}\n")).collect();
    object("ClusterRole", metadata, &format!("rules:\n{}", rules.concat()))
}

fn bound(kind: &str, name: &str, role: &str, subject: &str) -> String {
    let metadata =
        if kind == "RoleBinding" { format!("name: {name}, namespace: shop") } else { format!("name: {name}") };
    let role = format!("roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: {role}}}");
    object(kind, &metadata, &format!("{role}\nsubjects: [{{{subject}}}]"))
}

const ACCOUNT: &str = "kind: ServiceAccount, name: a, namespace: shop";

const THROUGH: &str = "role-cluster-resource-through-role-binding";

#[test]
fn resources_of_the_cluster_do_not_come_through_role_bindings() {
    let role = cluster_role(
        "name: r",
        &[
            "apiGroups: ['', storage.k8s.io], resources: [pods, nodes, storageclasses], verbs: [get]",
            "apiGroups: [''], resources: [users], verbs: [impersonate]",
        ],
    );
    let in_namespace = bound("RoleBinding", "b", "r", ACCOUNT);
    let in_cluster = bound("ClusterRoleBinding", "b", "r", ACCOUNT);
    let beyond = ["nodes", "storageclasses", "users"];
    assert_eq!(places(THROUGH, &(role.clone() + &in_namespace)), beyond);
    assert_eq!(places(THROUGH, &role), [""; 0]);
    assert_eq!(places(THROUGH, &(role.clone() + &in_cluster)), [""; 0]);
    assert_eq!(places(THROUGH, &(role.clone() + &in_namespace + &in_cluster)), [""; 0]);

    let part = role.replace("{name: r}", "{name: r, labels: {part: 'yes'}}");
    let whole =
        object("ClusterRole", "name: whole", "aggregationRule: {clusterRoleSelectors: [{matchLabels: {part: 'yes'}}]}");
    let whole_in_namespace = bound("RoleBinding", "c", "whole", ACCOUNT);
    let whole_in_cluster = bound("ClusterRoleBinding", "c", "whole", ACCOUNT);
    let parts = part + &whole;
    assert_eq!(places(THROUGH, &(parts.clone() + &whole_in_namespace)), beyond);
    assert_eq!(places(THROUGH, &(parts.clone() + &in_namespace)), [""; 0], "bound elsewhere");
    assert_eq!(places(THROUGH, &(parts + &in_namespace + &whole_in_cluster)), [""; 0]);
    let of_view = role.replace("{name: r}", "{name: r, labels: {rbac.authorization.k8s.io/aggregate-to-view: 'true'}}");
    assert_eq!(places(THROUGH, &(of_view + &in_namespace)), [""; 0]);
}

#[test]
fn what_a_namespace_has_of_the_cluster_comes_through_role_bindings() {
    for (rule, expected) in [
        ("apiGroups: [''], resources: [namespaces], verbs: [get, update]", None),
        ("apiGroups: [''], resources: [namespaces], verbs: [list]", Some("namespaces")),
        ("apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind]", None),
        ("apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [get]", Some("clusterroles")),
        ("apiGroups: ['*'], resources: ['*'], verbs: ['*']", None),
        ("apiGroups: [''], resources: [serviceaccounts], verbs: [impersonate]", None),
        ("apiGroups: [''], resources: [groups], verbs: [impersonate]", Some("groups")),
        (
            "apiGroups: [authentication.k8s.io], resources: [userextras/scopes], verbs: [impersonate]",
            Some("userextras/scopes"),
        ),
        ("apiGroups: [policy], resources: [podsecuritypolicies], verbs: [use]", None),
        ("apiGroups: [example.com], resources: [planets], verbs: [get]", None),
    ] {
        let text = cluster_role("name: r", &[rule]) + &bound("RoleBinding", "b", "r", ACCOUNT);
        assert_eq!(places(THROUGH, &text), expected.into_iter().collect::<Vec<_>>(), "{rule}");
        let as_role =
            text.replace("kind: ClusterRole\nmetadata: {name: r}", "kind: Role\nmetadata: {name: r, namespace: shop}");
        let in_namespace = places("role-cluster-resource-in-namespace", &as_role);
        assert_eq!(in_namespace, expected.into_iter().collect::<Vec<_>>(), "{rule}");
    }
}

#[test]
fn security_contexts_are_used_in_namespaces() {
    let definition = "---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: \
                      securitycontextconstraints.security.openshift.io}\nspec: {group: security.openshift.io, scope: \
                      Cluster, names: {plural: securitycontextconstraints, kind: SecurityContextConstraints}, versions: \
                      [{name: v1, served: true, storage: true}]}\n";
    for (verb, expected) in [("use", 0), ("get", 1)] {
        let rule =
            format!("apiGroups: [security.openshift.io], resources: [securitycontextconstraints], verbs: [{verb}]");
        let text = cluster_role("name: r", &[&rule]) + &bound("RoleBinding", "b", "r", ACCOUNT) + definition;
        assert_eq!(said(THROUGH, &text).len(), expected, "{verb}");
    }
}

#[test]
fn verbs_of_urls_are_methods() {
    for (verbs, expected) in [
        ("get, head, post, put, patch, delete, options", ""),
        ("'*'", ""),
        ("GET", "GET: write `get`: the verbs on URLs are the methods of HTTP, in lower case"),
        ("list", "list: reading a URL is `get`"),
        ("create", "create: to make something at a URL is `post`"),
        ("get, update", "update: to replace something at a URL is `put`"),
        ("gte", "gte: did you mean `get`?"),
        ("get, list, watch", ""),
        ("'${VERB}'", ""),
    ] {
        let text = cluster_role("name: r", &[&format!("nonResourceURLs: [/metrics], verbs: [{verbs}]")]);
        assert_eq!(said("role-url-verb", &text).concat(), expected, "{verbs}");
    }
    let text = cluster_role("name: r", &["nonResourceURLs: [/metrics], verbs: [get, list]"]);
    assert_eq!(said_in(Profile::Pedantic, "role-url-verb", &text).len(), 1);
}

#[test]
fn misspelt_groups_are_told_by_their_resources() {
    for (group, resources, expected) in [
        ("app", "deployments", Some("apps")),
        ("apps.k8s.io", "deployments, replicasets/scale", Some("apps")),
        ("batch.k8s.io", "cronjobs", Some("batch")),
        ("network.k8s.io", "ingresses", Some("networking.k8s.io")),
        ("networking", "ingresses", Some("networking.k8s.io")),
        ("apiextension.k8s.io", "customresourcedefinitions", Some("apiextensions.k8s.io")),
        ("rbac.authorisation.k8s.io", "roles, rolebindings", Some("rbac.authorization.k8s.io")),
        ("rbac.k8s.io", "roles", Some("rbac.authorization.k8s.io")),
        ("rbac.authorization.k8s", "roles", Some("rbac.authorization.k8s.io")),
        ("policy.k8s.io", "poddisruptionbudgets", Some("policy")),
        // These exist, or may.
        ("apps", "deployments", None),
        ("metrics.k8s.io", "pods, nodes", None),
        ("custom.metrics.k8s.io", "'*'", None),
        ("gateway.networking.k8s.io", "gateways, httproutes", None),
        ("policy.networking.k8s.io", "adminnetworkpolicies", None),
        ("snapshot.storage.k8s.io", "volumesnapshots", None),
        ("node.k8s.io", "runtimeclasses", None),
        ("app.k8s.io", "applications", None),
        ("apps.openshift.io", "deployments", None),
        ("apps.kruise.io", "statefulsets, daemonsets", None),
        ("batch.volcano.sh", "jobs", None),
        ("autoscaling.k8s.io", "verticalpodautoscalers", None),
        ("autoscaling.k8s.io", "verticalpodautoscalers, horizontalpodautoscalers", None),
        ("networking.x-k8s.io", "ingresses", None),
        ("extensions", "ingresses, deployments", None),
        ("app", "'*'", None),
        ("app, apps", "deployments", None),
    ] {
        let text = cluster_role("name: r", &[&format!("apiGroups: [{group}], resources: [{resources}], verbs: [get]")]);
        let said = said("role-misspelt-api-group", &text);
        let is_as_expected = match (said.as_slice(), expected) {
            ([], None) => true,
            ([said], Some(meant)) => said.starts_with(&format!("{group}: did you mean `{meant}`?")),
            _ => false,
        };
        assert!(is_as_expected, "{group} {resources}: {said:?}");
    }
    let beside = cluster_role("name: r", &["apiGroups: [app, apps], resources: [deployments], verbs: [get]"]);
    assert_eq!(
        said_in(Profile::Pedantic, "role-misspelt-api-group", &beside),
        ["app: remove it: the resources are in `apps`"]
    );
    let mixed = cluster_role("name: r", &["apiGroups: ['', app], resources: [pods, deployments], verbs: [get]"]);
    assert_eq!(places("role-misspelt-api-group", &mixed), ["app"]);
}

#[test]
fn halves_of_impersonations_are_joined_over_all_roles_of_a_subject() {
    const HALF: &str = "role-half-impersonation";
    let whom = cluster_role(
        "name: whom",
        &["apiGroups: [authentication.k8s.io], resources: [users], verbs: ['impersonate:user-info']"],
    );
    let what =
        cluster_role("name: what", &["apiGroups: [''], resources: [pods], verbs: ['impersonate-on:user-info:get']"]);
    let both = whom.clone() + &what;
    assert_eq!(places(HALF, &whom).len() + places(HALF, &what).len(), 2);
    let bind = |role: &str, subject: &str| bound("ClusterRoleBinding", &format!("{role}-b"), role, subject);
    assert_eq!(said(HALF, &(both.clone() + &bind("whom", ACCOUNT) + &bind("what", ACCOUNT))), [""; 0]);
    assert_eq!(
        said(HALF, &(both.clone() + &bind("whom", ACCOUNT) + &bind("what", &ACCOUNT.replace("name: a", "name: b"))))
            .len(),
        2
    );
    let group = "kind: Group, name: 'system:serviceaccounts:shop'";
    assert_eq!(
        said(HALF, &(both.clone() + &bind("whom", ACCOUNT) + &bind("what", group))).len(),
        0,
        "an account of the group"
    );
    // Who is in which group is not known.
    let people = bind("whom", "kind: User, name: jane") + &bind("what", "kind: Group, name: support");
    assert_eq!(said(HALF, &(both.clone() + &people)), [""; 0]);
    let strangers = bind("whom", "kind: User, name: jane") + &bind("what", "kind: User, name: joe");
    assert_eq!(said(HALF, &(both.clone() + &strangers)).len(), 2);
    let all = cluster_role("name: all", &["apiGroups: ['*'], resources: ['*'], verbs: ['*']"]);
    assert_eq!(said(HALF, &(whom.clone() + &all + &bind("whom", ACCOUNT) + &bind("all", ACCOUNT))), [""; 0]);
    // The halves of different modes do not fit.
    let other = both.replace("impersonate-on:user-info", "impersonate-on:serviceaccount");
    assert_eq!(said(HALF, &(other + &bind("whom", ACCOUNT) + &bind("what", ACCOUNT))).len(), 2);
    // A role that another one takes in may be one of several parts.
    let part = whom.replace("{name: whom}", "{name: whom, labels: {part: 'yes'}}");
    let whole = "aggregationRule: {clusterRoleSelectors: [{matchLabels: {part: 'yes'}}]}";
    assert_eq!(said(HALF, &(part + &object("ClusterRole", "name: whole", whole))), [""; 0]);
}

#[test]
fn verbs_go_with_others_over_all_roles_of_a_subject() {
    let places = |text: &str| said_in(Profile::Audit, "role-verb-without-companion", text);
    let watch =
        cluster_role("name: watch", &["apiGroups: [''], resources: [secrets, pods/exec], verbs: [watch, create]"]);
    let list = cluster_role("name: list", &["apiGroups: [''], resources: [secrets, pods], verbs: [list, get]"]);
    let both = watch.clone() + &list;
    let missing = ["secrets: grant `list` on `secrets`, too", "pods/exec: grant `get` on `pods`, too"];
    assert_eq!(places(&both), missing);
    let watching = bound("RoleBinding", "w", "watch", ACCOUNT);
    assert_eq!(places(&(both.clone() + &watching)), missing);
    for kind in ["RoleBinding", "ClusterRoleBinding"] {
        assert_eq!(places(&(both.clone() + &watching + &bound(kind, "l", "list", ACCOUNT))), [""; 0], "{kind}");
    }
    // What is granted in one namespace does not help to watch all of them.
    let everywhere = bound("ClusterRoleBinding", "w", "watch", ACCOUNT);
    assert_eq!(places(&(both + &everywhere + &bound("RoleBinding", "l", "list", ACCOUNT))), missing);
    for rules in [
        "apiGroups: [''], resources: [secrets], verbs: [watch], resourceNames: [one]",
        "apiGroups: [''], resources: [secrets], verbs: ['*']",
        "apiGroups: [''], resources: ['*'], verbs: [watch]",
        "apiGroups: [''], resources: [events], verbs: [create, patch]",
        "apiGroups: [''], resources: [pods/log], verbs: [watch]",
    ] {
        assert_eq!(places(&cluster_role("name: r", &[rules])), [""; 0], "{rules}");
    }
    let label = "{name: watch, labels: {rbac.authorization.k8s.io/aggregate-to-edit: 'true'}}";
    assert_eq!(places(&watch.replace("{name: watch}", label)), [""; 0]);
}
