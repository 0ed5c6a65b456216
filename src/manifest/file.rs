//! From the bytes of one file to the objects in it.

use std::borrow::Cow;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::str;

use super::document::{Content, KnownObject, Reader};
use super::{Kind, Observation, Options, Reason, Skipped, Typed, crd, file_names, kustomization, template};
use crate::source::{FileId, Span};
use crate::yaml::SyntaxError;
use crate::yaml::documents::{self, Piece};
use crate::yaml::events::Escapes;
use crate::yaml::outline::Outline;
use crate::yaml::scalar::{self, Scalar};
use crate::yaml::tree::{Origin, Tree};

/// A file to be read.
pub(super) struct File<'f> {
    pub(super) id: FileId,
    /// The path as it is shown.
    pub(super) path: &'f str,
    /// The absolute path; `None` for standard input.
    pub(super) absolute: Option<&'f Path>,
    pub(super) bytes: &'f [u8],
    /// Those of JSON where the file is JSON.
    pub(super) escapes: Escapes,
    pub(super) in_chart: bool,
    pub(super) options: &'f Options,
}

/// What one file came to.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) documents: usize,
    pub(super) analysed: usize,
    pub(super) objects: Vec<KnownObject>,
    pub(super) skipped: Vec<Skipped>,
    /// The files that this one, a kustomization, lists as parts of objects.
    pub(super) fragments: Vec<PathBuf>,
}

impl File<'_> {
    pub(super) fn read(&self, observe: &mut dyn FnMut(&Observation<'_>)) -> Outcome {
        let mut outcome = Outcome::default();
        let pieces = documents::split(self.bytes, "kind");
        let reason = self.absolute.and_then(|path| file_names::reason(path.file_name()?.to_str()?));
        match reason {
            Some(Reason::HelmValues) if pieces.iter().any(names_a_kind) => {}
            Some(Reason::Kustomization) => {
                outcome.fragments = self.fragments(&pieces);
                outcome.skip_file(self.path, Reason::Kustomization);
                return outcome;
            }
            Some(reason) => {
                outcome.skip_file(self.path, reason);
                return outcome;
            }
            None => {}
        }
        for piece in pieces {
            self.piece(&piece, &mut outcome, observe);
        }
        outcome
    }

    fn piece(&self, piece: &Piece<'_>, outcome: &mut Outcome, observe: &mut dyn FnMut(&Observation<'_>)) {
        let result = match piece {
            Piece::BadSeparator { range } => {
                let message = Cow::Borrowed("behind `---` only a comment may stand");
                Err(SyntaxError { message, span: self.span(range.start, range.end), open: None })
            }
            Piece::Document { range, outline } => match self.skip_unread(outline) {
                Some(reason) => Ok(Content::Skipped(reason)),
                None => return self.documents(range.clone(), outline, outcome, observe),
            },
        };
        self.record(result, outcome, observe);
    }

    /// One document, or in a JSON file as many as follow each other.
    fn documents(
        &self,
        range: Range<usize>,
        outline: &Outline<'_>,
        outcome: &mut Outcome,
        observe: &mut dyn FnMut(&Observation<'_>),
    ) {
        let mut start = range.start;
        let rest = loop {
            let result = self.document(start, range.end, outline, observe);
            let end = result.as_ref().map_or(range.end, |(_, length)| start + length);
            self.record(result.map(|(content, _)| content), outcome, observe);
            let rest = self.bytes.get(end..range.end).unwrap_or_default();
            let goes_on = self.escapes == Escapes::Json && rest.trim_ascii_start().starts_with(b"{");
            if end == start || !goes_on {
                break rest;
            }
            start = end;
        };
        if let Some(span) = self.first_content(range.end - rest.len(), rest) {
            observe(&Observation::Ignored(span));
        }
    }

    fn record(
        &self,
        result: Result<Content, SyntaxError>,
        outcome: &mut Outcome,
        observe: &mut dyn FnMut(&Observation<'_>),
    ) {
        let document = outcome.documents;
        match result {
            Ok(Content::Nothing) => return,
            Ok(Content::Skipped(reason)) => {
                outcome.skipped.push(Skipped { path: self.path.to_owned(), document: Some(document), reason });
            }
            Ok(Content::Objects(mut objects)) => {
                outcome.analysed += 1;
                outcome.objects.append(&mut objects);
            }
            Err(error) => observe(&Observation::Syntax(&error)),
        }
        outcome.documents += 1;
    }

    /// The reason for which a document need not even be parsed.
    fn skip_unread(&self, outline: &Outline<'_>) -> Option<Reason> {
        let kinds = outline.values().filter(|_| !self.options.parse_all)?;
        let plainly_other = |kind: &&str| !Kind::may_matter(kind) && scalar::resolve(kind) == Scalar::Str;
        kinds.iter().all(plainly_other).then_some(Reason::OtherKind)
    }

    /// What one document holds, and how many bytes of the text it takes.
    fn document(
        &self,
        start: usize,
        end: usize,
        outline: &Outline<'_>,
        observe: &mut dyn FnMut(&Observation<'_>),
    ) -> Result<(Content, usize), SyntaxError> {
        let text = self.text(start, end)?;
        let origin = Origin { file: self.id, base: offset(start) };
        let mut reader = Reader { options: self.options, in_chart: self.in_chart, observe };
        let short = (!self.options.parse_all && outline.values() == Some(&[CRD])).then(|| crd::without_versions(text));
        if let Some(tree) = short.flatten().as_deref().and_then(|short| whole_definition(short, origin)) {
            return Ok((reader.read(&tree, text), text.len()));
        }
        match Tree::parse_with(text, origin, self.escapes) {
            Ok(tree) => Ok((reader.read(&tree, text), tree.end())),
            Err(error) if template::explains(&error, text, origin) => {
                Ok((Content::Skipped(Reason::Template), text.len()))
            }
            Err(_) if self.is_foreign_json(text) => Ok((Content::Skipped(Reason::NoObject), text.len())),
            Err(error) => Err(error),
        }
    }

    /// The document as text, where it is text.
    fn text(&self, start: usize, end: usize) -> Result<&str, SyntaxError> {
        let bytes = self.bytes.get(start..end).unwrap_or_default();
        str::from_utf8(bytes).map_err(|error| {
            let first = start + error.valid_up_to();
            let length = error.error_len().unwrap_or(1);
            let message = Cow::Borrowed("this is no UTF-8");
            SyntaxError { message, span: self.span(first, first + length), open: None }
        })
    }

    /// JSON files that are no manifests often hold comments and trailing commas, which is nobody's business here.
    fn is_foreign_json(&self, text: &str) -> bool {
        Path::new(self.path).extension().is_some_and(|extension| extension == "json") && !text.contains("\"kind\"")
    }

    fn fragments(&self, pieces: &[Piece<'_>]) -> Vec<PathBuf> {
        let Some(directory) = self.absolute.and_then(Path::parent) else { return Vec::new() };
        let mut fragments = Vec::new();
        for piece in pieces {
            let Piece::Document { range, .. } = piece else { continue };
            let Ok(text) = self.text(range.start, range.end) else { continue };
            let Ok(tree) = Tree::parse(text, Origin { file: self.id, base: offset(range.start) }) else { continue };
            fragments.extend(tree.root().into_iter().flat_map(|root| kustomization::fragments(root, directory)));
        }
        fragments
    }

    /// The first line behind a document that says something. Kubernetes does not read it.
    fn first_content(&self, start: usize, rest: &[u8]) -> Option<Span> {
        let mut at = start;
        for line in rest.split_inclusive(|&byte| byte == b'\n') {
            let content = line.trim_ascii();
            if !content.is_empty() && !content.starts_with(b"#") && content != b"..." {
                let first = at + line.len() - line.trim_ascii_start().len();
                return Some(self.span(first, first + content.len()));
            }
            at += line.len();
        }
        None
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.id, start: offset(start), end: offset(end) }
    }
}

/// The tree of a shortened definition, where it says all that it should: places are not exact in it.
fn whole_definition(short: &str, origin: Origin) -> Option<Tree<'_>> {
    let tree = Tree::parse(short, origin).ok()?;
    let decodes = tree.root().is_some_and(|root| Typed::decode(Kind::CustomResourceDefinition, root).is_ok());
    decodes.then_some(tree)
}

const CRD: &str = "CustomResourceDefinition";

/// Files are shorter than 4 GiB (see `discover`).
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn names_a_kind(piece: &Piece<'_>) -> bool {
    matches!(piece, Piece::Document { outline, .. } if outline.values().is_some())
}

impl Outcome {
    /// Takes the whole file as one document that is not analysed.
    fn skip_file(&mut self, path: &str, reason: Reason) {
        self.documents = 1;
        self.skipped.push(Skipped { path: path.to_owned(), document: None, reason });
    }

    /// What the file comes to once a kustomization calls it a part of an object.
    pub(super) fn into_fragment(self, path: &str) -> Self {
        let skipped = vec![Skipped { path: path.to_owned(), document: None, reason: Reason::Fragment }];
        Self { documents: self.documents, skipped, ..Self::default() }
    }
}
