//! Configurations, and every mistake with its place and its words.

use std::path::PathBuf;

use super::*;

fn parse_bytes(bytes: &[u8]) -> Result<Config, Failure> {
    let directory = PathBuf::from("/repo/ci");
    parse(ConfigFile { path: "rolecall.yaml".to_owned(), directory, bytes: bytes.to_owned() })
}

/// The one cluster that has these paths.
fn cluster(paths: &str) -> Cluster {
    let config = parse_bytes(format!("clusters: [{{name: x, paths: {paths}}}]").as_bytes()).unwrap();
    config.clusters()[0].clone()
}

const EXAMPLE: &str = "a cluster looks like `{name: prod-eu, paths: [clusters/prod-eu, base/**]}`";
const PATHS: &str = "settings for paths look like `{paths: [examples/**], ignore: [hygiene]}`";
const ONE_TEXT: &str = "write one text, and no list or mapping";
const QUOTES: &str = "put it in quotes";
const ONE_DOCUMENT: &str = "the configuration is one document: bring both together";
const YAML: &str = "the configuration is YAML: see that quotes and brackets are closed, and that keys line up";
const GLOB: &str =
    "`*` stands for any part of a name, `**` for any directories, `?` for one character, `[ab]` for one of several";

/// Each text is told to be wrong with this message and these hints.
fn expect(cases: &[(&str, &str, &[&str])]) {
    for (text, message, hints) in cases {
        let failure = parse_bytes(text.as_bytes()).unwrap_err();
        assert_eq!(failure.message(), format!("rolecall.yaml:{message}"), "{text:?}");
        assert_eq!(failure.hints(), *hints, "{text:?}");
        assert_eq!(failure.kind(), FailureKind::Config, "{text:?}");
    }
}

#[test]
fn reads_clusters_in_their_order() {
    let text = "# ours\n---\nclusters:\n- name: prod\n  paths: [a, 'b/**']\n- {name: \"010\", paths: &p [c]}\n- {paths: *p, name: t}\n---\n# end\n";
    let config = parse_bytes(text.as_bytes()).unwrap();
    assert_eq!(config.clusters().iter().map(Cluster::name).collect::<Vec<_>>(), ["prod", "010", "t"]);
    assert!(config.cluster("t").unwrap().holds(Path::new("/repo/ci/c/x.yaml")));
    let utf_16: Vec<u8> =
        "\u{FEFF}clusters: [{name: é, paths: [.]}]".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(parse_bytes(&utf_16).unwrap().clusters()[0].name(), "é");
}

#[test]
fn a_configuration_without_content_has_no_clusters() {
    for text in ["", "# nothing\n", "---\n", "{}", "clusters:", "clusters: []", "~\n---\n---\n"] {
        assert!(parse_bytes(text.as_bytes()).unwrap().clusters().is_empty(), "{text:?}");
    }
}

#[test]
fn unknown_keys_are_refused() {
    const ROOT_KEYS: &[&str] = &["the keys here are `clusters`, `defaultNamespace`, `exclude`, `external`, `failOn`, \
                                  `ignore`, `include`, `kubernetesVersion`, `paths`, `profile`, `select` and `severity`"];
    let cluster_keys = &["a cluster has `name` and `paths`"];
    let path_keys = &["settings for paths are `ignore`, `paths`, `select` and `severity`"];
    expect(&[
        ("cluster: []\n", "1:1: unknown key `cluster`", &["did you mean `clusters`?"]),
        ("\u{FEFF}Clusters: []\n", "1:1: unknown key `Clusters`", &["did you mean `clusters`?"]),
        ("clusters: []\nrules: {}\n", "2:1: unknown key `rules`", ROOT_KEYS),
        ("on: 1\n", "1:1: unknown key `true`", ROOT_KEYS),
        ("clusters:\n- name: é\n  path: [x]\n", "3:3: unknown key `path`", &["did you mean `paths`?"]),
        ("paths:\n- {paths: [x], profile: audit}\n", "2:16: unknown key `profile`", path_keys),
        ("paths:\n- {path: [x]}\n", "2:4: unknown key `path`", &["did you mean `paths`?"]),
        ("failon: error\n", "1:1: unknown key `failon`", &["did you mean `failOn`?"]),
        ("external: {group: []}\n", "1:12: unknown key `group`", &["did you mean `groups`?"]),
        ("clusters:\n- {name: a, paths: [x], é: 1}\n", "2:25: unknown key `é`", cluster_keys),
    ]);
}

#[test]
fn values_of_a_wrong_type_are_refused() {
    let mapping = &["the configuration is a mapping such as `profile: pedantic`"];
    let paths = &["paths are files, directories and globs, such as `[clusters/prod-eu, base/**]`"];
    expect(&[
        ("x\n", "1:1: expected keys such as `profile`, found the string `x`", mapping),
        ("- clusters\n", "1:1: expected keys such as `profile`, found a list", mapping),
        ("clusters: {a: [x]}\n", "1:11: expected a list of clusters, found a mapping", &[EXAMPLE]),
        ("clusters:\n- prod\n", "2:3: expected a cluster, found the string `prod`", &[EXAMPLE]),
        ("clusters:\n-\n", "2:2: expected a cluster, found nothing", &[EXAMPLE]),
        ("clusters:\n- name: 1\n  paths: [x]\n", "2:9: expected a name, found the number `1`", &[QUOTES]),
        ("clusters:\n- name: [a]\n  paths: [x]\n", "2:9: expected a name, found a list", &[ONE_TEXT]),
        ("clusters:\n- name: a\n  paths: x\n", "3:10: expected a list of paths, found the string `x`", paths),
        ("clusters:\n- name: a\n  paths: [x, no]\n", "3:14: expected a path, found the boolean `false`", &[QUOTES]),
        ("clusters:\n- name: a\n  paths: [{b: c}]\n", "3:11: expected a path, found a mapping", paths),
        ("kubernetesVersion: 1.30\n", "1:20: expected a version, found the number `1.3`", &[QUOTES]),
        ("failOn: no\n", "1:9: expected a severity, found the boolean `false`", &[QUOTES]),
        ("include: deploy\n", "1:10: expected a list of paths, found the string `deploy`", paths),
        ("paths: {a: [x]}\n", "1:8: expected a list of paths, found a mapping", &[PATHS]),
        ("paths: [examples]\n", "1:9: expected settings for paths, found the string `examples`", &[PATHS]),
    ]);
}

#[test]
fn what_is_missing_or_empty_is_refused() {
    let by_name = &["`--cluster` asks for it by its name"];
    let all = &["`paths: [.]` takes all files beside and below this one"];
    let empty = &["`.` is the directory of the configuration file"];
    let left_out = &["a name such as `vendor` at any depth, or a path such as `clusters/old/**`"];
    let about = &["name the files that these settings are about, such as `[examples/**]`"];
    let group = &["write it as `platform-admins`; `*` stands for any part of a name"];
    expect(&[
        ("clusters:\n- paths: [x]\n", "2:3: this cluster has no `name`", &[EXAMPLE]),
        ("clusters:\n- name: a\n", "2:3: this cluster has no `paths`", &[EXAMPLE]),
        ("clusters:\n- name: ''\n  paths: [x]\n", "2:9: the name of a cluster is empty", by_name),
        ("clusters:\n- name:\n  paths: [x]\n", "2:3: the name of a cluster is empty", by_name),
        ("clusters:\n- name: a\n  paths: []\n", "3:10: the cluster `a` has no paths", all),
        ("clusters:\n- name: a\n  paths:\n", "3:3: the cluster `a` has no paths", all),
        ("clusters:\n- name: a\n  paths: [x, ' ']\n", "3:14: a path is empty", empty),
        ("clusters:\n- name: a\n  paths:\n  - x\n  -\n", "5:4: a path is empty", empty),
        ("include: ['']\n", "1:11: a path is empty", empty),
        ("exclude: ['']\n", "1:11: this leaves out everything or nothing", left_out),
        ("exclude: [./]\n", "1:11: this leaves out everything or nothing", left_out),
        ("paths: [{ignore: [risk]}]\n", "1:9: these settings have no `paths`", &[PATHS]),
        ("paths: [{paths: []}]\n", "1:17: these settings are about no paths", about),
        ("external: {groups: ['']}\n", "1:21: `` is not a name", group),
    ]);
}

#[test]
fn what_stands_twice_is_refused() {
    expect(&[
        (
            "clusters: []\n\"clusters\": []\n",
            "2:1: the key `clusters` stands twice",
            &["it stands first at rolecall.yaml:1:1", "keep one of them"],
        ),
        (
            "clusters:\n- name: a\n  paths: [x]\n  name: b\n",
            "4:3: the key `name` stands twice",
            &["it stands first at rolecall.yaml:2:3", "keep one of them"],
        ),
        (
            "clusters:\n- {name: a, paths: [x]}\n- {name: b, paths: [x]}\n- {name: 'a', paths: [z]}\n",
            "4:10: two clusters are named `a`",
            &["it stands first at rolecall.yaml:2:10", "give each cluster a name of its own"],
        ),
    ]);
}

#[test]
fn what_is_no_glob_is_refused() {
    expect(&[
        (
            "clusters:\n- name: a\n  paths: ['b[']\n",
            "3:11: `b[` is no glob: invalid range pattern at character 2",
            &[GLOB],
        ),
        ("exclude: ['b[']\n", "1:11: `b[` is no glob: invalid range pattern at character 2", &[GLOB]),
        ("include: ['b[']\n", "1:11: `b[` is no glob: invalid range pattern at character 2", &[GLOB]),
        ("paths: [{paths: ['b[']}]\n", "1:18: `b[` is no glob: invalid range pattern at character 2", &[GLOB]),
        (
            "clusters:\n- name: a\n  paths:\n  - b\n  - c/***\n",
            "5:5: `c/***` is no glob: wildcards are either regular `*` or recursive `**` at character 5",
            &[GLOB],
        ),
    ]);
}

#[test]
fn what_is_no_single_yaml_document_is_refused() {
    let open = "what is opened here is still open: rolecall.yaml:3:10";
    expect(&[
        ("clusters: []\n---\nclusters: []\n", "3:1: a second document begins here", &[ONE_DOCUMENT]),
        ("clusters: []\n---\nkind: Job\n", "3:1: a second document begins here", &[ONE_DOCUMENT]),
        ("clusters: []\n...\n# c\nx: 1\n", "4:1: a second document begins here", &[ONE_DOCUMENT]),
        (
            "clusters: []\n--- x\n",
            "2:5: after `---` only a comment may stand",
            &["the configuration is one document: remove the line"],
        ),
        ("clusters: [\n", "1:11: did not find expected node content", &[YAML]),
        ("clusters:\n- name: a\n  paths: [x,\n- name: b\n", "4:1: did not find expected node content", &[open, YAML]),
        ("clusters:\n\t- x\n", "2:1: found character that cannot start any token", &[YAML]),
        ("clusters: *x\n", "1:11: unknown anchor `x` referenced", &[YAML]),
    ]);
    let failure = parse_bytes(b"clusters:\n- name: \xFF\n").unwrap_err();
    assert_eq!(failure.message(), "rolecall.yaml:2:9: this is not valid UTF-8");
}

#[test]
fn hostile_texts_end_in_a_failure() {
    let deep = "[".repeat(200_000);
    let bomb = format!("clusters: &a [{}]\nx: [{}]\n", "1,".repeat(9_000), "*a,".repeat(9_000));
    let merged = "clusters: &a\n- <<: *a\n".to_owned();
    for text in [deep, bomb, merged, "\0".to_owned(), "clusters: [{name: a, paths: [*a]}]".to_owned()] {
        assert_eq!(parse_bytes(text.as_bytes()).unwrap_err().kind(), FailureKind::Config);
    }
}

#[test]
fn files_and_directories_belong_to_a_cluster() {
    for (paths, path, expected) in [
        ("[a]", "/repo/ci/a", true),
        ("[a]", "/repo/ci/a/b/c.yaml", true),
        ("[a]", "/repo/ci/ab/c.yaml", false),
        ("[a]", "/repo/ci/x/a/c.yaml", false),
        ("[a]", "/repo/a/c.yaml", false),
        ("[./a/]", "/repo/ci/a/c.yaml", true),
        ("[a/b.yaml]", "/repo/ci/a/b.yaml", true),
        ("[a/b.yaml]", "/repo/ci/a/c.yaml", false),
        ("[.]", "/repo/ci/c.yaml", true),
        ("[.]", "/repo/c.yaml", false),
        ("[../a]", "/repo/a/c.yaml", true),
        ("[a/../b]", "/repo/ci/b/c.yaml", true),
        ("[a/../../b]", "/repo/b/c.yaml", true),
        ("[/srv/a]", "/srv/a/c.yaml", true),
        ("[x, z, a]", "/repo/ci/a/c.yaml", true),
    ] {
        assert_eq!(cluster(paths).holds(Path::new(path)), expected, "{paths} {path}");
    }
}

#[test]
fn globs_belong_to_a_cluster_as_they_are_excluded() {
    for (paths, path, expected) in [
        ("['base/**']", "/repo/ci/base/c.yaml", true),
        ("['base/**']", "/repo/ci/base/x/c.yaml", true),
        ("['base/*.yaml']", "/repo/ci/base/x/c.yaml", false),
        ("['base/*']", "/repo/ci/base/x/c.yaml", true),
        ("['base/*']", "/repo/base/x", false),
        ("['prod-*']", "/repo/ci/x/prod-eu/c.yaml", true),
        ("['prod-*']", "/repo/prod-eu/c.yaml", false),
        ("['**/prod/*.yaml']", "/repo/ci/x/y/prod/c.yaml", true),
        ("['../*/prod']", "/repo/base/prod/c.yaml", true),
        ("['/srv/*/prod']", "/srv/base/prod/c.yaml", true),
        ("['a[b]']", "/repo/ci/a[b]/c.yaml", true),
        ("['a[b]']", "/repo/ci/ab/c.yaml", true),
    ] {
        assert_eq!(cluster(paths).holds(Path::new(path)), expected, "{paths} {path}");
    }
}

#[test]
fn an_unknown_cluster_is_answered_with_those_that_are_known() {
    let hints = |text: &str, name: &str| {
        let failure = parse_bytes(text.as_bytes()).unwrap().cluster(name).unwrap_err();
        assert_eq!(
            (failure.kind(), failure.message()),
            (FailureKind::Usage, &*format!("there is no cluster `{name}`"))
        );
        failure.hints().join("\n")
    };
    let text = "clusters: [{name: staging, paths: [a]}, {name: prod-eu, paths: [a]}, {name: prod-us, paths: [a]}]";
    assert_eq!(hints(text, "prod-u"), "`rolecall.yaml` has `prod-eu`, `prod-us`, `staging`");
    assert_eq!(hints(text, "Staging"), "`rolecall.yaml` has `staging`, `prod-eu`, `prod-us`");
    assert_eq!(hints("", "x"), "`rolecall.yaml` has no clusters");
    let many: Vec<_> = (10..30).map(|n| format!("{{name: c{n}, paths: [a]}}")).collect();
    let hint = hints(&format!("clusters: [{}]", many.join(", ")), "c5");
    assert!(hint.starts_with("`rolecall.yaml` has `c15`, `c25`, `c10`, ") && hint.ends_with(" and 10 more"), "{hint}");
    let none = Config::default().cluster("x").unwrap_err();
    assert_eq!(none.hints(), ["no configuration file was found: clusters stand in `rolecall.yaml`, under `clusters`"]);
}

#[test]
fn words_about_rules_come_with_their_places() {
    let text = "profile: pedantic\nselect: [risk, all]\nignore:\n- hygiene\nseverity:\n  job-invalid-count: info\n";
    let config = parse_bytes(text.as_bytes()).unwrap();
    let shown = |word: &Word| format!("{} {}", word.text, word.place);
    let RuleWords { profile, select, ignore, severity } = &config.rules;
    let words = profile.iter().chain(select).chain(ignore).chain(severity.iter().flat_map(|(rule, how)| [rule, how]));
    let expected = [
        "pedantic rolecall.yaml:1:10",
        "risk rolecall.yaml:2:10",
        "all rolecall.yaml:2:16",
        "hygiene rolecall.yaml:4:3",
        "job-invalid-count rolecall.yaml:6:3",
        "info rolecall.yaml:6:22",
    ];
    assert_eq!(words.map(shown).collect::<Vec<_>>(), expected);
    assert_eq!((select.len(), ignore.len(), severity.len()), (2, 1, 1));
    assert_eq!(parse_bytes(b"profile: default\nselect:\nseverity:\nexternal:\n").unwrap().rules.select, []);
}

#[test]
fn what_is_external_is_named_by_patterns() {
    let text = "external:\n  serviceAccounts: [monitoring/*, ci/deployer]\n  roles: ['*/reader']\n  clusterRoles: [cert-*]\n  groups: ['oidc:*', ops]\n";
    let config = parse_bytes(text.as_bytes()).unwrap();
    let external = &config.external;
    assert!(external.has_service_account("monitoring", "x") && external.has_service_account("ci", "deployer"));
    assert!(!external.has_service_account("ci", "x") && !external.has_service_account("monitoring", "x/y"));
    assert!(external.has_role("a", "reader") && !external.has_role("a", "writer"));
    assert!(external.has_group("ops") && external.has_group("oidc:team/a") && !external.has_group("op"));
    assert!(external.has_cluster_role("cert-view") && !external.has_cluster_role("view"));
}

#[test]
fn words_of_a_wrong_form_are_refused() {
    let pair = &["write it as `monitoring/prometheus`; `*` stands for any part of a name"];
    let severity = &["such as `{job-missing-backoff-limit: info}`"];
    let rules = &["name rules, categories or `all`, such as `[hygiene, job-missing-backoff-limit]`"];
    expect(&[
        ("select: risk\n", "1:9: expected a list of names, found the string `risk`", rules),
        ("severity: [a]\n", "1:11: expected a severity for each of some rules, found a list", severity),
        ("external: {serviceAccounts: [x]}\n", "1:30: `x` is not a namespace and a name", pair),
        ("external: {serviceAccounts: [x/]}\n", "1:30: `x/` is not a namespace and a name", pair),
        (
            "external: {serviceAccount: [x/y]}\n",
            "1:12: unknown key `serviceAccount`",
            &["did you mean `serviceAccounts`?"],
        ),
    ]);
}

#[test]
fn what_is_read_is_seen_from_the_working_directory() {
    let text = b"include: [deploy, ./a/../b, 'x/*/y.yaml', '*.yaml', ../other, /srv/c, .]";
    let scope = parse_bytes(text).unwrap().scope;
    let roots = |config: &str| scope.roots(config);
    let strings = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    assert_eq!(roots("rolecall.yaml").named, strings(&["deploy", "b", "../other", "/srv/c", "."]));
    assert_eq!(
        roots("../../rolecall.yaml").named,
        strings(&["../../deploy", "../../b", "../../../other", "/srv/c", "../.."])
    );
    assert_eq!(roots("ci/rolecall.yaml").named, strings(&["ci/deploy", "ci/b", "other", "/srv/c", "ci"]));
    assert_eq!(roots("ci/rolecall.yaml").of_globs, strings(&["ci/x", "ci"]));
}

#[test]
fn all_that_is_written_comes_with_the_way_to_it() {
    let config = parse_bytes(b"failOn: info\nselect:\nclusters:\n- {name: a, paths: [x, b]}\n").unwrap();
    let (way, word) = config.written.last().unwrap();
    let key = |name: &str| Step::Key(name.to_owned());
    assert_eq!(way, &[key("clusters"), Step::Item(0), key("paths"), Step::Item(1)]);
    assert_eq!((word.text.as_str(), word.place.to_string().as_str()), ("b", "rolecall.yaml:4:24"));
    assert_eq!(config.written.len(), 4);
}
