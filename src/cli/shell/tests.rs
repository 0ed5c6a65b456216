//! What sentences mean, and what could stand behind the words of a line.

use std::fs;

use clap::Parser as _;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Talk, command, completion, examples, sentence};
use crate::cli::{Cli, Command as Whole, Exit, Ui};
use crate::query::Access;
use crate::shell::Session as _;

const MANIFESTS: &str = r#"
apiVersion: v1
kind: ServiceAccount
metadata: {name: deployer, namespace: ci}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: backup, namespace: prod}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: backup, namespace: staging}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deploy, namespace: prod}
rules:
  - {apiGroups: ["*"], resources: [secrets], verbs: [get], resourceNames: [db-password]}
  - {apiGroups: [""], resources: [pods/log, pods], verbs: ["*", list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: probe}
rules:
  - {nonResourceURLs: [/healthz/own], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: deploy, namespace: prod}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: deploy}
subjects:
  - {kind: ServiceAccount, name: deployer, namespace: ci}
  - {kind: User, name: jane}
  - {kind: User, name: "Jane Doe"}
  - {kind: User, name: "evil\u001b[2J"}
  - {kind: Group, name: ops}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: pods.metrics.example}
spec:
  group: metrics.example
  scope: Namespaced
  names: {plural: pods, singular: pod, kind: PodMetrics, shortNames: [pm]}
  versions: [{name: v1, served: true, storage: true}]
"#;

/// Runs a test with a conversation about some manifests.
fn with_talk<T>(manifests: &str, test: impl FnOnce(&mut Talk<'_>) -> T) -> T {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("all.yaml"), manifests).unwrap();
    let cli = Cli::try_parse_from(["rolecall", "shell", directory.path().to_str().unwrap()]).unwrap();
    let Whole::Shell(args) = &cli.command else { panic!("another command") };
    let mut ui = Ui::from_env();
    test(&mut Talk { args, access: args.access().unwrap(), ui: &mut ui, exit: Exit::Fine })
}

fn access() -> Access {
    with_talk(MANIFESTS, |talk| talk.args.access().unwrap())
}

fn words(line: &str) -> Vec<String> {
    shell_words::split(line).unwrap()
}

/// What a sentence is rewritten to: the words of a command, then the notes.
fn rewritten(line: &str, access: &Access) -> (String, Vec<String>) {
    let rewritten = sentence::rewritten(&words(line), access).unwrap().unwrap();
    (rewritten.words.join(" "), rewritten.notes)
}

#[test]
fn sentences_mean_commands() {
    let access = access();
    for (line, command) in [
        ("can ci:deployer get secrets", "can-i --serviceaccount=ci:deployer -- get secrets"),
        (
            "Can sa/ci/deployer get secrets in prod?",
            "can-i --serviceaccount=ci:deployer --namespace=prod -- get secrets",
        ),
        ("can user/jane list pods in all namespaces", "can-i --as=jane --all-namespaces -- list pods"),
        ("can group/ops list pods everywhere ?", "can-i --as-group=ops --all-namespaces -- list pods"),
        ("can system:anonymous get /healthz", "can-i --as=system:anonymous -- get /healthz"),
        (
            "can ci:deployer create po named web in namespace a",
            "can-i --serviceaccount=ci:deployer --namespace=a -- create po/web",
        ),
        (
            "can ci:deployer get pods/web in a -o json",
            "can-i --serviceaccount=ci:deployer --namespace=a -o json -- get pods/web",
        ),
        ("can ci:deployer get gadgets/log", "can-i --serviceaccount=ci:deployer -- get gadgets/log"),
        (
            "can ci:deployer get pods/log named web",
            "can-i --serviceaccount=ci:deployer --subresource=log -- get pods/web",
        ),
        ("who can delete pods in prod", "who-can --namespace=prod -- delete pods"),
        ("WHO CAN get /healthz?", "who-can -- get /healthz"),
        ("what can user/jane do in prod?", "permissions --namespace=prod -- user/jane"),
        ("what can user/jane do everywhere", "permissions -- user/jane"),
        ("what can ci:deployer do", "permissions -- ci:deployer"),
    ] {
        assert_eq!(rewritten(line, &access), (command.to_owned(), vec![]), "{line}");
    }
    assert_eq!(sentence::rewritten(&words("can-i get pods"), &access), Ok(None));
}

#[test]
fn what_was_guessed_is_said() {
    let access = access();
    let (command, notes) = rewritten("can deployer get pods/exec in prod", &access);
    assert_eq!(command, "can-i --serviceaccount=ci:deployer --namespace=prod --subresource=exec -- get pods");
    assert_eq!(
        notes,
        [
            "`deployer` is taken for ServiceAccount ci/deployer",
            "`exec` is taken for the subresource of pods, and not for a name"
        ]
    );
}

#[test]
fn sentences_that_are_not_clear_are_refused_with_advice() {
    let access = access();
    for (line, message, hint) in [
        (
            "can backup get pods",
            "there are several ServiceAccounts `backup`",
            "name one of `prod:backup`, `staging:backup`",
        ),
        ("can jane get pods", "`jane` names no subject", "did you mean `user/jane`?"),
        ("can ops get pods", "`ops` names no subject", "did you mean `group/ops`?"),
        ("can nobody get pods", "`nobody` names no subject", crate::query::HOW_TO_NAME),
        (
            "can",
            "the sentence is not understood",
            "say `can SUBJECT VERB TYPE[.GROUP][/SUBRESOURCE] [named NAME] [in NAMESPACE | everywhere]`",
        ),
        (
            "can ci:deployer get",
            "the sentence is not understood",
            "say `can SUBJECT VERB TYPE[.GROUP][/SUBRESOURCE] [named NAME] [in NAMESPACE | everywhere]`",
        ),
        (
            "can ci:deployer get a b c",
            "the sentence is not understood",
            "say `can SUBJECT VERB TYPE[.GROUP][/SUBRESOURCE] [named NAME] [in NAMESPACE | everywhere]`",
        ),
        (
            "who may get pods",
            "the sentence is not understood",
            "say `who can VERB TYPE[.GROUP][/SUBRESOURCE] [named NAME] [in NAMESPACE | everywhere]`",
        ),
        ("what can jane", "the sentence is not understood", "say `what can SUBJECT do [in NAMESPACE | everywhere]`"),
    ] {
        let failure = sentence::rewritten(&words(line), &access).unwrap_err();
        assert_eq!((failure.message(), failure.hints().first().map(String::as_str)), (message, Some(hint)), "{line}");
    }
}

#[test]
fn the_commands_are_well_formed() {
    command::all().debug_assert();
}

/// What could be typed at the end of a text, `|` between words.
fn completed(text: &str, access: &Access) -> String {
    let (before, begun) = text.rsplit_once(' ').unwrap_or(("", text));
    let mut found = completion::candidates(&words(before), begun, access);
    found.retain(|word| word.starts_with(begun));
    found.sort();
    found.dedup();
    found.join("|")
}

#[test]
fn every_word_is_completed() {
    let access = access();
    for (text, expected) in [
        ("ca", "can|can-i"),
        ("re", "reload"),
        ("help c", "can|can-i"),
        ("can ci", "ci:deployer"),
        ("can depl", "deployer"),
        ("can back", ""),
        ("can user/J", "user/Jane Doe"),
        ("can group/o", "group/ops"),
        ("can group/system:m", "group/system:masters|group/system:monitoring"),
        ("can sa/p", "sa/prod/backup"),
        ("can system:serviceaccount:c", "system:serviceaccount:ci:deployer"),
        ("can system:kube-s", "system:kube-scheduler"),
        ("can x ge", "get"),
        ("can x get secr", "secrets"),
        ("can x get deplo", "deployments"),
        ("can x get deployments.", "deployments.apps"),
        ("can x get po", "poddisruptionbudgets|pods|pods.metrics.example|podtemplates"),
        ("can x get pm", "pm"),
        ("can x get cm", "cm"),
        ("can x get clusterroles/edit", ""),
        ("can x get secrets/", "secrets/db-password"),
        ("can x get roles/", "roles/deploy"),
        ("can x get sa/b", "sa/backup"),
        ("can x create pods/e", "pods/ephemeralcontainers|pods/eviction|pods/exec"),
        ("can x get /healthz/", "/healthz/own"),
        ("can x get pods ", "everywhere|in|named"),
        ("can x get secrets named ", "db-password"),
        ("can x get pods named web ", "everywhere|in"),
        ("can x get pods in pr", "prod"),
        ("can x get pods in all ", "namespaces"),
        ("can x get pods in prod ", ""),
        ("can x get pods in prod -o ", "human|json"),
        ("can-i li", "list"),
        ("can-i list sec", "secrets"),
        ("can-i list pods ", ""),
        ("can-i --sub", "--subresource"),
        ("can-i -n st", "staging"),
        ("can-i --namespace=st", "--namespace=staging"),
        ("can-i --serviceaccount c", "ci:deployer"),
        ("can-i --as ja", "jane"),
        ("can-i --as-group o", "ops"),
        ("can-i create pods --subresource ex", "exec"),
        ("can-i -n prod -A get sec", "secrets"),
        ("graph --role prod", "prod/deploy"),
        ("graph --role ed", "edit"),
        ("graph --subject ci", "ci:deployer"),
        ("graph --format m", "mermaid"),
        ("nonsense a", ""),
    ] {
        let found = completed(text, &access);
        assert_eq!(found, expected, "{text}");
    }
    let nothing_typed = completed("can ", &access);
    assert!(!nothing_typed.contains("system:") && nothing_typed.contains("user/jane"), "{nothing_typed}");
}

#[test]
fn the_examples_of_help_can_be_asked_as_they_stand() {
    let access = access();
    let examples = examples::examples(&access);
    assert_eq!(examples.first().map(String::as_str), Some("can ci:deployer list pods in prod"));
    for example in examples {
        let words = words(&example);
        let words = sentence::rewritten(&words, &access).unwrap().map_or(words, |rewritten| rewritten.words);
        assert!(command::parse(&words).is_ok(), "{example}");
    }
    let nothing = with_talk("apiVersion: v1\nkind: ConfigMap\n", |talk| examples::examples(&talk.access));
    assert_eq!(nothing.first().map(String::as_str), Some("can default:default get secrets in default"));
}

#[test]
fn what_cannot_be_read_again_leaves_what_was_read() {
    with_talk(MANIFESTS, |talk| {
        fs::remove_dir_all(talk.args.paths.first().unwrap()).unwrap();
        let failure = talk.reload().unwrap_err();
        assert_eq!(failure.hints().last().map(String::as_str), Some("what was read before still holds"));
        assert!(talk.access.known().has_account("ci", "deployer"));
        assert_eq!(talk.candidates(&[], "").len(), command_count());
    });
}

/// `can`, `who` and `what` begin sentences.
const SENTENCES: usize = 3;

fn command_count() -> usize {
    command::all().get_subcommands().flat_map(clap::Command::get_name_and_visible_aliases).count() + SENTENCES
}

proptest! {
    #[test]
    fn no_line_is_too_odd(parts in vec(prop_oneof![any::<String>(), select(ODD.to_vec()).prop_map(str::to_owned)], 0..8)) {
        ODD_ACCESS.with(|access| {
            drop(sentence::rewritten(&parts, access));
            drop(command::parse(&parts));
            if let Some((begun, before)) = parts.split_last() {
                drop(completion::candidates(before, begun, access));
            }
        });
    }
}

/// Words that lead somewhere.
const ODD: [&str; 22] = [
    "can",
    "who",
    "what",
    "do",
    "in",
    "all",
    "named",
    "?",
    "--",
    "-",
    "-n",
    "-n=",
    "--as",
    "--namespace=",
    "can-i",
    "help",
    "ci:deployer",
    "get",
    "pods/",
    "/",
    "user/",
    "--subresource=é",
];

thread_local! {
    static ODD_ACCESS: Access = access();
}
