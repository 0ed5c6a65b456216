//! URLs in a ClusterRole that only RoleBindings hand out, which do not reach them.

use crate::diagnostic::{Category, Severity};
use crate::lint::reach::only_in_namespaces;
use crate::lint::role_rules::rules;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;
use crate::query::WhyIdle;

pub(super) static RULE: Rule = Rule {
    id: "role-url-out-of-reach",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "URLs in a ClusterRole that is bound only by RoleBindings, which do not reach URLs",
    page: include_str!("../../../rules/role-url-out-of-reach.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    let urls: Vec<_> = rules(role).filter_map(|rule| rule.urls().next()).collect();
    let Some(binding) = (if urls.is_empty() { None } else { only_in_namespaces(role) }) else { return };
    for url in urls {
        let draft = sink.report(url.place, WhyIdle::UrlInNamespace.message());
        let draft = draft.help("bind the ClusterRole with a ClusterRoleBinding, too, or remove the URLs");
        if let Some(object) = role.access.binding_object(binding) {
            draft.related(object.span, "this is how the role is bound");
        }
    }
}
