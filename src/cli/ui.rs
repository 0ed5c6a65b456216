//! The one mouth of the program: everything that is printed goes through here.

use std::io::{self, BufWriter, ErrorKind, IsTerminal as _, Write as _};

use super::args::Color;
use crate::diagnostic::{Failure, FailureKind};
use crate::discover::in_plain_words;
use crate::report::{Look, plain};
use crate::timing::{self, Stage};

/// Standard output and standard error, and what is known about who reads them.
#[derive(Debug)]
pub struct Ui {
    color: bool,
    terminal: Terminal,
    is_heard: bool,
}

/// Whether standard output is a terminal, and what it can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Terminal {
    No,
    Ascii,
    Unicode,
}

impl Terminal {
    fn new(is_terminal: bool, is_utf8: bool) -> Self {
        match (is_terminal, is_utf8) {
            (false, _) => Self::No,
            (true, false) => Self::Ascii,
            (true, true) => Self::Unicode,
        }
    }
}

impl Ui {
    /// The width of what is drawn for no terminal, so that it is the same everywhere.
    pub(super) const WIDTH: usize = 100;

    /// A user interface for this process.
    #[expect(clippy::disallowed_methods, reason = "the environment is read here and nowhere else")]
    pub fn from_env() -> Self {
        let terminal = io::stdout().is_terminal();
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(std::env::var_os);
        let locale = locale.map(|locale| locale.to_string_lossy().to_lowercase()).find(|locale| !locale.is_empty());
        let is_utf8 = locale.is_none_or(|locale| locale.contains("utf-8") || locale.contains("utf8"));
        Self { color: terminal && !no_color, terminal: Terminal::new(terminal, is_utf8), is_heard: true }
    }

    pub(super) fn set_color(&mut self, color: Color) {
        match color {
            Color::Auto => {}
            Color::Always => self.color = true,
            Color::Never => self.color = false,
        }
    }

    /// How to draw, for the width that a terminal has now.
    pub(super) fn look(&self) -> Look {
        let size = if self.is_terminal() { terminal_size::terminal_size() } else { None };
        Look { color: self.color, width: size.map_or(Self::WIDTH, |(width, _)| usize::from(width.0)) }
    }

    /// Whether standard output is a terminal.
    pub(super) fn is_terminal(&self) -> bool {
        self.terminal != Terminal::No
    }

    /// Whether standard output is a terminal that says that it has another character set than that of Unicode.
    pub(super) fn is_ascii(&self) -> bool {
        self.terminal == Terminal::Ascii
    }

    /// Whether the reader of standard output is still there, as far as is known.
    pub(super) fn is_heard(&self) -> bool {
        self.is_heard
    }

    /// Writes to standard output. That its reader went away is no failure: it has seen what it wanted.
    pub(super) fn print(&mut self, write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<(), Failure> {
        let mut out = BufWriter::new(io::stdout().lock());
        match timing::stage(Stage::Report, || write(&mut out).and_then(|()| out.flush())) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_heard = false;
                Ok(())
            }
            Err(error) => {
                let message = format!("the output could not be written: {}", in_plain_words(&error));
                Err(Failure::new(FailureKind::Output, message))
            }
            Ok(()) => Ok(()),
        }
    }

    /// Says something beside the output, on standard error.
    #[expect(clippy::unused_self, reason = "who prints needs a user interface")]
    pub(super) fn remark(&mut self, text: &str) {
        // Nothing is left to be done where even this fails.
        drop(writeln!(io::stderr(), "{}", plain(text)));
    }

    /// Says why the run ended without an answer, and what to do about it.
    pub fn fail(&mut self, failure: &Failure) {
        self.remark(&format!("error: {failure}"));
        for hint in failure.hints() {
            self.remark(&format!("  help: {hint}"));
        }
        for other in failure.others() {
            self.fail(other);
        }
    }
}
