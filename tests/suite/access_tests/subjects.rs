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
    pass(&[
        "optional: true, subjects: [sa/ci/deploier, 'user/x*'], deny: get pods",
        "optional: true, subjects: ['user/x*'], allow: get pods",
        "optional: true, subjects: [sa/ci/deployer], deny: get pods in staging",
        "optional: true, subjects: ['sa/*/*'], except: ['sa/*/*'], deny: get pods",
    ]);
    assert_eq!(one("optional: false, subjects: [sa/ci/deploier], deny: get pods").code, 1);
}
