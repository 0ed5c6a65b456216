//! By credentials.

use super::{Grant, START, VICTIM, granted, leads, leads_nowhere, reached, way};

const IS_ADMIN: &str = "ServiceAccount app/victim is cluster-admin";

#[test]
fn tokens_are_got_of_those_who_are_named() {
    let step = "1. gets a token of ServiceAccount app/victim";
    leads(VICTIM, &[Grant("app", &[("create", "", "serviceaccounts/token", "")])], &["certain", step, IS_ADMIN]);
    leads(VICTIM, &[Grant("app", &[("create", "", "serviceaccounts/token", "victim")])], &["certain", step, IS_ADMIN]);
    leads_nowhere(VICTIM, &[Grant("app", &[("create", "", "serviceaccounts/token", "other")])]);
    leads_nowhere(VICTIM, &[Grant("other", &[("create", "", "serviceaccounts/token", "victim")])]);
    leads_nowhere(VICTIM, &[Grant("app", &[("create", "", "serviceaccounts", "")])]);
}

#[test]
fn a_secret_is_filled_with_a_token_of_anybody() {
    let step = "1. makes a Secret that is filled with a token of ServiceAccount app/victim";
    for read in ["get", "list", "watch"] {
        let rules = Box::leak(Box::new([("create", "", "secrets", ""), (read, "", "secrets", "")]));
        leads(VICTIM, &[Grant("app", rules)], &["certain", step, IS_ADMIN]);
    }
    // One's own Secret, which is there already as a rule.
    leads(
        VICTIM,
        &[Grant("app", &[("create", "", "secrets", ""), ("get", "", "secrets", "own")])],
        &[
            "depends on the environment",
            step,
            "depends on the environment: the Secret that may be read must not be there yet",
            IS_ADMIN,
        ],
    );
    leads_nowhere(VICTIM, &[Grant("app", &[("create", "", "secrets", "")])]);
    leads_nowhere(VICTIM, &[Grant("app", &[("get, list, watch, update, patch", "", "secrets", "")])]);
    leads_nowhere(
        VICTIM,
        &[Grant("app", &[("create", "", "secrets", "")]), Grant("other", &[("get", "", "secrets", "")])],
    );
}

/// A Secret with the token of the victim.
const TOKEN: &str = "
---
apiVersion: v1
kind: Secret
type: kubernetes.io/service-account-token
metadata:
  name: t
  namespace: app
  annotations: {kubernetes.io/service-account.name: victim}
";

#[test]
fn a_token_is_read_from_a_secret_that_is_there() {
    let there = [VICTIM, TOKEN].concat();
    let step = "1. reads from a Secret a token of ServiceAccount app/victim";
    for rule in [
        ("get", "", "secrets", "t"),
        ("get", "", "secrets", ""),
        ("list", "", "secrets", ""),
        ("watch", "", "secrets", "t"),
    ] {
        let rules = Box::leak(Box::new([rule]));
        leads(&there, &[Grant("app", rules)], &["certain", step, IS_ADMIN]);
        leads_nowhere(VICTIM, &[Grant("app", rules)]);
    }
    leads(&there, &[Grant("", &[("list", "", "secrets", "")])], &["certain", step, IS_ADMIN]);
    leads_nowhere(&there, &[Grant("app", &[("get", "", "secrets", "other")])]);
    leads_nowhere(&there, &[Grant("other", &[("get", "", "secrets", "")])]);
    leads_nowhere(&there, &[Grant("app", &[("create, update, delete", "", "secrets", "")])]);
    // A Secret of another type may say what it likes, and one that is yet to be filled in says nothing.
    let read = || [Grant("app", &[("get", "", "secrets", "")])];
    leads_nowhere(&there.replace("type: kubernetes.io/service-account-token", "type: Opaque"), &read());
    leads_nowhere(&there.replace("service-account.name: victim", "service-account.name: '${VICTIM}'"), &read());
    // The Secret is gone with its ServiceAccount.
    let absent = there.replacen("metadata: {name: victim,", "metadata: {name: other,", 1);
    assert_eq!(
        way(&[&granted(&read()), absent.as_str()].concat(), START, "cluster-admin"),
        ["depends on the environment", step, "depends on the environment: if it is there: it was not read", IS_ADMIN]
    );
}

#[test]
fn a_service_account_of_which_a_token_is_got_has_to_be_there() {
    let absent = VICTIM.replacen("metadata: {name: victim,", "metadata: {name: other,", 1);
    let rules: &[_] = &[("create", "", "serviceaccounts/token", "victim")];
    let how = way(&[&granted(&[Grant("app", rules)]), absent.as_str()].concat(), START, "cluster-admin");
    assert_eq!(how[0], "depends on the environment", "{how:?}");
    // To impersonate it, it does not.
    let rules: &[_] = &[("impersonate", "", "serviceaccounts", "")];
    let how = way(&[&granted(&[Grant("app", rules)]), absent.as_str()].concat(), START, "cluster-admin");
    assert_eq!(how[0], "certain", "{how:?}");
}

#[test]
fn secrets_of_kube_system_are_read() {
    for namespace in ["", "kube-system"] {
        let text = granted(&[Grant(namespace, &[("list", "", "secrets", "")])]);
        assert_eq!(reached(&text), ["secrets/kube-system"]);
        assert_eq!(
            way(&text, START, "secrets/kube-system"),
            ["certain", "1. reads the Secrets of kube-system"],
            "{namespace}"
        );
    }
    for grant in [
        Grant("app", &[("list", "", "secrets", "")]),
        Grant("kube-system", &[("get", "", "secrets", "one")]),
        Grant("kube-system", &[("delete", "", "secrets", "")]),
    ] {
        assert_eq!(way(&granted(&[grant]), START, "secrets/kube-system"), [""; 0]);
    }
}

#[test]
fn a_service_account_that_is_bound_and_not_there_is_made() {
    let absent = VICTIM.replacen(
        "kind: ServiceAccount\nmetadata: {name: victim,",
        "kind: ServiceAccount\nmetadata: {name: other,",
        1,
    );
    leads(
        &absent,
        &[Grant("app", &[("create", "", "serviceaccounts, pods", "")])],
        &[
            "certain",
            "1. makes ServiceAccount app/victim, which is bound and not there, and runs a pod as it",
            IS_ADMIN,
        ],
    );
    // It may be there all the same.
    leads(
        &absent,
        &[Grant("app", &[("create", "", "pods", "")])],
        &[
            "depends on the environment",
            "1. runs a pod as ServiceAccount app/victim",
            "depends on the environment: if it is there: it was not read",
            IS_ADMIN,
        ],
    );
    leads_nowhere(&absent, &[Grant("app", &[("create", "", "serviceaccounts", "")])]);
    leads_nowhere(&absent, &[Grant("other", &[("create", "", "serviceaccounts, pods", "")])]);
}
