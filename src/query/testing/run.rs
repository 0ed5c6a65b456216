//! Runs tests: whether what they claim is what the manifests say.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::file::{Only, Test, TestFile};
use super::result::{Failed, Found, Reached, Tested, TestedFile, Way, Why};
use super::search::allowed_by;
use super::sought::{Puzzles, Sought, missing_namespace};
use super::target::Meaningless;
use super::wanted::Wanted;
use super::whom::{Whom, everybody};
use crate::query::escalation::{Certainty, Escalations, Sink};
use crate::query::{Access, Known, Who, nearest};
use crate::rbac::{Action, MASTERS, Request, Verdict};
use crate::source::Span;
use crate::yaml::excerpt;

/// Of so many denials of one claim it is worked out what comes nearest.
const MOST_EXPLAINED: usize = 3;

/// Runs tests against what was read.
#[derive(Debug)]
pub struct Runner<'a> {
    access: &'a Access,
    everybody: BTreeSet<Who>,
    escalations: OnceCell<Escalations<'a>>,
}

impl<'a> Runner<'a> {
    /// Gets ready for the tests about what was read.
    pub fn new(access: &'a Access) -> Self {
        Self { access, everybody: everybody(access), escalations: OnceCell::new() }
    }

    /// Runs the tests of a file that are wanted, in its order.
    pub fn run<'t>(&self, file: &'t TestFile, is_wanted: impl Fn(&Test) -> bool) -> TestedFile<'t> {
        let wanted = file.tests.iter().filter(|test| is_wanted(test));
        TestedFile { file, tests: wanted.map(|test| self.test(test)).collect() }
    }

    fn test<'t>(&self, test: &'t Test) -> Tested<'t> {
        let mut run = Run { runner: self, test, failures: Vec::new(), notes: Vec::new() };
        run.all();
        let Run { mut failures, mut notes, .. } = run;
        failures.sort_by_key(|failed| failed.span);
        notes.dedup();
        Tested { test, failures, notes }
    }
}

/// One test that is being run.
struct Run<'r, 'a, 't> {
    runner: &'r Runner<'a>,
    test: &'t Test,
    failures: Vec<Failed>,
    notes: Vec<String>,
}

impl Run<'_, '_, '_> {
    fn all(&mut self) {
        let test = self.test;
        if let Some(only) = &test.only {
            self.only(only);
            return;
        }
        let subjects = self.subjects();
        let allowed = self.understood(&test.allow);
        let denied = self.understood(&test.deny);
        for (span, sought) in &allowed {
            self.allow(&subjects, *span, sought);
        }
        for (span, sought) in &denied {
            self.deny(&subjects, *span, sought, &allowed);
        }
        for (span, sink) in &test.no_path {
            self.no_path(&subjects, *span, sink);
        }
    }

    fn fail(&mut self, span: Span, why: Why) {
        self.failures.push(Failed { span, why });
    }

    /// About whom the test is. Whoever matches nobody tests nothing.
    fn subjects(&mut self) -> Vec<Who> {
        let test = self.test;
        // A pattern of `except` may find nothing: it takes away what there may be.
        let except = test.except.iter().filter(|whom| whom.subject().is_some());
        self.refuse_nobody(test.subjects.iter().chain(except));
        let found = test.subjects.iter().flat_map(|whom| whom.among(&self.runner.everybody));
        let is_meant = |who: &Who| !test.except.iter().any(|except| except.is(who));
        let subjects: BTreeSet<_> = found.filter(is_meant).collect();
        let is_told = test.is_optional || !self.failures.is_empty();
        if let Some(except) = test.except.first().filter(|_| subjects.is_empty() && !is_told) {
            let message = "`except` leaves nobody of `subjects` over".to_owned();
            self.fail(except.span, Why::Meaningless { message, help: None });
        }
        subjects.into_iter().collect()
    }

    /// Fails at subjects that are not there, unless they may be missing.
    fn refuse_nobody<'w>(&mut self, whom: impl Iterator<Item = &'w Whom>) {
        if self.test.is_optional {
            return;
        }
        for whom in whom {
            if let Some(message) = whom.nobody(self.runner.access, &self.runner.everybody) {
                let help = "`optional: true` lets the subjects of a test be missing".to_owned();
                self.fail(whom.span, Why::Meaningless { message, help: Some(help) });
            }
        }
    }

    /// What is wanted, as far as it means something; what does not is told.
    fn understood(&mut self, wanted: &[Wanted]) -> Vec<(Span, Sought)> {
        let mut understood = Vec::new();
        for wanted in wanted {
            let (sought, puzzles) = Sought::new(wanted, self.runner.access, self.test.is_optional);
            self.notes.extend(sought.notes().cloned());
            if puzzles.is_empty() {
                understood.push((wanted.span, sought));
            }
            self.puzzled(puzzles);
        }
        understood
    }

    fn puzzled(&mut self, puzzles: Puzzles) {
        for (span, meaningless) in puzzles {
            self.fail(span, Why::Meaningless { message: meaningless.message, help: meaningless.help });
        }
    }

    fn allow(&mut self, subjects: &[Who], span: Span, sought: &Sought) {
        let actions = sought.actions(self.runner.access);
        let this = &*self;
        let asked = subjects.iter().flat_map(|who| actions.iter().map(move |action| this.found(who, action.clone())));
        let is_denied = |found: &Found| found.decision.verdict != Verdict::Allowed;
        let mut denied: Vec<_> = asked.filter(is_denied).collect();
        denied.iter_mut().take(MOST_EXPLAINED).for_each(|found| this.explain(found, sought));
        if !denied.is_empty() {
            self.fail(span, Why::NotAllowed(denied));
        }
    }

    /// Adds to a denial what comes nearest to allowing it.
    fn explain(&self, found: &mut Found, sought: &Sought) {
        let access = self.runner.access;
        let request = Request { identity: found.identity.clone(), action: found.action.clone() };
        if found.action.namespace().is_none() {
            let narrowed = Sought { verbs: verb(&found.action), ..sought.clone() };
            let bindings = access.policy().bindings_naming(&found.identity).into_iter();
            let allowed = bindings.flat_map(|id| allowed_by(access, id, &narrowed));
            let same = allowed.filter(|action| is_elsewhere(action, &found.action));
            let namespaces: BTreeSet<_> = same.filter_map(|action| action.namespace().map(str::to_owned)).collect();
            found.elsewhere = namespaces.into_iter().collect();
        }
        if found.decision.verdict == Verdict::Denied && found.elsewhere.is_empty() {
            found.misses = nearest(access, &request);
        }
    }

    fn deny(&mut self, subjects: &[Who], span: Span, sought: &Sought, allowed: &[(Span, Sought)]) {
        let access = self.runner.access;
        let is_left_out = |action: &Action| allowed.iter().any(|(_, sought)| sought.holds(action));
        let mut found = Vec::new();
        for who in subjects {
            let identity = who.identity();
            let bindings = access.policy().bindings_naming(&identity).into_iter();
            let mut actions: BTreeSet<_> = bindings.flat_map(|id| allowed_by(access, id, sought)).collect();
            if identity.is_master() {
                actions.extend(sought.actions(access));
            }
            let actions = actions.into_iter().filter(|action| !is_left_out(action));
            found.extend(actions.map(|action| self.found(who, action)));
        }
        found.retain(|found| found.decision.verdict != Verdict::Denied);
        if !found.is_empty() {
            self.fail(span, Why::Allowed(found));
        }
    }

    fn only(&mut self, only: &Only) {
        self.refuse_nobody(only.may.iter());
        let mut able = BTreeSet::new();
        for (span, sought) in self.understood(&only.can) {
            let all = self.holders(&sought);
            let is_other = |who: &Who| !only.may.iter().any(|whom| whom.holds(who));
            let others = all.iter().filter(|(who, _)| is_other(who));
            let found: Vec<_> = others
                .flat_map(|(who, actions)| actions.iter().map(|action| self.found(who, action.clone())))
                .collect();
            able.extend(all.into_keys());
            if !found.is_empty() {
                self.fail(span, Why::AlsoAllowed(found));
            }
        }
        let is_known = |whom: &&Whom| whom.nobody(self.runner.access, &self.runner.everybody).is_none();
        let idle = only.may.iter().filter(|whom| !able.iter().any(|who| whom.is(who))).filter(is_known);
        self.notes.extend(idle.map(|whom| format!("`{}` may do none of it either", whom.text)));
    }

    /// Everybody who may do something of what is sought, with what they may. Whom only the default policy allows it does
    /// not count, nor do the members of `system:masters`.
    fn holders(&self, sought: &Sought) -> BTreeMap<Who, BTreeSet<Action>> {
        let access = self.runner.access;
        let mut holders: BTreeMap<Who, BTreeSet<Action>> = BTreeMap::new();
        for (id, binding) in access.own_bindings() {
            let actions = allowed_by(access, id, sought);
            if actions.is_empty() {
                continue;
            }
            for who in Who::all_of_binding(binding).filter(|who| *who != Who::Group(MASTERS.to_owned())) {
                holders.entry(who).or_default().extend(actions.iter().cloned());
            }
        }
        holders
    }

    /// What depends on more than what was read is no failure, but has to be known.
    fn no_path(&mut self, subjects: &[Who], span: Span, sink: &Sink) {
        let runner = self.runner;
        if let Some(missing) = missing(runner.access.known(), sink).filter(|_| !self.test.is_optional) {
            self.puzzled(vec![(span, missing)]);
            return;
        }
        let escalations = runner.escalations.get_or_init(|| Escalations::of(runner.access));
        let wider = sink.with_wider();
        let toward: Vec<_> = wider.iter().filter_map(|sink| Some((sink, escalations.toward(sink)?))).collect();
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
        if let Some(first) = unsure.first() {
            let others = if let 1 = unsure.len() { String::new() } else { format!(" and {} more", unsure.len() - 1) };
            let how = format!("`rolecall escalate {} --to {sink}` tells how", first.written());
            self.notes.push(format!("{first}{others} may come to {sink} where the environment lets them: {how}"));
        }
        if !ways.is_empty() {
            self.fail(span, Why::Path(ways));
        }
    }

    fn found(&self, who: &Who, action: Action) -> Found {
        let request = Request { identity: who.identity(), action };
        let decision = self.runner.access.policy().decide(&request);
        let Request { identity, action } = request;
        Found { who: who.clone(), identity, action, decision, misses: Vec::new(), elsewhere: Vec::new() }
    }
}

fn verb(action: &Action) -> Vec<String> {
    match action {
        Action::Resource(action) => vec![action.verb.clone()],
        Action::Url { verb, .. } => vec![verb.clone()],
    }
}

/// Whether somebody is what is to be reached.
/// What is told of a thing to reach that is not there.
fn missing(known: &Known, sink: &Sink) -> Option<Meaningless> {
    match sink {
        Sink::Account { namespace, name } => {
            let is_there = known.account_of(namespace, name).is_some() || known.has_account(namespace, name);
            (!is_there).then(|| {
                let meant = known.nearest_account(namespace, name, |_| false);
                let (namespace, name) = (excerpt(namespace), excerpt(name));
                let message = format!("there is no ServiceAccount `{namespace}/{name}` in what was read");
                Meaningless::new(message, meant.map(|near| format!("did you mean `{near}`?")))
            })
        }
        Sink::NamespaceAdmin(namespace) | Sink::NamespaceAccounts(namespace) => {
            (!known.has_namespace(namespace)).then(|| missing_namespace(namespace, known))
        }
        Sink::ClusterAdmin | Sink::Nodes | Sink::KubeSystemAccounts | Sink::KubeSystemSecrets => None,
    }
}

fn is_itself(who: &Who, sink: &Sink) -> bool {
    match (who, sink) {
        (Who::ServiceAccount { namespace, name }, Sink::Account { namespace: own, name: other }) => {
            namespace == own && name == other
        }
        _ => false,
    }
}

/// Whether one thing to do is the other in a single namespace.
fn is_elsewhere(action: &Action, other: &Action) -> bool {
    match (action, other) {
        (Action::Resource(one), Action::Resource(other)) => {
            !one.namespace.is_empty() && one.full_resource() == other.full_resource() && one.name == other.name
        }
        _ => false,
    }
}
