//! Which permissions that techniques take are held by whom, and where.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::technique::{Held, Names, Need, Technique};
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
}

/// The permissions of somebody, by the technique that takes them.
pub(super) type Holdings<'a> = BTreeMap<usize, Vec<Holding<'a>>>;

/// A rule that is a permission some technique takes.
#[derive(Clone, Copy, Debug)]
struct Carried<'a> {
    technique: usize,
    need: usize,
    names: &'a [String],
    rule: RulePlace,
    is_conditional: bool,
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
}

impl<'a> RoleBook<'a> {
    pub(super) fn new(access: &'a Access, techniques: Vec<&'static Technique>) -> Self {
        Self { access, techniques, roles: BTreeMap::new() }
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
            for (technique, it) in self.techniques.iter().enumerate() {
                let granted = it.needs.iter().enumerate().filter(|(_, need)| is_granted(need, rule.rule));
                carries.carried.extend(granted.map(|(need, _)| Carried {
                    technique,
                    need,
                    names: &rule.rule.resource_names,
                    rule: rule.place,
                    is_conditional: rule.is_conditional,
                }));
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
            let holding = Holding { need: carried.need, namespace, names: carried.names, support };
            holdings.entry(carried.technique).or_default().push(holding);
        }
    }
}

/// Whether a rule allows everything that there is, in the place where it is handed out.
fn is_everything(rule: &Rule) -> bool {
    let has_all = |entries: &[String]| entries.iter().any(|entry| entry == ALL);
    rule.resource_names.is_empty() && has_all(&rule.verbs) && has_all(&rule.api_groups) && has_all(&rule.resources)
}

fn is_granted(need: &Need, rule: &Rule) -> bool {
    let is_named = match need.names {
        Names::Unnamed => rule.resource_names.is_empty(),
        Names::Named => !rule.resource_names.is_empty(),
        Names::These(names) => {
            rule.resource_names.is_empty() || rule.resource_names.iter().any(|name| names.contains(&name.as_str()))
        }
        Names::Beginning(beginning) => {
            rule.resource_names.is_empty() || rule.resource_names.iter().any(|name| name.starts_with(beginning))
        }
        Names::Whole | Names::Select | Names::OwnNamespace => true,
    };
    is_named && need.any_of.iter().any(|right| right.granted_by(rule).next().is_some())
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
