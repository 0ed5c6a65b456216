//! The JSON report, a contract: version 1. Fields are added, and never change or go.

use std::io;

use serde::Serialize;

use super::Reporter;
use super::plain::plain_json;
use crate::diagnostic::{Edit, Finding, Fix, ObjectName, Severity};
use crate::lint::Report;
use crate::manifest::Skipped;
use crate::source::{Location, Position, Sources};

/// One JSON object for the whole run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Json;

impl Reporter for Json {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let json = serde_json::to_string_pretty(&JsonReport::new(report))?;
        out.write_all(plain_json(&json).as_bytes())?;
        writeln!(out)
    }
}

#[derive(Serialize)]
struct JsonReport<'a> {
    version: u32,
    tool: JsonTool,
    kubernetes: String,
    summary: JsonSummary<'a>,
    findings: Vec<JsonFinding<'a>>,
}

#[derive(Serialize)]
struct JsonTool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct JsonSummary<'a> {
    files: usize,
    documents: usize,
    analysed: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    suppressed: usize,
    known: usize,
    skipped: Vec<JsonSkipped<'a>>,
}

#[derive(Serialize)]
struct JsonSkipped<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<usize>,
    reason: &'static str,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    rule: &'static str,
    category: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    object: Option<JsonObject<'a>>,
    location: JsonLocation<'a>,
    related: Vec<JsonRelated<'a>>,
    fixes: Vec<JsonFix<'a>>,
    fingerprint: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonObject<'a> {
    api_version: &'a str,
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'a str>,
    name: &'a str,
}

/// A place.
#[derive(Serialize)]
pub(super) struct JsonLocation<'a> {
    path: &'a str,
    start: JsonPosition,
    end: JsonPosition,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
}

#[derive(Serialize)]
struct JsonPosition {
    line: u32,
    column: u32,
    offset: u32,
}

#[derive(Serialize)]
struct JsonRelated<'a> {
    message: &'a str,
    location: JsonLocation<'a>,
}

/// A way to put a finding right.
#[derive(Serialize)]
struct JsonFix<'a> {
    message: &'a str,
    safety: &'static str,
    edits: Vec<JsonEdit<'a>>,
}

/// Bytes of a file, and the text for their place.
#[derive(Serialize)]
struct JsonEdit<'a> {
    path: &'a str,
    start: u32,
    end: u32,
    text: &'a str,
}

impl<'a> JsonReport<'a> {
    fn new(report: &'a Report) -> Self {
        let read_set = &report.read_set;
        Self {
            version: 1,
            tool: JsonTool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
            kubernetes: report.version.to_string(),
            summary: JsonSummary {
                files: read_set.files,
                documents: read_set.documents,
                analysed: read_set.analysed,
                errors: report.count(Severity::Error),
                warnings: report.count(Severity::Warning),
                infos: report.count(Severity::Info),
                suppressed: report.suppressed.len(),
                known: report.known,
                skipped: read_set.skipped.iter().map(JsonSkipped::new).collect(),
            },
            findings: report.findings.iter().map(|finding| JsonFinding::new(finding, &read_set.sources)).collect(),
        }
    }
}

impl<'a> JsonSkipped<'a> {
    fn new(skipped: &'a Skipped) -> Self {
        Self { path: &skipped.path, document: skipped.document, reason: skipped.reason.name() }
    }
}

impl<'a> JsonFinding<'a> {
    fn new(finding: &'a Finding, sources: &'a Sources) -> Self {
        let related = finding
            .related
            .iter()
            .map(|related| JsonRelated { message: &related.message, location: sources.locate(related.span).into() });
        Self {
            rule: finding.rule,
            category: finding.category.name(),
            severity: finding.severity.name(),
            message: &finding.message,
            help: finding.help.as_deref(),
            field: finding.field.as_deref(),
            object: finding.object.as_ref().map(JsonObject::new),
            location: sources.locate(finding.span).into(),
            related: related.collect(),
            fixes: finding.fixes.iter().map(|fix| JsonFix::new(fix, sources)).collect(),
            fingerprint: format!("{:016x}", finding.fingerprint),
        }
    }
}

impl<'a> JsonFix<'a> {
    fn new(fix: &'a Fix, sources: &'a Sources) -> Self {
        let edit = |edit: &'a Edit| JsonEdit {
            path: sources.path(edit.span.file),
            start: edit.span.start,
            end: edit.span.end,
            text: &edit.text,
        };
        Self { message: &fix.message, safety: fix.safety.name(), edits: fix.edits.iter().map(edit).collect() }
    }
}

impl<'a> JsonObject<'a> {
    fn new(object: &'a ObjectName) -> Self {
        Self {
            api_version: object.api_version,
            kind: object.kind,
            namespace: object.namespace.as_deref(),
            name: &object.name,
        }
    }
}

impl<'a> From<Location<'a>> for JsonLocation<'a> {
    fn from(location: Location<'a>) -> Self {
        let Location { path, start, end, source } = location;
        Self { path, start: start.into(), end: end.into(), source }
    }
}

impl From<Position> for JsonPosition {
    fn from(position: Position) -> Self {
        let Position { line, column, offset } = position;
        Self { line, column, offset }
    }
}
