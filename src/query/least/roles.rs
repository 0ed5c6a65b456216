//! What is needed → roles and bindings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ecow::EcoString;

use super::Options;
use super::merge::{Need, merge, needs_of};
use super::rows::Row;
use crate::query::subject::Who;
use crate::query::suggestion::free_name;
use crate::rbac::{Action, Binding, Role, RoleKind, RoleRef, Rule, Subject, full_resource};

/// A role that is suggested, with its bindings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestedRole {
    /// The role.
    pub role: Role,
    /// Who gets it where: one for a Role, one for each namespace for a ClusterRole that is needed in some.
    pub bindings: Vec<Binding>,
}

/// What is needed, by namespace; in the whole cluster where there is none.
pub(super) type Needs = BTreeMap<Option<String>, Vec<Need>>;

/// What some rows need.
pub(super) fn needs<'r>(rows: impl Iterator<Item = &'r Row>, max_names: usize) -> Needs {
    let mut needs = Needs::new();
    let mut names_of: BTreeMap<&Action, Option<BTreeSet<String>>> = BTreeMap::new();
    for row in rows {
        let names = &row.times.names;
        let is_any = names.has_unnamed || names.has_more || is_named_by_place(&row.action);
        let known = names_of.entry(&row.action).or_insert_with(|| Some(BTreeSet::new()));
        match known {
            Some(known) if !is_any => known.extend(names.known.iter().cloned()),
            known => *known = None,
        }
    }
    for (action, names) in names_of {
        let names = names.filter(|names| !names.is_empty() && names.len() <= max_names);
        let need = match action {
            Action::Resource(action) => Need::Resource {
                group: action.group.clone(),
                resource: full_resource(&action.resource, &action.subresource),
                verb: action.verb.clone(),
                names,
            },
            Action::Url { verb, path } => Need::Url { path: path.clone(), verb: verb.clone() },
        };
        needs.entry(action.namespace().map(str::to_owned)).or_default().push(need);
    }
    needs
}

/// Whether there is only one object that a rule of a namespace can be about: the namespace itself.
fn is_named_by_place(action: &Action) -> bool {
    let is_namespace =
        |action: &crate::rbac::ResourceAction| action.group.is_empty() && action.resource == "namespaces";
    matches!(action, Action::Resource(action) if is_namespace(action) && !action.namespace.is_empty())
}

/// The roles that allow what is needed, and nothing else.
pub(super) fn roles(
    who: &Who,
    mut needs: Needs,
    options: Options,
    taken: &mut BTreeSet<(Option<String>, String)>,
) -> Vec<SuggestedRole> {
    let of_cluster = merge(needs.remove(&None).unwrap_or_default());
    let mut places: BTreeMap<Vec<Rule>, Vec<String>> = BTreeMap::new();
    for (namespace, needs) in needs {
        let rules = beyond(&of_cluster, &merge(needs));
        if let Some(namespace) = namespace.filter(|_| !rules.is_empty()) {
            places.entry(rules).or_default().push(namespace);
        }
    }
    let mut naming = Naming { who, taken };
    let mut roles = Vec::new();
    if !of_cluster.is_empty() {
        let name = naming.name(None, &[None]);
        roles.push(suggested(who, (None, name), of_cluster, &[None]));
    }
    let (few, many): (Vec<_>, Vec<_>) = places.into_iter().partition(|(_, places)| places.len() <= options.max_roles);
    for (rules, places) in many {
        let places: Vec<_> = places.into_iter().map(Some).collect();
        let everywhere: Vec<_> = std::iter::once(None).chain(places.iter().map(Option::as_deref)).collect();
        let name = naming.name(None, &everywhere);
        roles.push(suggested(who, (None, name), rules, &places));
    }
    let few: BTreeMap<_, _> = few
        .into_iter()
        .flat_map(|(rules, places)| places.into_iter().map(move |place| (place, rules.clone())))
        .collect();
    for (namespace, rules) in few {
        let name = naming.name(Some(&namespace), &[Some(&namespace)]);
        roles.push(suggested(who, (Some(namespace.clone()), name), rules, &[Some(namespace)]));
    }
    roles
}

/// What rules of a namespace allow that those of the cluster do not.
fn beyond(of_cluster: &[Rule], rules: &[Rule]) -> Vec<Rule> {
    let pieces = rules.iter().flat_map(Rule::pieces);
    let left: Vec<_> = pieces.filter(|piece| !of_cluster.iter().any(|rule| rule.contains(piece))).collect();
    merge(left.iter().flat_map(needs_of))
}

fn suggested(
    who: &Who,
    (namespace, name): (Option<String>, String),
    rules: Vec<Rule>,
    places: &[Option<String>],
) -> SuggestedRole {
    let kind = if namespace.is_some() { RoleKind::Role } else { RoleKind::ClusterRole };
    let (namespace, name) = (namespace.map(EcoString::from), EcoString::from(name));
    let role = RoleRef { kind, name: name.clone() };
    let binding = |place: &Option<String>| Binding {
        namespace: place.as_deref().map(EcoString::from),
        name: name.clone(),
        role: role.clone(),
        subjects: vec![subject(who)],
    };
    let bindings = places.iter().map(binding).collect();
    SuggestedRole {
        role: Role { namespace, name, rules: rules.into_iter().map(Arc::new).collect(), ..Role::default() },
        bindings,
    }
}

fn subject(who: &Who) -> Subject {
    match who {
        Who::ServiceAccount { namespace, name } => {
            Subject::ServiceAccount { namespace: Some(namespace.into()), name: name.into() }
        }
        Who::User(name) => Subject::User(name.into()),
        Who::Group(name) => Subject::Group(name.into()),
    }
}

/// Finds names for roles: that of the subject, with its namespace where the role is elsewhere.
struct Naming<'n> {
    who: &'n Who,
    taken: &'n mut BTreeSet<(Option<String>, String)>,
}

impl Naming<'_> {
    /// A name for a role of a namespace, or of the cluster, which is free wherever it or a binding of it is to be.
    fn name(&mut self, namespace: Option<&str>, places: &[Option<&str>]) -> String {
        let wanted = match self.who {
            Who::ServiceAccount { namespace: own, name } if namespace == Some(own) => name.clone(),
            Who::ServiceAccount { namespace: own, name } => format!("{own}-{name}"),
            Who::User(name) | Who::Group(name) => name.clone(),
        };
        let is_taken =
            |name: &str| places.iter().any(|place| self.taken.contains(&(place.map(str::to_owned), name.to_owned())));
        let name = free_name(&plain_name(&wanted), is_taken);
        self.taken.extend(places.iter().map(|place| (place.map(str::to_owned), name.clone())));
        name
    }
}

/// A name as DNS has them, so that it is one everywhere.
fn plain_name(text: &str) -> String {
    let text = text.to_lowercase();
    let words: Vec<_> = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").chars().take(200).collect();
    let name = name.trim_end_matches('-');
    if name.is_empty() { "used".to_owned() } else { name.to_owned() }
}
