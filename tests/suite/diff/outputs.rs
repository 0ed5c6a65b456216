//! Markdown, SARIF and JSON.

use rolecall::query::diff::between;
use rolecall::report::access::diff::{json, markdown};
use rolecall::report::sarif_diff;
use serde_json::Value;

use super::{binding, named, role, rule, side};

fn states() -> (String, String) {
    let old = role("prod", "r", &[rule("get", "", "pods"), named("get", "", "secrets", "db")].join(", "))
        + &binding("prod", "b", "Role/r", &["user/ann"]);
    let new = role("prod", "r", &rule("get", "", "secrets"))
        + &role("prod", "r2", &rule("get", "", "secrets"))
        + &binding("prod", "b", "Role/r2", &["user/ann", "user/@team|`x`<script>"]);
    (old, new)
}

#[test]
fn a_comment_mentions_nobody_and_holds_no_markup() {
    let (old, new) = states();
    let (old, new) = (side(&old), side(&new));
    let text = markdown(&old, &new, &between(&old, &new));
    assert!(
        text.starts_with("<!-- rolecall diff -->\n### Access\n\n1 gained, 1 widened, 1 lost of 2 subjects"),
        "{text}"
    );
    assert!(text.contains("| **widened** | `get` `secrets`: only `db` → any | in namespace `prod` | `RoleBinding prod/b` → `Role prod/r2` ("), "{text}");
    assert!(text.contains("| lost | `get` `pods` | in namespace `prod` |"), "{text}");
    assert!(text.contains("#### `` User @team|`x`<script> ``"), "{text}");
    assert!(text.contains("- `RoleBinding prod/b`: `roleRef` cannot change, from `Role r` to `Role r2`"), "{text}");
}

#[test]
fn long_tables_are_folded_and_long_comments_end() {
    let rules: Vec<_> = (0..30).map(|number| rule(&format!("v{number}"), "", &format!("r{number}"))).collect();
    let new = role("", "r", &rules.join(", ")) + &binding("", "b", "ClusterRole/r", &["user/ann"]);
    let (old, new) = (side("# nothing\n"), side(&new));
    let text = markdown(&old, &new, &between(&old, &new));
    assert!(text.contains("<details><summary>30 changes</summary>\n\n| Change |"), "{text}");
    let subjects: Vec<_> = (0..2000).map(|number| format!("user/u{number}")).collect();
    let subjects: Vec<_> = subjects.iter().map(String::as_str).collect();
    let new = side(&(role("", "r", &rule("get", "", "pods")) + &binding("", "b", "ClusterRole/r", &subjects)));
    let text = markdown(&old, &new, &between(&old, &new));
    assert!(text.chars().count() < 65_536 && text.contains("more, which do not fit into a comment"), "{}", text.len());
}

#[test]
fn sarif_has_what_is_more_and_what_is_refused() {
    let (old, new) = states();
    let (old, new) = (side(&old), side(&new));
    let mut out = Vec::new();
    let project = rolecall::discover::Project::here().unwrap();
    sarif_diff(&new, &between(&old, &new), &project, &mut out).unwrap();
    let log: serde_sarif::sarif::Sarif = serde_json::from_slice(&out).unwrap();
    let results = log.runs[0].results.clone().unwrap();
    let ids: Vec<_> = results.iter().map(|result| result.rule_id.clone().unwrap()).collect();
    assert_eq!(ids, ["access-gained", "access-widened", "role-ref-changed"]);
    let rules = log.runs[0].tool.driver.rules.clone().unwrap();
    for result in &results {
        let index = usize::try_from(result.rule_index.unwrap()).unwrap();
        assert_eq!(Some(&rules[index].id), result.rule_id.as_ref());
        assert!(result.locations.as_ref().unwrap()[0].physical_location.as_ref().unwrap().region.is_some());
    }
}

#[test]
fn json_says_all() {
    let (old, new) = states();
    let (old, new) = (side(&old), side(&new));
    let text = json(&old, &new, &between(&old, &new));
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["version"], 1);
    assert_eq!(
        (&value["summary"]["gained"], &value["summary"]["widened"], &value["summary"]["refused"]),
        (&1.into(), &1.into(), &1.into())
    );
    let change = &value["subjects"][1]["changes"][0];
    assert_eq!(change["change"], "widened");
    assert_eq!(change["narrower"]["names"][0], "db");
    assert_eq!(change["grants"][0]["binding"]["name"], "b");
    assert_eq!(value["refused"][0]["fields"][0], "roleRef");
}
