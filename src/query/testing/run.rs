//! Runs tests: whether what they claim is what the manifests say.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::file::{Only, Test, TestFile};
use super::paths::{Paths, missing};
use super::result::{Failed, Found, Tested, TestedFile, Why};
use super::search::allowed_by;
use super::sought::{Puzzles, Sought};
use super::wanted::Wanted;
use super::whom::{Whom, everybody};
use crate::query::escalation::Sink;
use crate::query::{Access, Who, nearest};
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
}

impl<'a> Runner<'a> {
    /// Gets ready for the tests about what was read.
    pub fn new(access: &'a Access) -> Self {
        Self { access, everybody: everybody(access) }
    }

    /// Runs the tests of files that are wanted, in their order.
    pub fn run<'t>(&self, files: &'t [TestFile], is_wanted: impl Fn(&Test) -> bool) -> Vec<TestedFile<'t>> {
        let escalations = OnceCell::new();
        let paths = Paths::new(self.access, &escalations);
        let tested = files.iter().map(|file| {
            let wanted = file.tests.iter().filter(|test| is_wanted(test));
            TestedFile { file, tests: wanted.map(|test| self.test(test, &paths)).collect() }
        });
        tested.collect()
    }

    fn test<'t>(&self, test: &'t Test, paths: &Paths<'_, 'a>) -> Tested<'t> {
        let mut run = Run { runner: self, paths, test, failures: Vec::new(), notes: Vec::new() };
        run.all();
        let Run { mut failures, mut notes, .. } = run;
        failures.sort_by_key(|failed| failed.span);
        notes.dedup();
        Tested { test, failures, notes }
    }
}

/// One test that is being run.
struct Run<'r, 'p, 'a, 't> {
    runner: &'r Runner<'a>,
    paths: &'r Paths<'p, 'a>,
    test: &'t Test,
    failures: Vec<Failed>,
    notes: Vec<String>,
}

impl Run<'_, '_, '_, '_> {
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
        let is_told = !self.failures.is_empty() || !self.notes.is_empty();
        if let Some(except) = test.except.first().filter(|_| subjects.is_empty() && !is_told) {
            let message = "`except` leaves nobody of `subjects` over".to_owned();
            if test.is_optional {
                self.notes.push(message);
            } else {
                self.fail(except.span, Why::Meaningless { message, help: None });
            }
        }
        subjects.into_iter().collect()
    }

    /// Fails at subjects that are not there; where they may be missing, it is only said that they are.
    fn refuse_nobody<'w>(&mut self, whom: impl Iterator<Item = &'w Whom>) {
        for whom in whom {
            let nobody = whom.nobody(self.runner.access, &self.runner.everybody);
            if self.test.is_optional {
                self.notes.extend(nobody);
            } else if let Some(message) = nobody {
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
        // Who is listed by name or by a pattern needs no group.
        let by_groups: Vec<_> = able.iter().filter(|who| !only.may.iter().any(|whom| whom.is(who))).collect();
        self.notes.extend(idle.map(|whom| idle_note(whom, &by_groups)));
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
        if let Some(missing) = missing(self.runner.access.known(), sink) {
            if self.test.is_optional {
                self.notes.push(missing.in_one_line());
            } else {
                self.puzzled(vec![(span, missing)]);
                return;
            }
        }
        let (ways, note) = self.paths.to(sink, subjects);
        self.notes.extend(note);
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

/// What is told of somebody who is listed and may do nothing of what `only` is about.
fn idle_note(whom: &Whom, by_groups: &[&Who]) -> String {
    let name = excerpt(&whom.text);
    let mut members = by_groups.iter().filter(|who| whom.holds(who));
    match (members.next(), members.count()) {
        (None, _) => format!("`{name}` is listed, but may do none of it"),
        (Some(member), 0) => format!("no binding gives it to `{name}`: that it is listed lets {member}, who is in it"),
        (Some(member), more) => {
            format!("no binding gives it to `{name}`: that it is listed lets {member} and {more} more, who are in it")
        }
    }
}

fn verb(action: &Action) -> Vec<String> {
    match action {
        Action::Resource(action) => vec![action.verb.clone()],
        Action::Url { verb, .. } => vec![verb.clone()],
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
