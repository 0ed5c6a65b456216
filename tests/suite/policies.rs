//! Properties of decisions over random policies: agreement with an evaluator that is too simple to be wrong, and what has
//! to hold whatever a policy says.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use rolecall::rbac::{
    Action, Binding, Grant, Identity, Policy, Reach, Request, ResourceAction, Role, RoleKind, RoleRef, Rule, Selector,
    Subject, Verdict, covers, uncovered,
};
use rolecall::rbac::{Operator, Requirement};

const VERBS: [&str; 6] = ["get", "list", "create", "*", "GET", ""];
const GROUPS: [&str; 4] = ["", "apps", "batch", "*"];
const RESOURCES: [&str; 10] =
    ["pods", "pods/exec", "pods/*", "*/exec", "*/*", "*", "jobs", "jobs/status", "*/status", "*/"];
const NAMES: [&str; 4] = ["a", "b", "*", ""];
const URLS: [&str; 7] = ["/healthz", "/healthz/*", "/metrics*", "*", "/a/*/b", "/", "/metrics**"];
const NAMESPACES: [&str; 3] = ["one", "two", "three"];
const ROLES: [&str; 4] = ["r0", "r1", "r2", "r3"];
const USERS: [&str; 4] = ["ann", "system:serviceaccount:one:x", "system:serviceaccount:two:x", "system:anonymous"];
const PARTIES: [&str; 4] = ["ops", "system:authenticated", "system:serviceaccounts", "system:serviceaccounts:one"];

fn some(words: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<String>> {
    subsequence(words, 0..=most).prop_map(|words| words.into_iter().map(str::to_owned).collect())
}

fn one(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(words).prop_map(str::to_owned)
}

fn namespace() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(one(&NAMESPACES))
}

prop_compose! {
    fn rule()(
        verbs in some(&VERBS, 3),
        api_groups in some(&GROUPS, 2),
        resources in some(&RESOURCES, 3),
        resource_names in prop_oneof![3 => Just(Vec::new()), 1 => some(&NAMES, 2)],
        non_resource_urls in prop_oneof![2 => Just(Vec::new()), 1 => some(&URLS, 2)],
    ) -> Rule {
        Rule { verbs, api_groups, resources, resource_names, non_resource_urls }
    }
}

fn selector() -> impl Strategy<Value = Selector> {
    let operator = select(&[Operator::In, Operator::NotIn, Operator::Exists, Operator::DoesNotExist][..]);
    let requirement = (one(&["tier", "team"]), operator, some(&["gold", "silver"], 2));
    let requirement = requirement.prop_map(|(key, operator, values)| Requirement { key, operator, values });
    proptest::collection::vec(requirement, 0..2).prop_map(|requirements| Selector { requirements })
}

prop_compose! {
    fn role()(
        namespace in namespace(),
        name in one(&ROLES),
        tier in proptest::option::of(one(&["gold", "silver"])),
        aggregation in prop_oneof![4 => Just(None), 1 => proptest::collection::vec(selector(), 0..2).prop_map(Some)],
        rules in proptest::collection::vec(rule(), 0..3),
    ) -> Role {
        let labels = tier.into_iter().map(|tier| ("tier".to_owned(), tier)).collect();
        let aggregation = aggregation.filter(|_| namespace.is_none());
        let rules = rules.into_iter().map(Arc::new).collect();
        Role { namespace: namespace.map(Into::into), name: name.into(), labels, aggregation, rules }
    }
}

fn subject() -> impl Strategy<Value = Subject> {
    prop_oneof![
        one(&USERS).prop_map(|name| Subject::User(name.into())),
        one(&PARTIES).prop_map(|name| Subject::Group(name.into())),
        (namespace(), one(&["x", "y"])).prop_map(|(namespace, name)| Subject::ServiceAccount {
            namespace: namespace.map(Into::into),
            name: name.into(),
        }),
        Just(Subject::Other { kind: "user".to_owned(), name: "ann".into() }),
    ]
}

prop_compose! {
    fn binding()(
        namespace in namespace(),
        is_cluster_role in any::<bool>(),
        role in one(&ROLES),
        subjects in proptest::collection::vec(subject(), 0..3),
    ) -> Binding {
        let kind = if is_cluster_role || namespace.is_none() { RoleKind::ClusterRole } else { RoleKind::Role };
        let (namespace, role) = (namespace.map(Into::into), RoleRef { kind, name: role.into() });
        Binding { namespace, name: "".into(), role, subjects }
    }
}

/// Roles of which no two have the same name, and bindings with names of their own.
fn objects() -> impl Strategy<Value = (Vec<Role>, Vec<Binding>)> {
    let roles = proptest::collection::vec(role(), 0..8);
    let bindings = proptest::collection::vec(binding(), 0..8);
    (roles, bindings).prop_map(|(mut roles, mut bindings)| {
        roles.sort_by(|a, b| a.key().cmp(&b.key()));
        roles.dedup_by(|a, b| a.key() == b.key());
        for (number, binding) in bindings.iter_mut().enumerate() {
            binding.name = format!("b{number}").into();
        }
        (roles, bindings)
    })
}

/// Roles and bindings of which several may have one name.
fn tangled_objects() -> impl Strategy<Value = (Vec<Role>, Vec<Binding>)> {
    let name = one(&["b0", "b1", "b2"]);
    let bindings = (binding(), name).prop_map(|(binding, name)| Binding { name: name.into(), ..binding });
    (proptest::collection::vec(role(), 0..10), proptest::collection::vec(bindings, 0..10))
}

fn request() -> impl Strategy<Value = Request> {
    let text = |words| one(words);
    let resource = (
        text(&VERBS),
        text(&GROUPS),
        text(&["pods", "jobs", "*", "pods/exec"]),
        text(&["", "exec", "status", "*"]),
        text(&NAMES),
        text(&["", "one", "two"]),
    );
    let resource = resource.prop_map(|(verb, group, resource, subresource, name, namespace)| {
        Action::Resource(ResourceAction { verb, group, resource, subresource, name, namespace })
    });
    let url = (text(&VERBS), text(&["/healthz", "/healthz/x", "/metrics", "/a/x/b", "/a/*/b", "/", ""]))
        .prop_map(|(verb, path)| Action::Url { verb, path });
    let identity = (text(&USERS), some(&PARTIES, 3), any::<bool>()).prop_map(|(user, groups, implicit)| {
        if implicit { Identity::new(user, Vec::new()) } else { Identity { user, groups } }
    });
    (identity, prop_oneof![4 => resource, 1 => url]).prop_map(|(identity, action)| Request { identity, action })
}

/// The naive evaluator: every binding, every rule, every entry, one after the other.
mod naive {
    use super::*;

    pub(super) fn allows(roles: &[Role], bindings: &[Binding], request: &Request) -> bool {
        bindings.iter().any(|binding| {
            let place = match &request.action {
                Action::Resource(action) => action.namespace.as_str(),
                Action::Url { .. } => "",
            };
            let counts = binding.namespace.as_deref().is_none_or(|namespace| namespace == place);
            counts
                && binding.subjects.iter().any(|subject| is_meant(subject, binding, &request.identity))
                && rules(roles, binding).iter().any(|rule| rule_allows(rule, &request.action))
        })
    }

    fn is_meant(subject: &Subject, binding: &Binding, identity: &Identity) -> bool {
        match subject {
            Subject::User(name) => *name == identity.user,
            Subject::Group(name) => identity.groups.iter().any(|group| name == group),
            Subject::ServiceAccount { namespace, name } => {
                let namespace = namespace.clone().or_else(|| binding.namespace.clone()).unwrap_or_default();
                !namespace.is_empty() && identity.user == format!("system:serviceaccount:{namespace}:{name}")
            }
            Subject::Other { .. } => false,
        }
    }

    fn rules(roles: &[Role], binding: &Binding) -> Vec<Rule> {
        let namespace = match binding.role.kind {
            RoleKind::Role => binding.namespace.as_ref(),
            _ => None,
        };
        let is_named = |role: &&Role| role.namespace.as_ref() == namespace && role.name == binding.role.name;
        settled(roles).iter().filter(is_named).flat_map(|role| role.rules().cloned()).collect()
    }

    /// The roles as the controller leaves them: one pass after the other over all of them.
    fn settled(roles: &[Role]) -> Vec<Role> {
        let mut roles = roles.to_vec();
        for turn in 0..roles.len() * (roles.len() + 1) {
            let at = turn % roles.len();
            let taken = taken_in(&roles[at], &roles);
            if !taken.is_empty() {
                roles[at].rules = taken.into_iter().map(Arc::new).collect();
            }
        }
        roles
    }

    fn taken_in(role: &Role, roles: &[Role]) -> Vec<Rule> {
        let others = roles.iter().filter(|other| other.namespace.is_none() && other.name != role.name);
        let selectors = role.aggregation.as_deref().unwrap_or_default();
        let taken = others.filter(|other| selectors.iter().any(|selector| selector.selects(&other.labels)));
        taken.flat_map(|other| other.rules().cloned()).collect()
    }

    fn rule_allows(rule: &Rule, action: &Action) -> bool {
        let any = |entries: &[String], fits: &dyn Fn(&str) -> bool| entries.iter().any(|entry| fits(entry));
        match action {
            Action::Resource(it) => {
                let full = [it.resource.as_str(), it.subresource.as_str()].join("/");
                any(&rule.verbs, &|entry| entry == "*" || entry == it.verb)
                    && any(&rule.api_groups, &|entry| entry == "*" || entry == it.group)
                    && any(&rule.resources, &|entry| match it.subresource.as_str() {
                        "" => entry == "*" || entry == it.resource,
                        subresource => entry == "*" || entry == full || entry == format!("*/{subresource}"),
                    })
                    && (rule.resource_names.is_empty() || rule.resource_names.contains(&it.name))
            }
            Action::Url { verb, path } => {
                any(&rule.verbs, &|entry| entry == "*" || entry == verb)
                    && any(&rule.non_resource_urls, &|entry| {
                        let start = entry.trim_end_matches('*');
                        entry == path || (start != entry && path.starts_with(start))
                    })
            }
        }
    }
}

/// The verdict by a look at all that a policy comes to, whatever index it has.
fn slowly(policy: &Policy, request: &Request) -> Verdict {
    let here = match &request.action {
        Action::Resource(action) => action.namespace.as_str(),
        Action::Url { .. } => "",
    };
    let is_meant = |binding: &Binding| {
        let namespace = binding.namespace.as_deref();
        let is_here = namespace.is_none_or(|namespace| namespace == here);
        is_here && binding.subjects.iter().any(|subject| subject.is(&request.identity, namespace))
    };
    let bindings = policy.bindings().filter(|(_, binding)| is_meant(binding));
    let rules = bindings.flat_map(|(id, _)| {
        let rules = policy.roles_of(id).iter().flat_map(|&role| policy.rules_of(role));
        rules.map(move |rule| (policy.is_conditional(id) || rule.is_conditional, rule.rule))
    });
    let allowing = rules.filter(|(_, rule)| rule.allows(&request.action));
    let verdicts =
        allowing.map(|(is_conditional, _)| if is_conditional { Verdict::Conditional } else { Verdict::Allowed });
    verdicts.max().unwrap_or(Verdict::Denied)
}

/// Whether roles take in each other's rules in a circle: then a cluster does not settle either.
fn takes_in_itself(roles: &[Role]) -> bool {
    let takes = |one: &Role, other: &Role| {
        let selectors = one.aggregation.iter().flatten();
        other.namespace.is_none() && other.name != one.name && selectors.into_iter().any(|it| it.selects(&other.labels))
    };
    let mut reached: Vec<Vec<bool>> =
        roles.iter().map(|one| roles.iter().map(|other| takes(one, other)).collect()).collect();
    for via in 0..roles.len() {
        for from in 0..roles.len() {
            for to in 0..roles.len() {
                reached[from][to] |= reached[from][via] && reached[via][to];
            }
        }
    }
    (0..roles.len()).any(|at| reached[at][at])
}

fn verdict(roles: &[Role], bindings: &[Binding], request: &Request) -> Verdict {
    Policy::new(roles.to_vec(), bindings.to_vec()).decide(request).verdict
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn decisions_agree_with_the_naive_evaluator(
        (roles, bindings) in objects().prop_filter("does not settle", |(roles, _)| !takes_in_itself(roles)),
        requests in proptest::collection::vec(request(), 8),
    ) {
        let policy = Policy::new(roles.clone(), bindings.clone());
        for request in &requests {
            let expected = naive::allows(&roles, &bindings, request);
            let decision = policy.decide(request);
            prop_assert_eq!(decision.verdict == Verdict::Allowed, expected, "{:?}", request);
            prop_assert_eq!(decision.verdict, policy.first(&policy.prepare(request)), "the modes differ: {:?}", request);
            prop_assert_eq!(!decision.grants.is_empty(), expected, "a verdict without its grants: {:?}", request);
        }
    }

    #[test]
    fn every_way_to_decide_comes_to_the_same(
        (roles, bindings) in tangled_objects(), requests in proptest::collection::vec(request(), 8),
    ) {
        let policy = Policy::new(roles, bindings);
        for request in &requests {
            let expected = if request.identity.is_master() { Verdict::Allowed } else { slowly(&policy, request) };
            prop_assert_eq!(policy.first(&policy.prepare(request)), expected, "{:?}", request);
            prop_assert_eq!(policy.decide(request).verdict, expected, "{:?}", request);
        }
    }

    #[test]
    fn whoever_can_is_told_and_nobody_else(
        (roles, bindings) in tangled_objects(), request in request(),
    ) {
        let policy = Policy::new(roles, bindings);
        let told = policy.grants_to_anybody(&request.action, Reach::AsAsked);
        let means = |grant: &Grant| {
            let binding = policy.binding(grant.binding).unwrap();
            binding.subjects[grant.subject].is(&request.identity, binding.namespace.as_deref())
        };
        let verdict_of = |grant: &Grant| if grant.is_conditional { Verdict::Conditional } else { Verdict::Allowed };
        let told = told.iter().filter(|grant| means(grant)).map(verdict_of).max().unwrap_or(Verdict::Denied);
        prop_assert_eq!(policy.decide(&request).verdict, told, "{:?}", request);
    }

    #[test]
    fn every_grant_grants(objects in objects(), request in request()) {
        let (roles, bindings) = objects;
        let policy = Policy::new(roles, bindings);
        for grant in policy.decide(&request).grants {
            let rule = &policy.role(grant.rule.role).unwrap().rules[grant.rule.index];
            prop_assert!(rule.allows(&request.action));
            let binding = policy.binding(grant.binding).unwrap();
            prop_assert!(binding.subjects[grant.subject].is(&request.identity, binding.namespace.as_deref()));
            prop_assert!(policy.roles_of(grant.binding).contains(&grant.role));
        }
    }

    #[test]
    fn another_binding_never_takes_a_permission_away(
        objects in objects(), mut more in binding(), requests in proptest::collection::vec(request(), 8),
    ) {
        let (roles, bindings) = objects;
        more.name = "more".into();
        let with_more = [bindings.as_slice(), &[more]].concat();
        for request in &requests {
            prop_assert!(verdict(&roles, &with_more, request) >= verdict(&roles, &bindings, request));
        }
    }

    #[test]
    fn the_order_of_objects_changes_nothing(
        (roles, bindings) in objects(), turn in 0..8_usize, requests in proptest::collection::vec(request(), 8),
    ) {
        let (mut turned_roles, mut turned_bindings) = (roles.clone(), bindings.clone());
        turned_roles.rotate_left(turn.min(roles.len()));
        turned_bindings.reverse();
        for request in &requests {
            let turned = verdict(&turned_roles, &turned_bindings, request);
            prop_assert_eq!(turned, verdict(&roles, &bindings, request));
        }
    }

    #[test]
    fn differing_definitions_never_allow_more_than_one_of_them_would_and_never_less_than_conditionally(
        (mut roles, bindings) in objects().prop_filter("no role", |(roles, _)| !roles.is_empty()), other in proptest::collection::vec(rule(), 0..2), request in request(),
    ) {
        for role in &mut roles {
            role.aggregation = None;
        }
        let first = roles[0].clone();
        let second = Role { rules: other.into_iter().map(Arc::new).collect(), ..first.clone() };
        let rest = roles.split_off(1);
        let with = |definitions: &[Role]| verdict(&[definitions, &rest].concat(), &bindings, &request);
        let (one, two) = (with(std::slice::from_ref(&first)), with(std::slice::from_ref(&second)));
        let without = with(&[]);
        let both = with(&[first, second]);
        if without == Verdict::Allowed {
            prop_assert_eq!(both, Verdict::Allowed);
        } else if one == Verdict::Allowed || two == Verdict::Allowed {
            prop_assert!(both >= Verdict::Conditional);
        } else {
            prop_assert_eq!(both, Verdict::Denied);
        }
    }

    #[test]
    fn covering_agrees_with_asking(
        owned in proptest::collection::vec(rule(), 0..4),
        wanted in proptest::collection::vec(rule(), 0..3),
        requests in proptest::collection::vec(request(), 16),
    ) {
        let (owned, wanted) = (accepted(owned), accepted(wanted));
        let allow = |rules: &[Rule], action: &Action| rules.iter().any(|rule| rule.allows(action));
        if covers(&owned, &wanted) {
            for Request { action, .. } in requests.iter().filter(|request| is_possible(&request.action)) {
                prop_assert!(!allow(&wanted, action) || allow(&owned, action), "{:?}", action);
            }
        }
        // What is not covered can be asked for, and is denied to one set and not to the other.
        for piece in uncovered(&owned, &wanted) {
            let action = action_of(&piece);
            prop_assert!(allow(&wanted, &action) && !allow(&owned, &action), "{:?}", piece);
        }
        prop_assert!(covers(&owned, &owned));
    }
}

/// Whether anybody can ask for this: of a resource with a slash in its name there is none, and `*/exec` does not cover
/// `pods/exec` where that is no subresource.
fn is_possible(action: &Action) -> bool {
    !matches!(action, Action::Resource(action) if action.resource.contains('/'))
}

/// The rules as the API server accepts them: about resources or about URLs.
fn accepted(mut rules: Vec<Rule>) -> Vec<Rule> {
    for rule in rules.iter_mut().filter(|rule| !rule.non_resource_urls.is_empty()) {
        *rule =
            Rule { verbs: rule.verbs.clone(), non_resource_urls: rule.non_resource_urls.clone(), ..Rule::default() };
    }
    rules
}

/// The request that asks for just what the smallest piece of a rule allows.
fn action_of(piece: &Rule) -> Action {
    let verb = piece.verbs[0].clone();
    if let [path] = piece.non_resource_urls.as_slice() {
        return Action::Url { verb, path: path.clone() };
    }
    let whole = piece.resources[0].as_str();
    let (resource, subresource) = whole.split_once('/').filter(|(_, behind)| !behind.is_empty()).unwrap_or((whole, ""));
    Action::Resource(ResourceAction {
        verb,
        group: piece.api_groups[0].clone(),
        resource: resource.to_owned(),
        subresource: subresource.to_owned(),
        name: piece.resource_names.first().cloned().unwrap_or_else(|| "some-other-name".to_owned()),
        namespace: String::new(),
    })
}
