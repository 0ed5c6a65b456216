//! Rules about roles that are accepted and grant nothing, and about references: the exact place, and what is left alone.

use std::fs;

use rolecall::catalog::Version;
use rolecall::diagnostic::Category;
use rolecall::lint::{Profile, Report, Selection, Settings, lint};
use rolecall::manifest::Options;
use tempfile::TempDir;

use crate::scratch;

fn report_for(text: &str, version: &str) -> Report {
    let (_directory, inputs) = scratch::file("rbac.yaml", text.as_bytes());
    let settings = Settings { selection: Selection::of(Profile::Audit), ..Settings::default() };
    let options = Options { version: Version::parse(version).unwrap(), ..Options::default() };
    let mut report = lint(&inputs, &options, &settings).unwrap();
    // What is too powerful has tests of its own.
    report.findings.retain(|finding| finding.category != Category::Risk);
    report
}

/// Each finding as `rule at underlined text: help`.
fn found(text: &str) -> Vec<String> {
    let report = report_for(text, "1.36");
    let line = |finding: &rolecall::diagnostic::Finding| {
        let place = text[finding.span.range()].lines().next().unwrap_or_default();
        format!("{} at {place}: {}", finding.rule, finding.help.as_deref().unwrap_or_default())
    };
    report.findings.iter().map(line).collect()
}

/// Only the rules and the places.
fn places(text: &str) -> Vec<String> {
    found(text).iter().map(|line| line.split(": ").next().unwrap().to_owned()).collect()
}

/// A Role with these rules, in flow style.
fn role(rules: &[&str]) -> String {
    let rules: Vec<_> = rules.iter().map(|rule| format!("- {{{rule}}}\n")).collect();
    let rules = rules.concat();
    format!(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {{name: r, namespace: shop}}\nrules:\n{rules}"
    )
}

fn cluster_role(rules: &[&str]) -> String {
    role(rules).replace("kind: Role", "kind: ClusterRole").replace(", namespace: shop", "")
}

fn definition(group: &str, plural: &str, kind: &str, scope: &str) -> String {
    format!(
        "---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {{name: {plural}.{group}}}\n\
         spec:\n  group: {group}\n  scope: {scope}\n  names: {{plural: {plural}, kind: {kind}}}\n  versions: [{{name: v1, \
         served: true, storage: true}}]\n"
    )
}

fn account(namespace: &str, name: &str) -> String {
    format!("---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {{name: {name}, namespace: {namespace}}}\n")
}

fn binding(role: &str, subjects: &str) -> String {
    format!(
        "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {{name: b, namespace: shop}}\n\
         roleRef: {{apiGroup: rbac.authorization.k8s.io, {role}}}\nsubjects: {subjects}\n"
    )
}

const VIEW: &str = "kind: ClusterRole, name: view";
const JANE: &str = "[{kind: User, name: jane}]";

#[test]
fn verbs_that_no_request_has_are_told_with_what_to_write() {
    for (verb, help) in [
        ("Get", "write `get`: verbs are lower case"),
        ("'list '", "write `list`, without the space"),
        ("read", "reading is `get`, `list` and `watch`"),
        ("exec", "this is the verb `create` on a subresource: `pods/exec`, `pods/attach`, `pods/portforward`"),
        ("apply", "`kubectl apply` takes `get`, `create` and `patch`"),
        ("udpate", "did you mean `update`?"),
        (
            "frobnicate",
            "the verbs are `get`, `list`, `watch`, `create`, `update`, `patch`, `delete` and `deletecollection`",
        ),
    ] {
        let text = role(&[&format!("apiGroups: [''], resources: [pods], verbs: [get, {verb}]")]);
        assert_eq!(found(&text), [format!("role-unknown-verb at {verb}: {help}")]);
    }
}

#[test]
fn verbs_that_may_mean_something_are_left_alone() {
    for rule in [
        "apiGroups: [messaging.example.com], resources: [channels], verbs: [subscribe]",
        "apiGroups: ['*'], resources: ['*'], verbs: [read]",
        "apiGroups: [''], resources: [pods], verbs: ['impersonate-on:user-info:list']",
        "apiGroups: [resource.k8s.io], resources: [resourceclaims/driver], verbs: ['associated-node:update']",
        "apiGroups: [''], resources: [pods], verbs: ['${VERB}']",
        "apiGroups: [''], resources: [pods], verbs: ['*']",
    ] {
        assert_eq!(found(&role(&[rule])), [""; 0], "{rule}");
    }
    // What is in upper case means nothing to anybody.
    let custom = role(&["apiGroups: [messaging.example.com], resources: [channels], verbs: [Get]"]);
    assert_eq!(places(&custom), ["role-unknown-verb at Get"]);
}

#[test]
fn resources_that_do_not_exist_are_told_with_what_was_meant() {
    for (group, resource, help) in [
        ("''", "pod", "did you mean `pods`?"),
        ("''", "Pods", "did you mean `pods`?"),
        ("''", "cm", "did you mean `configmaps`?"),
        ("''", "secerts", "did you mean `secrets`?"),
        ("''", "pod/exec", "did you mean `pods/exec`?"),
        ("apps", "deploy", "did you mean `deployments`?"),
        ("''", "deployment", "did you mean `deployments` of `apps`?"),
        ("''", "widgets.example.com", "write the plural alone, and the group behind the dot in `apiGroups`"),
    ] {
        let text = role(&[&format!("apiGroups: [{group}], resources: [{resource}], verbs: [get]")]);
        let found = found(&text);
        assert_eq!(found.len(), 1, "{found:?}");
        let expected = format!("role-unknown-resource at {resource}: {help}");
        assert!(found[0].starts_with(&expected), "{found:?} is not {expected}");
    }
}

#[test]
fn resources_of_groups_that_are_not_wholly_known_are_left_alone() {
    for rule in [
        "apiGroups: [example.com], resources: [widget], verbs: [get]",
        "apiGroups: ['', route.example.com], resources: [routes], verbs: [get]",
        "apiGroups: ['*'], resources: [pod], verbs: [get]",
        "apiGroups: [''], resources: ['{{ .Values.resource }}'], verbs: [get]",
        "apiGroups: [metrics.k8s.io], resources: [pods, nodes], verbs: [get]",
        "apiGroups: [''], resources: [pods, '*', '*/scale'], verbs: [get]",
    ] {
        assert_eq!(found(&cluster_role(&[rule])), [""; 0], "{rule}");
    }
    let known = definition("example.com", "widgets", "Widget", "Namespaced");
    let rule = |resource: &str| role(&[&format!("apiGroups: [example.com], resources: [{resource}], verbs: [get]")]);
    assert_eq!(places(&(rule("widget") + &known)), ["role-unknown-resource at widget"]);
    // There may be more resources than definitions that were read.
    assert_eq!(places(&(rule("sprockets") + &known)), [""; 0]);
    assert_eq!(places(&(rule("widgets/anything") + &known)), [""; 0]);
}

#[test]
fn versions_without_facts_are_not_judged_by_those_of_another() {
    let text = role(&["apiGroups: [''], resources: [pod, deployments, nodes, pods/logs], verbs: [get]"]);
    assert_eq!(report_for(&text, "1.29").findings.len(), 0);
    assert_eq!(report_for(&text, "1.36").findings.len(), 4);
}

#[test]
fn groups_are_told_where_they_are_wrong() {
    assert_eq!(
        found(&role(&["apiGroups: [core, apps/v1, 'Batch'], resources: [pods], verbs: [get]"])),
        [
            "role-malformed-api-group at core: write `\"\"`: the core group has no name",
            "role-malformed-api-group at apps/v1: write `apps`: rules name the group without a version",
            "role-malformed-api-group at 'Batch': write `batch`",
        ]
    );
    assert_eq!(
        found(&role(&["apiGroups: [''], resources: [pods, deployments], verbs: [get]"])),
        ["role-wrong-api-group at deployments: they are in `apps`: write it in `apiGroups`"]
    );
    let old = "apiGroups: [extensions], resources: [ingresses], verbs: [get, list]";
    assert_eq!(places(&role(&[old])), ["role-wrong-api-group at ingresses"]);
    let new = "apiGroups: [networking.k8s.io], resources: [ingresses], verbs: [get, list, watch]";
    assert_eq!(places(&role(&[old, new])), [""; 0]);
    // The new rule has to allow as much.
    let less = "apiGroups: [networking.k8s.io], resources: [ingresses], verbs: [get]";
    assert_eq!(places(&role(&[old, less])), ["role-wrong-api-group at ingresses"]);
}

#[test]
fn subresources_are_judged_where_all_are_known() {
    assert_eq!(
        found(&role(&[
            "apiGroups: [''], resources: [pods/logs, pods/portfoward, services/exec], verbs: [get, create]"
        ])),
        [
            "role-unknown-subresource at pods/logs: did you mean `pods/log`?",
            "role-unknown-subresource at pods/portfoward: did you mean `pods/portforward`?",
            "role-unknown-subresource at services/exec: they have `proxy`, `status`, `finalizers`",
        ]
    );
    let fine = "apiGroups: ['', discovery.k8s.io], resources: [configmaps/status, secrets/finalizers, \
                endpointslices/restricted, serviceaccounts/token], verbs: [update, create]";
    assert_eq!(found(&role(&[fine])), [""; 0]);
}

#[test]
fn stars_that_stand_for_nothing_are_found_and_others_are_not() {
    assert_eq!(
        places(&role(&[
            "apiGroups: [''], resources: [pods/*, '*/*', 'config*'], verbs: [get*]",
            "apiGroups: ['*.example.com'], resources: ['*'], verbs: [get]",
            "apiGroups: [''], resources: [secrets], resourceNames: ['*', web-*, web], verbs: [get]",
        ])),
        [
            "role-slash-wildcard at pods/*",
            "role-slash-wildcard at '*/*'",
            "role-partial-wildcard at 'config*'",
            "role-partial-wildcard at get*",
            "role-partial-wildcard at '*.example.com'",
            "role-partial-wildcard at '*'",
            "role-partial-wildcard at web-*",
        ]
    );
    assert_eq!(
        places(&cluster_role(&[
            "apiGroups: ['*'], resources: ['*', '*/scale'], verbs: ['*']",
            "apiGroups: [certificates.k8s.io], resources: [signers], resourceNames: ['issuers.example.com/*'], verbs: [sign]",
            "apiGroups: [policy.example.org], resources: [tier.policies], resourceNames: ['base.*', '*'], verbs: [get]",
        ])),
        [""; 0]
    );
}

#[test]
fn names_beside_requests_without_a_name_are_judged_over_the_whole_role() {
    let named = "apiGroups: [''], resources: [configmaps, pods/exec], resourceNames: [a], verbs: [get, create]";
    assert_eq!(places(&role(&[named])), ["role-resource-name-never-matches at create"]);
    let free = "apiGroups: [''], resources: [configmaps], verbs: [create]";
    assert_eq!(places(&role(&[named, free])), [""; 0]);
    let below = "apiGroups: [''], resources: [pods/exec, serviceaccounts/token], resourceNames: [a], verbs: [create]";
    assert_eq!(places(&role(&[below])), [""; 0]);
    let all = "apiGroups: [''], resources: [secrets], resourceNames: [a], verbs: [list, watch, deletecollection]";
    assert_eq!(
        places(&role(&[all])),
        ["role-resource-name-with-list at list", "role-resource-name-never-matches at deletecollection"]
    );
}

#[test]
fn resources_with_which_nothing_can_be_done_are_found() {
    assert_eq!(
        found(&role(&["apiGroups: [''], resources: [pods, pods/eviction], verbs: [get, list]"])),
        ["role-verb-not-served at pods/eviction: it takes `create`"]
    );
    let fine = "apiGroups: ['', apps], resources: [pods, pods/log, deployments/scale], verbs: [get, list]";
    assert_eq!(found(&role(&[fine])), [""; 0]);
}

#[test]
fn verbs_that_are_checked_elsewhere_are_found() {
    assert_eq!(
        places(&cluster_role(&[
            "apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings], verbs: [create, bind]",
            "apiGroups: [certificates.k8s.io], resources: [certificatesigningrequests/approval], verbs: [update, approve]",
            "apiGroups: [''], resources: [users, serviceaccounts], verbs: [impersonate]",
            "apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles, rolebindings], verbs: [bind, create]",
            "apiGroups: [policy], resources: [podsecuritypolicies], verbs: [use]",
            "apiGroups: [security.example.com], resources: [constraints], verbs: [use]",
        ])),
        [
            "role-special-verb-elsewhere at bind",
            "role-special-verb-elsewhere at approve",
            "role-removed-resource at podsecuritypolicies",
        ]
    );
}

#[test]
fn a_role_does_not_reach_resources_of_the_cluster() {
    let topics = definition("example.com", "regions", "Region", "Cluster");
    let rules = [
        "apiGroups: [''], resources: [nodes, pods], verbs: [get]",
        "apiGroups: [example.com], resources: [regions], verbs: [get]",
        "apiGroups: [''], resources: [namespaces], verbs: [list]",
        "apiGroups: [''], resources: [namespaces], verbs: [get, list]",
        "apiGroups: [other.example.com], resources: [regions], verbs: [get]",
        "apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], resourceNames: [view], verbs: [bind]",
        "apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], resourceNames: [view], verbs: [escalate]",
    ];
    assert_eq!(
        places(&(role(&rules) + &topics)),
        [
            "role-cluster-resource-in-namespace at nodes",
            "role-cluster-resource-in-namespace at regions",
            "role-cluster-resource-in-namespace at namespaces",
            "role-cluster-resource-in-namespace at clusterroles",
        ]
    );
    assert_eq!(places(&(cluster_role(&rules) + &topics)), [""; 0]);
}

#[test]
fn urls_that_no_request_has_are_found() {
    let urls = "nonResourceURLs: [metrics, /a/*/b, '/healthz/*', '*', 'https://a.example/x', '/x?y=z', /api/v1/nodes, \
                /apis/apps/v1/deployments, /api/v1, '/apis/*', /apis/apps, '/apis/apps/v1'], verbs: [get]";
    assert_eq!(
        places(&cluster_role(&[urls])),
        [
            "role-malformed-url at metrics",
            "role-malformed-url at /a/*/b",
            "role-malformed-url at 'https://a.example/x'",
            "role-malformed-url at '/x?y=z'",
            "role-url-of-resource at /api/v1/nodes",
            "role-url-of-resource at /apis/apps/v1/deployments",
        ]
    );
}

fn aggregating(label: &str, rules: &str) -> String {
    format!(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: all}}\naggregationRule:\n  \
         clusterRoleSelectors: [{{matchLabels: {{{label}: 'yes'}}}}]\nrules: {rules}\n---\napiVersion: \
         rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: part, labels: {{part: 'yes'}}}}\nrules:\n- \
         {{apiGroups: [''], resources: [pods], verbs: [get]}}\n"
    )
}

#[test]
fn roles_that_take_in_others_keep_no_rules_of_their_own() {
    let own = "[{apiGroups: [''], resources: [secrets], verbs: [get]}]";
    assert_eq!(places(&aggregating("part", own)).len(), 1);
    assert!(places(&aggregating("part", own))[0].starts_with("role-aggregated-with-rules at {apiGroups"));
    assert_eq!(places(&aggregating("part", "[]")), [""; 0]);
    assert!(places(&aggregating("prat", "[]"))[0].starts_with("role-aggregation-selects-nothing at "));
}

#[test]
fn roles_of_bindings_are_found_where_they_were_meant() {
    let there = role(&["apiGroups: [''], resources: [pods], verbs: [get]"]).replace("name: r,", "name: pod-reader,");
    let elsewhere = there.replace("namespace: shop", "namespace: other");
    for (text, expected) in [
        (there.clone() + &binding("kind: Role, name: pod-reader", JANE), None),
        (there.clone() + &binding("kind: Role, name: pod-raeder", JANE), Some("did you mean `pod-reader`?")),
        (
            there.clone() + &binding("kind: ClusterRole, name: pod-reader", JANE),
            Some("there is a Role `pod-reader` in the namespace: write `kind: Role`"),
        ),
        (binding("kind: Role, name: view", JANE), Some("there is a ClusterRole `view`: write `kind: ClusterRole`")),
        (
            elsewhere + &binding("kind: Role, name: pod-reader", JANE),
            Some(
                "Role `pod-reader` is in namespace `other`, and a binding reaches no Role of another namespace: bind it \
                 there, or make it a ClusterRole",
            ),
        ),
    ] {
        let found = found(&text);
        let dangling = found.iter().find_map(|line| line.strip_prefix("binding-dangling-role at "));
        assert_eq!(dangling.and_then(|line| line.split_once(": ")).map(|(_, help)| help), expected, "{text}");
        assert_eq!(found.len(), usize::from(expected.is_some()), "{found:?}");
    }
    assert_eq!(places(&binding("kind: Role, name: unheard-of", JANE)), ["binding-missing-role at unheard-of"]);
    // Neither is missing what is there and refused.
    let refused = there.replace("verbs: [get]", "verbs: []") + &binding("kind: Role, name: pod-reader", JANE);
    assert_eq!(places(&refused), ["role-invalid-rule at []"]);
}

#[test]
fn subjects_are_found_where_they_are_somebody_else() {
    let web = "{kind: ServiceAccount, name: web, namespace: shop}";
    let here = binding(VIEW, &format!("[{web}]"));
    assert_eq!(places(&(here.clone() + &account("shop", "web"))), [""; 0]);
    assert_eq!(places(&here), [""; 0]);
    assert_eq!(
        found(&(here.clone() + &account("other", "web"))),
        [format!("subject-wrong-namespace at {web}: write `namespace: other`, where there is one")]
    );
    // Which one is meant nobody knows.
    assert_eq!(places(&(here + &account("other", "web") + &account("third", "web"))), [""; 0]);
    let account_of_all = binding(VIEW, "[{kind: ServiceAccount, name: default, namespace: unheard-of}]");
    assert_eq!(places(&(account_of_all + &account("other", "default"))), [""; 0]);
    let filled_in = binding(VIEW, "[{kind: ServiceAccount, name: web, namespace: '${NAMESPACE}'}]");
    assert_eq!(places(&(filled_in + &account("other", "web"))), [""; 0]);
}

#[test]
fn subjects_of_the_wrong_kind_are_found() {
    let subjects = "[{kind: User, name: 'system:masters'}, {kind: User, name: 'system:serviceaccounts:ci'}, {kind: Group, \
                    name: 'system:anonymous'}, {kind: Group, name: 'system:serviceaccount:ci:web'}, {kind: User, name: \
                    'system:serviceaccount:ci:web'}, {kind: Group, name: 'system:serviceaccounts'}, {kind: User, name: \
                    'system:kube-proxy'}, {kind: User, name: 'system:anonymous'}]";
    let rules: Vec<_> =
        places(&binding(VIEW, subjects)).iter().map(|line| line.split(" at ").next().unwrap().to_owned()).collect();
    assert_eq!(rules, [&["subject-wrong-kind"; 4][..], &["subject-user-is-service-account"]].concat());
}

#[test]
fn subjects_that_are_missing_or_stand_twice_are_found() {
    assert_eq!(places(&binding(VIEW, "[]")).len(), 1);
    assert!(places(&binding(VIEW, "[]"))[0].starts_with("binding-without-subjects at "));
    let twice = "[{kind: ServiceAccount, name: web}, {kind: ServiceAccount, name: web, namespace: shop}, {kind: User, name: \
                 web}]";
    assert_eq!(
        places(&binding(VIEW, twice)),
        ["binding-duplicate-subject at {kind: ServiceAccount, name: web, namespace: shop}"].map(|line| line
            .split(": ")
            .next()
            .unwrap()
            .to_owned())
    );
}

#[test]
fn workloads_are_told_that_their_account_is_elsewhere() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop}\nspec: {serviceAccountName: web, \
               containers: [{name: c, image: i}]}\n"
        .to_owned();
    assert_eq!(places(&(pod.clone() + &account("shop", "web"))), [""; 0]);
    assert_eq!(places(&(pod.clone() + &account("other", "web"))), ["workload-wrong-service-account at web"]);
    assert_eq!(places(&pod), ["workload-missing-service-account at web"]);
    assert_eq!(places(&pod.replace("serviceAccountName: web, ", "")), [""; 0]);
}

#[test]
fn what_a_kustomization_renames_is_not_judged_for_its_references() {
    let text = binding("kind: Role, name: view", "[{kind: ServiceAccount, name: web, namespace: shop}]")
        + &account("other", "web");
    let count = |kustomization: Option<&str>| {
        let directory = TempDir::new().unwrap();
        fs::write(directory.path().join("rbac.yaml"), &text).unwrap();
        if let Some(lines) = kustomization {
            let all = format!("resources: [rbac.yaml]\n{lines}\n");
            fs::write(directory.path().join("kustomization.yaml"), all).unwrap();
        }
        let report = lint(&scratch::files_under(directory.path()), &Options::default(), &Settings::default()).unwrap();
        report.findings.len()
    };
    assert_eq!(count(None), 2);
    assert_eq!(count(Some("namePrefix: prod-")), 0);
    assert_eq!(count(Some("namespace: prod")), 0);
}

#[test]
fn urls_of_a_role_that_only_role_bindings_hand_out_are_found() {
    let role = cluster_role(&[
        "apiGroups: [''], resources: [pods], verbs: [get]",
        "nonResourceURLs: [/metrics, /healthz], verbs: [get]",
    ]);
    let bound = binding("kind: ClusterRole, name: r", JANE);
    let of_cluster = bound.replace("kind: RoleBinding", "kind: ClusterRoleBinding").replace(", namespace: shop", "");
    assert_eq!(places(&(role.clone() + &bound)), ["role-url-out-of-reach at /metrics"]);
    assert_eq!(places(&role), [""; 0]);
    assert_eq!(places(&(role.clone() + &bound + &of_cluster)), [""; 0]);
    let taking_in = cluster_role(&[])
        .replace("name: r", "name: all")
        .replace("rules:\n", "aggregationRule: {clusterRoleSelectors: [{matchLabels: {part: 'yes'}}]}\n");
    let part = role.replace("{name: r}", "{name: r, labels: {part: 'yes'}}");
    assert_eq!(places(&(part + &bound + "---\n" + &taking_in)), [""; 0]);
}
