//! The words of a line, split and quoted as a shell does.

use std::borrow::Cow;

use super::Session;
use crate::diagnostic::{Failure, FailureKind};
use crate::report::plain;

/// What lines may begin with that were meant for another shell.
const MEANT_FOR_ANOTHER: [&[&str]; 3] = [&["rolecall"], &["kubectl", "auth"], &["kubectl"]];

/// The words of a line; none where it is blank or a comment.
pub(super) fn words(line: &str) -> Result<Vec<String>, Failure> {
    let line = line.trim_start_matches('\u{FEFF}').trim();
    match shell_words::split(line) {
        Ok(words) => Ok(without_prefix(words)),
        Err(_) => Err(Failure::new(FailureKind::Usage, "a quote is not closed")
            .hint("close it, or write a backslash before it where it means itself")),
    }
}

fn without_prefix(mut words: Vec<String>) -> Vec<String> {
    let prefix =
        MEANT_FOR_ANOTHER.into_iter().find(|prefix| words.iter().zip(*prefix).all(|(word, part)| word == part));
    let length = prefix.map_or(0, <[_]>::len).min(words.len());
    words.drain(..length);
    words
}

/// A word as it can be written in a line: in quotes where it has to be.
pub fn quoted(word: &str) -> Cow<'_, str> {
    let acts = |c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '\\' | '#');
    if word.is_empty() || word.contains(acts) { shell_words::quote(word) } else { Cow::Borrowed(word) }
}

/// Where the last word of a text begins, and what could stand there instead of it.
pub(super) fn completed(session: &impl Session, text: &str) -> (usize, Vec<Candidate>) {
    let start = text.rfind([' ', '\t']).map_or(0, |space| space + 1);
    let (before, begun) = text.split_at(start);
    let (Ok(before), Ok(begun)) = (shell_words::split(before), shell_words::split(begun)) else {
        return (start, Vec::new());
    };
    let begun = begun.first().map_or("", String::as_str);
    let mut words = session.candidates(&without_prefix(before), begun);
    // A name that would act on the terminal cannot be typed either.
    words.retain(|word| word.starts_with(begun) && plain(word) == word.as_str());
    words.sort();
    words.dedup();
    (start, words.into_iter().map(Candidate::new).collect())
}

/// What could stand in the place of a word that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// As it is shown.
    pub(super) word: String,
    /// As it is typed, with the space behind it where nothing can follow it directly.
    pub(super) typed: String,
}

impl Candidate {
    fn new(word: String) -> Self {
        let space = if word.ends_with(['/', ':', '=']) { "" } else { " " };
        Self { typed: format!("{}{space}", quoted(&word)), word }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::Flow;

    #[test]
    fn words_are_those_of_a_shell() {
        for (line, expected) in [
            ("can-i get 'a b' c\\ d # why", vec!["can-i", "get", "a b", "c d"]),
            ("\u{FEFF}kubectl auth can-i get pods#1\r", vec!["can-i", "get", "pods#1"]),
            ("rolecall can-i", vec!["can-i"]),
            ("kubectl get pods", vec!["get", "pods"]),
            ("kubectl", vec![]),
            ("can-i rolecall", vec!["can-i", "rolecall"]),
            (" \t # rolecall", vec![]),
        ] {
            assert_eq!(words(line).unwrap(), expected, "{line}");
        }
        assert!(words("can 'a").is_err() && words("can \"a").is_err());
    }

    #[test]
    fn quoted_words_are_read_back() {
        for word in ["ci:deployer", "*", "", "user/Jane Doe", "a'b", "a\"b", "a\\b", "#a", "pods?"] {
            assert_eq!(words(&format!("x {}", quoted(word))).unwrap(), ["x", word]);
        }
        assert_eq!(quoted("*"), "*");
    }

    struct Names;

    impl Session for Names {
        fn run(&mut self, _: &[String]) -> Flow {
            Flow::End
        }

        fn candidates(&self, before: &[String], begun: &str) -> Vec<String> {
            let names = ["pods", "pods", "pod\u{1b}", "a b", "jobs/", &before.join("+"), &format!("{begun}!")];
            names.map(str::to_owned).to_vec()
        }

        fn fail(&mut self, _: &Failure) {}
    }

    fn typed(text: &str) -> (usize, Vec<String>) {
        let (start, candidates) = completed(&Names, text);
        (start, candidates.into_iter().map(|candidate| candidate.typed).collect())
    }

    #[test]
    fn the_last_word_is_completed_and_quoted() {
        assert_eq!(typed("kubectl po"), (8, vec!["po! ".to_owned(), "pods ".to_owned()]));
        assert_eq!(typed("x y j"), (4, vec!["j! ".to_owned(), "jobs/".to_owned()]));
        assert_eq!(typed("x y x"), (4, vec!["x! ".to_owned(), "x+y ".to_owned()]));
        assert_eq!(typed("x a"), (2, vec!["'a b' ".to_owned(), "a! ".to_owned()]));
        assert_eq!(typed("x 'a"), (2, vec![]));
        assert_eq!(typed("x 'a b"), (5, vec![]));
    }
}
