//! Bindings that name a role which is there under another kind, namespace or name.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::references::{is_beside, is_placed, is_settled};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::{BindingFacts, KnownObject};
use crate::query::Access;
use crate::rbac::{Binding, RoleKind};
use crate::source::Span;
use crate::yaml::edit::Word;

pub(super) static RULE: Rule = Rule {
    id: "binding-dangling-role",
    category: Category::Reference,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a binding's role is not there, and another one was meant: of another kind, namespace or name",
    page: include_str!("../../../rules/binding-dangling-role.md"),
    check: Check::Binding(check),
};

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    let it = &binding.facts.binding;
    let Some(meant) = meant_by(binding) else { return };
    let place = match (&it.role.kind, &it.namespace) {
        (RoleKind::Role, Some(namespace)) => format!(" in namespace `{namespace}`"),
        _ => String::new(),
    };
    let message = format!("there is no {} `{}`{place}: it grants nothing", it.role.kind.name(), it.role.name);
    let fix = meant.field.and_then(|(field, word)| sink.setting(Safety::Unsafe, field, Word::Text(&word)));
    let draft = sink.report(binding.facts.role_name, message).help(meant.help).fix(fix);
    if let Some(span) = meant.role {
        draft.related(span, "this one is there");
    }
}

/// Whether the rule has something to say about a binding.
pub(super) fn finds(binding: &InSet<'_, BindingFacts>) -> bool {
    meant_by(binding).is_some()
}

/// The role that a binding was meant to name, where it names one that is not there.
fn meant_by(binding: &InSet<'_, BindingFacts>) -> Option<Meant> {
    let (access, it) = (binding.access, &binding.facts.binding);
    let key = it.role_key().filter(|key| !key.1.is_empty() && !binding.knows_role(*key))?;
    let stays = is_settled(access, binding.object) && (key.0.is_none() || is_placed(access, binding.object));
    if stays { meant(access, binding.object, it) } else { None }
}

/// The role that was meant.
struct Meant {
    help: String,
    /// The field that is wrong, where it is one alone, and what to write there.
    field: Option<(&'static str, String)>,
    /// Where it is, where it is no role of the default policy.
    role: Option<Span>,
}

fn meant(access: &Access, object: &KnownObject, binding: &Binding) -> Option<Meant> {
    let found = |namespace, name, field: Option<(_, &str)>, help| {
        let meant = found(access, object, namespace, name, help)?;
        Some(Meant { field: field.map(|(field, word)| (field, word.to_owned())), ..meant })
    };
    let (own, name) = (binding.namespace.as_deref(), binding.role.name.as_str());
    let namespaces: Vec<_> = access.known().namespaces_of_role(name).collect();
    let is_role = binding.role.kind == RoleKind::Role;
    if is_role && namespaces.contains(&None) {
        return found(
            None,
            name,
            Some(("roleRef.kind", "ClusterRole")),
            format!("there is a ClusterRole `{name}`: write `kind: ClusterRole`"),
        );
    }
    if !is_role && own.is_some() && namespaces.contains(&own) {
        return found(
            own,
            name,
            Some(("roleRef.kind", "Role")),
            format!("there is a Role `{name}` in the namespace: write `kind: Role`"),
        );
    }
    if let [Some(other)] = namespaces.as_slice() {
        let help = format!(
            "Role `{name}` is in namespace `{other}`, and a binding reaches no Role of another namespace: bind it there, \
             or make it a ClusterRole"
        );
        return found(Some(other), name, None, help);
    }
    let wanted = if is_role { own } else { None };
    let near = access.known().nearest_role((wanted, name))?;
    found(wanted, near, Some(("roleRef.name", near)), format!("did you mean `{near}`?"))
}

/// A role as what was meant, where its name and namespace stay as they are.
fn found(access: &Access, by: &KnownObject, namespace: Option<&str>, name: &str, help: String) -> Option<Meant> {
    let role = access.policy().roles().find(|(_, role)| role.key() == (namespace, name)).map(|(id, _)| id);
    let object = role.and_then(|id| access.role_object(id));
    let stays = object.is_none_or(|object| match namespace {
        Some(_) => {
            is_placed(access, object) && (by.name.namespace == object.name.namespace || is_beside(access, by, object))
        }
        None => is_settled(access, object),
    });
    stays.then(|| Meant { help, field: None, role: object.map(|object| object.span) })
}
