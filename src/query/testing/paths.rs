//! Ways to more than somebody was given, of which a test claims that there are none.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::result::{Reached, Way};
use super::sought::missing_namespace;
use super::target::Meaningless;
use crate::query::escalation::{Certainty, Escalations, Sink, Toward};
use crate::query::{Access, Known, Who};
use crate::yaml::excerpt;

/// The ways to everything that some test asks about: each is looked for once, however many tests ask.
pub(super) struct Paths<'r, 'a> {
    access: &'a Access,
    escalations: &'r OnceCell<Escalations<'a>>,
    toward: RefCell<BTreeMap<Sink, Option<Rc<Toward<'r>>>>>,
}

impl<'r, 'a> Paths<'r, 'a> {
    /// Gets ready: nothing is looked for before a test asks.
    pub(super) fn new(access: &'a Access, escalations: &'r OnceCell<Escalations<'a>>) -> Self {
        Self { access, escalations, toward: RefCell::default() }
    }

    fn escalations(&self) -> &'r Escalations<'a> {
        self.escalations.get_or_init(|| Escalations::of(self.access))
    }

    fn toward(&self, sink: &Sink) -> Option<Rc<Toward<'r>>> {
        let mut known = self.toward.borrow_mut();
        let found = || self.escalations().toward(sink).map(Rc::new);
        known.entry(sink.clone()).or_insert_with(found).clone()
    }

    /// The ways of these subjects to a thing or to what it is in, and what is told of those who may come there where the
    /// environment lets them.
    pub(super) fn to(&self, sink: &Sink, subjects: &[Who]) -> (Vec<Way>, Option<String>) {
        let escalations = self.escalations();
        let wider = sink.with_wider();
        let toward: Vec<_> = wider.iter().filter_map(|sink| Some((sink, self.toward(sink)?))).collect();
        let (mut ways, mut unsure) = (Vec::new(), Vec::new());
        for who in subjects.iter().filter(|who| !is_itself(who, sink)) {
            let held = || wider.iter().find_map(|sink| Some((sink, escalations.holds(who, sink)?)));
            let held = if who.identity().is_master() { Some((sink, Vec::new())) } else { held() };
            let proofs = toward.iter().filter_map(|(sink, toward)| Some((*sink, toward.proof(who)?)));
            let surest = || proofs.min_by_key(|(_, proof)| proof.certainty());
            let way = |sink: &Sink, how| Way { who: who.clone(), sink: sink.clone(), how };
            match held {
                Some((sink, grants)) => ways.push(way(sink, Reached::Held(grants))),
                None => match surest() {
                    Some((to, proof)) if proof.certainty() < Certainty::Environment => {
                        ways.push(way(to, Reached::By(proof)));
                    }
                    Some(_) => unsure.push(who),
                    None => {}
                },
            }
        }
        let note = unsure.first().map(|first| {
            let others = if let 1 = unsure.len() { String::new() } else { format!(" and {} more", unsure.len() - 1) };
            let how = format!("`rolecall escalate {} --to {sink}` tells how", first.written());
            format!("{first}{others} may come to {sink} where the environment lets them: {how}")
        });
        (ways, note)
    }
}

/// What is told of a thing to reach that is not there.
pub(super) fn missing(known: &Known, sink: &Sink) -> Option<Meaningless> {
    match sink {
        Sink::Account { namespace, name } => {
            let is_there = known.account_of(namespace, name).is_some() || known.has_account(namespace, name);
            (!is_there).then(|| {
                let meant = known.nearest_account(namespace, name, |_| false);
                let meant = meant.map(|near| format!("did you mean `{}/{}`?", excerpt(namespace), excerpt(near)));
                let (namespace, name) = (excerpt(namespace), excerpt(name));
                let message = format!("there is no ServiceAccount `{namespace}/{name}` in what was read");
                Meaningless::new(message, meant)
            })
        }
        Sink::NamespaceAdmin(namespace) | Sink::NamespaceAccounts(namespace) => {
            (!known.has_namespace(namespace)).then(|| missing_namespace(namespace, known))
        }
        Sink::ClusterAdmin | Sink::Nodes | Sink::KubeSystemAccounts | Sink::KubeSystemSecrets => None,
    }
}

/// Whether somebody is what is to be reached.
fn is_itself(who: &Who, sink: &Sink) -> bool {
    match (who, sink) {
        (Who::ServiceAccount { namespace, name }, Sink::Account { namespace: own, name: other }) => {
            namespace == own && name == other
        }
        _ => false,
    }
}
