//! Which files are run, what is written where, and how a run ends.

use std::fs;

use roxmltree::Document;
use serde_json::Value;

use super::{MANIFESTS, directory};
use crate::scratch::run;

const TESTS: &str = "tests:
- {name: reads one Secret, subjects: sa/ci/deployer, allow: get secrets named registry in prod, deny: get secrets}
- {name: reads <none> & \"nothing\", subjects: sa/ci/deployer, deny: get secrets}
";

#[test]
fn passing_tests_end_well_and_failing_ones_do_not() {
    let directory = directory(MANIFESTS, TESTS);
    let run = |args: &[&str]| run(directory.path(), &[&["test", "-f", "manifests.yaml"], args].concat());
    let all = run(&[]);
    assert_eq!((all.code, all.error.as_str()), (1, ""));
    assert!(all.out.starts_with(
        "access-test.yaml\n  ok      reads one Secret\n  FAILED  reads <none> & \"nothing\"\n\nFAILED: reads <none>"
    ));
    assert!(all.out.ends_with("\n\n1 failed, 1 passed (against 11 objects in 1 file)\n"), "{}", all.out);
    assert_eq!(run(&["--filter", "one Secret"]).code, 0);
    assert_eq!(run(&["--filter", "one Secret", "--filter", "none"]).code, 1);
    let none = run(&["--filter", "three"]);
    assert_eq!(none.code, 2);
    assert_eq!(
        none.error,
        "error: there is no test of such a name\n  help: `--filter` takes a part of the name of a test, in the same case\n"
    );
    assert_eq!(run(&["--exit-zero"]).code, 0);
    assert_eq!(run(&["--kubernetes-version", "1.1"]).code, 2);
}

#[test]
fn files_of_tests_are_found_by_their_names() {
    let directory = directory(MANIFESTS, TESTS);
    let path = directory.path();
    fs::create_dir(path.join("team")).unwrap();
    fs::write(path.join("team/web.access-test.yml"), TESTS).unwrap();
    fs::write(path.join("team/other.yaml"), TESTS).unwrap();
    let files = |args: &[&str]| {
        let run = run(path, &[&["test"], args].concat());
        let files: Vec<_> =
            run.out.lines().filter(|line| line.ends_with("ml") && !line.contains(' ')).map(str::to_owned).collect();
        (run.code, files)
    };
    assert_eq!(files(&[]), (1, vec!["access-test.yaml".to_owned(), "team/web.access-test.yml".to_owned()]));
    assert_eq!(files(&["team"]), (1, vec!["team/web.access-test.yml".to_owned()]));
    assert_eq!(files(&["team/other.yaml"]), (1, vec!["team/other.yaml".to_owned()]));
    assert_eq!(files(&["team/*"]), (1, vec!["team/web.access-test.yml".to_owned()]));
    assert_eq!(files(&["nothing.yaml"]).0, 2);
    fs::remove_file(path.join("team/web.access-test.yml")).unwrap();
    let none = run(path, &["test", "team"]);
    assert_eq!(none.code, 3);
    let hint = "call it `access-test.yaml` or `NAME.access-test.yaml`, or name the file itself";
    assert_eq!(none.error, format!("error: there is no file of tests under `team`\n  help: {hint}\n"));
    let empty = tempfile::tempdir().unwrap();
    let manifests = run(path, &["test", "-f", empty.path().to_str().unwrap()]);
    assert_eq!(manifests.code, 3);
}

#[test]
fn files_of_tests_are_no_manifests() {
    let directory = directory(MANIFESTS, TESTS);
    let lint = run(directory.path(), &["lint", "access-test.yaml"]);
    assert_eq!((lint.code, lint.error.as_str()), (0, ""));
    assert!(lint.out.contains("skipped: 1 no object"), "{}", lint.out);
    let test = run(directory.path(), &["test"]);
    assert!(!test.out.contains("could not be read"), "{}", test.out);
}

#[test]
fn a_test_is_a_test_case() {
    let directory = directory(MANIFESTS, TESTS);
    let run = run(directory.path(), &["test", "-o", "junit", "-f", "manifests.yaml"]);
    assert_eq!((run.code, run.error.as_str()), (1, "1 failed, 1 passed (against 11 objects in 1 file)\n"));
    let document = Document::parse(&run.out).unwrap();
    let suites: Vec<_> = document.descendants().filter(|node| node.has_tag_name("testsuite")).collect();
    assert_eq!(suites.len(), 1);
    for node in [suites[0], document.root_element()] {
        let counts = ["tests", "failures", "errors", "skipped"].map(|name| node.attribute(name).unwrap());
        assert_eq!(counts, ["2", "1", "0", "0"]);
    }
    let cases: Vec<_> = suites[0].children().filter(|node| node.has_tag_name("testcase")).collect();
    let told = |case: roxmltree::Node<'_, '_>| {
        ["name", "classname", "file", "line"].map(|name| case.attribute(name).unwrap().to_owned())
    };
    assert_eq!(told(cases[0]), ["reads one Secret", "access-test.yaml", "access-test.yaml", "2"]);
    assert_eq!(told(cases[1]), ["reads <none> & \"nothing\"", "access-test.yaml", "access-test.yaml", "3"]);
    assert_eq!(cases[0].children().count(), 0);
    let failure = cases[1].children().find(|node| node.has_tag_name("failure")).unwrap();
    assert_eq!(failure.attribute("message"), Some("this is allowed"));
    let text = failure.text().unwrap();
    assert!(text.starts_with("access-test.yaml:3:68: this is allowed\n    3 │ "), "{text}");
    assert!(text.contains("ServiceAccount ci/deployer may get secrets `registry` in namespace prod.\n"), "{text}");
}

#[test]
fn notes_and_what_is_unread_are_in_every_report() {
    let tests = "tests:
- {name: t, only: [group/ops, 'group/system:authenticated'], can: 'get secrets'}
- {name: u, optional: true, subjects: user/joe, deny: get pods}
";
    let manifests = MANIFESTS.to_owned() + "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: [\n";
    let run = run(directory(&manifests, tests).path(), &["test", "-o", "junit", "-f", "manifests.yaml"]);
    assert_eq!(run.code, 0, "{}", run.error);
    let document = Document::parse(&run.out).unwrap();
    let told: Vec<_> = document.descendants().filter(|node| node.has_tag_name("system-out")).collect();
    let told: Vec<_> = told.iter().map(|node| node.text().unwrap()).collect();
    assert_eq!(told.len(), 3, "{}", run.out);
    assert_eq!(
        told[0],
        "note: no binding gives it to `group/system:authenticated`: that it is listed lets ServiceAccount ci/deployer, who is in it"
    );
    assert_eq!(told[1], "note: no binding names the User `joe`");
    assert!(told[2].starts_with("note: 1 place could not be read or applied"), "{}", told[2]);
}

#[test]
fn json_has_every_request_with_its_grants_or_misses() {
    let tests = "tests:\n- {name: t, subjects: sa/ci/deployer, deny: 'get,patch deployments', allow: list deployments in prod}\n- {name: u, subjects: x:y, deny: get pods}\n";
    let run = run(directory(MANIFESTS, tests).path(), &["test", "-o", "json"]);
    let json: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.code, &json["passed"], &json["summary"]["failed"]), (1, &Value::from(false), &Value::from(2)));
    let failures = json["tests"][0]["failures"].as_array().unwrap();
    let reasons: Vec<_> = failures.iter().map(|failure| failure["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, ["allowed", "not-allowed"]);
    let decisions = failures[0]["decisions"].as_array().unwrap();
    assert_eq!(decisions.len(), 2);
    assert_eq!(
        (&decisions[1]["request"]["verb"], &decisions[1]["verdict"]),
        (&Value::from("patch"), &Value::from("yes"))
    );
    assert_eq!(decisions[1]["grants"][0]["binding"]["name"], "deployer");
    assert_eq!(failures[1]["decisions"][0]["misses"][0]["gaps"][0]["dimension"], "verb");
    let other = &json["tests"][1]["failures"][0];
    assert_eq!((&other["reason"], &other["location"]["start"]["line"]), (&Value::from("meaningless"), &Value::from(3)));
}

#[test]
fn several_reports_are_written_at_once_and_over_no_input() {
    let directory = directory(MANIFESTS, TESTS);
    let run = |args: &[&str]| run(directory.path(), &[&["test"], args].concat());
    let both = run(&["-o", "human", "-o", "junit=report.xml", "-o", "json=report.json"]);
    assert!(both.code == 1 && both.out.starts_with("access-test.yaml\n"), "{}", both.error);
    let written = fs::read_to_string(directory.path().join("report.xml")).unwrap();
    assert!(Document::parse(&written).is_ok());
    let json = fs::read_to_string(directory.path().join("report.json")).unwrap();
    assert!(serde_json::from_str::<Value>(&json).is_ok());
    for (args, message) in [
        (&["-o", "json", "-o", "junit"] as &[_], "only one report can go to standard output"),
        (&["-o", "json=a", "-o", "junit=./a"], "two reports cannot both go to `./a`"),
        (&["-o", "json="], "`-o FORMAT=` names no file"),
        (&["-o", "json=manifests.yaml"], "`manifests.yaml` is one of the files that were read"),
        (&["-o", "json=./access-test.yaml"], "`./access-test.yaml` is one of the files that were read"),
    ] {
        let refused = run(args);
        assert_eq!(refused.code, 2, "{args:?}");
        assert!(refused.error.contains(message), "{args:?}: {}", refused.error);
    }
    assert_eq!(fs::read_to_string(directory.path().join("manifests.yaml")).unwrap(), MANIFESTS);
}

#[test]
fn hostile_names_act_on_no_terminal() {
    let tests = "tests: [{name: \"a\\e[31m\\nb\", subjects: \"user/\\e[31m*\", deny: \"get \\e[31m\"}]\n";
    for format in ["human", "json", "junit"] {
        let run = run(directory(MANIFESTS, tests).path(), &["test", "-o", format]);
        assert_eq!(run.code, 1, "{}", run.error);
        assert!(!run.out.contains('\u{1b}') && !run.error.contains('\u{1b}'), "{format}: {}", run.out);
    }
}
