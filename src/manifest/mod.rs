//! From files to the objects of Kubernetes in them.
//!
//! [`load`] is the first pass over a read set: on every core, file by file and document by document, it reads, parses
//! and types, shows what it finds to an observer, and keeps only names and places. Trees and typed objects die with
//! their document, texts with their file unless the observer had something to say about it.
//!
//! What is no object (templates, fragments of kustomizations, values of charts) is recognised for what it is, and
//! everything that is passed over is counted with its [`Reason`].

mod crd;
mod document;
mod file;
mod file_names;
mod kind;
mod kustomization;
mod object;
mod skipped;
mod template;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rayon::iter::{IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _};

use crate::diagnostic::{Failure, FailureKind, ObjectName};
use crate::discover::{Input, Inputs, PassedOver};
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::yaml::{SyntaxError, de, encoding};
pub use document::KnownObject;
use file::{File, Outcome};
pub use file_names::COMPANIONS;
use file_names::ChartTemplates;
pub use kind::Kind;
pub use object::{CustomResources, Object, Typed, Written};
pub use skipped::{Reason, Skipped};

/// The version of Kubernetes whose types objects are decoded into: the feature of `k8s-openapi` in `Cargo.toml`.
pub const KUBERNETES_VERSION: &str = "1.36";

/// How to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Where objects without a namespace live.
    pub default_namespace: String,
    /// Whether to parse documents, too, that are plainly of no interest.
    pub parse_all: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { default_namespace: "default".to_owned(), parse_all: false }
    }
}

/// Something that the first pass comes across.
#[derive(Debug)]
pub enum Observation<'a> {
    /// A file that cannot be read.
    Unreadable(&'a UnreadableFile),
    /// A document that is no YAML.
    Syntax(&'a SyntaxError),
    /// The first line of a text that Kubernetes does not read, because a document has ended before it.
    Ignored(Span),
    /// An object that does not say of what type it is.
    Untyped(&'a Untyped<'a>),
    /// An object of a kind that does not exist.
    UnknownKind(&'a UnknownKind<'a>),
    /// An object that the API server could not decode.
    Undecodable(&'a Undecodable<'a>),
    /// An object.
    Object(&'a Object<'a>),
}

/// A file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableFile {
    /// Why not.
    pub reason: String,
    /// Its empty beginning.
    pub span: Span,
}

/// A type that does not exist, and that looks like one that is analysed.
#[derive(Clone, Copy, Debug)]
pub struct UnknownKind<'a> {
    /// What the object says.
    pub api_version: &'a str,
    /// What the object says.
    pub kind: &'a str,
    /// What it was probably meant to say.
    pub nearest: Kind,
    /// Where the part of the type stands that is wrong: `apiVersion` or `kind`.
    pub span: Span,
}

/// An object with a `kind` that is analysed and no `apiVersion`, or the other way round.
#[derive(Clone, Copy, Debug)]
pub struct Untyped<'a> {
    /// What is missing: `apiVersion` or `kind`.
    pub missing: &'static str,
    /// A key that was probably meant to be it.
    pub meant: Option<&'a str>,
    /// Where that key stands, or what is there of the type.
    pub span: Span,
}

/// An object with a value of a type that the API server cannot decode.
#[derive(Clone, Copy, Debug)]
pub struct Undecodable<'a> {
    /// What it is called.
    pub name: &'a ObjectName,
    /// Where it stands.
    pub written: Written<'a>,
    /// What is wrong with it.
    pub error: &'a de::Error,
}

/// What is known of all files after the first pass.
#[derive(Debug, Default)]
pub struct ReadSet {
    /// The files; the texts of those that the observer had something to say about.
    pub sources: Sources,
    /// How many files were asked for and read.
    pub files: usize,
    /// How many documents they hold, empty ones aside.
    pub documents: usize,
    /// How many of these hold objects that were analysed.
    pub analysed: usize,
    /// The objects, by file and place.
    pub objects: Vec<KnownObject>,
    /// What was not analysed, by path and document.
    pub skipped: Vec<Skipped>,
}

/// Reads all inputs and shows the observer what is in them, together with the bytes of the file that it is in.
///
/// Returns what the observer has to say, by file, the same on any number of threads.
/// Fails where not a single file can be read.
pub fn load<T: Send>(
    inputs: &Inputs,
    options: &Options,
    observe: impl Fn(&Observation<'_>, &[u8]) -> Vec<T> + Sync,
) -> Result<(ReadSet, Vec<T>), Failure> {
    let templates = ChartTemplates::of(inputs.files.iter().filter_map(Input::absolute));
    let read = |(index, input): (usize, &Input)| {
        let id = FileId::new(u32::try_from(index).unwrap_or(u32::MAX));
        read_input(input, id, options, &templates, &observe)
    };
    let mut files: Vec<_> = inputs.files.par_iter().enumerate().map(read).collect();
    refuse_if_nothing_was_read(inputs, &files)?;
    let listed = files.iter_mut().flat_map(|file| std::mem::take(&mut file.outcome.fragments));
    let fragments: HashSet<_> = listed.map(PathBuf::into_os_string).collect();
    let mut read_set = ReadSet { skipped: passed_over(inputs), ..ReadSet::default() };
    let mut sources = Vec::with_capacity(files.len());
    let mut said = Vec::new();
    for (input, mut file) in inputs.files.iter().zip(files) {
        let is_fragment = input.absolute().is_some_and(|path| fragments.contains(path.as_os_str()));
        if is_fragment || input.is_companion() {
            file.outcome = file.outcome.into_fragment(input.path());
            file.said.about_objects.clear();
        }
        if input.is_companion() {
            file.said.about_file.clear();
        } else {
            read_set.add(file.outcome, file.unreadable.is_none());
        }
        let text = if file.said.is_empty() { None } else { file.bytes };
        sources.push(SourceFile::new(input.path().to_owned(), text));
        said.append(&mut file.said.about_file);
        said.append(&mut file.said.about_objects);
    }
    read_set.sources = Sources::new(sources);
    read_set
        .skipped
        .sort_by(|one, other| (Path::new(&one.path), one.document).cmp(&(Path::new(&other.path), other.document)));
    Ok((read_set, said))
}

/// One file after the first pass.
struct ReadFile<T> {
    outcome: Outcome,
    said: Said<T>,
    bytes: Option<Vec<u8>>,
    /// How many bytes were read.
    length: Option<usize>,
    unreadable: Option<UnreadableFile>,
}

/// What the observer has to say about one file. What a file cannot be read for stays true, whatever its objects are.
struct Said<T> {
    about_file: Vec<T>,
    about_objects: Vec<T>,
}

impl<T> Said<T> {
    fn is_empty(&self) -> bool {
        self.about_file.is_empty() && self.about_objects.is_empty()
    }

    fn add(&mut self, observation: &Observation<'_>, mut said: Vec<T>) {
        let list = match observation {
            Observation::Unreadable(_) | Observation::Syntax(_) | Observation::Ignored(_) => &mut self.about_file,
            _ => &mut self.about_objects,
        };
        list.append(&mut said);
    }
}

fn read_input<T>(
    input: &Input,
    id: FileId,
    options: &Options,
    templates: &ChartTemplates,
    observe: impl Fn(&Observation<'_>, &[u8]) -> Vec<T>,
) -> ReadFile<T> {
    let bytes = match input.read() {
        Ok(bytes) => encoding::to_utf8(bytes),
        Err(error) => {
            let unreadable = UnreadableFile { reason: error.reason, span: Span { file: id, start: 0, end: 0 } };
            let about_file = observe(&Observation::Unreadable(&unreadable), &[]);
            let said = Said { about_file, about_objects: Vec::new() };
            return ReadFile {
                outcome: Outcome::default(),
                said,
                bytes: None,
                length: None,
                unreadable: Some(unreadable),
            };
        }
    };
    let mut said = Said { about_file: Vec::new(), about_objects: Vec::new() };
    let absolute = input.absolute();
    let in_chart = absolute.is_some_and(|path| templates.contain(path));
    let file = File { id, path: input.path(), absolute, bytes: &bytes, in_chart, options };
    let outcome = file::read(file, &mut |observation| said.add(observation, observe(observation, &bytes)));
    let length = Some(bytes.len());
    let bytes = (!said.is_empty()).then_some(bytes);
    ReadFile { outcome, said, bytes, length, unreadable: None }
}

/// Nothing can be said where no file could be read, or where a pipe brought nothing: what was to fill it has failed.
fn refuse_if_nothing_was_read<T>(inputs: &Inputs, files: &[ReadFile<T>]) -> Result<(), Failure> {
    if let ([input], [ReadFile { length: Some(0), .. }]) = (inputs.files.as_slice(), files)
        && input.absolute().is_none()
    {
        return Err(Failure::new(FailureKind::NoInput, "standard input is empty")
            .hint("see whether the command that was to write to it has failed"));
    }
    let wanted = || inputs.files.iter().zip(files).filter(|(input, _)| !input.is_companion());
    let first = wanted().find_map(|(input, file)| Some((input, file.unreadable.as_ref()?)));
    match first {
        Some((input, error)) if wanted().all(|(_, file)| file.unreadable.is_some()) => {
            let message = format!("`{}` cannot be read: {}", input.path(), error.reason);
            Err(Failure::new(FailureKind::Input, message))
        }
        _ => Ok(()),
    }
}

fn passed_over(inputs: &Inputs) -> Vec<Skipped> {
    let skipped = |(path, reason): &(String, PassedOver)| {
        let reason = match reason {
            PassedOver::Link => Reason::Link,
            PassedOver::Excluded => Reason::Excluded,
        };
        Skipped { path: path.clone(), document: None, reason }
    };
    inputs.passed_over.iter().map(skipped).collect()
}

impl ReadSet {
    fn add(&mut self, mut outcome: Outcome, readable: bool) {
        self.files += usize::from(readable);
        self.documents += outcome.documents;
        self.analysed += outcome.analysed;
        self.objects.append(&mut outcome.objects);
        self.skipped.append(&mut outcome.skipped);
    }
}
