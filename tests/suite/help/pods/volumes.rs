//! Mistakes in volumes and where they are mounted.

use super::super::{said, with};
use super::{POD, check};

#[test]
fn volume_mounts() {
    const AT: &str = "spec.template.spec.containers[0].volumeMounts";
    check(
        "pod-invalid-volume-mount",
        POD,
        &[
            (
                "{name: cache, mountPath",
                "{name: cahce, mountPath",
                &format!("{AT}[1].name: Not found: \"cahce\""),
                "did you mean `cache`? there is no volume `cahce` under `spec.template.spec.volumes`",
                "cahce",
            ),
            (
                "{name: cache, mountPath",
                "{name: scratch, mountPath",
                &format!("{AT}[1].name: Not found: \"scratch\""),
                "add a volume of this name under `spec.template.spec.volumes`, or write `data`, `cache`, `login` or \
                 `node`",
                "scratch",
            ),
            (
                ", mountPath: /cache",
                "",
                &format!("{AT}[1].mountPath: Required value"),
                "add `mountPath`, the folder of the container where the volume is to be",
                "{name: cache}",
            ),
            (
                "name: cache, mountPath",
                "mountPath",
                &format!("{AT}[1].name: Required value"),
                "add the `name` of the volume",
                "{mountPath: /cache}",
            ),
            (
                "mountPath: /cache",
                "mountPath: /data",
                &format!("{AT}[1].mountPath: Invalid value: \"/data\": must be unique"),
                "mount one of them elsewhere, or remove it: two volumes cannot be in one place",
                "/data",
            ),
            (
                "subPath: new",
                "subPath: /new",
                &format!("{AT}.subPath: Invalid value: \"/new\": must be a relative path"),
                "write `new`: the path begins at the root of the volume",
                "/new",
            ),
            (
                "subPath: new",
                "mountPropagation: Bidirectional",
                &format!("{AT}.mountPropagation: Forbidden: Bidirectional mount propagation"),
                "write `HostToContainer`, or `privileged: true` under the `securityContext` of the container",
                "Bidirectional",
            ),
        ],
    );
}

#[test]
fn mounts_of_a_volume_that_is_refused_are_no_mistake_of_their_own() {
    let said = said(&with(
        &POD.replace("name: cache, mountPath", "name: my_cache, mountPath"),
        "name: cache, emptyDir",
        "name: my_cache, emptyDir",
    ));
    let said: Vec<_> = said.iter().map(|said| (said.rule, said.help.as_str(), said.place.as_str())).collect();
    let mount = "mend the volume of this name first: the API server leaves out those that it refuses";
    assert_eq!(
        said,
        [
            ("pod-invalid-volume-mount", mount, "my_cache"),
            ("pod-invalid-volume", "`my-cache` would do; write it in `volumeMounts`, too", "my_cache")
        ]
    );
}

#[test]
fn volumes() {
    const AT: &str = "spec.template.spec.volumes";
    check(
        "pod-invalid-volume",
        POD,
        &[
            (
                "secretName: shop, default",
                "default",
                &format!("{AT}[2].secret.secretName: Required value"),
                "add `secretName`, the name of the Secret",
                "secret",
            ),
            (
                "0400",
                "644",
                &format!("{AT}[2].secret.defaultMode: Invalid value: 644: must be a number between 0 and 0777"),
                "did you mean `0644`? without the `0`, it is a decimal number",
                "644",
            ),
            (
                "name: login, secret",
                "name: login, emptyDir: {}, secret",
                &format!("{AT}[2].secret: Forbidden: may not specify more than 1 volume type"),
                "make a volume of its own of it, with its own `name`",
                "{secretName: shop, defaultMode: 0400}",
            ),
            (
                "name: login",
                "name: node",
                &format!("{AT}[3].name: Duplicate value: \"node\""),
                "rename one of them, or remove it: no two volumes of a pod have the same name",
                "node",
            ),
            (
                "type: Directory",
                "type: directory",
                &format!("{AT}[3].hostPath.type: Unsupported value: \"directory\""),
                "did you mean `Directory`? upper and lower case are not the same to Kubernetes",
                "directory",
            ),
        ],
    );
}

#[test]
fn claims_and_projections() {
    const AT: &str = "spec.template.spec.volumes";
    check(
        "pod-invalid-volume",
        POD,
        &[
            (
                "hostPath: {path: /var/shop, type: Directory}",
                "ephemeral: {volumeClaimTemplate: {spec: {accessModes: [RWX], resources: {requests: {storage: 1Gi}}}}}",
                &format!("{AT}[3].ephemeral.volumeClaimTemplate.spec.accessModes: Unsupported value: \"RWX\""),
                "write `ReadWriteMany`",
                "RWX",
            ),
            (
                "hostPath: {path: /var/shop, type: Directory}",
                "ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce]}}}",
                &format!("{AT}[3].ephemeral.volumeClaimTemplate.spec.resources[storage]: Required value"),
                "add `resources`, as in `resources: {requests: {storage: 1Gi}}`",
                "spec",
            ),
            (
                "hostPath: {path: /var/shop, type: Directory}",
                "projected: {sources: [{secret: {name: a, items: [{key: a, path: x}, {key: b, path: x}]}}]}",
                &format!("{AT}[3].projected: Invalid value: \"a\": conflicting duplicate paths"),
                "write another `path` for one of the files",
                "x",
            ),
        ],
    );
}

#[test]
fn what_is_missing_is_said_once() {
    let said =
        said(&with(POD, "{name: cache, mountPath: /cache}", "{readOnly: true}\n            - {readOnly: false}"));
    let said: Vec<_> = said.iter().map(|said| (said.help.as_str(), said.place.as_str())).collect();
    let (name, path) =
        ("add the `name` of the volume", "add `mountPath`, the folder of the container where the volume is to be");
    assert_eq!(
        said,
        [
            (path, "{readOnly: true}"),
            (name, "{readOnly: true}"),
            (path, "{readOnly: false}"),
            (name, "{readOnly: false}")
        ]
    );
}
