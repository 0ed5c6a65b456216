//! ServiceAccounts among the subjects of a binding whose name is a slip of the pen.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::references::{account_meant, is_settled};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;
use crate::yaml::edit::Word;
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "subject-misspelt-service-account",
    category: Category::Reference,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a binding names a ServiceAccount that is not there, and one of nearly the same name is",
    page: include_str!("../../../rules/subject-misspelt-service-account.md"),
    check: Check::Binding(check),
};

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    if !is_settled(binding.access, binding.object) {
        return;
    }
    let it = &binding.facts.binding;
    for (index, (subject, place)) in it.subjects.iter().zip(&binding.facts.subjects).enumerate() {
        let Some((namespace, name)) = subject.service_account(it.namespace.as_deref()) else { continue };
        let Some(meant) = account_meant(binding, namespace, name, |account| account.is_bound) else { continue };
        let (shown, namespace) = (excerpt(name), excerpt(namespace));
        let field = format!("subjects[{index}].name");
        let fix = sink.setting(Safety::Unsafe, &field, Word::Text(&meant.name.name));
        sink.report(*place, format!("there is no ServiceAccount `{shown}` in namespace `{namespace}`"))
            .help(format!("did you mean `{}`? no binding names that one", excerpt(&meant.name.name)))
            .related(meant.span, "this one is there")
            .fix(fix);
    }
}
