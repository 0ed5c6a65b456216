//! From the words that people write to the resources that they mean.

use super::Catalog;
use super::resource::{ApiResource, Origin};

impl Catalog {
    /// The resource that a word means to kubectl: its TYPE argument, as `TYPE`, `TYPE.GROUP` or `TYPE.VERSION.GROUP`,
    /// where TYPE is a plural, a singular, a short name or a kind, in upper or lower case. Among several, the first in
    /// the order of [`Catalog::resources`] is meant. What no usual API server serves is found last.
    /// (`ParseResourceArg` in k8s.io/apimachinery/pkg/runtime/schema, `shortcutExpander` and the mapper behind it in
    /// k8s.io/client-go/restmapper)
    pub fn resolve(&self, word: &str) -> Option<&ApiResource> {
        let word = word.to_lowercase();
        let (name, rest) = word.split_once('.').unwrap_or((&word, ""));
        if let Some((version, group)) = rest.split_once('.') {
            let in_version = |resource: &ApiResource| {
                // Of a custom resource the versions may be unknown.
                let is_version = |name: &str| name == version || (name.is_empty() && looks_like_version(version));
                let has_version = resource.versions.iter().any(|known| is_version(&known.name));
                has_version && (group.is_empty() || resource.group == group)
            };
            if let Some(found) = self.named(name, in_version) {
                return Some(found);
            }
        }
        // `ingresses.networking` is enough for `ingresses.networking.k8s.io`.
        self.named(name, |resource| resource.group.starts_with(rest))
    }

    /// The resources that a category stands for, such as `all`; none where there is no such category.
    pub fn category(&self, word: &str) -> impl Iterator<Item = &ApiResource> {
        self.resources().filter(move |resource| is_served(resource) && resource.categories.iter().any(|c| c == word))
    }

    /// The resource that a word looks like which [`Catalog::resolve`] does not know: a slip of the pen away.
    pub fn nearest(&self, word: &str) -> Option<&ApiResource> {
        let word = word.to_lowercase();
        let near = |resource| Some((slips_of_names(resource, &word)?, resource));
        self.resources().filter_map(near).min_by_key(|(slips, _)| *slips).map(|(_, resource)| resource)
    }

    /// The resource of a group that a plural was meant to be which is not in that group: its singular, its kind, a short
    /// name, or a slip of the pen away.
    pub fn nearest_in(&self, group: &str, plural: &str) -> Option<&ApiResource> {
        let word = plural.to_lowercase();
        let near = |resource| {
            let is_other_name = NAMES.iter().any(|has_name| has_name(resource, &word));
            let slips = if is_other_name { Some(0) } else { slips_of_names(resource, &word) };
            Some((slips?, resource))
        };
        let of_group = self.resources().filter(|resource| resource.group == group);
        of_group.filter_map(near).min_by_key(|(slips, _)| *slips).map(|(_, resource)| resource)
    }

    /// The first resource with a name among those that fit. The kinds of names are tried one after the other, so that a
    /// short name never hides a full one; and what is served comes before what is not, whatever the kind of name.
    fn named(&self, name: &str, fits: impl Fn(&ApiResource) -> bool) -> Option<&ApiResource> {
        [true, false].into_iter().find_map(|served| {
            let first = |has_name: &HasName| {
                self.resources()
                    .find(|resource| is_served(resource) == served && has_name(resource, name) && fits(resource))
            };
            NAMES.iter().find_map(first)
        })
    }
}

/// Whether a word is a version as versions are usually called: `v1`, `v2beta1`.
fn looks_like_version(word: &str) -> bool {
    let rest = word.strip_prefix('v').unwrap_or_default();
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let stage = ["alpha", "beta"].into_iter().find_map(|stage| behind.strip_prefix(stage));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    behind.len() < rest.len() && (behind.is_empty() || stage.is_some_and(is_number))
}

type HasName = fn(&ApiResource, &str) -> bool;

/// The kinds of names, in the order in which they are tried. Kinds are their own names in lower case.
const NAMES: [HasName; 3] = [
    |resource, name| resource.plural == name || (resource.singular == name && !name.is_empty()),
    |resource, name| resource.short_names.iter().any(|short| short == name),
    |resource, name| resource.kind.eq_ignore_ascii_case(name) && !name.is_empty(),
];

fn is_served(resource: &ApiResource) -> bool {
    matches!(resource.origin, Origin::BuiltIn | Origin::Custom)
}

/// How many slips of the pen lead from a resource's nearest name to a word; `None` where they are too many.
fn slips_of_names(resource: &ApiResource, word: &str) -> Option<usize> {
    if word.contains('.') {
        return slips(&resource.full_name(), word);
    }
    [&resource.plural, &resource.singular].into_iter().filter_map(|name| slips(name, word)).min()
}

/// How many slips of the pen lead from a name to a word; `None` where they are too many.
fn slips(name: &str, word: &str) -> Option<usize> {
    // Two slips in a short name make another name: `rules` are no misspelt `roles`. Hardly anybody gets the first letter
    // wrong, so that most words need no second look.
    let most = name.len() / 6;
    if name.len().abs_diff(word.len()) > most || name.chars().next() != word.chars().next() || word.is_empty() {
        return None;
    }
    let slips = strsim::osa_distance(name, word);
    (slips <= most).then_some(slips)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{CustomResource, CustomVersion, Version};

    fn custom(group: &str, plural: &str, kind: &str, short_names: &[&str]) -> CustomResource {
        CustomResource {
            group: group.to_owned(),
            plural: plural.to_owned(),
            kind: kind.to_owned(),
            short_names: short_names.iter().map(|&name| name.to_owned()).collect(),
            versions: vec![CustomVersion { name: "v1".to_owned(), served: true, ..CustomVersion::default() }],
            ..CustomResource::default()
        }
    }

    fn catalog(definitions: impl IntoIterator<Item = CustomResource>) -> Catalog {
        let mut catalog = Catalog::new(Version::NEWEST);
        for definition in definitions {
            catalog.join(definition);
        }
        catalog
    }

    fn resolved(catalog: &Catalog, word: &str) -> Option<String> {
        catalog.resolve(word).map(ApiResource::full_name)
    }

    #[test]
    fn words_mean_what_they_mean_to_kubectl() {
        let catalog = catalog([]);
        for (word, meant) in [
            ("pods", "pods"),
            ("pod", "pods"),
            ("po", "pods"),
            ("Pod", "pods"),
            ("PODS", "pods"),
            ("svc", "services"),
            ("cm", "configmaps"),
            ("crds", "customresourcedefinitions.apiextensions.k8s.io"),
            ("deploy", "deployments.apps"),
            ("Deployment", "deployments.apps"),
            ("deployments.apps", "deployments.apps"),
            ("deployments.v1.apps", "deployments.apps"),
            ("Deployment.v1.apps", "deployments.apps"),
            ("deploy.apps", "deployments.apps"),
            ("deployments.app", "deployments.apps"),
            ("pods.", "pods"),
            ("pods.v1.", "pods"),
            ("ingresses.networking", "ingresses.networking.k8s.io"),
            ("ing.networking", "ingresses.networking.k8s.io"),
            ("ing.v1.networking.k8s.io", "ingresses.networking.k8s.io"),
            ("events", "events"),
            ("ev", "events"),
            ("events.events.k8s.io", "events.events.k8s.io"),
            ("ev.events.k8s.io", "events.events.k8s.io"),
            ("hpa", "horizontalpodautoscalers.autoscaling"),
            ("hpa.v1.autoscaling", "horizontalpodautoscalers.autoscaling"),
            ("endpoints", "endpoints"),
            ("limits", "limitranges"),
        ] {
            assert_eq!(resolved(&catalog, word).as_deref(), Some(meant), "{word}");
        }
        for word in ["", ".", "gadgets", "pods.apps", "deployments.v2.apps", "pods/log", "*", "all", "podlist", "-"] {
            assert_eq!(resolved(&catalog, word), None, "{word}");
        }
    }

    #[test]
    fn what_is_not_served_is_found_last() {
        let alone = catalog([]);
        for (word, meant, origin) in [
            ("users", "users", Origin::OnlyRbac),
            ("signers", "signers.certificates.k8s.io", Origin::OnlyRbac),
            ("deployments.extensions", "deployments.extensions", Origin::OnlyRbac),
            ("workloads", "workloads.scheduling.k8s.io", Origin::OptIn),
            ("deviceclasses.v1beta2.resource.k8s.io", "deviceclasses.resource.k8s.io", Origin::BuiltIn),
        ] {
            assert_eq!(resolved(&alone, word).as_deref(), Some(meant));
            assert_eq!(alone.resolve(word).map(|resource| resource.origin), Some(origin));
        }
        let joined = catalog([
            custom("z.example", "workloads", "Workload", &[]),
            custom("z.example", "people", "Person", &["users"]),
        ]);
        assert_eq!(resolved(&joined, "workloads").as_deref(), Some("workloads.z.example"));
        assert_eq!(resolved(&joined, "users").as_deref(), Some("people.z.example"));
    }

    #[test]
    fn custom_resources_come_after_built_in_ones() {
        let catalog = catalog([
            custom("b.example", "topics", "Topic", &["tp", "po"]),
            custom("a.example", "topics", "Topic", &["tp"]),
            custom("c.example", "deploy", "Deploy", &[]),
            custom("metrics.example", "pods", "PodMetrics", &[]),
        ]);
        for (word, meant) in [
            ("tp", "topics.a.example"),
            ("topic", "topics.a.example"),
            ("topics.b", "topics.b.example"),
            ("tp.b.example", "topics.b.example"),
            ("po", "pods"),
            ("po.b.example", "topics.b.example"),
            ("pods", "pods"),
            ("pods.metrics.example", "pods.metrics.example"),
            ("podmetrics", "pods.metrics.example"),
            // A full name is never taken for a short one.
            ("deploy", "deploy.c.example"),
        ] {
            assert_eq!(resolved(&catalog, word).as_deref(), Some(meant), "{word}");
        }
    }

    #[test]
    fn versions_of_custom_resources_may_be_unknown() {
        let any = CustomVersion { served: true, ..CustomVersion::default() };
        let catalog = catalog([CustomResource { versions: vec![any], ..custom("b.example", "topics", "Topic", &[]) }]);
        for (word, meant) in [
            ("topics.v1.b.example", Some("topics.b.example")),
            ("topics.v2beta1.b.example", Some("topics.b.example")),
            ("topics.vx.b.example", None),
            ("topics.v1gamma1.b.example", None),
        ] {
            assert_eq!(resolved(&catalog, word).as_deref(), meant, "{word}");
        }
    }

    #[test]
    fn categories_stand_for_what_is_served() {
        let mut topics = custom("a.example", "topics", "Topic", &[]);
        topics.categories = vec!["all".to_owned()];
        let catalog = catalog([topics]);
        let names: Vec<_> = catalog.category("all").map(|resource| &*resource.plural).collect();
        assert_eq!(
            names,
            [
                "pods",
                "replicationcontrollers",
                "services",
                "daemonsets",
                "deployments",
                "replicasets",
                "statefulsets",
                "horizontalpodautoscalers",
                "cronjobs",
                "jobs",
                "topics"
            ]
        );
        assert_eq!(catalog.category("none").count(), 0);
    }

    #[test]
    fn slips_of_the_pen_are_noticed_and_other_words_are_not() {
        let catalog = catalog([custom("a.example", "topics", "Topic", &[])]);
        for (word, meant) in [
            ("deploymnt", "deployments.apps"),
            ("configmpas", "configmaps"),
            ("Secrts", "secrets"),
            ("servcies", "services"),
            ("tpoics", "topics.a.example"),
            ("deployments.aps", "deployments.apps"),
            ("ingresses.netwroking.k8s.io", "ingresses.networking.k8s.io"),
        ] {
            assert_eq!(catalog.resolve(word), None, "{word}");
            assert_eq!(catalog.nearest(word).map(ApiResource::full_name).as_deref(), Some(meant), "{word}");
        }
        for word in ["", "rules", "codes", "jog", "gadgets", "polls", "kustomizations", "nodepools", "sercrets.a.b"] {
            assert_eq!(catalog.nearest(word), None, "{word}");
        }
    }

    #[test]
    fn other_names_are_noticed_where_only_plurals_count() {
        let catalog = catalog([]);
        for (group, word, meant) in [
            ("", "pod", Some("pods")),
            ("", "ConfigMap", Some("configmaps")),
            ("apps", "deploy", Some("deployments")),
            ("apps", "deploymnets", Some("deployments")),
            ("", "deployments", None),
            ("apps", "pod", None),
        ] {
            assert_eq!(catalog.nearest_in(group, word).map(|resource| &*resource.plural), meant, "{group} {word}");
        }
    }
}
