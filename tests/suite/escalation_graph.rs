//! The picture of what permissions add up to.

use std::path::Path;

use serde_json::Value;

use crate::scratch;

fn drawn(args: &[&str]) -> scratch::Run {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    scratch::run(root, &[&["graph", "--escalation", "-f", "testdata/escalation"], args].concat())
}

/// The edges, each as `from how to`.
fn edges(args: &[&str]) -> Vec<String> {
    let run = drawn(&[&["--format", "json"], args].concat());
    let json: Value = serde_json::from_str(&run.out).unwrap();
    let word = |edge: &Value, key: &str| edge[key].as_str().unwrap_or("-").to_owned();
    let edges = json["edges"].as_array().unwrap().iter();
    edges.map(|edge| format!("{} {} {}", word(edge, "from"), word(edge, "how"), word(edge, "to"))).collect()
}

#[test]
fn each_thing_that_is_done_is_an_edge() {
    assert_eq!(
        edges(&[]),
        [
            "CronJob/builds/nightly - ServiceAccount/builds/runner",
            "ServiceAccount/builds/release binds itself to ClusterRole/edit",
            "ServiceAccount/builds/runner has a controller run a pod as ServiceAccount/builds/release",
            "ServiceAccount/kube-system/clusterrole-aggregation-controller rewrites a ClusterRole that it is bound to, into \
             Gain/cluster-admin",
            "Group/developers has a controller run a pod as ServiceAccount/builds/release",
            "ClusterRole/edit impersonates ServiceAccount/kube-system/clusterrole-aggregation-controller",
        ]
    );
}

#[test]
fn a_subject_leaves_its_own_ways() {
    let edges = edges(&["--subject", "builds:release"]);
    assert!(edges.contains(&"ServiceAccount/builds/release binds itself to ClusterRole/edit".to_owned()), "{edges:?}");
    assert!(!edges.iter().any(|edge| edge.starts_with("Group/")), "{edges:?}");
}

#[test]
fn all_formats_say_what_is_done() {
    for (format, expected) in [
        ("dot", "label=\"binds itself to\", penwidth=2.2"),
        ("mermaid", "==>|\"binds itself to\"|"),
        ("svg", "class=\"deed\""),
    ] {
        let run = drawn(&["--format", format]);
        assert!(run.code == 0 && run.out.contains(expected), "{format}: {}{}", run.out, run.error);
    }
}

#[test]
fn it_is_about_everybody_or_one_subject() {
    assert_eq!(drawn(&["--role", "edit"]).code, 2);
    let run = drawn(&["--subject", "group/system:authenticated"]);
    assert!(run.error.contains("no way was found"), "{}", run.error);
}
