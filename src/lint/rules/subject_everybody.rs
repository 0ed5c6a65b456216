//! Roles for everybody who can log in, and for all ServiceAccounts at once.

use crate::diagnostic::{Category, Severity};
use crate::lint::gist::Level;
use crate::lint::handed_out::{default_rules, gist, is_within, role_shown, rules, subjects};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;
use crate::rbac::{AUTHENTICATED, SERVICE_ACCOUNTS, Subject};
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "subject-everybody",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role for everybody who can log in, or for all ServiceAccounts at once",
    page: include_str!("../../../rules/subject-everybody.md"),
    check: Check::Binding(check),
};

/// What Kubernetes itself gives to everybody.
const HARMLESS: [&str; 4] =
    ["system:basic-user", "system:discovery", "system:public-info-viewer", "system:service-account-issuer-discovery"];

/// A group in which many are who have nothing else in common.
#[derive(Clone, Copy)]
enum Crowd<'a> {
    /// Everybody who has shown who they are.
    Authenticated,
    /// All ServiceAccounts.
    Accounts,
    /// All ServiceAccounts of a namespace.
    AccountsOf(&'a str),
}

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    let mut crowds = subjects(binding).filter_map(|(subject, place)| Some((crowd(subject)?, place))).peekable();
    if crowds.peek().is_none() {
        return;
    }
    let it = &binding.facts.binding;
    let Some((gets, power)) = judged(binding) else { return };
    for (crowd, place) in crowds {
        let (profile, severity) = rating(crowd, power, it.namespace.as_deref());
        let message = format!("{} gets {}: {gets}", crowd.shown(), role_shown(it));
        sink.report(place, message).help("name the ServiceAccounts or the group that need it").rated(profile, severity);
    }
}

fn crowd(subject: &Subject) -> Option<Crowd<'_>> {
    match subject {
        Subject::Group(name) if name == AUTHENTICATED => Some(Crowd::Authenticated),
        Subject::Group(name) if name == SERVICE_ACCOUNTS => Some(Crowd::Accounts),
        Subject::Group(name) => name.strip_prefix(SERVICE_ACCOUNTS)?.strip_prefix(':').map(Crowd::AccountsOf),
        _ => None,
    }
}

impl Crowd<'_> {
    fn shown(self) -> String {
        match self {
            Self::Authenticated => "everybody who can log in, every ServiceAccount among them,".to_owned(),
            Self::Accounts => "every ServiceAccount of the cluster".to_owned(),
            Self::AccountsOf(namespace) => format!("every ServiceAccount of namespace `{}`", excerpt(namespace)),
        }
    }
}

/// What the role comes to; `None` where it is no more than everybody has. The power of a role that was not read is not
/// known.
fn judged(binding: &InSet<'_, BindingFacts>) -> Option<(String, Option<Level>)> {
    let Some(rules) = rules(binding) else {
        let is_harmless = HARMLESS.contains(&binding.facts.binding.role.name.as_str());
        return (!is_harmless).then(|| ("the role was not read".to_owned(), None));
    };
    let gist = gist(binding, &rules);
    let harmless = default_rules(binding.index.default_policy(), &HARMLESS);
    let is_harmless = gist.power == Level::Nothing || rules.iter().all(|rule| is_within(rule, &harmless));
    (!is_harmless).then(|| (gist.to_string(), Some(gist.power)))
}

fn rating(crowd: Crowd<'_>, power: Option<Level>, namespace: Option<&str>) -> (Profile, Severity) {
    match (power, crowd, namespace) {
        (Some(Level::Reads), Crowd::Authenticated | Crowd::Accounts, None) => (Profile::Default, Severity::Warning),
        (None, ..) | (Some(Level::Reads), _, None) => (Profile::Pedantic, Severity::Info),
        (Some(Level::Nothing | Level::Little | Level::Reads), ..) => (Profile::Audit, Severity::Info),
        (_, Crowd::AccountsOf(of), Some(namespace)) if of == namespace => (Profile::Pedantic, Severity::Info),
        (_, Crowd::AccountsOf(_), Some(_)) => (Profile::Pedantic, Severity::Warning),
        _ => (Profile::Default, Severity::Warning),
    }
}
