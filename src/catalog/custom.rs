//! Custom resources: what a CustomResourceDefinition adds to the API.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::resource::{ApiResource, ApiVersion, Origin, Subresource, Text};
use super::verbs;

/// What a CustomResourceDefinition says about its resource.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct CustomResource {
    /// Its group.
    pub group: String,
    /// Its name in rules and in URLs.
    pub plural: String,
    /// The name of one; `None` stands for the kind in lower case.
    pub singular: Option<String>,
    /// Its kind.
    pub kind: String,
    /// Abbreviations.
    pub short_names: Vec<String>,
    /// Such as `all`.
    pub categories: Vec<String>,
    /// Whether its objects live in namespaces.
    pub namespaced: bool,
    /// Its versions, in any order.
    pub versions: Vec<CustomVersion>,
}

/// A version of a custom resource.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct CustomVersion {
    /// Such as `v1beta1`.
    pub name: String,
    /// Whether the API server serves it.
    pub served: bool,
    /// Whether it has the subresource `status`.
    pub has_status: bool,
    /// Whether it has the subresource `scale`.
    pub has_scale: bool,
}

/// All that was read about one custom resource: manifests may define it several times.
#[derive(Clone, Debug)]
pub(super) struct Definitions {
    seen: BTreeSet<CustomResource>,
    /// What they come to.
    pub(super) resource: ApiResource,
}

impl Definitions {
    pub(super) fn new(first: CustomResource) -> Self {
        let resource = api_resource(&first);
        Self { seen: BTreeSet::from([first]), resource }
    }

    /// Takes in another definition. All count, and their order does not.
    pub(super) fn join(&mut self, definition: CustomResource) {
        if !self.seen.insert(definition) {
            return;
        }
        let mut resources = self.seen.iter().map(api_resource);
        if let Some(first) = resources.next() {
            self.resource = resources.fold(first, merged);
        }
    }
}

/// One definition with what another one adds to it.
fn merged(mut resource: ApiResource, other: ApiResource) -> ApiResource {
    add(&mut resource.short_names, other.short_names);
    add(&mut resource.categories, other.categories);
    add(&mut resource.versions, other.versions);
    add(&mut resource.subresources, other.subresources);
    resource.versions.sort_by(|a, b| priority(&a.name).cmp(&priority(&b.name)));
    resource.subresources.sort_by(|a, b| a.name.cmp(&b.name));
    resource
}

fn add<T: PartialEq>(to: &mut Vec<T>, more: Vec<T>) {
    for item in more {
        if !to.contains(&item) {
            to.push(item);
        }
    }
}

fn api_resource(definition: &CustomResource) -> ApiResource {
    let text = |text: &String| Text::Owned(text.clone());
    let served = || definition.versions.iter().filter(|version| version.served);
    let mut versions: Vec<_> =
        served().map(|version| ApiVersion { name: text(&version.name), is_default: true }).collect();
    versions.sort_by(|a, b| priority(&a.name).cmp(&priority(&b.name)));
    let mut subresources = Vec::new();
    if served().any(|version| version.has_scale) {
        let (kind, api_version) = (Text::Borrowed("Scale"), Text::Borrowed("autoscaling/v1"));
        subresources.push(Subresource { kind, api_version, ..part("scale") });
    }
    if served().any(|version| version.has_status) {
        subresources.push(part("status"));
    }
    ApiResource {
        group: text(&definition.group),
        versions,
        plural: text(&definition.plural),
        singular: Text::Owned(definition.singular.clone().unwrap_or_else(|| definition.kind.to_lowercase())),
        kind: text(&definition.kind),
        short_names: definition.short_names.iter().map(text).collect(),
        categories: definition.categories.iter().map(text).collect(),
        namespaced: definition.namespaced,
        verbs: verbs::STANDARD.map(Text::Borrowed).to_vec(),
        rbac_verbs: Vec::new(),
        subresources,
        origin: Origin::Custom,
    }
}

/// A subresource that is a part of the objects.
fn part(name: &'static str) -> Subresource {
    let verbs = ["get", "patch", "update"].map(Text::Borrowed).to_vec();
    Subresource { name: Text::Borrowed(name), verbs, ..Subresource::default() }
}

/// Sorts versions as discovery does: `v2`, `v1`, `v2beta1`, `v1alpha1`, then names of another form by the alphabet.
/// (`CompareKubeAwareVersionStrings` in k8s.io/apimachinery/pkg/version/helpers.go)
fn priority(version: &str) -> (Reverse<Option<Maturity>>, &str) {
    (Reverse(maturity(version)), version)
}

/// A stage with its two numbers: of the version, and of the stage.
type Maturity = (Stage, u64, u64);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Alpha,
    Beta,
    Stable,
}

fn maturity(version: &str) -> Option<Maturity> {
    let number = |digits: &str| {
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
        digits.parse().ok().filter(|_| plain)
    };
    let rest = version.strip_prefix('v')?;
    if let Some((major, minor)) = rest.split_once("alpha") {
        return Some((Stage::Alpha, number(major)?, number(minor)?));
    }
    if let Some((major, minor)) = rest.split_once("beta") {
        return Some((Stage::Beta, number(major)?, number(minor)?));
    }
    Some((Stage::Stable, number(rest)?, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(name: &str, served: bool, has_status: bool, has_scale: bool) -> CustomVersion {
        CustomVersion { name: name.to_owned(), served, has_status, has_scale }
    }

    fn names(texts: &[Text]) -> Vec<&str> {
        texts.iter().map(AsRef::as_ref).collect()
    }

    #[test]
    fn versions_stand_in_the_order_of_discovery() {
        let mut versions = ["v1alpha2", "foo", "v01", "v10", "v2beta10", "v2", "v2beta9", "v1", "v12alpha1", "bar"];
        versions.sort_by(|a, b| priority(a).cmp(&priority(b)));
        assert_eq!(versions, ["v10", "v2", "v1", "v2beta10", "v2beta9", "v12alpha1", "v1alpha2", "bar", "foo", "v01"]);
    }

    #[test]
    fn only_what_is_served_counts() {
        let definition = CustomResource {
            kind: "Topic".to_owned(),
            versions: vec![
                version("v1alpha1", false, true, true),
                version("v1beta1", true, false, false),
                version("v1", true, true, false),
            ],
            ..CustomResource::default()
        };
        let resource = api_resource(&definition);
        assert_eq!(resource.versions.iter().map(|version| &*version.name).collect::<Vec<_>>(), ["v1", "v1beta1"]);
        assert_eq!(resource.singular, "topic");
        assert_eq!(names(&resource.verbs), verbs::STANDARD);
        let [status] = &resource.subresources[..] else { panic!("one subresource") };
        assert_eq!((&*status.name, names(&status.verbs)), ("status", vec!["get", "patch", "update"]));
    }

    #[test]
    fn several_definitions_come_to_the_same_in_any_order() {
        let definition = |short: &str, served: &str, scale| CustomResource {
            plural: "topics".to_owned(),
            kind: "Topic".to_owned(),
            short_names: vec![short.to_owned()],
            versions: vec![version(served, true, true, scale)],
            ..CustomResource::default()
        };
        let all =
            [definition("tp", "v1", false), definition("top", "v1beta1", true), definition("tp", "v2alpha1", false)];
        let join = |order: [usize; 3]| {
            let mut definitions = Definitions::new(all[order[0]].clone());
            for &index in &order[1..] {
                definitions.join(all[index].clone());
            }
            definitions.resource
        };
        let resource = join([0, 1, 2]);
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            assert_eq!(join(order), resource, "{order:?}");
        }
        assert_eq!(names(&resource.short_names), ["top", "tp"]);
        let versions: Vec<_> = resource.versions.iter().map(|version| &*version.name).collect();
        assert_eq!(versions, ["v1", "v1beta1", "v2alpha1"]);
        assert_eq!(resource.subresources.len(), 2);
    }
}
