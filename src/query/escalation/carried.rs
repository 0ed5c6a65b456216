//! What a rule is worth: which permissions it is that techniques take, or which part of one.

use super::technique::{Names, Need, Technique};
use crate::manifest::Kind;
use crate::query::power::{RBAC, Right};
use crate::rbac::{RoleRule, Rule, RulePlace};

/// A rule that is a permission some technique takes.
#[derive(Clone, Debug)]
pub(super) struct Carried<'a> {
    pub(super) technique: usize,
    pub(super) need: usize,
    pub(super) part: Part,
    pub(super) names: &'a [String],
    /// Of what kinds the named objects are, of which one has to be there; none where that is not known.
    pub(super) kinds: Vec<Kind>,
    pub(super) rule: RulePlace,
    pub(super) is_conditional: bool,
}

/// How much of a permission a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    All,
    /// `create` with names, of the right with this number: it counts where the request says the name.
    Creates(usize),
    /// What makes such a request: `patch`, by which what is not there is made (server-side apply), and of roles and
    /// bindings `update`.
    Applies(usize),
}

const CREATE: &str = "create";

impl Carried<'_> {
    /// Whether what this creates is made by requests of that.
    pub(super) fn is_made_by(&self, other: &Self) -> bool {
        let is_same = (self.technique, self.need) == (other.technique, other.need);
        is_same && matches!((self.part, other.part), (Part::Creates(one), Part::Applies(other)) if one == other)
    }
}

/// What a rule is worth for a need of a technique. What makes objects by their names counts where somebody may create them
/// so.
pub(super) fn of<'a>(
    (technique, need, it): (usize, usize, &'static Need),
    rule: &RoleRule<'a>,
    is_created: &dyn Fn(usize) -> bool,
) -> Vec<Carried<'a>> {
    let names = rule.rule.resource_names.as_slice();
    let (place, is_conditional) = (rule.place, rule.is_conditional);
    let carried = |part, kinds| Carried { technique, need, part, names, kinds, rule: place, is_conditional };
    let mut all = Vec::new();
    if is_granted(it, rule.rule) {
        all.push(carried(Part::All, kinds_of_named(it, rule.rule)));
    }
    for right in creating(it, rule.rule).filter(|right| is_created(*right)) {
        let creates = !names.is_empty() && rule.rule.has_verb(CREATE);
        let applies = it.any_of.get(right).is_some_and(|it| applies(it, rule.rule));
        all.extend(creates.then(|| carried(Part::Creates(right), Vec::new())));
        all.extend(applies.then(|| carried(Part::Applies(right), Vec::new())));
    }
    all
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

/// All needs of techniques, with the numbers of both.
pub(super) fn needs<'t>(
    techniques: &'t [&'static Technique],
) -> impl Iterator<Item = (usize, usize, &'static Need)> + 't {
    let numbered = techniques.iter().enumerate();
    numbered.flat_map(|(technique, it)| it.needs.iter().enumerate().map(move |(need, it)| (technique, need, it)))
}

/// The rights of a need to make an object, as far as a rule is about them, by number.
pub(super) fn creating<'r>(need: &'static Need, rule: &'r Rule) -> impl Iterator<Item = usize> + 'r {
    let counts = matches!(need.names, Names::Whole | Names::Unnamed | Names::Select);
    let rights = need.any_of.iter().enumerate().filter(move |_| counts);
    let rights = rights.filter(|(_, right)| right.subresource.is_empty() && right.verbs.contains(&CREATE));
    rights.filter(|(_, right)| rule.has_group(right.group) && rule.has_resource(right.resource, "")).map(|(it, _)| it)
}

/// Whether a rule allows a request that makes what is not there by its name.
fn applies(right: &Right, rule: &Rule) -> bool {
    rule.has_verb("patch") || (right.group == RBAC && rule.has_verb("update"))
}

/// Of what kinds the objects are that a rule names, where one has to be there; none where that is not known.
fn kinds_of_named(need: &Need, rule: &Rule) -> Vec<Kind> {
    if need.names != Names::Whole || rule.resource_names.is_empty() {
        return Vec::new();
    }
    let granted = need.any_of.iter().filter(|right| right.granted_by(rule).next().is_some());
    granted.map(kind_of).collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// The kind of objects that a right is about, where they are read.
pub(super) fn kind_of(right: &Right) -> Option<Kind> {
    let is_meant = |kind: &Kind| {
        let group = kind.api_version().split_once('/').map_or("", |(group, _)| group);
        let plural = right.resource.strip_suffix('s').unwrap_or_default();
        group == right.group && kind.name().eq_ignore_ascii_case(plural)
    };
    Kind::ALL.into_iter().find(is_meant)
}
