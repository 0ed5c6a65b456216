//! Verbs that clients only use together with another one, which nobody who has them has.

use crate::diagnostic::{Category, Severity};
use crate::lint::references::is_settled;
use crate::lint::role_rules::{Entry, WrittenRule, rules};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;
use crate::query::Who;
use crate::rbac::{ALL, Action, Request, ResourceAction, Verdict};

pub(super) static RULE: Rule = Rule {
    id: "role-verb-without-companion",
    category: Category::Broken,
    severity: Severity::Info,
    profile: Profile::Audit,
    summary: "a verb of a role's rule that clients use with another one, which nobody who has the role has",
    page: include_str!("../../../rules/role-verb-without-companion.md"),
    check: Check::Role(check),
};

/// Another verb that clients ask for before they use one.
struct Companion {
    /// The verb that the rule has.
    verb: &'static str,
    /// The one that goes with it, on the resource itself.
    needs: &'static str,
    /// Who asks for both.
    client: &'static str,
}

/// What opens a connection into a pod, which kubectl looks up first.
const CONNECTIONS: [&str; 3] = ["attach", "exec", "portforward"];

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    let own = &role.facts.role;
    // A role that another one takes in, or that takes in others, may be one of several parts.
    let is_part = || own.aggregation.is_some() || role.index.uses().takers(own.key()).next().is_some();
    if !is_settled(role.access, role.object) || is_part() {
        return;
    }
    for rule in rules(role).filter(|rule| !rule.rule.api_groups.is_empty()) {
        for (entry, companion) in rule.resources().filter_map(|entry| companion(&rule, entry)) {
            let (plural, _) = entry.resource();
            let Companion { verb, needs, client } = companion;
            if rule.rule.api_groups.iter().all(|group| is_missing(role, group, plural, needs)) {
                let message = format!("`{verb}` on `{}` without `{needs}` on `{plural}`: {client}", entry.shown());
                sink.report(entry.place, message).help(format!("grant `{needs}` on `{plural}`, too"));
            }
        }
    }
}

/// What goes with a verb of a rule on one of its resources.
fn companion<'a>(rule: &WrittenRule<'a>, entry: Entry<'a>) -> Option<(Entry<'a>, Companion)> {
    let has = |verb: &str| rule.rule.verbs.iter().any(|own| own == verb);
    let companion = match entry.resource() {
        (ALL, _) => return None,
        ("pods", Some(name)) if CONNECTIONS.contains(&name) && has("create") => {
            Companion { verb: "create", needs: "get", client: "kubectl gets the pod first" }
        }
        (_, None) if has("watch") && rule.rule.resource_names.is_empty() => {
            Companion { verb: "watch", needs: "list", client: "clients list what is there before they watch" }
        }
        _ => return None,
    };
    Some((entry, companion))
}

/// Whether nobody who has a role may do something with a resource; of a role that nobody has, whether it does not say so.
fn is_missing(role: &InSet<'_, RoleFacts>, group: &str, resource: &str, verb: &str) -> bool {
    let own = role.facts.role.rules.iter();
    if { own }.any(|rule| rule.has_verb(verb) && rule.has_group(group) && rule.has_resource(resource, "")) {
        return false;
    }
    let policy = role.access.policy();
    let bindings = role.index.uses().of(role.facts.role.key()).filter_map(|used| policy.binding(used.binding));
    let mut requests = bindings.flat_map(|binding| {
        let namespace = binding.namespace.as_deref();
        let action = ResourceAction {
            verb: verb.to_owned(),
            group: group.to_owned(),
            resource: resource.to_owned(),
            namespace: namespace.unwrap_or_default().to_owned(),
            ..ResourceAction::default()
        };
        Who::all_of_binding(binding)
            .map(move |who| Request { identity: who.identity(), action: Action::Resource(action.clone()) })
    });
    !requests.any(|request| policy.first(&policy.prepare(&request)) != Verdict::Denied)
}
