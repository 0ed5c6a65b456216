//! What the command says, to people, to programs and to an API server.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::{event, log, suggest, with};
use crate::scratch::run;

fn shop(args: &[&str]) -> crate::scratch::Run {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let log = ["--audit-log", "testdata/audit/shop.jsonl", "-f", "testdata/audit/shop.yaml"];
    run(root, &[&["suggest"], args, &log].concat())
}

/// The allowed request of the ServiceAccount `shop:web` for pods of a namespace.
fn pods(verb: &str, namespace: &str) -> Value {
    event(verb, &json!({"resource": "pods", "namespace": namespace}))
}

#[test]
fn what_stands_is_compared_rule_by_rule() {
    let out = shop(&["shop:orders"]).out;
    for expected in [
        "  RoleBinding shop/orders → Role shop/orders (testdata/audit/shop.yaml:33:5)\n    used in part: each of the 3 rules, and not all that they allow\n",
        "      used    list, watch: configmaps\n              get: secrets\n      unused  get: configmaps\n              list, watch: secrets\n",
        "      wide    *: leases.coordination.k8s.io\n",
        "    used in part: 2 of 12 rules\n    other bindings allow all that was used of it, too\n",
    ] {
        assert!(out.contains(expected), "{expected}\nis not in\n{out}");
    }
    // What was denied is told, and not suggested.
    assert!(out.contains("  (cluster)  secrets  list  2      ✗") && !out.contains("list: secrets\n"), "{out}");
    let with_denied = shop(&["shop:orders", "--with-denied"]).out;
    assert!(
        with_denied.contains("  ClusterRole shop-orders by a ClusterRoleBinding\n    list: secrets\n"),
        "{with_denied}"
    );
}

#[test]
fn names_stand_in_rules_while_they_are_few() {
    let named = "get: secrets named `orders-db`\n";
    assert!(shop(&[]).out.contains(named) && shop(&["--max-names", "1"]).out.contains(named));
    let unnamed = shop(&["--max-names", "0"]).out;
    assert!(
        unnamed.contains("    get, create, update: leases.coordination.k8s.io\n") && !unnamed.contains("named"),
        "{unnamed}"
    );
    assert_eq!(shop(&["--max-names", "65"]).code, 2);
}

#[test]
fn what_cannot_be_read_is_told_and_stops_nothing() {
    let text = format!("{{broken\n{}{{\"kind\": \"List\"}}\n", log(&[pods("get", "shop")]));
    let run = suggest(text.as_bytes(), "", &[]);
    assert_eq!(run.code, 0, "{}", run.error);
    assert_eq!(
        run.error,
        "3 lines of the log: 1 request, 2026-11-23T10:00:00Z; 1 count here\n\
         note: 1 line: could not be read\nnote: 1 line: no events of an audit log\n\
         \x20 the first: audit.jsonl:1: key must be a string in column 2\n"
    );
    assert!(run.out.contains("  Role shop/web\n    get: pods\n"), "{}", run.out);
    // Where nothing was read, nothing is said about what is granted.
    assert!(!run.out.contains('✗'), "{}", run.out);
    let packed = suggest(&[0x1f, 0x8b, 8, 0], "", &[]);
    let cut = "error: `audit.jsonl` is compressed, and ends too early: it was cut off, or is still being written\n";
    assert_eq!((packed.code, packed.error.as_str()), (2, cut));
    let missing = run_in_nothing(&["suggest", "--audit-log", "none.jsonl"]);
    assert_eq!(
        (missing.code, missing.error.as_str()),
        (2, "error: `none.jsonl` cannot be read: no such file or directory\n")
    );
    let nowhere = run_in_nothing(&["suggest", "--audit-log", "none.jsonl", "-f", "nowhere"]);
    assert_eq!((nowhere.code, nowhere.error.lines().next()), (2, Some("error: `nowhere` does not exist")));
    assert_eq!(run_in_nothing(&["suggest"]).code, 2);
}

fn run_in_nothing(args: &[&str]) -> crate::scratch::Run {
    run(tempfile::tempdir().unwrap().path(), args)
}

#[test]
fn logs_come_from_several_files_and_from_standard_input() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("one.jsonl"), log(&[pods("get", "shop")])).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_rolecall"))
        .args(["suggest", "--audit-log", "one.jsonl", "--audit-log", "-", "-o", "yaml"])
        .current_dir(directory.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The same request twice, and another one.
    let text = log(&[pods("get", "shop"), pods("list", "shop")]);
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(
        out.starts_with(
            "# ServiceAccount shop/web: 2 requests allowed, 0 denied, 2026-11-23T10:00:00Z\n#   get pods: 1 time\n"
        ),
        "{out}"
    );
    let both = run_in_nothing(&["suggest", "--audit-log", "-", "-f", "-"]);
    assert!(both.code == 2 && both.error.contains("cannot be both"), "{}", both.error);
}

#[test]
fn many_namespaces_share_a_role_that_is_bound_in_each() {
    let events: Vec<_> = ["a", "b", "c", "d"].iter().map(|namespace| pods("get", namespace)).collect();
    let out = suggest(log(&events).as_bytes(), "", &[]).out;
    assert!(out.contains("  ClusterRole shop-web by RoleBindings in a, b, c, d\n    get: pods\n"), "{out}");
    let yaml = suggest(log(&events).as_bytes(), "", &["-o", "yaml"]).out;
    assert!(yaml.matches("kind: RoleBinding\n").count() == 4 && !yaml.contains("kind: ClusterRoleBinding\n"), "{yaml}");
    assert!(yaml.contains("#   get pods in c: 1 time\n"), "{yaml}");
    let apart = suggest(log(&events).as_bytes(), "", &["--max-roles", "4"]).out;
    assert!(apart.contains("  Role a/shop-web\n    get: pods\n  Role b/shop-web\n"), "{apart}");
    // What is done in all namespaces at once is needed in none of them.
    let everywhere = suggest(log(&[pods("get", "a"), pods("get", "")]).as_bytes(), "", &[]).out;
    assert!(
        everywhere.contains("Needed\n  ClusterRole shop-web by a ClusterRoleBinding\n    get: pods\n")
            && !everywhere.contains("Role a/")
    );
}

#[test]
fn names_that_are_there_are_left_alone() {
    let role = |name: &str| {
        format!(
            "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {{name: {name}, namespace: shop}}\nrules: []\n"
        )
    };
    let yaml = suggest(log(&[pods("get", "shop")]).as_bytes(), &(role("web") + &role("web-2")), &["-o", "yaml"]).out;
    assert!(yaml.contains("  name: web-3\n  namespace: shop\n"), "{yaml}");
}

#[test]
fn a_user_is_asked_for_or_told_with_all_others() {
    let user = |name: &str| {
        with(&pods("get", "shop"), &json!({"user": {"username": name, "groups": ["system:authenticated", "dev"]}}))
    };
    let text = log(&[user("jane"), user("joe"), user("system:apiserver")]);
    let out = |args: &[&str]| suggest(text.as_bytes(), "", args).out;
    assert_eq!(out(&[]), "nothing: the log has no request of anybody whom this is about.\n");
    let all = out(&["--users", "-o", "yaml"]);
    assert!(
        all.contains("- apiGroup: rbac.authorization.k8s.io\n  kind: User\n  name: jane\n")
            && all.contains("name: joe\n"),
        "{all}"
    );
    assert!(!all.contains("apiserver"), "{all}");
    assert!(out(&["system:apiserver"]).contains("get: pods"));
    let group = out(&["group/dev", "-o", "yaml"]);
    assert!(group.contains("  kind: Group\n  name: dev\n") && group.contains("#   get pods: 3 times\n"), "{group}");
    // Whoever is asked for and did nothing is told with what they have.
    let idle = shop(&["shop:orders", "--audit-log", "/dev/null"]);
    assert!(idle.code == 0 && idle.out.contains("ServiceAccount shop/orders"), "{}", idle.error);
}

#[test]
fn a_name_cannot_act_as_anything_else() {
    let name = "a\nkind: Evil\u{1b}[31m";
    let hostile = with(
        &event("get", &json!({"resource": name, "namespace": "shop", "name": name, "apiGroup": name})),
        &json!({"user": {"username": format!("user {name}"), "groups": []}}),
    );
    for output in ["human", "yaml", "json"] {
        let run = suggest(log(std::slice::from_ref(&hostile)).as_bytes(), "", &["--users", "-o", output]);
        assert!(run.code == 0 && !run.out.contains('\u{1b}') && !run.out.contains("\nkind: Evil"), "{}", run.out);
    }
}

#[test]
fn notes_tell_what_the_log_cannot() {
    let binds = event(
        "create",
        &json!({"resource": "rolebindings", "namespace": "shop", "apiGroup": "rbac.authorization.k8s.io"}),
    );
    let out = suggest(log(&[binds]).as_bytes(), "", &[]).out;
    assert!(out.contains("note: roles or bindings were written: whoever does that has to hold all"), "{out}");
}

#[test]
fn service_accounts_that_did_nothing_are_named() {
    let manifests = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/audit/shop.yaml")).unwrap();
    let run = suggest(log(&[pods("get", "shop")]).as_bytes(), &manifests, &[]);
    assert!(run.out.ends_with("Bound, and not in the log\n  shop:mailer, shop:orders\n"), "{}", run.out);
    assert!(run.out.contains("  shop       pods  get   1      ✗"), "{}", run.out);
    let run = suggest(log(&[pods("get", "shop")]).as_bytes(), &manifests, &["shop:orders"]);
    assert!(run.out.contains("  did nothing that the log has\n"), "{}", run.out);
    assert_eq!(run.out.matches("    nothing of it was used\n    remove it\n").count(), 2, "{}", run.out);
}
