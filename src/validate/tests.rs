//! What the conformance data does not show: objects with rarer mistakes, and where each of them is.

use k8s_openapi::api::batch::v1::Job;
use k8s_openapi::api::core::v1::ServiceAccount;
use k8s_openapi::api::rbac::v1::Role;
use serde::de::DeserializeOwned;

use super::*;
use crate::yaml::path::Path;

/// All that is refused in an object: `field: message` and where it is, `path` or `path!key` or `path[bytes]`.
fn refused<T: Validate + DeserializeOwned>(object: &str, version: Version) -> Vec<(String, String)> {
    let object: T = serde_json::from_value(serde_yaml::from_str(object).unwrap()).unwrap();
    let place = |At { path, part }: &At| match part {
        Part::Value => path.to_string(),
        Part::Key => format!("{path}!key"),
        Part::Missing => format!("{path}!missing"),
        Part::Within(range) => format!("{path}!{range:?}"),
    };
    let said = |error: Error| (format!("{}: {error}", error.field), place(&error.at));
    object.validate(version).into_iter().map(said).collect()
}

fn job(metadata: &str, spec: &str) -> Vec<(String, String)> {
    job_of(Version::NEWEST, metadata, spec)
}

fn job_of(version: Version, metadata: &str, spec: &str) -> Vec<(String, String)> {
    let pod = "spec: {restartPolicy: Never, containers: [{name: c, image: i}]}";
    let text =
        format!("metadata: {{{metadata}}}\nspec: {{{spec}}}\n").replace("TEMPLATE", &format!("template: {{{pod}}}"));
    refused::<Job>(&text.replace("POD", pod), version)
}

fn role(metadata: &str) -> Vec<(String, String)> {
    refused::<Role>(&format!("metadata: {{{metadata}}}"), Version::NEWEST)
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|&(said, place)| (said.to_owned(), place.to_owned())).collect()
}

#[test]
fn names_that_are_made_up_are_placed_at_their_beginning() {
    assert_eq!(job("generateName: pi-", "TEMPLATE"), []);
    let said = job("generateName: Pi-", "TEMPLATE");
    let places: Vec<_> = said.iter().map(|(_, place)| place.as_str()).collect();
    assert_eq!(places, ["metadata.generateName", "metadata.generateName"]);
    assert!(said[0].0.starts_with("metadata.generateName: Invalid value: \"Pi-\": a lowercase RFC 1123"), "{said:?}");
    assert!(said[1].0.starts_with("metadata.name: Invalid value: \"Pi-xxxxx\": a lowercase RFC 1123"), "{said:?}");
    assert_eq!(role("generateName: ."), []);
    let slash = ("metadata.generateName: Invalid value: \"a/\": may not contain '/'", "metadata.generateName");
    assert_eq!(role("generateName: a/")[0], (slash.0.to_owned(), slash.1.to_owned()));
    assert_eq!(role("")[0].1, "metadata.name!missing");
    // The dash at the end takes the byte before it along, which is not a whole letter here.
    let places: Vec<_> = job("generateName: ä-", "TEMPLATE").into_iter().map(|(said, _)| said).collect();
    assert!(places[0].starts_with("metadata.generateName: "), "{places:?}");
    assert_eq!(job("generateName: a--", "TEMPLATE"), []);
}

#[test]
fn a_long_beginning_is_cut_before_it_is_completed() {
    // 58 characters are kept, and five are added: that fits into the label of the pods.
    assert_eq!(job(&format!("generateName: {}", "a".repeat(300)), "TEMPLATE").len(), 1);
    assert_eq!(job(&format!("generateName: {}", "a".repeat(60)), "TEMPLATE"), []);
}

#[test]
fn names_that_do_not_fit_into_a_label_are_refused_in_the_template() {
    let said = job(&format!("name: {}", "a".repeat(64)), "TEMPLATE");
    let message = format!("spec.template.labels: Invalid value: \"{}\": must be no more than 63 bytes", "a".repeat(64));
    assert_eq!(said, [(message, "metadata.name".to_owned())]);
    let labelled = format!("template: {{metadata: {{labels: {{app: x}}}}, {}}}", "POD");
    let fields: Vec<_> =
        job(&format!("name: {}", "a".repeat(64)), &labelled).into_iter().map(|(said, _)| said).collect();
    assert!(
        fields[0].starts_with("metadata.labels: ") && fields[1].starts_with("spec.template.labels: "),
        "{fields:?}"
    );
    assert_eq!(fields.len(), 2);
}

#[test]
fn labels_that_are_copied_are_placed_where_they_are_written() {
    let said = job("name: j", "template: {metadata: {labels: {app: x y}}, POD}");
    let copied = said.iter().find(|(said, _)| said.starts_with("metadata.labels: ")).unwrap();
    assert_eq!(copied.1, "spec.template.metadata.labels.app");
    let own = job("name: j, labels: {a: b}", "template: {metadata: {labels: {app: x y}}, POD}");
    assert!(own.iter().all(|(said, _)| !said.starts_with("metadata.labels")), "{own:?}");
}

#[test]
fn generated_labels_may_not_be_written_otherwise() {
    let said = job("name: j", "template: {metadata: {labels: {job-name: other}}, POD}");
    let [(first, place)] = said.as_slice() else { panic!("{said:?}") };
    assert!(first.starts_with("spec.template.metadata.labels[job-name]: Invalid value: {"), "{first}");
    assert!(first.ends_with(": must be 'j'"), "{first}");
    assert_eq!(place, "spec.template.metadata.labels.job-name");
}

#[test]
fn owners_and_finalizers_are_judged_together() {
    let owner = "{apiVersion: apps/v1, kind: A, name: a, uid: u, controller: true}";
    let message = "Only one reference can have Controller set to true. Found \"true\" in references for A/a and A/a";
    let said = role(&format!("name: r, ownerReferences: [{owner}, {owner}]"));
    assert_eq!(said.len(), 1);
    let owner = r#"{"apiVersion":"apps/v1","kind":"A","name":"a","uid":"u","controller":true}"#;
    assert_eq!(said[0].0, format!("metadata.ownerReferences: Invalid value: [{owner},{owner}]: {message}"));
    assert_eq!(said[0].1, "metadata.ownerReferences[1].controller");
    let event = role("name: r, ownerReferences: [{apiVersion: v1, kind: Event, name: a, uid: u}]");
    let owner = r#"{"apiVersion":"v1","kind":"Event","name":"a","uid":"u"}"#;
    let message = "/v1, Kind=Event is disallowed from being an owner";
    assert_eq!(event[0].0, format!("metadata.ownerReferences: Invalid value: {owner}: {message}"));
    let version = role("name: r, ownerReferences: [{apiVersion: a/b/c, kind: A, name: a, uid: u}]");
    assert_eq!(version[0].1, "metadata.ownerReferences[0].apiVersion");
    let both = role("name: r, finalizers: [orphan, foregroundDeletion]");
    let expected = "metadata.finalizers: Invalid value: [\"orphan\",\"foregroundDeletion\"]: finalizer orphan and \
                    foregroundDeletion cannot be both set";
    assert_eq!(both, pairs(&[(expected, "metadata.finalizers")]));
    assert_eq!(role("name: r, finalizers: [example.com/a, kubernetes]"), []);
}

#[test]
fn annotations_may_have_any_case_and_only_so_much_text() {
    assert_eq!(role("name: r, annotations: {Example.COM/Some_Key: x}"), []);
    // In lower case, the Turkish letter is a plain one.
    assert_eq!(role("name: r, annotations: {İ: x}"), []);
    assert_eq!(role("name: r, annotations: {Ä: x}").len(), 1);
    let said = role(&format!("name: r, annotations: {{a: {}}}", "x".repeat(256 * 1024)));
    let expected = ("metadata.annotations: Too long: may not be more than 262144 bytes", "metadata.annotations!key");
    assert_eq!(said, pairs(&[expected]));
    assert_eq!(role(&format!("name: r, annotations: {{a: {}}}", "x".repeat(256 * 1024 - 1))), []);
}

#[test]
fn keys_are_judged_alike_wherever_they_are() {
    let prefix = "a".repeat(254);
    let said = role(&format!("name: r, labels: {{{prefix}/b: c}}"));
    let message = "prefix part must be no more than 253 bytes";
    assert_eq!(said[0].0, format!("metadata.labels: Invalid value: \"{prefix}/b\": {message}"));
    let pattern = "podFailurePolicy: {rules: [{action: Count, onPodConditions: [{type: a/b/c}]}]}, TEMPLATE";
    let (said, _) = &job("name: j", pattern)[0];
    let (_, message) = said.split_once("onPodConditions[0].type: Invalid value: \"a/b/c\": ").unwrap();
    assert!(message.starts_with("a valid label key must consist of alphanumeric characters"), "{message}");
}

#[test]
fn texts_are_quoted_as_go_does_wherever_they_are() {
    let policy = "successPolicy: {rules: [{succeededIndexes: \"\\u3000\"}]}, TEMPLATE";
    let said = job("name: j", &format!("completionMode: Indexed, completions: 1, {policy}"));
    assert!(said[0].0.ends_with("cannot convert string to integer for index: \"\\u3000\""), "{said:?}");
}

#[test]
fn managers_are_placed_at_the_part_that_is_wrong() {
    let said = job("name: j", "managedBy: Example.com/a b, TEMPLATE");
    let places: Vec<_> = said.iter().map(|(_, place)| place.as_str()).collect();
    assert_eq!(places, ["spec.managedBy!0..11", "spec.managedBy!12..15"]);
    assert!(said[1].0.contains("\"a b\": Invalid path (regex used for validation is '"), "{}", said[1].0);
}

#[test]
fn indexes_are_placed_at_the_interval_that_is_wrong() {
    let policy = |indexes: &str| {
        let rules = format!("successPolicy: {{rules: [{{succeededIndexes: '{indexes}'}}]}}");
        job("name: j", &format!("completionMode: Indexed, completions: 10, {rules}, TEMPLATE"))
    };
    let field = "spec.successPolicy.rules[0].succeededIndexes";
    for (indexes, message, range) in [
        (
            "0,1-2-3",
            "the fragment \"1-2-3\" violates the requirement that an index interval can have at most two parts separated by '-'",
            "2..7",
        ),
        ("0,x", "cannot convert string to integer for index: \"x\"", "2..3"),
        ("0, 1", "cannot convert string to integer for index: \" 1\"", "2..4"),
        ("3-10", "too large index: \"10\"", "0..4"),
        ("1,3-3", "non-increasing order, previous: 3, current: 3", "2..5"),
        ("1,2,2", "non-increasing order, previous: 2, current: 2", "4..5"),
    ] {
        let said = format!("{field}: Invalid value: \"{indexes}\": error parsing succeededIndexes: {message}");
        assert_eq!(policy(indexes), [(said, format!("{field}!{range}"))]);
    }
    for indexes in ["", "0", "0-9", "+1,3", "01"] {
        assert_eq!(policy(indexes), [], "{indexes}");
    }
}

#[test]
fn lists_have_limits() {
    let rule = "{action: Count, onExitCodes: {operator: NotIn, values: [0]}}";
    let rules = |count: usize| {
        let rules = vec![rule; count].join(",");
        job("name: j", &format!("podFailurePolicy: {{rules: [{rules}]}}, TEMPLATE"))
    };
    assert_eq!(rules(20), []);
    let expected = "spec.podFailurePolicy.rules: Too many: 21: must have at most 20 items";
    assert_eq!(rules(21), pairs(&[(expected, "spec.podFailurePolicy.rules!key")]));
    let values: Vec<_> = (1..=256).map(|value| value.to_string()).collect();
    let codes = format!("{{action: Count, onExitCodes: {{operator: In, values: [{}]}}}}", values.join(","));
    let said = job("name: j", &format!("podFailurePolicy: {{rules: [{codes}]}}, TEMPLATE"));
    assert_eq!(
        said[0].0,
        "spec.podFailurePolicy.rules[0].onExitCodes.values: Too many: 256: must have at most 255 items"
    );
}

#[test]
fn what_is_said_of_one_object_has_an_end() {
    let rules = |count: usize| {
        refused::<Role>(&format!("metadata: {{name: r}}\nrules: [{}]", "{},".repeat(count)), Version::NEWEST)
    };
    assert_eq!(rules(300).len(), 900);
    let said = rules(2000);
    assert_eq!((said.len(), said[999].1.as_str()), (1000, "rules[333].verbs!missing"));
    // Each repeats all of them.
    let owner = format!("{{apiVersion: v1, kind: A, name: {}, uid: u, controller: true}},", "n".repeat(10_000));
    let said = role(&format!("name: r, ownerReferences: [{}]", owner.repeat(200)));
    assert_eq!(said.len(), 9);
}

#[test]
fn fields_whose_gate_was_off_are_not_looked_at() {
    let old = |minor: &str| Version::parse(minor).unwrap();
    assert_eq!(job_of(old("1.31"), "name: j", "managedBy: x, TEMPLATE"), []);
    assert_eq!(job_of(old("1.32"), "name: j", "managedBy: x, TEMPLATE").len(), 1);
    assert_eq!(job_of(old("1.30"), "name: j", "successPolicy: {rules: []}, TEMPLATE"), []);
    assert_eq!(job_of(old("1.31"), "name: j", "successPolicy: {rules: []}, TEMPLATE").len(), 1);
}

#[test]
fn a_namespace_is_named_as_namespaces_are_and_counts_for_nothing_outside_of_them() {
    let account = |metadata: &str| refused::<ServiceAccount>(&format!("metadata: {{{metadata}}}"), Version::NEWEST);
    assert_eq!(account("name: a, namespace: Team")[0].1, "metadata.namespace");
    assert_eq!(account("name: a, namespace: team"), []);
    let role = "metadata: {name: a, namespace: Team}";
    assert_eq!(refused::<k8s_openapi::api::rbac::v1::ClusterRole>(role, Version::NEWEST), []);
}

#[test]
fn families_go_by_the_part_of_the_object() {
    let paths = ["metadata.name", "rules[0].verbs", "spec.template.spec.volumes[0].name", "spec.schedule"];
    let family = |path: &str| {
        let at = At { path: Path::parse(path), part: Part::Value };
        Error { field: path.to_owned(), kind: ErrorKind::Invalid, value: None, detail: String::new(), at }.family()
    };
    let families = paths.map(family);
    assert_eq!(families, [Family::ObjectName, Family::RoleRule, Family::Volume, Family::Schedule]);
}
