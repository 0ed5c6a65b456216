//! Plain sentences: `can ci:deployer get secrets in prod`, `who can delete pods`, `what can ci:deployer do`.
//!
//! A sentence is rewritten to the words of a command, so that both mean the same.

use crate::catalog::Subresource;
use crate::diagnostic::{Failure, FailureKind};
use crate::query::{Access, NamedSubject, Place, Who, subject_named};

/// The words of a command that a sentence stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rewritten {
    /// The words.
    pub(super) words: Vec<String>,
    /// How words were taken that may have been meant in another way.
    pub(super) notes: Vec<String>,
}

/// What sentences look like.
pub(super) const CAN: &str = "can SUBJECT VERB TYPE[.GROUP][/SUBRESOURCE] [named NAME] [in NAMESPACE | everywhere]";
pub(super) const WHO_CAN: &str = "who can VERB TYPE[.GROUP][/SUBRESOURCE] [named NAME] [in NAMESPACE | everywhere]";
pub(super) const WHAT_CAN: &str = "what can SUBJECT do [in NAMESPACE | everywhere]";

/// The command that a sentence stands for; `None` where the words are no sentence. Flags of the command may follow.
pub(super) fn rewritten(words: &[String], access: &Access) -> Result<Option<Rewritten>, Failure> {
    let flags = words.iter().position(|word| word.starts_with('-')).unwrap_or(words.len());
    let (sentence, flags) = words.split_at(flags);
    let sentence = without_question_mark(sentence);
    let mut writer = Writer { access, result: Rewritten::default() };
    let first = |at: usize| sentence.get(at).copied().map(str::to_lowercase).unwrap_or_default();
    match (first(0).as_str(), first(1).as_str()) {
        ("can", _) => writer.can(sentence.get(1..).unwrap_or_default())?,
        ("who", "can") => writer.who_can(sentence.get(2..).unwrap_or_default())?,
        ("what", "can") => writer.what_can(sentence.get(2..).unwrap_or_default())?,
        ("who", _) => return Err(misshapen(WHO_CAN)),
        ("what", _) => return Err(misshapen(WHAT_CAN)),
        _ => return Ok(None),
    }
    let Rewritten { mut words, notes } = writer.result;
    let at = words.iter().position(|word| word == "--").unwrap_or(words.len());
    words.splice(at..at, flags.iter().cloned());
    Ok(Some(Rewritten { words, notes }))
}

/// The words without the mark that ends a question.
fn without_question_mark(words: &[String]) -> Vec<&str> {
    let mut words: Vec<_> = words.iter().map(String::as_str).collect();
    if let Some(last) = words.pop() {
        words.extend(Some(last.trim_end_matches('?')).filter(|last| !last.is_empty()));
    }
    words
}

fn misshapen(shape: &str) -> Failure {
    Failure::new(FailureKind::Usage, "the sentence is not understood").hint(format!("say `{shape}`"))
}

/// Where a sentence asks about; `None` where its end says something else.
fn place(words: &[&str]) -> Option<Place> {
    match words {
        [] => Some(Place::Default),
        ["everywhere" | "anywhere"] | ["in", "all" | "any" | "every", "namespaces" | "namespace"] => {
            Some(Place::Everywhere)
        }
        ["in", namespace] | ["in", "namespace", namespace] | ["in", "the", "namespace", namespace] => {
            Some(Place::Namespace((*namespace).to_owned()))
        }
        _ => None,
    }
}

struct Writer<'a> {
    access: &'a Access,
    result: Rewritten,
}

impl Writer<'_> {
    fn can(&mut self, words: &[&str]) -> Result<(), Failure> {
        let [subject, verb, target, rest @ ..] = words else { return Err(misshapen(CAN)) };
        let who = self.subject(subject)?;
        let flag = match &who {
            Who::ServiceAccount { namespace, name } => format!("--serviceaccount={namespace}:{name}"),
            Who::User(name) => format!("--as={name}"),
            Who::Group(name) => format!("--as-group={name}"),
        };
        self.words(&["can-i", &flag]);
        self.action(verb, target, rest, CAN)
    }

    fn who_can(&mut self, words: &[&str]) -> Result<(), Failure> {
        let [verb, target, rest @ ..] = words else { return Err(misshapen(WHO_CAN)) };
        self.words(&["who-can"]);
        self.action(verb, target, rest, WHO_CAN)
    }

    fn what_can(&mut self, words: &[&str]) -> Result<(), Failure> {
        let [subject, "do", rest @ ..] = words else { return Err(misshapen(WHAT_CAN)) };
        let who = self.subject(subject)?;
        self.words(&["permissions"]);
        // All that somebody may do is what they may do everywhere.
        let is_everywhere = place(rest) == Some(Place::Everywhere);
        self.place(if is_everywhere { &[] } else { rest }, WHAT_CAN)?;
        self.words(&["--", &who.written()]);
        Ok(())
    }

    fn action(&mut self, verb: &str, target: &str, rest: &[&str], shape: &str) -> Result<(), Failure> {
        let (name, rest) = match rest {
            ["named", name, rest @ ..] => (Some(*name), rest),
            _ => (None, rest),
        };
        self.place(rest, shape)?;
        let target = self.target(target, name);
        self.words(&["--", verb, &target]);
        Ok(())
    }

    fn place(&mut self, words: &[&str], shape: &str) -> Result<(), Failure> {
        match place(words).ok_or_else(|| misshapen(shape))? {
            Place::Default => {}
            Place::Namespace(namespace) => self.words(&[&format!("--namespace={namespace}")]),
            Place::Everywhere => self.words(&["--all-namespaces"]),
        }
        Ok(())
    }

    /// The target of a question. A subresource behind a slash is one: whoever means the object of that name says `named`.
    fn target(&mut self, target: &str, name: Option<&str>) -> String {
        let (word, behind) = target.split_once('/').unwrap_or((target, ""));
        let has = |known: &Subresource| known.name == behind;
        let resource = self.access.catalog().resolve(word).filter(|resource| resource.subresources.iter().any(has));
        let target = match resource {
            Some(resource) if !word.is_empty() => {
                self.words(&[&format!("--subresource={behind}")]);
                if name.is_none() {
                    let plural = &resource.plural;
                    self.note(format!("`{behind}` is taken for the subresource of {plural}, and not for a name"));
                }
                word
            }
            _ => target,
        };
        name.map_or_else(|| target.to_owned(), |name| format!("{target}/{name}"))
    }

    /// A subject, or the only ServiceAccount of that name.
    fn subject(&mut self, text: &str) -> Result<Who, Failure> {
        let NamedSubject { who, note } = subject_named(text, self.access)?;
        self.result.notes.extend(note);
        Ok(who)
    }

    fn words(&mut self, words: &[&str]) {
        self.result.words.extend(words.iter().map(|&word| word.to_owned()));
    }

    fn note(&mut self, note: String) {
        self.result.notes.push(note);
    }
}
