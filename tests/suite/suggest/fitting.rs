//! Whatever was done, the roles that are suggested allow it, and nothing beside it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rolecall::audit::Actors;
use rolecall::query::{LeastOptions, least_privilege};
use rolecall::rbac::{Action, Identity, Policy, Request, Verdict};
use serde_json::{Value, json};

use super::{OPTIONS, event, log, nothing, resource, usage, with};

const VERBS: [&str; 6] = ["get", "list", "watch", "create", "delete", "deletecollection"];
const RESOURCES: [(&str, &str); 4] = [("", "pods"), ("", "pods/log"), ("apps", "deployments"), ("batch", "jobs")];
const NAMESPACES: [&str; 6] = ["", "a", "b", "c", "d", "e"];
const NAMES: [&str; 4] = ["", "x", "y", "z"];

/// A request, as positions in these lists.
type Asked = (usize, usize, usize, usize);

fn asked() -> impl Strategy<Value = Asked> {
    (0..VERBS.len(), 0..RESOURCES.len(), 0..NAMESPACES.len(), 0..NAMES.len())
}

/// As the API server would see it: with a name where the verb may have one, and where it has to.
fn action((verb, it, namespace, name): Asked) -> Action {
    let (group, it) = RESOURCES[it];
    let name = match VERBS[verb] {
        verb if verb == "deletecollection" || (verb == "create" && !it.contains('/')) => "",
        "get" | "delete" | "create" if NAMES[name].is_empty() => "x",
        _ => NAMES[name],
    };
    resource(VERBS[verb], group, it, NAMESPACES[namespace], name)
}

fn told(position: usize, action: &Action) -> Value {
    let Action::Resource(it) = action else { panic!("only resources are asked for") };
    // What is created has its name in the log, from the object.
    let name = if it.verb == "create" && it.name.is_empty() { "made" } else { &it.name };
    let object = json!({
        "resource": it.resource, "subresource": it.subresource, "apiGroup": it.group, "namespace": it.namespace, "name": name,
    });
    with(&event(&it.verb, &object), &json!({"auditID": position.to_string()}))
}

fn every_action() -> BTreeSet<Action> {
    let mut all = BTreeSet::new();
    for verb in 0..VERBS.len() {
        for it in 0..RESOURCES.len() {
            for namespace in 0..NAMESPACES.len() {
                all.extend((0..NAMES.len()).map(|name| action((verb, it, namespace, name))));
            }
        }
    }
    all
}

fn of_cluster(action: &Action, name: &str) -> Action {
    let Action::Resource(it) = action else { panic!("only resources are asked for") };
    let mut it = it.clone();
    it.namespace.clear();
    name.clone_into(&mut it.name);
    Action::Resource(it)
}

fn without_name(action: &Action) -> Action {
    let Action::Resource(it) = action else { panic!("only resources are asked for") };
    Action::Resource(rolecall::rbac::ResourceAction { name: String::new(), ..it.clone() })
}

fn name(action: &Action) -> &str {
    let Action::Resource(it) = action else { panic!("only resources are asked for") };
    &it.name
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_was_used_is_allowed_and_its_neighbours_are_not(
        asked in prop::collection::vec(asked(), 1..25),
        max_roles in 0..4_usize,
    ) {
        let used: Vec<_> = asked.into_iter().map(action).collect();
        let events: Vec<_> = used.iter().enumerate().map(|(position, action)| told(position, action)).collect();
        let usage = usage(log(&events).as_bytes(), &Actors::ServiceAccounts);
        let options = LeastOptions { max_names: 64, max_roles, ..OPTIONS };
        let all = least_privilege(&nothing(), &usage, &Actors::ServiceAccounts, options);
        let suggested: Vec<_> = all.iter().flat_map(|least| &least.suggested).collect();
        for role in &suggested {
            prop_assert!(role.role.namespace.is_none() || role.bindings.len() == 1);
            prop_assert!(!role.role.rules.is_empty());
            for rule in role.role.rules.iter().filter(|rule| !rule.resource_names.is_empty()) {
                prop_assert!(!rule.verbs.contains(&"deletecollection".to_owned()));
                let creates = rule.verbs.contains(&"create".to_owned());
                prop_assert!(!creates || rule.resources.iter().all(|it| it.contains('/')), "{rule:?}");
            }
        }
        let roles = suggested.iter().map(|it| it.role.clone()).collect();
        let bindings = suggested.iter().flat_map(|it| it.bindings.clone()).collect();
        let policy = Policy::new(roles, bindings);
        let identity = Identity::of_service_account("shop", "web");
        let used: BTreeSet<_> = used.into_iter().collect();
        for action in every_action() {
            // A rule for all objects is one for each, and one for the cluster one for each namespace.
            let wider = [without_name(&action), of_cluster(&action, ""), of_cluster(&action, name(&action))];
            let is_needed = used.contains(&action) || wider.iter().any(|wider| used.contains(wider));
            let request = Request { identity: identity.clone(), action };
            let is_allowed = policy.decide(&request).verdict == Verdict::Allowed;
            prop_assert_eq!(is_allowed, is_needed, "{:?} {:?}", request.action, suggested);
        }
        for other in [Identity::of_service_account("shop", "other"), Identity::of_service_account("a", "web")] {
            for action in &used {
                let request = Request { identity: other.clone(), action: action.clone() };
                prop_assert_eq!(policy.decide(&request).verdict, Verdict::Denied);
            }
        }
    }
}
