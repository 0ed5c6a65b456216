//! A session at a terminal: line editing, completion by Tab, and a history that outlives it.

use std::io;
use std::path::Path;

use rustyline::completion::{self, Completer};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use super::line::{self, Candidate};
use super::{Flow, Session, run_line, unreadable_line};
use crate::diagnostic::{Failure, FailureKind};

const PROMPT: &str = "rolecall> ";

/// So many lines are remembered.
const MOST_LINES: usize = 1000;

/// Answers what is typed until the session is over. Lines are remembered in a file where one is given; where it cannot be
/// written, only as long as the session goes on.
pub fn run_on_terminal(session: impl Session, history: Option<&Path>) -> Result<(), Failure> {
    let mut editor = editor(session)?;
    if let Some(path) = history {
        // The first session of all finds nothing.
        drop(editor.load_history(path));
    }
    loop {
        let line = editor.readline(PROMPT);
        remember(&mut editor, line.as_deref().unwrap_or_default(), history);
        let Some(Typing(session)) = editor.helper_mut() else { return Ok(()) };
        let flow = match line {
            // What was pasted may have several lines.
            Ok(text) => text.lines().map(|line| run_line(session, line)).find(|flow| *flow == Flow::End),
            Err(ReadlineError::Interrupted | ReadlineError::Signal(_)) => None,
            Err(ReadlineError::Io(error)) if error.kind() == io::ErrorKind::InvalidData => {
                session.fail(&unreadable_line("it is not UTF-8"));
                None
            }
            Err(ReadlineError::Eof) => Some(Flow::End),
            Err(error) => return Err(closed(&error)),
        };
        if flow == Some(Flow::End) {
            return Ok(());
        }
    }
}

fn editor<S: Session>(session: S) -> Result<Editor<Typing<S>, FileHistory>, Failure> {
    let config = Config::builder().completion_type(CompletionType::List).completion_show_all_if_ambiguous(true);
    let config = config.max_history_size(MOST_LINES).and_then(|config| config.history_ignore_dups(true));
    let config = config.map_err(|error| closed(&error))?.history_ignore_space(true).build();
    let mut editor = Editor::with_config(config).map_err(|error| closed(&error))?;
    editor.set_helper(Some(Typing(session)));
    Ok(editor)
}

fn closed(error: &ReadlineError) -> Failure {
    Failure::new(FailureKind::Input, format!("the terminal cannot be read: {error}"))
}

/// Remembers a line at once, so that it is not lost where the program is stopped in the middle of an answer.
fn remember<S: Session>(editor: &mut Editor<Typing<S>, FileHistory>, line: &str, history: Option<&Path>) {
    let is_new = !line.trim().is_empty() && editor.add_history_entry(line.trim_end()).unwrap_or(false);
    let Some(path) = history.filter(|_| is_new) else { return };
    // Nobody misses a history so much that an answer should wait for it.
    drop(path.parent().map(std::fs::create_dir_all));
    drop(editor.append_history(path));
}

/// A session while a line is typed for it.
struct Typing<S>(S);

impl<S: Session> Completer for Typing<S> {
    type Candidate = Candidate;

    fn complete(&self, text: &str, cursor: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Candidate>)> {
        Ok(line::completed(&self.0, text.get(..cursor).unwrap_or(text)))
    }
}

impl completion::Candidate for Candidate {
    fn display(&self) -> &str {
        &self.word
    }

    fn replacement(&self) -> &str {
        &self.typed
    }
}

impl<S> Hinter for Typing<S> {
    type Hint = String;
}

impl<S> Highlighter for Typing<S> {}
impl<S> Validator for Typing<S> {}
impl<S: Session> Helper for Typing<S> {}
