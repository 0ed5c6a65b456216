//! Volumes of every type.

use super::*;

/// What is said about a volume by its source.
#[track_caller]
fn of_volume(source: &Value, expected: &[&str]) {
    let volume = over(source, json!({"name": "v"}));
    check(&with_spec(&json!({"volumes": [volume]})), Version::NEWEST, "template.spec.volumes[0].", expected);
}

#[test]
fn volumes_have_names_of_their_own() {
    let volumes = json!([{"name": ""}, {"name": "a.b"}, {"name": "c"}, {"name": "c"}]);
    of_spec(
        &json!({"volumes": volumes}),
        &[
            "volumes[0].name: Required value",
            "volumes[1].name: Invalid value: \"a.b\": must not contain dots",
            "volumes[3].name: Duplicate value: \"c\"",
        ],
    );
    let container = json!({"name": "c", "image": "i", "volumeMounts": [{"name": "d", "mountPath": "/d"}]});
    of_spec(
        &json!({"volumes": [{"name": "d", "nfs": {"server": "", "path": "/"}}], "containers": [container]}),
        &["containers[0].volumeMounts[0].name: Not found: \"d\"", "volumes[0].nfs.server: Required value"],
    );
}

#[test]
fn volumes_have_one_source() {
    of_volume(&json!({}), &[]);
    of_volume(&json!({"emptyDir": null}), &[]);
    of_volume(
        &json!({"emptyDir": {}, "nfs": {"server": "", "path": ""}, "downwardAPI": {}, "cephfs": {"monitors": []}}),
        &[
            "cephFS: Forbidden: may not specify more than 1 volume type",
            "downwarAPI: Forbidden: may not specify more than 1 volume type",
            "nfs: Forbidden: may not specify more than 1 volume type",
        ],
    );
}

#[test]
fn volumes_on_the_node_are_checked() {
    of_volume(&json!({"emptyDir": {"medium": "Anything", "sizeLimit": "1Gi"}}), &[]);
    of_volume(
        &json!({"emptyDir": {"sizeLimit": "-1"}}),
        &["emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity"],
    );
    of_volume(&json!({"hostPath": {"path": "a", "type": ""}}), &[]);
    of_volume(&json!({"hostPath": {"path": "", "type": "Folder"}}), &["hostPath.path: Required value"]);
    of_volume(
        &json!({"hostPath": {"path": "/a/..", "type": "Folder"}}),
        &[
            "hostPath.path: Invalid value: \"/a/..\": must not contain '..'",
            "hostPath.type: Unsupported value: \"Folder\": supported values: \"\", \"BlockDevice\", \"CharDevice\", \
         \"Directory\", \"DirectoryOrCreate\", \"File\", \"FileOrCreate\", \"Socket\"",
        ],
    );
    of_volume(
        &json!({"gitRepo": {"repository": "", "directory": "../a"}}),
        &["gitRepo.directory: Invalid value: \"../a\": must not contain '..'", "gitRepo.repository: Required value"],
    );
    of_volume(
        &json!({"image": {"reference": "a", "pullPolicy": "Sometimes"}}),
        &[
            "image.pullPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"IfNotPresent\", \"Never\"",
        ],
    );
}

#[test]
fn volumes_of_files_are_checked() {
    let mode = "must be a number between 0 and 0777 (octal), both inclusive";
    of_volume(&json!({"secret": {"secretName": "A", "defaultMode": 511}}), &[]);
    of_volume(
        &json!({"secret": {"defaultMode": 512, "items": [{"key": "", "path": "..a", "mode": -1}]}}),
        &[
            &format!("secret.defaultMode: Invalid value: 512: {mode}"),
            "secret.items[0].key: Required value",
            &format!("secret.items[0].mode: Invalid value: -1: {mode}"),
            "secret.items[0].path: Invalid value: \"..a\": must not start with '..'",
            "secret.secretName: Required value",
        ],
    );
    of_volume(
        &json!({"configMap": {"items": [{"key": "a", "path": "/a"}]}}),
        &["configMap.items[0].path: Invalid value: \"/a\": must be a relative path", "configMap.name: Required value"],
    );
    let source =
        json!({"downwardAPI": {"items": [{"path": "", "fieldRef": {"fieldPath": "status.podIP"}}, {"path": "a"}]}});
    of_volume(
        &source,
        &[
            "downwardAPI.fieldRef.fieldPath: Unsupported value: \"status.podIP\": supported values: \
         \"metadata.annotations\", \"metadata.labels\", \"metadata.name\", \"metadata.namespace\", \"metadata.uid\"",
            "downwardAPI.path: Required value",
            "downwardAPI: Required value: one of fieldRef and resourceFieldRef is required",
        ],
    );
    let volume = over(&source, json!({"name": "v"}));
    assert_eq!(
        places(&with_spec(&json!({"volumes": [volume]}))),
        [
            "template.spec.volumes[0].downwardAPI.items[0].path",
            "template.spec.volumes[0].downwardAPI.items[0].fieldRef.fieldPath",
            "template.spec.volumes[0].downwardAPI.items[1]",
        ]
    );
    let reference = json!({"resource": "limits.cpu"});
    of_volume(
        &json!({"downwardAPI": {"items": [{"path": "a", "resourceFieldRef": reference}]}}),
        &["downwardAPI.resourceFieldRef.containerName: Required value"],
    );
}

#[test]
fn projected_volumes_are_checked() {
    let projected = |sources: Value| json!({"projected": {"sources": sources}});
    of_volume(&projected(json!([])), &[]);
    of_volume(&projected(json!([{}, {"clusterTrustBundle": {"path": ""}}])), &[]);
    of_volume(
        &projected(json!([{"secret": {"name": "a", "items": [{"key": "k", "path": "p"}]}, "configMap": {}}])),
        &[
            "projected.sources[0].configMap.name: Required value",
            "projected.sources[0]: Forbidden: may not specify more than 1 volume type per source",
        ],
    );
    let item = json!({"key": "k", "path": "p"});
    let twice = json!([{"secret": {"name": "a", "items": [item]}}, {"configMap": {"name": "b", "items": [item]}}]);
    of_volume(&projected(twice), &["projected: Invalid value: \"b\": conflicting duplicate paths"]);
    let token = projected(json!([{"serviceAccountToken": {"path": "/a", "expirationSeconds": 599}}]));
    of_volume(
        &token,
        &[
            "projected.path: Invalid value: \"/a\": must be a relative path",
            "projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 599: may not specify a duration \
         less than 10 minutes",
        ],
    );
    of_volume(&projected(json!([{"serviceAccountToken": {"path": "a"}}])), &[]);
}

#[test]
fn claims_of_volumes_are_checked() {
    of_volume(
        &json!({"persistentVolumeClaim": {"claimName": ""}}),
        &["persistentVolumeClaim.claimName: Required value"],
    );
    of_volume(&json!({"ephemeral": {}}), &["ephemeral.volumeClaimTemplate: Required value"]);
    let ephemeral = |template: Value| json!({"ephemeral": {"volumeClaimTemplate": template}});
    let fine = json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}});
    of_volume(&ephemeral(json!({"spec": fine})), &[]);
    let beginning = "ephemeral.volumeClaimTemplate";
    of_volume(
        &ephemeral(json!({"metadata": {"name": "a", "labels": {"b": "c"}}, "spec": {}})),
        &[
            &format!("{beginning}.metadata.name: Forbidden: cannot be set"),
            &format!("{beginning}.spec.accessModes: Required value: at least 1 access mode is required"),
            &format!("{beginning}.spec.resources[storage]: Required value"),
        ],
    );
    let wrong = json!({
        "accessModes": ["ReadWriteOncePod", "ReadWriteMany", "Read"],
        "resources": {"requests": {"storage": "0"}},
        "volumeMode": "File",
        "dataSource": {"kind": "A", "name": ""},
    });
    of_volume(
        &ephemeral(json!({"spec": wrong})),
        &[
            &format!("{beginning}.spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes"),
            &format!(
                "{beginning}.spec.accessModes: Unsupported value: \"Read\": supported values: \"ReadOnlyMany\", \
             \"ReadWriteMany\", \"ReadWriteOnce\", \"ReadWriteOncePod\""
            ),
            &format!(
                "{beginning}.spec.dataSource: Invalid value: \"A\": must be 'PersistentVolumeClaim' when referencing the \
             default apiGroup"
            ),
            &format!("{beginning}.spec.dataSource.name: Required value"),
            &format!("{beginning}.spec.resources[storage]: Invalid value: \"0\": must be greater than zero"),
            &format!(
                "{beginning}.spec.volumeMode: Unsupported value: \"File\": supported values: \"Block\", \"Filesystem\""
            ),
        ],
    );
}

#[test]
fn claims_may_take_data_from_other_namespaces_in_one_field_only() {
    let claim = |more: Value| {
        let fine = json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}});
        json!({"ephemeral": {"volumeClaimTemplate": {"spec": over(&more, fine)}}})
    };
    let kind = "PersistentVolumeClaim";
    let elsewhere = |namespace: &str| json!({"kind": kind, "name": "b", "namespace": namespace});
    let source = json!({"kind": kind, "name": "a"});
    let at = "ephemeral.volumeClaimTemplate.spec";
    of_volume(&claim(json!({"dataSourceRef": elsewhere("team")})), &[]);
    of_volume(
        &claim(json!({"dataSource": source, "dataSourceRef": elsewhere("")})),
        &[&format!("{at}: Invalid value: {{}}: must match dataSourceRef")],
    );
    // A reference into another namespace is dropped.
    of_volume(&claim(json!({"dataSource": source, "dataSourceRef": elsewhere("a.b")})), &[]);
}

#[test]
fn disks_of_clouds_are_checked() {
    of_volume(
        &json!({"gcePersistentDisk": {"pdName": "", "partition": 256}}),
        &[
            "persistentDisk.partition: Invalid value: 256: must be between 1 and 255, inclusive",
            "persistentDisk.pdName: Required value",
        ],
    );
    of_volume(
        &json!({"awsElasticBlockStore": {"volumeID": "", "partition": 0}}),
        &["awsElasticBlockStore.volumeID: Required value"],
    );
    of_volume(&json!({"cinder": {"volumeID": "a", "secretRef": {}}}), &["cinder.secretRef.name: Required value"]);
    of_volume(
        &json!({"azureFile": {"secretName": "", "shareName": ""}}),
        &["azureFile.secretName: Required value", "azureFile.shareName: Required value"],
    );
    of_volume(&json!({"azureDisk": {"diskName": "a", "diskURI": "https://a"}}), &[]);
    of_volume(
        &json!({"azureDisk": {"diskName": "a", "diskURI": "a", "cachingMode": "b", "kind": "Managed"}}),
        &[
            "azureDisk.cachingMode: Unsupported value: \"b\": supported values: \"None\", \"ReadOnly\", \"ReadWrite\"",
            "azureDisk.diskURI: Unsupported value: \"a\": supported values: \"/subscriptions/{sub-id}/resourcegroups/\
         {group-name}/providers/microsoft.compute/disks/{disk-id}\"",
        ],
    );
    of_volume(&json!({"vsphereVolume": {"volumePath": ""}}), &["vsphereVolume.volumePath: Required value"]);
    of_volume(&json!({"photonPersistentDisk": {"pdID": ""}}), &["photonPersistentDisk.pdID: Required value"]);
}

#[test]
fn volumes_over_the_network_are_checked() {
    of_volume(
        &json!({"nfs": {"server": "s", "path": "a"}}),
        &["nfs.path: Invalid value: \"a\": must be an absolute path"],
    );
    of_volume(
        &json!({"iscsi": {"targetPortal": "", "iqn": "a", "lun": 256, "chapAuthSession": true}}),
        &[
            "iscsi.iqn: Invalid value: \"a\": must be valid format starting with iqn, eui, or naa",
            "iscsi.lun: Invalid value: 256: must be between 0 and 255, inclusive",
            "iscsi.secretRef: Required value",
            "iscsi.targetPortal: Required value",
        ],
    );
    of_volume(
        &json!({"glusterfs": {"endpoints": "", "path": ""}}),
        &["glusterfs.endpoints: Required value", "glusterfs.path: Required value"],
    );
    of_volume(&json!({"flocker": {}}), &["flocker: Required value: one of datasetName and datasetUUID is required"]);
    of_volume(
        &json!({"rbd": {"monitors": [], "image": ""}}),
        &["rbd.image: Required value", "rbd.monitors: Required value"],
    );
    of_volume(&json!({"cephfs": {"monitors": []}}), &["cephfs.monitors: Required value"]);
    of_volume(
        &json!({"quobyte": {"registry": "a:1,b", "volume": ""}}),
        &[
            "quobyte.registry: Invalid value: \"a:1,b\": must be a host:port pair or multiple pairs separated by commas",
            "quobyte.volume: Required value",
        ],
    );
    of_volume(
        &json!({"fc": {"targetWWNs": ["a"]}}),
        &["fc.lun: Required value: lun is required if targetWWNs is specified"],
    );
    of_volume(
        &json!({"fc": {}}),
        &["fc.targetWWNs: Required value: must specify either targetWWNs or wwids, but not both"],
    );
    of_volume(
        &json!({"flexVolume": {"driver": "", "options": {"a.kubernetes.io/b": "c"}}}),
        &[
            "flexVolume.driver: Required value",
            "flexVolume.options[a.kubernetes.io/b]: Invalid value: \"a.kubernetes.io/b\": kubernetes.io and k8s.io \
         namespaces are reserved",
        ],
    );
    of_volume(&json!({"portworxVolume": {"volumeID": ""}}), &["portworxVolume.volumeID: Required value"]);
    of_volume(&json!({"storageos": {"volumeName": ""}}), &["storageos.volumeName: Required value"]);
    of_volume(
        &json!({"scaleIO": {"gateway": "", "system": "", "secretRef": {}}}),
        &["scaleIO.gateway: Required value", "scaleIO.system: Required value", "scaleIO.volumeName: Required value"],
    );
    let source = json!({"csi": {"driver": "A.b", "nodePublishSecretRef": {"name": ""}}});
    of_volume(&source, &["csi.nodePublishSecretRef.name: Required value"]);
    of_volume(&json!({"csi": {"driver": ""}}), &["csi.driver: Required value"]);
}
