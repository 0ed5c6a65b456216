//! All roles and bindings of a cluster, indexed by whom they are about.
//!
//! A question costs as much as there are bindings that name its subject in its namespace; all others are never looked
//! at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use smallvec::SmallVec;

use super::aggregation::{EffectiveRule, settle};
use super::compiled::{CompiledAction, Rules};
use super::definitions::{Definitions, by_key, meaning_of_binding, meaning_of_role, watched_labels};
use super::index::{Index, Place, Use};
use super::layout::Layout;
use super::symbols::Symbols;
use super::{Action, Binding, Identity, Key, Request, Role, Rule};

/// Names a role of a policy: its position in the list that the policy was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleId(u32);

/// Names a binding of a policy: its position in the list that the policy was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BindingId(u32);

impl RoleId {
    pub(super) fn new(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX))
    }

    /// The position in the list of roles.
    pub fn position(self) -> usize {
        self.0 as usize
    }
}

impl BindingId {
    pub(super) fn new(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX))
    }

    /// The position in the list of bindings.
    pub fn position(self) -> usize {
        self.0 as usize
    }
}

/// Where a rule is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RulePlace {
    /// The role in which it is written.
    pub role: RoleId,
    /// Which of its rules it is, from 0.
    pub index: usize,
}

/// A rule that a role comes to: one of its own, or one that it takes in by aggregation.
#[derive(Clone, Copy, Debug)]
pub struct RoleRule<'p> {
    /// The rule.
    pub rule: &'p Rule,
    /// Where it is written: in another role where it comes by aggregation.
    pub place: RulePlace,
    /// Whether the other role has differing definitions.
    pub is_conditional: bool,
}

/// The roles that a binding hands out.
#[derive(Clone, Debug, Default)]
pub(super) struct HandedOut {
    /// The definitions of the role: none where it is missing, several where they differ.
    pub(super) roles: SmallVec<[RoleId; 2]>,
    /// Whether definitions of the binding or of the role differ.
    pub(super) is_conditional: bool,
}

/// All roles and bindings of a cluster.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    roles: Vec<Arc<Role>>,
    bindings: Vec<Arc<Binding>>,
    symbols: Symbols,
    rules: Rules,
    /// What each role comes to.
    effective: Vec<Vec<EffectiveRule>>,
    layout: Layout,
    /// What each binding hands out.
    handed_out: Vec<HandedOut>,
    /// The roles that have other definitions which do not mean the same.
    differing_roles: BTreeSet<RoleId>,
    /// The bindings that have other definitions which do not mean the same.
    differing_bindings: BTreeSet<BindingId>,
    /// The bindings that count, in order: of several definitions that mean the same the first.
    in_force: Vec<BindingId>,
    index: Index,
}

/// A request in the numbers of one policy, for which alone it has a meaning.
#[derive(Clone, Debug)]
pub struct Prepared<'p> {
    /// The roles of whoever asks that are about such an action, where the request is.
    pub(super) uses: Vec<&'p [Use]>,
    pub(super) is_master: bool,
    pub(super) action: CompiledAction,
}

impl Policy {
    /// The policy of these roles and bindings.
    ///
    /// Of several definitions of one object that mean the same, the first counts. Where definitions differ, all of them
    /// count, and whatever needs the object is conditional.
    pub fn new<R: Into<Arc<Role>>, B: Into<Arc<Binding>>>(roles: Vec<R>, bindings: Vec<B>) -> Self {
        let roles: Vec<Arc<Role>> = roles.into_iter().map(Into::into).collect();
        let bindings: Vec<Arc<Binding>> = bindings.into_iter().map(Into::into).collect();
        let mut policy = Self::default();
        let watched = watched_labels(&roles);
        let roles_by_key = by_key(&roles, Role::key, |role| meaning_of_role(role, &watched));
        policy.effective = settle(&roles, &roles_by_key, policy.compile(&roles));
        policy.rules.shrink();
        policy.layout = Layout::new(&policy.effective, &policy.rules);
        policy.handed_out.resize_with(bindings.len(), HandedOut::default);
        let differing = roles_by_key.values().filter(|definitions| definitions.differ());
        policy.differing_roles = differing.flat_map(|it| &it.distinct).map(|&position| RoleId::new(position)).collect();
        for definitions in by_key(&bindings, Binding::key, meaning_of_binding).into_values() {
            if definitions.differ() {
                policy.differing_bindings.extend(definitions.distinct.iter().map(|&position| BindingId::new(position)));
            }
            for &position in &definitions.distinct {
                let id = BindingId::new(position);
                policy.in_force.push(id);
                policy
                    .hand_out(id, bindings.get(position).map(|it| handed_out(it, definitions.differ(), &roles_by_key)));
            }
        }
        let in_force = policy.in_force.iter().filter_map(|&id| {
            let position = id.position();
            Some((id, &**bindings.get(position)?, policy.handed_out.get(position)?))
        });
        policy.index = Index::new(in_force, &policy.layout, &mut policy.symbols);
        Self { roles, bindings, ..policy }
    }

    /// Compiles the rules that are written in each role.
    fn compile(&mut self, roles: &[Arc<Role>]) -> Vec<Vec<EffectiveRule>> {
        let (rules, symbols) = (&mut self.rules, &mut self.symbols);
        let mut compile = |(position, role): (usize, &Arc<Role>)| -> Vec<_> {
            let rules = role.rules.iter().enumerate().map(|(index, rule)| EffectiveRule {
                number: rules.add(rule, symbols),
                place: RulePlace { role: RoleId::new(position), index },
                is_conditional: false,
            });
            rules.collect()
        };
        roles.iter().enumerate().map(&mut compile).collect()
    }

    fn hand_out(&mut self, id: BindingId, handed_out: Option<HandedOut>) {
        self.handed_out.get_mut(id.position()).zip(handed_out).into_iter().for_each(|(place, it)| *place = it);
    }

    /// A role of this policy.
    pub fn role(&self, id: RoleId) -> Option<&Role> {
        self.roles.get(id.position()).map(Arc::as_ref)
    }

    /// A binding of this policy.
    pub fn binding(&self, id: BindingId) -> Option<&Binding> {
        self.bindings.get(id.position()).map(Arc::as_ref)
    }

    /// The roles of this policy, in the order in which they were given.
    pub fn roles(&self) -> impl Iterator<Item = (RoleId, &Role)> {
        self.roles.iter().enumerate().map(|(position, role)| (RoleId::new(position), role.as_ref()))
    }

    /// The bindings that count: those of the cluster by name, then those of namespaces by namespace and name. Of several
    /// definitions that mean the same, only the first is among them.
    pub fn bindings(&self) -> impl Iterator<Item = (BindingId, &Binding)> {
        self.in_force.iter().filter_map(|&id| Some((id, self.binding(id)?)))
    }

    /// The definitions of the role that a binding hands out: none where the role is missing, several where they differ.
    pub fn roles_of(&self, binding: BindingId) -> &[RoleId] {
        self.handed_out(binding).map_or(&[], |handed_out| &handed_out.roles)
    }

    /// Whether a role has other definitions that do not mean the same.
    pub fn role_differs(&self, role: RoleId) -> bool {
        self.differing_roles.contains(&role)
    }

    /// Whether a binding has other definitions that do not mean the same.
    pub fn binding_differs(&self, binding: BindingId) -> bool {
        self.differing_bindings.contains(&binding)
    }

    /// Whether what a binding hands out depends on which of several definitions holds: of itself, or of its role.
    pub fn is_conditional(&self, binding: BindingId) -> bool {
        self.handed_out(binding).is_some_and(|handed_out| handed_out.is_conditional)
    }

    /// The rules that a role comes to once aggregation has been worked out.
    pub fn rules_of(&self, role: RoleId) -> impl Iterator<Item = RoleRule<'_>> {
        self.effective_rules(role).iter().filter_map(|effective| {
            let EffectiveRule { place, is_conditional, .. } = *effective;
            Some(RoleRule { rule: self.role(place.role)?.rules.get(place.index)?, place, is_conditional })
        })
    }

    /// All bindings, in the order in which they were given.
    pub fn all_bindings(&self) -> impl Iterator<Item = (BindingId, &Binding)> {
        self.bindings.iter().enumerate().map(|(position, binding)| (BindingId::new(position), binding.as_ref()))
    }

    /// The bindings that name a user or one of its groups, in any namespace, in order.
    pub fn bindings_naming(&self, identity: &Identity) -> Vec<BindingId> {
        let mut bindings = self.index.bindings_anywhere(identity, &self.symbols);
        bindings.sort();
        bindings.dedup();
        bindings
    }

    /// Looks up all names of a request, so that it can be decided any number of times.
    pub fn prepare(&self, request: &Request) -> Prepared<'_> {
        let identity = &request.identity;
        let uses = match &request.action {
            Action::Resource(_) => self.index.on_resources(identity, self.place(&request.action)),
            Action::Url { .. } => self.index.on_urls(identity, &self.symbols),
        };
        Prepared { uses, is_master: identity.is_master(), action: self.compile_action(&request.action) }
    }

    pub(super) fn compile_action(&self, action: &Action) -> CompiledAction {
        self.rules.action(action, &self.symbols)
    }

    /// The bindings that name whoever asks, where the request is, in order: those of the cluster first.
    pub(super) fn bindings_for(&self, request: &Request) -> Vec<BindingId> {
        let mut bindings = self.index.bindings(&request.identity, self.place(&request.action));
        bindings.sort_by_key(|&id| (self.binding(id).is_some_and(|binding| binding.namespace.is_some()), id));
        bindings.dedup();
        bindings
    }

    fn place(&self, action: &Action) -> Place<'_> {
        let namespace = action.namespace().map(|namespace| self.symbols.find(namespace));
        Place { namespace, symbols: &self.symbols }
    }

    pub(super) fn handed_out(&self, binding: BindingId) -> Option<&HandedOut> {
        self.handed_out.get(binding.position())
    }

    pub(super) fn effective_rules(&self, role: RoleId) -> &[EffectiveRule] {
        self.effective.get(role.position()).map_or(&[], Vec::as_slice)
    }

    pub(super) fn compiled_rules(&self) -> &Rules {
        &self.rules
    }

    pub(super) fn layout(&self) -> &Layout {
        &self.layout
    }
}

fn handed_out(binding: &Binding, differs: bool, roles: &BTreeMap<Key<'_>, Definitions>) -> HandedOut {
    let definitions = binding.role_key().and_then(|key| roles.get(&key));
    let distinct = definitions.iter().flat_map(|definitions| &definitions.distinct);
    HandedOut {
        roles: distinct.map(|&position| RoleId::new(position)).collect(),
        is_conditional: differs || definitions.is_some_and(Definitions::differ),
    }
}
