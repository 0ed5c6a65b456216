//! About whom a test is: subjects, and patterns of their names.

use std::collections::BTreeSet;

use glob::Pattern;

use crate::query::alike::is_alike;
use crate::query::subject::{HOW_TO_NAME, Who};
use crate::query::{Access, doubts_about};
use crate::rbac::{ALL, ANONYMOUS, AUTHENTICATED, MASTERS, SERVICE_ACCOUNTS, UNAUTHENTICATED, service_accounts_of};
use crate::source::Span;
use crate::strict::{Problem, Problems, Text, one_or_more, place, text};
use crate::yaml::excerpt;
use crate::yaml::tree::{Entry, NodeRef};

/// A subject, or all subjects whose names are as a pattern has them.
#[derive(Clone, Debug)]
pub(super) struct Whom {
    /// Where it stands.
    pub(super) span: Span,
    /// As it is written.
    pub(super) text: String,
    named: Named,
}

/// How somebody is named.
#[derive(Clone, Debug)]
enum Named {
    /// By name.
    One(Who),
    /// With `*` in the names.
    Pattern(Who),
    /// As everybody.
    Everybody,
}

/// Reads one subject or a list.
pub(super) fn subjects(entry: Entry<'_>, may_be_empty: bool, problems: &mut Problems) -> Vec<Whom> {
    let nodes = one_or_more(entry);
    if (nodes.is_empty() && !may_be_empty) || entry.value.is_null() {
        problems.extend([Problem::new(place(entry), "nobody is named here", HOW_TO_NAME)]);
        return Vec::new();
    }
    nodes.into_iter().filter_map(|node| problems.take(one(node))).collect()
}

fn one(node: NodeRef<'_>) -> Result<Whom, Problem> {
    let Text { value, span } = text(node, node.span(), "a subject", HOW_TO_NAME)?;
    if value == ALL {
        return Ok(Whom { span, text: value, named: Named::Everybody });
    }
    let who = Who::parse(&value).map_err(|failure| {
        let hint = failure.hints().first().map_or(HOW_TO_NAME, String::as_str);
        Problem::new(span, format!("`{}` names no subject", excerpt(&value)), hint)
    })?;
    let named = if value.contains(ALL) { Named::Pattern(who) } else { Named::One(who) };
    Ok(Whom { span, text: value, named })
}

impl Whom {
    /// Whether it means somebody.
    pub(super) fn is(&self, who: &Who) -> bool {
        let pattern = match &self.named {
            Named::One(one) => return one == who,
            Named::Everybody => return true,
            Named::Pattern(pattern) => pattern,
        };
        match (pattern, who) {
            (Who::ServiceAccount { namespace, name }, Who::ServiceAccount { namespace: own, name: other }) => {
                fits(namespace, own) && fits(name, other)
            }
            (Who::User(name), Who::User(other)) | (Who::Group(name), Who::Group(other)) => fits(name, other),
            // The ServiceAccounts of a namespace are in a group, and nobody else is.
            (Who::ServiceAccount { namespace, name }, Who::Group(group)) if name == ALL => {
                let of_one = group.strip_prefix(SERVICE_ACCOUNTS).and_then(|rest| rest.strip_prefix(':'));
                of_one.is_some_and(|own| fits(namespace, own)) || (namespace == ALL && group == SERVICE_ACCOUNTS)
            }
            _ => false,
        }
    }

    /// Whether it means somebody by name, or a group that they are in of themselves.
    pub(super) fn holds(&self, who: &Who) -> bool {
        let is_member = |group: &Who| matches!(group, Who::Group(name) if who.identity().groups.contains(name));
        self.is(who) || self.subject().is_some_and(is_member)
    }

    /// The one subject that it names; `None` for a pattern.
    pub(super) fn subject(&self) -> Option<&Who> {
        match &self.named {
            Named::One(who) => Some(who),
            Named::Pattern(_) | Named::Everybody => None,
        }
    }

    /// Whom it means among those that were read.
    pub(super) fn among(&self, all: &BTreeSet<Who>) -> Vec<Who> {
        match self.subject() {
            Some(who) => vec![who.clone()],
            None => all.iter().filter(|who| self.is(who)).cloned().collect(),
        }
    }

    /// What is wrong with it where it means nobody that was read.
    pub(super) fn nobody(&self, access: &Access, all: &BTreeSet<Who>) -> Option<String> {
        let Some(who) = self.subject() else {
            let found = all.iter().any(|who| self.is(who));
            return (!found).then(|| format!("`{}` matches no subject in what was read", excerpt(&self.text)));
        };
        if all.contains(who) || is_always_there(who, access) {
            return None;
        }
        let doubt = doubts_about(who, access)?;
        let near = all.iter().find(|other| is_near(who, other)).cloned().or_else(|| near_group(who, access));
        let near = near.filter(|_| !doubt.contains("; there is"));
        let meant = near.map(|near| format!("; did you mean `{}`?", near.written()));
        Some(format!("{doubt}{}", meant.unwrap_or_default()))
    }
}

/// The group that Kubernetes knows of itself and that was probably meant.
fn near_group(who: &Who, access: &Access) -> Option<Who> {
    let Who::Group(name) = who else { return None };
    let of_namespaces = access.known().namespaces().map(service_accounts_of);
    let own = [AUTHENTICATED, UNAUTHENTICATED, MASTERS, SERVICE_ACCOUNTS].into_iter().map(str::to_owned);
    own.chain(of_namespaces).find(|known| is_alike(name, known)).map(Who::Group)
}

fn is_near(who: &Who, other: &Who) -> bool {
    match (who, other) {
        (Who::User(one), Who::User(other)) | (Who::Group(one), Who::Group(other)) => is_alike(one, other),
        (Who::ServiceAccount { namespace, name }, Who::ServiceAccount { namespace: own, name: other }) => {
            name == other && is_alike(namespace, own)
        }
        _ => false,
    }
}

/// Whether Kubernetes knows somebody of itself.
fn is_always_there(who: &Who, access: &Access) -> bool {
    match who {
        Who::User(name) => name == ANONYMOUS || name.starts_with("system:node:"),
        Who::Group(name) => {
            let of_one = |namespace: &str| service_accounts_of(namespace) == *name;
            [AUTHENTICATED, UNAUTHENTICATED, MASTERS, SERVICE_ACCOUNTS].contains(&name.as_str())
                || access.known().namespaces().any(of_one)
        }
        Who::ServiceAccount { namespace, name } => access.known().has_account(namespace, name),
    }
}

/// Whether a name is as a pattern has it: `*` stands for any part of it.
pub(super) fn fits(pattern: &str, name: &str) -> bool {
    let literal: Vec<_> = pattern.split('*').map(Pattern::escape).collect();
    Pattern::new(&literal.join("*")).is_ok_and(|pattern| pattern.matches(name))
}

/// Everybody that the manifests know: ServiceAccounts that exist or that a workload runs as, and whom bindings name; not
/// whom only the default policy names.
pub(super) fn everybody(access: &Access) -> BTreeSet<Who> {
    let known = access.known();
    let accounts = known
        .service_accounts()
        .filter(|(namespace, name, account)| known.has_account(namespace, name) || !account.workloads.is_empty());
    let accounts = accounts
        .map(|(namespace, name, _)| Who::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() });
    let named = access.own_bindings().flat_map(|(_, binding)| Who::all_of_binding(binding));
    accounts.chain(named).collect()
}
