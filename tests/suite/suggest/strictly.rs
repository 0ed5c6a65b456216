//! What is suggested says what was done and nothing else, whatever words stand in requests.

use proptest::prelude::*;
use rolecall::audit::Actors;
use rolecall::catalog::Version;
use rolecall::discover::Inputs;
use rolecall::manifest::Options;
use rolecall::query::{self, Assumptions};
use rolecall::source::FileId;
use rolecall::yaml::json::to_json;
use rolecall::yaml::tree::{Origin, Tree};
use serde_json::{Value, json};

use super::{OPTIONS, event, log, suggest, usage, with};
use crate::scratch::run;

/// Documents as Kubernetes reads them.
fn read(text: &str) -> Vec<Value> {
    let document = |text: &str| {
        let tree = Tree::parse(text, Origin { file: FileId::new(0), base: 0 }).unwrap();
        serde_json::from_str(&to_json(tree.root().unwrap()).unwrap()).unwrap()
    };
    text.split("---\n").map(document).collect()
}

fn url(path: &str) -> Value {
    with(&event("get", &json!(null)), &json!({"requestURI": path, "auditID": path}))
}

fn of(resource: &str, group: &str, subresource: &str) -> Value {
    json!({"resource": resource, "apiGroup": group, "subresource": subresource, "namespace": "shop", "name": "a"})
}

#[test]
fn a_star_in_a_request_becomes_no_wildcard() {
    let starred = [
        url("/%2A"),
        url("/logs/*"),
        event("*", &of("pods", "", "")),
        event("get", &of("*", "", "")),
        event("get", &of("pods", "*", "")),
        event("get", &of("*", "", "status")),
    ];
    for one in &starred {
        let text = log(std::slice::from_ref(one));
        let human = suggest(text.as_bytes(), "", &[]).out;
        assert!(human.contains("note: 1 request has a `*` where a rule would mean everything by it"), "{human}");
        assert!(human.contains("  no role: no rule would allow what was used and nothing else\n"), "{human}");
        let yaml = suggest(text.as_bytes(), "", &["-o", "yaml"]);
        assert_eq!(yaml.out, "# no role is suggested\n");
        assert!(yaml.error.contains("note: 1 request has a `*`"), "{}", yaml.error);
    }
    // What is no wildcard in a rule stays: a name, and a part of a path.
    let mut named = of("configmaps", "", "");
    named["name"] = json!("*");
    let harmless = [event("get", &named), url("/logs/*/x")];
    let text = log(&[starred.as_slice(), &harmless].concat());
    let json: Value = serde_json::from_str(&suggest(text.as_bytes(), "", &["-o", "json"]).out).unwrap();
    let subject = &json["subjects"][0];
    assert!(subject["notes"][0].as_str().unwrap().starts_with("6 requests have a `*`"), "{subject}");
    let rules: Vec<_> = read(subject["objects"].as_str().unwrap()).iter().map(|it| it["rules"].clone()).collect();
    assert_eq!(rules[0], json!([{"nonResourceURLs": ["/logs/*/x"], "verbs": ["get"]}]));
    let configmaps = json!({"apiGroups": [""], "resourceNames": ["*"], "resources": ["configmaps"], "verbs": ["get"]});
    assert_eq!(rules[2], json!([configmaps]));
    // What was denied is left out in the same way.
    let denied = json!({"annotations": {"authorization.k8s.io/decision": "forbid"}});
    let text = log(&[with(&starred[3], &denied)]);
    assert!(!suggest(text.as_bytes(), "", &[]).out.contains("note:"));
    let run = suggest(text.as_bytes(), "", &["--with-denied", "-o", "yaml"]);
    assert!(run.out == "# no role is suggested\n" && run.error.contains("note: 1 request has a `*`"), "{}", run.error);
}

#[test]
fn pods_are_entered_by_web_sockets_with_two_verbs_in_new_clusters() {
    let exec = event("get", &json!({"resource": "pods", "subresource": "exec", "namespace": "shop", "name": "a"}));
    let text = log(std::slice::from_ref(&exec));
    let new = suggest(text.as_bytes(), "", &[]).out;
    assert!(new.contains("  Role shop/web\n    get, create: pods/exec named `a`\n"), "{new}");
    assert!(new.contains("note: pods were entered by web sockets") && new.contains("  1 request allowed"), "{new}");
    let verbs = |minor: &str| {
        let assumptions = Assumptions { version: Version::parse(minor).unwrap(), default_policy: true };
        let access = query::load(&Inputs::default(), &Options::default(), assumptions).unwrap();
        let usage = usage(text.as_bytes(), &Actors::ServiceAccounts);
        let all = query::least_privilege(&access, &usage, &Actors::ServiceAccounts, OPTIONS);
        (all[0].suggested[0].role.rules[0].verbs.join(" "), all[0].notes.len())
    };
    assert_eq!(verbs("1.34"), ("get".to_owned(), 0));
    assert_eq!(verbs("1.35"), ("get create".to_owned(), 1));
    let log_of = log(&[event("get", &json!({"resource": "pods", "subresource": "log", "namespace": "shop"}))]);
    assert!(!suggest(log_of.as_bytes(), "", &[]).out.contains("create"));
    // What lets them do both is used wholly: nothing tells to take `create` away.
    let manifests = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r, namespace: shop}\n\
                     rules: [{apiGroups: [''], resources: [pods/exec], verbs: [get, create]}]\n---\n\
                     apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: r, namespace: shop}\n\
                     roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}\n\
                     subjects: [{kind: ServiceAccount, name: web, namespace: shop}]\n";
    let out = suggest(text.as_bytes(), manifests, &[]).out;
    assert!(out.contains("    all of it was used\n"), "{out}");
    // Who was denied the one needs the other as well.
    let denied = with(&exec, &json!({"annotations": {"authorization.k8s.io/decision": "forbid"}}));
    let with_denied = suggest(log(&[denied]).as_bytes(), "", &["--with-denied"]).out;
    assert!(with_denied.contains("get, create: pods/exec named `a`\n"), "{with_denied}");
}

const ODD: [&str; 24] = [
    "y",
    "n",
    "yes",
    "no",
    "on",
    "off",
    "NO",
    "No",
    "<<",
    "=",
    "1_000",
    "12:30:45",
    "0x1f",
    "1e3",
    ".5",
    "~",
    "null",
    "2026-11-24",
    "0755",
    ".inf",
    "-",
    "#a",
    "a: b",
    "true",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn yaml_is_read_back_as_it_was_meant(
        words in prop::collection::vec(prop_oneof![
            2 => prop::sample::select(&ODD[..]).prop_map(str::to_owned),
            1 => "[^*\u{0}]{1,8}",
        ], 5),
    ) {
        let [namespace, name, resource, group, user] = &words[..] else { panic!("five words") };
        let object = json!({"resource": resource, "apiGroup": group, "namespace": namespace, "name": name});
        let who = json!({"user": {"username": format!("{user}."), "groups": []}});
        let text = log(&[with(&event("get", &object), &who)]);
        let out = suggest(text.as_bytes(), "", &["--users", "-o", "json"]).out;
        let told: Value = serde_json::from_str(&out).unwrap();
        let objects = read(told["subjects"][0]["objects"].as_str().unwrap());
        for object in &objects {
            prop_assert_eq!(object["metadata"]["namespace"].as_str(), Some(namespace.as_str()));
        }
        let rule = json!({"apiGroups": [group], "resourceNames": [name], "resources": [resource], "verbs": ["get"]});
        prop_assert_eq!(&objects[0]["rules"], &json!([rule]));
        prop_assert_eq!(&objects[1]["subjects"][0]["name"], &json!(format!("{user}.")));
    }
}

#[test]
fn can_i_writes_the_same_yaml() {
    let directory = tempfile::tempdir().unwrap();
    for word in ["y", "no", "1_000", "12:30:45", "0x1f", "null"] {
        let args = ["can-i", "--as", word, "get", &format!("secrets/{word}"), "-n", word, "-f", "."];
        let empty = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n";
        std::fs::write(directory.path().join("a.yaml"), empty).unwrap();
        let out = run(directory.path(), &args).out;
        for line in [format!("namespace: '{word}'"), format!("- '{word}'"), format!("name: '{word}'")] {
            assert!(out.contains(&line), "{line}\n{out}");
        }
    }
}
