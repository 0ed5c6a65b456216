//! What bindings of the read set give somebody, and how much of it was used.

use std::collections::BTreeMap;

use super::merge::{Need, merge, needs_of};
use super::rows::Row;
use crate::query::subject::Who;
use crate::query::{Access, RoleUses};
use crate::rbac::{ALL, Action, Binding, BindingId, Grant, Identity, Role, RoleId, Rule, RulePlace, Subject};

/// What a binding gives somebody by one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The binding.
    pub binding: BindingId,
    /// Which of its subjects it is.
    pub subject: usize,
    /// Whether it gives the role to others, too.
    pub is_shared: bool,
    /// The role; of several definitions that differ, this one.
    pub role: RoleId,
    /// Whether no binding gives the role to others, and no role takes it in.
    pub is_only_theirs: bool,
    /// Whether it allows something that was done and that nothing else of this allows.
    pub is_needed: bool,
    /// The rules of the role, those that it takes in among them.
    pub rules: Vec<StandingRule>,
}

/// A rule of a role, and how much of it was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingRule {
    /// Where it is written.
    pub place: RulePlace,
    /// What was done that the rule allows.
    pub used: Vec<Rule>,
    /// The parts of the rule that allow nothing that was done.
    pub unused: Vec<Rule>,
    /// The parts of it that allow something that was done, and anything else as well, by `*`.
    pub wide: Vec<Rule>,
}

impl StandingRule {
    /// Whether all that the rule allows was done.
    pub fn is_all_used(&self) -> bool {
        self.unused.is_empty() && self.wide.is_empty()
    }
}

impl Standing {
    /// Whether anything was done that it allows.
    pub fn is_used(&self) -> bool {
        self.rules.iter().any(|rule| !rule.used.is_empty())
    }

    /// Whether all that it allows was done.
    pub fn is_all_used(&self) -> bool {
        self.rules.iter().all(StandingRule::is_all_used)
    }

    /// The grant that one of its rules is.
    pub fn grant(&self, rule: &StandingRule) -> Grant {
        let Self { binding, subject, role, .. } = *self;
        Grant { binding, subject, role, rule: rule.place, is_conditional: false }
    }
}

/// All that bindings of the read set give somebody.
pub(super) fn standing((access, uses): (&Access, &RoleUses<'_>), identity: &Identity, rows: &[Row]) -> Vec<Standing> {
    let policy = access.policy();
    let mut standing = Vec::new();
    // How many of these allow each thing that was done.
    let mut allowing: BTreeMap<Action, usize> = BTreeMap::new();
    let mut allowed_by = Vec::new();
    for id in policy.bindings_naming(identity).into_iter().filter(|&id| access.binding_object(id).is_some()) {
        let Some(binding) = policy.binding(id) else { continue };
        let Some(subject) = policy.subject_of(id, identity) else { continue };
        let used: Vec<_> = done_in(binding, rows).collect();
        for &role in policy.roles_of(id) {
            let allows = |action: &&Action| policy.rules_of(role).any(|rule| rule.rule.allows(action));
            let allowed: Vec<_> = used.iter().filter(allows).cloned().collect();
            for action in &allowed {
                *allowing.entry(action.clone()).or_default() += 1;
            }
            allowed_by.push(allowed);
            let rules = policy.rules_of(role).map(|rule| standing_rule(access, rule.place, rule.rule, &used));
            standing.push(Standing {
                binding: id,
                subject,
                role,
                is_shared: is_shared(binding, identity),
                is_only_theirs: is_only_theirs((access, uses), role, identity),
                is_needed: false,
                rules: rules.collect(),
            });
        }
    }
    for (standing, allowed) in standing.iter_mut().zip(allowed_by) {
        standing.is_needed = allowed.iter().any(|action| allowing.get(action) == Some(&1));
    }
    standing
}

/// What was done where a binding counts, a name at a time.
fn done_in<'r>(binding: &Binding, rows: &'r [Row]) -> impl Iterator<Item = Action> + use<'r> {
    let namespace = binding.namespace.clone();
    let is_there = move |row: &&Row| namespace.is_none() || row.action.namespace() == namespace.as_deref();
    rows.iter().filter(|row| !row.is_denied).filter(is_there).flat_map(Row::actions)
}

/// Whether a binding has other subjects, or one that may be several.
fn is_shared(binding: &Binding, identity: &Identity) -> bool {
    let is_them = |subject: &Subject| match Who::of_binding(subject, binding.namespace.as_deref()) {
        Some(Who::Group(group)) => identity.user.is_empty() && identity.groups.first() == Some(&group),
        Some(who) => who.user_name().as_deref() == Some(&identity.user),
        None => true,
    };
    !binding.subjects.iter().all(is_them)
}

fn is_only_theirs((access, uses): (&Access, &RoleUses<'_>), role: RoleId, identity: &Identity) -> bool {
    let policy = access.policy();
    let Some(key) = policy.role(role).map(Role::key) else { return false };
    let mut others = uses.of(key).filter_map(|other| policy.binding(other.binding));
    uses.takers(key).next().is_none() && others.all(|binding| !is_shared(binding, identity))
}

fn standing_rule(access: &Access, place: RulePlace, rule: &Rule, done: &[Action]) -> StandingRule {
    let (mut used, mut unused, mut wide) = (Vec::new(), Vec::new(), Vec::new());
    for piece in rule.pieces().into_iter().filter(|piece| means_something(access, rule, piece)) {
        let mut by_it = done.iter().filter(|action| piece.allows(action)).map(need).peekable();
        if by_it.peek().is_none() {
            unused.extend(needs_of(&piece));
            continue;
        }
        used.extend(by_it);
        if is_wide(&piece) {
            wide.extend(needs_of(&piece));
        }
    }
    StandingRule { place, used: merge(used), unused: merge(unused), wide: merge(wide) }
}

fn is_wide(piece: &Rule) -> bool {
    let mut entries = piece.verbs.iter().chain(&piece.api_groups).chain(&piece.resources);
    let is_any = |entry: &String| entry == ALL || entry.starts_with("*/");
    entries.any(is_any) || piece.non_resource_urls.iter().any(|url| url.ends_with(ALL))
}

/// Whether there is such a resource. A rule with several groups and resources is about each of them in each group.
fn means_something(access: &Access, rule: &Rule, piece: &Rule) -> bool {
    let (Some(group), Some(entry)) = (piece.api_groups.first(), piece.resources.first()) else { return true };
    let resource = entry.split('/').next().unwrap_or(entry);
    let is_there = |group: &String| group != ALL && access.catalog().find(group, resource).is_some();
    resource == ALL || group == ALL || is_there(group) || !rule.api_groups.iter().any(is_there)
}

/// What was done, with whatever objects.
fn need(action: &Action) -> Need {
    match action {
        Action::Resource(action) => Need::Resource {
            group: action.group.clone(),
            resource: action.full_resource(),
            verb: action.verb.clone(),
            names: None,
        },
        Action::Url { verb, path } => Need::Url { path: path.clone(), verb: verb.clone() },
    }
}
