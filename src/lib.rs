//! `rolecall` reads Kubernetes manifests without a cluster, and says who may do what and what is wrong.
//!
//! This page is the map of the code. Data flows one way, through layers of which each knows only those before it; the
//! test `tests/suite/architecture.rs` holds the order.
//!
//! | layer | does |
//! |---|---|
//! | [`timing`] | what each stage of a run takes, for who asks |
//! | [`source`] | the table of files, spans, lines and columns |
//! | [`diagnostic`] | what there is to say: findings about manifests, the failure that ends a run |
//! | [`discover`] | paths, directories, globs, standard input, revisions of git → files; texts → files; the only one that touches the outside |
//! | [`yaml`] | text → documents → trees of nodes with spans, read as Kubernetes reads them |
//! | [`strict`] | files that people write for the tool → their values, each mistake with its place; which keys they have |
//! | [`config`] | the configuration file → clusters, what is read, the words that choose rules, what is external |
//! | [`rbac`] | who may do what: policies, requests and decisions, as plain values |
//! | [`catalog`] | facts of Kubernetes, version by version: API resources, verbs, built-in roles and bindings |
//! | [`audit`] | the audit logs of an API server: who did what, and what they were refused |
//! | [`validate`] | what the API server refuses: an object in, errors out |
//! | [`schedule`] | when CronJobs fire: how far apart, when next, and what clocks do that are put forward and back |
//! | [`manifest`] | documents → objects, typed by `k8s-openapi`; templates, fragments and other kinds recognised |
//! | [`graph`] | who gets what, as a graph: workloads, subjects, bindings and roles, and what is missing between them |
//! | [`query`] | questions about access and their answers |
//! | [`lint`] | rules, their registry, the run that applies them, and the one that puts right what they find |
//! | [`report`] | findings and answers for people and for programs |
//! | [`picture`] | the graph as DOT, Mermaid, SVG and JSON |
//! | [`shell`] | lines from a terminal or a pipe → words, one line after the other |
//! | [`cli`] | the commands |
//!
//! # One run
//!
//! [`cli::run`] asks [`discover::discover`] for the files, and [`config`] which of them make one cluster, where one is
//! named. [`manifest::load`] is the first pass: on every core it reads, parses and types document by document, shows
//! each object to whoever asks, and keeps only names, facts and places, so that memory follows the facts and not the
//! text.
//!
//! [`lint::lint`] applies the rules that look at one object during that pass, and those that look at it among all others
//! to the [`query::Access`] that is made of what was kept. What comments and annotations say is to be ignored is left out
//! of it at the end, in `src/lint/suppress`. [`report::Reporter`]s write down what they found.
//!
//! [`query::load`] makes an [`query::Access`] of the facts: the [`rbac::Policy`] of a cluster, with the place of all that
//! is in it. Every question about access goes to [`rbac::Policy::decide`], and to nothing else; [`query`] finds the words
//! and places for what it says, [`report::access`] writes them down, and [`graph`] with [`picture`] draws them.
//!
//! # Where to begin
//!
//! - To add a rule: a page in `rules/`, a file in `src/lint/rules/`, and two lines in its `mod.rs`. What it looks at is its
//!   [`lint::Check`]; from when on it is told is its [`lint::Profile`].
//! - To put right what a rule finds: [`lint::Sink::fix`] and what stands beside it, with the edits of [`yaml::edit`]; for
//!   what the API server refuses, `src/lint/repairs.rs`. The test `tests/suite/fixes.rs` tries every fix on all examples.
//! - To say more of what the API server refuses: a check in `src/validate/`, by the function of Kubernetes that it follows,
//!   and where no rule stands for what it is about, a [`validate::Family`] in `src/validate/family.rs` and a rule whose
//!   check is [`lint::Check::Refused`]. What to do about it is said by the rule; words for that are in
//!   `src/lint/advice.rs`.
//! - To add a question: a struct with [`clap::Args`] and the trait of `src/cli/ask.rs`, and a line each in `src/cli/mod.rs`
//!   and in `src/cli/shell/command.rs`.
//! - To add a key of the configuration: a line in `src/config/keys.rs`, the reading of it in `src/config/raw.rs`, and what
//!   it comes to in `src/cli/configured.rs`. The schema is printed by `rolecall config schema`.
//! - To see what a place in a file is: [`source::Span`] and [`yaml::path`].
//! - To add a version of Kubernetes: a folder in `data/kubernetes/`, and a line in `src/catalog/version.rs`. With the next
//!   version of `k8s-openapi`, the test `tests/suite/facts/fields.rs` names the fields that have come and gone: each gets
//!   a line in `data/kubernetes/fields.txt`. Where the version judges otherwise than the one before, the check asks
//!   [`catalog::Version::at_least`]; of pods, the versions are told in `src/validate/pod/features.rs`.
//! - To add a format for findings: a file in `src/report/` with a [`report::Reporter`], and a line in `src/cli/output.rs`.
//! - To see what Jobs are taken to do: [`query::plan`]; its tests play a Job controller against it.
//! - To see what is analysed and what is skipped: [`manifest::Kind`] and [`manifest::Reason`].

pub mod audit;
pub mod catalog;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod discover;
pub mod graph;
pub mod lint;
pub mod manifest;
pub mod picture;
pub mod query;
pub mod rbac;
pub mod report;
pub mod schedule;
pub mod shell;
pub mod source;
pub mod strict;
pub mod timing;
pub mod validate;
pub mod yaml;
