//! Colors, where there are any.

use anstyle::{AnsiColor, Style};

/// How words of an answer are set off from others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Styles {
    is_colored: bool,
}

impl Styles {
    pub(super) fn new(is_colored: bool) -> Self {
        Self { is_colored }
    }

    /// A yes.
    pub(super) fn good(self, text: &str) -> String {
        self.set(AnsiColor::Green.on_default().bold(), text)
    }

    /// A no.
    pub(super) fn bad(self, text: &str) -> String {
        self.set(AnsiColor::Red.on_default().bold(), text)
    }

    /// Something in between, and warnings.
    pub(super) fn unsure(self, text: &str) -> String {
        self.set(AnsiColor::Yellow.on_default().bold(), text)
    }

    /// A heading.
    pub(super) fn strong(self, text: &str) -> String {
        self.set(Style::new().bold(), text)
    }

    /// What is there to be found and not to be read.
    pub(super) fn dim(self, text: &str) -> String {
        self.set(Style::new().dimmed(), text)
    }

    /// What points at something.
    pub(super) fn mark(self, text: &str) -> String {
        self.set(AnsiColor::Magenta.on_default().bold(), text)
    }

    fn set(self, style: Style, text: &str) -> String {
        if self.is_colored { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}
