//! `rolecall can-i`: may this subject do this?

use clap::ValueEnum;

use super::subject::SubjectFlags;
use super::who_can::beside;
use super::{Exit, Ui, args};
use crate::diagnostic::{Failure, FailureKind};
use crate::query::{self, Access, Place, Words};
use crate::rbac::Verdict;
use crate::report::access;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    input: args::Input,
}

/// What is asked, whatever it is asked about.
#[derive(Debug, clap::Args)]
pub(super) struct Question {
    /// The verb, such as `get`; `*` for all.
    #[arg(value_name = "VERB")]
    verb: Option<String>,
    /// `TYPE`, `TYPE.GROUP`, either followed by `/NAME`, or a URL that begins with a slash.
    #[arg(value_name = "TYPE[.GROUP][/NAME] | /URL")]
    target: Option<String>,
    #[command(flatten)]
    subject: SubjectFlags,
    #[command(flatten)]
    place: PlaceFlags,
    /// The subresource, such as `exec` of pods.
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    subresource: String,
    /// Prints nothing: the exit code is the answer.
    #[arg(short, long)]
    quiet: bool,
    /// Lists the rules of the subject that count in the namespace, as kubectl does.
    #[arg(long)]
    list: bool,
    /// Leaves out the headings of the list.
    #[arg(long)]
    no_headers: bool,
    /// How to write the answer.
    #[arg(short, long, value_name = "FORMAT", default_value = "human", value_enum)]
    output: Output,
}

/// Where something is asked to be done.
#[derive(Debug, clap::Args)]
pub(super) struct PlaceFlags {
    /// The namespace of the question. Default: the default namespace.
    #[arg(short, long, value_name = "NS")]
    namespace: Option<String>,
    /// Asks about all namespaces at once.
    #[arg(short = 'A', long)]
    all_namespaces: bool,
}

impl PlaceFlags {
    pub(super) fn place(&self) -> Place {
        match &self.namespace {
            _ if self.all_namespaces => Place::Everywhere,
            // An empty name is none, as for kubectl.
            Some(namespace) if !namespace.is_empty() => Place::Namespace(namespace.clone()),
            _ => Place::Default,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Output {
    /// The answer, why, and what would change it.
    Human,
    /// One JSON object.
    Json,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit, Failure> {
    // What is wrong with the question is said before anything is read.
    if args.question.list {
        args.question.check_list()?;
    } else {
        drop(args.question.check()?);
    }
    let access = args.input.access(&[])?;
    answer(&args.question, &access, ui)
}

/// Answers a question about what has been read.
pub(super) fn answer(question: &Question, access: &Access, ui: &mut Ui) -> Result<Exit, Failure> {
    if question.list {
        return list(question, access, ui);
    }
    let words = question.check()?;
    let asker = question.subject.asker()?;
    let answer = query::can_i(access, &asker, &words)?;
    let text = match question.output {
        _ if question.quiet => String::new(),
        Output::Human => access::answer(access, &answer, ui.look()),
        Output::Json => access::json_answer(access, &answer),
    };
    ui.print(|out| out.write_all(text.as_bytes()))?;
    Ok(if answer.decision.verdict == Verdict::Allowed { Exit::Fine } else { Exit::NotFine })
}

/// Lists the rules of a subject in what has been read.
fn list(question: &Question, access: &Access, ui: &mut Ui) -> Result<Exit, Failure> {
    question.check_list()?;
    let asker = question.subject.asker()?;
    let namespace = question.place.namespace.as_deref().unwrap_or(access.default_namespace());
    if question.output == Output::Json {
        let permissions = query::permissions(access, &asker, Some(namespace));
        let text = access::permissions::json(access, &permissions);
        ui.print(|out| out.write_all(text.as_bytes()))?;
        return Ok(Exit::Fine);
    }
    let list = query::rules_list(access, &asker.identity, namespace);
    let text = access::rules_list(&list, !question.no_headers);
    ui.print(|out| out.write_all(text.as_bytes()))?;
    let conditional = "some rules hold only if one of several differing definitions does".to_owned();
    let doubts = query::doubts_about(&asker.who, access).into_iter();
    let notes = doubts.chain(query::doubts_about_namespace(namespace, access));
    let notes: Vec<_> = notes.chain(list.is_conditional.then_some(conditional)).collect();
    beside(&notes, access, ui);
    Ok(Exit::Fine)
}

impl Question {
    /// Fails where more is asked for than a list. The words are kubectl's.
    fn check_list(&self) -> Result<(), Failure> {
        let usage = |message: &str| Err(Failure::new(FailureKind::Usage, message));
        if self.verb.is_some() {
            return usage("list option must be specified with no arguments");
        }
        if self.quiet || self.place.all_namespaces || !self.subresource.is_empty() {
            return usage("list option can't be specified with neither quiet, all-namespaces nor subresource options");
        }
        self.subject.asker().map(drop)
    }

    /// The words of the question. Fails where some are missing.
    fn check(&self) -> Result<Words, Failure> {
        if self.no_headers {
            return Err(Failure::new(FailureKind::Usage, "--no-headers cannot be set without --list specified"));
        }
        self.subject.asker()?;
        let (Some(verb), Some(target)) = (&self.verb, &self.target) else {
            let message = "you must specify two arguments: a verb, and a resource, resource/name or URL";
            return Err(Failure::new(FailureKind::Usage, message)
                .hint("such as `rolecall can-i get pods/web --serviceaccount prod:deployer -n prod`"));
        };
        Ok(Words {
            verb: verb.clone(),
            target: target.clone(),
            subresource: self.subresource.clone(),
            place: self.place.place(),
        })
    }
}
