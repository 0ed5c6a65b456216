//! Who can: everybody whom `can-i` would say yes to, and nobody else.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rolecall::catalog::Version;
use rolecall::manifest::Options;
use rolecall::query::{self, Access, Assumptions, Holder, Place, Who, WhoCan, Words};
use rolecall::rbac::{Action, Identity, Reach, Request, Verdict};
use serde_json::Value;

use crate::scratch::run;

/// A deployer by name and by group, somebody misspelt, a URL, and a role that is not there.
const MANIFESTS: &str = "apiVersion: v1
kind: ServiceAccount
metadata: {name: deployer, namespace: ci}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: runner, namespace: ci}
spec:
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec:
      serviceAccountName: deployer
      containers: [{name: c, image: i}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: deployer}
rules:
- apiGroups: [apps]
  resources: [deployments, deployments/scale]
  verbs: [patch]
- nonResourceURLs: [/status]
  verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: deploy, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: deployer}
subjects:
- {kind: ServiceAccount, name: deployer, namespace: ci}
- {kind: ServiceAccount, name: deploier, namespace: ci}
- {kind: ServiceAccount, name: deployer, namespace: ci}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: all-of-shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: deployer}
subjects:
- {kind: Group, apiGroup: rbac.authorization.k8s.io, name: 'system:serviceaccounts:shop'}
";

fn who_can(text: &str, args: &[&str]) -> (i32, String) {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("a.yaml"), text).unwrap();
    let run = run(directory.path(), &[&["who-can"], args].concat());
    assert_eq!(run.error, "");
    (run.code, run.out)
}

#[test]
fn everybody_is_told_with_place_binding_and_workloads() {
    let (code, out) = who_can(MANIFESTS, &["patch", "deployments.apps", "--no-builtin-roles"]);
    assert_eq!(
        out,
        "Who can patch deployments.apps in each namespace?

in all namespaces
  Group system:serviceaccounts:shop
    with shop/web
    by ClusterRoleBinding all-of-shop → ClusterRole deployer → rule 1 (a.yaml:44:3)

in namespace shop
  ServiceAccount ci/deploier (not in what was read)
    by RoleBinding shop/deploy → ClusterRole deployer → rule 1 (a.yaml:36:3)
  ServiceAccount ci/deployer
    runs Deployment runner
    by RoleBinding shop/deploy → ClusterRole deployer → rule 1 (a.yaml:35:3)

Members of Group system:masters may do everything, whatever RBAC says.
"
    );
    assert_eq!(code, 0);
}

#[test]
fn a_namespace_a_subresource_and_all_namespaces_narrow_the_question() {
    let scale = ["patch", "deployments.apps", "--subresource", "scale", "--no-builtin-roles"];
    let (_, out) = who_can(MANIFESTS, &[&scale[..], &["-n", "shop"]].concat());
    assert!(
        out.starts_with("Who can patch deployments.apps/scale in namespace shop?\n") && out.contains("ci/deployer")
    );
    let (code, out) = who_can(MANIFESTS, &[&scale[..], &["-n", "ci"]].concat());
    assert!(!out.contains("ci/deployer") && out.contains("shop/web") && code == 0, "{out}");
    let (code, out) = who_can(MANIFESTS, &[&scale[..], &["-A"]].concat());
    assert!(!out.contains("ci/deployer") && out.contains("in all namespaces\n  Group") && code == 0, "{out}");
    let (code, out) =
        who_can(MANIFESTS, &["patch", "deployments.apps", "--subresource", "status", "--no-builtin-roles"]);
    assert!(out.contains("\nnobody: ") && code == 1, "{out}");
    let (_, out) = who_can(MANIFESTS, &["patch", "deployments.apps", "-n", "shpo", "--no-builtin-roles"]);
    assert!(out.contains("note: there is no namespace `shpo` in what was read\n"), "{out}");
}

#[test]
fn urls_are_for_the_cluster_alone() {
    let (code, out) = who_can(MANIFESTS, &["get", "/status", "--no-builtin-roles"]);
    assert!(out.contains("Who can get /status?\n\nin the cluster\n  Group system:serviceaccounts:shop\n"), "{out}");
    assert!(!out.contains("ci/deployer") && code == 0, "{out}");
}

#[test]
fn kubernetes_own_stand_apart_and_members_of_masters_are_nobody() {
    let (code, out) = who_can(MANIFESTS, &["get", "nodes"]);
    let (own, built_in) = out.split_once("\nby the default policy of Kubernetes").unwrap();
    assert!(own.contains("\nnobody but the default policy of Kubernetes: no binding"), "{out}");
    assert!(!own.contains("kube-system/") && built_in.contains("kube-system/node-controller"), "{out}");
    assert!(built_in.contains("  Users system:kube-proxy, system:kube-scheduler\n"), "{out}");
    let (_, secrets) = who_can(MANIFESTS, &["get", "secrets"]);
    assert!(secrets.contains("\n  User system:kube-controller-manager\n"), "one is no plural: {secrets}");
    assert_eq!(code, 1, "what Kubernetes' own controllers may is nobody's");
    let (code, out) = who_can(MANIFESTS, &["get", "nodes", "-o", "json"]);
    assert!(out.contains("\"anybody\": false") && code == 1, "{out}");
    let (code, out) = who_can(MANIFESTS, &["frobnicate", "pods"]);
    assert!(out.contains("\nnobody: ") && code == 1, "{out}");
}

#[test]
fn programs_get_every_service_account_with_its_grants() {
    let (_, out) = who_can(MANIFESTS, &["patch", "deployments.apps", "-o", "json"]);
    let answer: Value = serde_json::from_str(&out).unwrap();
    let subjects = answer["subjects"].as_array().unwrap();
    let one = |name: &str| subjects.iter().find(|subject| subject["name"] == name).unwrap();
    let web = one("web");
    assert_eq!((&web["named"], &web["everywhere"], &web["exists"]), (&false.into(), &true.into(), &true.into()));
    assert_eq!(web["grants"][0]["subject"]["name"], "system:serviceaccounts:shop");
    assert_eq!(one("deploier")["exists"], false);
    let deployer = one("deployer");
    assert_eq!(deployer["grants"].as_array().unwrap().len(), 1, "it is named twice");
    assert_eq!((&deployer["namespaces"][0], &deployer["everywhere"]), (&"shop".into(), &false.into()));
    assert_eq!(deployer["workloads"][0]["name"], "runner");
    assert_eq!((&deployer["builtIn"], &one("system:masters")["builtIn"]), (&false.into(), &true.into()));
    let (_, out) = who_can(MANIFESTS, &["patch", "deployments.apps", "-o", "wide", "--no-builtin-roles"]);
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines.len(), 5, "{out}");
    assert!(lines[3].starts_with("ServiceAccount shop/web") && lines[3].contains("Group system:serviceaccounts:shop"));
}

#[test]
fn a_grant_that_needs_one_of_several_definitions_is_marked() {
    let other = MANIFESTS.replace("verbs: [patch]", "verbs: [patch, get]");
    let (code, out) = who_can(
        &format!("{MANIFESTS}---\n{}", other.split("---\n").nth(3).unwrap()),
        &["patch", "deployments.apps", "--no-builtin-roles"],
    );
    assert!(out.contains("ServiceAccount ci/deployer (if one of several differing definitions holds)\n"), "{out}");
    assert_eq!(code, 1, "only conditionally is not yes");
}

#[test]
fn the_definitions_that_differ_are_told() {
    let other = MANIFESTS.replace("verbs: [patch]", "verbs: [patch, get]");
    let text = format!("{MANIFESTS}---\n{}", other.split("---\n").nth(3).unwrap());
    let question = ["patch", "deployments.apps", "--no-builtin-roles"];
    let (_, out) = who_can(&text, &question);
    let told = "condition: ClusterRole deployer is defined several times, and not always the same:
  a.yaml:22:18
  a.yaml:48:18

help: of several definitions in one file `kubectl apply` has the last one win: leave the others out
";
    assert_eq!(out.matches(told).count(), 1, "{out}");
    let (_, wide) = who_can(&text, &[&question[..], &["-o", "wide"]].concat());
    assert!(wide.contains(" conditional on ClusterRole deployer (a.yaml:22:18, a.yaml:48:18)\n"), "{wide}");
    let (_, json) = who_can(&text, &[&question[..], &["-o", "json"]].concat());
    let answer: Value = serde_json::from_str(&json).unwrap();
    let differing = answer["differing"].as_array().unwrap();
    assert_eq!((differing.len(), &differing[0]["name"]), (1, &"deployer".into()));
    let lines: Vec<_> =
        differing[0]["definitions"].as_array().unwrap().iter().map(|place| &place["start"]["line"]).collect();
    assert_eq!(lines, [22, 48]);
}

#[test]
fn whoever_may_in_single_namespaces_is_counted_where_all_are_asked_about() {
    let question = ["patch", "deployments.apps", "-A", "--no-builtin-roles"];
    let note = "2 more may in single namespaces: leave `-A` out";
    let (_, out) = who_can(MANIFESTS, &question);
    assert!(out.contains(&format!("\nnote: {note}\n")), "{out}");
    let (_, json) = who_can(MANIFESTS, &[&question[..], &["-o", "json"]].concat());
    let answer: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(answer["notes"][0], note);
    for args in [&["get", "/status", "-A"][..], &["patch", "deployments.apps"], &["get", "nodes", "-A"]] {
        let (_, out) = who_can(MANIFESTS, args);
        assert!(!out.contains("single namespaces"), "{out}");
    }
}

#[test]
fn the_table_has_no_rows_for_accounts_that_are_only_named_and_only_in_a_group() {
    let all = MANIFESTS.replace("system:serviceaccounts:shop", "system:serviceaccounts");
    let (_, wide) = who_can(&all, &["get", "/status", "-o", "wide", "--no-builtin-roles"]);
    assert!(wide.contains("\nServiceAccount ci/deployer "), "{wide}");
    assert!(!wide.contains("ci/deploier"), "{wide}");
}

#[test]
fn a_question_needs_a_verb_and_something_to_do_it_with() {
    let run = run(Path::new(env!("CARGO_MANIFEST_DIR")), &["who-can", "get"]);
    assert_eq!(run.code, 2);
    assert!(run.error.starts_with("error: you must specify two arguments"), "{}", run.error);
}

/// Everybody whom a binding names, and every ServiceAccount that is known.
fn everybody(access: &Access) -> BTreeSet<Who> {
    let bindings = access.policy().bindings();
    let named = bindings.flat_map(|(_, binding)| {
        binding.subjects.iter().filter_map(|subject| Who::of_binding(subject, binding.namespace.as_deref()))
    });
    let accounts = access
        .known()
        .service_accounts()
        .map(|(namespace, name, _)| Who::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() });
    named.chain(accounts).collect()
}

/// What an answer says about somebody in a namespace: a ServiceAccount has to be told by name, anybody else may be told
/// by a group.
fn verdict(access: &Access, answer: &WhoCan, who: &Who, identity: &Identity, namespace: Option<&str>) -> Verdict {
    if identity.is_master() {
        return Verdict::Allowed;
    }
    let groups = |holder: &&Holder| matches!(&holder.who, Who::Group(group) if identity.groups.contains(group));
    let is_told =
        |holder: &&Holder| holder.who == *who || (!matches!(who, Who::ServiceAccount { .. }) && groups(holder));
    let counts = |grant: &&_| {
        let of_grant = access.namespace_of(grant);
        answer.reach == Reach::AsAsked || of_grant.is_none() || of_grant == namespace
    };
    let grants = answer.holders.iter().filter(is_told).flat_map(Holder::all_grants).filter(counts);
    let verdicts = grants.map(|grant| if grant.is_conditional { Verdict::Conditional } else { Verdict::Allowed });
    verdicts.max().unwrap_or(Verdict::Denied)
}

/// Compares an answer with the decisions about everybody; says how many there were.
fn compare(access: &Access, words: &Words) -> usize {
    let answer = query::who_can(access, words).unwrap();
    let mut compared = 0;
    let namespaces: Vec<_> = access.known().namespaces().map(Some).chain([None]).collect();
    for who in everybody(access) {
        let identity = who.identity();
        for namespace in &namespaces {
            let mut action = answer.action.clone();
            match &mut action {
                Action::Resource(action) if answer.reach == Reach::EachNamespace => {
                    namespace.unwrap_or_default().clone_into(&mut action.namespace);
                }
                _ if namespace.is_some() => continue,
                _ => {}
            }
            let said = verdict(access, &answer, &who, &identity, *namespace);
            let request = Request { identity: identity.clone(), action };
            assert_eq!(said, access.policy().decide(&request).verdict, "{who}: {request:?}");
            compared += 1;
        }
    }
    compared
}

fn words(verb: &str, target: &str, subresource: &str, place: Place) -> Words {
    Words { verb: verb.to_owned(), target: target.to_owned(), subresource: subresource.to_owned(), place }
}

#[test]
fn it_tells_those_to_whom_can_i_says_yes_and_nobody_else() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/platform");
    let assumptions = Assumptions { version: Version::NEWEST, default_policy: true };
    let access = query::load(&crate::scratch::files_under(&path), &Options::default(), assumptions).unwrap();
    let mut compared = 0;
    for (verb, target, subresource) in [
        ("get", "secrets", ""),
        ("list", "pods", ""),
        ("create", "pods", "exec"),
        ("update", "deployments.apps", "scale"),
        ("update", "deployments.apps/ledger-api", "scale"),
        ("get", "configmaps/platform-endpoints", ""),
        ("get", "nodes", ""),
        ("get", "namespaces/data", ""),
        ("create", "selfsubjectaccessreviews", ""),
        ("create", "topics", ""),
        ("get", "reports.usage.brightwater.example", ""),
        ("*", "*.*", ""),
        ("get", "/metrics", ""),
        ("get", "/healthz", ""),
    ] {
        let places = [Place::Default, Place::Everywhere, Place::Namespace("payments".to_owned())];
        compared +=
            places.into_iter().map(|place| compare(&access, &words(verb, target, subresource, place))).sum::<usize>();
    }
    assert!(compared > 10_000, "only {compared} decisions were compared");
}

/// The words for an action; `None` where a command line cannot say it.
fn words_of(action: Action) -> Option<Words> {
    let prefixed = |prefix: &str, text: &str| if text.is_empty() { String::new() } else { format!("{prefix}{text}") };
    match action {
        Action::Url { verb, path } => path.starts_with('/').then(|| words(&verb, &path, "", Place::Default)),
        Action::Resource(action) => {
            let is_one = !action.resource.is_empty() && !action.verb.is_empty();
            let (group, name) = (prefixed(".", &action.group), prefixed("/", &action.name));
            let target = format!("{}{group}{name}", action.resource);
            is_one.then(|| words(&action.verb, &target, &action.subresource, Place::Namespace(action.namespace)))
        }
    }
}

#[test]
fn it_agrees_with_the_decisions_of_an_api_server() {
    let mut compared = 0;
    for scenario in crate::conformance_authz::scenarios().step_by(5) {
        let access = crate::conformance_authz::access(&scenario.objects);
        for query in scenario.queries.iter().step_by(7).take(4) {
            let Some(words) = words_of(query.request().action) else { continue };
            compared += compare(&access, &words);
        }
    }
    assert!(compared > 2000, "only {compared} decisions were compared");
}
