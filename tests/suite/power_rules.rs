//! What each power is told of: what comes of a right is said to the letter, names that hold nothing back are seen through,
//! and rights that lead nowhere are left alone.

use rolecall::lint::Profile;
use rolecall::query::power;

use crate::subject_rules::{account, named, report_for, risks, role};

const DEFAULT: Profile = Profile::Default;
const PEDANTIC: Profile = Profile::Pedantic;
const AUDIT: Profile = Profile::Audit;
const RBAC: &str = "apiGroups: [rbac.authorization.k8s.io]";

/// What is told of the ServiceAccount `ops/bot` that has a ClusterRole with these rules, in the whole cluster or in a
/// namespace.
fn told_in(namespace: Option<&str>, rules: &[&str], profile: Profile) -> Vec<String> {
    let text = role("r", &rules.join("}\n- {")) + &named("b", namespace, "r", &account("ops", "bot"));
    let told = risks(&text, profile).into_iter();
    told.filter(|line| line.starts_with("role-"))
        .map(|line| line.replace("ServiceAccount `ops/bot` can ", ""))
        .collect()
}

fn told(rules: &[&str], profile: Profile) -> Vec<String> {
    told_in(None, rules, profile)
}

#[test]
fn names_that_hold_nothing_back_are_as_bad_as_none() {
    let own = format!("{RBAC}, resources: [clusterroles], verbs: [get, update, escalate], resourceNames: [r]");
    assert_eq!(told(&[&own], DEFAULT), ["role-escalates at clusterroles: write itself any right into this very role"]);
    let bind = format!("{RBAC}, resources: [clusterroles], verbs: [bind], resourceNames: [view, cluster-admin]");
    let write = format!("{RBAC}, resources: [clusterrolebindings], verbs: [create]");
    assert_eq!(
        told(&[&bind, &write], DEFAULT),
        ["role-binds-any-role at clusterroles: bind itself to `cluster-admin`"]
    );
    let user = "apiGroups: [''], resources: [users], verbs: [impersonate], resourceNames: [admin]";
    let masters = "apiGroups: [''], resources: [groups], verbs: [impersonate], resourceNames: ['system:masters']";
    assert_eq!(
        told(&[user, masters], DEFAULT),
        ["role-impersonates at groups: act as a member of `system:masters`, and so do everything"]
    );
    assert_eq!(told(&[masters], AUDIT), [""; 0], "of a group, nobody can be but as somebody");
}

#[test]
fn names_hold_back_where_they_name_something_else() {
    let other = format!("{RBAC}, resources: [clusterroles], verbs: [update, escalate], resourceNames: [team]");
    assert_eq!(told(&[&other], DEFAULT), [""; 0]);
    assert_eq!(
        told(&[&other], PEDANTIC),
        ["role-escalates at clusterroles: write itself any right into the roles `team`"]
    );
    let escalate = format!("{RBAC}, resources: [clusterroles], verbs: [escalate], resourceNames: [team]");
    let update = format!("{RBAC}, resources: [clusterroles], verbs: [update], resourceNames: [others]");
    assert_eq!(told(&[&escalate, &update], AUDIT), [""; 0], "each is about another role");
    let bind = format!("{RBAC}, resources: [clusterroles], verbs: [bind], resourceNames: [view]");
    let write = format!("{RBAC}, resources: [clusterrolebindings], verbs: [create]");
    assert_eq!(told(&[&bind, &write], DEFAULT), [""; 0]);
}

#[test]
fn what_comes_of_a_right_is_said_to_the_letter() {
    let admission = "apiGroups: [admissionregistration.k8s.io], verbs: [update], resources";
    let core = "apiGroups: [''], verbs: [get, create, deletecollection], resources";
    for (rule, profile, expected) in [
        (
            format!("{admission}: [validatingwebhookconfigurations]"),
            DEFAULT,
            "role-writes-admission at validatingwebhookconfigurations: see everything that anybody writes to the API, and refuse it",
        ),
        (
            format!("{admission}: [validatingadmissionpolicies]"),
            AUDIT,
            "role-writes-admission at validatingadmissionpolicies: decide what the API server refuses",
        ),
        (format!("{core}: [nodes/log]"), AUDIT, "role-reaches-kubelets at nodes/log: read the logs of every node"),
        (
            format!("{core}: [pods/attach]"),
            DEFAULT,
            "role-enters-pods at pods/attach: read what a program in any pod writes, and type into it, in the whole cluster",
        ),
        (
            format!("{core}: [pods/eviction]"),
            AUDIT,
            "role-ends-everything at pods/eviction: evict any pod, in the whole cluster",
        ),
        (
            "apiGroups: [''], resources: [serviceaccounts], verbs: [impersonate]".to_owned(),
            DEFAULT,
            "role-impersonates at serviceaccounts: act as any ServiceAccount, in the whole cluster",
        ),
        (
            "apiGroups: [''], resources: [namespaces], verbs: [patch]".to_owned(),
            AUDIT,
            "role-writes-namespaces at namespaces: take the labels of Pod Security off namespaces, in the whole cluster",
        ),
        (
            "apiGroups: [certificates.k8s.io], resources: [clustertrustbundles], verbs: [update]".to_owned(),
            AUDIT,
            "role-approves-certificates at clustertrustbundles: change which certificates workloads trust",
        ),
    ] {
        assert_eq!(told(&[&rule], profile), [expected], "{rule}");
    }
}

/// Of several rights with a power, what most comes of is told first.
#[test]
fn the_gravest_right_of_a_power_is_told() {
    let both = "apiGroups: [admissionregistration.k8s.io], verbs: [update], resources: [validatingwebhookconfigurations, \
                mutatingwebhookconfigurations]";
    assert_eq!(
        told(&[both], DEFAULT),
        [
            "role-writes-admission at mutatingwebhookconfigurations: see and change everything that anybody writes to the API"
        ]
    );
}

#[test]
fn whoever_approves_certificates_has_to_ask_for_them_to_have_any() {
    let group = "apiGroups: [certificates.k8s.io]";
    let approve = format!(
        "{group}, resources: [signers], verbs: [approve], resourceNames: [kubernetes.io/kube-apiserver-client]"
    );
    let approval = format!("{group}, resources: [certificatesigningrequests/approval], verbs: [update]");
    let ask = format!("{group}, resources: [certificatesigningrequests], verbs: [create]");
    assert_eq!(told(&[&approve, &approval], PEDANTIC), [""; 0]);
    assert_eq!(
        told(&[&approve, &approval], AUDIT),
        ["role-approves-certificates at signers: approve certificates in the name of any user or node"]
    );
    assert_eq!(
        told(&[&approve, &approval, &ask], DEFAULT),
        ["role-approves-certificates at signers: get a certificate of any user or node"]
    );
}

/// A pod can claim a volume by itself, and be the template of any controller.
#[test]
fn volumes_and_secrets_are_used_by_whatever_runs_pods() {
    let volumes = "apiGroups: [''], resources: [persistentvolumes], verbs: [create]";
    let secrets = "apiGroups: [''], resources: [secrets], verbs: [create]";
    for runs in [
        "apiGroups: [apps], resources: [statefulsets], verbs: [create]",
        "apiGroups: [batch], resources: [cronjobs], verbs: [patch]",
        "apiGroups: [''], resources: [pods], verbs: [create]",
    ] {
        let told = told(&[volumes, secrets, runs], DEFAULT).join("\n");
        assert!(told.contains("role-creates-volumes") && told.contains("role-writes-secrets"), "{told}");
    }
    assert_eq!(told(&[volumes, secrets], PEDANTIC), [""; 0]);
}

#[test]
fn getting_a_forwarding_opens_one_until_1_35() {
    let text = role("r", "apiGroups: [''], resources: [pods/portforward], verbs: [get]")
        + &named("b", None, "r", &account("ops", "bot"));
    let has_it = |version: &str| {
        report_for(&text, PEDANTIC, version).findings.iter().any(|finding| finding.rule == "role-reaches-ports")
    };
    assert_eq!((has_it("1.34"), has_it("1.35")), (true, false));
}

#[test]
fn what_is_in_one_namespace_is_told_there_only() {
    let map =
        |name: &str| format!("apiGroups: [''], resources: [configmaps], verbs: [update], resourceNames: [{name}]");
    let aws = "role-writes-cluster-settings at configmaps: give any identity of AWS any right in the cluster, by the ConfigMap \
               `aws-auth`";
    assert_eq!(told_in(Some("kube-system"), &[&map("aws-auth")], DEFAULT), [aws]);
    assert_eq!(told_in(Some("shop"), &[&map("aws-auth")], AUDIT), [""; 0]);
    assert_eq!(told_in(Some("kube-public"), &[&map("cluster-info")], PEDANTIC), [""; 0]);
    assert_eq!(told_in(Some("kube-public"), &[&map("cluster-info")], AUDIT).len(), 1);
    let create = "apiGroups: [''], resources: [configmaps], verbs: [create]";
    let made = told_in(Some("kube-system"), &[create], AUDIT);
    assert!(
        made[0].contains("make settings of the cluster that are not there yet"),
        "nothing is changed by it: {made:?}"
    );
    let secrets = "apiGroups: [''], resources: [secrets], verbs: [create]";
    assert_eq!(
        told_in(Some("kube-system"), &[secrets], AUDIT),
        ["role-writes-secrets at secrets: make a bootstrap token, by which a node can join the cluster"]
    );
}

#[test]
fn what_takes_guards_away_is_told_to_auditors() {
    let delete =
        "apiGroups: [admissionregistration.k8s.io], resources: [validatingwebhookconfigurations], verbs: [delete]";
    assert_eq!(told(&[delete], PEDANTIC), [""; 0]);
    assert_eq!(
        told(&[delete], AUDIT),
        [
            "role-writes-admission at validatingwebhookconfigurations: switch off what checks everything that is written to the API"
        ]
    );
    let helm = "apiGroups: [helm.cattle.io], resources: [helmcharts], verbs: [create]";
    assert!(told(&[helm], AUDIT)[0].starts_with("role-commands-operators at helmcharts"));
}

/// Whatever says of itself what comes of it says so of names, too, where names restrict it.
#[test]
fn words_of_a_right_are_for_names_too() {
    for power in power::ALL {
        for step in power.steps.iter().filter(|step| matches!(step.names, power::Names::Any)) {
            let takes_names = step.right.verbs.iter().any(|verb| !["create", "deletecollection"].contains(verb))
                || !step.right.subresource.is_empty();
            assert!(!takes_names || !step.gain_over(power).is_empty(), "{step:?}");
        }
    }
}

#[test]
fn a_default_role_may_be_widened_by_little() {
    let labelled = |rule: &str| {
        let label = "name: r\n  labels: {rbac.authorization.k8s.io/aggregate-to-admin: 'true'}";
        role("r", rule).replace("name: r", label)
    };
    let quotas = labelled("apiGroups: [''], resources: [resourcequotas], verbs: [update]");
    assert_eq!(risks(&quotas, DEFAULT), [""; 0]);
    assert_eq!(
        risks(&quotas, PEDANTIC),
        [
            "role-widens-default-role at resourcequotas: everybody who is bound to `admin` can change how much others may run"
        ]
    );
}

#[test]
fn a_namespace_that_nobody_has_said_is_not_named() {
    let text = role("r", "apiGroups: [''], resources: [secrets], verbs: [get]")
        + &named("b", Some("shop"), "r", &account("ops", "bot")).replace(", namespace: shop", "");
    assert_eq!(
        risks(&text, PEDANTIC),
        [
            "role-reads-secrets at secrets: ServiceAccount `ops/bot` can read any Secret, in the namespace of the binding"
        ]
    );
}
