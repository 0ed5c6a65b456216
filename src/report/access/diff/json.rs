//! What has changed for whom as JSON: version 1. Fields are added, and never change or go.

use serde::Serialize;

use super::super::super::json::JsonLocation;
use super::super::escalation::JsonStep;
use super::super::json::{JsonGrant, JsonSubject, JsonUnread, to_string};
use crate::diagnostic::ObjectName;
use crate::query::Access;
use crate::query::diff::{
    Change, Diff, Kind, Names, Narrowed, PathChange, Refused, ResourceName, Side, SubjectChanges, Where, WhyRefused,
};

/// All of it as one JSON object.
pub fn json(old: &Side, new: &Side, diff: &Diff) -> String {
    let sides = Sides { old: &old.access, new: &new.access };
    let new_paths = diff.paths.iter().filter(|path| path.is_new).count();
    to_string(&JsonDiff {
        version: 1,
        summary: JsonSummary {
            gained: diff.count(Kind::Gained),
            widened: diff.count(Kind::Widened),
            narrowed: diff.count(Kind::Narrowed),
            lost: diff.count(Kind::Lost),
            new_escalations: new_paths,
            closed_escalations: diff.paths.len() - new_paths,
            refused: diff.refused.len(),
            objects_added: diff.objects.added.len(),
            objects_changed: diff.objects.changed.len(),
            objects_removed: diff.objects.removed.len(),
        },
        subjects: diff.subjects.iter().map(|subject| sides.subject(subject)).collect(),
        escalations: diff.paths.iter().map(|path| sides.path(path)).collect(),
        refused: diff.refused.iter().map(|refused| sides.refused(refused)).collect(),
        unread_before: JsonUnread::all(sides.old),
        unread: JsonUnread::all(sides.new),
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonDiff<'a> {
    version: u32,
    summary: JsonSummary,
    subjects: Vec<JsonSubjectChanges<'a>>,
    escalations: Vec<JsonPath<'a>>,
    refused: Vec<JsonRefused<'a>>,
    unread_before: Vec<JsonUnread<'a>>,
    unread: Vec<JsonUnread<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonSummary {
    gained: usize,
    widened: usize,
    narrowed: usize,
    lost: usize,
    new_escalations: usize,
    closed_escalations: usize,
    refused: usize,
    objects_added: usize,
    objects_changed: usize,
    objects_removed: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonSubjectChanges<'a> {
    subject: JsonSubject<'a>,
    was_named: bool,
    is_named: bool,
    /// Whether rules have changed that are too large to be taken apart.
    is_incomplete: bool,
    changes: Vec<JsonChange<'a>>,
}

#[derive(Serialize)]
struct JsonChange<'a> {
    change: &'static str,
    /// `None` for the whole cluster.
    namespaces: Option<&'a [String]>,
    verbs: &'a [String],
    resources: Vec<JsonResource<'a>>,
    urls: &'a [String],
    names: &'a [String],
    #[serde(rename = "ownNamespace")]
    is_own_namespace: bool,
    conditional: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    narrower: Option<JsonNarrower<'a>>,
    grants: Vec<JsonGrant<'a>>,
}

#[derive(Serialize)]
struct JsonResource<'a> {
    group: &'a str,
    resource: &'a str,
}

/// What the narrower side has, in the one respect in which it is narrower.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum JsonNarrower<'a> {
    Conditional(bool),
    OwnNamespace(bool),
    Names(&'a [String]),
    Verbs(&'a [String]),
    Resources(Vec<JsonResource<'a>>),
    Urls(&'a [String]),
    Namespaces(&'a [String]),
}

#[derive(Serialize)]
struct JsonPath<'a> {
    change: &'static str,
    subject: JsonSubject<'a>,
    sink: String,
    certainty: &'static str,
    steps: Vec<JsonStep<'a>>,
}

#[derive(Serialize)]
struct JsonRefused<'a> {
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'a str>,
    name: &'a str,
    fields: Vec<&'a str>,
    location: JsonLocation<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<JsonLocation<'a>>,
}

struct Sides<'a> {
    old: &'a Access,
    new: &'a Access,
}

fn resources(all: &[ResourceName]) -> Vec<JsonResource<'_>> {
    all.iter().map(|it| JsonResource { group: &it.group, resource: &it.resource }).collect()
}

fn only(names: &Names) -> &[String] {
    match names {
        Names::Only(names) => names,
        Names::Any | Names::Own => &[],
    }
}

impl<'a> Sides<'a> {
    fn side(&self, is_new: bool) -> &'a Access {
        if is_new { self.new } else { self.old }
    }

    fn subject(&self, subject: &'a SubjectChanges) -> JsonSubjectChanges<'a> {
        JsonSubjectChanges {
            subject: JsonSubject::of(&subject.who),
            was_named: subject.was_named,
            is_named: subject.is_named,
            is_incomplete: subject.is_beyond,
            changes: subject.changes.iter().map(|change| self.change(change)).collect(),
        }
    }

    fn change(&self, change: &'a Change) -> JsonChange<'a> {
        let access = self.side(change.kind.is_more());
        JsonChange {
            change: change.kind.name(),
            namespaces: match &change.place {
                Where::Cluster => None,
                Where::Namespaces(namespaces) => Some(namespaces),
            },
            verbs: &change.what.verbs,
            resources: resources(&change.what.resources),
            urls: &change.what.urls,
            names: only(&change.what.names),
            is_own_namespace: change.what.names == Names::Own,
            conditional: change.is_conditional,
            narrower: change.narrowed.as_ref().map(|narrowed| match narrowed {
                Narrowed::Conditional => JsonNarrower::Conditional(true),
                Narrowed::Names(Names::Own) => JsonNarrower::OwnNamespace(true),
                Narrowed::Names(names) => JsonNarrower::Names(only(names)),
                Narrowed::Verbs(verbs) => JsonNarrower::Verbs(verbs),
                Narrowed::Resources(all) => JsonNarrower::Resources(resources(all)),
                Narrowed::Urls(urls) => JsonNarrower::Urls(urls),
                Narrowed::Namespaces(namespaces) => JsonNarrower::Namespaces(namespaces),
            }),
            grants: change.grants.iter().map(|grant| JsonGrant::new(access, grant)).collect(),
        }
    }

    fn path(&self, path: &'a PathChange) -> JsonPath<'a> {
        let access = self.side(path.is_new);
        JsonPath {
            change: if path.is_new { "new" } else { "closed" },
            subject: JsonSubject::of(&path.who),
            sink: path.sink.to_string(),
            certainty: path.proof.certainty().name(),
            steps: path.proof.steps.iter().map(|step| JsonStep::new(access, step)).collect(),
        }
    }

    fn refused(&self, refused: &'a Refused) -> JsonRefused<'a> {
        let ObjectName { kind, namespace, name, .. } = &refused.object;
        JsonRefused {
            kind,
            namespace: namespace.as_deref(),
            name,
            fields: match &refused.why {
                WhyRefused::RoleRef { .. } => vec!["roleRef"],
                WhyRefused::JobFields(paths) => paths.iter().map(String::as_str).collect(),
            },
            location: self.new.sources().locate(refused.span).into(),
            before: refused.before.map(|span| self.old.sources().locate(span).into()),
        }
    }
}
