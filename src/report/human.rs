//! Findings for people: the lines, a caret under the value, what is wrong and what to do.

use std::fmt;
use std::io;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use super::snippet::Snippets;
use super::{Reporter, plain, summary};
use crate::diagnostic::{Finding, Related, Severity};
use crate::lint::Report;
use crate::source::{FileId, Location, Sources, Span};

/// How to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether to use colors.
    pub color: bool,
    /// How many columns there are.
    pub width: usize,
}

/// Findings with the lines that they are about, and a summary.
#[derive(Clone, Copy, Debug)]
pub struct Human {
    /// How to draw.
    pub look: Look,
    /// Whether to tell how findings can be put right.
    pub show_fixes: bool,
}

impl Reporter for Human {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let theme = if self.look.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let handler = GraphicalReportHandler::new_themed(theme).with_width(self.look.width).with_links(false);
        let sources = &report.read_set.sources;
        let mut snippets: Option<(FileId, Snippets<'_>)> = None;
        for finding in &report.findings {
            let file = finding.span.file;
            if snippets.as_ref().is_none_or(|(id, _)| *id != file) {
                snippets = Some((file, Snippets::new(sources, file, self.look.width)));
            }
            let picture = Picture::new(finding, sources, snippets.as_ref().map(|(_, snippets)| snippets));
            let mut text = String::new();
            handler.render_report(&mut text, &picture).map_err(io::Error::other)?;
            writeln!(out, "{}", text.trim_end())?;
            let source = sources.locate(finding.span).source;
            if let Some(source) = &source {
                writeln!(out, "  note: rendered from {}", plain(source))?;
            }
            for related in picture.apart {
                let Location { path, start, source: other, .. } = sources.locate(related.span);
                let from = other
                    .filter(|other| Some(other) != source.as_ref())
                    .map(|other| format!(" (from {other})"))
                    .unwrap_or_default();
                let (path, message) = (plain(path), format!("{}{from}", related.message));
                writeln!(out, "  note: {path}:{}:{}: {}", start.line, start.column, plain(&message))?;
            }
            for fix in finding.fixes.iter().filter(|_| self.show_fixes) {
                writeln!(out, "  fix ({}): {}", fix.safety.name(), plain(&fix.message))?;
            }
            writeln!(out)?;
        }
        writeln!(out, "{}", summary(report))
    }
}

/// How many lines away a related place is still shown in one picture: all lines between are shown, too.
const NEAR: u32 = 8;

/// One finding as miette draws it.
#[derive(Debug)]
struct Picture<'a> {
    finding: &'a Finding,
    message: String,
    snippets: Option<&'a Snippets<'a>>,
    /// The related places that are shown with it.
    beside: Vec<&'a Related>,
    /// Those that are too far away, or in other files.
    apart: Vec<&'a Related>,
}

impl<'a> Picture<'a> {
    fn new(finding: &'a Finding, sources: &'a Sources, snippets: Option<&'a Snippets<'a>>) -> Self {
        let line = |span: Span| sources.locate(span).start.line;
        let is_beside = |related: &&Related| {
            related.span.file == finding.span.file && line(related.span).abs_diff(line(finding.span)) <= NEAR
        };
        let (beside, apart) = finding.related.iter().partition(is_beside);
        // A file that could not be read has no lines to show, so that its name has to be told.
        let has_text = !sources.text(finding.span.file).bytes().is_empty();
        let message = plain(&finding.message);
        let path = plain(sources.path(finding.span.file));
        Self {
            finding,
            message: if has_text { message.into_owned() } else { format!("{path}: {message}") },
            snippets: snippets.filter(|_| has_text),
            beside,
            apart,
        }
    }
}

impl fmt::Display for Picture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Picture<'_> {}

impl Diagnostic for Picture<'_> {
    fn code<'s>(&'s self) -> Option<Box<dyn fmt::Display + 's>> {
        let object = self.finding.object.as_ref().map(|object| format!(" {object}")).unwrap_or_default();
        Some(Box::new(format!("{}[{}]{}", self.finding.severity.name(), self.finding.rule, plain(&object))))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'s>(&'s self) -> Option<Box<dyn fmt::Display + 's>> {
        self.finding.help.as_deref().map(|help| Box::new(plain(help)) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.snippets.map(|snippets| snippets as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let snippets = self.snippets?;
        let secondary = self.beside.iter().map(|related| {
            LabeledSpan::new_with_span(Some(plain(&related.message).into_owned()), snippets.visible(related.span))
        });
        let primary = LabeledSpan::new_primary_with_span(None, snippets.visible(self.finding.span));
        Some(Box::new(std::iter::once(primary).chain(secondary)))
    }
}
