//! How findings are chosen and weighed: by the configuration, and by what outweighs it on the command line.

use clap::ValueEnum;

use crate::diagnostic::{Failure, Severity};
use crate::lint::{Choice, Profile, Target};

#[derive(Debug, clap::Args)]
pub(super) struct Judging {
    /// How much to tell. Default: what the configuration says, or `default`.
    #[arg(long, value_name = "PROFILE", value_enum)]
    pub(super) profile: Option<ProfileName>,
    /// Adds a rule, a category, or `all`; repeatable, and with commas. Outweighs the configuration.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) select: Vec<String>,
    /// Leaves out a rule, a category, or `all`; repeatable, and with commas. Outweighs the configuration.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    /// The least severity of a finding that makes the run fail. Default: `failOn` of the configuration, or `warning`.
    #[arg(long, value_name = "SEVERITY", value_enum)]
    pub(super) fail_on: Option<Threshold>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ProfileName {
    /// What deserves attention whenever it is found.
    Default,
    /// Matters of taste and tidiness, too.
    Pedantic,
    /// Everything, as for an audit.
    Audit,
}

impl ProfileName {
    pub(super) fn profile(self) -> Profile {
        match self {
            Self::Default => Profile::Default,
            Self::Pedantic => Profile::Pedantic,
            Self::Audit => Profile::Audit,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Threshold {
    Error,
    Warning,
    Info,
}

impl Threshold {
    pub(super) fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
        }
    }
}

impl Judging {
    /// What the command line says about rules. Fails at what names none.
    pub(super) fn choice(&self) -> Result<Choice, Failure> {
        let mut choice = Choice::default();
        for (names, is_applied) in [(&self.select, true), (&self.ignore, false)] {
            for name in names {
                choice.set(Target::named(name)?, is_applied);
            }
        }
        Ok(choice)
    }
}
