//! Lines of audit logs → what was done in them, on every core.

use std::hash::{BuildHasher as _, Hash as _, Hasher as _};

use rayon::iter::ParallelIterator as _;
use rayon::slice::ParallelSlice as _;

use super::event::Event;
use super::impersonation;
use super::request::{self, Outcome, Stage};
use super::usage::{Actors, Done, Sum, Usage, widen};
use crate::diagnostic::Failure;
use crate::discover::{Block, Log, open_log};
use crate::rbac::{Action, MASTERS};

/// What a line holds.
enum Line<'a> {
    Blank,
    Broken(String),
    Foreign,
    /// Events, and what is wrong with others of the same line.
    Events(Vec<Told<'a>>, Option<String>),
}

/// What one event tells.
struct Told<'a> {
    event: Event<'a>,
    stage: Stage,
    /// What was asked of the authorizer; nothing where it is of no interest.
    asked: Option<Asked>,
    /// A number for the request.
    number: u64,
}

/// What one request asked of the authorizer.
struct Asked {
    /// What whoever acted asked: the request, and what goes with it.
    by_actor: Vec<Action>,
    /// What was needed to ask that as somebody else.
    by_impersonator: Vec<Action>,
}

/// Opens logs, and reads them to their ends. Fails where one cannot be opened or read.
pub fn read<'p>(paths: impl IntoIterator<Item = &'p str>, actors: &Actors) -> Result<Usage, Failure> {
    read_logs(paths.into_iter().map(open_log), actors)
}

/// Reads logs to their ends, and keeps what some actors did. Fails at the first that cannot be read.
pub fn read_logs(logs: impl IntoIterator<Item = Result<Log, Failure>>, actors: &Actors) -> Result<Usage, Failure> {
    let (mut sum, state) = (Sum::default(), foldhash::fast::RandomState::default());
    for log in logs {
        let mut log = log?;
        let mut number = 0;
        while let Some(block) = log.next_block()? {
            add_block((&log, &mut number), &block, actors, &state, &mut sum);
        }
    }
    Ok(sum.into_usage())
}

/// Takes in some lines, of which the first stands behind so many others.
fn add_block(
    (log, number): (&Log, &mut u64),
    block: &Block,
    actors: &Actors,
    state: &foldhash::fast::RandomState,
    sum: &mut Sum,
) {
    *number += block.too_long;
    sum.reading.lines += block.too_long;
    for _ in 0..block.too_long {
        sum.unread(|| format!("{}: a line has more than 64 MiB", log.name()), true);
    }
    let lines: Vec<_> = block.lines.par_split(|byte| *byte == b'\n').map(|line| parse(line, actors, state)).collect();
    // Behind the last line feed there is no line.
    let lines_there = lines.len() - usize::from(block.lines.ends_with(b"\n"));
    for line in lines.into_iter().take(lines_there) {
        *number += 1;
        sum.reading.lines += u64::from(!matches!(line, Line::Blank));
        match line {
            Line::Blank => {}
            Line::Broken(reason) => sum.unread(|| format!("{}: {reason}", log.place(*number)), true),
            Line::Foreign => {
                sum.unread(|| format!("{}: it is no event of an audit log", log.place(*number)), false);
            }
            Line::Events(events, fault) => {
                if let Some(reason) = fault {
                    sum.unread(|| format!("{}: {reason}", log.place(*number)), true);
                }
                for told in events {
                    sum.take(&told, actors);
                }
            }
        }
    }
}

fn parse<'a>(line: &'a [u8], actors: &Actors, state: &foldhash::fast::RandomState) -> Line<'a> {
    if line.trim_ascii().is_empty() {
        return Line::Blank;
    }
    let event: Event<'a> = match serde_json::from_slice(line) {
        Ok(event) => event,
        Err(error) => return Line::Broken(without_line(&error)),
    };
    if !event.is_of_audit_log() {
        return Line::Foreign;
    }
    let events = if event.kind == "EventList" { event.items } else { vec![event] };
    let mut fault = None;
    let mut told = Vec::with_capacity(events.len());
    for event in events {
        match event.lacks().filter(|_| matches!(request::stage(&event), Stage::Decided(_))) {
            Some(field) => fault = fault.or_else(|| Some(format!("an event has no `{field}`"))),
            None => told.push(Told::new(event, actors, state)),
        }
    }
    Line::Events(told, fault)
}

/// What is wrong with a text of one line, without saying that it is in line 1.
fn without_line(error: &serde_json::Error) -> String {
    let text = error.to_string();
    // A value may be as long as the line.
    let text: String = text.rsplit_once(" at line ").map_or(&*text, |(text, _)| text).chars().take(120).collect();
    format!("{text} in column {}", error.column())
}

impl<'a> Told<'a> {
    fn new(event: Event<'a>, actors: &Actors, state: &foldhash::fast::RandomState) -> Self {
        let stage = request::stage(&event);
        let is_kept = |user: &super::event::User<'_>| {
            actors.name(&user.username, user.groups.iter().map(|group| &*group.0)).is_some()
        };
        let is_impersonated = event.impersonated_user.is_some();
        let is_of_interest =
            matches!(stage, Stage::Decided(_)) && (is_kept(event.actor()) || (is_impersonated && is_kept(&event.user)));
        let asked = is_of_interest.then(|| {
            let action = request::action(&event);
            let by_impersonator = impersonation::actions(&event, &action);
            let implied = request::implied(&event, &action);
            Asked { by_actor: std::iter::once(action).chain(implied).collect(), by_impersonator }
        });
        let number = number(&event, stage, state);
        Self { event, stage, asked, number }
    }
}

/// A number for a request: it is told again with every stage, and by the API server behind another one. Clients may
/// choose the id, so that it tells nothing by itself.
fn number(event: &Event<'_>, stage: Stage, state: &foldhash::fast::RandomState) -> u64 {
    let mut hasher = state.build_hasher();
    (&event.audit_id, &event.actor().username, &event.verb, &event.request_uri).hash(&mut hasher);
    matches!(stage, Stage::Decided(Outcome::Denied)).hash(&mut hasher);
    hasher.finish()
}

impl Sum {
    fn unread(&mut self, what: impl FnOnce() -> String, is_broken: bool) {
        let count = if is_broken { &mut self.reading.broken } else { &mut self.reading.foreign };
        *count += 1;
        self.reading.first_unread.get_or_insert_with(what);
    }

    fn take(&mut self, told: &Told<'_>, actors: &Actors) {
        let event = &told.event;
        let outcome = match told.stage {
            Stage::Received => return,
            Stage::Undecided => {
                self.reading.undecided += 1;
                return;
            }
            Stage::Decided(outcome) => outcome,
        };
        if !event.audit_id.is_empty() && !self.is_new(told.number) {
            return;
        }
        self.reading.requests += 1;
        let time = &*event.request_received_timestamp;
        widen((&mut self.reading.first, &mut self.reading.last), time);
        let Some(Asked { by_actor, by_impersonator }) = &told.asked else { return };
        self.reading.kept += 1;
        let is_master = event.user.groups.iter().any(|group| group.0 == MASTERS);
        let allowed = if is_master { Outcome::AllowedElsewhere } else { Outcome::Allowed };
        let mut counted = None;
        for (user, actions, outcome) in [(event.actor(), by_actor, outcome), (&event.user, by_impersonator, allowed)] {
            let groups: Vec<_> = user.groups.iter().map(|group| &*group.0).collect();
            let name = actors.name(&user.username, groups.iter().copied()).filter(|_| !actions.is_empty());
            let Some(name) = name else { continue };
            for action in actions {
                let (action, named) = without_name(action);
                self.add(name, Done { groups: groups.clone(), action, name: named, outcome }, time);
            }
            // One request, whatever was asked for it; and for both where both are one, as those of a group are.
            if counted != Some(name) {
                self.count(name, outcome);
                counted = Some(name);
            }
        }
    }
}

fn without_name(action: &Action) -> (Action, String) {
    let mut action = action.clone();
    let name = match &mut action {
        Action::Resource(action) => std::mem::take(&mut action.name),
        Action::Url { .. } => String::new(),
    };
    (action, name)
}
