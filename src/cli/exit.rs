//! Exit codes, the same for every command.

use std::process::ExitCode;

use crate::diagnostic::{Failure, FailureKind};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: no finding at or above the threshold; the answer is yes; everything was skipped for a stated reason.
    Fine,
    /// 1: findings; the answer is no.
    NotFine,
    /// 2: a mistake on the command line or in the configuration, or an input that was named and cannot be read at all.
    Failed,
    /// 3: no input file was found under the paths given.
    NoInput,
}

impl From<&Failure> for Exit {
    fn from(failure: &Failure) -> Self {
        match failure.kind() {
            FailureKind::Usage | FailureKind::Config | FailureKind::Input | FailureKind::Output => Self::Failed,
            FailureKind::NoInput => Self::NoInput,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::NotFine => 1,
            Exit::Failed => 2,
            Exit::NoInput => 3,
        })
    }
}
