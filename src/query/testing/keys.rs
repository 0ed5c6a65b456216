//! The keys of a file of access tests.

use crate::strict::{Form, Part, Relation, TestForm, key, required};

const fn subjects(may_be_empty: bool) -> Form {
    Form::Test(TestForm::Subjects { may_be_empty })
}

const ACTIONS: Form = Form::Test(TestForm::Actions);

/// What a test looks like, for messages.
pub(super) const EXAMPLE: &str =
    "a test looks like `{name: CI reads no Secrets, subjects: [sa/ci/deployer], deny: [get secrets]}`";

/// The file.
pub static ROOT: Part = Part {
    opening: "the keys here are",
    keys: &[required("tests", Form::Parts(&TEST), "The tests, in the order in which they are run and reported.")],
    relations: &[],
};

const WHOM: &str = "say about whom it is, such as `subjects: [sa/ci/deployer]`";
const PAIR: &str = "`only` says who may, and `can` what: `{name: .., only: [group/sre], can: [get secrets in prod]}`";
const APART: &str = "make it a test of its own: `only` is about everybody";

/// One test.
pub(super) static TEST: Part = Part {
    opening: "a test has",
    keys: &[
        key(
            "allow",
            ACTIONS,
            "What each of the subjects may do. Without namespaces: in all of them. Each verb, resource, name and namespace is tried with each other.",
        ),
        key("can", ACTIONS, "What nobody may do but those of `only`."),
        key(
            "deny",
            ACTIONS,
            "What none of the subjects may do. Without namespaces: in none; without names: with no object at all. What `allow` of the same test says is left out.",
        ),
        key("except", subjects(false), "Who is not meant by the patterns of `subjects`."),
        required("name", Form::Name, "What the test is called."),
        key(
            "no-path",
            Form::Test(TestForm::Sinks),
            "What none of the subjects gets at, on whatever way of taking over others.",
        ),
        key(
            "only",
            subjects(true),
            "All who may do what `can` says; an empty list is nobody. What only the default policy of Kubernetes allows does not count.",
        ),
        key(
            "optional",
            Form::Test(TestForm::Flag),
            "Whether subjects and namespaces of this test may be missing from the manifests.",
        ),
        key(
            "subjects",
            subjects(false),
            "About whom it is: `sa/NAMESPACE/NAME`, `user/NAME` or `group/NAME`; `*` stands for any part of a name, and alone for everybody.",
        ),
    ],
    relations: &[
        Relation::Excludes("only", "subjects", APART),
        Relation::Excludes("only", "allow", APART),
        Relation::Excludes("only", "deny", APART),
        Relation::Excludes("only", "no-path", APART),
        Relation::Needs("only", "can", PAIR),
        Relation::Needs("can", "only", PAIR),
        Relation::Needs("allow", "subjects", WHOM),
        Relation::Needs("deny", "subjects", WHOM),
        Relation::Needs("no-path", "subjects", WHOM),
        Relation::Needs("except", "subjects", WHOM),
        Relation::OneOf(&["allow", "deny", "no-path", "only"], EXAMPLE),
    ],
};

const WHAT: &str = "an action has `verbs` and `resources`, or `verbs` and `urls`";

/// Something to do.
pub static ACTION: Part = Part {
    opening: "an action has",
    keys: &[
        key("names", Form::Test(TestForm::Words("db-password")), "The names of single objects."),
        key("namespaces", Form::Test(TestForm::Words("prod")), "The namespaces; `*` stands for any part of a name."),
        key(
            "resources",
            Form::Test(TestForm::Words("deployments.apps")),
            "Resources as `TYPE[.GROUP][/SUBRESOURCE]`; `*` is all of all groups, `*.GROUP` all of one.",
        ),
        key("urls", Form::Test(TestForm::Words("/metrics")), "URLs of the API server that are no resources."),
        required("verbs", Form::Test(TestForm::Words("get")), "Verbs, such as `get`; `*` is all, in `deny` any."),
    ],
    relations: &[
        Relation::Excludes("urls", "resources", WHAT),
        Relation::Excludes("urls", "names", WHAT),
        Relation::Excludes("urls", "namespaces", WHAT),
        Relation::OneOf(&["resources", "urls"], WHAT),
    ],
};
