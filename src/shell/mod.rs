//! Talking with somebody line by line: what is typed at a terminal or comes through a pipe goes to a [`Session`], which
//! knows what the words mean.

mod line;
mod terminal;

use crate::diagnostic::{Failure, FailureKind};
use crate::discover::Unreadable;

pub use line::quoted;
pub use terminal::run_on_terminal;

/// Somebody who answers, line after line.
pub trait Session {
    /// Does what the words of a line say. There is at least one.
    fn run(&mut self, words: &[String]) -> Flow;

    /// What could stand behind these words, in the place of a word that was begun. What does not begin in the same way is
    /// left out later.
    fn candidates(&self, before: &[String], begun: &str) -> Vec<String>;

    /// Says what is wrong with a line that has no words to run.
    fn fail(&mut self, failure: &Failure);
}

/// Whether more lines are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// They are.
    Continue,
    /// The session is over.
    End,
}

/// Answers lines until there are no more, or until the session is over.
pub fn run_on_lines(session: &mut impl Session, lines: impl Iterator<Item = Result<String, Unreadable>>) {
    for line in lines {
        let flow = match line {
            Ok(line) => run_line(session, &line),
            Err(unreadable) => {
                session.fail(&unreadable_line(&unreadable.reason));
                Flow::Continue
            }
        };
        if flow == Flow::End {
            return;
        }
    }
}

/// Answers one line. Blank ones and comments say nothing.
fn run_line(session: &mut impl Session, line: &str) -> Flow {
    match line::words(line) {
        Ok(words) if words.is_empty() => Flow::Continue,
        Ok(words) => session.run(&words),
        Err(failure) => {
            session.fail(&failure);
            Flow::Continue
        }
    }
}

fn unreadable_line(reason: &str) -> Failure {
    Failure::new(FailureKind::Usage, format!("a line cannot be read: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keeps what it is told.
    #[derive(Default)]
    struct Recorder(Vec<String>);

    impl Session for Recorder {
        fn run(&mut self, words: &[String]) -> Flow {
            self.0.push(words.join("|"));
            if words == ["end"] { Flow::End } else { Flow::Continue }
        }

        fn candidates(&self, _: &[String], _: &str) -> Vec<String> {
            Vec::new()
        }

        fn fail(&mut self, failure: &Failure) {
            self.0.push(format!("error: {failure}"));
        }
    }

    #[test]
    fn errors_never_end_a_session_and_its_end_does() {
        let mut session = Recorder::default();
        let unreadable = || Err(Unreadable { reason: "it is not UTF-8".to_owned() });
        let lines = ["one 'and a half'", "", "  # nothing", "it's", "end", "more"].map(|line| Ok(line.to_owned()));
        run_on_lines(&mut session, [unreadable()].into_iter().chain(lines));
        assert_eq!(
            session.0,
            ["error: a line cannot be read: it is not UTF-8", "one|and a half", "error: a quote is not closed", "end"]
        );
    }
}
