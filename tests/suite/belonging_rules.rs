//! Rules about what belongs together: objects that stand twice, ServiceAccounts and who uses them, and what makes pods.

use std::fs;

use rolecall::catalog::Version;
use rolecall::lint::{self, Profile, Report, Selection, Settings};
use rolecall::manifest::Options;
use tempfile::TempDir;

use crate::scratch;

/// The report on some files, each with its path and text.
fn report(files: &[(&str, &str)], profile: Profile) -> Report {
    let directory = TempDir::new().unwrap();
    for (path, text) in files {
        let path = directory.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let settings = Settings { selection: Selection::of(profile), ..Settings::default() };
    lint::lint(&scratch::files_under(directory.path()), &Options::default(), &settings).unwrap()
}

/// What a rule says about some files: `severity file:line: message`.
fn said_of(rule: &str, files: &[(&str, &str)], profile: Profile) -> Vec<String> {
    let report = report(files, profile);
    let findings = report.findings.iter().filter(|finding| finding.rule == rule);
    let line = |finding: &rolecall::diagnostic::Finding| {
        let at = report.read_set.sources.locate(finding.span);
        let file = at.path.rsplit('/').next().unwrap();
        format!("{} {file}:{}: {}", finding.severity.name(), at.start.line, finding.message)
    };
    findings.map(line).collect()
}

/// How many findings of a rule there are in one file, for each profile.
fn counts(rule: &str, text: &str) -> [usize; 3] {
    Profile::ALL.map(|profile| said_of(rule, &[("all.yaml", text)], profile).len())
}

fn role(name: &str, verb: &str) -> String {
    format!(
        "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {{name: {name}, namespace: shop}}\nrules:\n\
         - {{apiGroups: [''], resources: [pods], verbs: [{verb}]}}\n"
    )
}

fn account(name: &str) -> String {
    format!("---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {{name: {name}, namespace: shop}}\n")
}

/// A RoleBinding in the namespace `shop` to a subject in flow style.
fn binding(subject: &str) -> String {
    format!(
        "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {{name: b, namespace: shop}}\n\
         roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}}\nsubjects: [{{{subject}}}]\n"
    )
}

fn bound(name: &str) -> String {
    binding(&format!("kind: ServiceAccount, name: {name}, namespace: shop"))
}

/// A ReplicaSet whose pods have these fields.
fn replicas(name: &str, of_pod: &str) -> String {
    format!(
        "---\napiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {{name: {name}, namespace: shop}}\nspec: {{selector: \
         {{matchLabels: {{app: a}}}}, template: {{metadata: {{labels: {{app: a}}}}, spec: {{{of_pod}containers: [{{name: c, \
         image: i}}]}}}}}}\n"
    )
}

fn running_as(name: &str) -> String {
    replicas("web", &format!("serviceAccountName: {name}, "))
}

const TWICE: &str = "object-defined-twice";

#[test]
fn an_object_that_stands_twice_in_a_file_is_told_at_the_second() {
    let other = role("r", "get") + &role("s", "get") + &role("r", "list");
    let said = said_of(TWICE, &[("all.yaml", &other)], Profile::Default);
    let message =
        "defined once more in the same file, with other content: only the last one is left when all are applied";
    assert_eq!(said, [format!("warning all.yaml:16: {message}")]);
    let first = report(&[("all.yaml", &other)], Profile::Default).findings[0].related[0].span;
    assert_eq!(&other[first.range()], "r");
}

#[test]
fn objects_that_say_the_same_twice_do_no_harm() {
    let ordered = "---\n# The same again.\nrules:\n- verbs: [\"get\"]\n  apiGroups: ['']\n  resources:\n  - pods\n\
                   metadata: {namespace: shop, name: r}\nkind: Role\napiVersion: rbac.authorization.k8s.io/v1\n";
    let text = role("r", "get") + ordered;
    assert_eq!(counts(TWICE, &text), [0, 1, 1]);
    let said = said_of(TWICE, &[("all.yaml", &text)], Profile::Pedantic);
    assert_eq!(said, ["info all.yaml:14: defined once more in the same file, with the same content"]);
    let list = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ServiceAccount\n  metadata:\n    name: a\n\
                - kind: ServiceAccount\n  apiVersion: v1\n  metadata:\n    name: a\n";
    assert_eq!(counts(TWICE, list), [0, 1, 1]);
}

#[test]
fn objects_that_are_not_surely_the_same_are_left_alone() {
    let generated = role("r", "get").replace("name: r,", "generateName: r-,");
    let placeholder = role("'${NAME}'", "get");
    let elsewhere = role("r", "get").replace("shop", "other");
    let anywhere = role("r", "get").replace(", namespace: shop", "");
    let cluster_role = role("r", "get").replace("kind: Role", "kind: ClusterRole").replace(", namespace: shop", "");
    for text in [
        generated.clone() + &generated.replace("[get]", "[list]"),
        placeholder.clone() + &placeholder.replace("[get]", "[list]"),
        role("r", "list") + &elsewhere + &anywhere + &cluster_role,
        role("r", "get") + &role("R", "get"),
    ] {
        assert_eq!(counts(TWICE, &text), [0; 3], "{text}");
    }
    // Hooks come and go at different times.
    let hook = |hook: &str| {
        role("r", hook).replace("{name: r,", &format!("{{name: r, annotations: {{helm.sh/hook: {hook}}},"))
    };
    assert_eq!(counts(TWICE, &(hook("pre-install") + &hook("post-delete"))), [0; 3]);
    let same_time = hook("pre-install") + &hook("pre-install").replace("[pre-install]", "[get]");
    assert_eq!(counts(TWICE, &same_time), [1; 3]);
    // Where both leave it to whoever applies them, both come to the same.
    assert_eq!(counts(TWICE, &(anywhere.clone() + &anywhere.replace("[get]", "[list]"))), [1; 3]);
}

#[test]
fn a_kustomization_takes_no_object_twice() {
    let (one, other) = (role("r", "get"), role("r", "list"));
    let listing = |list: &str| format!("resources: [{list}]\n");
    let said = |list: &str| {
        said_of(TWICE, &[("a.yaml", &one), ("b.yaml", &other), ("kustomization.yaml", &listing(list))], Profile::Audit)
    };
    let message = "defined once more in the same kustomization, with other content: kustomize refuses to build it";
    assert_eq!(said("a.yaml, b.yaml"), [format!("error b.yaml:4: {message}")]);
    // It chooses among them.
    assert_eq!(said("a.yaml"), [""; 0]);
    let patched = "resources: [a.yaml]\npatches: [{path: b.yaml}]\n";
    let files = [("a.yaml", one.as_str()), ("b.yaml", &other), ("kustomization.yaml", patched)];
    assert_eq!(said_of(TWICE, &files, Profile::Audit), [""; 0]);
}

#[test]
fn files_of_a_directory_are_told_once_and_only_to_auditors() {
    let (one, other) = (role("r", "get") + &role("s", "get"), role("r", "list") + &role("s", "list"));
    let files = [("a.yaml", one.as_str()), ("b.yaml", &other)];
    assert_eq!(said_of(TWICE, &files, Profile::Pedantic), [""; 0]);
    let message = "defined in another file of the same directory, too, with other content";
    assert_eq!(said_of(TWICE, &files, Profile::Audit), [format!("info b.yaml:4: {message}")]);
    let apart = [("base/a.yaml", one.as_str()), ("prod/b.yaml", &other), ("c.yaml", &other)];
    assert_eq!(said_of(TWICE, &apart, Profile::Audit), [""; 0]);
}

const UNUSED: &str = "serviceaccount-unused";

#[test]
fn accounts_that_nothing_uses_are_found() {
    let all = account("web") + &bound("web") + &running_as("web");
    assert_eq!(counts(UNUSED, &all), [0; 3]);
    let unused = account("idle") + &all;
    assert_eq!(counts(UNUSED, &unused), [0, 1, 1]);
    let message = "no workload that was read runs as this ServiceAccount, and no binding names it";
    assert_eq!(said_of(UNUSED, &[("all.yaml", &unused)], Profile::Pedantic), [format!("info all.yaml:4: {message}")]);
    // A system outside of the cluster may have the token of one to which something is granted.
    let only_bound = account("web") + &bound("web") + &running_as("other");
    assert_eq!(counts(UNUSED, &only_bound), [0, 0, 1]);
}

#[test]
fn accounts_that_something_may_use_are_left_alone() {
    let all = account("web") + &bound("web") + &running_as("web");
    let alone = account("idle");
    let without_workloads = account("idle") + &bound("web");
    let default = account("default") + &all;
    let in_another_namespace = account("idle") + &all + &running_as("idle").replace("shop", "other");
    for text in [alone, without_workloads, default, in_another_namespace] {
        assert_eq!(counts(UNUSED, &text), [0; 3], "{text}");
    }
    // An operator may run something as it.
    let definition = "---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: \
                      widgets.example.com}\nspec: {group: example.com, scope: Namespaced, names: {plural: widgets, kind: \
                      Widget}, versions: [{name: v1, served: true, storage: true}]}\n";
    assert_eq!(counts(UNUSED, &(account("idle") + &all + definition)), [0, 0, 1]);
    let to_all = binding("apiGroup: rbac.authorization.k8s.io, kind: Group, name: 'system:serviceaccounts:shop'");
    assert_eq!(counts(UNUSED, &(account("idle") + &to_all + &running_as("web"))), [0, 0, 1]);
    let files =
        [("kustomization.yaml", "resources: [a.yaml]\nnamePrefix: x-\n"), ("a.yaml", &(account("idle") + &all))];
    assert_eq!(said_of(UNUSED, &files, Profile::Audit), [""; 0]);
}

#[test]
fn tokens_without_use_are_found_where_they_are_mounted() {
    let rule = "workload-automounts-token";
    let audited = |text: &str| counts(rule, text)[2];
    let no =
        |text: &str| text.replace("---\napiVersion: v1", "---\nautomountServiceAccountToken: false\napiVersion: v1");
    let says = |word: &str| replicas("w", &format!("serviceAccountName: web, automountServiceAccountToken: {word}, "));
    assert_eq!(audited(&(account("web") + &running_as("web"))), 1);
    assert_eq!(audited(&(no(&account("web")) + &running_as("web"))), 0);
    // The pod has the first word.
    assert_eq!(audited(&(no(&account("web")) + &says("true"))), 1);
    assert_eq!(audited(&(account("web") + &says("false"))), 0);
    // What the ServiceAccount says is not known, except of one that nobody writes.
    assert_eq!(audited(&running_as("web")), 0);
    assert_eq!(audited(&replicas("w", "")), 1);
    assert_eq!(audited(&(account("web") + &running_as("web") + &bound("web"))), 0);
    for group in ["system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated"] {
        let group = binding(&format!("apiGroup: rbac.authorization.k8s.io, kind: Group, name: '{group}'"));
        assert_eq!(audited(&(account("web") + &running_as("web") + &group)), 0, "{group}");
    }
    let text = account("web") + &says("true");
    assert_eq!(
        said_of(rule, &[("all.yaml", &text)], Profile::Audit),
        ["info all.yaml:9: a token of `web` is mounted, and no binding that was read grants it anything"]
    );
}

/// A Pod with these fields in its metadata, and these beside its container.
fn pod(metadata: &str, spec: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: p{metadata}}}\nspec: {{{spec}containers: [{{name: c, image: i}}]}}\n"
    )
}

#[test]
fn pods_that_nothing_makes_again_are_found() {
    let (stays, ends) = ("pod-bare-long-running", "pod-bare-run-to-completion");
    for (policy, counted) in [("", [1, 0]), ("Always", [1, 0]), ("Never", [0, 1]), ("OnFailure", [0, 1])] {
        let policy = if policy.is_empty() { String::new() } else { format!("restartPolicy: {policy}, ") };
        let found = [stays, ends].map(|rule| counts(rule, &pod("", &policy)));
        assert_eq!(found, counted.map(|count| [0, count, count]), "{policy}");
    }
    let command = |command: &str| pod("", "").replace("image: i", &format!("image: i, command: {command}"));
    for left_alone in [
        pod(", annotations: {helm.sh/hook: test}", ""),
        pod(", annotations: {kubernetes.io/config.mirror: abc}", ""),
        pod(", ownerReferences: [{apiVersion: v1, kind: Widget, name: w, uid: u}]", ""),
        pod(", labels: {kueue.x-k8s.io/queue-name: q}", ""),
        pod("", "nodeName: n1, "),
        pod(", namespace: kube-system", "hostNetwork: true, "),
        pod(", namespace: kube-system", "priorityClassName: system-node-critical, "),
        command("[sleep, '3600']"),
        command("[/bin/sh, -c, 'sleep 3600']"),
        command("[sh, -c, 'while true; do sleep 30; done']"),
    ] {
        assert_eq!(counts(stays, &left_alone), [0; 3], "{left_alone}");
    }
    assert_eq!(counts(stays, &command("[sh, -c, 'sleep 5; exec serve']")), [0, 1, 1]);
    assert_eq!(counts(stays, &pod("", "hostNetwork: true, ")), [0, 1, 1]);
}

fn job(metadata: &str, spec: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: migrate{metadata}}}\nspec: {{{spec}template: {{spec: \
         {{restartPolicy: Never, containers: [{{name: c, image: i}}]}}}}}}\n"
    )
}

const FIXED: &str = "job-fixed-name-under-gitops";

#[test]
fn jobs_that_cannot_be_deployed_again_are_told_by_what_deploys_them() {
    for (metadata, tool) in [
        (", labels: {app.kubernetes.io/managed-by: Helm}", "Helm"),
        (", labels: {helm.sh/chart: ledger-1.0.0}", "Helm"),
        (", annotations: {argocd.argoproj.io/sync-wave: '1'}", "Argo CD"),
        (", annotations: {argocd.argoproj.io/sync-options: 'Prune=false'}", "Argo CD"),
        // An update by another verb is refused as well.
        (", annotations: {argocd.argoproj.io/sync-options: 'Replace=true'}", "Argo CD"),
        (", labels: {kustomize.toolkit.fluxcd.io/name: apps}", "Flux"),
    ] {
        let said = said_of(FIXED, &[("a.yaml", &job(metadata, ""))], Profile::Default);
        let message = format!("warning a.yaml:3: once the pods of this Job are to change, {tool} cannot deploy it");
        assert_eq!(said, [message], "{metadata}");
    }
    let rendered = format!("---\n# Source: ledger/templates/job.yaml\n{}", job("", ""));
    assert_eq!(counts(FIXED, &rendered), [1; 3]);
    let behind_another = format!("{rendered}---\n{}", job("", "").replace("migrate", "other"));
    assert_eq!(counts(FIXED, &behind_another), [1; 3]);
    assert_eq!(counts(FIXED, &format!("# Source: the manual\n{}", job("", ""))), [0; 3]);
    assert_eq!(counts(FIXED, &job("", "")), [0; 3]);
}

#[test]
fn jobs_that_a_kustomization_lists_are_a_matter_of_taste() {
    let files = [("job.yaml", job("", "")), ("kustomization.yaml", "resources: [job.yaml]\n".to_owned())];
    let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    assert_eq!(said_of(FIXED, &files, Profile::Default), [""; 0]);
    let report = report(&files, Profile::Pedantic);
    let finding = report.findings.iter().find(|finding| finding.rule == FIXED).unwrap();
    assert_eq!(finding.message, "once the pods of this Job are to change, the kustomization cannot be applied again");
    assert!(report.read_set.sources.path(finding.related[0].span.file).ends_with("/kustomization.yaml"));
    let unlisted = [files[0], ("kustomization.yaml", "resources: [other.yaml]\n")];
    assert_eq!(said_of(FIXED, &unlisted, Profile::Audit), [""; 0]);
}

#[test]
fn jobs_that_make_way_are_left_alone() {
    let helm = ", labels: {helm.sh/chart: c-1}";
    assert_eq!(counts(FIXED, &job(helm, "ttlSecondsAfterFinished: 60, ")), [0; 3]);
    for annotation in [
        "helm.sh/hook: pre-upgrade",
        "argocd.argoproj.io/hook: Sync",
        "argocd.argoproj.io/sync-options: 'Prune=false, Force=true'",
        "kustomize.toolkit.fluxcd.io/force: enabled",
        "kustomize.toolkit.fluxcd.io/reconcile: disabled",
        "kapp.k14s.io/update-strategy: fallback-on-replace",
    ] {
        let text = job(&format!("{helm}, annotations: {{{annotation}}}"), "");
        assert_eq!(counts(FIXED, &text), [0; 3], "{annotation}");
    }
    let owned = job(&format!("{helm}, ownerReferences: [{{apiVersion: v1, kind: Widget, name: w, uid: u}}]"), "");
    assert_eq!(counts(FIXED, &owned), [0; 3]);
    for name in ["migrate-2.7.0", "migrate-7f9c4d", "migrate-20250101"] {
        assert_eq!(counts(FIXED, &job(helm, "").replace("migrate", name)), [0; 3], "{name}");
    }
    assert_eq!(counts(FIXED, &job(helm, "").replace("name: migrate", "generateName: migrate-")), [0; 3]);
}

#[test]
fn jobs_that_delete_themselves_under_gitops_are_found() {
    let rule = "job-ttl-under-gitops";
    let of = |metadata: &str, ttl: &str| said_of(rule, &[("a.yaml", &job(metadata, ttl))], Profile::Audit);
    let ttl = "ttlSecondsAfterFinished: 60, ";
    assert_eq!(
        of(", annotations: {argocd.argoproj.io/sync-wave: '1'}", ttl),
        ["info a.yaml:4: Argo CD finds the Job out of sync once it has deleted itself, and may run it again"]
    );
    assert_eq!(of(", labels: {kustomize.toolkit.fluxcd.io/name: apps}", ttl).len(), 1);
    for (metadata, ttl) in [
        ("", ttl),
        (", labels: {helm.sh/chart: c-1}", ttl),
        (", annotations: {argocd.argoproj.io/hook: Sync}", ttl),
        (", annotations: {argocd.argoproj.io/sync-wave: '1'}", ""),
    ] {
        assert_eq!(of(metadata, ttl), [""; 0], "{metadata}");
    }
}

#[test]
fn subjects_that_were_not_read_are_told_to_auditors() {
    let rule = "subject-missing-service-account";
    assert_eq!(counts(rule, &bound("web")), [0, 0, 1]);
    for left_alone in [
        bound("web") + &account("web"),
        bound("default"),
        bound("'${NAME}'"),
        binding("kind: ServiceAccount, name: web, namespace: '${NAMESPACE}'"),
        // Other rules know better.
        bound("web") + &account("web").replace("shop", "other"),
        bound("deploer") + &account("deployer"),
        // Its namespace is that of the binding, which is still to come.
        binding("kind: ServiceAccount, name: web").replace(", namespace: shop}", "}"),
    ] {
        assert_eq!(counts(rule, &left_alone), [0; 3], "{left_alone}");
    }
}

#[test]
fn accounts_with_a_slip_of_the_pen_are_found() {
    let rule = "subject-misspelt-service-account";
    let text = bound("deploer") + &account("deployer");
    let said = said_of(rule, &[("all.yaml", &text)], Profile::Default);
    assert_eq!(said, ["warning all.yaml:6: there is no ServiceAccount `deploer` in namespace `shop`"]);
    let findings = report(&[("all.yaml", &text)], Profile::Default).findings;
    assert_eq!(findings[0].help.as_deref(), Some("did you mean `deployer`? no binding names that one"));
    let at_end = bound("web-frontent") + &account("web-frontend");
    assert_eq!(counts(rule, &at_end), [1; 3], "a word that ends in another letter");
    for left_alone in [
        text.replace("deploer", "deploy-eu").replace("deployer", "deploy-us"),
        text.replace("deploer", "worker-a").replace("deployer", "worker-b"),
        text.clone() + &bound("deployer").replace("name: b,", "name: c,"),
        text.clone() + &account("deploer").replace("shop", "other"),
        text.replace("deploer", "worker-1").replace("deployer", "worker-2"),
        text.replace("deploer", "reader"),
        bound("deploer") + &account("deployer").replace("shop", "other"),
    ] {
        assert_eq!(counts(rule, &left_alone), [0; 3], "{left_alone}");
    }
    let apart = [("a/b.yaml", bound("deploer")), ("c/d.yaml", account("deployer"))];
    assert_eq!(said_of(rule, &apart.each_ref().map(|(path, text)| (*path, text.as_str())), Profile::Audit), [""; 0]);
    let kustomized = [("a.yaml", text.as_str()), ("kustomization.yaml", "resources: [a.yaml]\nnameSuffix: -x\n")];
    assert_eq!(said_of(rule, &kustomized, Profile::Audit), [""; 0]);
}

#[test]
fn workloads_with_a_slip_of_the_pen_are_found() {
    let rule = "workload-misspelt-service-account";
    let text = running_as("fronted") + &account("frontend");
    let said = said_of(rule, &[("all.yaml", &text)], Profile::Default);
    assert_eq!(said, ["warning all.yaml:5: there is no ServiceAccount `fronted` in namespace `shop`"]);
    // Neither says its namespace, and both will have the same.
    assert_eq!(counts(rule, &text.replace(", namespace: shop", "")), [1; 3]);
    for left_alone in [
        text.clone() + &running_as("frontend").replace("name: web,", "name: web2,"),
        text.clone() + &account("fronted"),
        text.replace("fronted", "default"),
        text.replacen("namespace: shop", "namespace: other", 1),
    ] {
        assert_eq!(counts(rule, &left_alone), [0; 3], "{left_alone}");
    }
}

#[test]
fn namespaces_with_a_slip_of_the_pen_are_found() {
    let rule = "subject-misspelt-namespace";
    let group = |namespace: &str| {
        binding(&format!(
            "apiGroup: rbac.authorization.k8s.io, kind: Group, name: 'system:serviceaccounts:{namespace}'"
        ))
    };
    let there = account("web").replace("shop", "monitoring");
    assert_eq!(counts(rule, &(group("monitring") + &there)), [0, 1, 1]);
    assert_eq!(counts(rule, &(group("kube-sytem"))), [0, 1, 1]);
    for text in [group("monitring"), group("monitoring") + &there, group("${NAME}onitoring") + &there] {
        assert_eq!(counts(rule, &text), [0; 3], "{text}");
    }
}

#[test]
fn an_annotation_is_deprecated_from_its_version_on() {
    let text = "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: a\n  annotations:\n    \
                kubernetes.io/enforce-mountable-secrets: 'true'\n";
    let (_directory, inputs) = scratch::file("a.yaml", text.as_bytes());
    for (version, count) in [("1.31", 0), ("1.32", 1), ("1.36", 1)] {
        let options = Options { version: Version::parse(version).unwrap(), ..Options::default() };
        let settings = Settings { selection: Selection::of(Profile::Pedantic), ..Settings::default() };
        let report = lint::lint(&inputs, &options, &settings).unwrap();
        assert_eq!(report.findings.len(), count, "{version}");
        assert!(report.findings.iter().all(|finding| &text[finding.span.range()] == "'true'"));
    }
}
