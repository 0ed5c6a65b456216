//! Where reports go: `-o FORMAT[=FILE]`, as often as there are readers.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, Error, ValueEnum};

use crate::diagnostic::{Failure, FailureKind};
use crate::discover::{self, Project, without_dots};

/// One report that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Output<F> {
    pub(super) format: F,
    /// `None` for standard output.
    pub(super) file: Option<PathBuf>,
}

impl<F> Output<F> {
    /// Writes a report into its file, which may be none of those that were read for something.
    pub(super) fn write_file(
        &self,
        text: &[u8],
        project: &Project,
        is_input: impl Fn(&Path) -> bool,
    ) -> Result<(), Failure> {
        let Some(file) = &self.file else { return Ok(()) };
        if is_input(&project.absolute(file)) {
            let message = format!("`{}` is one of the files that were read", file.display());
            return Err(usage(message).hint("name another file for the report"));
        }
        discover::write(file, text)
    }
}

/// Fails where two reports would go to one place, or one nowhere.
pub(super) fn check<F>(outputs: &[Output<F>]) -> Result<(), Failure> {
    let mut places = BTreeSet::new();
    for Output { file, .. } in outputs {
        if file.as_deref() == Some(Path::new("")) {
            return Err(usage("`-o FORMAT=` names no file".to_owned()));
        }
        if !places.insert(file.as_deref().map(without_dots)) {
            return Err(match file {
                Some(file) => usage(format!("two reports cannot both go to `{}`", file.display())),
                None => usage("only one report can go to standard output".to_owned())
                    .hint("name a file for each of the others, as in `-o json=FILE`"),
            });
        }
    }
    Ok(())
}

fn usage(message: String) -> Failure {
    Failure::new(FailureKind::Usage, message)
}

/// Reads `FORMAT[=FILE]`. `-` is standard output, as it is standard input elsewhere.
#[derive(Clone, Debug)]
pub(super) struct OutputParser<F>(PhantomData<F>);

impl<F> OutputParser<F> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<F: ValueEnum + Clone + Send + Sync + 'static> TypedValueParser for OutputParser<F> {
    type Value = Output<F>;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<Output<F>, Error> {
        let text = value.to_str().ok_or_else(|| Error::new(ErrorKind::InvalidUtf8).with_cmd(command))?;
        let (format, file) = text.split_once('=').map_or((text, None), |(format, file)| (format, Some(file)));
        let format = EnumValueParser::<F>::new().parse_ref(command, arg, OsStr::new(format))?;
        Ok(Output { format, file: file.filter(|file| *file != "-").map(PathBuf::from) })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(F::value_variants().iter().filter_map(F::to_possible_value)))
    }
}
