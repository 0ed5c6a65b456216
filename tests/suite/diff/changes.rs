//! Each kind of change, to the letter.

use super::{binding, diff, named, role, rule, told};

const DEPLOYER: &[&str] = &["sa/ci/deployer"];

fn prod(rules: &str) -> String {
    role("prod", "deploy", rules) + &binding("prod", "deploy", "Role/deploy", DEPLOYER)
}

/// Tells the changes there, and expects those back to be the same the other way round.
#[track_caller]
fn changes(old: &str, new: &str, expected: &[&str]) {
    assert_eq!(told(&diff(old, new)), expected);
    let swap = |line: &&str| {
        let pairs = [("gained", "lost"), ("widened", "narrowed")];
        let swapped = pairs.iter().find_map(|(one, other)| {
            line.contains(one)
                .then(|| line.replace(one, other))
                .or_else(|| line.contains(other).then(|| line.replace(other, one)))
        });
        swapped.unwrap()
    };
    let mut back: Vec<_> = expected.iter().map(swap).collect();
    back.sort();
    let mut told = told(&diff(new, old));
    told.sort();
    assert_eq!(told, back);
}

#[test]
fn gained_and_lost() {
    let pods = prod(&rule("get, list", "", "pods"));
    changes(
        &pods,
        &prod(&rule("get, list", "", "pods, services")),
        &["ci:deployer: gained get,list services. in prod"],
    );
    changes(
        &pods,
        &prod(&[rule("get", "", "pods"), rule("create, delete", "batch", "jobs")].join(", ")),
        &["ci:deployer: gained create,delete jobs.batch in prod", "ci:deployer: lost list pods. in prod"],
    );
    changes("", &pods, &["ci:deployer: gained get,list pods. in prod"]);
    let urls = |urls: &str| {
        role("", "r", &format!("{{verbs: [get], nonResourceURLs: [{urls}]}}"))
            + &binding("", "b", "ClusterRole/r", &["user/ann"])
    };
    changes(&urls("/a"), &urls("/a, /b, /c"), &["user/ann: gained get /b /c in cluster"]);
}

#[test]
fn what_differs_in_one_respect_is_widened() {
    let get = |rules: &str| prod(rules);
    let any = get(&rule("get", "", "secrets"));
    changes(
        &get(&named("get", "", "secrets", "db, api")),
        &any,
        &["ci:deployer: widened get secrets. in prod (names only api,db)"],
    );
    changes(
        &get(&rule("get, list", "", "secrets")),
        &get(&rule("'*'", "", "secrets")),
        &["ci:deployer: widened * secrets. in prod (verbs get,list)"],
    );
    changes(&any, &get(&rule("get", "", "'*'")), &["ci:deployer: widened get *. in prod (resources secrets.)"]);
    changes(
        &any,
        &get(&rule("get", "*", "secrets")),
        &["ci:deployer: widened get secrets.* in prod (resources secrets.)"],
    );
    let in_cluster = role("", "r", &rule("get", "", "secrets")) + &binding("", "b", "ClusterRole/r", DEPLOYER);
    changes(&any, &in_cluster, &["ci:deployer: widened get secrets. in cluster (in prod)"]);
    // In two respects at once it is another thing.
    changes(&any, &get(&rule("'*'", "*", "'*'")), &["ci:deployer: gained * *.* in prod"]);
}

#[test]
fn a_list_of_all_that_there_is_is_less_than_everything() {
    let all = prod(&rule("get", "apps", "'*'"));
    let listed = prod(&rule("get", "apps", "deployments, daemonsets"));
    changes(&all, &listed, &["ci:deployer: narrowed get *.apps in prod (resources daemonsets.apps,deployments.apps)"]);
}

#[test]
fn the_same_in_many_namespaces_is_one_change() {
    let namespaces: Vec<_> = (0..30).map(|number| format!("n{number:02}")).collect();
    let bound = |rules: &str| {
        let bindings = namespaces.iter().map(|namespace| binding(namespace, "b", "ClusterRole/r", DEPLOYER));
        role("", "r", rules) + &bindings.collect::<String>()
    };
    let (old, new) = (bound(&rule("get", "", "pods")), bound(&rule("get", "", "pods, secrets")));
    let all = format!("ci:deployer: gained get secrets. in {}", namespaces.join(","));
    changes(&old, &new, &[&all]);
    let diff = diff(&old, &new);
    assert_eq!(diff.subjects[0].changes[0].grants.len(), 30);
    // One of them says it in another way, and is in the same line all the same.
    let other = role("n07", "own", &rule("get", "", "secrets")) + &binding("n07", "own", "Role/own", DEPLOYER);
    let without = old.replace("n07", "other") + &binding("n07", "b", "ClusterRole/r", DEPLOYER);
    assert_eq!(told(&super::diff(&(without.clone() + &other), &without)).len(), 1);
}

#[test]
fn what_a_group_gets_is_told_of_the_group() {
    let account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: deployer, namespace: ci}\n---\n";
    let rules = role("", "r", &rule("get", "", "secrets"));
    let group =
        account.to_owned() + &rules + &binding("prod", "b", "ClusterRole/r", &["group/system:serviceaccounts:ci"]);
    let own = account.to_owned() + &rules + &binding("prod", "b", "ClusterRole/r", DEPLOYER);
    changes(account, &group, &["group/system:serviceaccounts:ci: gained get secrets. in prod"]);
    // It had it already.
    changes(&group, &own, &["group/system:serviceaccounts:ci: lost get secrets. in prod"]);
}

#[test]
fn namespaces_are_reached_by_name_in_themselves() {
    let pods = rule("get", "", "pods");
    let both = [pods.clone(), rule("get, list, delete", "", "namespaces")].join(", ");
    let bound = |rules: &str| {
        role("", "r", rules)
            + &binding("one", "b", "ClusterRole/r", DEPLOYER)
            + &binding("two", "b", "ClusterRole/r", DEPLOYER)
    };
    changes(&bound(&pods), &bound(&both), &["ci:deployer: gained delete,get namespaces. only itself in one,two"]);
    let one_named = [pods.clone(), named("get", "", "namespaces", "two")].join(", ");
    changes(&bound(&pods), &bound(&one_named), &["ci:deployer: gained get namespaces. only two in two"]);
}

#[test]
fn conditional_grants_are_told_as_such() {
    let one = prod(&rule("get", "", "pods"));
    let other = role("prod", "deploy", &rule("get", "", "secrets"));
    changes(
        &one,
        &(one.clone() + &other),
        &["ci:deployer: gained if get secrets. in prod", "ci:deployer: narrowed get pods. in prod (conditional)"],
    );
}

#[test]
fn a_custom_resource_of_the_cluster_is_known_on_both_sides() {
    let definition = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.example.com}\nspec: \
                      {group: example.com, scope: Cluster, names: {plural: things, kind: Thing}}\n---\n";
    let bound = prod(&[rule("get", "", "pods"), rule("get", "example.com", "things")].join(", "));
    changes(&bound, &(definition.to_owned() + &prod(&rule("get", "", "pods"))), &[]);
}

#[test]
fn rules_too_large_to_be_taken_apart_are_not_passed_over() {
    let many = |start: u32| (start..start + 200).map(|number| format!("r{number}")).collect::<Vec<_>>().join(", ");
    let large = |start| prod(&named("a, b, c, d", "", &many(start), &many(0)));
    assert!(diff(&large(0), &large(0)).is_empty());
    let changed = diff(&large(0), &large(1));
    assert!(changed.subjects[0].is_beyond && changed.subjects[0].changes.is_empty());
}

#[test]
fn what_is_created_has_no_name_unless_an_update_or_a_patch_creates_it() {
    let pods = prod(&rule("get", "", "pods"));
    let and = |more: &str| prod(&[rule("get", "", "pods").as_str(), more].join(", "));
    changes(&pods, &and(&named("create, deletecollection", "", "pods, secrets", "foo")), &[]);
    changes(
        &pods,
        &and(&named("create, patch", "", "pods", "foo")),
        &["ci:deployer: gained create,patch pods. only foo in prod"],
    );
    // By another rule or an earlier one, too.
    let both = [named("create", "", "secrets", "foo, bar"), named("update", "", "secrets", "foo")].join(", ");
    changes(
        &and(&named("create", "", "secrets", "foo, bar")),
        &and(&both),
        &["ci:deployer: gained create,update secrets. only foo in prod"],
    );
    changes(
        &and(&named("create", "", "secrets", "foo")),
        &and(&rule("create", "", "secrets")),
        &["ci:deployer: gained create secrets. in prod"],
    );
    changes(
        &pods,
        &and(&named("create", "", "pods/exec", "foo")),
        &["ci:deployer: gained create pods/exec. only foo in prod"],
    );
}
