//! Decides whether one policy rule covers one request.
//!
//! A rule *covers* a request when each of its dimensions does: verb, API group, resource with its subresource, and
//! name; or verb and URL. `*` covers everything in its dimension but for names; no names at all cover every name.
//! (`RuleAllows` in kubernetes/plugin/pkg/auth/authorizer/rbac/rbac.go, and `evaluation_helpers.go` in
//! kubernetes/pkg/apis/rbac/v1)

use super::{Action, ResourceAction, Rule};

/// Everything, in verbs, API groups, resources and URLs.
pub const ALL: &str = "*";

impl Rule {
    /// Whether the rule allows to do this.
    pub fn allows(&self, action: &Action) -> bool {
        match action {
            Action::Resource(action) => {
                self.has_verb(&action.verb)
                    && self.has_group(&action.group)
                    && self.has_resource(&action.resource, &action.subresource)
                    && self.has_name(&action.name)
            }
            Action::Url { verb, path } => self.has_verb(verb) && self.has_url(path),
        }
    }

    /// How many of the dimensions of a request the rule covers: verb, group, resource, name.
    pub fn dimensions(&self, action: &ResourceAction) -> Dimensions {
        Dimensions {
            verb: self.has_verb(&action.verb),
            group: self.has_group(&action.group),
            resource: self.has_resource(&action.resource, &action.subresource),
            name: self.has_name(&action.name),
        }
    }

    /// Whether the rule is about this verb.
    pub fn has_verb(&self, verb: &str) -> bool {
        has(&self.verbs, verb)
    }

    /// Whether the rule is about this API group.
    pub fn has_group(&self, group: &str) -> bool {
        has(&self.api_groups, group)
    }

    /// Whether the rule is about this resource, or this subresource of it.
    pub fn has_resource(&self, resource: &str, subresource: &str) -> bool {
        self.resources.iter().any(|entry| resource_covers(entry, resource, subresource))
    }

    /// Whether the rule is about the object of this name.
    pub fn has_name(&self, name: &str) -> bool {
        self.resource_names.is_empty() || self.resource_names.iter().any(|entry| entry == name)
    }

    /// Whether the rule is about this URL.
    pub fn has_url(&self, path: &str) -> bool {
        self.non_resource_urls.iter().any(|entry| url_covers(entry, path))
    }
}

/// Which dimensions of a request a rule covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "there are four dimensions")]
pub struct Dimensions {
    /// Its verb.
    pub verb: bool,
    /// Its API group.
    pub group: bool,
    /// Its resource with the subresource.
    pub resource: bool,
    /// Its name.
    pub name: bool,
}

fn has(entries: &[String], wanted: &str) -> bool {
    entries.iter().any(|entry| entry == ALL || entry == wanted)
}

/// Whether an entry of `resources` is about a resource, or about this subresource of it.
pub fn resource_covers(entry: &str, resource: &str, subresource: &str) -> bool {
    let of_any = || !subresource.is_empty() && entry.strip_prefix("*/") == Some(subresource);
    entry == ALL || is_full_resource(entry, resource, subresource) || of_any()
}

/// Whether an entry is a resource with its subresource, as `full_resource` would write it.
fn is_full_resource(entry: &str, resource: &str, subresource: &str) -> bool {
    let rest = || entry.strip_prefix(resource).and_then(|rest| rest.strip_prefix('/'));
    if subresource.is_empty() { entry == resource } else { rest() == Some(subresource) }
}

/// Whether an entry of `nonResourceURLs` is about a path: the same, or all that begins like it where it ends in `*`.
pub fn url_covers(entry: &str, path: &str) -> bool {
    entry == path || (entry.ends_with('*') && path.starts_with(entry.trim_end_matches('*')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(verbs: &[&str], groups: &[&str], resources: &[&str], names: &[&str]) -> Rule {
        let list = |entries: &[&str]| entries.iter().map(|&entry| entry.to_owned()).collect();
        Rule {
            verbs: list(verbs),
            api_groups: list(groups),
            resources: list(resources),
            resource_names: list(names),
            non_resource_urls: Vec::new(),
        }
    }

    #[test]
    fn resources_and_subresources_are_told_apart() {
        for (entry, resource, subresource, expected) in [
            ("pods", "pods", "", true),
            ("pods", "pods", "exec", false),
            ("pods/exec", "pods", "exec", true),
            ("pods/exec", "pods", "", false),
            ("*", "pods", "exec", true),
            ("*/exec", "pods", "exec", true),
            ("*/exec", "pods", "", false),
            ("*/", "pods", "", false),
            ("pods/*", "pods", "exec", false),
            ("pods/*", "pods", "", false),
            ("*/*", "pods", "exec", false),
            ("*/*", "pods", "*", true),
            ("pods/log", "pods/log", "", true),
        ] {
            assert_eq!(
                rule(&["get"], &[""], &[entry], &[]).has_resource(resource, subresource),
                expected,
                "{entry} for {resource} {subresource}"
            );
        }
    }

    #[test]
    fn names_have_no_wildcard() {
        let named = rule(&["get"], &[""], &["pods"], &["*", "a"]);
        assert!(named.has_name("a") && named.has_name("*") && !named.has_name("b") && !named.has_name(""));
        assert!(rule(&["get"], &[""], &["pods"], &[]).has_name(""));
    }

    #[test]
    fn urls_are_prefixes_where_they_end_in_a_star() {
        for (entry, path, expected) in [
            ("*", "/x", true),
            ("/healthz", "/healthz", true),
            ("/healthz", "/healthz/x", false),
            ("/healthz/*", "/healthz/x", true),
            ("/healthz/*", "/healthz", false),
            ("/healthz*", "/healthz", true),
            ("/a/*/b", "/a/x/b", false),
            ("/a**", "/ab", true),
        ] {
            assert_eq!(url_covers(entry, path), expected, "{entry} for {path}");
        }
    }
}
