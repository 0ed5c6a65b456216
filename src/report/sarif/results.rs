//! Findings as SARIF's results.

use serde_json::json;

use super::level;
use super::log::{
    ArtifactChange, Content, Fix, LogicalLocation, Message, Outcome, PhysicalLocation, Place, Region, Replacement,
};
use super::uri::artifact;
use crate::diagnostic::{self, Edit, Finding, ObjectName};
use crate::discover::Project;
use crate::lint::{RULES, Report};
use crate::report::plain;
use crate::report::remarks::with_remarks;
use crate::source::{Sources, Span};

/// What is told. What is suppressed is left out: code scanning would take it for an open alert.
pub(super) fn results<'a>(report: &'a Report, project: &Project) -> Vec<Outcome<'a>> {
    let writer = Writer { sources: &report.read_set.sources, project };
    report.findings.iter().map(|finding| writer.result(finding)).collect()
}

pub(super) struct Writer<'a, 'p> {
    pub(super) sources: &'a Sources,
    pub(super) project: &'p Project,
}

impl<'a> Writer<'a, '_> {
    fn result(&self, finding: &'a Finding) -> Outcome<'a> {
        let related = finding.related.iter().zip(1..).map(|(related, id)| Place {
            id: Some(id),
            physical_location: self.place(related.span),
            logical_locations: Vec::new(),
            message: Some(Message::new(text(&related.message))),
        });
        let location = self.sources.locate(finding.span);
        Outcome {
            rule_id: finding.rule,
            rule_index: RULES.binary_search_by(|rule| rule.id.cmp(finding.rule)).ok(),
            level: level(finding.severity),
            message: Message::new(with_remarks(finding, &location, "\n", text)),
            locations: [Place {
                id: None,
                physical_location: self.place(finding.span),
                logical_locations: finding.object.as_ref().map(object).into_iter().collect(),
                message: None,
            }],
            related_locations: related.collect(),
            partial_fingerprints: json!({ "rolecall/v1": format!("{:016x}", finding.fingerprint) }),
            fixes: finding.fixes.iter().map(|fix| self.fix(fix)).collect(),
            properties: finding.field.as_deref().map(|field| json!({ "field": field })),
        }
    }

    pub(super) fn place(&self, span: Span) -> PhysicalLocation {
        PhysicalLocation {
            artifact_location: artifact(self.project, self.sources.path(span.file)),
            // GitHub shows nothing without a line, not even about a file that could not be read.
            region: self.region(span),
        }
    }

    fn region(&self, span: Span) -> Region {
        let location = self.sources.locate(span);
        Region {
            start_line: location.start.line,
            start_column: location.start.column,
            end_line: location.end.line,
            end_column: location.end.column,
        }
    }

    fn fix(&self, fix: &'a diagnostic::Fix) -> Fix<'a> {
        // Edits come by place, so that those of one file stand together.
        let changes = fix.edits.chunk_by(|one, other| one.span.file == other.span.file).map(|edits| ArtifactChange {
            artifact_location: artifact(
                self.project,
                edits.first().map_or("", |edit| self.sources.path(edit.span.file)),
            ),
            replacements: edits.iter().map(|edit| self.replacement(edit)).collect(),
        });
        Fix {
            description: Message::new(text(&fix.message)),
            artifact_changes: changes.collect(),
            properties: json!({ "safety": fix.safety.name() }),
        }
    }

    fn replacement(&self, edit: &'a Edit) -> Replacement<'a> {
        Replacement { deleted_region: self.region(edit.span), inserted_content: Content { text: &edit.text } }
    }
}

fn object(object: &ObjectName) -> LogicalLocation<'_> {
    let qualified = format!("{} {object}", object.api_version);
    LogicalLocation { name: plain(&object.name), fully_qualified_name: plain(&qualified).into_owned(), kind: "object" }
}

/// Text of a message. `[text](target)` would be a link there, which nobody but us should make.
pub(super) fn text(text: &str) -> String {
    plain(text).replace("](", "\\](")
}
