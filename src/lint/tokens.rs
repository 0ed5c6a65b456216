//! Whether the token of a ServiceAccount is mounted into pods.

use super::InSet;
use crate::manifest::{Facts, Kind, WorkloadFacts};

/// Whether a token is mounted: the pod has the first word, its ServiceAccount the next. `None` where the ServiceAccount
/// was not read.
pub(super) fn mounts(workload: &InSet<'_, WorkloadFacts>, namespace: &str) -> Option<bool> {
    let name = workload.facts.service_account.as_str();
    let accounts = workload.index.objects((Kind::ServiceAccount.name(), Some(namespace), name));
    let says_no = |facts: &Facts| matches!(facts, Facts::Account(account) if account.automount == Some(false));
    let by_account = || match accounts {
        [] => (name == "default").then_some(true),
        accounts => Some(!accounts.iter().any(|account| says_no(&account.facts))),
    };
    workload.facts.automount.or_else(by_account)
}
