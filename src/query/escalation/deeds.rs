//! What is done in a proof, in words: states, and each step with what is picked of it.

use super::proof::{How, Proof, ProofStep};
use super::state::{Place, State, Thread, Writing, Written};
use crate::query::{Access, Who};
use crate::rbac::{BindingId, RoleId};

/// A step with those behind it in which one picks one of many.
#[derive(Clone, Debug)]
pub struct Deed<'p> {
    /// What is done.
    pub step: &'p ProofStep,
    /// What is picked of what comes of it.
    pub picks: Vec<&'p ProofStep>,
}

impl Proof {
    /// What is done, in order.
    pub fn deeds(&self) -> Vec<Deed<'_>> {
        let mut deeds: Vec<Deed<'_>> = Vec::new();
        for step in &self.steps {
            match deeds.last_mut() {
                Some(deed) if step.how == How::OneOf && matches!(deed.step.how, How::Technique(_)) => {
                    deed.picks.push(step);
                }
                _ => deeds.push(Deed { step, picks: Vec::new() }),
            }
        }
        deeds
    }
}

impl<'p> Deed<'p> {
    /// What comes of it in the end.
    pub fn to(&self) -> &'p State {
        self.picks.last().map_or(&self.step.to, |pick| &pick.to)
    }

    /// All that is done in it.
    pub fn steps(&self) -> impl Iterator<Item = &'p ProofStep> {
        std::iter::once(self.step).chain(self.picks.iter().copied())
    }
}

/// Finds words for states and for what is done.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// What was read.
    pub access: &'a Access,
    /// How names are written.
    pub name: fn(&str) -> String,
}

impl Words<'_> {
    /// What one has, to be read after a verb.
    pub fn state(&self, state: &State) -> String {
        match state {
            State::Subject(who) => self.subject(who),
            State::AnyUser => "any user".to_owned(),
            State::AnyGroup => format!("a member of any group but {}", self.named("system:masters")),
            State::Accounts(place) => self.of("any ServiceAccount", place.as_deref()),
            State::AbsentAccounts(place) => self.of("a ServiceAccount that is bound and not there,", place.as_deref()),
            State::Pods(place) => self.of("any pod", place.as_deref()),
            State::Pod(namespace, name) => format!("pod {}", self.named(&format!("{namespace}/{name}"))),
            State::Nodes => "a node".to_owned(),
            State::Bound(binding) => self.binding(*binding),
            State::Tokens(place) => self.of("any ServiceAccount that has one", place.as_deref()),
            State::Secrets => format!("the Secrets of {}", self.named("kube-system")),
            State::AnyRole(place) => self.of("any Role", place.as_deref()),
            State::Everything(Some(namespace)) | State::NamespaceAdmin(namespace) => {
                format!("admin of {}", self.named(namespace))
            }
            State::Everything(None) => "admin of any namespace".to_owned(),
            State::ClusterAdmin => self.named("cluster-admin"),
            State::With(inner, _) => self.state(inner),
            State::Role(role, at) => self.role(*role, at),
        }
    }

    /// Who does something that holds a state.
    pub fn actor(&self, of: &State) -> String {
        match of.plain() {
            State::Role(..) => format!("the holder of {}", self.state(of)),
            State::Everything(_) => format!("the {}", self.state(of)),
            _ => self.state(of),
        }
    }

    /// What is done, to be read after who does it.
    pub fn deed(&self, deed: &Deed<'_>) -> String {
        let step = deed.step;
        match (step.how, &step.from, &step.to) {
            (How::Technique(_), from, State::With(_, Thread::Written(written))) if !matches!(from, State::With(..)) => {
                self.written(written)
            }
            (How::Technique(technique), State::With(..), to) if !matches!(to, State::With(..)) => {
                format!("with that, {}", technique.deed.replace("{}", &self.target(deed)))
            }
            (How::Holds, State::With(..), to) if !matches!(to, State::With(..)) => {
                format!("is {} by that", self.state(to))
            }
            (How::Part, ..) => "holds a part of what is done later".to_owned(),
            (How::Technique(technique), ..) => technique.deed.replace("{}", &self.target(deed)),
            (How::Member, ..) => format!("is in {}", self.state(&deed.step.to)),
            (How::OneOf, ..) => format!("includes {}", self.state(&deed.step.to)),
            (How::Holds, ..) => format!("is {}", self.state(&deed.step.to)),
        }
    }

    /// What is done to roles.
    fn written(&self, written: &Written) -> String {
        let kind = if written.is_of_cluster { "ClusterRole" } else { "Role" };
        let namespace = written.namespace.as_ref();
        let role = match (&written.name, namespace) {
            (Some(name), Some(namespace)) => format!("{kind} {}", self.named(&format!("{namespace}/{name}"))),
            (Some(name), None) => format!("{kind} {}", self.named(name)),
            (None, _) => self.of(&format!("any {kind}"), namespace.map(String::as_str)),
        };
        match written.how {
            Writing::Changed => format!("rewrites {role}, to which somebody else is bound"),
            Writing::Made => format!("makes {role}, to which somebody else is bound"),
            Writing::TakesIn => {
                "makes a ClusterRole that is taken in by one to which somebody else is bound".to_owned()
            }
        }
    }

    /// What comes of a step, and what is picked of it.
    fn target(&self, deed: &Deed<'_>) -> String {
        let all = self.state(&deed.step.to);
        let Some(last) = deed.picks.last() else { return all };
        let picked = self.state(&last.to);
        match (deed.step.to.plain(), last.to.plain()) {
            (State::Nodes, State::Pods(_)) => format!("a node, and so {picked} on it"),
            (State::Nodes, _) => format!("a node, and so has the tokens of its pods, such as that of {picked}"),
            (State::Secrets, State::Subject(_)) => format!("{all}, and so a token of {picked}"),
            (State::Pods(_), State::Subject(_)) => format!("a pod of {picked}"),
            (State::Pod(..), State::Subject(_)) => format!("{all} of {picked}"),
            (State::Bound(_), State::Role(..)) => format!("{all} to {picked}"),
            (State::AbsentAccounts(_), _) => format!("{picked}, which is bound and not there,"),
            _ => picked,
        }
    }

    /// Somebody.
    pub fn subject(&self, who: &Who) -> String {
        match who {
            Who::ServiceAccount { namespace, name } => {
                format!("ServiceAccount {}", self.named(&format!("{namespace}/{name}")))
            }
            Who::User(name) => format!("User {}", self.named(name)),
            Who::Group(name) => format!("Group {}", self.named(name)),
        }
    }

    fn binding(&self, binding: BindingId) -> String {
        let Some(binding) = self.access.policy().binding(binding) else { return String::new() };
        let namespace = binding.namespace.as_ref().map_or_else(String::new, |namespace| format!("{namespace}/"));
        format!("{} {}", binding.kind(), self.named(&format!("{namespace}{}", binding.name)))
    }

    fn role(&self, role: RoleId, at: &Place) -> String {
        let Some(role) = self.access.policy().role(role) else { return String::new() };
        let name = if role.name.is_empty() { "(without a name)" } else { &role.name };
        let own = role.namespace.as_ref().map_or_else(|| name.to_owned(), |namespace| format!("{namespace}/{name}"));
        let text = format!("{} {}", role.kind(), self.named(&own));
        match at {
            Place::Cluster => format!("{text} in the whole cluster"),
            Place::Namespaces => format!("{text} in any namespace"),
            Place::Namespace(namespace) if role.namespace.is_none() => format!("{text} in {}", self.named(namespace)),
            Place::Namespace(_) => text,
        }
    }

    fn of(&self, what: &str, place: Option<&str>) -> String {
        place.map_or_else(|| what.to_owned(), |namespace| format!("{what} of {}", self.named(namespace)))
    }

    fn named(&self, name: &str) -> String {
        (self.name)(name)
    }
}
