//! What is read of logs: stages, doubles, names, other forms, and lines that are none.

use proptest::prelude::*;
use rolecall::audit::{Actors, MOST_NAMES, Usage};
use rolecall::rbac::Action;
use serde_json::{Value, json};

use super::{event, log, resource, usage, with};

const WEB: &str = "system:serviceaccount:shop:web";

fn of(events: &[Value]) -> Usage {
    usage(log(events).as_bytes(), &Actors::Users)
}

fn pods() -> Value {
    json!({"resource": "pods", "namespace": "shop"})
}

/// The actions of somebody, with how often each was allowed and denied, and the names.
fn did(usage: &Usage, who: &str) -> Vec<(Action, u64, u64, Vec<String>)> {
    let actor = usage.actors.get(who);
    let actions = actor.into_iter().flat_map(|actor| &actor.actions);
    let names =
        |it: &rolecall::audit::Tally| it.allowed.names.known.iter().chain(&it.denied.names.known).cloned().collect();
    actions.map(|(action, it)| (action.clone(), it.allowed.count, it.denied.count, names(it))).collect()
}

#[test]
fn a_request_counts_once_whatever_is_told_of_it() {
    let list = event("list", &pods());
    let stage = |stage: &str| with(&list, &json!({"stage": stage}));
    let received = with(&stage("RequestReceived"), &json!({"annotations": null, "responseStatus": null}));
    let usage = of(&[received.clone(), stage("ResponseStarted"), stage("ResponseComplete"), list.clone()]);
    assert_eq!(did(&usage, WEB), [(resource("list", "", "pods", "shop", ""), 1, 0, vec![])]);
    assert_eq!((usage.reading.lines, usage.reading.requests, usage.reading.kept), (4, 1, 1));
    // What has been received only has been decided by nobody, and its user may be impersonating another.
    assert!(of(&[received]).actions_are_empty());
    // A client may send the same id with everything.
    let other = with(&list, &json!({"verb": "delete"}));
    assert_eq!(did(&of(&[list.clone(), other]), WEB).len(), 2);
    assert_eq!(did(&of(&[stage("Panic")]), WEB).len(), 1);
}

trait Empty {
    fn actions_are_empty(&self) -> bool;
}

impl Empty for Usage {
    fn actions_are_empty(&self) -> bool {
        self.actors.is_empty()
    }
}

#[test]
fn names_are_those_that_the_authorizer_saw() {
    let named = |resource: &str| json!({"resource": resource, "namespace": "shop", "name": "a"});
    let exec = json!({"resource": "pods", "subresource": "exec", "namespace": "shop", "name": "a"});
    for (verb, object, expected) in [
        ("get", named("pods"), vec!["a"]),
        ("create", named("pods"), vec![]),
        ("create", exec, vec!["a"]),
        ("deletecollection", named("pods"), vec![]),
        // By `fieldSelector=metadata.name=a`.
        ("watch", named("pods"), vec!["a"]),
    ] {
        let did = did(&of(&[event(verb, &object)]), WEB);
        assert_eq!(did[0].3, expected, "{verb} {object}");
    }
    let many: Vec<_> = (0..MOST_NAMES + 9)
        .map(|number| event("get", &json!({"resource": "pods", "namespace": "shop", "name": format!("p{number}")})))
        .collect();
    let usage = of(&many);
    let names = &usage.actors[WEB].actions.values().next().unwrap().allowed.names;
    assert_eq!((names.known.len(), names.has_more, names.has_unnamed), (MOST_NAMES, true, false));
}

#[test]
fn what_was_decided_is_told_by_the_annotation_or_else_by_the_response() {
    let list = event("list", &pods());
    for (annotations, code, expected) in [
        (json!({"authorization.k8s.io/decision": "allow"}), 403, Some(true)),
        (json!({"authorization.k8s.io/decision": "forbid"}), 403, Some(false)),
        (json!({}), 200, Some(true)),
        (json!(null), 404, Some(true)),
        (json!(null), 403, Some(false)),
        (json!(null), 401, None),
        (json!(null), 429, None),
        (json!(null), 500, None),
        (json!(null), 0, None),
    ] {
        let usage = of(&[with(&list, &json!({"annotations": annotations, "responseStatus": {"code": code}}))]);
        let decided = did(&usage, WEB).first().map(|(_, allowed, ..)| *allowed == 1);
        assert_eq!(decided, expected, "{annotations} {code}");
        assert_eq!(usage.reading.undecided, u64::from(expected.is_none()));
    }
    let of_node = json!({"authorization.k8s.io/decision": "allow", "authorization.k8s.io/reason": ""});
    let usage = of(&[with(&list, &json!({"annotations": of_node}))]);
    assert_eq!(usage.actors[WEB].actions.values().next().unwrap().elsewhere, 1);
}

#[test]
fn urls_are_paths_without_questions() {
    let url = |uri: &str| with(&event("get", &json!(null)), &json!({"requestURI": uri}));
    let usage = of(&[url("/healthz?verbose=true"), url("/a%2Fb%20c")]);
    let paths: Vec<_> = did(&usage, WEB).into_iter().map(|(action, ..)| action).collect();
    let get = |path: &str| Action::Url { verb: "get".to_owned(), path: path.to_owned() };
    assert_eq!(paths, [get("/a/b c"), get("/healthz")]);
}

#[test]
fn impersonation_is_asked_for_name_by_name() {
    let jane =
        json!({"username": "jane", "groups": ["dev", "system:authenticated"], "uid": "7", "extra": {"scope": ["x"]}});
    let event = with(&event("list", &pods()), &json!({"impersonatedUser": jane}));
    let constrained = json!({"authenticationMetadata": {"impersonationConstraint": "impersonate:user-info"}});
    let actions = |event: &Value| -> Vec<_> {
        did(&of(std::slice::from_ref(event)), WEB)
            .into_iter()
            .map(|(action, _, _, names)| (action, names.concat()))
            .collect()
    };
    let named = |verb: &str, group: &str, it: &str, name: &str| (resource(verb, group, it, "", ""), name.to_owned());
    assert_eq!(
        actions(&event),
        [
            named("impersonate", "", "groups", "dev"),
            named("impersonate", "", "users", "jane"),
            named("impersonate", "authentication.k8s.io", "uids", "7"),
            named("impersonate", "authentication.k8s.io", "userextras/scope", "x"),
        ]
    );
    assert_eq!(
        did(&of(std::slice::from_ref(&event)), "jane"),
        [(resource("list", "", "pods", "shop", ""), 1, 0, vec![])]
    );
    let constrained = actions(&with(&event, &constrained));
    assert!(constrained.contains(&named("impersonate:user-info", "authentication.k8s.io", "users", "jane")));
    let on = resource("impersonate-on:user-info:list", "", "pods", "shop", "");
    assert!(constrained.contains(&(on, String::new())) && constrained.len() == 5, "{constrained:?}");
}

#[test]
fn who_is_meant_is_told_from_who_is_not() {
    let list = event("list", &pods());
    let user = |name: &str, groups: &[&str]| {
        with(&list, &json!({"user": {"username": name, "groups": groups}, "auditID": format!("{name} {groups:?}")}))
    };
    let log = log(&[
        user("jane", &["dev"]),
        user("joe", &["dev", "ops"]),
        user("system:kube-scheduler", &[]),
        user("", &[]),
        list,
    ]);
    let names = |actors: Actors| usage(log.as_bytes(), &actors).actors.into_keys().collect::<Vec<_>>();
    assert_eq!(names(Actors::ServiceAccounts), [WEB]);
    assert_eq!(names(Actors::Users), ["jane", "joe", WEB]);
    assert_eq!(names(Actors::User("system:kube-scheduler".to_owned())), ["system:kube-scheduler"]);
    let of_group = usage(log.as_bytes(), &Actors::Group("dev".to_owned()));
    assert_eq!(of_group.actors["dev"].actions.values().next().unwrap().allowed.count, 2);
    assert_eq!(of_group.reading.kept, 2);
}

#[test]
fn other_forms_of_events_are_read_and_what_is_none_is_counted() {
    let list = event("list", &pods());
    let old = with(&list, &json!({"apiVersion": "audit.k8s.io/v1beta1", "auditID": "old"}));
    let item = with(&list, &json!({"kind": null, "apiVersion": null, "auditID": "item"}));
    let mut item = item;
    item.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    let of_list = json!({"kind": "EventList", "apiVersion": "audit.k8s.io/v1", "items": [item]});
    let text =
        format!("{old}\r\n\n{{\"kind\": \"Event\", \"apiVersion\": \"v1\"}}\n{{broken\n  \n[1]\n{of_list}\n{list}");
    let usage = usage(text.as_bytes(), &Actors::Users);
    assert_eq!(did(&usage, WEB)[0].1, 3);
    let reading = &usage.reading;
    assert_eq!((reading.lines, reading.broken, reading.foreign, reading.requests), (6, 2, 1, 3));
    let first = reading.first_unread.as_deref().unwrap();
    assert!(first.ends_with(":3: it is no event of an audit log"), "{first}");
    let broken = super::usage(b"\n{broken\n", &Actors::Users).reading.first_unread.unwrap();
    assert!(broken.ends_with(":2: key must be a string in column 2"), "{broken}");
}

#[test]
fn the_first_version_of_the_log_has_groups_before_versions() {
    let old = |api_version: &str, group: Value| {
        let object = json!({
            "resource": "deployments", "namespace": "shop", "apiVersion": api_version, "apiGroup": group, "name": "web",
        });
        did(&of(&[with(&event("get", &object), &json!({"apiVersion": "audit.k8s.io/v1alpha1"}))]), WEB)[0].0.clone()
    };
    assert_eq!(old("apps/v1", json!("")), resource("get", "apps", "deployments", "shop", ""));
    assert_eq!(old("v1", json!("")), resource("get", "", "deployments", "shop", ""));
    assert_eq!(old("v1", json!("apps")), resource("get", "apps", "deployments", "shop", ""));
}

#[test]
fn what_a_patch_or_update_made_was_to_be_created() {
    let leases = json!({"resource": "leases", "apiGroup": "coordination.k8s.io", "namespace": "shop", "name": "a"});
    let proxy = json!({"resource": "pods", "subresource": "proxy", "namespace": "shop", "name": "a"});
    for (verb, object, code, is_made) in [
        ("patch", &leases, 201, true),
        ("update", &leases, 201, true),
        ("update", &leases, 200, false),
        ("create", &leases, 201, false),
        // The answer is that of the pod.
        ("update", &proxy, 201, false),
    ] {
        let usage = of(&[with(&event(verb, object), &json!({"responseStatus": {"code": code}}))]);
        let did = did(&usage, WEB);
        assert_eq!(did.len(), 1 + usize::from(is_made), "{verb} {code} {did:?}");
        assert_eq!((usage.reading.requests, usage.actors[WEB].allowed, usage.actors[WEB].denied), (1, 1, 0));
        if is_made {
            let create = resource("create", "coordination.k8s.io", "leases", "shop", "");
            assert_eq!(did[0], (create, 1, 0, vec![]), "what is created is asked for without a name");
        }
    }
}

#[test]
fn requests_are_counted_and_not_what_was_asked_for_them() {
    let jane = json!({"username": "jane", "groups": ["dev", "ops", "system:authenticated"], "uid": "7"});
    let list = with(&event("list", &pods()), &json!({"impersonatedUser": jane, "auditID": "as-jane"}));
    let denied = json!({"verb": "delete", "annotations": {"authorization.k8s.io/decision": "forbid"}});
    let log = [list.clone(), with(&list, &denied), event("get", &pods())];
    let usage = of(&log);
    let counts = |who: &str| (usage.actors[who].allowed, usage.actors[who].denied);
    // To be jane was allowed each time; what jane was denied was hers.
    assert_eq!((counts(WEB), counts("jane")), ((3, 0), (1, 1)));
    // As one, they made three requests, and one of them was denied.
    let everybody = super::usage(super::log(&log).as_bytes(), &Actors::Group("system:authenticated".to_owned()));
    let both = &everybody.actors["system:authenticated"];
    assert_eq!((both.allowed, both.denied), (2, 1));
}

#[test]
fn events_that_say_too_little_cannot_be_read() {
    let list = event("list", &pods());
    let url = with(&event("get", &json!(null)), &json!({"auditID": "url"}));
    for (event, missing) in [
        (with(&list, &json!({"verb": ""})), "verb"),
        (event("list", &json!({"resource": "", "namespace": "shop"})), "resource"),
        (with(&url, &json!({"requestURI": ""})), "requestURI"),
    ] {
        let of_list = json!({"kind": "EventList", "apiVersion": "audit.k8s.io/v1", "items": [list, event]});
        for (line, requests) in [(event, 0), (of_list, 1)] {
            let reading = of(&[line]).reading;
            assert_eq!((reading.lines, reading.broken, reading.requests), (1, 1, requests), "{missing}");
            let first = reading.first_unread.unwrap();
            assert!(first.ends_with(&format!(":1: an event has no `{missing}`")), "{first}");
        }
    }
    let marked = format!("\u{feff}{}", log(&[list, url]));
    let reading = usage(marked.as_bytes(), &Actors::Users).reading;
    assert_eq!((reading.lines, reading.broken, reading.requests), (2, 0, 2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_stands_in_a_line_costs_that_line(
        lines in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..60), 0..8),
        cut in 0..700_usize,
        put in any::<Vec<u8>>(),
    ) {
        let (good, other) = (event("delete", &pods()).to_string(), event("list", &pods()).to_string());
        let mut mutated = other.into_bytes();
        let at = cut.min(mutated.len());
        mutated.splice(at..at, put);
        let garbage: Vec<u8> = lines.iter().chain([&mutated]).flat_map(|line| line.iter().chain(b"\n")).copied().collect();
        let count = |bytes: &[u8]| usage(bytes, &Actors::Users).actors.get(WEB).map_or(0, |actor| {
            actor.actions.get(&resource("delete", "", "pods", "shop", "")).map_or(0, |it| it.allowed.count)
        });
        count(&garbage);
        let text = [b"\n".as_slice(), &garbage, good.as_bytes(), b"\n"].concat();
        prop_assert_eq!(count(&text), 1);
    }
}

#[test]
fn logs_may_be_packed_and_lists_may_be_one_document() {
    let events =
        [event("list", &pods()), event("get", &json!({"resource": "secrets", "namespace": "shop", "name": "db"}))];
    let lines = did(&of(&events), WEB);
    assert_eq!(lines.len(), 2);
    // Events of a list do not say what they are.
    let bare: Vec<_> = events.iter().map(|event| with(event, &json!({"kind": null, "apiVersion": null}))).collect();
    let bare: Vec<_> = bare.into_iter().map(without_nulls).collect();
    let list = json!({"apiVersion": "audit.k8s.io/v1", "items": bare, "kind": "EventList", "metadata": {}});
    let foreign = json!({"apiVersion": "v1", "items": bare, "kind": "List"});
    let packed = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let pretty = |value: &Value| serde_json::to_string_pretty(value).unwrap();
    let texts = [
        log(&events),
        list.to_string(),
        pretty(&list),
        events.iter().map(pretty).collect::<Vec<_>>().join("\n"),
        pretty(&json!({"items": bare, "metadata": {}})),
    ];
    for text in &texts {
        for bytes in [text.clone().into_bytes(), packed(text)] {
            let usage = usage(&bytes, &Actors::Users);
            assert_eq!(did(&usage, WEB), lines, "{text}");
            assert_eq!((usage.reading.requests, usage.reading.broken, usage.reading.foreign), (2, 0, 0), "{text}");
        }
    }
    let usage = usage(pretty(&foreign).as_bytes(), &Actors::Users);
    assert!(usage.actions_are_empty() && usage.reading.foreign == 2);
    let cut = pretty(&list);
    let usage = super::usage(&cut.as_bytes()[..cut.len() - 60], &Actors::Users);
    assert_eq!((usage.reading.requests, usage.reading.broken), (1, 1));
    assert!(usage.reading.first_unread.unwrap().contains("audit.jsonl, event 2: "));
}

fn without_nulls(mut event: Value) -> Value {
    event.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    event
}
