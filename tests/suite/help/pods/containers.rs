//! Mistakes in containers: names, variables, ports and probes.

use super::{PLACED, POD, check};

#[test]
fn containers() {
    check(
        "pod-invalid-container",
        POD,
        &[
            (
                "IfNotPresent",
                "Ifnotpresent",
                "spec.template.spec.containers[0].imagePullPolicy: Unsupported value: \"Ifnotpresent\"",
                "did you mean `IfNotPresent`? upper and lower case are not the same to Kubernetes",
                "Ifnotpresent",
            ),
            (
                "- name: import\n",
                "- name: Import_Job\n",
                "spec.template.spec.containers[0].name: Invalid value: \"Import_Job\": a lowercase RFC 1123 label",
                "`import-job` would do",
                "Import_Job",
            ),
            (
                "- name: import\n",
                "- name: import.shop\n",
                "spec.template.spec.containers[0].name: Invalid value: \"import.shop\": must not contain dots",
                "`import-shop` would do",
                "import.shop",
            ),
            (
                "name: wait\n",
                "name: import\n",
                "spec.template.spec.initContainers[0].name: Duplicate value: \"import\"",
                "rename one of them: no two containers of a pod have the same name, init containers included",
                "import",
            ),
            (
                "image: registry.example.com/wait:1.0",
                "command: [wait]",
                "spec.template.spec.initContainers[0].image: Required value",
                "add an `image`, such as `registry.example.com/app:1.0`",
                "name",
            ),
            (
                "image: registry.example.com/wait:1.0",
                "image:",
                "spec.template.spec.initContainers[0].image: Required value",
                "add an `image`, such as `registry.example.com/app:1.0`",
                "image",
            ),
        ],
    );
    check(
        "pod-invalid-container",
        PLACED,
        &[(
            "containers: [{name: render, image: registry.example.com/render:1.0}]",
            "containers: []",
            "spec.jobTemplate.spec.template.spec.containers: Required value",
            "list at least one container under `spec.jobTemplate.spec.template.spec.containers`",
            "[]",
        )],
    );
}

#[test]
fn names_of_variables() {
    check(
        "pod-invalid-environment",
        POD,
        &[
            (
                "- name: LEVEL\n",
                "- name: LEVEL=info\n",
                "spec.template.spec.containers[0].env[0].name: Invalid value: \"LEVEL=info\": a valid environment",
                "write `name: LEVEL`, and what stands behind the `=` as `value`",
                "LEVEL=info",
            ),
            (
                "- name: LEVEL\n              value",
                "- value",
                "spec.template.spec.containers[0].env[0].name: Required value",
                "add the `name` of the variable",
                "value: debug",
            ),
        ],
    );
}

#[test]
fn sources_of_variables() {
    check(
        "pod-invalid-environment",
        POD,
        &[
            (
                "{secretKeyRef: {name: shop, key: password}}",
                "{}",
                "spec.template.spec.containers[0].env[1].valueFrom: Invalid value: \"\": must specify one of",
                "say where the value is from, as in `secretKeyRef: {name: login, key: password}`, or write `value`",
                "{}",
            ),
            (
                "valueFrom: {secret",
                "value: x\n              valueFrom: {secret",
                "spec.template.spec.containers[0].env[1].valueFrom: Invalid value: \"\": may not be specified when",
                "remove `value`, or `valueFrom`",
                "{secretKeyRef: {name: shop, key: password}}",
            ),
            (
                "name: shop, key: password",
                "name: shop",
                "spec.template.spec.containers[0].env[1].valueFrom.secretKeyRef.key: Required value",
                "add `key`, the key in the Secret",
                "secretKeyRef",
            ),
            (
                "configMapRef: {name: import}",
                "configMapRef: {name: Import_Settings}",
                "spec.template.spec.containers[0].envFrom[0].configMapRef.name: Invalid value: \"Import_Settings\"",
                "no object can be called so; did you mean `import-settings`?",
                "Import_Settings",
            ),
            (
                "configMapRef: {name: import}",
                "prefix: SHOP_",
                "spec.template.spec.containers[0].envFrom: Invalid value: \"\": must specify one of",
                "say which, as in `configMapRef: {name: settings}`, or remove the entry",
                "prefix: SHOP_",
            ),
        ],
    );
}

#[test]
fn what_variables_say_of_the_pod() {
    check(
        "pod-invalid-environment",
        POD,
        &[
            (
                "spec.nodeName",
                "spec.nodename",
                "spec.template.spec.containers[0].env[2].valueFrom.fieldRef.fieldPath: Invalid value: \"spec.nodename\"",
                "did you mean `spec.nodeName`? upper and lower case are not the same to Kubernetes",
                "spec.nodename",
            ),
            (
                "spec.nodeName",
                "metadata.labels.team",
                "spec.template.spec.containers[0].env[2].valueFrom.fieldRef.fieldPath: Invalid value",
                "write `metadata.labels['team']` for one label",
                "metadata.labels.team",
            ),
            (
                "resource: limits.memory",
                "resource: memory",
                "spec.template.spec.containers[0].env[3].valueFrom.resourceFieldRef.resource: Unsupported value",
                "write `requests.memory` or `limits.memory`",
                "memory",
            ),
        ],
    );
}

#[test]
fn ports() {
    const AT: &str = "spec.template.spec.containers[0].ports";
    check(
        "pod-invalid-port",
        POD,
        &[
            (
                "name: metrics",
                "name: prometheus-metrics",
                &format!("{AT}[0].name: Invalid value: \"prometheus-metrics\": must be no more than 15 characters"),
                "shorten it to 15 characters",
                "prometheus-metrics",
            ),
            (
                "name: metrics",
                "name: Web_UI",
                &format!("{AT}[0].name: Invalid value: \"Web_UI\": must contain only alpha-numeric"),
                "`web-ui` would do",
                "Web_UI",
            ),
            (
                "name: metrics",
                "name: '9090'",
                &format!("{AT}[0].name: Invalid value: \"9090\": must contain at least one letter"),
                "write a name with a letter in it, such as `port-9090`",
                "'9090'",
            ),
            (
                "name: metrics",
                "name: http",
                &format!("{AT}[1].name: Duplicate value: \"http\""),
                "rename one of them: no two ports of a container have the same name",
                "http",
            ),
        ],
    );
}

#[test]
fn numbers_of_ports() {
    const AT: &str = "spec.template.spec.containers[0].ports";
    check(
        "pod-invalid-port",
        POD,
        &[
            (
                "9090",
                "90900",
                &format!("{AT}[0].containerPort: Invalid value: 90900: must be between"),
                "write a number from 1 to 65535",
                "90900",
            ),
            (
                ", containerPort: 8080",
                "",
                &format!("{AT}[1].containerPort: Required value"),
                "add `containerPort`, the number of the port where the container listens",
                "{name: http}",
            ),
            (
                "protocol: TCP",
                "protocol: http",
                &format!("{AT}[0].protocol: Unsupported value: \"http\""),
                "write `TCP`: http goes over it",
                "http",
            ),
            (
                "{name: http, containerPort: 8080}",
                "{containerPort: 8080, hostPort: 80}\n            - {containerPort: 8081, hostPort: 80}",
                &format!("{AT}[2].hostPort: Duplicate value: \"TCP//80\""),
                "remove one of them, or write another number: the node has each port only once",
                "80",
            ),
        ],
    );
}

#[test]
fn probes() {
    const AT: &str = "spec.template.spec.containers[0]";
    check(
        "pod-invalid-probe",
        POD,
        &[
            (
                "image: registry.example.com/wait:1.0",
                "image: x\n          livenessProbe:\n            exec: {command: ['true']}\n            periodSeconds: 3",
                "spec.template.spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers",
                "remove it; or write `restartPolicy: Always` to let the init container run beside the containers, as a \
                 sidecar",
                "livenessProbe",
            ),
            (
                "port: 8080, scheme",
                "port: '8080', scheme",
                &format!("{AT}.livenessProbe.httpGet.port: Invalid value: \"8080\": must contain at least one letter"),
                "write `8080` without quotes: a string is the name of a port",
                "'8080'",
            ),
            (
                "port: 8080, scheme",
                "path: /healthz, scheme",
                &format!("{AT}.livenessProbe.httpGet.port: Invalid value: 0: must be between"),
                "add `port`: a number, or the name of one of the container's `ports`",
                "httpGet",
            ),
            (
                "scheme: HTTP",
                "scheme: https",
                &format!("{AT}.livenessProbe.httpGet.scheme: Unsupported value: \"https\""),
                "did you mean `HTTPS`? upper and lower case are not the same to Kubernetes",
                "https",
            ),
            (
                "            httpGet: {port: 8080, scheme: HTTP}\n",
                "",
                &format!("{AT}.livenessProbe: Required value: must specify a handler type"),
                "say how to ask: add `exec`, `httpGet`, `tcpSocket` or `grpc`",
                "livenessProbe",
            ),
        ],
    );
}

#[test]
fn numbers_of_probes_and_hooks() {
    const AT: &str = "spec.template.spec.containers[0]";
    check(
        "pod-invalid-probe",
        POD,
        &[
            (
                "periodSeconds: 5",
                "periodSeconds: -1",
                &format!("{AT}.livenessProbe.periodSeconds: Invalid value: -1"),
                "remove it to take the default, which is 10",
                "-1",
            ),
            (
                "successThreshold: 1",
                "successThreshold: 3",
                &format!("{AT}.livenessProbe.successThreshold: Invalid value: 3: must be 1"),
                "remove it: only a `readinessProbe` can ask for more than one success",
                "3",
            ),
            (
                "seconds: 5}",
                "seconds: 45}",
                &format!("{AT}.lifecycle.preStop.sleep: Invalid value: 45"),
                "sleep for fewer seconds, or raise `terminationGracePeriodSeconds` of the pod",
                "45",
            ),
        ],
    );
}
