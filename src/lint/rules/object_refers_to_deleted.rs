//! References to what a change deletes.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::{BindingFacts, Facts, WorkloadFacts};
use crate::rbac::Subject;
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "object-refers-to-deleted",
    category: Category::Reference,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "an object refers to a role or a ServiceAccount that a change deletes",
    page: include_str!("../../../rules/object-refers-to-deleted.md"),
    check: Check::Known(check),
};

const HELP: &str = "put it back, or take away what refers to it";

fn check(object: &InSet<'_, Facts>, sink: &mut Sink<'_>) {
    match object.facts {
        Facts::Binding(facts) => check_binding(object, facts, sink),
        Facts::Workload(facts) => check_workload(object, facts, sink),
        _ => {}
    }
}

fn check_binding(object: &InSet<'_, Facts>, facts: &BindingFacts, sink: &mut Sink<'_>) {
    let binding = &facts.binding;
    if let Some(key) = binding.role_key().filter(|key| object.role_was_deleted(*key)) {
        let message =
            format!("{} `{}` was deleted, and this binding still names it", binding.role.kind.name(), excerpt(key.1));
        sink.report(facts.role_name, message).help(HELP);
    }
    for (subject, &place) in binding.subjects.iter().zip(&facts.subjects) {
        report_account(object, Subject::service_account(subject, binding.namespace.as_deref()), sink, |sink, shown| {
            sink.report(place, format!("ServiceAccount `{shown}` was deleted, and this binding still names it"))
                .help(HELP);
        });
    }
}

fn check_workload(object: &InSet<'_, Facts>, facts: &WorkloadFacts, sink: &mut Sink<'_>) {
    let account = object.object.name.namespace.as_deref().map(|namespace| (namespace, facts.service_account.as_str()));
    report_account(object, account, sink, |sink, shown| {
        sink.report(facts.place, format!("ServiceAccount `{shown}` was deleted, and no pod starts without it"))
            .help(HELP);
    });
}

fn report_account(
    object: &InSet<'_, Facts>,
    account: Option<(&str, &str)>,
    sink: &mut Sink<'_>,
    report: impl Fn(&mut Sink<'_>, String),
) {
    if let Some((namespace, name)) = account.filter(|(namespace, name)| object.account_was_deleted(namespace, name)) {
        report(sink, format!("{}/{}", excerpt(namespace), excerpt(name)));
    }
}
