//! About whom tests are: by name, by pattern, and what is said where nobody is meant.

use super::{fail, one, pass};

#[test]
fn patterns_are_whom_the_manifests_know() {
    pass(&[
        "subjects: ['sa/*/*'], deny: delete deployments",
        "subjects: ['*:deployer', ci:*], allow: get deployments in prod",
        "subjects: '*', deny: [delete secrets, everything in ci]",
        "subjects: ['group/o*', 'user/*ne'], deny: create pods",
        "subjects: ['sa/*/*'], except: [sa/ci/*], deny: [get secrets, everything]",
        // What is left out may not be there at all.
        "subjects: ['sa/*/*'], except: ['sa/kube-system/*'], deny: delete pods",
        "subjects: [group/system:authenticated, group/system:serviceaccounts:prod, user/system:anonymous], deny: get pods",
    ]);
    // Kubernetes' own controllers are no ServiceAccounts of the manifests.
    fail(&[(
        "subjects: 'sa/kube-system/*', deny: get pods",
        &["`sa/kube-system/*` matches no subject in what was read"],
    )]);
}

#[test]
fn who_means_nobody_tests_nothing() {
    let optional = "\n  help: `optional: true` lets the subjects of a test be missing\n";
    fail(&[
        (
            "subjects: [sa/ci/deploier], deny: get pods",
            &[
                "access-test.yaml:2:24: there is no ServiceAccount `ci/deploier` in what was read; there is `ci/deployer`\n",
                optional,
            ],
        ),
        (
            "subjects: [group/opps], deny: get pods",
            &["no binding names the Group `opps`; did you mean `group/ops`?\n", optional],
        ),
        (
            "subjects: ['group/system:authenticatd'], deny: get pods",
            &["no binding names the Group `system:authenticatd`; did you mean `group/system:authenticated`?\n"],
        ),
        (
            "subjects: ['group/system:serviceaccounts:prdo'], deny: get pods",
            &["did you mean `group/system:serviceaccounts:prod`?\n"],
        ),
        ("subjects: [user/joe], deny: get pods", &["no binding names the User `joe`\n", optional]),
        (
            "only: [user/jan, group/ops, sa/ci/deployer], can: get secrets",
            &["no binding names the User `jan`; did you mean `user/jane`?\n"],
        ),
        ("subjects: ['sa/*/*'], except: [sa/ci/x], deny: delete pods", &["there is no ServiceAccount `ci/x`"]),
        (
            "subjects: [sa/ci/*], except: ['sa/*/*'], deny: get pods",
            &["access-test.yaml:2:43: `except` leaves nobody of `subjects` over\n"],
        ),
    ]);
    for (test, note) in [
        (
            "optional: true, subjects: [sa/ci/deploier, 'user/x*'], deny: get pods",
            "there is no ServiceAccount `ci/deploier` in what was read; there is `ci/deployer`\n          note: `user/x*` matches no subject in what was read\n",
        ),
        ("optional: true, subjects: ['user/x*'], allow: get pods", "`user/x*` matches no subject in what was read\n"),
        (
            "optional: true, subjects: [sa/ci/deployer], deny: get pods in prdo",
            "there is no namespace `prdo` in what was read; did you mean `prod`?\n",
        ),
        (
            "optional: true, subjects: ['sa/*/*'], except: ['sa/*/*'], deny: get pods",
            "`except` leaves nobody of `subjects` over\n",
        ),
        (
            "optional: true, subjects: [sa/prod/web], no-path: sa/ci/deploier",
            "there is no ServiceAccount `ci/deploier` in what was read; did you mean `ci/deployer`?\n",
        ),
    ] {
        let run = one(test);
        assert_eq!(run.code, 0, "{}", run.out);
        assert!(run.out.contains(&format!("  ok      t\n          note: {note}")), "{}", run.out);
    }
    assert_eq!(one("optional: false, subjects: [sa/ci/deploier], deny: get pods").code, 1);
}
