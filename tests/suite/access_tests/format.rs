//! What a file of tests may say, and what is said where it says something else.

use super::tested;

const SHAPE: &str = "say `VERB TYPE[.GROUP][/SUBRESOURCE] [named NAME] [in NAMESPACE]`, such as `get,list secrets in prod`, `VERB \
                     /URL`, or `everything`";
const EXAMPLE: &str =
    "a test looks like `{name: CI reads no Secrets, subjects: [sa/ci/deployer], deny: [get secrets]}`";
const WHAT: &str = "an action has `verbs` and `resources`, or `verbs` and `urls`";
const ACTION: &str = "such as `get secrets in prod`, or `{verbs: [get], resources: [secrets], namespaces: [prod]}`";
const WHOM: &str = "say about whom it is, such as `subjects: [sa/ci/deployer]`";
const NAME: &str =
    "name a ServiceAccount as `NAMESPACE:NAME` or `sa/NAMESPACE/NAME`, anybody else as `user/NAME` or `group/NAME`";

/// What is wrong, what is told, and what to do about it.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("tests:\n- {name: t, subjects: a:b, denny: get pods}\n", "2:28: unknown key `denny`", "did you mean `deny`?"),
    ("test: []\n", "1:1: unknown key `test`", "did you mean `tests`?"),
    (
        "- a\n",
        "1:1: expected keys such as `tests`, found a list",
        "a test file is a mapping such as `tests: [{name: .., subjects: .., deny: ..}]`",
    ),
    ("tests: {a: b}\n", "1:8: expected a list of tests, found a mapping", EXAMPLE),
    ("tests: [a]\n", "1:9: expected a test, found the string `a`", EXAMPLE),
    ("tests: [{subjects: a:b, deny: get pods}]\n", "1:9: this test has no `name`", EXAMPLE),
    (
        "tests: [{name: '', subjects: a:b, deny: get pods}]\n",
        "1:16: the name of a test is empty",
        "say what it makes sure of",
    ),
    ("tests: [{name: t, subjects: a:b}]\n", "1:9: one of `allow`, `deny`, `no-path`, `only` is missing", EXAMPLE),
    ("tests: [{name: t, deny: get pods}]\n", "1:19: `deny` needs `subjects`", WHOM),
    ("tests: [{name: t, subjects: [], deny: get pods}]\n", "1:29: nobody is named here", NAME),
    ("tests: [{name: t, subjects: , deny: get pods}]\n", "1:19: nobody is named here", NAME),
    ("tests: [{name: t, subjects: [deployer], deny: get pods}]\n", "1:30: `deployer` names no subject", NAME),
    (
        "tests: [{name: t, subjects: [1], deny: get pods}]\n",
        "1:30: expected a subject, found the number `1`",
        "put it in quotes",
    ),
    ("tests: [{name: t, subjects: a:b, deny: []}]\n", "1:40: nothing to do is named here", ACTION),
    ("tests: [{name: t, subjects: a:b, deny: [[]]}]\n", "1:41: expected something to do, found a list", ACTION),
    ("tests: [{name: t, subjects: a:b, deny: get}]\n", "1:40: `get` is not understood", SHAPE),
    ("tests: [{name: t, subjects: a:b, deny: get pods prod}]\n", "1:40: `get pods prod` is not understood", SHAPE),
    (
        "tests: [{name: t, subjects: a:b, deny: get pods named in prod}]\n",
        "1:40: `get pods named in prod` is not understood",
        SHAPE,
    ),
    ("tests: [{name: t, subjects: a:b, deny: get /a in prod}]\n", "1:40: `get /a in prod` is not understood", SHAPE),
    (
        "tests: [{name: t, subjects: a:b, deny: 'get /a,b'}]\n",
        "1:48: `b` is no URL",
        "URLs begin with a slash, such as `/metrics`",
    ),
    ("tests: [{name: t, subjects: a:b, deny: {resources: [pods]}}]\n", "1:40: `verbs` is missing", ACTION),
    ("tests: [{name: t, subjects: a:b, deny: {verbs: [get]}}]\n", "1:40: one of `resources`, `urls` is missing", WHAT),
    (
        "tests: [{name: t, subjects: a:b, deny: {verbs: [get], urls: [a]}}]\n",
        "1:62: `a` is no URL",
        "URLs begin with a slash, such as `/metrics`",
    ),
    ("tests: [{name: t, subjects: a:b, deny: {verbs: [], resources: [pods]}}]\n", "1:48: the list is empty", ACTION),
    ("tests: [{name: t, subjects: a:b, deny: {verbs: [''], resources: [pods]}}]\n", "1:49: the text is empty", ACTION),
    (
        "tests: [{name: t, subjects: a:b, deny: {verb: get, resources: [pods]}}]\n",
        "1:41: unknown key `verb`",
        "did you mean `verbs`?",
    ),
    (
        "tests: [{name: t, only: [a:b]}]\n",
        "1:19: `only` needs `can`",
        "`only` says who may, and `can` what: `{name: .., only: [group/sre], can: [get secrets in prod]}`",
    ),
    (
        "tests: [{name: t, subjects: a:b, deny: get pods, can: get pods}]\n",
        "1:50: `can` needs `only`",
        "`only` says who may, and `can` what: `{name: .., only: [group/sre], can: [get secrets in prod]}`",
    ),
    (
        "tests: [{name: t, subjects: a:b, no-path: admin}]\n",
        "1:43: `admin` is nothing to reach",
        "one of `cluster-admin`, `nodes`, `secrets/kube-system`, `serviceaccounts/NAMESPACE`, `admin/NAMESPACE`, `sa/NAMESPACE/NAME`",
    ),
    (
        "tests: [{name: t, optional: yes please, subjects: a:b, deny: get pods}]\n",
        "1:29: expected `true` or `false`, found the string `yes please`",
        "`true` lets the subjects of the test be missing",
    ),
    (
        "tests:\n- name: a\n  subjects: a:b\n  deny: * pods\n",
        "4:9: did not find expected alphabetic or numeric character",
        "a test file is YAML: see that quotes and brackets are closed, that keys line up, and that words with `*` stand in quotes",
    ),
];

#[test]
fn mistakes_have_a_place_and_advice() {
    for (text, message, hint) in MISTAKES {
        let run = tested(text);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{text}");
        assert_eq!(run.error, format!("error: access-test.yaml:{message}\n  help: {hint}\n"), "{text}");
    }
}

#[test]
fn every_mistake_of_every_file_is_told() {
    let text = "tests:
- {name: a, subjects: [deployer, b:c, x], denny: get pods}
- {name: b, subjects: b:c, deny: [get, get pods, 'get /a,b'], no-path: [admin, nodes], optional: 1}
- {subjects: b:c}
";
    let directory = super::directory(super::MANIFESTS, text);
    std::fs::write(directory.path().join("b.access-test.yaml"), "test: []\n").unwrap();
    let run = crate::scratch::run(directory.path(), &["test", "-f", "manifests.yaml"]);
    let errors: Vec<_> = run.error.lines().filter_map(|line| line.strip_prefix("error: ")).collect();
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert_eq!(
        errors,
        [
            "access-test.yaml:2:24: `deployer` names no subject",
            "access-test.yaml:2:39: `x` names no subject",
            "access-test.yaml:2:43: unknown key `denny`",
            "access-test.yaml:3:35: `get` is not understood",
            "access-test.yaml:3:58: `b` is no URL",
            "access-test.yaml:3:73: `admin` is nothing to reach",
            "access-test.yaml:3:98: expected `true` or `false`, found the number `1`",
            "access-test.yaml:4:3: one of `allow`, `deny`, `no-path`, `only` is missing",
            "access-test.yaml:4:3: this test has no `name`",
            "b.access-test.yaml:1:1: unknown key `test`",
        ]
    );
}

#[test]
fn what_stands_elsewhere_is_named() {
    for (text, message, related) in [
        (
            "tests:\n- {name: t, subjects: a:b, deny: get pods}\n- {name: t, only: [], can: get pods}\n",
            "3:10: two tests are named `t`",
            "it stands first at access-test.yaml:2:10",
        ),
        (
            "tests: [{name: t, only: [], can: get pods, subjects: a:b}]\n",
            "1:44: `subjects` does not go with `only`",
            "it stands at access-test.yaml:1:19",
        ),
        (
            "tests: [{name: t, subjects: a:b, deny: {verbs: [get], urls: [/a], namespaces: [b]}}]\n",
            "1:67: `namespaces` does not go with `urls`",
            "it stands at access-test.yaml:1:55",
        ),
        ("tests: []\ntests: []\n", "2:1: the key `tests` stands twice", "it stands first at access-test.yaml:1:1"),
    ] {
        let error = tested(text).error;
        assert!(error.starts_with(&format!("error: access-test.yaml:{message}\n  help: {related}\n")), "{error}");
    }
}

#[test]
fn a_file_without_tests_is_none() {
    for text in ["", "# nothing yet\n", "tests: []\n"] {
        let run = tested(text);
        assert_eq!((run.code, run.error.as_str()), (3, "error: there is no test in `access-test.yaml`\n"), "{text}");
    }
}
