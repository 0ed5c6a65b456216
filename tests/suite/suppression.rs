//! What manifests say is not to be told: by which comment or annotation, how far it reaches, and what does not keep.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use rolecall::diagnostic::Finding;
use rolecall::lint::{Profile, Report, Selection, Settings, Target, lint};
use rolecall::manifest::Options;
use tempfile::TempDir;

use crate::scratch;

fn report(name: &str, text: &str, settings: &Settings) -> Report {
    let (_directory, inputs) = scratch::file(name, text.as_bytes());
    lint(&inputs, &Options::default(), settings).unwrap()
}

fn settings(profile: Profile) -> Settings {
    Settings { selection: Selection::of(profile), ..Settings::default() }
}

/// What is told, as `rule:line`, and behind a bar what is not.
fn lines(report: &Report) -> String {
    let line =
        |finding: &Finding| format!("{}:{} ", finding.rule, report.read_set.sources.locate(finding.span).start.line);
    let told: String = report.findings.iter().map(line).collect();
    let suppressed: String = report.suppressed.iter().map(line).collect();
    format!("{told}| {suppressed}").trim().to_owned()
}

fn told(text: &str) -> String {
    lines(&report("job.yaml", text, &settings(Profile::Default)))
}

/// The message and the help of the only finding of a rule.
fn words(rule: &str, text: &str) -> (String, String) {
    let report = report("job.yaml", text, &settings(Profile::Pedantic));
    let mut found = report.findings.into_iter().filter(|finding| finding.rule == rule);
    let finding = found.next().unwrap_or_else(|| panic!("no {rule} in\n{text}"));
    assert_eq!(found.next(), None);
    (finding.message, finding.help.unwrap_or_default())
}

/// A Job with no `backoffLimit` (line 4), `parallelism: 0` (line 5) and `restartPolicy: Always` (line 8), with a comment
/// at the end of some lines.
fn job(comments: &[(usize, &str)]) -> String {
    let lines = [
        "apiVersion: batch/v1",
        "kind: Job",
        "metadata: {name: import}",
        "spec:",
        "  parallelism: 0",
        "  template:",
        "    spec:",
        "      restartPolicy: Always",
        "      containers:",
        "        - name: import",
        "          image: registry.example/import:1.0",
    ];
    let mut text = String::new();
    for (number, line) in (1..).zip(lines) {
        let comment = comments.iter().find(|(at, _)| *at == number).map_or("", |(_, comment)| comment);
        writeln!(text, "{}", format!("{line} {comment}").trim_end()).unwrap();
    }
    text
}

/// The same with a comment on a line of its own above one of its lines, indented as that is.
fn job_above(number: usize, comment: &str) -> String {
    let mut text = String::new();
    for (at, line) in (1..).zip(job(&[]).lines()) {
        if at == number {
            writeln!(text, "{}{comment}", " ".repeat(line.len() - line.trim_start().len())).unwrap();
        }
        writeln!(text, "{line}").unwrap();
    }
    text
}

#[test]
fn without_comments_all_is_told() {
    assert_eq!(told(&job(&[])), "job-missing-backoff-limit:4 job-parallelism-zero:5 job-restart-policy-always:8 |");
}

#[test]
fn a_comment_at_the_end_of_a_line_is_about_the_line() {
    let text = job(&[
        (4, "# rolecall: ignore[job-missing-backoff-limit] it must not fail"),
        (5, "# the operator raises it # rolecall: ignore[job-parallelism-zero]"),
    ]);
    let rest = "job-restart-policy-always:8 | job-missing-backoff-limit:4 job-parallelism-zero:5";
    assert_eq!(told(&text), rest);
    assert_eq!(told(&text.replace('\n', "\r\n")), rest, "with CRLF");
    assert_eq!(told(&format!("\u{feff}{text}")), rest, "with a byte order mark");
    // Not about what begins there.
    let text = job(&[(4, "# rolecall: ignore[job-parallelism-zero] x")]);
    let all = "job-missing-backoff-limit:4 ignore-unused:4 job-parallelism-zero:5 job-restart-policy-always:8 |";
    assert_eq!(told(&text), all);
}

#[test]
fn a_comment_on_a_line_of_its_own_is_about_what_begins_below_it() {
    for (line, comment, expected) in [
        // One key with its value.
        (
            5,
            "ignore[job-parallelism-zero] x",
            "job-missing-backoff-limit:4 job-restart-policy-always:9 | job-parallelism-zero:6",
        ),
        // A key with a block below.
        (
            4,
            "ignore[job-parallelism-zero, job-restart-policy-always] x",
            "job-missing-backoff-limit:5 | job-parallelism-zero:6 job-restart-policy-always:9",
        ),
        // The first line of a document: all of it. Whether anything of a category is found can be told only where all of
        // its rules are applied.
        (
            1,
            "ignore[invalid,job-parallelism-zero,risk] x",
            "job-missing-backoff-limit:5 | job-parallelism-zero:6 job-restart-policy-always:9",
        ),
        // The first key of a block is not the block.
        (
            5,
            "ignore[job-restart-policy-always] x",
            "job-missing-backoff-limit:4 ignore-unused:5 job-parallelism-zero:6 job-restart-policy-always:9 |",
        ),
    ] {
        let text = job_above(line, &format!("# rolecall: {comment}"));
        assert_eq!(told(&text), expected, "{text}");
        assert_eq!(told(&text.replace('\n', "\r\n")), expected, "with CRLF: {text}");
        // Other comments and empty lines may stand between.
        let moved = text.replace(" x\n", " x\n\n# and then\n");
        let words = |text: &str| text.chars().filter(|letter| !letter.is_numeric()).collect::<String>();
        assert_eq!(words(&told(&moved)), words(expected), "{moved}");
    }
}

#[test]
fn entries_of_lists_are_covered_whole() {
    let role = |comment: &str| {
        format!(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {{name: a, namespace: b}}\nrules:\n  \
             {comment}\n  - verbs: [get]\n    apiGroups: [apps]\n    resources: [pods]\n  - verbs: [get]\n    \
             apiGroups: [apps]\n    resources: [secrets]\n"
        )
    };
    let found = told(&role("#"));
    assert_eq!(found, "role-wrong-api-group:8 role-wrong-api-group:11 |");
    let found = told(&role("# rolecall: ignore[role-wrong-api-group] not yet"));
    assert_eq!(found, "role-wrong-api-group:11 | role-wrong-api-group:8");
}

#[test]
fn a_file_is_covered_from_its_first_comments() {
    let all = "| job-missing-backoff-limit:8 job-parallelism-zero:9 job-restart-policy-always:12";
    let names = "ignore-file[job-missing-backoff-limit, job-parallelism-zero,job-restart-policy-always] x";
    let file = format!("# Imports.\n\n# rolecall: {names}\n---\n{}", job(&[]));
    assert_eq!(told(&file), all);
    assert_eq!(told(&file.replace('\n', "\r\n")), all, "with CRLF");
    // Each document, whatever others come to.
    let several = format!("{file}---\nspec: [\n---\n{}", job(&[]));
    assert_eq!(told(&several).matches("job-").count(), 6);
    assert!(told(&several).starts_with("file-syntax-error:") && told(&several).matches(" | job-").count() == 1);
    // Not from elsewhere.
    let (message, _) = words("ignore-malformed", &job_above(5, &format!("# rolecall: {names}")));
    assert!(message.ends_with("what is for the whole file stands in its first comments"), "{message}");
}

#[test]
fn a_comment_before_a_document_is_about_the_document() {
    let text = format!("# rolecall: ignore[job-parallelism-zero] x\n---\n{}---\n{}", job(&[]), job(&[]));
    assert_eq!(told(&text).matches("job-parallelism-zero").collect::<Vec<_>>().len(), 2);
    assert!(told(&text).ends_with("| job-parallelism-zero:7"), "{}", told(&text));
}

#[test]
fn text_is_no_comment() {
    let text = job(&[])
        + "          args:\n            - |\n              # rolecall: ignore[job-suspended] x\n              \
                           echo '# rolecall: ignore'\n            - '# rolecall: ignore[no-rule]'\n";
    assert_eq!(told(&text), told(&job(&[])));
}

#[test]
fn annotations_are_about_their_object() {
    let named = "rolecall.dev/ignore";
    let annotated = |value: &str| {
        let metadata = format!("metadata: {{name: import, annotations: {{{named}: {value}}}}}");
        job(&[]).replace("metadata: {name: import}", &metadata)
    };
    let text = annotated("'job-parallelism-zero, job-missing-backoff-limit -- the operator does'");
    assert_eq!(told(&text), "job-restart-policy-always:8 | job-missing-backoff-limit:4 job-parallelism-zero:5");
    assert_eq!(told(&annotated("cronjob-never-fires")), told(&annotated("''")).replace("malformed", "unused"));
    let entry = |text: &str| format!("  - {}\n", text.trim_end().replace('\n', "\n    "));
    let list = entry(&annotated("job-parallelism-zero")) + &entry(&job(&[]));
    let found = told(&format!("apiVersion: v1\nkind: List\nitems:\n{list}"));
    assert_eq!(found.matches("job-parallelism-zero").count(), 2);
    assert!(found.ends_with("| job-parallelism-zero:8"), "{found}");
    // What is made by a Job, and not the Job.
    let template = format!("  template:\n    metadata: {{annotations: {{{named}: 'all'}}}}\n");
    let found = told(&job(&[]).replace("  template:\n", &template));
    assert_eq!(found, "job-missing-backoff-limit:4 job-parallelism-zero:5 | job-restart-policy-always:9");
}

#[test]
fn annotations_are_read_in_json() {
    let json = r#"{"apiVersion": "batch/v1", "kind": "Job",
        "metadata": {"name": "import", "annotations": {"rolecall.dev/ignore": "job-parallelism-zero, no-such"}},
        "spec": {"parallelism": 0, "backoffLimit": 1, "template": {"spec": {"restartPolicy": "Never",
        "containers": [{"name": "import", "image": "registry.example/import:1.0", "args": ["\/"]}]}}}}"#;
    let report = report("job.json", json, &settings(Profile::Default));
    assert_eq!(lines(&report), "ignore-unknown-rule:2 | job-parallelism-zero:3");
    assert_eq!(json[report.findings[0].span.range()].to_owned(), "no-such");
    assert_eq!(report.findings[0].object.as_ref().unwrap().name, "import");
}

#[test]
fn each_name_is_judged_by_itself() {
    let comment =
        "# rolecall: ignore[job-suspended, job-parallelism-zero, JOB-Parallelism-Zero, job-paralelism-zero] x";
    let text = job(&[(5, comment)]);
    let report = report("job.yaml", &text, &settings(Profile::Pedantic));
    let about = report.findings.iter().filter(|finding| finding.rule.starts_with("ignore-"));
    let about: Vec<_> = about.map(|finding| (finding.rule, &text[finding.span.range()])).collect();
    let expected = [
        ("ignore-unused", "job-suspended"),
        ("ignore-unused", "JOB-Parallelism-Zero"),
        ("ignore-unknown-rule", "job-paralelism-zero"),
    ];
    assert_eq!(about, expected);
    assert_eq!(words("ignore-unknown-rule", &text).1, "did you mean `job-parallelism-zero`?");
    // A rule that is not applied cannot tell.
    assert!(!told(&text).contains("job-suspended") && told(&text).matches("ignore-unused").count() == 1);
    let mut without = settings(Profile::Pedantic);
    without.selection.set(Target::parse("job-parallelism-zero").unwrap(), false);
    let report = self::report("job.yaml", &text, &without);
    assert_eq!(lines(&report).matches("ignore-unused").count(), 1);
}

#[test]
fn what_a_higher_profile_would_tell_is_no_reason_to_remove_a_comment() {
    // Of a role that nobody has, this is told in an audit.
    let text = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\nrules:\n  - verbs: [get]\n    \
                apiGroups: ['']\n    resources: [secrets] # rolecall: ignore[role-reads-secrets] x\n";
    assert_eq!(told(text), "|");
    assert_eq!(lines(&report("a.yaml", text, &settings(Profile::Audit))).matches("| role-reads-secrets:7").count(), 1);
    let elsewhere = text.replace("secrets] #", "configmaps] #");
    let report = report("a.yaml", &elsewhere, &settings(Profile::Default));
    assert_eq!(lines(&report), "ignore-unused:7 |");
    assert_eq!(report.findings[0].severity.name(), "info", "with other files it may be found");
}

#[test]
fn rules_about_several_objects_are_ignored_at_their_own_place() {
    let binding = |at_binding: &str, at_role: &str| {
        format!(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {{name: a, namespace: b}}\nroleRef:\n  \
             apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: raeder{at_binding}\nsubjects:\n- kind: User\n  \
             apiGroup: rbac.authorization.k8s.io\n  name: jane\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\n\
             metadata:\n  name: reader{at_role}\n  namespace: b\nrules: [{{verbs: [get], apiGroups: [''], resources: [pods]}}]\n"
        )
    };
    let comment = " # rolecall: ignore[binding-dangling-role] x";
    assert_eq!(told(&binding("", "")), "binding-dangling-role:7 |");
    assert_eq!(told(&binding(comment, "")), "| binding-dangling-role:7");
    assert_eq!(told(&binding("", comment)), "binding-dangling-role:7 ignore-unused:16 |");
}

#[test]
fn suppressions_cannot_be_suppressed() {
    let text = job(&[(5, "# rolecall: ignore[job-parallelism-zero, ignore-unused, job-starved, meta] x")]);
    let report = report("job.yaml", &text, &settings(Profile::Default));
    let about = report.findings.iter().filter(|finding| finding.rule.starts_with("ignore-"));
    let about: Vec<_> = about.map(|finding| (finding.rule, &text[finding.span.range()])).collect();
    let expected =
        [("ignore-unused", "ignore-unused"), ("ignore-unknown-rule", "job-starved"), ("ignore-unused", "meta")];
    assert_eq!(about, expected);
    let mut without = settings(Profile::Default);
    without.selection.set(Target::parse("meta").unwrap(), false);
    assert!(!lines(&self::report("job.yaml", &text, &without)).contains("ignore-"));
}

#[test]
fn reasons_are_asked_for_in_pedantic_runs() {
    let text = job(&[(5, "# rolecall: ignore[job-parallelism-zero] # yamllint disable-line")]);
    assert!(!told(&text).contains("ignore-"));
    assert_eq!(words("ignore-without-reason", &text).0, "this does not say why");
}

#[test]
fn what_is_not_analysed_is_not_judged() {
    let comment = "# rolecall: ignore[job-suspended] x";
    let other =
        format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata: {{}} {comment}\n---\n{}", job(&[]));
    let found = lines(&report("job.yaml", &other, &settings(Profile::Pedantic)));
    assert!(found.contains("job-parallelism-zero") && !found.contains("ignore-"), "{found}");
    let template = format!("apiVersion: batch/v1\nkind: Job\nmetadata: {{name: '{{{{ .Name }}}}'}} {comment}\n");
    assert_eq!(lines(&report("job.yaml", &template, &settings(Profile::Pedantic))), "|");
}

#[test]
fn without_ignores_it_is_as_if_there_were_none() {
    let text = job(&[
        (4, "# rolecall: ignore"),
        (5, "# rolecall: ignore[job-parallelism-zero,job-suspended,no-such]"),
        (7, "# rolecall: ignore[all]"),
    ]);
    for profile in Profile::ALL {
        let all = Settings { suppressions: false, ..settings(profile) };
        let found = |text: &str| lines(&report("job.yaml", text, &all));
        assert_eq!(found(&text), found(&job(&[])));
    }
}

#[test]
fn runs_say_how_much_is_suppressed() {
    let directory = TempDir::new().unwrap();
    let comments = [(4, "# rolecall: ignore[hygiene] x"), (5, "# rolecall: ignore[job-parallelism-zero] y")];
    fs::write(directory.path().join("job.yaml"), job(&comments)).unwrap();
    let run = |args: &[&str]| scratch::run(directory.path(), &[&["lint"], args].concat());
    let summary = |run: &scratch::Run| run.error.lines().next().unwrap_or_default().to_owned();
    let concise = run(&["-o", "concise"]);
    assert_eq!((concise.code, concise.out.lines().count()), (1, 1));
    assert_eq!(summary(&concise), "1 error, 2 suppressed in 1 file (1 of 1 document analysed)");
    let concise = run(&["-o", "concise", "--ignore", "invalid"]);
    assert_eq!(concise.code, 0);
    assert_eq!(summary(&concise), "no findings, 2 suppressed in 1 file (1 of 1 document analysed)");
    let all = run(&["-o", "concise", "--no-ignores"]);
    assert_eq!(summary(&all), "1 error, 2 warnings in 1 file (1 of 1 document analysed)");
    let json: serde_json::Value = serde_json::from_str(&run(&["-o", "json"]).out).unwrap();
    assert_eq!((&json["summary"]["suppressed"], &json["summary"]["warnings"]), (&2.into(), &0.into()));
    assert_eq!(json["findings"].as_array().unwrap().len(), 1);
}

#[test]
fn what_is_told_keeps_its_fingerprint() {
    let fingerprints = |text: &str| -> BTreeSet<u64> {
        let report = report("job.yaml", text, &settings(Profile::Default));
        report.findings.iter().chain(&report.suppressed).map(|finding| finding.fingerprint).collect()
    };
    assert_eq!(fingerprints(&job(&[])), fingerprints(&job_above(4, "# rolecall: ignore[job-parallelism-zero] x")));
}

#[test]
fn many_comments_are_all_heeded() {
    // Those on lines of their own are all about the last entry.
    let mut text =
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: a, namespace: b}\nrules:\n".to_owned();
    for _ in 0..2_000 {
        text += "- {verbs: [get], apiGroups: [apps], resources: [pods]} # rolecall: ignore[role-wrong-api-group] x\n";
    }
    text += &"# rolecall: ignore[role-wrong-api-group] x\n".repeat(2_000);
    text += "- {verbs: [get], apiGroups: [apps], resources: [pods]}\n";
    let (_directory, inputs) = scratch::file("role.yaml", text.as_bytes());
    let report = lint(&inputs, &Options::default(), &Settings::default()).unwrap();
    assert_eq!(report.suppressed.len(), 2_001);
    let unused = report.findings.iter().filter(|finding| finding.rule == "ignore-unused").count();
    assert_eq!(unused, 1_999);
}
