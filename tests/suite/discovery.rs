//! Which files are read, under which names, and what is said about those that are not.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A Job with one finding, so that every file that is read shows itself.
const JOB: &str = r#"{"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "pi"}, "spec": {"backoffLimit": 2, "template": {"spec": {"containers": [{"name": "pi", "image": "perl"}], "restartPolicy": "Always"}}}}"#;

/// The same as it comes out of a chart.
const TEMPLATE: &str =
    "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: {{ .Release.Name }}\nspec: {{- toYaml .x }}\n";

/// A folder with these files; each without a text is a Job.
fn tree(files: &[(&str, &str)]) -> TempDir {
    let directory = TempDir::new().unwrap();
    for (path, text) in files {
        let path = directory.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, if text.is_empty() { JOB } else { text }).unwrap();
    }
    directory
}

fn jobs(paths: &[&str]) -> TempDir {
    tree(&paths.iter().map(|path| (*path, "")).collect::<Vec<_>>())
}

/// What one run came to.
#[derive(Debug)]
struct Run {
    code: i32,
    /// The paths of the findings, in their order.
    found: Vec<String>,
    /// `path: reason`.
    skipped: Vec<String>,
    report: Value,
    error: String,
}

fn run(directory: &Path, args: &[&str]) -> Run {
    run_with(directory, args, "")
}

fn run_with(directory: &Path, args: &[&str], stdin: &str) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolecall"));
    command.args(["lint", "-o", "json"]).args(args).current_dir(directory);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A run that ends before it reads is judged by how it ends.
    drop(child.stdin.take().unwrap().write_all(stdin.as_bytes()));
    let output = child.wait_with_output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let skipped = list(&report["summary"]["skipped"]);
    Run {
        code: output.status.code().unwrap(),
        found: list(&report["findings"]).iter().map(|finding| text(&finding["location"]["path"])).collect(),
        skipped: skipped.iter().map(|one| format!("{}: {}", text(&one["path"]), text(&one["reason"]))).collect(),
        report,
        error: String::from_utf8(output.stderr).unwrap(),
    }
}

fn rules(run: &Run) -> Vec<&str> {
    run.report["findings"].as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap()).collect()
}

#[test]
fn what_is_read_follows_from_the_arguments() {
    let tree = tree(&[
        (".gitignore", "ignored.yaml\nbuild/\n*.gen.yaml\n!keep.gen.yaml\n"),
        ("a/.gitignore", "/local.yaml\n"),
        ("a/b.yaml", ""),
        ("a/c.yml", ""),
        ("a/local.yaml", ""),
        ("a-b.yaml", ""),
        ("d/e/f.json", ""),
        ("d/notes.txt", ""),
        ("d/job.yaml.bak", ""),
        ("d/x.gen.yaml", ""),
        ("d/keep.gen.yaml", ""),
        (".hidden/x.yaml", ""),
        ("ignored.yaml", ""),
        ("build/out.yaml", ""),
    ]);
    let all = ["a/b.yaml", "a/c.yml", "a-b.yaml", "d/e/f.json", "d/keep.gen.yaml"];
    let a = &all[..2];
    let d = &all[3..];
    let cases: [(&[&str], &[&str]); 28] = [
        (&[], &all),
        (&["."], &all),
        (&["./a"], &["./a/b.yaml", "./a/c.yml"]),
        (&["a/"], a),
        (&["--filename", "a", "d"], &[a, d].concat()),
        (&["-f", "d", "-f", "a"], &[a, d].concat()),
        (&["d/notes.txt"], &["d/notes.txt"]),
        (&["ignored.yaml", ".hidden/x.yaml"], &[".hidden/x.yaml", "ignored.yaml"]),
        (&["build"], &["build/out.yaml"]),
        (&[".hidden"], &[".hidden/x.yaml"]),
        (&["--no-ignore", "build", "d"], &["build/out.yaml", "d/e/f.json", "d/keep.gen.yaml", "d/x.gen.yaml"]),
        (&["--no-ignore", "a"], &["a/b.yaml", "a/c.yml", "a/local.yaml"]),
        (&["a", "a/b.yaml", "./a/b.yaml", "d/../a/b.yaml", "a"], a),
        (&[".", "-f", "."], &all),
        (&["a/*"], a),
        (&["a/*.yml"], &a[1..]),
        (&["a/?.y*"], a),
        (&["**/*.json"], &["d/e/f.json"]),
        (&["d/**/f.json"], &["d/e/f.json"]),
        (&["[ad]"], &[a, d].concat()),
        (&["d*", "a/[bc].yaml"], &["a/b.yaml", "d/e/f.json", "d/keep.gen.yaml"]),
        (&["--exclude", "b.yaml", "a"], &a[1..]),
        (&["--exclude", "a", "--exclude", "*.json"], &["a-b.yaml", "d/keep.gen.yaml"]),
        (&["--exclude", "a/*.yml", "a"], &a[..1]),
        (&["--exclude", "./d/", "--exclude", "a-*"], a),
        (&["--exclude", "**/e/**", "d"], &["d/keep.gen.yaml"]),
        (&["--exclude", "*.yaml", "a/b.yaml", "a"], &a[1..]),
        (&["--exclude", "d", "a/b.yaml", "d/e"], &a[..1]),
    ];
    for in_repository in [false, true] {
        if in_repository {
            fs::create_dir(tree.path().join(".git")).unwrap();
        }
        for (args, expected) in cases {
            let run = run(tree.path(), args);
            assert_eq!(run.found, expected, "{args:?}, repository: {in_repository}: {}", run.error);
            assert_eq!(run.code, 1, "{args:?}");
            assert_eq!(run.report["summary"]["files"], expected.len(), "{args:?}");
        }
    }
}

#[test]
fn what_cannot_be_answered_ends_the_run_and_is_named() {
    let tree = tree(&[
        ("a.yaml", ""),
        ("empty/.keep", " "),
        ("texts/a.txt", " "),
        ("ignored.d/x.yaml", ""),
        (".gitignore", "x.yaml\n"),
    ]);
    for (args, code, named) in [
        (&["missing.yaml"][..], 2, "missing.yaml"),
        (&["a.yaml", "missing/b.yaml"], 2, "missing/b.yaml"),
        (&["-f", "a.yaml", "-f", "missing"], 2, "missing"),
        (&["empty"], 3, "empty"),
        (&["texts"], 3, "texts"),
        (&["ignored.d"], 3, "ignored.d"),
        (&["none*.yaml"], 3, "none*.yaml"),
        (&["nowhere/*.yaml"], 3, "nowhere/*.yaml"),
        (&["--exclude", "[", "a.yaml"], 2, "["),
        (&["--exclude", "a/***", "a.yaml"], 2, "a/***"),
        (&["a[.yaml"], 2, "a[.yaml"),
    ] {
        let run = run(tree.path(), args);
        assert_eq!(run.code, code, "{args:?}: {}", run.error);
        assert!(run.error.contains(&format!("`{named}`")), "{args:?}: {}", run.error);
        assert_eq!(run.report, Value::Null, "{args:?}");
    }
}

#[test]
fn paths_are_shown_as_they_were_given() {
    let tree = jobs(&["a/b.yaml", "x/c.yaml"]);
    let absolute = tree.path().join("a/b.yaml");
    let absolute = absolute.to_str().unwrap();
    let inner = tree.path().join("x");
    for (directory, argument, shown) in [
        (tree.path(), absolute, absolute),
        (&inner, "../a", "../a/b.yaml"),
        (&inner, "../a/b.yaml", "../a/b.yaml"),
        (&inner, "../a/*.yaml", "../a/b.yaml"),
        (&inner, "../*/b.yaml", "../a/b.yaml"),
    ] {
        assert_eq!(run(directory, &[argument]).found, [shown], "{argument}");
    }
}

#[test]
fn standard_input_is_a_file_like_any_other() {
    let tree = jobs(&["a.yaml"]);
    assert_eq!(run_with(tree.path(), &["-"], JOB).found, ["<stdin>"]);
    assert_eq!(run_with(tree.path(), &["-f", "-", "a.yaml", "-"], JOB).found, ["<stdin>", "a.yaml"]);
    assert_eq!(run_with(tree.path(), &["-"], "# nothing\n").code, 0);
    let empty = run_with(tree.path(), &["-"], "");
    assert!(empty.code == 3 && empty.error.contains("standard input"), "{empty:?}");
}

#[test]
fn what_is_named_and_excluded_is_told() {
    let tree = jobs(&["a/b.yaml", "c.yaml"]);
    for glob in ["b.yaml", "a/b.*", "a", "a/"] {
        let run = run(tree.path(), &["--exclude", glob, "./a/b.yaml"]);
        assert_eq!((run.code, run.skipped), (0, vec!["./a/b.yaml: excluded".to_owned()]), "{glob}");
    }
}

#[cfg(unix)]
#[test]
fn links_in_folders_are_told_and_links_that_are_named_are_followed() {
    use std::os::unix::fs::symlink;
    let tree = jobs(&["real/x.yaml", "dir/job.yaml"]);
    let dir = tree.path().join("dir");
    for (target, link) in [
        ("../real/x.yaml", "out.yaml"),
        ("job.yaml", "within.yaml"),
        ("../real", "sub"),
        (".", "loop"),
        ("nowhere", "gone.yaml"),
    ] {
        symlink(target, dir.join(link)).unwrap();
    }
    let links = ["gone.yaml", "loop", "out.yaml", "sub", "within.yaml"].map(|link| format!("dir/{link}: link"));
    let run_all = run(tree.path(), &["dir"]);
    assert_eq!((run_all.code, run_all.found), (1, vec!["dir/job.yaml".to_owned()]));
    assert_eq!(run_all.skipped, links);
    for (argument, found) in
        [("dir/out.yaml", "dir/out.yaml"), ("dir/sub", "dir/sub/x.yaml"), ("dir/within.yaml", "dir/within.yaml")]
    {
        assert_eq!(run(tree.path(), &[argument]).found, [found]);
    }
    let only_links = run(tree.path(), &["dir", "--exclude", "job.yaml"]);
    assert!(only_links.code == 3 && only_links.error.contains("links"), "{only_links:?}");
}

#[cfg(unix)]
#[test]
fn unreadable_files_are_findings_among_others_and_a_failure_alone() {
    // Neither a link to itself nor a file of more than a gigabyte can be read by anyone, whatever their rights.
    let tree = jobs(&["a.yaml", "large/b.yaml"]);
    std::os::unix::fs::symlink("self.yaml", tree.path().join("self.yaml")).unwrap();
    fs::File::create(tree.path().join("large/a.yaml")).unwrap().set_len(5 << 30).unwrap();
    for (args, found) in [
        (&["a.yaml", "self.yaml"][..], ["a.yaml", "self.yaml"]),
        (&["self.yaml", "large/b.yaml"], ["large/b.yaml", "self.yaml"]),
        (&["large"], ["large/a.yaml", "large/b.yaml"]),
    ] {
        let run = run(tree.path(), args);
        assert_eq!((run.code, &run.found[..]), (1, &found.map(str::to_owned)[..]), "{args:?}");
        assert_eq!(rules(&run).iter().filter(|rule| **rule == "file-unreadable").count(), 1, "{args:?}");
        assert_eq!(run.report["summary"]["files"], 1, "{args:?}");
    }
    for path in ["self.yaml", "large/a.yaml"] {
        let run = run(tree.path(), &[path]);
        assert_eq!(run.code, 2, "{path}");
        assert!(run.error.contains(path), "{path}: {}", run.error);
    }
}

/// Files, arguments, and what is skipped; nothing is found.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str], &'a [&'a str]);

fn expect_skipped(cases: &[Case<'_>]) {
    for (files, args, skipped) in cases {
        let run = run(tree(files).path(), args);
        assert_eq!((run.code, &run.found[..]), (0, &[][..]), "{files:?} {args:?}: {}", run.report["findings"]);
        assert_eq!(&run.skipped, skipped, "{files:?} {args:?}");
    }
}

#[test]
fn files_are_recognised_by_their_names_and_places() {
    let chart = ("Chart.yaml", "apiVersion: v2\nname: x\n");
    let quoted = "kind: Job\napiVersion: batch/v1\nmetadata: {name: '{{ x }}'}\n";
    expect_skipped(&[
        (&[("values.yaml", "job: {x: 1}\n")], &[], &["values.yaml: helm-values"]),
        (&[("values.yaml", "job: {x: 1}\n")], &["values.yaml"], &["values.yaml: helm-values"]),
        (&[("values-prod.yaml", "x: {{\n")], &[], &["values-prod.yaml: helm-values"]),
        (&[chart], &[], &["Chart.yaml: helm-chart"]),
        (&[("rolecall.yaml", "clusters:\n")], &["rolecall.yaml"], &["rolecall.yaml: own-file"]),
        (&[("t.rolecall-test.yaml", "x: 1\n")], &[], &["t.rolecall-test.yaml: own-file"]),
        (&[chart, ("templates/a.yaml", TEMPLATE)], &["templates"], &["templates/a.yaml: template"]),
        (&[chart, ("templates/x/a.yaml", quoted)], &["templates/x/a.yaml"], &["templates/x/a.yaml: template"]),
        (&[("package.json", "{\"name\": \"x\"}")], &[], &["package.json: no-object"]),
        (&[("tsconfig.json", "// x\n{\"a\": 1,}")], &[], &["tsconfig.json: no-object"]),
    ]);
}

#[test]
fn documents_are_recognised_by_what_they_hold() {
    for (text, reason) in [
        ("a: 1\n", "no-object"),
        (TEMPLATE, "template"),
        ("{% if x %}\nkind: Job\napiVersion: batch/v1\n{% endif %}\n", "template"),
        ("kind: Job\napiVersion: batch/v1\nmetadata: {name: \"{{ name }}\"}\n", "template"),
        ("kind: Job\napiVersion: batch/v1\nmetadata: {name: \"${NAME}\"}\n", "template"),
        ("kind: Job\napiVersion: batch/v1\nspec: {completions: \"${N}\"}\n", "template"),
        ("kind: ${KIND}\napiVersion: batch/v1\n", "template"),
        ("$patch: delete\nkind: Job\napiVersion: batch/v1\n", "fragment"),
        ("kind: Job\napiVersion: batch/v1\nspec: {x: [{\"$patch\": replace}]}\n", "fragment"),
        ("kind: Service\napiVersion: v1\n", "other-kind"),
    ] {
        expect_skipped(&[(&[("a.yaml", text)], &[], &[&format!("a.yaml: {reason}")])]);
    }
}

#[test]
fn patches_of_kustomizations_are_fragments_whoever_names_them() {
    let patch = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: pi}\nspec: {completions: 3}\n";
    let listed = ("k/kustomization.yaml", "patches: [{path: p.yaml}, {patch: \"a: 1\\nb: 2\\n\"}]\n");
    let strategic = ("k/Kustomization", "patchesStrategicMerge: [./x/p.yaml]\n");
    let json = ("k/kustomization.yml", "patchesJson6902: [{target: {kind: Job, name: pi}, path: ../p.yaml}]\n");
    let component = ("c/kustomization.yaml", "kind: Component\npatches: [{path: p.yaml}]\n");
    let with_component = ("k/kustomization.yaml", "components: [../c, p.yaml]\n");
    let broken = ("k/kustomization.yaml", "x: [\n---\npatches: 1\n");
    expect_skipped(&[
        (&[listed, ("k/p.yaml", patch)], &[], &["k/kustomization.yaml: kustomization", "k/p.yaml: fragment"]),
        (&[listed, ("k/p.yaml", patch)], &["k/p.yaml"], &["k/p.yaml: fragment"]),
        (&[strategic, ("k/x/p.yaml", patch)], &["k/x/p.yaml"], &["k/x/p.yaml: fragment"]),
        (&[json, ("p.yaml", patch)], &["."], &["k/kustomization.yml: kustomization", "p.yaml: fragment"]),
        (&[with_component, ("k/p.yaml", patch)], &["k/p.yaml"], &["k/p.yaml: fragment"]),
        (&[component, ("c/p.yaml", patch)], &["c"], &["c/kustomization.yaml: kustomization", "c/p.yaml: fragment"]),
        (&[broken], &[], &["k/kustomization.yaml: kustomization"]),
    ]);
}

#[test]
fn a_manifest_is_not_taken_for_anything_else() {
    let job = format!("# {{{{ a comment }}}}\n{JOB}");
    let image = JOB.replace("perl", "perl:${TAG}");
    let cases: [&[(&str, &str)]; 7] = [
        &[("job.yaml", &job)],
        &[("job.yaml", &image)],
        &[("Chart.yaml", "name: x\n"), ("templates/job.yaml", "")],
        &[("Chart.yaml", "name: x\n"), ("crds/job.yaml", "")],
        &[("kustomization.yaml", "resources: [job.yaml]\n"), ("job.yaml", "")],
        &[("kustomization.yaml", "patches: [{path: other.yaml}]\n"), ("job.yaml", "")],
        &[("my-values.yaml/job.yaml", "")],
    ];
    for files in cases {
        let run = run(tree(files).path(), &[]);
        assert_eq!(rules(&run), ["job-restart-policy-always"], "{files:?}: {:?}", run.skipped);
    }
}

#[test]
fn objects_without_a_namespace_live_in_the_default_one() {
    let tree = jobs(&["a.yaml"]);
    for (args, namespace) in [(&[][..], "default"), (&["--default-namespace", "team"], "team")] {
        assert_eq!(run(tree.path(), args).report["findings"][0]["object"]["namespace"], namespace);
    }
}

#[test]
fn the_counts_of_a_summary_add_up() {
    let run = run(Path::new(env!("CARGO_MANIFEST_DIR")), &["testdata/platform"]);
    let summary = &run.report["summary"];
    let number = |name: &str| usize::try_from(summary[name].as_u64().unwrap()).unwrap();
    let severities = number("errors") + number("warnings") + number("infos");
    assert_eq!(severities, run.found.len());
    let broken = rules(&run).iter().filter(|rule| **rule == "file-syntax-error").count();
    assert!(broken > 0 && run.skipped.len() > 5, "the platform is somewhere else");
    // A definition of resources is analysed, and its schemas are told as skipped.
    let schemas = run.skipped.iter().filter(|skipped| skipped.ends_with(": schema")).count();
    assert_eq!(number("documents"), number("analysed") + run.skipped.len() - schemas + broken);
    let (mut files, mut folders) = (0, vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/platform")]);
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            files += usize::from(path.extension().is_some_and(|end| end == "yaml" || end == "yml" || end == "json"));
            folders.extend(path.is_dir().then_some(path));
        }
    }
    assert_eq!(number("files"), files);
}
