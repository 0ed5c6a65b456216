//! JUnit XML: well-formed whatever the names are, and counted as it says.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};

use super::{hostile_tree, tree, written};

fn number(node: Node<'_, '_>, attribute: &str) -> usize {
    node.attribute(attribute).unwrap().parse().unwrap()
}

fn below<'a>(node: Node<'a, 'a>, name: &'static str) -> Vec<Node<'a, 'a>> {
    node.descendants().filter(|node| node.has_tag_name(name)).collect()
}

#[test]
fn hostile_names_stay_names() {
    let run = written(&hostile_tree(), "junit");
    let document = Document::parse(&run.out).unwrap();
    let names: BTreeSet<_> = document.descendants().filter(Node::is_element).map(|it| it.tag_name().name()).collect();
    assert_eq!(names, BTreeSet::from(["testsuites", "testsuite", "testcase", "failure"]));
    let suite = below(document.root(), "testsuite")[0];
    assert_eq!(suite.attribute("name"), Some("a\\u{a}::error,x%0A]]>\"'&<\\u{1b}[31m:ü.yaml"));
    let case = below(suite, "testcase")
        .into_iter()
        .find(|case| case.attribute("name").unwrap().starts_with("object-invalid-name "));
    let case = case.unwrap();
    let name = case.attribute("name").unwrap();
    assert!(name.contains("x\\u{a}::error file=y::]]>%0A\\u{1b}[31m\\u{202e}[click]"), "{name}");
    assert!(name.ends_with("<b>&'\\u{1}\u{FFFD}"), "{name}");
    assert!(below(case, "failure")[0].text().unwrap().contains("]]>%0A"));
}

#[test]
fn each_file_is_a_suite_and_each_finding_a_failed_test() {
    let job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: job}\nspec: {template: {}}\n";
    let directory = tree(&[
        ("bad.yaml", &[job, job].join("---\n")),
        ("good.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n"),
        ("other.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"),
        ("kustomization.yaml", "resources: [good.yaml]\n"),
    ]);
    let run = written(&directory, "junit");
    let document = Document::parse(&run.out).unwrap();
    let suites = below(document.root(), "testsuite");
    let paths: Vec<_> = suites.iter().map(|suite| suite.attribute("name").unwrap()).collect();
    assert_eq!(paths, ["bad.yaml", "good.yaml", "kustomization.yaml", "other.yaml"]);
    for node in suites.iter().copied().chain(below(document.root(), "testsuites")) {
        assert_eq!(number(node, "tests"), below(node, "testcase").len());
        assert_eq!(number(node, "failures"), below(node, "failure").len());
        assert_eq!(number(node, "skipped"), below(node, "skipped").len());
    }
    let kinds = |suite: Node<'_, '_>| (number(suite, "failures") > 0, number(suite, "skipped"));
    let kinds: Vec<_> = suites.iter().map(|suite| kinds(*suite)).collect();
    assert_eq!(kinds, [(true, 0), (false, 0), (false, 1), (false, 1)]);
    let cases = below(suites[0], "testcase");
    let names: BTreeSet<_> = cases.iter().map(|case| case.attribute("name").unwrap()).collect();
    assert_eq!(names.len(), cases.len(), "tests of one name are one test: {names:?}");
    assert!(names.contains("job-missing-backoff-limit Job default/job #2"), "{names:?}");
    let failure = below(suites[0], "failure")[0];
    let text = failure.text().unwrap();
    assert!(text.starts_with("bad.yaml:") && text.contains("\nhelp: "), "{text}");
    assert!(run.error.contains("skipped: 1 of another kind"), "{}", run.error);
}

#[test]
fn what_is_not_asked_for_has_no_suite() {
    let directory = tree(&[
        ("a.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n"),
        ("kustomization.yaml", "resources: [a.yaml]\n"),
    ]);
    let run = crate::scratch::run(directory.path(), &["lint", "-o", "junit", "a.yaml"]);
    assert_eq!(below(Document::parse(&run.out).unwrap().root(), "testsuite").len(), 1, "{}", run.out);
}
