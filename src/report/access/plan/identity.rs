//! As whom the pods of a Job act, and a few words about what that lets them do.

use super::super::permissions::resource;
use super::super::words;
use super::page::Page;
use crate::query::Scope;
use crate::query::plan::Identity;

/// No more permissions than these are told.
const MOST: usize = 8;

pub(super) fn write(identity: &Identity, page: &mut Page) {
    let account = words::shown(&format!("{}/{}", identity.namespace, identity.name));
    let token = if identity.has_token { "its token is mounted" } else { "its token is not mounted" };
    let there = if identity.exists {
        String::new()
    } else {
        format!("; {}: without it no pod is made", page.styles.unsure("it is not in what was read"))
    };
    page.fact("Runs as", &format!("ServiceAccount {account}; {token}{there}"));
    if let Some(kustomization) = &identity.renamed_by {
        let by = words::shown(kustomization);
        page.fact("", &format!("{by} changes names or namespaces: it may be another one"));
    }
    let permissions = &identity.permissions;
    if permissions.own.is_empty() {
        page.fact("", "It may do nothing beyond what everybody may.");
        return;
    }
    let mut told = 0;
    let all: usize = permissions.own.iter().map(|scope| scope.resources.len() + scope.urls.len()).sum();
    for scope in &permissions.own {
        let rows = rows(scope);
        let shown: Vec<_> = rows.into_iter().take(MOST.saturating_sub(told)).collect();
        told += shown.len();
        if !shown.is_empty() {
            let place = match &scope.namespace {
                Some(namespace) => format!("in namespace {}", words::shown(namespace)),
                None => "in the whole cluster".to_owned(),
            };
            page.fact("", &format!("{place}: {}", shown.join("; ")));
        }
    }
    let more = if all > told { format!("and {} more: ", all - told) } else { "all of it: ".to_owned() };
    page.fact(
        "",
        &format!("{more}rolecall permissions {}:{}", words::shown(&identity.namespace), words::shown(&identity.name)),
    );
}

fn rows(scope: &Scope) -> Vec<String> {
    let verbs = |verbs: &crate::query::Verbs| {
        let verbs: Vec<_> = verbs.keys().map(|verb| words::shown(verb)).collect();
        verbs.join("/")
    };
    let resources = scope.resources.iter().map(|row| {
        let names: Vec<_> = row.names.iter().map(|name| words::shown(name)).collect();
        let names = if names.is_empty() { String::new() } else { format!(" (only {})", names.join(", ")) };
        format!("{} {}{names}", verbs(&row.verbs), resource(&row.group, &row.resource))
    });
    let urls = scope.urls.iter().map(|row| format!("{} {}", verbs(&row.verbs), words::shown(&row.url)));
    resources.chain(urls).collect()
}
