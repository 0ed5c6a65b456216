//! Which findings of a run are told: of which files, and of which time.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Ui;
use super::configured::Configured;
use crate::diagnostic::{Failure, FailureKind, Finding};
use crate::discover::{self, Input, Inputs, Revision};
use crate::lint::{Earlier, KnownFindings, Report, Settings, lint};
use crate::manifest;

/// The rule whose findings are told wherever they are: of what a change breaks elsewhere.
const ABOUT_DELETED: &str = "object-refers-to-deleted";

#[derive(Debug, clap::Args)]
pub(super) struct Scope {
    /// Judges references with what is under this path, too, and tells and fixes findings of PATHS only; repeatable. In a git
    /// repository, what refers to something that the last commit has and that is gone is told wherever it stands; without
    /// PATHS, that alone is told.
    #[arg(long, value_name = "PATH")]
    context: Vec<String>,
    /// Tells only findings that were not there at this revision: where the history of `HEAD` has parted from it.
    #[arg(long, value_name = "REV", conflicts_with_all = ["fix", "diff"])]
    new_from: Option<String>,
    /// Tells only findings that are not in this file.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fix", "diff"])]
    baseline: Option<String>,
    /// Writes all findings to the file of `--baseline`, which is then what the next run begins with.
    #[arg(long, requires = "baseline")]
    write_baseline: bool,
}

impl Scope {
    /// What to read. A context may be empty where nothing is named: a hook runs in repositories without manifests, too,
    /// and on the commit that deletes the last one.
    pub(super) fn inputs(&self, configured: &Configured<'_>, named: &[String]) -> Result<Inputs, Failure> {
        let is_context_alone = !self.context.is_empty() && configured.request(named).paths.is_empty();
        match configured.discover(&self.paths(named)) {
            Err(failure) if is_context_alone && failure.kind() == FailureKind::NoInput => Ok(Inputs::default()),
            inputs => inputs,
        }
    }

    /// The files to read: those of the command line, and the context.
    fn paths(&self, named: &[String]) -> Vec<String> {
        named.iter().chain(&self.context).cloned().collect()
    }

    /// What the last commit has and the files may not have any more.
    pub(super) fn earlier(&self, configured: &Configured<'_>, named: &[String]) -> Result<Earlier, Failure> {
        if self.context.is_empty() {
            return Ok(Earlier::default());
        }
        let Some(head) = Revision::head() else { return Ok(Earlier::default()) };
        let changed = configured.at_revision(&self.paths(named), |request| head.changed(request))?;
        if changed.files.is_empty() {
            return Ok(Earlier::default());
        }
        let (read_set, _) = manifest::load(&changed, &configured.options(), |_, _| Vec::<()>::new())?;
        Ok(Earlier::of(&read_set))
    }

    /// The files of which findings are told, and which are fixed, by their paths as they are shown; `None` for all.
    pub(super) fn told(
        &self,
        configured: &Configured<'_>,
        named: &[String],
        inputs: &Inputs,
    ) -> Result<Option<BTreeSet<String>>, Failure> {
        if self.context.is_empty() {
            return Ok(None);
        }
        told(configured, named, inputs).map(Some)
    }

    /// Leaves in a report what is to be told.
    pub(super) fn narrow(
        &self,
        (configured, named): (&Configured<'_>, &[String]),
        (inputs, settings): (&Inputs, &Settings),
        report: &mut Report,
        ui: &mut Ui,
    ) -> Result<(), Failure> {
        if let Some(told) = self.told(configured, named, inputs)? {
            let sources = &report.read_set.sources;
            let is_told =
                |finding: &Finding| finding.rule == ABOUT_DELETED || told.contains(sources.path(finding.span.file));
            report.findings.retain(is_told);
            report.suppressed.retain(|finding| told.contains(sources.path(finding.span.file)));
        }
        if let Some(revision) = &self.new_from {
            let revision = Revision::parted_from(revision)?;
            let old = configured.at_revision(&self.paths(named), |request| revision.inputs(request))?;
            if !old.files.is_empty() {
                let known = KnownFindings::of(&lint(&old, &configured.options(), settings)?);
                known.take_from(report);
            }
        }
        match &self.baseline {
            Some(path) if self.write_baseline => {
                discover::write(Path::new(path), KnownFindings::to_json(report).as_bytes())?;
                KnownFindings::of(report).take_from(report);
                Ok(())
            }
            Some(path) => Self::compare(path, report, ui),
            None => Ok(()),
        }
    }

    fn compare(path: &str, report: &mut Report, ui: &mut Ui) -> Result<(), Failure> {
        let bytes = discover::read(Path::new(path))?;
        let known = KnownFindings::from_json(&bytes).map_err(|error| {
            Failure::new(FailureKind::Input, format!("`{path}`: {error}")).hint("`--write-baseline` writes it anew")
        })?;
        for (rule, at) in known.take_from(report) {
            ui.remark(&format!("{path}: `{rule}` in {at} is not found any more: `--write-baseline` takes it out"));
        }
        Ok(())
    }
}

/// The paths, as they are shown, of the files of which findings are told.
fn told(configured: &Configured<'_>, named: &[String], inputs: &Inputs) -> Result<BTreeSet<String>, Failure> {
    let request = configured.request(named);
    if request.paths.is_empty() {
        return Ok(BTreeSet::new());
    }
    let found = discover::discover(&request)?;
    let absolute: BTreeSet<Option<PathBuf>> =
        found.files.iter().map(|file| file.absolute().map(Path::to_owned)).collect();
    let is_told = |file: &&Input| absolute.contains(&file.absolute().map(Path::to_owned));
    Ok(inputs.files.iter().filter(is_told).map(|file| file.path().to_owned()).collect())
}
