//! All that a subject may do, as people read it: a matrix for each place, and below them where it comes from.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::answer::unread;
use super::super::excerpt::place;
use super::super::style::Styles;
use super::super::table::listed;
use super::super::words;
use super::legend::{Legend, line};
use super::matrix::{Row, matrix};
use super::resource;
use crate::query::{Access, Idle, Permissions, ResourceRow, Scope, WhyIdle};
use crate::rbac::full_resource;
use crate::report::Look;

/// The whole answer, as text.
pub fn human(access: &Access, permissions: &Permissions, look: Look) -> String {
    let page = Page { access, permissions, styles: Styles::new(look.color), width: look.width };
    let mut text = page.head();
    let mut legend = Legend::default();
    for scope in &permissions.own {
        page.scope(scope, &mut legend, &mut text);
    }
    if !permissions.own.is_empty() {
        let _ = writeln!(text, "\n{}", page.styles.strong("Where it comes from"));
        text.push_str(&legend.write(access, &permissions.asker.who, page.styles, page.width));
    }
    page.covered(&mut text);
    page.idle(&mut text);
    page.everybody(&mut text);
    unread(access, page.styles, &mut text);
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
        let runs: Vec<_> = self.access.workloads_of(who).map(|object| words::shown(&object.name.to_string())).collect();
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

    fn scope(&self, scope: &Scope, legend: &mut Legend, text: &mut String) {
        let place = match &scope.namespace {
            None => "in the whole cluster".to_owned(),
            Some(namespace) => format!("in namespace {}", words::shown(namespace)),
        };
        let _ = writeln!(text, "\n{}", self.styles.strong(&place));
        let resources = scope.resources.iter().map(|row| Row {
            label: resource(&row.group, &row.resource),
            names: self.names(row),
            verbs: &row.verbs,
            from: legend.numbers(&row.verbs),
        });
        let resources: Vec<_> = resources.collect();
        if !resources.is_empty() {
            text.push_str(&matrix("RESOURCE", &resources, self.width));
        }
        let urls = scope.urls.iter().map(|row| Row {
            label: words::shown(&row.url),
            names: String::new(),
            verbs: &row.verbs,
            from: legend.numbers(&row.verbs),
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
        if !by_why.is_empty() {
            let _ = writeln!(text, "\n{}", self.styles.strong("Grants nothing"));
        }
        for (why, all) in by_why {
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
        let rule = idle.rule.map(|rule| format!(", rule {}", rule.index + 1)).unwrap_or_default();
        let of_rule = idle.rule.and_then(|rule| self.access.rule_places(rule)).map(|places| places.whole);
        let of_binding = || self.access.binding_facts(idle.binding).map(|facts| facts.role_name);
        let place = of_rule.or_else(of_binding).map(|span| place(self.access.sources(), span)).unwrap_or_default();
        let mut text = format!("    {binding} → {role}{rule}\n      {}\n", self.styles.dim(&place));
        if !idle.what.is_empty() {
            let what: Vec<_> = idle.what.iter().map(|what| words::shown(what)).collect();
            text.push_str(&listed("      ", &what, self.width));
        }
        text
    }

    /// What everybody may do, in a few words.
    fn everybody(&self, text: &mut String) {
        let scopes = &self.permissions.everybody;
        let resources = scopes.iter().flat_map(|scope| &scope.resources);
        let reviews: Vec<_> = resources
            .map(|row| {
                let verbs: Vec<_> = row.verbs.keys().map(String::as_str).collect();
                format!("{} {}", verbs.join("/"), full_resource(&row.resource, ""))
            })
            .collect();
        let urls = scopes.iter().map(|scope| scope.urls.len()).sum::<usize>();
        let urls = (urls > 0).then(|| format!("get {urls} URLs of discovery and health (`-o wide` has all)"));
        let all: Vec<_> = reviews.into_iter().chain(urls).collect();
        if !all.is_empty() {
            text.push('\n');
            text.push_str(&listed("like everybody: ", &all, self.width));
        }
    }
}
