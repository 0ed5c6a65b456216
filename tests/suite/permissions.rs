//! All that a subject may do, and the list of its rules.

use std::fs;
use std::path::{Path, PathBuf};

use rolecall::catalog::Version;
use rolecall::manifest::Options;
use rolecall::query::{self, Access, Asker, Assumptions, Permissions, Scope, Verbs, Who};
use rolecall::rbac::{Action, Request, ResourceAction, Rule, Verdict};
use serde_json::Value;

use crate::scratch::run;

/// One subject with something wider, something narrower, names, URLs, and what grants nothing.
const MANIFESTS: &str = "apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: shop}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules:
- apiGroups: ['']
  resources: [configmaps]
  verbs: [get, list, watch]
- nonResourceURLs: [/metrics]
  verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: writer, namespace: shop}
rules:
- apiGroups: ['']
  resources: [configmaps]
  verbs: [get, update]
- apiGroups: ['']
  resources: [secrets]
  resourceNames: [db, api]
  verbs: [get, deletecollection]
- apiGroups: ['']
  resources: [pods/*, nodes]
  verbs: [get]
- apiGroups: ['']
  resources: [serviceaccounts]
  verbs: [impersonate, get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: readers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
subjects:
- {kind: Group, apiGroup: rbac.authorization.k8s.io, name: 'system:serviceaccounts:shop'}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
subjects:
- {kind: ServiceAccount, name: web}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: writers, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: writer}
subjects:
- {kind: ServiceAccount, name: web}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: gone, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: gone}
subjects:
- {kind: ServiceAccount, name: web}
";

fn told(args: &[&str]) -> (i32, String, String) {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("a.yaml"), MANIFESTS).unwrap();
    let run = run(directory.path(), args);
    (run.code, run.out, run.error)
}

#[test]
fn everything_is_told_place_by_place_with_where_it_comes_from() {
    let (code, out, error) = told(&["permissions", "shop:web"]);
    assert_eq!(
        out,
        "ServiceAccount shop/web

in the whole cluster
  RESOURCE    get list watch  FROM
  configmaps  ✓   ✓    ✓      1
  URL       get  FROM
  /metrics  ✓    1

in namespace shop
                              delete
  RESOURCE         get update collection  FROM
  configmaps       ↑   ✓      ·           2
  secrets          ✓   ·      ✓           2
    only api, db
  serviceaccounts  ✓   ·      ·           2
    also impersonate

  ↑  another grant allows it, to more than this

Where it comes from
  1  ClusterRoleBinding readers → ClusterRole reader to Group system:serviceaccounts:shop
       (a.yaml:38:3)
  2  RoleBinding shop/writers → Role shop/writer (a.yaml:52:3)

Adds nothing to that
  RoleBinding shop/readers → ClusterRole reader (a.yaml:45:3)

Grants nothing
  the role is not there
    RoleBinding shop/gone → Role shop/gone
      a.yaml:57:66
  a RoleBinding does not reach URLs: only a ClusterRoleBinding does
    RoleBinding shop/readers → ClusterRole reader, rule 2
      a.yaml:12:3
  a RoleBinding does not reach resources of the cluster: only a ClusterRoleBinding does
    RoleBinding shop/writers → Role shop/writer, rule 3
      a.yaml:26:3
      nodes
  `/*` is no wildcard: name each subresource, or use `*`
    RoleBinding shop/writers → Role shop/writer, rule 3
      a.yaml:26:3
      pods/*

like everybody: create selfsubjectreviews.authentication.k8s.io,
                selfsubjectaccessreviews.authorization.k8s.io,
                selfsubjectrulesreviews.authorization.k8s.io, and 15 URLs of discovery and health,
                all in `-o wide`
"
    );
    assert_eq!((code, error.as_str()), (0, ""));
}

#[test]
fn a_namespace_leaves_out_what_counts_in_others() {
    let (code, out, _) = told(&["permissions", "shop:web", "-n", "default"]);
    assert!(out.contains("in the whole cluster") && !out.contains("in namespace shop") && code == 0, "{out}");
    let (_, out, _) = told(&["permissions", "shop:web", "-n", "nowhere"]);
    assert!(out.contains("note: there is no namespace `nowhere` in what was read"), "{out}");
}

#[test]
fn every_way_to_name_a_subject_is_the_same() {
    let (_, expected, _) = told(&["permissions", "shop:web"]);
    for args in [
        &["sa/shop/web"][..],
        &["system:serviceaccount:shop:web"],
        &["--serviceaccount", "shop:web"],
        &["--as", "system:serviceaccount:shop:web"],
    ] {
        assert_eq!(told(&[&["permissions"], args].concat()).1, expected, "{args:?}");
    }
    let (code, _, error) = told(&["permissions"]);
    assert!(code == 2 && error.starts_with("error: whose permissions? a subject is needed\n"), "{error}");
    assert_eq!(told(&["permissions", "shop:web", "--as", "jane"]).0, 2);
}

#[test]
fn whoever_may_do_no_more_than_everybody_may_do_nothing() {
    let (code, out, _) = told(&["permissions", "user/jane"]);
    assert!(code == 1 && out.contains("\nnothing: no grant beyond what everybody may do.\n"), "{out}");
    assert!(out.contains("like everybody: create selfsubject"), "{out}");
    let (code, out, _) = told(&["permissions", "group/system:serviceaccounts:shop"]);
    // Whoever is in the group has shown who they are.
    assert!(code == 0 && out.contains("configmaps") && out.contains("like everybody"), "{out}");
    let (code, out, _) = told(&["permissions", "group/system:masters", "--no-builtin-roles"]);
    assert!(code == 0 && out.contains("may do everything, whatever RBAC says"), "{out}");
}

#[test]
fn programs_get_every_row_with_its_sources() {
    let (_, out, _) = told(&["permissions", "shop:web", "-o", "json"]);
    let answer: Value = serde_json::from_str(&out).unwrap();
    let row = &answer["scopes"][1]["resources"][0];
    assert_eq!(
        (&row["resource"], &row["verbs"][0], &row["wider"][0]),
        (&"configmaps".into(), &"update".into(), &"get".into())
    );
    assert_eq!(row["sources"][0]["binding"]["name"], "writers");
    assert_eq!(row["sources"][0]["rule"]["location"]["start"]["line"], 19);
    assert_eq!(answer["idle"].as_array().unwrap().len(), 4);
    assert_eq!(answer["covered"][0]["binding"]["namespace"], "shop");
    assert_eq!(answer["everybody"][0]["resources"].as_array().unwrap().len(), 3);
    let args = ["can-i", "--list", "--serviceaccount", "shop:web", "-n", "shop", "-o", "json"];
    let listed: Value = serde_json::from_str(&told(&args).1).unwrap();
    assert_eq!((&listed["namespace"], &listed["scopes"]), (&"shop".into(), &answer["scopes"]));
}

#[test]
fn the_list_is_kubectl_s() {
    let args = ["can-i", "--list", "--serviceaccount", "shop:web", "-n", "shop", "--no-builtin-roles"];
    let (code, out, error) = told(&args);
    assert_eq!(
        out,
        "Resources         Non-Resource URLs   Resource Names   Verbs
secrets           []                  [api]            [get deletecollection]
secrets           []                  [db]             [get deletecollection]
configmaps        []                  []               [get list watch update]
                  [/metrics]          []               [get]
                  [/metrics]          []               [get]
nodes             []                  []               [get]
pods/*            []                  []               [get]
serviceaccounts   []                  []               [impersonate get]
"
    );
    assert_eq!((code, error.as_str()), (0, ""));
    let (_, without, _) = told(&[&args[..], &["--no-headers"]].concat());
    assert!(without.starts_with("secrets ") && without.lines().count() + 1 == out.lines().count(), "{without}");
}

#[test]
fn the_list_takes_no_more_than_kubectl_s() {
    let list = ["can-i", "--list", "--as", "jane"];
    let others = "list option can't be specified with neither quiet, all-namespaces nor subresource options";
    for (args, message) in [
        (&["get", "pods"][..], "list option must be specified with no arguments"),
        (&["-q"], others),
        (&["-A"], others),
        (&["--subresource", "log"], others),
    ] {
        let (code, out, error) = told(&[&list[..], args].concat());
        assert_eq!((code, out.as_str(), error.as_str()), (2, "", format!("error: {message}\n").as_str()), "{args:?}");
    }
    let (code, _, error) = told(&["can-i", "get", "pods", "--as", "jane", "--no-headers"]);
    assert_eq!((code, error.as_str()), (2, "error: --no-headers cannot be set without --list specified\n"));
}

fn told_of(text: &str, args: &[&str]) -> (String, String) {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("a.yaml"), text).unwrap();
    let run = run(directory.path(), args);
    (run.out, run.error)
}

#[test]
fn a_role_that_is_refused_or_cannot_be_read_is_no_missing_one() {
    let role = |rules: &str| {
        format!(
            "{MANIFESTS}---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {{name: gone, namespace: shop}}
rules: {rules}
"
        )
    };
    for (rules, why, heading, place, message) in [
        (
            "[{apiGroups: [''], resources: [pods]}]",
            "refused",
            "the API server refuses the role",
            "a.yaml:64:9",
            "rules[0].verbs: Required value: verbs must contain at least one value",
        ),
        ("[{verbs: get}]", "unreadable", "the role could not be read", "a.yaml:64:17", ""),
    ] {
        let (out, _) = told_of(&role(rules), &["permissions", "shop:web"]);
        let expected = format!(
            "Grants nothing\n  {heading}\n    RoleBinding shop/gone → Role shop/gone\n      {place}: {message}"
        );
        assert!(out.contains(&expected) && !out.contains("the role is not there"), "{out}\n{expected}");
        let (out, _) = told_of(&role(rules), &["permissions", "shop:web", "-o", "json"]);
        let answer: Value = serde_json::from_str(&out).unwrap();
        let idle = answer["idle"].as_array().unwrap().iter().find(|idle| idle["why"] == why).unwrap();
        assert!(idle["message"].as_str().unwrap().contains(message), "{idle}");
        assert_eq!(idle["location"]["start"]["line"], 64);
    }
}

#[test]
fn a_star_among_the_names_is_no_wildcard() {
    let named = MANIFESTS.replace("[db, api]", "['*', api]");
    let (out, _) = told_of(&named, &["permissions", "shop:web"]);
    assert!(out.contains("    only api\n"), "{out}");
    let told = "  `*` in resourceNames is a name like any other
    RoleBinding shop/writers → Role shop/writer, rule 2
      a.yaml:22:3
      *
";
    assert!(out.contains(told), "{out}");
    let only = MANIFESTS.replace("[db, api]", "['*']");
    let (out, _) = told_of(&only, &["permissions", "shop:web"]);
    assert!(!out.contains("secrets") && !out.contains("only *"), "{out}");
    assert!(out.contains(told.trim_end_matches("      *\n")), "{out}");
}

#[test]
fn the_list_marks_what_is_conditional() {
    let other = MANIFESTS.split("---\n").nth(2).unwrap().replace("[get, update]", "[get, patch]");
    let text = format!("{MANIFESTS}---\n{other}");
    let args = ["can-i", "--list", "--serviceaccount", "shop:web", "-n", "shop", "--no-builtin-roles"];
    let (out, error) = told_of(&text, &args);
    assert!(error.contains("some rules hold only if one of several differing definitions does"), "{error}");
    let line = |start: &str| out.lines().find(|line| line.starts_with(start)).unwrap();
    assert!(line("configmaps ").ends_with(" [get list watch update patch] (conditional: update patch)"), "{out}");
    assert!(line("nodes ").ends_with(" [get] (conditional)"), "{out}");
    assert!(line("   ").ends_with(" [get]"), "{out}");
}

/// The rules that the rows of a scope say.
fn rules(scope: &Scope) -> Vec<Rule> {
    let verbs = |own: &Verbs, wider: &[String]| own.keys().chain(wider).cloned().collect();
    let resources = scope.resources.iter().map(|row| Rule {
        verbs: verbs(&row.verbs, &row.wider),
        api_groups: vec![row.group.clone()],
        resources: vec![row.resource.clone()],
        resource_names: row.names.clone(),
        non_resource_urls: Vec::new(),
    });
    let urls = scope.urls.iter().map(|row| Rule {
        verbs: verbs(&row.verbs, &row.wider),
        non_resource_urls: vec![row.url.clone()],
        ..Rule::default()
    });
    resources.chain(urls).collect()
}

fn allows(permissions: &Permissions, action: &Action) -> bool {
    let counts = |scope: &&Scope| match (&scope.namespace, action) {
        (None, _) => true,
        (Some(namespace), Action::Resource(action)) => *namespace == action.namespace,
        (Some(_), Action::Url { .. }) => false,
    };
    let scopes = permissions.own.iter().chain(&permissions.everybody).filter(counts);
    permissions.is_master || scopes.flat_map(rules).any(|rule| rule.allows(action))
}

/// What might be done with every resource that is known, in some places, and with some URLs.
fn actions(access: &Access) -> Vec<Action> {
    let mut actions: Vec<_> = ["/api", "/metrics", "/apis/x", "/nothing"]
        .map(|path| Action::Url { verb: "get".to_owned(), path: path.to_owned() })
        .into();
    for resource in access.catalog().resources() {
        let places = if resource.namespaced { &["data", "payments", "streams-system", ""][..] } else { &[""] };
        let subresources = resource.subresources.iter().map(|subresource| subresource.name.as_ref()).chain([""]);
        let verbs = subresources.flat_map(|name| ["get", "create"].map(|verb| (name, verb)));
        let all = verbs.flat_map(|(subresource, verb)| places.iter().map(move |place| (subresource, verb, *place)));
        actions.extend(all.map(|(subresource, verb, namespace)| {
            Action::Resource(ResourceAction {
                verb: verb.to_owned(),
                group: resource.group.to_string(),
                resource: resource.plural.to_string(),
                subresource: subresource.to_owned(),
                name: String::new(),
                namespace: namespace.to_owned(),
            })
        }));
    }
    actions
}

#[test]
fn the_rows_say_what_can_i_says() {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/platform");
    let assumptions = Assumptions { version: Version::NEWEST, default_policy: true };
    let access = query::load(&crate::scratch::files_under(&path), &Options::default(), assumptions).unwrap();
    let actions = actions(&access);
    let subjects = ["ci:deployer", "data:pipeline", "payments:settlement", "streams-system:topic-operator"];
    let mut yes = 0;
    for text in subjects.into_iter().chain(["group/engineering", "group/oncall-data", "user/nobody"]) {
        let asker = Asker::from(Who::parse(text).unwrap());
        let permissions = query::permissions(&access, &asker, None);
        for action in &actions {
            let request = Request { identity: asker.identity.clone(), action: action.clone() };
            let decided = access.policy().decide(&request).verdict != Verdict::Denied;
            assert_eq!(allows(&permissions, action), decided, "{text}: {action:?}");
            yes += usize::from(decided);
        }
    }
    assert!(yes > 300, "only {yes} were allowed");
}
