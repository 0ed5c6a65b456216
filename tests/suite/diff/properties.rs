//! What is told of random policies agrees with what requests come to, one by one.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use rolecall::query::Who;
use rolecall::query::diff::{Change, Kind, Names, Side, Where, between};
use rolecall::rbac::{Action, Policy, Request, ResourceAction, Verdict, resource_covers, url_covers};

use super::{binding, role, side, told};

const SUBJECTS: [&str; 6] =
    ["user/ann", "sa/one/x", "sa/two/x", "group/ops", "group/system:serviceaccounts:one", "group/system:authenticated"];
const NAMESPACES: [&str; 3] = ["", "one", "two"];

/// A rule as it is written.
#[derive(Clone, Debug)]
struct Written {
    verbs: Vec<&'static str>,
    groups: Vec<&'static str>,
    resources: Vec<&'static str>,
    names: Vec<&'static str>,
    urls: Vec<&'static str>,
}

impl Written {
    fn yaml(&self) -> String {
        let list = |words: &[&str]| {
            let quoted: Vec<_> = words.iter().map(|word| format!("'{word}'")).collect();
            format!("[{}]", quoted.join(", "))
        };
        if !self.urls.is_empty() {
            return format!("{{verbs: {}, nonResourceURLs: {}}}", list(&self.verbs), list(&self.urls));
        }
        let names =
            if self.names.is_empty() { String::new() } else { format!(", resourceNames: {}", list(&self.names)) };
        let (verbs, groups, resources) = (list(&self.verbs), list(&self.groups), list(&self.resources));
        format!("{{verbs: {verbs}, apiGroups: {groups}, resources: {resources}{names}}}")
    }

    /// The same in rules of one verb, group, resource and name each.
    fn pieces(&self) -> Vec<Self> {
        let single = |words: &[&'static str]| words.iter().map(|&word| vec![word]).collect::<Vec<_>>();
        let any = |words: &[&'static str]| if words.is_empty() { vec![Vec::new()] } else { single(words) };
        let mut pieces: Vec<_> = single(&self.verbs).into_iter().map(|verbs| Self { verbs, ..self.clone() }).collect();
        for (words, set) in [
            (any(&self.groups), (|it, groups| Self { groups, ..it }) as fn(Self, Vec<&'static str>) -> Self),
            (any(&self.resources), |it, resources| Self { resources, ..it }),
            (any(&self.names), |it, names| Self { names, ..it }),
            (any(&self.urls), |it, urls| Self { urls, ..it }),
        ] {
            pieces = pieces.iter().flat_map(|it| words.iter().map(|words| set(it.clone(), words.clone()))).collect();
        }
        pieces
    }
}

fn some(words: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(words, 1..=2)
}

fn written(in_cluster: bool) -> impl Strategy<Value = Written> {
    let resources = (
        some(&["get", "list", "*"]),
        some(&["", "apps", "*"]),
        some(&["pods", "pods/exec", "deployments", "*", "*/exec", "namespaces", "nodes", "pods/*"]),
        prop_oneof![2 => Just(Vec::new()), 1 => some(&["a", "one", "*"])],
    );
    let resources = resources.prop_map(|(verbs, mut groups, resources, names)| {
        // Whether something called so lives in namespaces is known of the core group alone.
        if resources.iter().any(|resource| ["nodes", "namespaces"].contains(resource)) {
            groups.retain(|group| *group != "apps");
            groups.extend(groups.is_empty().then_some(""));
        }
        Written { verbs, groups, resources, names, urls: Vec::new() }
    });
    let urls = (some(&["get", "*"]), some(&["/healthz", "/healthz/*", "/metrics", "*"]));
    let urls = urls.prop_map(|(verbs, urls)| Written {
        verbs,
        groups: Vec::new(),
        resources: Vec::new(),
        names: Vec::new(),
        urls,
    });
    if in_cluster { prop_oneof![4 => resources.boxed(), 1 => urls.boxed()].boxed() } else { resources.boxed() }
}

/// A role with its rules: its place, its name, and what it says.
#[derive(Clone, Debug)]
struct WrittenRole {
    namespace: &'static str,
    name: String,
    rules: Vec<Written>,
}

/// A binding: its place, the role that it names, and its subjects.
#[derive(Clone, Debug)]
struct WrittenBinding {
    namespace: &'static str,
    role: String,
    subjects: Vec<&'static str>,
}

#[derive(Clone, Debug)]
struct State {
    roles: Vec<WrittenRole>,
    bindings: Vec<WrittenBinding>,
}

impl State {
    fn yaml(&self) -> String {
        let roles = self.roles.iter().map(|it| {
            let rules: Vec<_> = it.rules.iter().map(Written::yaml).collect();
            role(it.namespace, &it.name, &rules.join(", "))
        });
        let bindings = self
            .bindings
            .iter()
            .enumerate()
            .map(|(number, it)| binding(it.namespace, &format!("b{number}"), &it.role, &it.subjects));
        roles.chain(bindings).collect()
    }

    fn rules_of(&self, binding: &WrittenBinding) -> Vec<Written> {
        let (kind, name) = binding.role.split_once('/').unwrap();
        let namespace = if kind == "Role" { binding.namespace } else { "" };
        let mut roles = self.roles.iter().filter(|role| role.namespace == namespace && role.name == name);
        roles.next().map(|role| role.rules.clone()).unwrap_or_default()
    }

    /// The same access by other objects: each single permission has a role, and each subject a binding of its own.
    fn taken_apart(&self) -> Self {
        let mut state = Self { roles: Vec::new(), bindings: Vec::new() };
        let pieces = |binding| self.rules_of(binding).into_iter().flat_map(|rule| rule.pieces());
        let each = self.bindings.iter().flat_map(|binding| pieces(binding).map(move |piece| (binding, piece)));
        for (number, (binding, piece)) in each.enumerate() {
            let name = format!("p{number}");
            // What is bound in a namespace can be a role of the cluster as well.
            let is_of_cluster = binding.namespace.is_empty() || number % 2 == 0;
            let (kind, namespace) = if is_of_cluster { ("ClusterRole", "") } else { ("Role", binding.namespace) };
            state.roles.push(WrittenRole { namespace, name: name.clone(), rules: vec![piece] });
            state.bindings.extend(binding.subjects.iter().map(|&subject| WrittenBinding {
                namespace: binding.namespace,
                role: format!("{kind}/{name}"),
                subjects: vec![subject],
            }));
        }
        state.roles.reverse();
        state.bindings.reverse();
        state
    }
}

prop_compose! {
    fn written_role(is_distinct: bool)(
        namespace in select(&NAMESPACES[..]),
        number in 0..if is_distinct { 100 } else { 3 },
    )(
        rules in proptest::collection::vec(written(namespace.is_empty()), 1..3),
        namespace in Just(namespace), number in Just(number),
    ) -> WrittenRole {
        WrittenRole { namespace, name: format!("r{number}"), rules }
    }
}

fn written_binding(roles: &[WrittenRole]) -> impl Strategy<Value = WrittenBinding> + use<> {
    let choices: Vec<_> = roles.iter().map(|role| (role.namespace, role.name.clone())).collect();
    let chosen = (select(choices), select(&NAMESPACES[..]), subsequence(&SUBJECTS[..], 1..=2));
    chosen.prop_map(|((of_role, name), place, subjects)| match of_role {
        "" => WrittenBinding { namespace: place, role: format!("ClusterRole/{name}"), subjects },
        namespace => WrittenBinding { namespace, role: format!("Role/{name}"), subjects },
    })
}

fn state(is_distinct: bool) -> impl Strategy<Value = State> {
    let roles = proptest::collection::vec(written_role(is_distinct), 1..4);
    roles.prop_flat_map(move |mut roles| {
        if is_distinct {
            roles.sort_by(|one, other| (one.namespace, &one.name).cmp(&(other.namespace, &other.name)));
            roles.dedup_by(|one, other| (one.namespace, &one.name) == (other.namespace, &other.name));
        }
        let bindings = proptest::collection::vec(written_binding(&roles), 1..5);
        bindings.prop_map(move |bindings| State { roles: roles.clone(), bindings })
    })
}

/// A state, and the same with something added, left out or replaced.
fn change() -> impl Strategy<Value = (State, State)> {
    (state(false), state(false), any::<bool>(), any::<bool>()).prop_map(|(old, other, takes_roles, takes_bindings)| {
        let mut new = old.clone();
        if takes_roles {
            new.roles.truncate(1);
        }
        if takes_bindings {
            new.bindings.pop();
        }
        // The roles of the other state may define some of these once more.
        new.roles.extend(other.roles);
        new.bindings.extend(other.bindings);
        (old, new)
    })
}

/// Everything that could be asked, as far as it makes a difference.
static ACTIONS: LazyLock<Vec<Action>> = LazyLock::new(actions);

fn actions() -> Vec<Action> {
    let mut actions = Vec::new();
    for verb in ["get", "list", "delete"] {
        for name in ["", "a", "one", "z"] {
            for group in ["", "apps", "other.io"] {
                of_group(verb, name, group, &mut actions);
            }
        }
        for name in ["one", "two", "three", "a"] {
            // One that is named is asked for in itself, but for lists.
            actions.push(action(verb, "", "namespaces", "", name, if verb == "list" { "" } else { name }));
        }
    }
    for verb in ["get", "post"] {
        let urls = ["/healthz", "/healthz/x", "/metrics", "/other"];
        actions.extend(urls.map(|path| Action::Url { verb: verb.to_owned(), path: path.to_owned() }));
    }
    actions
}

fn of_group(verb: &str, name: &str, group: &str, actions: &mut Vec<Action>) {
    for resource in ["pods", "deployments", "widgets"] {
        for subresource in ["", "exec", "log"] {
            let namespaces = ["", "one", "two", "three"];
            actions.extend(namespaces.map(|namespace| action(verb, group, resource, subresource, name, namespace)));
        }
    }
    let of_cluster = [("nodes", ""), ("nodes", "exec"), ("namespaces", "")];
    actions.extend(of_cluster.map(|(resource, subresource)| action(verb, group, resource, subresource, name, "")));
}

fn action(verb: &str, group: &str, resource: &str, subresource: &str, name: &str, namespace: &str) -> Action {
    let [verb, group, resource, subresource, name, namespace] =
        [verb, group, resource, subresource, name, namespace].map(str::to_owned);
    Action::Resource(ResourceAction { verb, group, resource, subresource, name, namespace })
}

fn verdict(side: &Side, who: &Who, action: &Action) -> Verdict {
    let policy: &Policy = side.access.policy();
    policy.first(&policy.prepare(&Request { identity: who.identity(), action: action.clone() }))
}

/// Whether a change is about an action.
fn is_about(change: &Change, action: &Action) -> bool {
    let has = |entries: &[String], wanted: &str| entries.iter().any(|entry| entry == "*" || entry == wanted);
    let what = &change.what;
    match action {
        Action::Url { verb, path } => {
            has(&what.verbs, verb)
                && what.urls.iter().any(|url| url_covers(url, path))
                && change.place == Where::Cluster
        }
        Action::Resource(it) => {
            let is_here = match &change.place {
                Where::Cluster => true,
                Where::Namespaces(namespaces) => namespaces.contains(&it.namespace),
            };
            let is_named = match &what.names {
                Names::Any => true,
                Names::Only(names) => names.contains(&it.name),
                Names::Own => it.name == it.namespace,
            };
            let is_meant = what.resources.iter().any(|resource| {
                [it.group.as_str(), "*"].contains(&resource.group.as_str())
                    && resource_covers(&resource.resource, &it.resource, &it.subresource)
            });
            is_here && is_named && is_meant && has(&what.verbs, &it.verb)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_told_is_what_requests_come_to((old, new) in change()) {
        let (old_text, new_text) = (old.yaml(), new.yaml());
        let (old, new) = (side(&old_text), side(&new_text));
        let diff = between(&old, &new);
        let context = || format!("{old_text}\n=====\n{new_text}\n{:#?}", told(&diff));
        let actions = &*ACTIONS;
        let whos = SUBJECTS.map(|text| Who::parse(text).unwrap());
        let mut differing = BTreeSet::new();
        for who in &whos {
            let mut explained = vec![who.clone()];
            explained.extend(who.identity().groups.into_iter().map(Who::Group));
            let changes: Vec<_> = diff.subjects.iter().filter(|it| explained.contains(&it.who)).flat_map(|it| &it.changes).collect();
            for action in actions {
                let (then, now) = (verdict(&old, who, action), verdict(&new, who, action));
                if then != now {
                    differing.insert(who.clone());
                    let is_told = changes.iter().any(|change| change.kind.is_more() == (now > then) && is_about(change, action));
                    prop_assert!(is_told, "{} {:?}: {:?} -> {:?}\n{}", who, action, then, now, context());
                }
            }
        }
        for subject in &diff.subjects {
            prop_assert!(differing.contains(&subject.who), "{} is the same\n{}", subject.who, context());
            for change in &subject.changes {
                let is_so = |action: &&Action| {
                    let (then, now) = (verdict(&old, &subject.who, action), verdict(&new, &subject.who, action));
                    is_about(change, action) && then != now && change.kind.is_more() == (now > then)
                };
                prop_assert!(actions.iter().any(|action| is_so(&action)), "{} {:?}\n{}", subject.who, change, context());
            }
        }
    }

    #[test]
    fn the_way_back_is_the_other_way_round((old, new) in change()) {
        let (old, new) = (side(&old.yaml()), side(&new.yaml()));
        let (there, back) = (between(&old, &new), between(&new, &old));
        for (kind, other) in [(Kind::Gained, Kind::Lost), (Kind::Widened, Kind::Narrowed)] {
            prop_assert_eq!(there.count(kind), back.count(other));
            prop_assert_eq!(there.count(other), back.count(kind));
        }
    }

    #[test]
    fn the_same_access_by_other_objects_is_no_change(state in state(true)) {
        let (old, new) = (state.yaml(), state.taken_apart().yaml());
        let diff = between(&side(&old), &side(&new));
        prop_assert!(diff.subjects.is_empty(), "{:#?}\n{}\n=====\n{}", told(&diff), old, new);
        let diff = between(&side(&new), &side(&old));
        prop_assert!(diff.subjects.is_empty(), "{:#?}\n{}\n=====\n{}", told(&diff), old, new);
    }
}
