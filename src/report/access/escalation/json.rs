//! What comes of permissions as JSON: version 1. Fields are added, and never change or go.

use serde::Serialize;

use super::super::json::{JsonGrant, JsonNamed, JsonRule, JsonSubject, JsonUnread, JsonWorkload, to_string};
use super::words::state;
use crate::query::escalation::{
    Already, Certainty, Cut, Goal, Going, How, Individual, Overview, Proof, ProofStep, Reach, Removal,
};
use crate::query::{Access, Who};
use crate::rbac::{RoleId, RulePlace};

/// What one subject comes to as one JSON object.
pub fn json(access: &Access, answer: &Individual) -> String {
    let ways =
        answer.goals.iter().enumerate().map(|(number, goal)| JsonWay::of_goal(access, &answer.who, goal, number));
    let proofs = answer.goals.iter().map(|goal| &goal.proof);
    write(access, (proofs.collect(), ways.collect()), &[], &answer.already)
}

/// What everybody comes to as one JSON object.
pub fn json_overview(access: &Access, overview: &Overview) -> String {
    let mut cuts = Vec::new();
    let (mut proofs, mut ways) = (Vec::new(), Vec::new());
    for section in &overview.sections {
        for alike in &section.alike {
            let number = proofs.len();
            ways.extend(alike.going.iter().map(|going| JsonWay::of_going(access, going, &alike.proof, number)));
            proofs.push(&alike.proof);
        }
        cuts.extend(section.cut.as_ref().map(|cut| (sinks(&section.reach), cut)));
    }
    write(access, (proofs, ways), &cuts, &overview.already)
}

/// What all of a section come to.
fn sinks(reach: &Reach) -> String {
    match reach {
        Reach::One(sink) => sink.to_string(),
        Reach::NamespaceAdmins => "admin/*".to_owned(),
        Reach::NamespaceAccounts => "serviceaccounts/*".to_owned(),
    }
}

fn write(
    access: &Access,
    (proofs, ways): (Vec<&Proof>, Vec<JsonWay<'_>>),
    cuts: &[(String, &Cut)],
    already: &[Already],
) -> String {
    to_string(&JsonEscalations {
        version: 1,
        escalates: !ways.is_empty(),
        ways,
        proofs: proofs.into_iter().map(|proof| JsonProof::new(access, proof)).collect(),
        cuts: cuts.iter().map(|(sink, cut)| JsonSinkCut { sink, cut: JsonCut::new(access, cut) }).collect(),
        already: already.iter().map(|it| JsonAlready::new(access, it)).collect(),
        unread: JsonUnread::all(access),
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonEscalations<'a> {
    version: u32,
    /// Whether anybody comes to anything.
    escalates: bool,
    ways: Vec<JsonWay<'a>>,
    /// How the first of those ways goes that have the number of one of these: each is told once.
    proofs: Vec<JsonProof<'a>>,
    cuts: Vec<JsonSinkCut<'a>>,
    already: Vec<JsonAlready<'a>>,
    unread: Vec<JsonUnread<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonWay<'a> {
    subject: JsonSubject<'a>,
    sink: String,
    certainty: &'static str,
    workloads: Vec<JsonWorkload<'a>>,
    /// Which of the proofs it is, from 0.
    proof: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    cut: Option<JsonCut<'a>>,
}

#[derive(Serialize)]
struct JsonProof<'a> {
    steps: Vec<JsonStep<'a>>,
}

/// A step of a proof.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report::access) struct JsonStep<'a> {
    from: String,
    to: String,
    how: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    technique: Option<&'static str>,
    certainty: &'static str,
    grants: Vec<JsonGrant<'a>>,
    rules: Vec<JsonRoleRule<'a>>,
}

/// A rule that no binding hands out yet.
#[derive(Serialize)]
struct JsonRoleRule<'a> {
    role: Option<JsonNamed<'a>>,
    rule: Option<JsonRule<'a>>,
}

#[derive(Serialize)]
struct JsonSinkCut<'a> {
    sink: &'a str,
    cut: JsonCut<'a>,
}

#[derive(Serialize)]
struct JsonCut<'a> {
    smallest: bool,
    removals: Vec<JsonRemoval<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum JsonRemoval<'a> {
    Rule { role: Option<JsonNamed<'a>>, rule: Box<Option<JsonRule<'a>>> },
    Binding { binding: Option<JsonNamed<'a>> },
}

#[derive(Serialize)]
struct JsonAlready<'a> {
    subject: JsonSubject<'a>,
    sink: String,
    grants: Vec<JsonGrant<'a>>,
}

impl<'a> JsonWay<'a> {
    fn of_goal(access: &'a Access, who: &'a Who, goal: &'a Goal, number: usize) -> Self {
        let cut = goal.cut.as_ref().map(|cut| JsonCut::new(access, cut));
        Self { cut, ..Self::new(access, who, goal.sink.to_string(), (&goal.proof, number)) }
    }

    fn of_going(access: &'a Access, (who, sink): &'a Going, proof: &Proof, number: usize) -> Self {
        Self::new(access, who, sink.to_string(), (proof, number))
    }

    fn new(access: &'a Access, who: &'a Who, sink: String, (proof, number): (&Proof, usize)) -> Self {
        Self {
            subject: JsonSubject::of(who),
            sink,
            certainty: Certainty::name(proof.certainty()),
            workloads: access.workloads_of(who).map(|object| JsonWorkload::new(access, object)).collect(),
            proof: number,
            cut: None,
        }
    }
}

impl<'a> JsonProof<'a> {
    fn new(access: &'a Access, proof: &'a Proof) -> Self {
        Self { steps: proof.steps.iter().map(|step| JsonStep::new(access, step)).collect() }
    }
}

impl<'a> JsonStep<'a> {
    pub(in crate::report::access) fn new(access: &'a Access, step: &'a ProofStep) -> Self {
        let (how, technique) = match step.how {
            How::Technique(technique) => ("technique", Some(technique.id)),
            How::Member => ("member", None),
            How::OneOf => ("oneOf", None),
            How::Holds => ("holds", None),
            How::Part => ("part", None),
        };
        Self {
            from: state(access, &step.from),
            to: state(access, &step.to),
            how,
            technique,
            certainty: step.certainty.name(),
            grants: step.grants.iter().map(|grant| JsonGrant::new(access, grant)).collect(),
            rules: step.rules.iter().map(|rule| JsonRoleRule::new(access, *rule)).collect(),
        }
    }
}

impl<'a> JsonRoleRule<'a> {
    fn new(access: &'a Access, (role, rule): (RoleId, RulePlace)) -> Self {
        Self { role: JsonNamed::role(access, role), rule: JsonRule::new(access, rule, role) }
    }
}

impl<'a> JsonCut<'a> {
    fn new(access: &'a Access, cut: &Cut) -> Self {
        let removal = |removal: &Removal| match *removal {
            Removal::Rule(rule) => JsonRemoval::Rule {
                role: JsonNamed::role(access, rule.role),
                rule: Box::new(JsonRule::new(access, rule, rule.role)),
            },
            Removal::Binding(binding) => JsonRemoval::Binding { binding: JsonNamed::binding(access, binding) },
        };
        Self { smallest: cut.is_smallest, removals: cut.removals.iter().map(removal).collect() }
    }
}

impl<'a> JsonAlready<'a> {
    fn new(access: &'a Access, already: &'a Already) -> Self {
        Self {
            subject: JsonSubject::of(&already.who),
            sink: already.sink.to_string(),
            grants: already.grants.iter().map(|grant| JsonGrant::new(access, grant)).collect(),
        }
    }
}
