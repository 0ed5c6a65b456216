//! Roles by which everything can be read that an API server tells about itself.

use crate::diagnostic::{Category, Severity};
use crate::lint::role_rules::rules;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-reads-debug-urls",
    category: Category::Risk,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a role that allows the URLs by which an API server is debugged",
    page: include_str!("../../../rules/role-reads-debug-urls.md"),
    check: Check::Role(check),
};

/// Paths that tell more than how an API server is: its memory, its flags, its logs.
const TELLING: [&str; 3] = ["/debug/pprof/heap", "/debug/flags/v", "/logs/kube-apiserver.log"];

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    let is_everything = |rule: &crate::rbac::Rule| power::EVERYTHING.steps.iter().any(|step| step.is_granted_by(rule));
    // A Role reaches no URL, which is another finding.
    if role.facts.role.namespace.is_some() || role.facts.role.rules().any(is_everything) {
        return;
    }
    for rule in rules(role).filter(|rule| rule.rule.has_verb("get")) {
        let is_telling = |url: &str| TELLING.iter().any(|path| crate::rbac::url_covers(url, path));
        if let Some(url) = rule.urls().find(|url| is_telling(url.text)) {
            sink.report(url.place, format!("`{}` takes in the memory and the logs of the API server", url.shown()))
                .help("for metrics and health, `/metrics`, `/livez` and `/readyz` are enough");
        }
    }
}
