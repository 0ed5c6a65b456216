//! Mistakes in what containers ask for, and in what they may do.

use super::{POD, check};

#[test]
fn requests_above_limits() {
    const AT: &str = "spec.template.spec.containers[0].resources";
    check(
        "pod-invalid-resources",
        POD,
        &[
            (
                "cpu: 500m",
                "cpu: 2",
                &format!("{AT}.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1"),
                "lower it, or raise the limit to `2`",
                "2",
            ),
            (
                "cpu: 500m",
                "cpu: 500",
                &format!("{AT}.requests: Invalid value: \"500\": must be less than"),
                "did you mean `500m`? without a unit, it is a number of whole CPUs",
                "500",
            ),
            (
                "cpu: 500m",
                "cpu: 1Gi",
                &format!("{AT}.requests: Invalid value: \"1Gi\": must be less than"),
                "write CPUs as `1`, or in thousandths as `500m`: units such as `Gi` are for memory",
                "1Gi",
            ),
            (
                "512Mi",
                "512m",
                &format!("{AT}.requests: Invalid value: \"256Mi\": must be less than or equal to memory limit of 512m"),
                "write `512Mi` as the limit: `512m` is a number of thousandths of a byte",
                "256Mi",
            ),
            (
                "512Mi",
                "512",
                &format!("{AT}.requests: Invalid value: \"256Mi\": must be less than or equal to memory limit of 512"),
                "write `512Mi` as the limit: `512` is a number of bytes",
                "256Mi",
            ),
            (
                "512Mi",
                "128Mi",
                &format!("{AT}.requests: Invalid value: \"256Mi\": must be less than"),
                "lower it, or raise the limit to `256Mi`",
                "256Mi",
            ),
        ],
    );
}

#[test]
fn names_and_numbers_of_resources() {
    const AT: &str = "spec.template.spec.containers[0].resources";
    check(
        "pod-invalid-resources",
        POD,
        &[
            (
                "cpu: 500m",
                "cpu: -1",
                &format!("{AT}.requests[cpu]: Invalid value: \"-1\": must be greater"),
                "write `0` or more",
                "-1",
            ),
            (
                "nvidia.com/gpu: 1",
                "nvidia.com/gpu: 500m",
                &format!("{AT}.limits[nvidia.com/gpu]: Invalid value: \"500m\": must be an integer"),
                "write a whole number: `nvidia.com/gpu` cannot be shared",
                "500m",
            ),
            (
                "nvidia.com/gpu",
                "gpu",
                &format!("{AT}.limits[gpu]: Invalid value: \"gpu\": must be a standard resource type"),
                "write the domain before it, as in `nvidia.com/gpu`",
                "gpu",
            ),
            (
                "nvidia.com/gpu",
                "storage",
                &format!("{AT}.limits[storage]: Invalid value: \"storage\": must be a standard resource for"),
                "did you mean `ephemeral-storage`?",
                "storage",
            ),
            (
                "memory: 256Mi",
                "example.com/fpga: 1",
                &format!("{AT}.limits: Required value: Limit must be set for non overcommitable resources"),
                "write `example.com/fpga` under `limits`, too, or there only: a request of it is the limit",
                "1",
            ),
        ],
    );
}

#[test]
fn security_contexts() {
    const AT: &str = "spec.template.spec.containers[0].securityContext";
    check(
        "pod-invalid-security-context",
        POD,
        &[
            (
                "privileged: false",
                "privileged: true",
                &format!("{AT}: Invalid value: {{\"Capabilities\":null"),
                "remove `privileged: true`, or `allowPrivilegeEscalation: false`: a privileged container has all rights \
                 already",
                "true",
            ),
            (
                "privileged: false",
                "capabilities: {add: [NET_ADMIN, CAP_SYS_ADMIN]}",
                &format!("{AT}: Invalid value: {{\"Capabilities\":{{\"Add\":"),
                "remove `allowPrivilegeEscalation: false`, or the capability, with which a process can do nearly all",
                "CAP_SYS_ADMIN",
            ),
            (
                "type: RuntimeDefault",
                "type: runtime/default",
                &format!("{AT}.seccompProfile.type: Unsupported value: \"runtime/default\""),
                "did you mean `RuntimeDefault`?",
                "runtime/default",
            ),
            (
                "type: RuntimeDefault",
                "type: Localhost",
                &format!("{AT}.seccompProfile.localhostProfile: Required value"),
                "add `localhostProfile`, the path of the profile as seen from the kubelet's folder `seccomp`",
                "seccompProfile",
            ),
            (
                "privileged: false",
                "runAsUser: -1",
                &format!("{AT}.runAsUser: Invalid value: -1"),
                "write a number from 0 to 2147483647",
                "-1",
            ),
        ],
    );
}
