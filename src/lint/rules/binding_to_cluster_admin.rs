//! Bindings of `cluster-admin`, which allows everything.

use crate::diagnostic::{Category, Severity};
use crate::lint::handed_out::{is_of_cluster_role, subject_shown, subjects};
use crate::lint::references::{is_placed, is_settled};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;
use crate::query::Who;
use crate::rbac::{MASTERS, Subject};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "binding-to-cluster-admin",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a binding of `cluster-admin`, which allows everything",
    page: include_str!("../../../rules/binding-to-cluster-admin.md"),
    check: Check::Binding(check),
};

/// No more second places than this are pointed at.
const MOST: usize = 5;

/// The binding and the group that `kubeadm` makes for whoever sets up a cluster with it.
const OF_KUBEADM: &str = "kubeadm:cluster-admins";

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    let it = &binding.facts.binding;
    if !is_of_cluster_role(it, "cluster-admin") {
        return;
    }
    // Who is in that group may do everything as it is.
    let is_master = |subject: &Subject| matches!(subject, Subject::Group(name) if name == MASTERS);
    let given: Vec<_> = subjects(binding).filter(|(subject, _)| !is_master(subject)).collect();
    let mut names = given.iter().filter_map(|(subject, _)| subject_shown(subject, it));
    let Some(first) = names.next() else { return };
    let to = match names.count() {
        0 => first,
        1 => format!("{first} and another"),
        others => format!("{first} and {others} others"),
    };
    let message = match &it.namespace {
        None => format!("{to} may do everything in the cluster"),
        Some(namespace) if is_placed(binding.access, binding.object) => {
            format!("{to} may do everything in namespace `{namespace}`")
        }
        Some(_) => format!("{to} may do everything in the namespace of the binding"),
    };
    let (profile, severity) = rating(binding);
    let mut draft = sink.report(binding.facts.role_name, message).rated(profile, severity);
    draft = draft.help("bind a role that names what is done with it, and nothing else");
    for (place, message) in holders(binding, &given).into_iter().take(MOST) {
        draft = draft.related(place, message);
    }
}

fn rating(binding: &InSet<'_, BindingFacts>) -> (Profile, Severity) {
    let it = &binding.facts.binding;
    let is_its_group = |subject: &Subject| matches!(subject, Subject::Group(name) if name == OF_KUBEADM);
    let is_settled = is_settled(binding.access, binding.object);
    match it.namespace.as_deref() {
        None if it.name == OF_KUBEADM && it.subjects.iter().all(is_its_group) => (Profile::Audit, Severity::Info),
        None => (Profile::Default, Severity::Warning),
        Some("kube-system") if is_settled => (Profile::Default, Severity::Warning),
        Some(_) => (Profile::Pedantic, Severity::Warning),
    }
}

/// To whom the role is given, and what runs as each of them.
fn holders(binding: &InSet<'_, BindingFacts>, given: &[(&Subject, Span)]) -> Vec<(Span, String)> {
    let namespace = binding.facts.binding.namespace.as_deref();
    let mut holders = Vec::new();
    for (subject, place) in given.iter().take(MOST) {
        let Some(who) = Who::of_binding(subject, namespace) else { continue };
        holders.push((*place, "to whom it is given".to_owned()));
        let workloads = binding.access.workloads_of(&who).take(MOST);
        holders.extend(workloads.map(|workload| (workload.span, format!("this {} runs as it", workload.name.kind))));
    }
    holders
}
