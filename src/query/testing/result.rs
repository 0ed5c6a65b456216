//! What came of tests.

use super::file::{Test, TestFile};
use crate::query::escalation::{Proof, Sink};
use crate::query::{Miss, Who};
use crate::rbac::{Action, Decision, Grant, Identity};
use crate::source::Span;

/// A test that was run.
#[derive(Clone, Debug)]
pub struct Tested<'t> {
    /// The test.
    pub test: &'t Test,
    /// What is not as it claims, in the order of the file; empty where it has passed.
    pub failures: Vec<Failed>,
    /// What has to be known although it is as it claims: lower case, without a final period.
    pub notes: Vec<String>,
}

/// A claim that does not hold.
#[derive(Clone, Debug)]
pub struct Failed {
    /// Where the claim stands.
    pub span: Span,
    /// Why it does not hold.
    pub why: Why,
}

/// Why a claim does not hold.
#[derive(Clone, Debug)]
pub enum Why {
    /// A word means nothing.
    Meaningless {
        /// Which, and why.
        message: String,
        /// What was probably meant.
        help: Option<String>,
    },
    /// Something of `allow` is not allowed.
    NotAllowed(Vec<Found>),
    /// Something of `deny` is allowed.
    Allowed(Vec<Found>),
    /// Others than those of `only` may do it.
    AlsoAllowed(Vec<Found>),
    /// Somebody gets at what nobody should.
    Path(Vec<Way>),
}

/// What somebody may do, or not.
#[derive(Clone, Debug)]
pub struct Found {
    /// Who.
    pub who: Who,
    /// As whom they come to the API server.
    pub identity: Identity,
    /// What.
    pub action: Action,
    /// What came of it, with the grants.
    pub decision: Decision,
    /// What comes nearest to allowing it, of the first ones that are denied.
    pub misses: Vec<Miss>,
    /// Single namespaces in which it is allowed, where it was to be allowed in all of them.
    pub elsewhere: Vec<String>,
}

/// A way to something.
#[derive(Clone, Debug)]
pub struct Way {
    /// Who takes it.
    pub who: Who,
    /// Where it leads.
    pub sink: Sink,
    /// How they come there.
    pub how: Reached,
}

/// How somebody comes to something.
#[derive(Clone, Debug)]
pub enum Reached {
    /// They hold it already, by these grants.
    Held(Vec<Grant>),
    /// By these steps.
    By(Proof),
}

impl Tested<'_> {
    /// Whether all that it claims holds.
    pub fn has_passed(&self) -> bool {
        self.failures.is_empty()
    }
}

/// A file of tests that was run.
#[derive(Debug)]
pub struct TestedFile<'t> {
    /// The file.
    pub file: &'t TestFile,
    /// Its tests that were wanted, in its order.
    pub tests: Vec<Tested<'t>>,
}

impl TestedFile<'_> {
    /// How many of its tests have failed.
    pub fn failed(&self) -> usize {
        self.tests.iter().filter(|test| !test.has_passed()).count()
    }
}
