//! The first pass over a read set.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::iter::{IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _};

use super::file::{self, File, Outcome};
use super::file_names::ChartTemplates;
use super::kustomization::{self, Kustomization};
use super::pool::Pool;
use super::{KnownObject, Observation, Options, Reason, Skipped, UnreadableFile};
use crate::diagnostic::{Failure, FailureKind};
use crate::discover::{Input, Inputs, PassedOver};
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::timing::{self, Stage};
use crate::yaml::encoding;

/// What is known of all files after the first pass.
#[derive(Debug, Default)]
pub struct ReadSet {
    /// The files; the texts of those that the observer had something to say about, or of which the API server refuses
    /// an object.
    pub sources: Sources,
    /// How many files were asked for: they stand before the others.
    pub asked_for: usize,
    /// How many of them were read.
    pub files: usize,
    /// How many documents they hold, empty ones aside.
    pub documents: usize,
    /// How many of these hold objects that were analysed.
    pub analysed: usize,
    /// The objects, by file and place.
    pub objects: Vec<KnownObject>,
    /// What was not analysed, by path and document.
    pub skipped: Vec<Skipped>,
    /// The kustomizations that change the names or namespaces of the objects that they list, as paths.
    pub renaming: Vec<String>,
    /// The kustomizations that list a file among their resources, by that file.
    pub listed: BTreeMap<FileId, Vec<FileId>>,
    /// The files whose objects get their namespace only when a kustomization is rendered.
    pub namespace_to_come: HashSet<FileId>,
}

/// Reads all inputs and shows the observer what is in them, together with the bytes of the file that it is in.
///
/// Returns what the observer has to say, by file, the same on any number of threads. Fails where not a single file can be
/// read.
pub fn load<T: Send>(
    inputs: &Inputs,
    options: &Options,
    observe: impl Fn(&Observation<'_>, &[u8]) -> Vec<T> + Sync,
) -> Result<(ReadSet, Vec<T>), Failure> {
    let templates = ChartTemplates::of(inputs.files.iter().filter_map(Input::absolute));
    let pass = FirstPass { options, templates, pool: Pool::default(), open: AtomicUsize::new(0) };
    let read = |(index, input): (usize, &Input)| {
        let id = FileId::new(u32::try_from(index).unwrap_or(u32::MAX));
        read_input(input, id, &pass, &observe)
    };
    let mut files: Vec<_> = inputs.files.par_iter().enumerate().map(read).collect();
    refuse_if_nothing_was_read(inputs, &files)?;
    let mut read_set = ReadSet { skipped: passed_over(inputs), ..ReadSet::default() };
    read_set.apply_kustomizations(inputs, &mut files);
    let mut sources = Vec::with_capacity(files.len());
    let mut said = Vec::new();
    read_set.objects.reserve_exact(files.iter().map(|file| file.outcome.objects.len()).sum());
    for (input, mut file) in inputs.files.iter().zip(files) {
        if !input.is_companion() {
            read_set.asked_for += 1;
            said.append(&mut file.said.about_file);
            said.append(&mut file.said.about_objects);
            read_set.add(file.outcome, file.unreadable.is_none());
        }
        sources.push(file.source);
    }
    read_set.sources = Sources::new(sources);
    // Nearly sorted as it is: only what discovery has passed over stands before the rest.
    read_set.skipped.sort_by(|one, other| place(one).cmp(&place(other)));
    Ok((read_set, said))
}

fn place(skipped: &Skipped) -> (&Path, Option<usize>) {
    (Path::new(&skipped.path), skipped.document)
}

/// One file after the first pass.
struct ReadFile<T> {
    outcome: Outcome,
    said: Said<T>,
    /// The file, with its text where there is something in it to point at.
    source: SourceFile,
    is_empty: bool,
    unreadable: Option<UnreadableFile>,
}

/// What the observer has to say about one file. What a file cannot be read for stays true, whatever its objects are.
struct Said<T> {
    about_file: Vec<T>,
    about_objects: Vec<T>,
}

impl<T> Said<T> {
    fn nothing() -> Self {
        Self { about_file: Vec::new(), about_objects: Vec::new() }
    }

    fn is_nothing(&self) -> bool {
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

/// What all files of a run share while they are read.
struct FirstPass<'r> {
    options: &'r Options,
    templates: ChartTemplates,
    pool: Pool,
    /// How many bytes of texts are kept as they are.
    open: AtomicUsize,
}

/// Texts of more bytes than this are packed: whoever has so many looks at a few of them again.
const MOST_OPEN: usize = 8 << 20;

impl FirstPass<'_> {
    /// The file with its text.
    fn keep(&self, input: &Input, bytes: Vec<u8>) -> SourceFile {
        let path = input.path().to_owned();
        // Which texts are packed depends on threads, and makes no difference to anybody.
        if self.open.fetch_add(bytes.len(), Ordering::Relaxed) < MOST_OPEN {
            SourceFile::new(path, Some(bytes))
        } else {
            SourceFile::packed(path, bytes)
        }
    }
}

fn read_input<T>(
    input: &Input,
    id: FileId,
    pass: &FirstPass<'_>,
    observe: impl Fn(&Observation<'_>, &[u8]) -> Vec<T>,
) -> ReadFile<T> {
    let FirstPass { options, templates, pool, .. } = pass;
    let nothing = || SourceFile::new(input.path().to_owned(), None);
    let mut said = Said::nothing();
    let bytes = match timing::stage(Stage::Read, || input.read()) {
        Ok(bytes) => encoding::to_utf8(bytes),
        Err(error) => {
            let file = UnreadableFile { reason: error.reason, span: Span { file: id, start: 0, end: 0 } };
            let observation = Observation::Unreadable(&file);
            said.add(&observation, observe(&observation, &[]));
            let (outcome, unreadable) = (Outcome::default(), Some(file));
            return ReadFile { outcome, said, source: nothing(), is_empty: false, unreadable };
        }
    };
    let absolute = input.absolute();
    let in_chart = absolute.is_some_and(|path| templates.contain(path));
    let file = File { id, path: input.path(), absolute, bytes: &bytes, in_chart, options, pool };
    let mut outcome = file::read(file, &mut |observation| {
        said.add(observation, timing::stage(Stage::FirstRules, || observe(observation, &bytes)));
    });
    outcome.objects.shrink_to_fit();
    let is_empty = bytes.is_empty();
    let is_shown = |object: &KnownObject| options.keep_texts || object.refusal.is_some();
    let is_shown = !said.is_nothing() || outcome.objects.iter().any(is_shown);
    let source = if is_shown { timing::stage(Stage::Read, || pass.keep(input, bytes)) } else { nothing() };
    ReadFile { outcome, said, source, is_empty, unreadable: None }
}

/// Nothing can be said where no file could be read, or where a pipe brought nothing: what was to fill it has failed.
fn refuse_if_nothing_was_read<T>(inputs: &Inputs, files: &[ReadFile<T>]) -> Result<(), Failure> {
    let wanted = || inputs.files.iter().zip(files).filter(|(input, _)| !input.is_companion());
    if wanted().all(|(input, file)| input.absolute().is_none() && file.is_empty) && wanted().next().is_some() {
        return Err(Failure::new(FailureKind::NoInput, "standard input is empty")
            .hint("see whether the command that was to write to it has failed"));
    }
    let first = wanted().find_map(|(input, file)| Some((input, file.unreadable.as_ref()?)));
    match first {
        Some((input, error)) if wanted().all(|(_, file)| file.unreadable.is_some()) => {
            let message = format!("`{}` cannot be read: {}", input.path(), error.reason);
            Err(Failure::new(FailureKind::Input, message))
        }
        _ => Ok(()),
    }
}

/// Takes back what was said about objects in files that turn out to hold only parts of objects: a kustomization says so,
/// and may have been read after them.
fn withdraw_fragments<T>(inputs: &Inputs, files: &mut [ReadFile<T>], kustomizations: &[Kustomization]) {
    let fragments: HashSet<_> =
        kustomizations.iter().flat_map(|it| &it.fragments).map(|path| path.as_os_str()).collect();
    for (input, file) in inputs.files.iter().zip(files) {
        if input.absolute().is_some_and(|path| fragments.contains(path.as_os_str())) {
            file.outcome = std::mem::take(&mut file.outcome).into_fragment(input.path());
            file.said.about_objects.clear();
        }
    }
}

/// What was found and left unread, as it stands among what was read and not analysed.
fn passed_over(inputs: &Inputs) -> Vec<Skipped> {
    let skipped = |(path, reason): &(String, PassedOver)| {
        let reason = match reason {
            PassedOver::Link => Reason::Link,
            PassedOver::Excluded => Reason::Excluded,
            PassedOver::OtherCluster => Reason::OtherCluster,
        };
        Skipped { path: path.clone(), document: None, reason }
    };
    inputs.passed_over.iter().map(skipped).collect()
}

/// The kustomizations that list each file.
fn listed<'k>(
    inputs: &Inputs,
    kustomizations: impl Iterator<Item = (FileId, &'k Kustomization)>,
) -> BTreeMap<FileId, Vec<FileId>> {
    let mut lists: HashMap<&Path, Vec<FileId>> = HashMap::new();
    for (id, kustomization) in kustomizations {
        for path in &kustomization.resources {
            lists.entry(path).or_default().push(id);
        }
    }
    let mut listed = BTreeMap::new();
    for (index, input) in inputs.files.iter().enumerate() {
        if let Some(by) = input.absolute().and_then(|path| lists.get(path)) {
            listed.insert(FileId::new(u32::try_from(index).unwrap_or(u32::MAX)), by.clone());
        }
    }
    listed
}

impl ReadSet {
    /// Takes in what the kustomizations say about all files.
    fn apply_kustomizations<T>(&mut self, inputs: &Inputs, files: &mut [ReadFile<T>]) {
        let id = |index: usize| FileId::new(u32::try_from(index).unwrap_or(u32::MAX));
        let named = inputs.files.iter().zip(files.iter_mut()).enumerate();
        let found = named.filter_map(|(index, (input, file))| {
            let kustomization = file.outcome.kustomization.take()?;
            Some(((input.path(), id(index)), kustomization))
        });
        let (named, kustomizations): (Vec<_>, Vec<_>) = found.unzip();
        let (paths, ids): (Vec<_>, Vec<_>) = named.into_iter().unzip();
        self.listed = listed(inputs, ids.into_iter().zip(&kustomizations));
        let renaming = paths.into_iter().zip(&kustomizations).filter(|(_, kustomization)| kustomization.renames);
        self.renaming = renaming.map(|(path, _)| path.to_owned()).collect();
        let into_a_namespace = kustomization::put_into_a_namespace(&kustomizations);
        for (index, input) in inputs.files.iter().enumerate() {
            if input.absolute().is_some_and(|path| into_a_namespace.contains(path)) {
                self.namespace_to_come.insert(id(index));
            }
        }
        withdraw_fragments(inputs, files, &kustomizations);
    }

    fn add(&mut self, mut outcome: Outcome, readable: bool) {
        self.files += usize::from(readable);
        self.documents += outcome.documents;
        self.analysed += outcome.analysed;
        self.objects.append(&mut outcome.objects);
        self.skipped.append(&mut outcome.skipped);
    }
}
