//! All that a subject may do, as people read it: a matrix for each place, and below them where it comes from.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::super::excerpt::place;
use super::super::style::Styles;
use super::super::table::listed;
use super::super::unread::unread;
use super::super::words;
use super::legend::{Legend, line};
use super::matrix::{Row, UNSURE, WIDER, matrix};
use super::resource;
use crate::query::{Access, Idle, Permissions, ResourceRow, Scope, Unread, Verbs, WhyIdle};
use crate::rbac::Grant;
use crate::report::Look;

/// The whole answer, as text.
pub fn human(access: &Access, permissions: &Permissions, look: Look) -> String {
    let page = Page { access, permissions, styles: Styles::new(look.color), width: look.width };
    let mut text = page.head();
    let mut legend = Legend::default();
    for scopes in alike(&permissions.own) {
        page.scopes(&scopes, &mut legend, &mut text);
    }
    if !permissions.own.is_empty() {
        marks(&mut text);
        let _ = writeln!(text, "\n{}", page.styles.strong("Where it comes from"));
        text.push_str(&legend.write(access, &permissions.asker.who, page.styles, page.width));
    }
    page.covered(&mut text);
    page.idle(&mut text);
    page.everybody(&mut text);
    text.push_str(&unread(access, page.styles));
    text
}

struct Page<'a> {
    access: &'a Access,
    permissions: &'a Permissions,
    styles: Styles,
    width: usize,
}

impl Page<'_> {
    fn head(&self) -> String {
        let who = &self.permissions.asker.who;
        let mut text = format!("{}\n", self.styles.strong(&words::shown(&who.to_string())));
        let runs = self.access.workloads_of(who).map(|object| words::shown(&object.name.to_string()));
        let runs: Vec<_> = runs.collect::<BTreeSet<_>>().into_iter().collect();
        if !runs.is_empty() {
            text.push_str(&listed("  runs ", &runs, self.width));
        }
        for doubt in &self.permissions.doubts {
            let _ = writeln!(text, "{}: {}", self.styles.unsure("note"), words::shown(doubt));
        }
        if self.permissions.is_master {
            let _ = writeln!(text, "\nMembers of Group system:masters may do everything, whatever RBAC says.");
        } else if self.permissions.own.is_empty() {
            let place = match &self.permissions.namespace {
                Some(namespace) => format!(" that counts in namespace {}", words::shown(namespace)),
                None => String::new(),
            };
            let nothing = self.styles.bad("nothing");
            let _ = writeln!(text, "\n{nothing}: no grant{place} beyond what everybody may do.");
        }
        text
    }

    /// Places in which the same may be done.
    fn scopes(&self, scopes: &[&Scope], legend: &mut Legend, text: &mut String) {
        let namespaces: Vec<_> =
            scopes.iter().filter_map(|scope| scope.namespace.as_deref()).map(words::shown).collect();
        let place = match namespaces.as_slice() {
            [] => "in the whole cluster\n".to_owned(),
            [namespace] => format!("in namespace {namespace}\n"),
            namespaces => listed("in namespaces ", namespaces, self.width),
        };
        let _ = writeln!(text, "\n{}", self.styles.strong(place.trim_end()));
        let Some(first) = scopes.first() else { return };
        let mut resources: Vec<Row<'_>> = Vec::new();
        for (position, row) in first.resources.iter().enumerate() {
            let same = scopes.iter().filter_map(|scope| scope.resources.get(position));
            let from = legend.numbers(same.map(|row| &row.verbs));
            match resources.last_mut().filter(|last| is_folded(position, first, last, &from)) {
                Some(last) => {
                    let _ = write!(last.label, " /{}", words::shown(subresource(row)));
                }
                None => resources.push(Row {
                    label: resource(&row.group, &row.resource),
                    names: self.names(row),
                    verbs: &row.verbs,
                    wider: &row.wider,
                    from,
                }),
            }
        }
        if !resources.is_empty() {
            text.push_str(&matrix("RESOURCE", &resources, self.width));
        }
        let urls = first.urls.iter().map(|row| Row {
            label: words::shown(&row.url),
            names: String::new(),
            verbs: &row.verbs,
            wider: &row.wider,
            from: legend.numbers([&row.verbs]),
        });
        let urls: Vec<_> = urls.collect();
        if !urls.is_empty() {
            text.push_str(&matrix("URL", &urls, self.width));
        }
    }

    fn names(&self, row: &ResourceRow) -> String {
        let names: Vec<_> = row.names.iter().map(|name| words::shown(name)).collect();
        if names.is_empty() { String::new() } else { listed("    only ", &names, self.width) }
    }

    fn covered(&self, text: &mut String) {
        if self.permissions.covered.is_empty() {
            return;
        }
        let _ = writeln!(text, "\n{}", self.styles.strong("Adds nothing to that"));
        for grant in &self.permissions.covered {
            text.push_str(&line(self.access, &self.permissions.asker.who, "  ", grant, self.styles, self.width));
        }
    }

    /// What grants nothing, but for rules of the default policy, which nobody can change.
    fn idle(&self, text: &mut String) {
        let is_own = |idle: &&Idle| match idle.rule {
            Some(rule) => self.access.role_object(rule.role).is_some(),
            None => self.access.binding_object(idle.binding).is_some(),
        };
        let mut by_why: BTreeMap<WhyIdle, Vec<&Idle>> = BTreeMap::new();
        for idle in self.permissions.idle.iter().filter(is_own) {
            by_why.entry(idle.why).or_default().push(idle);
        }
        let mut told = "";
        for (why, all) in by_why {
            let heading = if why == WhyIdle::TooLarge { "Left out" } else { "Grants nothing" };
            if heading != told {
                let _ = writeln!(text, "\n{}", self.styles.strong(heading));
                told = heading;
            }
            let _ = writeln!(text, "  {}", why.message());
            for idle in all {
                text.push_str(&self.one_idle(idle));
            }
        }
    }

    fn one_idle(&self, idle: &Idle) -> String {
        let binding = words::binding_of(self.access, idle.binding);
        let role = match (idle.role, self.access.policy().binding(idle.binding)) {
            (Some(role), _) => words::role_by_id(self.access, role),
            (None, binding) => binding.map(words::role_of).unwrap_or_default(),
        };
        let rule = idle.rule.map(|rule| format!(", {}", words::rule_number(self.access, idle.role, rule)));
        let rule = rule.unwrap_or_default();
        let of_fault = idle.fault.as_ref().map(|fault| fault.span);
        let of_rule = idle.rule.and_then(|rule| self.access.rule_places(rule)).map(|places| places.whole);
        let of_binding = || self.access.binding_facts(idle.binding).map(|facts| facts.role_name);
        let place =
            of_fault.or(of_rule).or_else(of_binding).map(|span| place(self.access.sources(), span)).unwrap_or_default();
        let mut text = format!("    {binding} → {role}{rule}\n");
        let _ = match &idle.fault {
            Some(Unread { reason, .. }) => {
                writeln!(text, "      {}: {}", self.styles.dim(&place), words::shown(reason))
            }
            None => writeln!(text, "      {}", self.styles.dim(&place)),
        };
        if !idle.what.is_empty() {
            let what: Vec<_> = idle.what.iter().map(|what| words::shown(what)).collect();
            text.push_str(&listed("      ", &what, self.width));
        }
        text
    }

    /// What everybody may do, in a few words.
    fn everybody(&self, text: &mut String) {
        let scopes = &self.permissions.everybody;
        let mut by_verbs: BTreeMap<Vec<&str>, Vec<String>> = BTreeMap::new();
        for row in scopes.iter().flat_map(|scope| &scope.resources) {
            let verbs = row.verbs.keys().map(String::as_str).collect();
            by_verbs.entry(verbs).or_default().push(resource(&row.group, &row.resource));
        }
        let resources = by_verbs.into_iter().flat_map(|(verbs, mut resources)| {
            if let Some(first) = resources.first_mut() {
                *first = words::shown(&format!("{} {first}", verbs.join("/")));
            }
            resources
        });
        let urls = scopes.iter().map(|scope| scope.urls.len()).sum::<usize>();
        let urls = (urls > 0).then(|| format!("and {urls} URLs of discovery and health"));
        let all: Vec<_> = resources.chain(urls).chain(["all in `-o wide`".to_owned()]).collect();
        if !scopes.is_empty() {
            text.push('\n');
            text.push_str(&listed("like everybody: ", &all, self.width));
        }
    }
}

/// What the marks mean that do not explain themselves.
fn marks(text: &mut String) {
    let meanings = [
        (WIDER, "another grant allows it, to more than this"),
        (UNSURE, "only if one of several differing definitions holds"),
    ];
    let used = meanings.into_iter().filter(|(mark, _)| text.contains(&format!(" {mark} ")));
    let used: Vec<_> = used.map(|(mark, meaning)| format!("  {mark}  {meaning}\n")).collect();
    if !used.is_empty() {
        text.push('\n');
        text.push_str(&used.concat());
    }
}

/// Places put together in which the same may be done by the same roles.
fn alike(scopes: &[Scope]) -> Vec<Vec<&Scope>> {
    let mut all: Vec<Vec<&Scope>> = Vec::new();
    for scope in scopes {
        let is_alike = |other: &&mut Vec<&Scope>| {
            other.first().is_some_and(|other| other.namespace.is_some() && same_rows(other, scope))
        };
        match all.iter_mut().find(is_alike) {
            Some(same) => same.push(scope),
            None => all.push(vec![scope]),
        }
    }
    all
}

fn same_rows(one: &Scope, other: &Scope) -> bool {
    let verbs = |verbs: &Verbs| -> Vec<(String, bool)> {
        let is_conditional = |grants: &Vec<Grant>| grants.iter().all(|grant| grant.is_conditional);
        verbs.iter().map(|(verb, grants)| (verb.clone(), is_conditional(grants))).collect()
    };
    let is_same = |(one, other): (&ResourceRow, &ResourceRow)| {
        let names = |row: &ResourceRow| (row.group.clone(), row.resource.clone(), row.names.clone());
        names(one) == names(other) && one.wider == other.wider && verbs(&one.verbs) == verbs(&other.verbs)
    };
    one.resources.len() == other.resources.len() && one.resources.iter().zip(&other.resources).all(is_same)
}

/// Whether a row needs no line of its own: a subresource with which the same may be done as with what stands before it.
fn is_folded(position: usize, scope: &Scope, last: &Row<'_>, from: &str) -> bool {
    let before = position.checked_sub(1).and_then(|before| scope.resources.get(before));
    let Some((before, row)) = before.zip(scope.resources.get(position)) else { return false };
    let base = |row: &ResourceRow| row.resource.split('/').next().map(str::to_owned);
    let same = row.group == before.group && base(row) == base(before) && row.resource.contains('/');
    let verbs = |verbs: &Verbs| verbs.keys().cloned().collect::<Vec<_>>();
    let is_conditional = |verbs: &Verbs| verbs.values().flatten().any(|grant| grant.is_conditional);
    same && row.names.is_empty()
        && before.names.is_empty()
        && last.from == from
        && last.wider == row.wider
        && verbs(last.verbs) == verbs(&row.verbs)
        && !is_conditional(last.verbs)
        && !is_conditional(&row.verbs)
}

fn subresource(row: &ResourceRow) -> &str {
    row.resource.split_once('/').map_or("", |(_, subresource)| subresource)
}
