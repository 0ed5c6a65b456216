//! Roles for everybody who reaches the API server, without any credentials.

use crate::diagnostic::{Category, Severity};
use crate::lint::gist::Level;
use crate::lint::handed_out::{default_rules, gist, is_within, role_shown, rules, subjects};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;
use crate::rbac::{ANONYMOUS, Binding, Rule as PolicyRule, Subject, UNAUTHENTICATED};

pub(super) static RULE: Rule = Rule {
    id: "subject-anonymous",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role for everybody who reaches the API server, without any credentials",
    page: include_str!("../../../rules/subject-anonymous.md"),
    check: Check::Binding(check),
};

/// What may be seen by everybody: the state of the API server, and the keys by which tokens are verified.
const HARMLESS: [&str; 2] = ["system:public-info-viewer", "system:service-account-issuer-discovery"];

/// What everybody could see before Kubernetes 1.14, and still can in clusters that are older than that.
const ONCE_PUBLIC: [&str; 2] = ["system:discovery", "system:basic-user"];

/// By what nodes find the cluster that they are to join.
const CLUSTER_INFO: &str = "kubeadm:bootstrap-signer-clusterinfo";

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    let mut everybody = subjects(binding).filter(|(subject, _)| is_anybody(subject)).peekable();
    if everybody.peek().is_none() {
        return;
    }
    let it = &binding.facts.binding;
    let Some((gets, profile)) = judged(binding) else { return };
    let message = format!("whoever reaches the API server gets {}, without any credentials: {gets}", role_shown(it));
    for (_, place) in everybody {
        sink.report(place, message.clone())
            .help("remove it, or name who is meant: everybody who can log in is the group `system:authenticated`")
            .rated(profile, Severity::Warning);
    }
}

fn is_anybody(subject: &Subject) -> bool {
    match subject {
        Subject::User(name) => name == ANONYMOUS,
        Subject::Group(name) => name == UNAUTHENTICATED,
        _ => false,
    }
}

/// What the role comes to, and from when on that is told; `None` where it does no harm.
fn judged(binding: &InSet<'_, BindingFacts>) -> Option<(String, Profile)> {
    let it = &binding.facts.binding;
    let Some(rules) = rules(binding) else {
        let is_harmless = HARMLESS.contains(&it.role.name.as_str()) || is_cluster_info(it);
        return (!is_harmless).then(|| ("the role was not read".to_owned(), Profile::Default));
    };
    let policy = binding.index.default_policy();
    let cluster_info = cluster_info(it);
    let mut harmless = default_rules(policy, &HARMLESS);
    harmless.extend(&cluster_info);
    let are_within = |harmless: &[&PolicyRule]| rules.iter().all(|rule| is_within(rule, harmless));
    let gist = gist(binding, &rules);
    if gist.power == Level::Nothing || are_within(&harmless) {
        return None;
    }
    harmless.extend(default_rules(policy, &ONCE_PUBLIC));
    let profile = if are_within(&harmless) { Profile::Pedantic } else { Profile::Default };
    Some((gist.to_string(), profile))
}

fn is_cluster_info(binding: &Binding) -> bool {
    binding.namespace.as_deref() == Some("kube-public") && binding.role.name == CLUSTER_INFO
}

/// To read what nodes read before they have joined, where a binding reaches it.
fn cluster_info(binding: &Binding) -> Option<PolicyRule> {
    let list = |entries: &[&str]| entries.iter().map(|&entry| entry.to_owned()).collect();
    let rule = PolicyRule {
        verbs: list(&["get", "list", "watch"]),
        api_groups: list(&[""]),
        resources: list(&["configmaps"]),
        resource_names: list(&["cluster-info"]),
        ..PolicyRule::default()
    };
    (binding.namespace.as_deref() == Some("kube-public")).then_some(rule)
}
