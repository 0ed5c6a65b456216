//! Mistakes in where pods may run, and in the rest of their specs.

use super::{PLACED, POD, check};

#[test]
fn tolerations_and_node_selectors() {
    const AT: &str = "spec.jobTemplate.spec.template.spec";
    check(
        "pod-invalid-scheduling",
        PLACED,
        &[
            (
                "example.com/disk: ssd",
                "example.com/disk=ssd: ''",
                &format!("{AT}.nodeSelector: Invalid value: \"example.com/disk=ssd\": name part must"),
                "write `example.com/disk: ssd`",
                "example.com/disk=ssd",
            ),
            (
                "operator: Exists, effect",
                "operator: Exists, value: 'true', effect",
                &format!("{AT}.tolerations[0].operator: Invalid value: \"true\": value must be empty"),
                "remove `value`, or write `operator: Equal`",
                "'true'",
            ),
            (
                "key: example.com/gpu, operator: Exists",
                "operator: Equal",
                &format!("{AT}.tolerations[0].operator: Invalid value: \"Equal\": operator must be Exists"),
                "add the `key` of the taint, or write `operator: Exists` to tolerate any",
                "Equal",
            ),
            (
                "effect: NoSchedule",
                "effect: NoExec",
                &format!("{AT}.tolerations[0].effect: Unsupported value: \"NoExec\""),
                "write `NoSchedule`, `PreferNoSchedule` or `NoExecute`",
                "NoExec",
            ),
            (
                "effect: NoSchedule",
                "effect: NoSchedule, tolerationSeconds: 60",
                &format!("{AT}.tolerations[0].effect: Invalid value: \"NoSchedule\": effect must be 'NoExecute'"),
                "write `effect: NoExecute`, or remove `tolerationSeconds`",
                "NoSchedule",
            ),
        ],
    );
}

#[test]
fn affinity_and_spread() {
    const AT: &str = "spec.jobTemplate.spec.template.spec";
    check(
        "pod-invalid-scheduling",
        PLACED,
        &[
            (
                "operator: In,",
                "operator: '=',",
                &format!(
                    "{AT}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].\
                     matchExpressions[0].operator: Invalid value: \"=\": not a valid selector operator"
                ),
                "write `In`, and the value in the list `values`",
                "'='",
            ),
            (
                "weight: 50",
                "weight: 0",
                &format!(
                    "{AT}.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid \
                     value: 0: must be in the range 1-100"
                ),
                "write a `weight` from 1 to 100, which counts among the other preferences",
                "0",
            ),
            (
                "topologyKey: kubernetes.io/hostname, ",
                "",
                &format!(
                    "{AT}.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.\
                     topologyKey: Required value: can not be empty"
                ),
                "add a `topologyKey`, such as `kubernetes.io/hostname`",
                "podAffinityTerm",
            ),
            (
                "maxSkew: 1, ",
                "",
                &format!("{AT}.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero"),
                "write `maxSkew: 1`, or more",
                "{topologyKey: example.com/rack, whenUnsatisfiable: ScheduleAnyway}",
            ),
            (
                ", whenUnsatisfiable: ScheduleAnyway",
                "",
                &format!("{AT}.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: \"\""),
                "add `whenUnsatisfiable`: `DoNotSchedule` or `ScheduleAnyway`",
                "{maxSkew: 1, topologyKey: example.com/rack}",
            ),
        ],
    );
}

#[test]
fn accounts_and_deadlines() {
    check(
        "pod-invalid-spec",
        POD,
        &[
            (
                "serviceAccountName: importer",
                "serviceAccountName: shop/importer",
                "spec.template.spec.serviceAccountName: Invalid value: \"shop/importer\"",
                "write `importer`: pods have a ServiceAccount of their own namespace",
                "shop/importer",
            ),
            (
                "serviceAccountName: importer",
                "serviceAccountName: system:serviceaccount:shop:importer",
                "spec.template.spec.serviceAccountName: Invalid value: \"system:serviceaccount:shop:importer\"",
                "write `importer`: pods have a ServiceAccount of their own namespace",
                "system:serviceaccount:shop:importer",
            ),
            (
                "serviceAccountName: importer",
                "serviceAccountName: Importer",
                "spec.template.spec.serviceAccountName: Invalid value: \"Importer\"",
                "no object can be called so; did you mean `importer`?",
                "Importer",
            ),
            (
                "activeDeadlineSeconds: 60",
                "activeDeadlineSeconds: 0",
                "spec.template.spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647",
                "remove it, and write `spec.activeDeadlineSeconds` to end the whole Job in time: this one is for each \
                 of its pods",
                "0",
            ),
        ],
    );
}

#[test]
fn network_and_what_is_shared() {
    check(
        "pod-invalid-spec",
        POD,
        &[
            (
                "dnsPolicy: ClusterFirst",
                "dnsPolicy: clusterfirst",
                "spec.template.spec.dnsPolicy: Unsupported value: \"clusterfirst\"",
                "did you mean `ClusterFirst`? upper and lower case are not the same to Kubernetes",
                "clusterfirst",
            ),
            (
                "dnsPolicy: ClusterFirst",
                "dnsPolicy: None",
                "spec.template.spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None",
                "add `dnsConfig` with `nameservers`, or remove `dnsPolicy: None`",
                "spec",
            ),
            (
                "hostname: import",
                "hostname: import.shop",
                "spec.template.spec.hostname: Invalid value: \"import.shop\": must not contain dots",
                "write the first part only: the others come from `subdomain` and the cluster",
                "import.shop",
            ),
            (
                "preemptionPolicy: Never",
                "preemptionPolicy: never",
                "spec.template.spec.preemptionPolicy: Unsupported value: \"never\"",
                "did you mean `Never`? upper and lower case are not the same to Kubernetes",
                "never",
            ),
            (
                "hostname: import",
                "shareProcessNamespace: true\n      hostPID: true",
                "spec.template.spec.securityContext.shareProcessNamespace: Invalid value: true",
                "remove `shareProcessNamespace`: with `hostPID`, containers see all processes of the node, and so each \
                 other's",
                "true",
            ),
        ],
    );
    check(
        "pod-invalid-spec",
        PLACED,
        &[(
            "activeDeadlineSeconds: 600",
            "activeDeadlineSeconds: -1",
            "spec.jobTemplate.spec.template.spec.activeDeadlineSeconds: Invalid value: -1",
            "remove it, and write `spec.jobTemplate.spec.activeDeadlineSeconds` to end the whole Job in time: this one \
             is for each of its pods",
            "-1",
        )],
    );
}
