//! Which permissions that techniques take are held by whom, and where.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::carried::{self, Carried, Part, creating, kind_of, needs};
use super::technique::{Held, Names, Need, Technique};
use super::there::There;
use super::web::Support;
use crate::query::{Access, Who};
use crate::rbac::{ALL, BindingId, MASTERS, RoleId, Rule, RulePlace};

/// A permission that somebody holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holding<'a> {
    /// Which need of its technique it is.
    pub(super) need: usize,
    /// The namespace in which it holds; `None` for the whole cluster.
    pub(super) namespace: Option<&'a str>,
    /// The only objects that it is on; all where there are none.
    pub(super) names: &'a [String],
    pub(super) support: Support,
    /// What else is looked at with the same request.
    pub(super) with: Option<Support>,
    /// What it depends on; empty where it is certain.
    pub(super) caveat: &'static str,
    /// From whom one has it: oneself or a group.
    pub(super) source: usize,
}

/// Where a permission is from that is put together from what several hold.
const SEVERAL: usize = usize::MAX;

/// The permissions of somebody, by the technique that takes them.
pub(super) type Settled<'a> = BTreeMap<usize, Vec<Holding<'a>>>;

/// The permissions of somebody, as roles carry them.
#[derive(Debug, Default)]
pub(super) struct Holdings<'a> {
    all: Vec<(Carried<'a>, Holding<'a>)>,
}

impl Holdings<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// What a role carries.
#[derive(Debug, Default)]
pub(super) struct Carries<'a> {
    carried: Vec<Carried<'a>>,
    /// The rule that allows everything, and whether that depends on a definition.
    pub(super) everything: Option<(RulePlace, bool)>,
}

/// A role that somebody is bound to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bound<'a> {
    /// The namespace of the binding; `None` for the whole cluster.
    pub(super) namespace: Option<&'a str>,
    pub(super) binding: BindingId,
    pub(super) subject: usize,
    pub(super) role: RoleId,
    pub(super) is_conditional: bool,
}

/// What all roles carry, each looked at once.
#[derive(Debug)]
pub(super) struct RoleBook<'a> {
    access: &'a Access,
    pub(super) techniques: Vec<&'static Technique>,
    roles: BTreeMap<RoleId, Rc<Carries<'a>>>,
    there: There<'a>,
    /// Which rights of which needs some role has as `create` with names.
    created: BTreeSet<(usize, usize, usize)>,
}

impl<'a> RoleBook<'a> {
    pub(super) fn new(access: &'a Access, techniques: Vec<&'static Technique>) -> Self {
        let roles = access.policy().roles().map(|(_, role)| role);
        let named = roles.flat_map(|role| &role.rules).filter(|rule| !rule.resource_names.is_empty());
        let mut created = BTreeSet::new();
        for rule in named.filter(|rule| rule.has_verb("create")) {
            for (technique, need, it) in needs(&techniques) {
                created.extend(creating(it, rule).map(|right| (technique, need, right)));
            }
        }
        Self { access, techniques, roles: BTreeMap::new(), there: There::new(access), created }
    }

    pub(super) fn carries(&mut self, role: RoleId) -> Rc<Carries<'a>> {
        if let Some(known) = self.roles.get(&role) {
            return Rc::clone(known);
        }
        let carries = Rc::new(self.look_at(role));
        self.roles.insert(role, Rc::clone(&carries));
        carries
    }

    fn look_at(&self, role: RoleId) -> Carries<'a> {
        let mut carries = Carries::default();
        for rule in self.access.policy().rules_of(role) {
            if is_everything(rule.rule) && carries.everything.is_none_or(|(_, is_conditional)| is_conditional) {
                carries.everything = Some((rule.place, rule.is_conditional));
            }
            for (technique, need, it) in needs(&self.techniques) {
                let is_created = |right| self.created.contains(&(technique, need, right));
                carries.carried.extend(carried::of((technique, need, it), &rule, &is_created));
            }
        }
        carries
    }

    /// Adds what somebody holds by being bound to a role.
    pub(super) fn add(&mut self, bound: &Bound<'a>, holdings: &mut Holdings<'a>) {
        let binding = Some((bound.binding, bound.subject));
        self.add_role(bound.role, (bound.namespace, binding, bound.is_conditional), holdings);
    }

    /// Adds what somebody would hold who is bound to a role in a namespace, or in the whole cluster.
    pub(super) fn add_role(
        &mut self,
        role: RoleId,
        (namespace, binding, is_conditional): (Option<&'a str>, Option<(BindingId, usize)>, bool),
        holdings: &mut Holdings<'a>,
    ) {
        for carried in &self.carries(role).carried {
            let is_conditional = is_conditional || carried.is_conditional;
            let support = Support { binding, role, rule: carried.rule, is_conditional };
            let is_there = carried.kinds.is_empty() || self.there.any(&carried.kinds, carried.names, namespace);
            let caveat = if is_there { "" } else { NOT_READ };
            let Carried { need, names, .. } = *carried;
            let holding = Holding { need, namespace, names, support, with: None, caveat, source: 0 };
            holdings.all.push((carried.clone(), holding));
        }
    }

    /// What somebody holds together with their groups: `create` with names is put together with what says the name.
    pub(super) fn settled(&self, sources: &[Rc<Holdings<'a>>]) -> Settled<'a> {
        let mut settled = Settled::new();
        let all = || {
            sources.iter().enumerate().flat_map(|(source, holdings)| holdings.all.iter().map(move |it| (source, it)))
        };
        for (source, (carried, holding)) in all().filter(|(_, (carried, _))| carried.part == Part::All) {
            settled.entry(carried.technique).or_default().push(Holding { source, ..*holding });
        }
        for (source, (creates, create)) in all() {
            let Part::Creates(right) = creates.part else { continue };
            let applied = all().filter(|(_, (applies, _))| creates.is_made_by(applies));
            let applied = applied.map(|(other, (_, apply))| (if source == other { source } else { SEVERAL }, apply));
            let pairs = applied.flat_map(|(source, apply)| {
                self.pairs((creates.technique, right), create, apply).map(move |pair| Holding { source, ..pair })
            });
            settled.entry(creates.technique).or_default().extend(pairs);
        }
        settled.retain(|_, held| !held.is_empty());
        settled
    }

    /// `create` with names for each name that something else says with it, where both hold.
    fn pairs(
        &self,
        (technique, right): (usize, usize),
        create: &Holding<'a>,
        apply: &Holding<'a>,
    ) -> impl Iterator<Item = Holding<'a>> {
        let namespace = create.namespace.or(apply.namespace);
        let meet = [create, apply].iter().all(|it| it.namespace.is_none() || it.namespace == namespace);
        let need = self.techniques.get(technique).and_then(|it| it.needs.get(create.need));
        let kind = need.and_then(|need| need.any_of.get(right)).and_then(kind_of);
        let (create, apply) = (*create, *apply);
        let names = create.names.chunks(1).filter(move |_| meet);
        let names = names.filter(move |name| apply.names.is_empty() || name.iter().all(|it| apply.names.contains(it)));
        names.map(move |names| {
            let is_new = kind.is_some_and(|kind| !self.there.any(&[kind], names, namespace));
            let caveat = if is_new { "" } else { IN_THE_WAY };
            Holding { namespace, names, with: Some(apply.support), caveat, ..create }
        })
    }
}

const NOT_READ: &str = "if there is one of those that the rule names: none was read";
const IN_THE_WAY: &str = "nothing may be there yet that is called what the rule names";

/// Whether a rule allows everything that there is, in the place where it is handed out.
fn is_everything(rule: &Rule) -> bool {
    let has_all = |entries: &[String]| entries.iter().any(|entry| entry == ALL);
    rule.resource_names.is_empty() && has_all(&rule.verbs) && has_all(&rule.api_groups) && has_all(&rule.resources)
}

impl Holding<'_> {
    /// Whether it counts for a need where a technique is used: in a namespace, or in the whole cluster.
    pub(super) fn counts(&self, need: &Need, place: Option<&str>) -> bool {
        let is_there = match need.held {
            Held::There => self.namespace.is_none() || self.namespace == place,
            Held::Cluster => self.namespace.is_none(),
            Held::Anywhere => true,
        };
        let is_named = need.names != Names::OwnNamespace
            || self.names.is_empty()
            || place.is_none_or(|place| self.names.iter().any(|name| name == place));
        is_there && is_named
    }
}

/// The roles that everybody is bound to, by who it is. Members of `system:masters` need none.
pub(super) fn bound(access: &Access) -> BTreeMap<Who, Vec<Bound<'_>>> {
    let policy = access.policy();
    let mut all: BTreeMap<Who, Vec<Bound<'_>>> = BTreeMap::new();
    for (id, binding) in policy.bindings() {
        let namespace = binding.namespace.as_deref();
        let is_conditional = policy.is_conditional(id);
        for (subject, who) in binding.subjects.iter().map(|it| Who::of_binding(it, namespace)).enumerate() {
            let Some(who) = who.filter(|who| !matches!(who, Who::Group(group) if group == MASTERS)) else { continue };
            let bound = |&role: &RoleId| Bound { namespace, binding: id, subject, role, is_conditional };
            all.entry(who).or_default().extend(policy.roles_of(id).iter().map(bound));
        }
    }
    all
}
