//! What pods and containers may do, and for which operating system they are.

use super::*;

fn context(context: &Value) -> Value {
    json!({"securityContext": context})
}

#[test]
fn numbers_of_users_and_groups_fit_into_31_bits() {
    let most = json!({"runAsUser": i32::MAX, "runAsGroup": 0, "fsGroup": 0, "supplementalGroups": [i32::MAX]});
    of_spec(&context(&most), &[]);
    let range = "must be between 0 and 2147483647, inclusive";
    of_spec(
        &context(&json!({"runAsUser": -1, "fsGroup": 2_147_483_648_i64, "supplementalGroups": [1, -2]})),
        &[
            &format!("securityContext.fsGroup: Invalid value: 2147483648: {range}"),
            &format!("securityContext.runAsUser: Invalid value: -1: {range}"),
            &format!("securityContext.supplementalGroups[1]: Invalid value: -2: {range}"),
        ],
    );
    of_container(
        &context(&json!({"runAsGroup": -1})),
        &[&format!("securityContext.runAsGroup: Invalid value: -1: {range}")],
    );
}

#[test]
fn policies_are_a_few() {
    let policies = json!({"fsGroupChangePolicy": "a", "supplementalGroupsPolicy": "b", "seLinuxChangePolicy": "c"});
    let of_files = "securityContext.fsGroupChangePolicy: Unsupported value: \"a\": supported values: \"Always\", \
                    \"OnRootMismatch\"";
    of_spec(
        &context(&policies),
        &[
            of_files,
            "securityContext.seLinuxChangePolicy: Unsupported value: \"c\": supported values: \"Recursive\"",
            "securityContext.supplementalGroupsPolicy: Unsupported value: \"b\": supported values: \"Merge\", \"Strict\"",
        ],
    );
    check(&with_spec(&context(&policies)), Version::parse("1.32").unwrap(), "template.spec.", &[of_files]);
}

#[test]
fn profiles_have_a_type() {
    let seccomp = |profile: Value| context(&json!({"seccompProfile": profile}));
    of_spec(&seccomp(json!({"type": "RuntimeDefault"})), &[]);
    of_spec(&seccomp(json!({"type": "Localhost", "localhostProfile": "a/b.json"})), &[]);
    of_spec(
        &seccomp(json!({"type": ""})),
        &["securityContext.seccompProfile.type: Required value: type is required when seccompProfile is set"],
    );
    of_container(
        &seccomp(json!({"type": "Localhost"})),
        &[
            "securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost",
        ],
    );
    of_container(
        &seccomp(json!({"type": "Default", "localhostProfile": "a"})),
        &[
            "securityContext.seccompProfile.localhostProfile: Invalid value: \
         {\"Type\":\"Default\",\"LocalhostProfile\":\"a\"}: can only be set when seccomp type is Localhost",
            "securityContext.seccompProfile.type: Unsupported value: \"Default\": supported values: \"Localhost\", \
         \"RuntimeDefault\", \"Unconfined\"",
        ],
    );
    let app_armor = |profile: Value| context(&json!({"appArmorProfile": profile}));
    of_spec(&app_armor(json!({"type": "Localhost", "localhostProfile": "a"})), &[]);
    of_spec(
        &app_armor(json!({"type": "Localhost", "localhostProfile": " a"})),
        &[
            "securityContext.appArmorProfile.localhostProfile: Invalid value: \" a\": must not be padded with whitespace",
        ],
    );
    of_spec(
        &app_armor(json!({"type": "Unconfined", "localhostProfile": "a"})),
        &[
            "securityContext.appArmorProfile.localhostProfile: Invalid value: \"a\": can only be set when AppArmor type is \
         Localhost",
        ],
    );
}

#[test]
fn annotations_with_a_meaning_are_checked() {
    let with_annotations = |annotations: Value, fields: Value| {
        over(&json!({"metadata": {"annotations": annotations}}), with_spec(&fields))
    };
    let check = |annotations: Value, fields: Value, expected: &[&str]| {
        check(&with_annotations(annotations, fields), Version::NEWEST, "template.", expected);
    };
    check(json!({"controller.kubernetes.io/pod-deletion-cost": "-1"}), json!({}), &[]);
    check(
        json!({"controller.kubernetes.io/pod-deletion-cost": "+1", "kubernetes.io/config.mirror": ""}),
        json!({}),
        &[
            "annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: \"+1\": must be a 32bit integer",
            "annotations[kubernetes.io/config.mirror]: Invalid value: \"\": must set spec.nodeName if mirror pod annotation \
         is set",
        ],
    );
    check(
        json!({"seccomp.security.alpha.kubernetes.io/pod": "none"}),
        json!({}),
        &[
            "annotations.seccomp.security.alpha.kubernetes.io/pod: Invalid value: \"none\": must be a valid seccomp profile",
        ],
    );
    let profile = context(&json!({"seccompProfile": {"type": "Unconfined"}}));
    check(
        json!({"seccomp.security.alpha.kubernetes.io/pod": "runtime/default"}),
        profile,
        &["spec.securityContext.seccompProfile.type: Forbidden: seccomp type in annotation and field must match"],
    );
    let annotations = json!({
        "container.apparmor.security.beta.kubernetes.io/c": "no\u{ad}ne",
        "container.apparmor.security.beta.kubernetes.io/d": "unconfined",
    });
    check(
        annotations,
        json!({}),
        &[
            "annotations[container.apparmor.security.beta.kubernetes.io/c]: Invalid value: \"no\\u00adne\": invalid AppArmor \
         profile name: \"no\\u00adne\"",
            "annotations[container.apparmor.security.beta.kubernetes.io/d]: Invalid value: \"d\": container not found",
        ],
    );
}

#[test]
fn kernel_parameters_do_not_belong_to_the_node() {
    let sysctls = json!([{"name": "net.a", "value": "1"}, {"name": "a..b", "value": "1"}, {"name": "", "value": ""}]);
    let pattern = "must have at most 253 characters and match regex \
                   ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
    of_spec(
        &over(&json!({"hostNetwork": true}), context(&json!({"sysctls": sysctls}))),
        &[
            "securityContext.sysctls[0].name: Invalid value: \"net.a\": may not be specified when 'hostNetwork' is true",
            &format!("securityContext.sysctls[1].name: Invalid value: \"a..b\": {pattern}"),
            "securityContext.sysctls[2].name: Required value",
        ],
    );
    of_spec(
        &json!({"hostPID": true, "shareProcessNamespace": true}),
        &[
            "securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be \
         enabled",
        ],
    );
}

#[test]
fn who_gets_no_more_rights_does_not_have_them() {
    of_container(&context(&json!({"privileged": true})), &[]);
    let fields = context(&json!({"allowPrivilegeEscalation": false, "privileged": true}));
    let said = errors(&with_container(&fields), Version::NEWEST);
    let [error] = said.as_slice() else { panic!("{said:?}") };
    assert_eq!(error.field, "template.spec.containers[0].securityContext");
    assert_eq!(error.detail, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
    of_container(
        &context(&json!({"procMount": "Unmasked"})),
        &["securityContext.procMount: Invalid value: \"Unmasked\": `hostUsers` must be false to use `Unmasked`"],
    );
}

#[test]
fn users_of_the_pod_do_not_go_with_the_node() {
    let fields = json!({"hostUsers": false, "hostNetwork": true, "hostPID": true, "hostIPC": true});
    of_spec(
        &fields,
        &[
            "HostIPC: Forbidden: when `hostUsers` is false",
            "HostPID: Forbidden: when `hostUsers` is false",
            "hostNetwork: Forbidden: when `hostUsers` is false",
        ],
    );
    assert_eq!(
        places(&with_spec(&fields)),
        ["template.spec.hostNetwork", "template.spec.hostPID", "template.spec.hostIPC",]
    );
}

#[test]
fn fields_belong_to_an_operating_system() {
    let options = json!({"windowsOptions": {"runAsUserName": "a"}});
    of_spec(
        &json!({"os": {"name": "linux"}, "securityContext": options}),
        &["securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod"],
    );
    of_spec(&json!({"os": {"name": "windows"}, "securityContext": options}), &[]);
    of_spec(
        &json!({"os": {"name": "windows"}, "hostPID": true, "securityContext": {"runAsUser": 1}}),
        &[
            "hostPID: Forbidden: cannot be set for a windows pod",
            "securityContext.runAsUser: Forbidden: cannot be set for a windows pod",
        ],
    );
    of_spec(
        &json!({"os": {"name": "bsd"}}),
        &["os: Unsupported value: \"bsd\": supported values: \"linux\", \"windows\""],
    );
}

#[test]
fn processes_of_windows_nodes_are_among_themselves() {
    let host_process = json!({"windowsOptions": {"hostProcess": true}});
    let container = over(&context(&host_process), json!({"name": "c", "image": "i"}));
    let containers = json!([container, {"name": "d", "image": "i"}]);
    check(
        &with_spec(&json!({"containers": containers})),
        Version::NEWEST,
        "template.",
        &[
            "spec.hostNetwork: Invalid value: false: hostNetwork must be true if pod contains any hostProcess containers",
            "spec: Invalid value: \"\": If pod contains any hostProcess containers then all containers must be HostProcess \
         containers",
        ],
    );
    of_spec(&over(&json!({"hostNetwork": true}), context(&host_process)), &[]);
    for (name, complaint) in [
        ("", "runAsUserName cannot be an empty string"),
        ("a\\b\\c", "runAsUserName cannot contain more than one backslash"),
        ("...", "runAsUserName's User cannot contain only periods or spaces"),
        ("a*", "runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]"),
    ] {
        let printed = json!(name).to_string();
        of_container(
            &context(&json!({"windowsOptions": {"runAsUserName": name}})),
            &[&format!("securityContext.windowsOptions.runAsUserName: Invalid value: {printed}: {complaint}")],
        );
    }
}
