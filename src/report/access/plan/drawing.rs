//! The characters of drawings.

/// What drawings are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    /// Lines and blocks.
    Unicode,
    /// What every terminal has.
    Ascii,
}

impl Signs {
    /// The beginning of a pod's run, where no other has ended, and the end of the last one.
    pub(super) fn ends(self) -> (&'static str, &'static str) {
        self.of(("├", "┤"), ("|", "|"))
    }

    /// Between the runs of two pods.
    pub(super) fn between(self) -> &'static str {
        self.of("┼", "+")
    }

    /// While a pod runs.
    pub(super) fn line(self) -> &'static str {
        self.of("─", "-")
    }

    /// A run that fails.
    pub(super) fn block(self) -> &'static str {
        self.of("███", "###")
    }

    /// While it is waited.
    pub(super) fn dots(self) -> &'static str {
        self.of("┄", ".")
    }

    /// The end.
    pub(super) fn cross(self) -> &'static str {
        self.of("✗", "x")
    }

    /// What is left out.
    pub(super) fn ellipsis(self) -> &'static str {
        self.of("…", "...")
    }

    fn of<T>(self, unicode: T, ascii: T) -> T {
        match self {
            Self::Unicode => unicode,
            Self::Ascii => ascii,
        }
    }
}
