//! Tokens of powerful ServiceAccounts in pods.

use crate::diagnostic::{Category, Severity};
use crate::lint::risk::power_in_cluster;
use crate::lint::tokens::mounts;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::WorkloadFacts;
use crate::query::Who;
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "workload-automounts-powerful-token",
    category: Category::Risk,
    severity: Severity::Info,
    profile: Profile::Audit,
    summary: "a token is mounted into pods by which much can be done in the whole cluster",
    page: include_str!("../../../rules/workload-automounts-powerful-token.md"),
    check: Check::Workload(check),
};

fn check(workload: &InSet<'_, WorkloadFacts>, sink: &mut Sink<'_>) {
    let name = workload.facts.service_account.as_str();
    let Some(namespace) = workload.object.name.namespace.as_deref() else { return };
    let is_bound = workload.access.known().account_of(namespace, name).is_some_and(|account| account.is_bound);
    // That of `default` is in every pod that names none, which is told of the binding.
    if name == "default" || !is_bound || mounts(workload, namespace) == Some(false) {
        return;
    }
    let who = Who::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() };
    if let Some(gain) = power_in_cluster(workload.access, &who) {
        let account = format!("{}/{}", excerpt(namespace), excerpt(name));
        let message = format!("whoever gets into these pods has the token of `{account}`, which can {gain}");
        sink.report(workload.facts.automount_place, message)
            .help("run what needs the token apart from what does not, and switch it off there: `automountServiceAccountToken: false`");
    }
}
