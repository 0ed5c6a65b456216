//! Answers as people read them: headings, lines of files, and what is cut.

use super::{DEPLOYER, ROLES, run, with_one};

const JANE: [&str; 2] = ["--as", "jane"];

fn ask(text: &str, question: &[&str]) -> String {
    run(text, &[&["can-i"], question, &JANE].concat()).1
}

fn bound(role: &str) -> String {
    format!(
        "---\nkind: ClusterRoleBinding\napiVersion: rbac.authorization.k8s.io/v1\nmetadata: {{name: b}}\n\
         roleRef: {{kind: ClusterRole, name: {role}}}\nsubjects: [{{kind: User, name: jane}}]\n"
    )
}

#[test]
fn a_rule_that_is_taken_in_is_that_of_its_own_role() {
    let output = ask(&bound("edit"), &["get", "pods"]);
    assert!(
        output.contains("ClusterRoleBinding b → ClusterRole edit → rule 1 of ClusterRole system:aggregate-to-"),
        "{output}"
    );
    let output = ask(&bound("view"), &["delete", "pods"]);
    assert!(
        output.contains("ClusterRoleBinding b → ClusterRole view → rule 1 of ClusterRole system:aggregate-to-view"),
        "{output}"
    );
}

#[test]
fn everything_is_asked_for_in_words() {
    for (question, words) in [
        (["*", "*"], "User jane may not do everything with all resources of the core group in namespace default."),
        (["get", "*.apps"], "User jane may not get all resources of apps in namespace default."),
        (["*", "*.*"], "User jane may not do everything with all resources of all groups in namespace default."),
        (["*", "pods"], "User jane may not do everything with pods in namespace default."),
        (["get", "pods"], "User jane may not get pods in namespace default."),
    ] {
        let output = ask("kind: ConfigMap\napiVersion: v1\n", &question);
        assert!(output.contains(words), "{output}");
    }
}

#[test]
fn definitions_in_one_file_are_no_clusters() {
    let differing = [with_one("[get]"), with_one("[get, list]")].join("---");
    let question = ["can-i", "get", "secrets", "--serviceaccount", "ci:deployer", "-n", "prod"];
    let output = run(&differing, &question).1;
    assert!(
        output.contains("help: of several definitions in one file `kubectl apply` has the last one win"),
        "{output}"
    );
    assert!(!output.contains("clusters"), "{output}");
}

#[test]
fn a_long_line_is_shown_around_what_matters() {
    let rule = r#"{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}"#;
    let json = |before: usize, after: usize| {
        format!(
            r#"{{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{{"name":"r","annotations":{{"x":"{}"}}}},"rules":[{rule}],"aggregationRule":null, "z":"{}"}}"#,
            "ü".repeat(before),
            "z".repeat(after)
        )
    };
    for (before, after) in [(200, 0), (200, 300), (60, 300), (0, 0)] {
        let text = json(before, after) + "\n" + &bound("r");
        let output = ask(&text, &["list", "pods"]);
        let lines: Vec<_> = output.lines().collect();
        let at =
            lines.iter().position(|line| line.contains(r#""verbs":["get"]"#)).unwrap_or_else(|| panic!("{output}"));
        let (shown, carets) = (lines[at], lines[at + 1]);
        assert!(shown.chars().count() <= 160 + 10, "{shown}");
        let marked: String =
            shown.chars().zip(carets.chars()).filter(|(_, caret)| *caret == '^').map(|(c, _)| c).collect();
        assert_eq!(marked, "\"get\"", "{shown}\n{carets}");
        assert_eq!(shown.ends_with('…'), after > 0, "{shown}");
    }
    let cut = ask(&(json(200, 300) + "\n" + &bound("r")), &["list", "pods"]);
    assert!(cut.lines().any(|line| line.starts_with("    1 │ …")), "{cut}");
}

#[test]
fn lines_that_are_left_out_are_not_forgotten() {
    let verbs: Vec<_> = (0..20).map(|number| format!("\n  - verb{number}")).collect();
    let verbs = verbs.concat();
    let text = format!(
        "kind: ClusterRole\napiVersion: rbac.authorization.k8s.io/v1\nmetadata: {{name: r}}\nrules:\n- apiGroups: ['']\n  \
         resources: [pods]\n  verbs:{verbs}\n{}",
        bound("r")
    );
    let output = ask(&text, &["get", "pods"]);
    assert!(output.contains("\n    14 │   - verb6\n       ⋮\n\n"), "{output}");
}

#[test]
fn many_missing_roles_take_a_line_each() {
    let text = ROLES.replace("RULE", "{}").replace("SUBJECT", DEPLOYER);
    let bindings =
        (0..15).map(|number| bound(&format!("r{number}x")).replace("{name: b}", &format!("{{name: b{number}}}")));
    let output = ask(&(text + &bindings.collect::<String>()), &["get", "pods"]);
    assert!(output.contains("\nClusterRoleBinding b0: there is no ClusterRole `r0x` (rbac.yaml:"), "{output}");
    assert!(output.contains("and 3 more (`-o json` has all)"), "{output}");
    assert_eq!(output.matches("there is no ClusterRole").count(), 12);
}

#[test]
fn what_has_no_name_has_no_empty_brackets() {
    let text = "kind: Role\napiVersion: rbac.authorization.k8s.io/v1\nrules: x\n";
    let output = ask(text, &["get", "pods"]);
    assert!(output.contains("could not be read") && !output.contains("(Role)"), "{output}");
}

#[test]
fn every_grant_is_told_however_many_there_are() {
    let more = |n: usize| {
        format!(
            "---\nkind: RoleBinding\napiVersion: rbac.authorization.k8s.io/v1\nmetadata: {{name: more-{n}, namespace: prod}}\n\
             roleRef: {{kind: Role, name: r}}\nsubjects: [{DEPLOYER}]\n"
        )
    };
    let text: Vec<_> = std::iter::once(with_one("[get]")).chain((0..40).map(more)).collect();
    let text = text.concat();
    let (exit, output, _) = run(&text, &["can-i", "get", "secrets", "--serviceaccount", "ci:deployer", "-n", "prod"]);
    assert_eq!(exit, Some(0));
    for n in 0..40 {
        assert!(output.contains(&format!("RoleBinding prod/more-{n} → Role prod/r → rule 1")), "{output}");
    }
    let last = output.lines().last().unwrap();
    assert!(
        last.starts_with("  RoleBinding prod/more-9 → Role prod/r → rule 1 (rbac.yaml:") && last.contains(":14:3)"),
        "{last}"
    );
}

#[test]
fn only_what_may_grant_something_makes_a_no_doubtful() {
    let text = with_one("[get]");
    let question = ["can-i", "list", "secrets", "--serviceaccount", "ci:deployer", "-n", "prod"];
    let deployment = "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {replicas: many}\n";
    let old = "---\napiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: c}\nspec: {}\n";
    let role = "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: x}\nrules: none\n";
    for (more, is_doubtful) in [(deployment, false), (old, false), (role, true), ("---\na: [\n", true)] {
        let (exit, output, _) = run(&[text.as_str(), more].concat(), &question);
        assert_eq!(exit, Some(1));
        assert_eq!(output.contains("could not be read or applied"), is_doubtful, "{more}: {output}");
    }
}
