//! How fast access is decided, in a cluster of 2,000 namespaces with the default policy of Kubernetes: 10,200 bindings,
//! 100,000 requests of ServiceAccounts, about half of them allowed.

#![expect(clippy::indexing_slicing, reason = "a benchmark may panic")]

use std::sync::Arc;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use rolecall::catalog::{DefaultPolicy, Version};
use rolecall::rbac::{
    Action, Binding, BindingId, Identity, Policy, Request, ResourceAction, Role, RoleKind, RoleRef, Rule, Subject,
    Verdict,
};

const NAMESPACES: usize = 2_000;
const SHARED_ROLES: usize = NAMESPACES / 10;
const REQUESTS: usize = 100_000;

const RESOURCES: [(&str, &str); 8] = [
    ("", "pods"),
    ("", "secrets"),
    ("", "configmaps"),
    ("", "services"),
    ("apps", "deployments"),
    ("batch", "jobs"),
    ("batch", "cronjobs"),
    ("networking.k8s.io", "ingresses"),
];
const VERBS: [&str; 7] = ["get", "list", "watch", "create", "update", "patch", "delete"];

fn main() {
    divan::main();
}

/// Requests whose names have been looked up, up to the first grant.
#[divan::bench]
fn first_grant(bencher: Bencher<'_, '_>) {
    let (policy, requests) = cluster();
    let prepared: Vec<_> = requests.iter().map(|request| policy.prepare(request)).collect();
    let allowed = prepared.iter().filter(|request| policy.first(request) == Verdict::Allowed).count();
    assert!((REQUESTS / 3..REQUESTS).contains(&allowed), "{allowed} of {REQUESTS} requests are allowed");
    bencher.counter(ItemsCount::new(REQUESTS)).bench_local(|| {
        let allowed = |request| policy.first(black_box(request)) == Verdict::Allowed;
        prepared.iter().filter(|request| allowed(*request)).count()
    });
}

/// Looking up the names of requests.
#[divan::bench]
fn prepare(bencher: Bencher<'_, '_>) {
    let (policy, requests) = cluster();
    bencher.counter(ItemsCount::new(REQUESTS)).bench_local(|| {
        for request in &requests {
            black_box(policy.prepare(black_box(request)));
        }
    });
}

/// Everything about a request: its names looked up, all grants, and the reason in words.
#[divan::bench]
fn all_grants_with_reason(bencher: Bencher<'_, '_>) {
    let (policy, requests) = cluster();
    bencher.counter(ItemsCount::new(REQUESTS)).bench_local(|| {
        for request in &requests {
            black_box(policy.reason(&policy.decide(black_box(request))));
        }
    });
}

/// Working out a policy from its roles and bindings.
#[divan::bench(sample_count = 20)]
fn policy(bencher: Bencher<'_, '_>) {
    let mut random = Random(1);
    let (roles, bindings) = objects(&mut random);
    let count = roles.len() + bindings.len();
    bencher
        .counter(ItemsCount::new(count))
        .with_inputs(|| (roles.clone(), bindings.clone()))
        .bench_local_values(|(roles, bindings)| Policy::new(roles, bindings));
}

/// A policy and requests, the same every time.
fn cluster() -> (Policy, Vec<Request>) {
    let mut random = Random(1);
    let (roles, bindings) = objects(&mut random);
    let policy = Policy::new(roles, bindings);
    let bindings: Vec<_> = policy.bindings().map(|(id, _)| id).collect();
    let requests = (0..REQUESTS).map(|number| request(&policy, &bindings, number, &mut random)).collect();
    (policy, requests)
}

fn objects(random: &mut Random) -> (Vec<Role>, Vec<Binding>) {
    let DefaultPolicy { mut roles, mut bindings } = DefaultPolicy::of(Version::NEWEST);
    for number in 0..SHARED_ROLES {
        let name = shared(number);
        roles.push(Role { name: name.as_str().into(), rules: rules(random), ..Role::default() });
        let role = RoleRef { kind: RoleKind::ClusterRole, name: name.into() };
        let subjects = vec![account(&namespace(number), 0)];
        bindings.push(Binding { namespace: None, name: format!("global-{number}").into(), role, subjects });
    }
    for namespace in (0..NAMESPACES).map(namespace) {
        for number in 0..3 {
            let (namespace, name) = (Some(namespace.as_str().into()), format!("role{number}").into());
            roles.push(Role { namespace, name, rules: rules(random), ..Role::default() });
        }
        for number in 0..5 {
            let role = if number < 3 {
                RoleRef { kind: RoleKind::Role, name: format!("role{number}").into() }
            } else {
                RoleRef { kind: RoleKind::ClusterRole, name: shared(random.below(SHARED_ROLES)).into() }
            };
            let subjects = vec![account(&namespace, random.below(4))];
            let (namespace, name) = (Some(namespace.as_str().into()), format!("rb{number}").into());
            bindings.push(Binding { namespace, name, role, subjects });
        }
    }
    (roles, bindings)
}

fn namespace(number: usize) -> String {
    format!("ns{number:05}")
}

fn shared(number: usize) -> String {
    format!("shared-{number}")
}

fn account(namespace: &str, number: usize) -> Subject {
    Subject::ServiceAccount { namespace: Some(namespace.into()), name: format!("sa{number}").into() }
}

fn rules(random: &mut Random) -> Vec<Arc<Rule>> {
    let mut rule = || {
        let (group, resource) = random.one_of(&RESOURCES);
        let mut verbs: Vec<_> = (0..=random.below(4)).map(|_| random.one_of(&VERBS).to_owned()).collect();
        verbs.sort();
        verbs.dedup();
        let (api_groups, resources) = (vec![group.to_owned()], vec![resource.to_owned()]);
        Arc::new(Rule { verbs, api_groups, resources, ..Rule::default() })
    };
    let count = 1 + rule().verbs.len();
    (0..count).map(|_| rule()).collect()
}

/// A request for anything, or for something that a binding of a namespace allows.
fn request(policy: &Policy, bindings: &[BindingId], number: usize, random: &mut Random) -> Request {
    let is_random = number.is_multiple_of(2);
    let allowed = if is_random { None } else { allowed(policy, random.one_of(bindings), random) };
    let (namespace, account, rule) = allowed.unwrap_or_else(|| {
        let (namespace, account) = (namespace(random.below(NAMESPACES)), format!("sa{}", random.below(4)));
        let (group, resource) = random.one_of(&RESOURCES);
        let one = |text: &str| vec![text.to_owned()];
        let (verbs, api_groups, resources) = (one(random.one_of(&VERBS)), one(group), one(resource));
        (namespace, account, Rule { verbs, api_groups, resources, ..Rule::default() })
    });
    let action = ResourceAction {
        verb: rule.verbs[random.below(rule.verbs.len())].clone(),
        group: rule.api_groups[0].clone(),
        resource: rule.resources[0].clone(),
        namespace: namespace.clone(),
        ..ResourceAction::default()
    };
    Request { identity: Identity::of_service_account(&namespace, &account), action: Action::Resource(action) }
}

/// The namespace and name of a ServiceAccount, with a rule that some binding gives it.
fn allowed(policy: &Policy, id: BindingId, random: &mut Random) -> Option<(String, String, Rule)> {
    let binding = policy.binding(id)?;
    let rules: Vec<_> = policy.rules_of(*policy.roles_of(id).first()?).collect();
    match binding.subjects.first()? {
        Subject::ServiceAccount { namespace: Some(namespace), name } if binding.namespace.is_some() => {
            let rule = rules[random.below(rules.len())].rule.clone();
            Some((namespace.to_string(), name.to_string(), rule))
        }
        _ => None,
    }
}

/// Numbers that look like chance and are the same every time (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap_or(0) % limit
    }

    fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}
