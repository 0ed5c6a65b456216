//! From the bytes of one file to the objects in it.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;
use std::str;

use super::decode::decode;
use super::document::{Content, KnownObject, Reader};
use super::kustomization::Kustomization;
use super::pool::Pool;
use super::{Kind, Observation, Options, Reason, Skipped, crd, file_names, template, token};
use crate::catalog::Version;
use crate::source::{FileId, Span};
use crate::timing::{self, Stage};
use crate::yaml::SyntaxError;
use crate::yaml::documents::{self, Piece};
use crate::yaml::events::Escapes;
use crate::yaml::outline::Outline;
use crate::yaml::scalar::{self, Scalar};
use crate::yaml::tree::{Origin, Tree};

/// A file to be read.
#[derive(Clone, Copy)]
pub(super) struct File<'f> {
    pub(super) id: FileId,
    /// The path as it is shown.
    pub(super) path: &'f str,
    /// The absolute path; `None` for standard input.
    pub(super) absolute: Option<&'f Path>,
    pub(super) bytes: &'f [u8],
    /// Whether the file belongs to the templates of a chart.
    pub(super) in_chart: bool,
    pub(super) options: &'f Options,
    pub(super) pool: &'f Pool,
}

impl File<'_> {
    /// JSON files that are no manifests often hold comments and trailing commas, which is nobody's business here.
    fn is_foreign_json(self, text: &str) -> bool {
        let is_json = Path::new(self.path).extension().is_some_and(|extension| extension == "json");
        is_json && !text.contains("\"kind\"")
    }
}

/// What one file came to.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) documents: usize,
    pub(super) analysed: usize,
    pub(super) objects: Vec<KnownObject>,
    pub(super) skipped: Vec<Skipped>,
    /// What this file says where it is a kustomization.
    pub(super) kustomization: Option<Kustomization>,
}

impl Outcome {
    /// What the file comes to once a kustomization calls it a part of an object.
    pub(super) fn into_fragment(self, path: &str) -> Self {
        let skipped = vec![Skipped { path: path.to_owned(), document: None, reason: Reason::Fragment }];
        Self { documents: self.documents, skipped, ..Self::default() }
    }
}

/// Reads a file and shows the observer what is in it.
pub(super) fn read(file: File<'_>, observe: &mut dyn FnMut(&Observation<'_>)) -> Outcome {
    let escapes = if documents::is_json(file.bytes) { Escapes::Json } else { Escapes::Yaml };
    let mut reading = Reading { file, escapes, outcome: Outcome::default(), observe };
    reading.read();
    reading.outcome
}

/// A file that is being read.
struct Reading<'f, 'o> {
    file: File<'f>,
    escapes: Escapes,
    outcome: Outcome,
    observe: &'o mut dyn FnMut(&Observation<'_>),
}

/// One document that has been read.
struct Document {
    content: Content,
    /// How many bytes of the text it takes.
    length: usize,
    /// Whether all of it was read.
    whole: bool,
}

impl<'f> Reading<'f, '_> {
    fn read(&mut self) {
        let pieces = timing::stage(Stage::Parse, || documents::split(self.file.bytes, "kind"));
        let names_a_kind =
            |piece: &Piece<'_>| matches!(piece, Piece::Document { outline, .. } if outline.values().is_some());
        match self.file.absolute.and_then(file_names::reason) {
            Some(Reason::HelmValues) if pieces.iter().any(names_a_kind) => {}
            Some(reason) => {
                if reason == Reason::Kustomization {
                    self.kustomization(&pieces);
                }
                self.outcome.documents = 1;
                self.skip(None, reason);
                return;
            }
            None => {}
        }
        for piece in &pieces {
            self.piece(piece);
        }
    }

    fn piece(&mut self, piece: &Piece<'f>) {
        match piece {
            Piece::BadSeparator { range } => {
                let message = Cow::Borrowed("after `---` only a comment may stand");
                self.record(Err(SyntaxError { message, span: self.span(range.start, range.end), open: None }));
            }
            Piece::Document { range, outline } => {
                let document = match self.skip_unread(range, outline) {
                    Some(reason) => {
                        Ok(Document { content: Content::Skipped(reason), length: range.len(), whole: true })
                    }
                    None => self.document(range.start, range.end, outline),
                };
                let end = document.as_ref().map_or(range.end, |document| range.start + document.length);
                self.record(document);
                self.notice_ignored(end..range.end);
            }
        }
    }

    /// The reason for which a document need not even be parsed.
    fn skip_unread(&self, range: &Range<usize>, outline: &Outline<'_>) -> Option<Reason> {
        let kinds = outline.values().filter(|_| !self.file.options.parse_all)?;
        let text = || self.file.bytes.get(range.clone()).unwrap_or_default();
        let may_matter = |kind: &str| Kind::may_matter(kind) || (kind == token::KIND && token::may_be_in(text()));
        let plainly_other = |kind: &&str| !may_matter(kind) && scalar::resolve(kind) == Scalar::Str;
        kinds.iter().all(plainly_other).then_some(Reason::OtherKind)
    }

    fn document(&mut self, start: usize, end: usize, outline: &Outline<'_>) -> Result<Document, SyntaxError> {
        let text = self.text(start, end)?;
        let origin = Origin { file: self.file.id, base: offset(start) };
        let file = self.file;
        let mut reader = Reader::new(file.options, file.pool, file.in_chart, self.observe);
        let short = (!file.options.parse_all && outline.values() == Some(&[CRD])).then(|| crd::without_versions(text));
        if let Some(tree) =
            short.flatten().as_deref().and_then(|short| whole_definition(short, origin, file.options.version))
        {
            return Ok(Document { content: reader.read(&tree, text), length: text.len(), whole: false });
        }
        let parsed = timing::stage(Stage::Parse, || Tree::parse_with(text, origin, self.escapes));
        let (content, length) = match parsed {
            Ok(tree) => (timing::stage(Stage::Decode, || reader.read(&tree, text)), tree.end()),
            Err(error) if template::explains(&error, text, origin) => (Content::Skipped(Reason::Template), text.len()),
            Err(_) if file.is_foreign_json(text) => (Content::Skipped(Reason::NoObject), text.len()),
            Err(error) => return Err(error),
        };
        Ok(Document { content, length, whole: true })
    }

    /// Counts a document with what it came to.
    fn record(&mut self, document: Result<Document, SyntaxError>) {
        let number = self.outcome.documents;
        match document {
            Ok(Document { content: Content::Nothing, .. }) => return,
            Ok(Document { content: Content::Refused, .. }) => {}
            Ok(Document { content: Content::Skipped(reason), .. }) => self.skip(Some(number), reason),
            Ok(Document { content: Content::Objects(mut objects, reasons), whole, .. }) => {
                self.outcome.analysed += 1;
                self.outcome.objects.append(&mut objects);
                for reason in reasons {
                    self.skip(Some(number), reason);
                }
                if !whole {
                    self.skip(Some(number), Reason::Schema);
                }
            }
            Err(error) => (self.observe)(&Observation::Syntax(&error)),
        }
        self.outcome.documents += 1;
    }

    fn skip(&mut self, document: Option<usize>, reason: Reason) {
        self.outcome.skipped.push(Skipped { path: self.file.path.to_owned(), document, reason });
    }

    /// The document as text, where it is text.
    fn text(&self, start: usize, end: usize) -> Result<&'f str, SyntaxError> {
        let bytes = self.file.bytes.get(start..end).unwrap_or_default();
        str::from_utf8(bytes).map_err(|error| {
            let first = start + error.valid_up_to();
            let length = error.error_len().unwrap_or(1);
            let message = Cow::Borrowed("this is not valid UTF-8");
            SyntaxError { message, span: self.span(first, first + length), open: None }
        })
    }

    /// Takes down what a kustomization says about the objects that it lists.
    fn kustomization(&mut self, pieces: &[Piece<'_>]) {
        let Some(directory) = self.file.absolute.and_then(Path::parent) else { return };
        let mut kustomization = Kustomization::new(directory);
        for piece in pieces {
            let Piece::Document { range, .. } = piece else { continue };
            let Ok(text) = self.text(range.start, range.end) else { continue };
            let origin = Origin { file: self.file.id, base: offset(range.start) };
            let Ok(tree) = Tree::parse(text, origin) else { continue };
            if let Some(root) = tree.root() {
                kustomization.add(root);
            }
        }
        self.outcome.kustomization = Some(kustomization);
    }

    /// Shows the first line behind a document that says something: Kubernetes does not read it.
    fn notice_ignored(&mut self, rest: Range<usize>) {
        let text = self.file.bytes.get(..rest.end).unwrap_or_default();
        if let Some(ignored) = documents::text_behind(text, rest.start) {
            let span = self.span(ignored.start, ignored.end);
            (self.observe)(&Observation::Ignored(span));
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.file.id, start: offset(start), end: offset(end) }
    }
}

const CRD: &str = "CustomResourceDefinition";

/// The tree of a shortened definition, where it says all that it should: places are not exact in it.
fn whole_definition(short: &str, origin: Origin, version: Version) -> Option<Tree<'_>> {
    let tree = Tree::parse(short, origin).ok()?;
    let is_whole =
        tree.root().is_some_and(|root| decode(Kind::CustomResourceDefinition, root, version).faults.is_empty());
    is_whole.then_some(tree)
}

/// An offset in a file, all of which are shorter than 4 GiB (see `discover`).
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
