//! Changes of access as SARIF's results: what is more than before, and what the API server will not change. What is lost
//! has no place in the new state, and is left out.

use std::io;

use serde_json::json;

use super::log::{Configuration, Descriptor, Help, Message, Outcome, Place};
use super::results::{Writer, text};
use crate::discover::Project;
use crate::query::Access;
use crate::query::diff::{Change, Diff, Kind, PathChange, Refused, Side, WhyRefused};
use crate::rbac::{BindingId, RulePlace};
use crate::report::access::diff::{line, path, refusal, summary};
use crate::report::plain_json;
use crate::source::Span;

/// A kind of result: its id, its level, what it is, and what to do.
struct About {
    id: &'static str,
    level: &'static str,
    what: &'static str,
    help: &'static str,
}

const GAINED: usize = 0;
const WIDENED: usize = 1;
const ESCALATION: usize = 2;
const ROLE_REF: usize = 3;
const JOB: usize = 4;

const KINDS: [About; 5] = [
    About {
        id: "access-gained",
        level: "warning",
        what: "Somebody may do something that they could not do before",
        help: "See whether it is needed, with all that it covers.",
    },
    About {
        id: "access-widened",
        level: "warning",
        what: "Somebody may do something with more than before",
        help: "See whether all of it is needed: name the objects, verbs, resources and namespaces that are.",
    },
    About {
        id: "access-escalation",
        level: "error",
        what: "Somebody may come to more than they were given, and could not before",
        help: "Take away one of the permissions that the way needs.",
    },
    About {
        id: "role-ref-changed",
        level: "error",
        what: "A binding hands out another role, which the API server refuses",
        help: "Give the binding another name, or delete it before it is applied.",
    },
    About {
        id: "job-field-changed",
        level: "error",
        what: "A field of a Job has changed that cannot change, which the API server refuses",
        help: "Give the Job another name with each change, or delete it before it is applied.",
    },
];

/// Writes a log with one run: its rules, and a result for each change that has a place in the new state.
pub fn diff(new: &Side, diff: &Diff, project: &Project, out: &mut dyn io::Write) -> io::Result<()> {
    let writer = Results { access: &new.access, writer: Writer { sources: new.access.sources(), project } };
    let version = new.access.assumptions().version.to_string();
    let log = super::log(summary(diff), descriptors(), writer.results(diff), json!({ "kubernetes": version }));
    let json = serde_json::to_string_pretty(&log)?;
    out.write_all(plain_json(&json).as_bytes())?;
    writeln!(out)
}

fn descriptors() -> Vec<Descriptor> {
    let descriptors = KINDS.iter().map(|kind| Descriptor {
        id: kind.id,
        short_description: Message::new(kind.what.to_owned()),
        full_description: Message::new(kind.what.to_owned()),
        help: Help { text: kind.help.to_owned(), markdown: kind.help },
        default_configuration: Configuration { level: kind.level },
        properties: json!({ "tags": ["access"], "problem.severity": kind.level }),
    });
    descriptors.collect()
}

struct Results<'a, 'p> {
    access: &'a Access,
    writer: Writer<'a, 'p>,
}

impl<'a> Results<'a, '_> {
    fn results(&self, diff: &Diff) -> Vec<Outcome<'a>> {
        let of_subjects = diff.subjects.iter().flat_map(|subject| {
            let more = subject.changes.iter().filter(|change| change.kind.is_more());
            more.filter_map(|change| self.change(&subject.who.to_string(), change))
        });
        let paths = diff.paths.iter().filter(|path| path.is_new).filter_map(|path| self.path(path));
        let refused = diff.refused.iter().map(|refused| self.refused(refused));
        of_subjects.chain(paths).chain(refused).collect()
    }

    fn change(&self, who: &str, change: &Change) -> Option<Outcome<'a>> {
        let kind = if change.kind == Kind::Gained { GAINED } else { WIDENED };
        let message = format!("{who}: {} {}", change.kind.name(), line(self.access, change));
        let places: Vec<_> = change.grants.iter().flat_map(|grant| self.places(grant.binding, grant.rule)).collect();
        self.outcome(kind, &message, &places)
    }

    fn path(&self, change: &PathChange) -> Option<Outcome<'a>> {
        let grants = change.proof.steps.iter().flat_map(|step| &step.grants);
        let places: Vec<_> = grants.flat_map(|grant| self.places(grant.binding, grant.rule)).collect();
        self.outcome(ESCALATION, &path(self.access, change), &places)
    }

    /// Where a binding and a rule stand: the binding first, since it says to whom.
    fn places(&self, binding: BindingId, rule: RulePlace) -> Vec<Span> {
        let binding = self.access.binding_object(binding).map(|object| object.span);
        let rule = self.access.rule_places(rule).map(|places| places.whole);
        binding.into_iter().chain(rule).collect()
    }

    fn refused(&self, refused: &Refused) -> Outcome<'a> {
        let kind = match refused.why {
            WhyRefused::RoleRef { .. } => ROLE_REF,
            WhyRefused::JobFields(_) => JOB,
        };
        self.at(kind, &refusal(refused), refused.span, &[])
    }

    fn outcome(&self, kind: usize, message: &str, places: &[Span]) -> Option<Outcome<'a>> {
        let (first, others) = places.split_first()?;
        Some(self.at(kind, message, *first, others))
    }

    fn at(&self, kind: usize, message: &str, span: Span, others: &[Span]) -> Outcome<'a> {
        /// More places than these are not told: a group may be bound in every namespace.
        const MOST: usize = 5;
        let place = |id, span, message: Option<&str>| Place {
            id,
            physical_location: self.writer.place(span),
            logical_locations: Vec::new(),
            message: message.map(|message| Message::new(message.to_owned())),
        };
        let related = others.iter().take(MOST).zip(1..);
        let about = KINDS.get(kind);
        let id = about.map_or("", |about| about.id);
        Outcome {
            rule_id: id,
            rule_index: Some(kind),
            level: about.map_or("warning", |about| about.level),
            partial_fingerprints: json!({ "rolecall/v1": format!("{:016x}", fingerprint(&[id, message])) }),
            message: Message::new(text(message)),
            locations: [place(None, span, None)],
            related_locations: related.map(|(span, id)| place(Some(id), *span, Some("this is part of it"))).collect(),
            fixes: Vec::new(),
            properties: None,
        }
    }
}

/// FNV-1a of what a result says, which names it wherever its lines move.
fn fingerprint(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
