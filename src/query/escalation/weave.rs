//! The web of a read set: what everybody can do, and what comes of it.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::around;
use super::combos::{Combo, combos};
use super::gains::{Gains, everything_in, written};
use super::holdings::{Bound, Holdings, RoleBook, Settled, bound};
use super::proof::How;
use super::sink::SYSTEM;
use super::state::{Place, State};
use super::technique::Certainty;
use super::techniques;
use super::threads::Threads;
use super::web::{Node, Support, Way, Web};
use crate::query::{Access, Who};
use crate::rbac::{BindingId, MASTERS, RoleId, RulePlace};

/// Makes the web of what was read.
pub(super) fn weave(access: &Access) -> Web {
    let version = access.catalog().version();
    let known = techniques::all().filter(|it| it.until.is_none_or(|until| !version.at_least(until))).collect();
    let weaver = Weaver {
        access,
        gains: Gains::new(access),
        book: RoleBook::new(access, known),
        bound: bound(access),
        of_groups: BTreeMap::new(),
        web: Web::default(),
        waiting: Vec::new(),
        threads: Threads::default(),
    };
    weaver.weave()
}

/// Ways that are found by what is kept on the way are looked for again no more often than this.
const MOST_ROUNDS: usize = 4;

struct Weaver<'a> {
    access: &'a Access,
    gains: Gains<'a>,
    book: RoleBook<'a>,
    bound: BTreeMap<Who, Vec<Bound<'a>>>,
    /// What groups hold that somebody is in.
    of_groups: BTreeMap<Who, Rc<Holdings<'a>>>,
    web: Web,
    /// States that were come to, and of which it is not yet told where they lead.
    waiting: Vec<(State, Node)>,
    threads: Threads<'a>,
}

impl<'a> Weaver<'a> {
    fn weave(mut self) -> Web {
        self.node(State::ClusterAdmin);
        let masters = Who::Group(MASTERS.to_owned());
        let everybody: Vec<_> = self.bound.keys().cloned().chain([masters]).map(State::Subject).collect();
        for state in everybody {
            self.node(state);
        }
        for person in &self.gains.people.all {
            let state = State::account(person.namespace, person.name);
            let (node, is_new) = self.web.node(state.clone());
            if is_new {
                self.waiting.push((state, node));
            }
        }
        // What comes of what is kept on the way leads on at times.
        for _ in 0..MOST_ROUNDS {
            while let Some((state, node)) = self.waiting.pop() {
                self.lead(&state, node);
            }
            let mut threads = std::mem::take(&mut self.threads);
            let new = threads.follow(&mut self.web, &self.gains, &self.book.techniques);
            self.threads = threads;
            if new.is_empty() {
                break;
            }
            self.waiting.extend(new);
        }
        let techniques = self.book.techniques;
        self.web.settle(|how| match how {
            How::Technique(technique) => techniques.iter().position(|it| std::ptr::eq(*it, *technique)).unwrap_or(0),
            How::Member | How::OneOf | How::Holds | How::Part => 0,
        });
        self.web
    }

    fn node(&mut self, state: State) -> Node {
        let (node, is_new) = self.web.node(state.clone());
        if is_new {
            self.waiting.push((state, node));
        }
        node
    }

    /// Adds a way that takes no permission.
    fn simply(&mut self, from: Node, to: State, how: How, certainty: Certainty) {
        let to = self.node(to);
        self.web.add(Way { from, to, how, certainty, caveat: "", takes: Vec::new() });
    }

    /// Adds all ways from a state.
    fn lead(&mut self, state: &State, node: Node) {
        match state {
            State::Subject(who) => self.lead_subject(who, node),
            State::Role(role, place) => self.lead_role(*role, place, node),
            State::Everything(place) => self.lead_everything(place.as_deref(), node),
            State::AnyRole(place) => self.lead_any_role(place.as_deref(), node),
            State::AnyUser => {
                let users = self.access.known().users().map(Who::user).filter(|who| matches!(who, Who::User(_)));
                for user in users.collect::<Vec<_>>() {
                    self.simply(node, State::Subject(user), How::OneOf, Certainty::Certain);
                }
            }
            State::AnyGroup => {
                for group in self.access.known().groups().filter(|group| *group != MASTERS) {
                    self.simply(node, State::Subject(Who::Group(group.to_owned())), How::OneOf, Certainty::Certain);
                }
            }
            State::ClusterAdmin | State::NamespaceAdmin(_) | State::With(..) => {}
            State::Bound(binding) => self.lead_bound(*binding, node),
            State::Accounts(_)
            | State::AbsentAccounts(_)
            | State::Pods(_)
            | State::Pod(..)
            | State::Tokens(_)
            | State::Secrets
            | State::Nodes => {
                for (to, certainty) in around::of(state, &self.gains.people) {
                    self.simply(node, to, How::OneOf, certainty);
                }
            }
        }
    }

    fn lead_subject(&mut self, who: &Who, node: Node) {
        if matches!(who, Who::Group(group) if group == MASTERS) {
            return self.simply(node, State::ClusterAdmin, How::Holds, Certainty::Certain);
        }
        let is_other = |group: &Who| group != who;
        let groups: Vec<_> = who.identity().groups.into_iter().map(Who::Group).filter(is_other).collect();
        let groups: Vec<_> = groups.into_iter().filter(|group| self.bound.contains_key(group)).collect();
        for group in &groups {
            self.simply(node, State::Subject(group.clone()), How::Member, Certainty::Certain);
        }
        let own = self.bound.get(who).cloned().unwrap_or_default();
        if self.lead_holders(&own, node) {
            return;
        }
        let own_holdings = Rc::new(self.holdings(&own));
        let of_groups = groups.iter().map(|group| self.holdings_of_group(group)).collect::<Vec<_>>();
        let of_groups = of_groups.into_iter().filter(|holdings| !holdings.is_empty());
        let sources: Vec<_> = std::iter::once(own_holdings).chain(of_groups).collect();
        if sources.first().is_none_or(|own| own.is_empty()) && sources.len() < 3 {
            return;
        }
        let all: Vec<_> = groups.into_iter().chain([who.clone()]).collect();
        self.lead_combos(&self.book.settled(&sources), &all, node);
    }

    fn holdings(&mut self, all: &[Bound<'a>]) -> Holdings<'a> {
        let mut holdings = Holdings::default();
        for bound in all {
            self.book.add(bound, &mut holdings);
        }
        holdings
    }

    fn holdings_of_group(&mut self, group: &Who) -> Rc<Holdings<'a>> {
        if let Some(known) = self.of_groups.get(group) {
            return Rc::clone(known);
        }
        let all = self.bound.get(group).cloned().unwrap_or_default();
        let holdings = Rc::new(self.holdings(&all));
        self.of_groups.insert(group.clone(), Rc::clone(&holdings));
        holdings
    }

    /// Adds what somebody holds outright, and tells whether that is all there is.
    fn lead_holders(&mut self, own: &[Bound<'a>], node: Node) -> bool {
        let mut is_all = false;
        for bound in own {
            let Some((state, rule, is_conditional)) = self.held_by(bound) else { continue };
            let is_conditional = is_conditional || bound.is_conditional;
            is_all |= state == State::ClusterAdmin && !is_conditional;
            let binding = Some((bound.binding, bound.subject));
            self.hold(node, state, Support { binding, role: bound.role, rule, is_conditional });
        }
        is_all
    }

    /// What is held outright by being bound to a role: everything, or what makes an admin of a namespace.
    fn held_by(&mut self, bound: &Bound<'a>) -> Option<(State, RulePlace, bool)> {
        if let Some((rule, is_conditional)) = self.book.carries(bound.role).everything {
            return Some((everything_in(bound.namespace), rule, is_conditional));
        }
        let namespace = bound.namespace.filter(|_| self.is_admin(bound.role))?;
        let rule = self.access.policy().rules_of(bound.role).next()?;
        Some((State::NamespaceAdmin(namespace.to_owned()), rule.place, rule.is_conditional))
    }

    fn hold(&mut self, from: Node, state: State, support: Support) {
        let to = self.node(state);
        self.web.add(Way {
            from,
            to,
            how: How::Holds,
            certainty: Certainty::Certain,
            caveat: "",
            takes: vec![vec![support]],
        });
    }

    /// Whether a role is the ClusterRole that Kubernetes means for the admins of namespaces.
    fn is_admin(&self, role: RoleId) -> bool {
        self.access.policy().role(role).is_some_and(|role| role.key() == (None, "admin"))
    }

    fn lead_combos(&mut self, settled: &Settled<'a>, own: &[Who], node: Node) {
        self.threads.hold(&self.book.techniques, settled, node);
        for combo in combos(&self.book.techniques, settled) {
            if combo.technique.is_of_system && combo.place.is_some_and(|place| place != SYSTEM) {
                continue;
            }
            self.lead_combo(&combo, own, node);
        }
    }

    fn lead_combo(&mut self, combo: &Combo<'a>, own: &[Who], node: Node) {
        let technique = combo.technique;
        for selected in combo.selected() {
            let (takes, caveat) = (selected.supports(), selected.caveat());
            let doubt = if caveat.is_empty() { Certainty::Certain } else { Certainty::Environment };
            let states = self.gains.states(combo, &selected, own);
            if let Some(written) = written(combo, &selected).filter(|_| !states.contains(&everything_in(combo.place))) {
                let how = How::Technique(technique);
                let certainty = technique.certainty.max(doubt);
                let way = Way { from: node, to: node, how, certainty, caveat, takes: takes.clone() };
                self.threads.write(written, way);
            }
            for state in states {
                let certainty = technique.certainty.max(self.gains.certainty(technique.gives, &state)).max(doubt);
                let to = self.node(state);
                let how = How::Technique(technique);
                self.web.add(Way { from: node, to, how, certainty, caveat, takes: takes.clone() });
            }
        }
    }

    /// What comes of the rights of a role by themselves.
    fn lead_role(&mut self, role: RoleId, place: &Place, node: Node) {
        let namespace = match place {
            Place::Cluster | Place::Namespaces => None,
            Place::Namespace(namespace) => Some(namespace.as_str()),
        };
        if let Some((rule, is_conditional)) = self.book.carries(role).everything {
            let state = match place {
                Place::Cluster => State::ClusterAdmin,
                Place::Namespaces | Place::Namespace(_) => State::Everything(namespace.map(str::to_owned)),
            };
            return self.hold(node, state, Support { binding: None, role, rule, is_conditional });
        }
        if let Some(namespace) = namespace.filter(|_| self.is_admin(role)) {
            self.simply(node, State::NamespaceAdmin(namespace.to_owned()), How::Holds, Certainty::Certain);
        }
        // A namespace of the read set, since names of places live as long as it does.
        let known = namespace.and_then(|namespace| self.access.known().namespaces().find(|it| *it == namespace));
        if namespace.is_some() && known.is_none() {
            return;
        }
        let mut holdings = Holdings::default();
        self.book.add_role(role, (known, None, false), &mut holdings);
        let mut settled = self.book.settled(&[Rc::new(holdings)]);
        if *place == Place::Namespaces {
            let techniques = &self.book.techniques;
            settled.retain(|&number, _| techniques.get(number).is_some_and(|it| !it.is_of_cluster()));
        }
        self.lead_combos(&settled, &[], node);
    }

    /// Whoever holds every right in a namespace may do all that is done in one.
    fn lead_everything(&mut self, place: Option<&str>, node: Node) {
        let owned = place.map(str::to_owned);
        if place.is_none() {
            let namespaces: Vec<_> = self.access.known().namespaces().map(str::to_owned).collect();
            for namespace in namespaces {
                self.simply(node, State::Everything(Some(namespace)), How::OneOf, Certainty::Certain);
            }
        }
        if let Some(namespace) = owned.clone() {
            self.simply(node, State::NamespaceAdmin(namespace), How::Holds, Certainty::Certain);
        }
        let mut does = |id: &str, state: State| {
            let technique = self.book.techniques.iter().find(|it| it.id == id).copied();
            if let Some(technique) = technique {
                self.simply(node, state, How::Technique(technique), technique.certainty);
            }
        };
        does("E01", State::Accounts(owned.clone()));
        does("E26", State::AbsentAccounts(owned));
        does("E56", State::Nodes);
        if place.is_none_or(|namespace| namespace == SYSTEM) {
            does("E22", State::Secrets);
        }
    }

    /// Who is in a binding holds what it hands out.
    fn lead_bound(&mut self, id: BindingId, node: Node) {
        let policy = self.access.policy();
        let Some(binding) = policy.binding(id) else { return };
        let place =
            binding.namespace.as_deref().map_or(Place::Cluster, |namespace| Place::Namespace(namespace.to_owned()));
        for &role in policy.roles_of(id) {
            self.simply(node, State::Role(role, place.clone()), How::OneOf, Certainty::Certain);
        }
    }

    fn lead_any_role(&mut self, place: Option<&str>, node: Node) {
        let roles = self.access.policy().roles().filter_map(|(id, role)| Some((id, role.namespace.as_deref()?)));
        let there = roles.filter(|(_, namespace)| place.is_none_or(|place| place == *namespace));
        let states: Vec<_> = there.map(|(id, it)| State::Role(id, Place::Namespace(it.to_owned()))).collect();
        for state in states {
            self.simply(node, state, How::OneOf, Certainty::Certain);
        }
    }
}
