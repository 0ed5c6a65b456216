//! `rolecall review`: SubjectAccessReviews in, the same out with their status.

use std::io;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::{Exit, Ui, args, ask};
use crate::diagnostic::{Failure, FailureKind};
use crate::discover::{self, Input, Request};
use crate::query::{Access, Submitted, review, submitted};
use crate::report::access;
use crate::yaml::encoding;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files with SubjectAccessReviews, also local ones, or `-` for standard input; repeatable. JSON line by line, other
    /// JSON, YAML, and lists of them.
    #[arg(long, value_name = "FILE", required = true)]
    reviews: Vec<String>,
    #[command(flatten)]
    input: args::Input,
}

/// What stands below the help.
pub(super) const AFTER_HELP: &str = "\
Each review comes out as one line of JSON, in order, with its status: `allowed`, and the `reason` in the API server's \
words. Requests are taken to the letter: no group is added. What only one of several differing definitions allows is not \
allowed, and the reason says so. A review that an API server would refuse comes out with an `evaluationError`; all others \
are answered all the same.

Exit codes: 0 all reviews were answered, whatever the answers are, 2 some could not be, or usage, configuration or input \
error, 3 no review or no input file found";

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit, Failure> {
    let texts = args.texts()?;
    let access = args.input.access_without_texts()?;
    let mut run = Run { access: &access, answered: 0, refused: 0, first_refused: Vec::new() };
    ui.print(|out| texts.iter().try_for_each(|(path, text)| run.answer(path, text, out)))?;
    run.finish(args, ui)
}

impl Args {
    /// The texts of the reviews with their paths, in the order in which they are named.
    fn texts(&self) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let from_stdin = self.reviews.iter().filter(|path| *path == "-").count();
        if from_stdin + usize::from(self.input.names_stdin(&[])) > 1 {
            let message = "standard input can be read once: only one `-` may be among `--reviews` and `--filename`";
            return Err(Failure::new(FailureKind::Usage, message));
        }
        let mut texts = Vec::new();
        for path in &self.reviews {
            // One by one: what discovery finds for one path it sorts.
            let inputs = discover::discover(&Request { paths: vec![path.clone()], ..Request::default() })?;
            for file in inputs.files {
                texts.push((file.path().to_owned(), encoding::to_utf8(read(&file)?)));
            }
        }
        Ok(texts)
    }
}

fn read(file: &Input) -> Result<Vec<u8>, Failure> {
    file.read().map_err(|error| {
        Failure::new(FailureKind::Input, format!("`{}` cannot be read: {}", file.path(), error.reason))
    })
}

/// So many reviews are answered before they are written: all cores have work, and no output waits in memory.
const CHUNK: usize = 8192;

/// So many of the reviews that could not be answered are named.
const NAMED: usize = 10;

struct Run<'a> {
    access: &'a Access,
    answered: usize,
    refused: usize,
    /// Where the first of those stand that could not be answered, and why.
    first_refused: Vec<String>,
}

impl Run<'_> {
    fn answer(&mut self, path: &str, text: &[u8], out: &mut dyn io::Write) -> io::Result<()> {
        let access = self.access;
        let answer = |submitted: Submitted<'_>| {
            let reviewed = review(access, submitted);
            let error = reviewed.status.evaluation_error.as_str();
            let refused = (!error.is_empty()).then(|| format!("{path}:{}: {error}", reviewed.line));
            (access::review(&reviewed), refused)
        };
        let mut reviews = submitted(text);
        loop {
            let chunk: Vec<_> = reviews.by_ref().take(CHUNK).collect();
            if chunk.is_empty() {
                return Ok(());
            }
            let answers: Vec<_> = chunk.into_par_iter().map(answer).collect();
            for (line, refused) in answers {
                out.write_all(line.as_bytes())?;
                self.answered += usize::from(refused.is_none());
                self.refused += usize::from(refused.is_some());
                let room = NAMED.saturating_sub(self.first_refused.len());
                self.first_refused.extend(refused.into_iter().take(room));
            }
        }
    }

    /// Says what a reader of the answers has to know beside them.
    fn finish(self, args: &Args, ui: &mut Ui) -> Result<Exit, Failure> {
        let Self { access, answered, refused, first_refused } = self;
        ask::beside([], access, ui);
        if refused + answered == 0 {
            let message = format!("there is no review in `{}`", args.reviews.join("`, `"));
            return Err(Failure::new(FailureKind::NoInput, message));
        }
        if refused == 0 {
            return Ok(Exit::Fine);
        }
        for refused in &first_refused {
            ui.remark(refused);
        }
        if refused > first_refused.len() {
            ui.remark(&format!("and {} more", refused - first_refused.len()));
        }
        let all = refused + answered;
        let failure = Failure::new(FailureKind::Input, format!("{refused} of {all} reviews could not be answered"));
        Err(failure.hint("each of them came out with a `status.evaluationError`"))
    }
}
