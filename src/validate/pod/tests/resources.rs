//! Resources of containers and pods.

use super::*;

const CPU: &str = "must be a standard resource for containers";

fn resources(resources: &Value) -> Value {
    json!({"resources": resources})
}

#[test]
fn resources_have_names() {
    let fine = json!({"limits": {"cpu": "1", "a.b/c": "2", "x.kubernetes.io/c": "3", "ephemeral-storage": "1Gi"}});
    of_container(&resources(&fine), &[]);
    of_container(
        &resources(&json!({"limits": {"disk": "1", "pods": "1", "requests.cpu": "1"}})),
        &[
            "resources.limits[disk]: Invalid value: \"disk\": must be a standard resource type or fully qualified",
            &format!("resources.limits[disk]: Invalid value: \"disk\": {CPU}"),
            &format!("resources.limits[pods]: Invalid value: \"pods\": {CPU}"),
            &format!("resources.limits[requests.cpu]: Invalid value: \"requests.cpu\": {CPU}"),
        ],
    );
    of_container(
        &resources(&json!({"limits": {"requests.a/b": "1"}})),
        &["resources.limits[requests.a/b]: Invalid value: \"requests.a/b\": doesn't follow extended resource name \
         standard"],
    );
}

#[test]
fn amounts_are_not_negative_and_fit_into_limits() {
    of_container(
        &resources(&json!({"limits": {"cpu": "-1"}})),
        &["resources.limits[cpu]: Invalid value: \"-1\": must be greater than or equal to 0"],
    );
    of_container(
        &resources(&json!({"requests": {"cpu": "0.2"}, "limits": {"cpu": "0.1"}})),
        &["resources.requests: Invalid value: \"200m\": must be less than or equal to cpu limit of 100m"],
    );
    // In thousandths, both are the same.
    of_container(&resources(&json!({"requests": {"cpu": "0.0002"}, "limits": {"cpu": "0.0001"}})), &[]);
    let requests = resources(&json!({"requests": {"memory": "2Gi"}, "limits": {"memory": "1Gi"}}));
    assert_eq!(places(&with_container(&requests)), ["template.spec.containers[0].resources.requests.memory"]);
}

#[test]
fn what_cannot_be_shared_is_asked_for_as_limited() {
    of_container(
        &resources(&json!({"limits": {"a/b": "1.5"}})),
        &["resources.limits[a/b]: Invalid value: \"1500m\": must be an integer"],
    );
    of_container(
        &resources(&json!({"requests": {"a/b": "1"}})),
        &["resources.limits: Required value: Limit must be set for non overcommitable resources"],
    );
    of_container(
        &resources(&json!({"requests": {"a/b": "1"}, "limits": {"a/b": "2"}})),
        &["resources.requests: Invalid value: \"1\": must be equal to a/b limit of 2"],
    );
    of_container(
        &resources(&json!({"limits": {"hugepages-2Mi": "3Mi"}})),
        &[
            "resources.limits[hugepages-2Mi]: Invalid value: \"3Mi\": 3Mi is not positive integer multiple of \
         hugepages-2Mi",
            "resources: Forbidden: HugePages require cpu or memory",
        ],
    );
    of_container(&resources(&json!({"limits": {"hugepages-2Mi": "4Mi", "cpu": "1"}})), &[]);
}

#[test]
fn claims_of_devices_are_those_of_the_pod() {
    of_container(
        &resources(&json!({"claims": [{"name": "a"}]})),
        &["resources.claims[0]: Not found: \"a\": must be one of the names in pod.spec.resourceClaims which is empty"],
    );
    of_container(&resources(&json!({"claims": [{"name": ""}]})), &["resources.claims[0]: Required value"]);
    let container = |claims: Value| json!([{"name": "c", "image": "i", "resources": {"claims": claims}}]);
    let claims = json!([{"name": "a", "resourceClaimName": "x"}, {"name": "b", "resourceClaimTemplateName": "y"}]);
    let uses = json!([{"name": "a", "request": "r"}, {"name": "a", "request": "s"}, {"name": "b"}]);
    of_spec(&json!({"resourceClaims": claims, "containers": container(uses)}), &[]);
    let uses = json!([{"name": "a"}, {"name": "a"}, {"name": "d"}]);
    of_spec(
        &json!({"resourceClaims": claims, "containers": container(uses)}),
        &[
            "containers[0].resources.claims[1]: Duplicate value: \"a\"",
            "containers[0].resources.claims[2]: Not found: \"d\": must be one of the names in pod.spec.resourceClaims: a, b",
        ],
    );
    let claims = json!([{"name": "a"}, {"name": "a", "resourceClaimName": "x", "resourceClaimTemplateName": "y"}]);
    of_spec(
        &json!({"resourceClaims": claims}),
        &[
            "resourceClaims[0]: Invalid value: {\"Name\":\"a\",\"ResourceClaimName\":null,\
         \"ResourceClaimTemplateName\":null}: must specify one of: `resourceClaimName`, `resourceClaimTemplateName`",
            "resourceClaims[1].name: Duplicate value: \"a\"",
            "resourceClaims[1]: Invalid value: {\"Name\":\"a\",\"ResourceClaimName\":\"x\",\
         \"ResourceClaimTemplateName\":\"y\"}: at most one of `resourceClaimName` or `resourceClaimTemplateName` may \
         be specified",
        ],
    );
}

#[test]
fn resizing_is_of_cpu_and_memory() {
    let policies = |policies: Value| json!({"resizePolicy": policies});
    of_container(&policies(json!([{"resourceName": "cpu", "restartPolicy": "RestartContainer"}])), &[]);
    let twice = json!([
        {"resourceName": "disk", "restartPolicy": "NotRequired"},
        {"resourceName": "disk", "restartPolicy": "Never"},
        {"resourceName": "", "restartPolicy": ""},
    ]);
    of_container(
        &policies(twice),
        &[
            "resizePolicy: Required value",
            "resizePolicy: Unsupported value: \"Never\": supported values: \"NotRequired\", \"RestartContainer\"",
            "resizePolicy: Unsupported value: \"disk\": supported values: \"cpu\", \"memory\"",
            "resizePolicy[1]: Duplicate value: \"disk\"",
        ],
    );
    let policies = policies(json!([{"resourceName": "cpu", "restartPolicy": "RestartContainer"}]));
    let container = over(&policies, json!({"name": "c", "image": "i"}));
    of_spec(
        &json!({"restartPolicy": "Never", "containers": [container]}),
        &["containers[0].resizePolicy: Invalid value: \"RestartContainer\": must be 'NotRequired' when pod \
         `restartPolicy` is 'Never'"],
    );
    let fields = json!({"restartPolicy": "Never", "containers": [over(&policies, json!({"name": "c", "image": "i"}))]});
    check(
        &with_spec(&fields),
        Version::parse("1.35").unwrap(),
        "template.spec.containers[0].",
        &["resizePolicy: Invalid value: \"RestartContainer\": must be 'NotRequired' when `restartPolicy` is 'Never'"],
    );
    let container = over(&policies, json!({"name": "a", "image": "i"}));
    of_spec(
        &json!({"initContainers": [container]}),
        &["initContainers[0].resizePolicy[0].restartPolicy: Invalid value: \"RestartContainer\": must not be set to \
         'RestartContainer' for non-sidecar initContainers"],
    );
}

#[test]
fn resources_of_the_pod_are_enough_for_its_containers() {
    let container = |name: &str, resources: Value| json!({"name": name, "image": "i", "resources": resources});
    let containers = json!([
        container("a", json!({"requests": {"cpu": "1"}, "limits": {"cpu": "3"}})),
        container("b", json!({"requests": {"cpu": "500m"}})),
    ]);
    let of_pod = |cpu: &str| json!({"requests": {"cpu": cpu}, "limits": {"cpu": cpu}});
    of_spec(&json!({"containers": containers, "resources": of_pod("3")}), &[]);
    let fields = json!({"containers": containers, "resources": of_pod("1")});
    of_spec(
        &fields,
        &[
            "resources.containers[0][cpu].limits: Invalid value: \"3\": must be less than or equal to pod limits of \
         1",
            "resources.requests[cpu]: Invalid value: \"1\": must be greater than or equal to aggregate container requests \
         of 1500m",
        ],
    );
    assert_eq!(
        places(&with_spec(&fields)),
        ["template.spec.resources.requests.cpu", "template.spec.containers[0].resources.limits.cpu",]
    );
    let init_containers = json!([container("d", json!({"requests": {"cpu": "4"}}))]);
    of_spec(
        &json!({"containers": containers, "initContainers": init_containers, "resources": of_pod("3")}),
        &[
            "resources.requests[cpu]: Invalid value: \"3\": must be greater than or equal to aggregate container requests \
         of 4",
        ],
    );
    of_spec(
        &json!({"resources": {"limits": {"ephemeral-storage": "1Gi"}, "claims": []}}),
        &[
            "resources.claims: Forbidden: claims may not be set for Resources at pod-level",
            "resources.limits[ephemeral-storage]: Unsupported value: \"ephemeral-storage\": supported values: \"cpu\", \
         \"hugepages-\", \"memory\"",
        ],
    );
    check(&with_spec(&fields), Version::parse("1.33").unwrap(), "", &[]);
}

#[test]
fn overhead_is_a_list_of_resources() {
    of_spec(&json!({"overhead": {"cpu": "1"}}), &[]);
    of_spec(
        &json!({"overhead": {"cpu": "-1", "disk": "1"}}),
        &[
            "overhead.limits[cpu]: Invalid value: \"-1\": must be greater than or equal to 0",
            &format!("overhead.limits[disk]: Invalid value: \"disk\": {CPU}"),
            "overhead.limits[disk]: Invalid value: \"disk\": must be a standard resource type or fully qualified",
        ],
    );
}
