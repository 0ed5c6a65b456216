//! Where pods run, and how they are known there.

use super::*;

const SUBDOMAIN: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', \
                         and must start and end with an alphanumeric character (e.g. 'example.com', regex used for \
                         validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

#[test]
fn texts_that_are_empty_are_left_out() {
    of_spec(
        &json!({
            "restartPolicy": "", "dnsPolicy": "", "serviceAccountName": "", "nodeName": "", "hostname": "",
            "subdomain": "", "priorityClassName": "", "schedulerName": "",
        }),
        &[],
    );
    of_spec(
        &json!({"restartPolicy": "Sometimes"}),
        &["restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"OnFailure\", \"Never\""],
    );
}

#[test]
fn names_of_other_objects_are_subdomains() {
    for name in ["serviceAccountName", "nodeName", "priorityClassName", "runtimeClassName"] {
        of_spec(&json!({ name: "A" }), &[&format!("{name}: Invalid value: \"A\": {SUBDOMAIN}")]);
    }
    of_spec(
        &json!({"hostname": "a.b", "subdomain": "c.d"}),
        &[
            "hostname: Invalid value: \"a.b\": must not contain dots",
            "subdomain: Invalid value: \"c.d\": must not contain dots",
        ],
    );
    let fields = json!({"serviceAccount": "A"});
    of_spec(&fields, &[&format!("serviceAccountName: Invalid value: \"A\": {SUBDOMAIN}")]);
    assert_eq!(places(&with_spec(&fields)), ["template.spec.serviceAccount"]);
    of_spec(&json!({"serviceAccount": "A", "serviceAccountName": "a"}), &[]);
    of_spec(&json!({"imagePullSecrets": [{"name": ""}, {"name": "A"}]}), &[]);
}

#[test]
fn names_of_the_pod_in_the_network_are_checked() {
    of_spec(
        &json!({"dnsPolicy": "None"}),
        &["dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None"],
    );
    of_spec(
        &json!({"dnsPolicy": "None", "dnsConfig": {}}),
        &["dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when `dnsPolicy` is None"],
    );
    let servers = ["10.0.0.1", "10.0.0.2", "10.0.0.3", "a"];
    of_spec(
        &json!({"dnsConfig": {"nameservers": servers, "searches": [".", "_a.b.", "-"], "options": [{}]}}),
        &[
            "dnsConfig.nameservers: Invalid value: [\"10.0.0.1\",\"10.0.0.2\",\"10.0.0.3\",\"a\"]: must not have more than \
         3 nameservers",
            "dnsConfig.nameservers[3]: Invalid value: \"a\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
            "dnsConfig.options[0]: Required value: must not be empty",
            "dnsConfig.searches[2]: Invalid value: \"-\": a lowercase RFC 1123 subdomain must consist of lower case \
         alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. \
         'example.com', regex used for validation is '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*\
         [a-z0-9])?)*')",
        ],
    );
    of_spec(
        &json!({"hostAliases": [{"ip": "", "hostnames": ["A"]}]}),
        &[
            &format!("hostAliases[0].hostnames[0]: Invalid value: \"A\": {SUBDOMAIN}"),
            "hostAliases[0].ip: Invalid value: \"\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
        ],
    );
    of_spec(
        &json!({"hostnameOverride": "a.b", "hostNetwork": true, "setHostnameAsFQDN": true}),
        &[
            "hostnameOverride: Forbidden: may not be specified when hostNetwork is true",
            "hostnameOverride: Forbidden: may not be specified when setHostnameAsFQDN is true",
        ],
    );
}

#[test]
fn times_are_within_their_range() {
    of_spec(
        &json!({"activeDeadlineSeconds": 0}),
        &["activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive"],
    );
    of_spec(
        &json!({"activeDeadlineSeconds": 2_147_483_648_i64}),
        &["activeDeadlineSeconds: Invalid value: 2147483648: must be between 1 and 2147483647, inclusive"],
    );
    of_spec(&json!({"activeDeadlineSeconds": 1, "terminationGracePeriodSeconds": 0}), &[]);
}

#[test]
fn labels_and_annotations_are_named_after_the_template() {
    let labels = json!({"a b": "c", "d": "e f"});
    let template = over(&json!({"metadata": {"labels": labels, "annotations": {"A B": ""}}}), with_spec(&json!({})));
    let fields: Vec<_> = errors(&template, Version::NEWEST).into_iter().map(|error| error.field).collect();
    assert_eq!(fields, ["template.labels", "template.labels", "template.annotations"]);
    assert_eq!(
        places(&template),
        ["template.metadata.labels.a b", "template.metadata.labels.d", "template.metadata.annotations.A B",]
    );
    let fields = json!({"nodeSelector": {"a b": "", "c": "d e"}});
    assert_eq!(places(&with_spec(&fields)), ["template.spec.nodeSelector.a b", "template.spec.nodeSelector.c"]);
}

#[test]
fn affinity_to_nodes_is_a_list_of_terms() {
    let required = "requiredDuringSchedulingIgnoredDuringExecution";
    let preferred = "preferredDuringSchedulingIgnoredDuringExecution";
    let to_nodes = |terms: Value| json!({"affinity": {"nodeAffinity": {required: {"nodeSelectorTerms": terms}}}});
    let beginning = format!("affinity.nodeAffinity.{required}.nodeSelectorTerms");
    of_spec(
        &to_nodes(json!([])),
        &[&format!("{beginning}: Required value: must have at least one node selector term")],
    );
    of_spec(&to_nodes(json!([{}])), &[]);
    let expressions = json!([
        {"key": "a", "operator": "In"},
        {"key": "a", "operator": "Exists", "values": ["b"]},
        {"key": "a", "operator": "Gt", "values": ["1", "2"]},
        {"key": "a", "operator": "in"},
    ]);
    let fields = json!([
        {"key": "metadata.name", "operator": "In", "values": ["a", "b"]},
        {"key": "spec.name", "operator": "Exists"},
    ]);
    of_spec(
        &to_nodes(json!([{"matchExpressions": expressions, "matchFields": fields}])),
        &[
            &format!(
                "{beginning}[0].matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'"
            ),
            &format!(
                "{beginning}[0].matchExpressions[1].values: Forbidden: may not be specified when `operator` is 'Exists' or \
             'DoesNotExist'"
            ),
            &format!(
                "{beginning}[0].matchExpressions[2].values: Required value: must be specified single value when `operator` \
             is 'Lt' or 'Gt'"
            ),
            &format!(
                "{beginning}[0].matchExpressions[3].operator: Invalid value: \"in\": not a valid selector operator"
            ),
            &format!(
                "{beginning}[0].matchFields[0].values: Required value: must be only one value when `operator` is 'In' or \
             'NotIn' for node field selector"
            ),
            &format!("{beginning}[0].matchFields[1].key: Invalid value: \"spec.name\": not a valid field selector key"),
            &format!(
                "{beginning}[0].matchFields[1].operator: Invalid value: \"Exists\": not a valid selector operator"
            ),
        ],
    );
    of_spec(
        &json!({"affinity": {"nodeAffinity": {preferred: [{"weight": 0, "preference": {}}]}}}),
        &[&format!("affinity.nodeAffinity.{preferred}[0].weight: Invalid value: 0: must be in the range 1-100")],
    );
}

#[test]
fn affinity_to_pods_has_a_topology() {
    let required = "requiredDuringSchedulingIgnoredDuringExecution";
    let to_pods = |term: Value| json!({"affinity": {"podAntiAffinity": {required: [term]}}});
    let beginning = format!("affinity.podAntiAffinity.{required}[0]");
    of_spec(&to_pods(json!({"topologyKey": "a"})), &[]);
    let fields = to_pods(json!({"topologyKey": "", "namespaces": ["a", "B.c"], "matchLabelKeys": ["d"]}));
    let said: Vec<_> = errors(&with_spec(&fields), Version::NEWEST).into_iter().map(|error| error.field).collect();
    let at = |field: &str| format!("template.spec.{beginning}.{field}");
    assert_eq!(said, [at("namespace"), at("matchLabelKeys"), at("topologyKey"), at("topologyKey"), at("topologyKey"),]);
    let keys = json!({"topologyKey": "a", "labelSelector": {}, "matchLabelKeys": ["d"], "mismatchLabelKeys": ["d"]});
    of_spec(
        &to_pods(keys),
        &[&format!(
            "{beginning}.matchLabelKeys[0]: Invalid value: \"d\": exists in both matchLabelKeys and mismatchLabelKeys"
        )],
    );
}

#[test]
fn pods_are_spread_by_topology() {
    let constraint =
        |fields: &Value| over(fields, json!({"maxSkew": 1, "topologyKey": "a", "whenUnsatisfiable": "DoNotSchedule"}));
    let spread = |constraints: Value| json!({"topologySpreadConstraints": constraints});
    let beginning = "topologySpreadConstraints[0]";
    of_spec(&spread(json!([constraint(&json!({"minDomains": 1, "nodeTaintsPolicy": "Honor"}))])), &[]);
    of_spec(
        &spread(json!([constraint(&json!({})), constraint(&json!({}))])),
        &[&format!("{beginning}.{{topologyKey, whenUnsatisfiable}}: Duplicate value: \"{{a, DoNotSchedule}}\"")],
    );
    let wrong = json!({"maxSkew": 0, "topologyKey": "", "whenUnsatisfiable": "", "minDomains": 0});
    of_spec(
        &spread(json!([constraint(&wrong)])),
        &[
            &format!("{beginning}.maxSkew: Invalid value: 0: must be greater than zero"),
            &format!(
                "{beginning}.minDomains: Invalid value: 0: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not "
            ),
            &format!("{beginning}.minDomains: Invalid value: 0: must be greater than zero"),
            &format!("{beginning}.topologyKey: Required value: can not be empty"),
            &format!(
                "{beginning}.whenUnsatisfiable: Unsupported value: \"\": supported values: \"DoNotSchedule\", \
             \"ScheduleAnyway\""
            ),
        ],
    );
    of_spec(
        &spread(json!([constraint(&json!({"matchLabelKeys": ["b"], "nodeAffinityPolicy": "No"}))])),
        &[
            &format!("{beginning}.matchLabelKeys: Forbidden: must not be specified when labelSelector is not set"),
            &format!(
                "{beginning}.nodeAffinityPolicy: Unsupported value: \"No\": supported values: \"Honor\", \"Ignore\""
            ),
        ],
    );
    // A selector with the key is what the API server makes of a pod, and no fault in a template.
    let merged = constraint(&json!({"matchLabelKeys": ["b"], "labelSelector": {"matchLabels": {"b": "c"}}}));
    of_spec(&spread(json!([merged])), &[]);
    check(
        &with_spec(&spread(json!([merged]))),
        Version::parse("1.33").unwrap(),
        "template.spec.",
        &[&format!(
            "{beginning}.matchLabelKeys[0]: Invalid value: \"b\": exists in both matchLabelKeys and labelSelector"
        )],
    );
}

#[test]
fn tolerations_fit_together() {
    let tolerations = |tolerations: Value| json!({"tolerations": tolerations});
    let fine =
        json!([{"operator": "Exists"}, {"key": "a", "value": "b", "effect": "NoExecute", "tolerationSeconds": -1}]);
    of_spec(&tolerations(fine), &[]);
    of_spec(
        &tolerations(json!([{}, {"key": "a", "operator": "Exists", "value": "b"}, {"key": "a", "operator": "Gt"}])),
        &[
            "tolerations[0].operator: Invalid value: \"\": operator must be Exists when `key` is empty, which means \"match \
         all values and all keys\"",
            "tolerations[1].operator: Invalid value: \"b\": value must be empty when `operator` is 'Exists'",
            "tolerations[2].operator: Unsupported value: \"Gt\": supported values: \"Equal\", \"Exists\", \"Lt\", \"Gt\"",
        ],
    );
    of_spec(
        &tolerations(json!([{"key": "a", "effect": "Never", "tolerationSeconds": 1}])),
        &[
            "tolerations[0].effect: Invalid value: \"Never\": effect must be 'NoExecute' when `tolerationSeconds` is set",
            "tolerations[0].effect: Unsupported value: \"Never\": supported values: \"NoSchedule\", \"PreferNoSchedule\", \
         \"NoExecute\"",
        ],
    );
    assert_eq!(
        places(&with_spec(&tolerations(json!([{"key": "a", "value": "b c"}])))),
        ["template.spec.tolerations[0].value",]
    );
}

#[test]
fn gates_are_named_like_labels() {
    of_spec(
        &json!({"schedulingGates": [{"name": "a"}, {"name": "a"}]}),
        &["schedulingGates[1]: Duplicate value: \"a\""],
    );
    let said = |fields: Value| {
        errors(&with_spec(&fields), Version::NEWEST).into_iter().map(|error| error.field).collect::<Vec<_>>()
    };
    assert_eq!(said(json!({"schedulingGates": [{"name": "a b"}]})), ["template.spec.schedulingGates[0]"]);
    assert_eq!(
        said(json!({"readinessGates": [{"conditionType": "a b"}]})),
        ["template.spec.readinessGates[0].conditionType",]
    );
    of_spec(
        &json!({"preemptionPolicy": "Always"}),
        &["preemptionPolicy: Unsupported value: \"Always\": supported values: \"PreemptLowerPriority\", \"Never\""],
    );
}
