//! Questions to begin with, about what has been read.

use super::command;
use crate::query::{Access, Who};
use crate::rbac::{ALL, Binding, BindingId, Rule, Subject};
use crate::report::plain;
use crate::shell::quoted;

/// Something that somebody may do.
struct Example {
    who: String,
    verb: String,
    resource: String,
    namespace: String,
}

/// Sentences and commands that can be asked as they stand, of commands that are there.
pub(super) fn examples(access: &Access) -> Vec<String> {
    let Example { who, verb, resource, namespace } = example(access);
    let lines = [
        ("can-i", format!("can {who} {verb} {resource} in {namespace}")),
        ("can-i", format!("can-i {verb} {resource} --as system:anonymous -n {namespace}")),
        ("who-can", format!("who can {verb} {resource} in {namespace}")),
        ("permissions", format!("what can {who} do")),
    ];
    lines.into_iter().filter(|(command, _)| command::exists(command)).map(|(_, line)| line).collect()
}

/// The first thing that a ServiceAccount may do in a namespace, or what could be asked where there is none.
fn example(access: &Access) -> Example {
    let policy = access.policy();
    let mut own = policy.all_bindings().filter(|(id, _)| access.binding_object(*id).is_some());
    own.find_map(|(id, binding)| of_binding(access, id, binding)).unwrap_or_else(|| Example {
        who: access
            .known()
            .existing_accounts()
            .next()
            .map_or_else(|| "default:default".to_owned(), |(namespace, name)| typed(&format!("{namespace}:{name}"))),
        verb: "get".to_owned(),
        resource: "secrets".to_owned(),
        namespace: "default".to_owned(),
    })
}

fn of_binding(access: &Access, id: BindingId, binding: &Binding) -> Option<Example> {
    let namespace = binding.namespace.as_deref()?;
    let who = binding.subjects.iter().find_map(|subject| match subject {
        Subject::ServiceAccount { namespace: own, name } => {
            let namespace = own.as_deref().unwrap_or(namespace).to_owned();
            Some(Who::ServiceAccount { namespace, name: name.to_string() })
        }
        _ => None,
    })?;
    let policy = access.policy();
    let mut rules = policy.roles_of(id).iter().filter_map(|role| policy.role(*role)).flat_map(|role| &role.rules);
    let (verb, resource) = rules.find_map(|rule| of_rule(access, rule))?;
    Some(Example { who: typed(&who.written()), verb: typed(&verb), resource, namespace: typed(namespace) })
}

/// The first verb and resource of a rule that say plainly what they mean.
fn of_rule(access: &Access, rule: &Rule) -> Option<(String, String)> {
    let is_plain = |word: &&String| *word != ALL && !word.contains('/');
    let (verb, plural) = (rule.verbs.iter().find(is_plain)?, rule.resources.iter().find(is_plain)?);
    if !rule.resource_names.is_empty() {
        return None;
    }
    let resource = rule.api_groups.iter().find_map(|group| access.catalog().find(group, plural))?;
    let is_first = access.catalog().resolve(plural).is_some_and(|first| first.is(&resource.group, plural));
    Some((verb.clone(), if is_first { plural.clone() } else { resource.full_name() }))
}

/// A word from a manifest as it can be typed and shown.
fn typed(word: &str) -> String {
    plain(&quoted(word)).into_owned()
}
