//! Kernel parameters (`validateSysctls`).

use std::collections::BTreeSet;

use k8s_openapi::api::core::v1::{PodSpec, Sysctl};

use super::super::super::errors::Errors;
use super::super::super::field::Field;

const LONGEST: usize = 253;
const MALFORMED: &str = "must have at most 253 characters and match regex \
                         ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";

/// `validateSysctls`: names, and that none belongs to what the pod shares with the node.
pub(super) fn sysctls(sysctls: &[Sysctl], spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let mut names = BTreeSet::new();
    for (index, sysctl) in sysctls.iter().enumerate() {
        let field = field.index(index);
        let field = field.name("name");
        let name = sysctl.name.as_str();
        let is_first = names.insert(name);
        if name.is_empty() {
            errors.required(&field, "");
        } else if !is_name(name) {
            errors.invalid(&field, name, MALFORMED);
        } else if !is_first {
            errors.duplicate(&field, name);
        }
        match Namespace::of(name) {
            Some(Namespace::Network) if spec.host_network == Some(true) => {
                errors.invalid(&field, name, "may not be specified when 'hostNetwork' is true");
            }
            Some(Namespace::Ipc) if spec.host_ipc == Some(true) => {
                errors.invalid(&field, name, "may not be specified when 'hostIPC' is true");
            }
            _ => {}
        }
    }
}

/// `IsValidSysctlName`.
fn is_name(text: &str) -> bool {
    let is_edge = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_part = |part: &str| {
        part.bytes().all(|byte| is_edge(byte) || matches!(byte, b'-' | b'_'))
            && part.bytes().next().is_some_and(is_edge)
            && part.bytes().last().is_some_and(is_edge)
    };
    text.len() <= LONGEST && text.split(['.', '/']).all(is_part)
}

/// What a kernel parameter belongs to.
enum Namespace {
    Ipc,
    Network,
}

impl Namespace {
    /// `GetNamespace`.
    fn of(name: &str) -> Option<Self> {
        let first = name.find(['.', '/']).and_then(|place| name.get(place..));
        let is_with_slashes = first.is_some_and(|rest| rest.starts_with('/'));
        let swap = |char| match char {
            '.' => '/',
            '/' => '.',
            other => other,
        };
        let name = if is_with_slashes { name.chars().map(swap).collect() } else { name.to_owned() };
        let is_ipc = ["kernel.shm", "kernel.msg", "fs.mqueue."].iter().any(|prefix| name.starts_with(prefix));
        if is_ipc || name == "kernel.sem" { Some(Self::Ipc) } else { name.starts_with("net.").then_some(Self::Network) }
    }
}
