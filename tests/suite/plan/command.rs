//! What is planned, with which read set, and how it ends.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{cron_job, job, plan};
use crate::scratch::run;

fn platform() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/plan")
}

#[test]
fn one_job_is_chosen_by_its_name() {
    for (target, expected) in [
        ("jobs.yaml:import", &["Job shop/import"][..]),
        ("jobs.yaml:shop/report", &["CronJob shop/report"]),
        ("./jobs.yaml:shop/report", &["CronJob shop/report"]),
    ] {
        let run = run(&platform(), &["plan", target]);
        assert_eq!(run.code, 0, "{}", run.error);
        let heads: Vec<_> = run.out.lines().filter(|line| line.contains("Job shop/")).collect();
        assert_eq!(heads.len(), expected.len(), "{}", run.out);
        assert!(heads.iter().zip(expected).all(|(head, expected)| head.starts_with(expected)), "{heads:?}");
    }
    let two = run(&platform(), &["plan", "jobs.yaml:import", "jobs.yaml:sync"]);
    assert!(two.out.contains("Job shop/import") && two.out.contains("CronJob shop/sync"), "{}", two.out);
}

#[test]
fn names_that_are_not_there_are_answered_with_those_that_are() {
    for target in ["jobs.yaml:imports", "jobs.yaml:other/import"] {
        let run = run(&platform(), &["plan", target]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.error.contains("there is no Job or CronJob `"), "{}", run.error);
        let known = if target.contains('/') {
            "there are `shop/broken`, `shop/import`"
        } else {
            "there are `broken`, `import`"
        };
        assert!(run.error.contains(known), "{}", run.error);
    }
    let beside = run(&platform(), &["plan", "jobs.yaml:import", "jobs.yaml:imports"]);
    assert_eq!(beside.code, 2);
    let nowhere = run(&platform(), &["plan", "nowhere.yaml:import"]);
    assert_eq!(nowhere.code, 2);
    assert!(nowhere.error.contains("`nowhere.yaml:import` does not exist"), "{}", nowhere.error);
    let none = run(&platform(), &["plan", "rbac.yaml"]);
    assert_eq!(none.code, 2);
    assert!(none.error.contains("there is no Job or CronJob in `rbac.yaml`"), "{}", none.error);
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(run(empty.path(), &["plan"]).code, 3);
}

#[test]
fn a_name_of_standard_input_and_one_that_is_made_up_are_found() {
    let manifests = job("", "Never").replace("name: job,", "generateName: load-,") + "---\n" + &job("", "Never");
    for (target, head) in
        [("-:job", "Job shop/job  "), ("-:shop/load-", "Job shop/load-*  "), ("-:load-*", "Job shop/load-*  ")]
    {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rolecall"));
        let child = child.args(["plan", target]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = child.spawn().unwrap();
        child.stdin.take().unwrap().write_all(manifests.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let (out, error) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
        assert!(out.starts_with(head), "{target}: {out}{error}");
        assert_eq!(out.matches("pod has to succeed").count(), 1, "{out}");
    }
}

#[test]
fn a_version_that_is_not_served_any_more_is_planned_as_what_it_means() {
    let old = cron_job("0 0 * * *", "").replace("batch/v1", "batch/v1beta1");
    for text in
        [old.clone(), old.replace("batch/v1beta1", "\"batch/v1beta1\" # old"), job("", "Never") + "---\n" + &old]
    {
        let run = plan(&text, &[]);
        assert_eq!(run.code, 0, "{}{}", run.out, run.error);
        let note =
            "note: the API server refuses it since Kubernetes 1.25, which does not serve `batch/v1beta1` any more: it";
        let out = run.out.replace("\n  ", " ");
        assert!(out.contains("CronJob shop/nightly") && out.contains(note), "{}", run.out);
        assert!(out.contains("Runs as         ServiceAccount shop/default"), "{}", run.out);
    }
    assert_eq!(super::planned(&old, &[])["outdated"], "batch/v1beta1");
    assert_eq!(super::planned(&cron_job("0 0 * * *", ""), &[]).get("outdated"), None);
}

#[test]
fn faults_name_their_fields() {
    let run = plan(&job("completions: 1.5, backofLimit: 1", "Never"), &[]);
    assert!(
        run.out.contains("\n  - spec.completions: expected a whole number, found the number `1.5`\n"),
        "{}",
        run.out
    );
    assert!(run.out.contains("\n  - unknown field \"spec.backofLimit\"\n"), "{}", run.out);
}

#[test]
fn what_is_not_rendered_is_told_once() {
    let directory = tempfile::tempdir().unwrap();
    let chart = directory.path().join("chart/templates");
    fs::create_dir_all(&chart).unwrap();
    fs::write(directory.path().join("chart/Chart.yaml"), "name: c\n").unwrap();
    fs::write(chart.join("job.yaml"), "kind: Job\nmetadata: {name: {{ .Release.Name }}}\n").unwrap();
    fs::write(directory.path().join("job.yaml"), job("", "Never")).unwrap();
    let both = run(directory.path(), &["plan"]);
    let told = format!("{}{}", both.out, both.error);
    assert_eq!((both.code, told.matches("1 template").count()), (0, 1), "{told}");
    let none = run(directory.path(), &["plan", "chart"]);
    assert!(
        none.error.contains("1 template is not planned: render it first, such as with `helm template`"),
        "{}",
        none.error
    );
}

#[test]
fn refused_jobs_have_no_plan() {
    let run = plan(&job("backoffLimit: -1", "Always"), &[]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("refused: the API server does not take it"), "{}", run.out);
    assert!(
        run.out.contains("- spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("All fail"), "{}", run.out);
    let unknown = plan(&job("backofLimit: 1", "Never"), &[]);
    assert_eq!(unknown.code, 1);
    assert!(unknown.out.contains("- unknown field \"spec.backofLimit\""), "{}", unknown.out);
    let typed = plan(&job("backoffLimit: many", "Never"), &[]);
    assert_eq!(typed.code, 1);
    assert!(typed.out.contains("refused"), "{}", typed.out);
}

#[test]
fn identities_come_from_the_working_directory_and_from_beside_the_file() {
    let mut outs = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = platform().join("jobs.yaml:import");
    let elsewhere = tempfile::tempdir().unwrap();
    for (directory, target) in [
        (platform(), "jobs.yaml:import"),
        (root.join("testdata/plan/.."), "plan/jobs.yaml:import"),
        (elsewhere.path().to_owned(), file.to_str().unwrap()),
    ] {
        let run = run(&directory, &["plan", target]);
        assert_eq!(run.code, 0, "{}", run.error);
        outs.push(run.out);
    }
    for out in outs {
        assert!(out.contains("ServiceAccount shop/importer; its token is mounted\n"), "{out}");
        assert!(out.contains("in namespace shop: get/list/watch configmaps; get secrets (only import-token)"), "{out}");
        assert!(out.contains("rolecall permissions shop:importer"), "{out}");
    }
    let alone = run(&platform(), &["plan", "jobs.yaml:import", "-f", "jobs.yaml"]);
    assert!(alone.out.contains("it is not in what was read"), "{}", alone.out);
    let token = run(&platform(), &["plan", "jobs.yaml:migrate"]);
    assert!(token.out.contains("ServiceAccount shop/default; its token is not mounted"), "{}", token.out);
}

#[test]
fn standard_input_is_planned_with_what_stands_beside_it() {
    let manifests = ["jobs.yaml", "rbac.yaml"].map(|name| fs::read_to_string(platform().join(name)).unwrap());
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolecall"));
    command.args(["plan", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(manifests.join("---\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "one of them is refused: {out}");
    assert!(out.contains("CronJob shop/report  <stdin>:"), "{out}");
    assert!(out.contains("in namespace shop: get/list/watch configmaps"), "{out}");
}

#[test]
fn templates_and_fragments_are_told_and_not_planned() {
    let directory = tempfile::tempdir().unwrap();
    let template = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: '{{ .Release.Name }}'}\nspec: {}\n";
    fs::write(directory.path().join("template.yaml"), template).unwrap();
    let alone = run(directory.path(), &["plan", "template.yaml"]);
    assert_eq!(alone.code, 2);
    assert!(alone.error.contains("1 template is not planned: render"), "{}", alone.error);
    fs::write(directory.path().join("job.yaml"), job("", "Never")).unwrap();
    let all = run(directory.path(), &["plan"]);
    assert_eq!(all.code, 0);
    assert!(all.out.contains("Job shop/job"), "{}", all.out);
    assert!(all.out.contains("note: 1 template was not read: render it"), "{}", all.out);
    let json = run(directory.path(), &["plan", "-o", "json"]);
    assert!(json.error.contains("note: 1 template is not planned"), "{}", json.error);
}

#[test]
fn times_that_cannot_be_read_are_refused() {
    for args in
        [["--duration", "0s"], ["--duration", "fast"], ["--duration", "-5m"], ["--from", "tomorrow"], ["--count", "0"]]
    {
        let run = run(
            &platform(),
            &["plan", "jobs.yaml:import", args[0], args[1]].map(str::to_owned).each_ref().map(String::as_str),
        );
        assert_eq!(run.code, 2, "{args:?}: {}", run.error);
    }
}

#[test]
fn what_manifests_say_cannot_act_on_a_terminal() {
    let manifest = job("managedBy: \"example.com/q\\e[31m\"", "Never").replace("name: job", "name: \"j\\e[2Jb\"");
    for args in [&[][..], &["-o", "json"]] {
        let run = plan(&manifest, args);
        assert!(!run.out.contains('\u{1b}') && !run.error.contains('\u{1b}'), "{}", run.out);
    }
}
