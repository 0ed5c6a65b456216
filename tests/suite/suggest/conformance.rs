//! Agreement with the decisions of a running API server, as they stand in its log.

use std::fs;
use std::path::Path;

use rolecall::audit::{Actor, Actors};
use rolecall::query::Access;
use rolecall::rbac::{Action, Identity, Policy, Request, ResourceAction, Verdict};
use serde_json::Value;

use super::{OPTIONS, nothing, resource, suggest, usage};
use crate::scratch::{access, conformance, run};

fn events() -> String {
    conformance("audit.jsonl.gz")
}

fn manifests() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/conformance/audit-manifests.yaml")).unwrap()
}

fn standing() -> Access {
    access("a.yaml", manifests().as_bytes())
}

/// The requests of an actor, each with whether it was allowed.
fn requests(name: &str, actor: &Actor) -> Vec<(Request, bool)> {
    let identity = Identity { user: name.to_owned(), groups: actor.groups_ever.iter().cloned().collect() };
    let both = actor.actions.iter().flat_map(|(action, it)| [(action, &it.allowed, true), (action, &it.denied, false)]);
    let of_each = both.flat_map(|(action, times, is_allowed)| {
        let unnamed = times.names.has_unnamed.then_some("");
        let names = unnamed.into_iter().chain(times.names.known.iter().map(String::as_str));
        names.map(move |name| (named(action, name), is_allowed))
    });
    of_each.map(|(action, is_allowed)| (Request { identity: identity.clone(), action }, is_allowed)).collect()
}

fn named(action: &Action, name: &str) -> Action {
    match action.clone() {
        Action::Resource(action) => Action::Resource(ResourceAction { name: name.to_owned(), ..action }),
        url @ Action::Url { .. } => url,
    }
}

fn allows(policy: &Policy, request: &Request) -> bool {
    policy.decide(request).verdict == Verdict::Allowed
}

#[test]
fn decisions_are_those_of_the_api_server() {
    let (access, mut asked, mut differing) = (standing(), 0, Vec::new());
    for line in events().lines() {
        let event: Value = serde_json::from_str(line).unwrap();
        let usage = usage(line.as_bytes(), &Actors::ServiceAccounts);
        let (name, actor) = usage.actors.first_key_value().unwrap();
        let [(request, is_allowed)] = &requests(name, actor)[..] else { panic!("one request: {line}") };
        let decision = &event["annotations"]["authorization.k8s.io/decision"];
        asked += 1;
        assert_eq!(decision == "allow", *is_allowed, "{line}");
        let reasons = access.policy().reasons(&access.policy().decide(request));
        let reason = event["annotations"]["authorization.k8s.io/reason"].as_str().unwrap();
        let is_same =
            allows(access.policy(), request) == *is_allowed && (!is_allowed || reasons.iter().any(|it| it == reason));
        if !is_same {
            differing.push(format!("{decision} {reason:?}, not {reasons:?}: {request:?}"));
        }
    }
    crate::tell(&format!("{} of {asked} decisions in an audit log agree", asked - differing.len()));
    assert_eq!(asked, 162, "the data are incomplete");
    assert!(differing.is_empty(), "{} decisions differ:\n{}", differing.len(), differing.join("\n"));
}

#[test]
fn what_is_suggested_allows_what_was_used_and_nothing_that_was_denied() {
    let usage = usage(events().as_bytes(), &Actors::ServiceAccounts);
    for read in [nothing(), standing()] {
        for (max_names, with_denied) in [(0, false), (3, false), (3, true), (64, false)] {
            let options = rolecall::query::LeastOptions { max_names, with_denied, ..OPTIONS };
            let all = rolecall::query::least_privilege(&read, &usage, &Actors::ServiceAccounts, options);
            let roles = all.iter().flat_map(|least| &least.suggested).map(|it| it.role.clone()).collect();
            let bindings = all.iter().flat_map(|least| &least.suggested).flat_map(|it| it.bindings.clone()).collect();
            let (policy, default) = (Policy::new(roles, bindings), nothing());
            let mut asked = 0;
            for (request, is_allowed) in usage.actors.iter().flat_map(|(name, actor)| requests(name, actor)) {
                let is_now = allows(&policy, &request) || allows(default.policy(), &request);
                // Without names, one that was denied is like one that was allowed.
                let is_like = max_names < 64
                    && !is_allowed
                    && matches!(&request.action, Action::Resource(it) if !it.name.is_empty());
                assert!(is_now == (is_allowed || with_denied) || is_like, "{max_names} {request:?}");
                asked += 1;
            }
            assert!(asked > 50, "{asked}");
        }
    }
}

#[test]
fn what_is_suggested_has_no_findings_and_changes_nothing_about_who_may_do_what() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("audit.jsonl"), events()).unwrap();
    fs::write(directory.path().join("a.yaml"), manifests()).unwrap();
    let suggested = run(directory.path(), &["suggest", "--audit-log", "audit.jsonl", "-o", "yaml", "--with-denied"]);
    assert_eq!(suggested.code, 0, "{}", suggested.error);
    let accounts = "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: deployer, namespace: ci}\n---\n\
                    apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web, namespace: shop}\n---\n\
                    apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: backup, namespace: shop}\n";
    fs::write(directory.path().join("suggested.yaml"), suggested.out + accounts).unwrap();
    let lint = run(directory.path(), &["lint", "suggested.yaml", "--fail-on", "error", "-o", "concise"]);
    assert_eq!(lint.code, 0, "{}", lint.out);
    // With these in place, nothing is missing any more.
    let again =
        suggest(events().as_bytes(), &fs::read_to_string(directory.path().join("suggested.yaml")).unwrap(), &[]);
    assert!(!again.out.contains('✗') && again.out.contains("all of it was used"), "{}", again.out);
}

#[test]
fn whoever_impersonates_uses_the_permission_to() {
    let usage = usage(events().as_bytes(), &Actors::User("admin".to_owned()));
    let actions: Vec<_> = usage.actors["admin"].actions.keys().cloned().collect();
    assert_eq!(
        actions,
        [
            resource("impersonate", "", "serviceaccounts", "ci", ""),
            resource("impersonate", "", "serviceaccounts", "shop", "")
        ]
    );
    let of_shop = &usage.actors["admin"].actions[&actions[1]];
    assert_eq!(of_shop.allowed.names.known.iter().map(String::as_str).collect::<Vec<_>>(), ["backup", "web"]);
    assert_eq!(of_shop.allowed.count, of_shop.elsewhere, "a member of system:masters needs no rule");
}
