//! Everybody who can, place by place: the user's own grants first, then those that every cluster has.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::super::arrow::arrow;
use super::super::conditions::{self, several};
use super::super::style::Styles;
use super::super::table::listed;
use super::super::unread::unread;
use super::super::words;
use super::{question, somebody, workloads};
use crate::query::{Access, Holder, Who, WhoCan};
use crate::rbac::{Action, Grant};
use crate::report::Look;

/// No more members of a group than this are told.
const MOST_MEMBERS: usize = 6;
/// No more workloads of a ServiceAccount than this are told.
const MOST_WORKLOADS: usize = 6;
/// No more grants of the same to the same subject in the same place than this are told.
const MOST_GRANTS: usize = 4;
/// No more objects whose definitions differ than this are told.
const MOST_CONDITIONS: usize = 6;

/// The whole answer, as text.
pub fn human(access: &Access, answer: &WhoCan, look: Look) -> String {
    let page = Page { access, styles: Styles::new(look.color), width: look.width };
    let mut text = page.head(answer);
    let told = answer.holders.iter().filter(|holder| !holder.grants.is_empty() && !holder.is_masters());
    let (built_in, own): (Vec<_>, Vec<_>) = told.partition(|holder| holder.is_built_in);
    page.own(&own, answer, !built_in.is_empty(), &mut text);
    text.push_str(&page.conditions(&own));
    page.built_in(&built_in, &mut text);
    text.push_str("\nMembers of Group system:masters may do everything, whatever RBAC says.\n");
    text.push_str(&unread(access, page.styles));
    text
}

struct Page<'a> {
    access: &'a Access,
    styles: Styles,
    width: usize,
}

impl Page<'_> {
    fn head(&self, answer: &WhoCan) -> String {
        let question = question(self.access, answer);
        let mut text = format!("{}\n", self.styles.strong(&format!("Who can {question}?")));
        for warning in &answer.warnings {
            let _ = writeln!(text, "{}: {}", self.styles.unsure("warning"), words::shown(warning));
        }
        for doubt in &answer.doubts {
            let _ = writeln!(text, "{}: {}", self.styles.unsure("note"), words::shown(doubt));
        }
        text
    }

    /// Those whom the manifests name.
    fn own(&self, holders: &[&Holder], answer: &WhoCan, is_built_in: bool, text: &mut String) {
        if holders.is_empty() {
            let nobody = if is_built_in { "nobody but the default policy of Kubernetes" } else { "nobody" };
            let _ = writeln!(text, "\n{}: no binding that was read allows it to anybody.", self.styles.bad(nobody));
            return;
        }
        for (namespace, holders) in self.by_place(holders) {
            let place = match namespace {
                None => place_of_cluster(&answer.action, self.access).to_owned(),
                Some(namespace) => format!("in namespace {}", words::shown(namespace)),
            };
            let _ = writeln!(text, "\n{}", self.styles.strong(&place));
            for (holder, grants) in holders {
                self.holder(holder, &grants, text);
            }
        }
    }

    /// The definitions that do not agree, of which one has to hold for conditional grants to count.
    fn conditions(&self, holders: &[&Holder]) -> String {
        let all = several(self.access, holders.iter().flat_map(|holder| &holder.grants));
        if all.is_empty() {
            return String::new();
        }
        let told = all.get(..all.len().min(MOST_CONDITIONS)).unwrap_or_default();
        let mut text = format!("\n{}", conditions::write(self.access, told, "", self.styles));
        if all.len() > told.len() {
            let _ = writeln!(text, "and {} more such objects (`-o json` has all)", all.len() - told.len());
        }
        text + &conditions::help(&all, self.styles)
    }

    /// The grants that name somebody by the namespaces in which they count; `None` for the whole cluster.
    fn by_place<'h>(&self, holders: &[&'h Holder]) -> BTreeMap<Option<&str>, Vec<(&'h Holder, Vec<Grant>)>> {
        let mut by_place: BTreeMap<Option<&str>, Vec<(&Holder, Vec<Grant>)>> = BTreeMap::new();
        for &holder in holders {
            for grant in &holder.grants {
                let place = by_place.entry(self.access.namespace_of(grant)).or_default();
                match place.last_mut().filter(|(last, _)| last.who == holder.who) {
                    Some((_, grants)) => grants.push(*grant),
                    None => place.push((holder, vec![*grant])),
                }
            }
        }
        by_place
    }

    /// One subject in one place.
    fn holder(&self, holder: &Holder, grants: &[Grant], text: &mut String) {
        let mut marks = String::new();
        if holder.all_grants().all(|grant| grant.is_conditional) {
            let _ = write!(marks, " {}", self.styles.unsure("(if one of several differing definitions holds)"));
        }
        if !holder.exists && !holder.is_built_in {
            let _ = write!(marks, " {}", self.styles.unsure("(not in what was read)"));
        }
        let _ = writeln!(text, "  {}{marks}", self.styles.strong(&somebody(&holder.who)));
        let runs = workloads(self.access, &holder.who);
        if !runs.is_empty() {
            text.push_str(&listed("    runs ", &cut(&runs, MOST_WORKLOADS), self.width));
        }
        text.push_str(&self.members(holder));
        for grant in grants.iter().take(MOST_GRANTS) {
            text.push_str(&self.grant(grant));
        }
        if grants.len() > MOST_GRANTS {
            let _ = writeln!(text, "    and by {} more rules (`-o wide` has all)", grants.len() - MOST_GRANTS);
        }
    }

    /// The ServiceAccounts that are in a group; not those of Kubernetes' own controllers.
    fn members(&self, holder: &Holder) -> String {
        let members: Vec<_> = self.members_read(holder).map(short).collect();
        if members.is_empty() { String::new() } else { listed("    with ", &cut(&members, MOST_MEMBERS), self.width) }
    }

    fn members_read<'h>(&self, holder: &'h Holder) -> impl Iterator<Item = &'h Who> {
        let known = self.access.known();
        holder.members.iter().filter(move |who| match who {
            Who::ServiceAccount { namespace, name } => {
                known.has_account(namespace, name)
                    || known.account_of(namespace, name).is_some_and(|account| !account.workloads.is_empty())
            }
            _ => true,
        })
    }

    /// `by RoleBinding prod/deployer → Role prod/deployer, rule 1`, with its place.
    fn grant(&self, grant: &Grant) -> String {
        let rule = format!("→ {}", words::rule_number(self.access, Some(grant.role), grant.rule));
        let conditional = grant.is_conditional.then(|| "(conditional)".to_owned());
        let notes: Vec<_> = std::iter::once(rule).chain(conditional).collect();
        arrow(self.access, grant, "    by ", &notes, (self.styles, self.width))
    }

    /// Those whom the default policy names: only who, since it is the same in every cluster.
    fn built_in(&self, holders: &[&Holder], text: &mut String) {
        if holders.is_empty() {
            return;
        }
        let _ = writeln!(
            text,
            "\n{}",
            self.styles.strong("by the default policy of Kubernetes (`-o wide` has its bindings)")
        );
        let mut places: BTreeMap<Option<&str>, Vec<&Holder>> = BTreeMap::new();
        for holder in holders {
            let namespaces: BTreeSet<_> = holder.grants.iter().map(|grant| self.access.namespace_of(grant)).collect();
            // Whoever may everywhere may in each namespace.
            let namespaces = if namespaces.contains(&None) { BTreeSet::from([None]) } else { namespaces };
            for namespace in namespaces {
                places.entry(namespace).or_default().push(holder);
            }
        }
        for (namespace, holders) in places {
            self.built_in_at(namespace, &holders, text);
        }
    }

    fn built_in_at(&self, namespace: Option<&str>, holders: &[&Holder], text: &mut String) {
        let at = namespace.map(|namespace| format!("in namespace {namespace}: ")).unwrap_or_default();
        let mut kinds: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for holder in holders {
            let kind = match &holder.who {
                Who::ServiceAccount { .. } => "ServiceAccount",
                Who::User(_) => "User",
                Who::Group(_) => "Group",
            };
            let members = self.members_read(holder).count();
            let counted = match members {
                0 => String::new(),
                1 => " (1 ServiceAccount of what was read)".to_owned(),
                count => format!(" ({count} ServiceAccounts of what was read)"),
            };
            kinds.entry(kind).or_default().push(format!("{}{counted}", short(&holder.who)));
        }
        for (kind, names) in kinds {
            let plural = if names.len() == 1 { "" } else { "s" };
            text.push_str(&listed(&format!("  {at}{kind}{plural} "), &names, self.width));
        }
    }
}

fn place_of_cluster(action: &Action, access: &Access) -> &'static str {
    match action {
        Action::Url { .. } => "in the cluster",
        Action::Resource(action) => {
            let known = access.catalog().find(&action.group, &action.resource);
            if known.is_some_and(|known| !known.namespaced) { "in the cluster" } else { "in all namespaces" }
        }
    }
}

fn short(who: &Who) -> String {
    let text = match who {
        Who::ServiceAccount { namespace, name } => format!("{namespace}/{name}"),
        Who::User(name) | Who::Group(name) => name.clone(),
    };
    words::shown(&text)
}

/// The first items, and how many more there are.
fn cut(items: &[String], most: usize) -> Vec<String> {
    if items.len() <= most + 1 {
        return items.to_vec();
    }
    let more = format!("and {} more", items.len() - most);
    items.iter().take(most).cloned().chain([more]).collect()
}
