//! Bindings of `admin` and `edit` to the whole cluster.

use crate::diagnostic::{Category, Severity};
use crate::lint::handed_out::{is_of_cluster_role, subject_shown, subjects};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;
use crate::rbac::{MASTERS, Subject};

pub(super) static RULE: Rule = Rule {
    id: "binding-admin-everywhere",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Pedantic,
    summary: "`admin` or `edit`, which are made for one namespace, bound in all of them",
    page: include_str!("../../../rules/binding-admin-everywhere.md"),
    check: Check::Binding(check),
};

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    let it = &binding.facts.binding;
    let Some(role) = ["admin", "edit"].into_iter().find(|role| is_of_cluster_role(it, role)) else { return };
    let is_other = |subject: &Subject| !matches!(subject, Subject::Group(name) if name == MASTERS);
    let mut given = subjects(binding).filter(|(subject, _)| is_other(subject));
    if it.namespace.is_none() && given.any(|(subject, _)| subject_shown(subject, it).is_some()) {
        let message = format!(
            "`{role}` in every namespace: it reads all Secrets and runs pods as any ServiceAccount, in `kube-system`, too"
        );
        sink.report(binding.facts.role_name, message)
            .help("bind it by a RoleBinding in each namespace where it is needed");
    }
}
