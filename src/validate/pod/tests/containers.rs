//! Containers: names, ports, variables, mounts, probes, restarts.

use super::*;

const LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start \
                     and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation \
                     is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

#[test]
fn containers_need_names_and_images() {
    of_spec(&json!({"containers": []}), &["containers: Required value"]);
    check(&json!({}), Version::NEWEST, "template.spec.", &["containers: Required value"]);
    of_container(&json!({"name": "", "image": ""}), &["image: Required value", "name: Required value"]);
    of_container(&json!({"image": " i "}), &[]);
    of_container(&json!({"name": "a.b"}), &["name: Invalid value: \"a.b\": must not contain dots"]);
    of_container(&json!({"name": "A"}), &[&format!("name: Invalid value: \"A\": {LABEL}")]);
    of_container(
        &json!({"imagePullPolicy": "always"}),
        &["imagePullPolicy: Unsupported value: \"always\": supported values: \"Always\", \"IfNotPresent\", \"Never\""],
    );
    of_container(&json!({"imagePullPolicy": "", "terminationMessagePolicy": "", "command": [], "args": [""]}), &[]);
    of_container(
        &json!({"terminationMessagePolicy": "Log"}),
        &[
            "terminationMessagePolicy: Unsupported value: \"Log\": supported values: \"File\", \"FallbackToLogsOnError\"",
        ],
    );
}

#[test]
fn names_of_containers_are_unique() {
    let container = |name: &str| json!({"name": name, "image": "i"});
    of_spec(
        &json!({"containers": [container("a"), container("b"), container("a")]}),
        &["containers[2].name: Duplicate value: \"a\""],
    );
    let fields = json!({"initContainers": [container("c"), container("d"), container("d")]});
    of_spec(
        &fields,
        &["initContainers[0].name: Duplicate value: \"c\"", "initContainers[2].name: Duplicate value: \"d\""],
    );
}

#[test]
fn templates_have_no_ephemeral_containers() {
    let container = json!({"name": "e", "image": " i", "targetContainerName": "x", "ports": [], "startupProbe": {}});
    of_spec(
        &json!({"ephemeralContainers": [container]}),
        &[
            "ephemeralContainers: Forbidden: ephemeral containers not allowed in pod template",
            "ephemeralContainers[0].image: Invalid value: \" i\": must not have leading or trailing whitespace",
            "ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral Container",
            "ephemeralContainers[0].startupProbe: Forbidden: cannot be set for an Ephemeral Container",
            "ephemeralContainers[0].targetContainerName: Not found: \"x\"",
        ],
    );
    of_spec(&json!({"ephemeralContainers": []}), &[]);
}

#[test]
fn ports_are_numbers_with_names() {
    let ports = |ports: Value| json!({"ports": ports});
    of_container(&ports(json!([{"containerPort": 80, "name": "http", "protocol": "SCTP", "hostPort": 0}])), &[]);
    of_container(
        &ports(json!([{"containerPort": 0}, {"containerPort": 65536, "hostPort": -1}])),
        &[
            "ports[0].containerPort: Required value",
            "ports[1].containerPort: Invalid value: 65536: must be between 1 and 65535, inclusive",
            "ports[1].hostPort: Invalid value: -1: must be between 1 and 65535, inclusive",
        ],
    );
    of_container(
        &ports(json!([{"containerPort": 1, "name": "a"}, {"containerPort": 2, "name": "a"}])),
        &["ports[1].name: Duplicate value: \"a\""],
    );
    of_container(
        &ports(json!([{"containerPort": 1, "protocol": "tcp", "name": "a-very-long-name"}])),
        &[
            "ports[0].name: Invalid value: \"a-very-long-name\": must be no more than 15 characters",
            "ports[0].protocol: Unsupported value: \"tcp\": supported values: \"SCTP\", \"TCP\", \"UDP\"",
        ],
    );
    let twice = json!([
        {"containerPort": 1, "hostPort": 9},
        {"containerPort": 2, "hostPort": 9, "protocol": "TCP"},
        {"containerPort": 2, "hostPort": 9, "protocol": "UDP"},
        {"containerPort": 2, "hostPort": 9, "hostIP": "10.0.0.1"},
    ]);
    of_container(&ports(twice), &["ports[1].hostPort: Duplicate value: \"TCP//9\""]);
}

#[test]
fn ports_of_init_containers_are_alone() {
    let container = |name: &str| json!({"name": name, "image": "i", "ports": [{"containerPort": 1, "hostPort": 9}]});
    of_spec(&json!({"initContainers": [container("a"), container("b")]}), &[]);
    let twice = json!([{"containerPort": 1, "hostPort": 9}, {"containerPort": 1, "hostPort": 9}]);
    let fields = json!({"initContainers": [container("a"), {"name": "b", "image": "i", "ports": twice}]});
    of_spec(&fields, &["initContainers[0].ports[1].hostPort: Duplicate value: \"TCP//9\""]);
    assert_eq!(places(&with_spec(&fields)), ["template.spec.initContainers[1].ports[1].hostPort"]);
    let host = json!([{"containerPort": 1, "hostPort": 9}, {"containerPort": 1}]);
    let fields = json!({"hostNetwork": true, "containers": [{"name": "c", "image": "i", "ports": host}]});
    of_spec(
        &fields,
        &["containers[0].ports[0].hostPort: Invalid value: 9: must match `containerPort` when `hostNetwork` is true"],
    );
}

#[test]
fn variables_have_one_source() {
    let from = |source: Value| json!({"env": [{"name": "A", "valueFrom": source}]});
    let beginning = "env[0].valueFrom";
    of_container(&from(json!({"fieldRef": {"fieldPath": "status.podIP"}})), &[]);
    of_container(&from(json!({"secretKeyRef": {"name": "s", "key": "k"}})), &[]);
    of_container(
        &from(json!({})),
        &[&format!(
            "{beginning}: Invalid value: \"\": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, \
         `secretKeyRef` or `fileKeyRef`"
        )],
    );
    of_container_before(
        "1.34",
        &from(json!({})),
        &[&format!(
            "{beginning}: Invalid value: \"\": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or \
         `secretKeyRef`"
        )],
    );
    let both = json!({"secretKeyRef": {"name": "s", "key": "k"}, "configMapKeyRef": {"name": "s", "key": "k"}});
    of_container(
        &from(both),
        &[&format!("{beginning}: Invalid value: \"\": may not have more than one field specified at a time")],
    );
    let valued = json!([{"name": "A", "value": "a", "valueFrom": {"secretKeyRef": {"name": "s", "key": ""}}}]);
    of_container(
        &json!({"env": valued}),
        &[
            "env[0].valueFrom.secretKeyRef.key: Required value",
            "env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty",
        ],
    );
    of_container(
        &json!({"env": [{"name": ""}, {"name": "a b"}, {"name": "a=b"}]}),
        &[
            "env[0].name: Required value",
            "env[2].name: Invalid value: \"a=b\": a valid environment variable name must consist only of printable ASCII \
         characters other than '='",
        ],
    );
}

#[test]
fn variables_refer_to_fields_that_are_there() {
    let field = |path: &str| json!({"env": [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": path}}}]});
    for path in ["metadata.name", "metadata.labels['a/b']", "metadata.annotations['B']", "spec.host", "status.hostIPs"]
    {
        of_container(&field(path), &[]);
    }
    let beginning = "env[0].valueFrom.fieldRef.fieldPath";
    of_container(&field(""), &[&format!("{beginning}: Required value")]);
    of_container(
        &field("metadata.uuid"),
        &[&format!(
            "{beginning}: Invalid value: \"metadata.uuid\": error converting fieldPath: field label not supported: \
         metadata.uuid"
        )],
    );
    of_container(
        &field("spec.nodeName['a']"),
        &[&format!(
            "{beginning}: Invalid value: \"spec.nodeName['a']\": error converting fieldPath: field label does not support \
         subscript: spec.nodeName['a']"
        )],
    );
    of_container(
        &field("metadata.labels"),
        &[&format!(
            "{beginning}: Unsupported value: \"metadata.labels\": supported values: \"metadata.name\", \
         \"metadata.namespace\", \"metadata.uid\", \"spec.nodeName\", \"spec.serviceAccountName\", \
         \"status.hostIP\", \"status.hostIPs\", \"status.podIP\", \"status.podIPs\""
        )],
    );
    let resource = |resource: &str, divisor: &str| {
        let reference = json!({"resource": resource, "divisor": divisor});
        json!({"env": [{"name": "A", "valueFrom": {"resourceFieldRef": reference}}]})
    };
    of_container(&resource("limits.cpu", "1m"), &[]);
    of_container(&resource("requests.hugepages-2Mi", "1Mi"), &[]);
    of_container(&resource("limits.memory", "0"), &[]);
    of_container(
        &resource("limits.cpu", "10m"),
        &[
            "env[0].valueFrom.resourceFieldRef.divisor: Invalid value: \"limits.cpu\": only divisor's values 1m and 1 are \
         supported with the cpu resource",
        ],
    );
    of_container(
        &resource("limits.disk", "1"),
        &["env[0].valueFrom.resourceFieldRef.resource: Unsupported value: \"limits.disk\": supported values: \
         \"limits.cpu\", \"limits.ephemeral-storage\", \"limits.memory\", \"requests.cpu\", \
         \"requests.ephemeral-storage\", \"requests.memory\""],
    );
}

#[test]
fn variables_in_files_need_an_empty_directory() {
    let file = |volume: &str, path: &str| {
        let reference = json!({"volumeName": volume, "path": path, "key": "K"});
        json!({"env": [{"name": "A", "valueFrom": {"fileKeyRef": reference}}]})
    };
    of_container(&file("v", "a/b"), &[]);
    of_container(
        &file("w", "a/b"),
        &["env[0].valueFrom.fileKeyRef.volumeName: Invalid value: \"w\": referenced volume must be of type emptyDir"],
    );
    of_container(
        &file("x", ""),
        &[
            "env[0].valueFrom.fileKeyRef.path: Required value",
            "env[0].valueFrom.fileKeyRef.volumeName: Not found: \"x\"",
        ],
    );
}

#[test]
fn sources_of_many_variables_are_one_thing() {
    of_container(
        &json!({"envFrom": [{"secretRef": {"name": "s"}, "prefix": "a b"}, {"configMapRef": {}}]}),
        &["envFrom[1].configMapRef.name: Required value"],
    );
    of_container(
        &json!({"envFrom": [{}]}),
        &["envFrom: Invalid value: \"\": must specify one of: `configMapRef` or `secretRef`"],
    );
    of_container(
        &json!({"envFrom": [{"secretRef": {"name": "s"}, "configMapRef": {"name": "m"}}]}),
        &["envFrom: Invalid value: \"\": may not have more than one field specified at a time"],
    );
    assert_eq!(places(&with_container(&json!({"envFrom": [{}]}))), ["template.spec.containers[0].envFrom[0]"]);
}

#[test]
fn mounts_are_of_volumes_that_are_there() {
    let mounts = |mounts: Value| json!({"volumeMounts": mounts});
    of_container(&mounts(json!([{"name": "v", "mountPath": "a:b"}])), &[]);
    of_container(
        &mounts(json!([{"name": "", "mountPath": ""}, {"name": "x", "mountPath": "/a"}])),
        &[
            "volumeMounts[0].mountPath: Required value",
            "volumeMounts[0].name: Not found: \"\"",
            "volumeMounts[0].name: Required value",
            "volumeMounts[1].name: Not found: \"x\"",
        ],
    );
    of_container(
        &mounts(json!([{"name": "v", "mountPath": "/a"}, {"name": "w", "mountPath": "/a"}])),
        &["volumeMounts[1].mountPath: Invalid value: \"/a\": must be unique"],
    );
    of_container(
        &mounts(json!([{"name": "v", "mountPath": "/a", "subPath": "/../b", "subPathExpr": "c"}])),
        &[
            "volumeMounts.subPath: Invalid value: \"/../b\": must be a relative path",
            "volumeMounts.subPath: Invalid value: \"/../b\": must not contain '..'",
            "volumeMounts[0].subPathExpr: Invalid value: \"c\": subPathExpr and subPath are mutually exclusive",
        ],
    );
    of_container(
        &mounts(json!([{"name": "v", "mountPath": "/a", "mountPropagation": "Bidirectional"}])),
        &["volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged \
         containers"],
    );
    let recursive = json!([{"name": "v", "mountPath": "/a", "recursiveReadOnly": "Enabled"}]);
    of_container(
        &mounts(recursive.clone()),
        &["volumeMounts.recursiveReadOnly: Forbidden: may only be specified when readOnly is true"],
    );
    of_container_before("1.30", &mounts(recursive), &[]);
}

#[test]
fn devices_are_of_claims() {
    of_container(&json!({"volumeDevices": [{"name": "w", "devicePath": "/d"}]}), &[]);
    of_container(
        &json!({"volumeDevices": [{"name": "v", "devicePath": "/a/../d"}, {"name": "w", "devicePath": ""}]}),
        &[
            "volumeDevices[0].devicePath: Invalid value: \"/a/../d\": can not contain backsteps ('..')",
            "volumeDevices[0].name: Invalid value: \"v\": can only use volume source type of PersistentVolumeClaim or \
         Ephemeral for block mode",
            "volumeDevices[1].devicePath: Required value",
        ],
    );
    let both = json!({
        "volumeDevices": [{"name": "w", "devicePath": "/d"}],
        "volumeMounts": [{"name": "w", "mountPath": "/d"}],
    });
    of_container(
        &both,
        &[
            "volumeDevices[0].devicePath: Invalid value: \"/d\": must not already exist as a path in volumeMounts",
            "volumeDevices[0].name: Invalid value: \"w\": must not already exist in volumeMounts",
            "volumeMounts[0].mountPath: Invalid value: \"/d\": must not already exist as a path in volumeDevices",
            "volumeMounts[0].name: Invalid value: \"w\": must not already exist in volumeDevices",
        ],
    );
}

#[test]
fn probes_do_one_thing() {
    of_container(&json!({"livenessProbe": {"httpGet": {"port": "http"}}, "startupProbe": {"grpc": {"port": 1}}}), &[]);
    of_container(&json!({"livenessProbe": {}}), &["livenessProbe: Required value: must specify a handler type"]);
    let two = json!({"exec": {"command": []}, "tcpSocket": {"port": 0}});
    of_container(
        &json!({"readinessProbe": two}),
        &[
            "readinessProbe.exec.command: Required value",
            "readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type",
        ],
    );
    of_container(
        &json!({"livenessProbe": {"tcpSocket": {"port": "80"}}}),
        &["livenessProbe.tcpSocket.port: Invalid value: \"80\": must contain at least one letter (a-z)"],
    );
    let get = json!({"port": 0, "scheme": "http", "httpHeaders": [{"name": "a b", "value": ""}]});
    of_container(
        &json!({"livenessProbe": {"httpGet": get}}),
        &[
            "livenessProbe.httpGet.httpHeaders: Invalid value: \"a b\": a valid HTTP header must consist of alphanumeric \
         characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')",
            "livenessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive",
            "livenessProbe.httpGet.scheme: Unsupported value: \"http\": supported values: \"HTTP\", \"HTTPS\"",
        ],
    );
}

#[test]
fn numbers_of_probes_have_defaults() {
    let probe = |fields: &Value| over(fields, json!({"exec": {"command": ["true"]}}));
    let zeros = probe(&json!({"timeoutSeconds": 0, "periodSeconds": 0, "successThreshold": 0, "failureThreshold": 0}));
    of_container(&json!({"livenessProbe": zeros, "readinessProbe": zeros, "startupProbe": zeros}), &[]);
    let wrong = probe(&json!({"initialDelaySeconds": -1, "successThreshold": 2, "terminationGracePeriodSeconds": 0}));
    of_container(
        &json!({"livenessProbe": wrong, "readinessProbe": wrong}),
        &[
            "livenessProbe.initialDelaySeconds: Invalid value: -1: must be greater than or equal to 0",
            "livenessProbe.successThreshold: Invalid value: 2: must be 1",
            "livenessProbe.terminationGracePeriodSeconds: Invalid value: 0: must be greater than 0",
            "readinessProbe.initialDelaySeconds: Invalid value: -1: must be greater than or equal to 0",
            "readinessProbe.terminationGracePeriodSeconds: Invalid value: 0: must be greater than 0",
            "readinessProbe.terminationGracePeriodSeconds: Invalid value: 0: must not be set for readinessProbes",
        ],
    );
}

#[test]
fn hooks_do_one_thing() {
    of_container(&json!({"lifecycle": {"preStop": {"sleep": {"seconds": 0}}, "stopSignal": "SIGNAL"}}), &[]);
    of_container(
        &json!({"lifecycle": {"preStop": {"sleep": {"seconds": 31}}, "postStart": {}}}),
        &[
            "lifecycle.postStart: Required value: must specify a handler type",
            "lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds \
         (30)",
        ],
    );
    let sleep = json!({"lifecycle": {"preStop": {"sleep": {"seconds": 0}}}});
    of_container_before(
        "1.32",
        &sleep,
        &["lifecycle.preStop.sleep: Invalid value: 0: must be greater than 0 and less than \
         terminationGracePeriodSeconds (30)"],
    );
    of_container_before("1.29", &json!({"lifecycle": {"preStop": {"sleep": {"seconds": -1}}}}), &[]);
}

#[test]
fn init_containers_have_probes_only_beside_others() {
    let probe = json!({"exec": {"command": ["true"]}});
    let container = |fields: &Value| {
        let container = json!({"name": "a", "image": "i", "livenessProbe": probe, "lifecycle": {}});
        json!({"initContainers": [over(fields, container)]})
    };
    of_spec(
        &container(&json!({})),
        &[
            "initContainers[0].lifecycle: Forbidden: may not be set for init containers without restartPolicy=Always",
            "initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always",
        ],
    );
    of_spec(&container(&json!({"restartPolicy": "Always"})), &[]);
    of_spec(&container(&json!({"livenessProbe": null, "lifecycle": {"stopSignal": "SIGTERM"}})), &[]);
}

#[test]
fn containers_restart_by_rules_since_1_35() {
    let never = json!({"restartPolicy": "Never"});
    of_container(&never, &[]);
    of_container_before("1.34", &never, &["restartPolicy: Forbidden: may not be set for non-init containers"]);
    of_container(
        &json!({"restartPolicy": "Sometimes"}),
        &["restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"Never\", \"OnFailure\""],
    );
    let rules = json!([
        {"action": "Restart", "exitCodes": {"operator": "In", "values": [1]}},
        {"action": "DoNotRestart", "exitCodes": {"operator": "Is", "values": [1]}},
        {"action": "RestartAllContainers"},
    ]);
    let expected_always = [
        "restartPolicyRules[1].exitCodes.operator: Unsupported value: \"Is\": supported values: \"In\", \"NotIn\"",
        "restartPolicyRules[2].exitCodes: Required value: must be specified",
    ];
    let of_actions = "restartPolicyRules[1].action: Unsupported value: \"DoNotRestart\": supported values: \"Restart\", \
         \"RestartAllContainers\"";
    let container = json!({"restartPolicy": "Never", "restartPolicyRules": rules});
    of_container(&container, &[&expected_always[..], &[of_actions]].concat());
    of_container(
        &json!({"restartPolicyRules": rules}),
        &[
            &expected_always[..],
            &[of_actions, "restartPolicy: Required value: must specify restartPolicy when restart rules are used"],
        ]
        .concat(),
    );
    let of_actions = [
        "restartPolicyRules[1].action: Unsupported value: \"DoNotRestart\": supported values: \"Restart\"",
        "restartPolicyRules[2].action: Unsupported value: \"RestartAllContainers\": supported values: \"Restart\"",
    ];
    of_container_before("1.35", &container, &[&expected_always[..], &of_actions].concat());
    of_container_before("1.34", &json!({"restartPolicyRules": rules}), &[]);
}
