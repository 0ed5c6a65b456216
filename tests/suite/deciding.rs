//! The fast decision against one that looks at every binding, role and rule.

use std::ops::RangeInclusive;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use rolecall::rbac::{
    Action, Binding, Identity, Policy, Request, ResourceAction, Role, RoleKind, RoleRef, Rule, Subject, Verdict,
};

fn names(names: &'static [&'static str], count: RangeInclusive<usize>) -> impl Strategy<Value = Vec<String>> {
    vec(select(names).prop_map(str::to_owned), count)
}

fn namespace() -> impl Strategy<Value = Option<String>> {
    select(&[None, None, Some("a"), Some("a"), Some("b")][..]).prop_map(|name| name.map(str::to_owned))
}

fn rule() -> impl Strategy<Value = Rule> {
    let lists = (
        names(&["get", "list", "*", "watch"], 1..=3),
        names(&["", "apps", "*"], 1..=2),
        names(&["pods", "pods/exec", "*/exec", "*", "secrets"], 1..=3),
        prop_oneof![3 => Just(Vec::new()), 1 => names(&["x", "y"], 1..=2)],
        names(&["/x", "/x/*", "*"], 0..=1),
    );
    lists.prop_map(|(verbs, api_groups, resources, resource_names, non_resource_urls)| Rule {
        verbs,
        api_groups,
        resources,
        resource_names,
        non_resource_urls,
    })
}

/// Few names, so that roles and bindings often have several definitions.
fn role() -> impl Strategy<Value = Role> {
    (namespace(), select(&["r", "s"][..]), vec(rule(), 0..5)).prop_map(|(namespace, name, rules)| Role {
        namespace,
        name: name.to_owned(),
        rules,
        ..Role::default()
    })
}

fn subject() -> impl Strategy<Value = Subject> {
    prop_oneof![
        select(&["jane", "system:serviceaccount:a:x"][..]).prop_map(|name| Subject::User(name.to_owned())),
        select(&["dev", "ops"][..]).prop_map(|name| Subject::Group(name.to_owned())),
        namespace().prop_map(|namespace| Subject::ServiceAccount { namespace, name: "x".to_owned() }),
    ]
}

fn binding() -> impl Strategy<Value = Binding> {
    let role = (select(&["Role", "ClusterRole", "ClusterRole", "Other"][..]), select(&["r", "r", "s", "t"][..]));
    let role = role.prop_map(|(kind, name)| RoleRef { kind: RoleKind::from(kind), name: name.to_owned() });
    (namespace(), select(&["v", "w", "x", "y", "z"][..]), role, vec(subject(), 1..4))
        .prop_map(|(namespace, name, role, subjects)| Binding { namespace, name: name.to_owned(), role, subjects })
}

fn request() -> impl Strategy<Value = Request> {
    let user = select(&["jane", "jane", "system:serviceaccount:a:x", "system:serviceaccount:b:x", "nobody"][..])
        .prop_map(str::to_owned);
    let identity = (user, names(&["dev", "ops"], 0..=2)).prop_map(|(user, groups)| Identity { user, groups });
    let one = |names: &'static [&'static str]| select(names).prop_map(str::to_owned);
    let resource = (
        one(&["get", "get", "list", "other"]),
        one(&["", "", "apps", "other"]),
        one(&["pods", "secrets"]),
        one(&["", "exec"]),
        one(&["", "x"]),
        one(&["", "a", "a", "b", "c"]),
    );
    let resource = resource.prop_map(|(verb, group, resource, subresource, name, namespace)| {
        Action::Resource(ResourceAction { verb, group, resource, subresource, name, namespace })
    });
    let url = (one(&["get", "list"]), one(&["/x", "/x/y", "/z"])).prop_map(|(verb, path)| Action::Url { verb, path });
    (identity, prop_oneof![3 => resource, 1 => url]).prop_map(|(identity, action)| Request { identity, action })
}

/// The verdict by a look at everything.
fn slowly(policy: &Policy, request: &Request) -> Verdict {
    let here = match &request.action {
        Action::Resource(action) => action.namespace.as_str(),
        Action::Url { .. } => "",
    };
    let mut verdict = Verdict::Denied;
    for (id, binding) in policy.bindings() {
        let namespace = binding.namespace.as_deref();
        let is_here = namespace.is_none_or(|namespace| namespace == here);
        if !is_here || !binding.subjects.iter().any(|subject| subject.is(&request.identity, namespace)) {
            continue;
        }
        let rules = policy.roles_of(id).iter().flat_map(|&role| policy.rules_of(role));
        let verdict_of = |is_conditional| if is_conditional { Verdict::Conditional } else { Verdict::Allowed };
        for rule in rules.filter(|rule| rule.rule.allows(&request.action)) {
            verdict = verdict.max(verdict_of(policy.is_conditional(id) || rule.is_conditional));
        }
    }
    verdict
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_way_to_decide_comes_to_the_same(
        roles in vec(role(), 3..6),
        bindings in vec(binding(), 4..12),
        requests in vec(request(), 8),
    ) {
        let policy = Policy::new(roles, bindings);
        for request in requests {
            let expected = slowly(&policy, &request);
            prop_assert_eq!(policy.first(&policy.prepare(&request)), expected, "{:?}", request);
            prop_assert_eq!(policy.decide(&request).verdict, expected, "{:?}", request);
        }
    }
}
