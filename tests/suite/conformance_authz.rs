//! Agreement with the answers of a running API server: `testdata/conformance/authz.jsonl.gz`.
//!
//! Each line there is a set of objects with SubjectAccessReviews and what the API server said to them.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Command;

use flate2::read::GzDecoder;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use rolecall::query::Access;
use rolecall::rbac::{Action, Identity, Request, ResourceAction, Verdict};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Deserialize)]
pub(crate) struct Scenario {
    pub(crate) id: String,
    pub(crate) objects: Vec<Value>,
    pub(crate) queries: Vec<Query>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Query {
    user: String,
    groups: Vec<String>,
    resource_attributes: Option<Attributes>,
    non_resource_attributes: Option<Attributes>,
    status: Status,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
struct Attributes {
    verb: String,
    group: String,
    resource: String,
    subresource: String,
    name: String,
    namespace: String,
    path: String,
}

#[derive(Debug, Deserialize)]
struct Status {
    allowed: bool,
    reason: String,
}

impl Query {
    /// The query as it is submitted to an API server.
    fn review(&self) -> Value {
        json!({"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview", "spec": {
            "user": self.user,
            "groups": self.groups,
            "resourceAttributes": self.resource_attributes,
            "nonResourceAttributes": self.non_resource_attributes,
        }})
    }

    pub(crate) fn request(&self) -> Request {
        let identity = Identity { user: self.user.clone(), groups: self.groups.clone() };
        let action = match (&self.resource_attributes, &self.non_resource_attributes) {
            (Some(it), _) => Action::Resource(ResourceAction {
                verb: it.verb.clone(),
                group: it.group.clone(),
                resource: it.resource.clone(),
                subresource: it.subresource.clone(),
                name: it.name.clone(),
                namespace: it.namespace.clone(),
            }),
            (None, Some(it)) => Action::Url { verb: it.verb.clone(), path: it.path.clone() },
            (None, None) => panic!("a query asks for nothing"),
        };
        Request { identity, action }
    }
}

pub(crate) fn scenarios() -> impl Iterator<Item = Scenario> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/conformance/authz.jsonl.gz");
    let lines = BufReader::new(GzDecoder::new(File::open(path).unwrap())).lines();
    lines.map(|line| serde_json::from_str(&line.unwrap()).unwrap())
}

fn list(objects: &[Value]) -> String {
    json!({"apiVersion": "v1", "kind": "List", "items": objects}).to_string()
}

pub(crate) fn access(objects: &[Value]) -> Access {
    crate::scratch::access("objects.json", list(objects).as_bytes())
}

/// The roles that a reason says are missing. The API server names them in no order.
fn missing(reason: &str) -> BTreeSet<&str> {
    let list = reason.strip_prefix("RBAC: ").unwrap_or(reason);
    list.trim_start_matches('[').trim_end_matches(']').split(", ").collect()
}

#[test]
fn verdicts_and_reasons_are_those_of_the_api_server() {
    let (mut asked, mut differing) = (0, Vec::new());
    for scenario in scenarios() {
        let access = access(&scenario.objects);
        for query in &scenario.queries {
            asked += 1;
            if let Some(difference) = difference(&access, query) {
                differing.push(format!("{}: {:?}: {difference}", scenario.id, query.request()));
            }
        }
    }
    crate::tell(&format!("{} of {asked} answers of an API server agree", asked - differing.len()));
    assert!(asked > 7000, "the data are incomplete");
    assert!(differing.is_empty(), "{} answers differ:\n{}", differing.len(), differing.join("\n"));
}

/// How the answer to a query differs from the API server's. The binding that a reason names may be another one, but it
/// has to be one that grants.
fn difference(access: &Access, query: &Query) -> Option<String> {
    let (policy, request) = (access.policy(), query.request());
    let decision = policy.decide(&request);
    if (policy.first(&policy.prepare(&request)) == Verdict::Allowed) != query.status.allowed {
        return Some(format!("allowed is not {}", query.status.allowed));
    }
    assert_eq!(decision.verdict, policy.first(&policy.prepare(&request)), "the two modes do not agree");
    let (reason, expected) = (policy.reason(&decision), query.status.reason.as_str());
    let is_equal = if query.status.allowed {
        policy.reasons(&decision).iter().any(|reason| reason == expected) || reason == expected
    } else {
        missing(&reason) == missing(expected)
    };
    (!is_equal).then(|| format!("the reason is {reason:?}, not {expected:?}"))
}

#[test]
fn the_command_answers_reviews_as_the_api_server_does() {
    let scenarios: Vec<_> = scenarios().collect();
    let differing: Vec<_> = scenarios.par_iter().flat_map(differences_of_command).collect();
    let asked: usize = scenarios.iter().map(|scenario| scenario.queries.len()).sum();
    crate::tell(&format!("{} of {asked} reviews come out as from an API server", asked - differing.len()));
    assert!(asked > 7000, "the data are incomplete");
    assert!(differing.is_empty(), "{} answers differ:\n{}", differing.len(), differing.join("\n"));
}

/// How the answers of `rolecall review` to the queries of a scenario differ from those of the API server.
fn differences_of_command(scenario: &Scenario) -> Vec<String> {
    let directory = tempfile::tempdir().unwrap();
    let lines: Vec<_> = scenario.queries.iter().map(|query| query.review().to_string()).collect();
    fs::write(directory.path().join("objects.json"), list(&scenario.objects)).unwrap();
    fs::write(directory.path().join("reviews.jsonl"), lines.join("\n")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolecall"));
    let command = command.args(["review", "--reviews", "reviews.jsonl", "-f", "objects.json"]);
    let output = command.current_dir(&directory).output().unwrap();
    assert!(output.status.success(), "{}: {}", scenario.id, String::from_utf8_lossy(&output.stderr));
    let answers: Vec<Value> = output.stdout.lines().map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect();
    assert_eq!(answers.len(), scenario.queries.len(), "{}", scenario.id);
    let access = access(&scenario.objects);
    let difference = |(query, answer): (&Query, &Value)| {
        let (allowed, reason) = (&answer["status"]["allowed"], answer["status"]["reason"].as_str().unwrap_or_default());
        let grants = || access.policy().reasons(&access.policy().decide(&query.request()));
        let is_equal = if query.status.allowed {
            reason == query.status.reason || grants().iter().any(|grant| grant == reason)
        } else {
            missing(reason) == missing(&query.status.reason)
        };
        let is_equal = is_equal && *allowed == query.status.allowed && answer["spec"] == query.review()["spec"];
        (!is_equal).then(|| format!("{}: {answer}, not {:?}", scenario.id, query.status))
    };
    scenario.queries.iter().zip(&answers).filter_map(difference).collect()
}
