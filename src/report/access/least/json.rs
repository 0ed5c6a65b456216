//! What somebody did, needs and has, as JSON: version 1. Fields are added, and never change or go.

use serde::Serialize;

use super::super::json::{JsonNamed, JsonRequest, JsonRule, JsonSubject, JsonUnread, to_string};
use super::yaml::objects;
use crate::audit::Reading;
use crate::query::{Access, Held, Least, Standing, StandingRule, UsedRow, Who};
use crate::rbac::Rule;

/// All answers as one JSON object.
pub fn json(access: &Access, reading: &Reading, all: &[Least], unseen: &[Who]) -> String {
    to_string(&JsonLeast {
        version: 1,
        log: JsonLog::new(reading),
        subjects: all.iter().map(|least| JsonNeeds::new(access, least)).collect(),
        unseen: unseen.iter().map(JsonSubject::of).collect(),
        notes: access.caveats(),
        unread: JsonUnread::all(access),
    })
}

#[derive(Serialize)]
struct JsonLeast<'a> {
    version: u32,
    log: JsonLog<'a>,
    subjects: Vec<JsonNeeds<'a>>,
    /// The ServiceAccounts that bindings name, and of which the log tells nothing.
    unseen: Vec<JsonSubject<'a>>,
    notes: Vec<String>,
    unread: Vec<JsonUnread<'a>>,
}

/// What was read.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonLog<'a> {
    lines: u64,
    requests: u64,
    kept: u64,
    undecided: u64,
    broken: u64,
    foreign: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_unread: Option<&'a str>,
    first: Option<&'a str>,
    last: Option<&'a str>,
}

/// What one subject did, needs and has.
#[derive(Serialize)]
struct JsonNeeds<'a> {
    subject: JsonSubject<'a>,
    user: &'a str,
    groups: &'a [String],
    first: Option<&'a str>,
    last: Option<&'a str>,
    used: Vec<JsonRow<'a>>,
    denied: Vec<JsonRow<'a>>,
    /// The roles that are suggested, with their bindings, as YAML.
    objects: String,
    standing: Vec<JsonStanding<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonRow<'a> {
    request: JsonRequest<'a>,
    times: u64,
    names: Vec<&'a str>,
    /// Whether there were more names than are told.
    more_names: bool,
    /// How often it was not RBAC that allowed it.
    elsewhere: u64,
    granted: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonStanding<'a> {
    binding: Option<JsonNamed<'a>>,
    role: Option<JsonNamed<'a>>,
    /// Whether the role is given to others, too.
    shared: bool,
    /// Whether it allows something that was used and that no other binding allows.
    needed: bool,
    rules: Vec<JsonStandingRule<'a>>,
}

#[derive(Serialize)]
struct JsonStandingRule<'a> {
    rule: Option<JsonRule<'a>>,
    used: Vec<JsonPart<'a>>,
    unused: Vec<JsonPart<'a>>,
    wide: Vec<JsonPart<'a>>,
}

/// A part of a rule.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonPart<'a> {
    verbs: &'a [String],
    api_groups: &'a [String],
    resources: &'a [String],
    resource_names: &'a [String],
    #[serde(rename = "nonResourceURLs")]
    non_resource_urls: &'a [String],
}

impl<'a> JsonLog<'a> {
    fn new(reading: &'a Reading) -> Self {
        Self {
            lines: reading.lines,
            requests: reading.requests,
            kept: reading.kept,
            undecided: reading.undecided,
            broken: reading.broken,
            foreign: reading.foreign,
            first_unread: reading.first_unread.as_deref(),
            first: reading.first.as_deref(),
            last: reading.last.as_deref(),
        }
    }
}

impl<'a> JsonNeeds<'a> {
    fn new(access: &'a Access, least: &'a Least) -> Self {
        let rows =
            |is_denied| least.rows.iter().filter(move |row| row.is_denied == is_denied).map(JsonRow::new).collect();
        Self {
            subject: JsonSubject::of(&least.who),
            user: &least.identity.user,
            groups: &least.identity.groups,
            first: least.first.as_deref(),
            last: least.last.as_deref(),
            used: rows(false),
            denied: rows(true),
            objects: objects(least),
            standing: least.standing.iter().map(|standing| JsonStanding::new(access, standing)).collect(),
            notes: &least.notes,
        }
    }
}

impl<'a> JsonRow<'a> {
    fn new(row: &'a UsedRow) -> Self {
        Self {
            request: JsonRequest::new(&row.action),
            times: row.times.count,
            names: row.times.names.known.iter().map(String::as_str).collect(),
            more_names: row.times.names.has_more,
            elsewhere: row.elsewhere,
            granted: match row.held {
                Held::ByDefault => "default",
                Held::Yes => "yes",
                Held::Conditional => "conditional",
                Held::No => "no",
            },
        }
    }
}

impl<'a> JsonStanding<'a> {
    fn new(access: &'a Access, standing: &'a Standing) -> Self {
        let rule = |told: &'a StandingRule| JsonStandingRule {
            rule: JsonRule::new(access, told.place, standing.role),
            used: told.used.iter().map(JsonPart::new).collect(),
            unused: told.unused.iter().map(JsonPart::new).collect(),
            wide: told.wide.iter().map(JsonPart::new).collect(),
        };
        Self {
            binding: JsonNamed::binding(access, standing.binding),
            role: JsonNamed::role(access, standing.role),
            shared: standing.is_shared || !standing.is_only_theirs,
            needed: standing.is_needed,
            rules: standing.rules.iter().map(rule).collect(),
        }
    }
}

impl<'a> JsonPart<'a> {
    fn new(rule: &'a Rule) -> Self {
        let Rule { verbs, api_groups, resources, resource_names, non_resource_urls } = rule;
        Self { verbs, api_groups, resources, resource_names, non_resource_urls }
    }
}
