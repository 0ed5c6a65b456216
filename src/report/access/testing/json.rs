//! What came of tests as JSON: version 1. Fields are added, and never change or go.

use serde::Serialize;

use super::super::super::json::JsonLocation;
use super::super::escalation::JsonStep;
use super::super::json::{JsonGrant, JsonMiss, JsonRequest, JsonSubject, JsonUnread, to_string, verdict};
use super::{TestRun, failure};
use crate::query::Access;
use crate::query::escalation::Certainty;
use crate::query::testing::{Failed, Found, Reached, TestFile, Tested, Way, Why};

/// The whole run as one JSON object.
pub fn json(run: &TestRun<'_>) -> String {
    let access = run.access;
    let tests = run.files.iter().flat_map(|file| file.tests.iter().map(|test| JsonTest::new(access, file.file, test)));
    to_string(&JsonRun {
        version: 1,
        passed: run.failed() == 0,
        summary: JsonSummary { tests: run.tests(), failed: run.failed(), files: access.read_set().files },
        tests: tests.collect(),
        notes: access.caveats(),
        unread: JsonUnread::all(access),
    })
}

#[derive(Serialize)]
struct JsonRun<'a> {
    version: u32,
    passed: bool,
    summary: JsonSummary,
    tests: Vec<JsonTest<'a>>,
    notes: Vec<String>,
    unread: Vec<JsonUnread<'a>>,
}

#[derive(Serialize)]
struct JsonSummary {
    tests: usize,
    failed: usize,
    /// Of manifests.
    files: usize,
}

#[derive(Serialize)]
struct JsonTest<'a> {
    name: &'a str,
    passed: bool,
    location: JsonLocation<'a>,
    notes: &'a [String],
    failures: Vec<JsonFailure<'a>>,
}

impl<'a> JsonTest<'a> {
    fn new(access: &'a Access, file: &'a TestFile, tested: &'a Tested<'a>) -> Self {
        Self {
            name: &tested.test.name,
            passed: tested.has_passed(),
            location: file.sources.locate(tested.test.span).into(),
            notes: &tested.notes,
            failures: tested.failures.iter().map(|failed| JsonFailure::new(access, file, failed)).collect(),
        }
    }
}

#[derive(Serialize)]
struct JsonFailure<'a> {
    reason: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    location: JsonLocation<'a>,
    /// What is allowed and should not be, or is not and should.
    decisions: Vec<JsonFound<'a>>,
    /// The ways to what nobody should come to.
    ways: Vec<JsonWay<'a>>,
}

impl<'a> JsonFailure<'a> {
    fn new(access: &'a Access, file: &'a TestFile, failed: &'a Failed) -> Self {
        let decisions = |found: &'a [Found]| found.iter().map(|found| JsonFound::new(access, found)).collect();
        let (reason, help, decisions, ways) = match &failed.why {
            Why::Meaningless { help, .. } => ("meaningless", help.as_deref(), Vec::new(), Vec::new()),
            Why::NotAllowed(found) => ("not-allowed", None, decisions(found), Vec::new()),
            Why::Allowed(found) => ("allowed", None, decisions(found), Vec::new()),
            Why::AlsoAllowed(found) => ("also-allowed", None, decisions(found), Vec::new()),
            Why::Path(ways) => ("path", None, Vec::new(), ways.iter().map(|way| JsonWay::new(access, way)).collect()),
        };
        let location = file.sources.locate(failed.span).into();
        Self { reason, message: failure::message(&failed.why), help, location, decisions, ways }
    }
}

#[derive(Serialize)]
struct JsonFound<'a> {
    subject: JsonSubject<'a>,
    request: JsonRequest<'a>,
    verdict: &'static str,
    grants: Vec<JsonGrant<'a>>,
    misses: Vec<JsonMiss<'a>>,
    /// Where it is allowed, of what should be everywhere.
    namespaces: &'a [String],
}

impl<'a> JsonFound<'a> {
    fn new(access: &'a Access, found: &'a Found) -> Self {
        Self {
            subject: JsonSubject::of(&found.who),
            request: JsonRequest::new(&found.action),
            verdict: verdict(found.decision.verdict),
            grants: found.decision.grants.iter().map(|grant| JsonGrant::new(access, grant)).collect(),
            misses: found.misses.iter().map(|miss| JsonMiss::new(access, miss)).collect(),
            namespaces: &found.elsewhere,
        }
    }
}

#[derive(Serialize)]
struct JsonWay<'a> {
    subject: JsonSubject<'a>,
    sink: String,
    /// Whether it is held without anything being done.
    held: bool,
    certainty: &'static str,
    steps: Vec<JsonStep<'a>>,
    grants: Vec<JsonGrant<'a>>,
}

impl<'a> JsonWay<'a> {
    fn new(access: &'a Access, way: &'a Way) -> Self {
        let (held, steps, grants) = match &way.how {
            Reached::Held(grants) => (true, &[] as &[_], grants.as_slice()),
            Reached::By(proof) => (false, proof.steps.as_slice(), &[] as &[_]),
        };
        let certainty = match &way.how {
            Reached::Held(_) => Certainty::Certain,
            Reached::By(proof) => proof.certainty(),
        };
        Self {
            subject: JsonSubject::of(&way.who),
            sink: way.sink.to_string(),
            held,
            certainty: certainty.name(),
            steps: steps.iter().map(|step| JsonStep::new(access, step)).collect(),
            grants: grants.iter().map(|grant| JsonGrant::new(access, grant)).collect(),
        }
    }
}
