//! What the catalog knows, and what joins it.

use super::*;

fn custom(group: &str, plural: &str) -> CustomResource {
    let version = CustomVersion { name: "v1".to_owned(), served: true, has_status: true, has_scale: false };
    CustomResource {
        group: group.to_owned(),
        plural: plural.to_owned(),
        kind: "Topic".to_owned(),
        versions: vec![version],
        ..CustomResource::default()
    }
}

fn joined(definitions: &[CustomResource]) -> Catalog {
    let mut catalog = Catalog::new(Version::NEWEST);
    for definition in definitions {
        catalog.join(definition.clone());
    }
    catalog
}

fn verbs<'c>(catalog: &'c Catalog, group: &str, plural: &str, subresource: Option<&str>) -> Option<Vec<&'c str>> {
    let mut verbs = catalog.verbs_of(group, plural, subresource)?;
    verbs.sort_unstable();
    Some(verbs)
}

#[test]
fn resources_are_found_by_group_and_plural() {
    let catalog = joined(&[custom("a.example", "topics")]);
    for (group, plural, kind) in [
        ("", "pods", Some("Pod")),
        ("apps", "deployments", Some("Deployment")),
        ("a.example", "topics", Some("Topic")),
        ("", "deployments", None),
        ("apps", "Deployments", None),
        ("a.example", "topic", None),
    ] {
        assert_eq!(catalog.find(group, plural).map(|resource| &*resource.kind), kind, "{group} {plural}");
    }
    assert!(catalog.resources().all(|known| catalog.find(&known.group, &known.plural) == Some(known)));
}

#[test]
fn subresources_are_served_or_checked_and_finalizers_are_everywhere() {
    let catalog = joined(&[custom("a.example", "topics")]);
    for (group, plural, name, only_rbac) in [
        ("", "pods", "log", Some(false)),
        ("", "nodes", "metrics", Some(true)),
        ("", "nodes", "checkpoint", Some(true)),
        ("", "configmaps", "finalizers", Some(true)),
        ("a.example", "topics", "finalizers", Some(true)),
        ("a.example", "topics", "status", Some(false)),
        ("authentication.k8s.io", "userextras", "scopes", Some(true)),
        ("a.example", "topics", "scale", None),
        ("", "pods", "logs", None),
        ("", "gadgets", "finalizers", None),
    ] {
        let found = catalog.subresource(group, plural, name).map(Subresource::is_only_rbac);
        assert_eq!(found, only_rbac, "{group} {plural}/{name}");
    }
}

#[test]
fn verbs_are_those_of_requests_and_those_that_are_checked_besides() {
    let catalog = joined(&[]);
    let roles = verbs(&catalog, "rbac.authorization.k8s.io", "clusterroles", None).unwrap();
    assert_eq!(
        roles,
        ["bind", "create", "delete", "deletecollection", "escalate", "get", "list", "patch", "update", "watch"]
    );
    for (group, plural, subresource, expected) in [
        ("", "componentstatuses", None, &["get", "list"][..]),
        ("", "users", None, &["impersonate"]),
        ("", "serviceaccounts", Some("token"), &["create"]),
        ("certificates.k8s.io", "signers", None, &["approve", "attest", "sign"]),
        ("apps", "deployments", Some("finalizers"), &["update"]),
    ] {
        assert_eq!(verbs(&catalog, group, plural, subresource).as_deref(), Some(expected), "{plural}");
    }
    assert_eq!(verbs(&catalog, "apps", "pods", None), None);
    assert_eq!(verbs(&catalog, "", "pods", Some("scale")), None);
}

#[test]
fn groups_are_known_by_their_resources() {
    let catalog = joined(&[custom("a.example", "topics")]);
    for (group, known) in [
        ("", true),
        ("apps", true),
        ("extensions", true),
        ("storagemigration.k8s.io", true),
        ("a.example", true),
        ("app", false),
        ("a", false),
        ("*", false),
    ] {
        assert_eq!(catalog.knows_group(group), known, "{group}");
    }
}

#[test]
fn a_plural_is_looked_for_in_other_groups() {
    let catalog = joined(&[custom("a.example", "deployments")]);
    let groups = |group, plural| -> Vec<_> {
        catalog.plural_in_other_groups(group, plural).map(|resource| &*resource.group).collect()
    };
    assert_eq!(groups("", "deployments"), ["apps", "a.example", "extensions"]);
    assert_eq!(groups("apps", "deployments"), ["a.example", "extensions"]);
    assert!(groups("apps", "gadgets").is_empty());
}

#[test]
fn the_order_of_joining_is_nothing() {
    let definitions = [custom("b.example", "topics"), custom("a.example", "topics"), custom("a.example", "boxes")];
    let mut reversed = definitions.clone();
    reversed.reverse();
    let names = |catalog: &Catalog| catalog.resources().map(ApiResource::full_name).collect::<Vec<_>>();
    let (one, other) = (joined(&definitions), joined(&reversed));
    assert_eq!(names(&one), names(&other));
    let custom: Vec<_> = one.resources().filter(|known| known.origin == Origin::Custom).collect();
    assert_eq!(
        custom.iter().map(|known| known.full_name()).collect::<Vec<_>>(),
        ["boxes.a.example", "topics.a.example", "topics.b.example"]
    );
}

#[test]
fn a_custom_resource_hides_nothing_that_is_served() {
    let plain = joined(&[]);
    let catalog = joined(&[custom("apps", "deployments"), custom("", "topics"), custom("a.example", "")]);
    assert_eq!(plain.resources().count(), catalog.resources().count());
    assert_eq!(plain.find("apps", "deployments"), catalog.find("apps", "deployments"));
}

#[test]
fn a_custom_resource_takes_the_place_of_what_is_not_served() {
    let catalog = joined(&[custom("metrics.k8s.io", "pods")]);
    let found: Vec<_> = catalog.resources().filter(|known| known.is("metrics.k8s.io", "pods")).collect();
    assert_eq!(found.iter().map(|known| known.origin).collect::<Vec<_>>(), [Origin::Custom]);
}
