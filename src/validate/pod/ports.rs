//! Ports of containers.

use std::collections::BTreeSet;

use k8s_openapi::api::core::v1::{Container, ContainerPort, PodSpec};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::super::errors::Errors;
use super::super::field::Field;
use super::texts::{self, given};

/// `validateContainerPorts`.
pub(super) fn ports(ports: &[ContainerPort], field: &Field<'_>, errors: &mut Errors) {
    let mut names = BTreeSet::new();
    for (index, port) in ports.iter().enumerate() {
        let field = field.index(index);
        let name = given(port.name.as_ref());
        if !name.is_empty() && !texts::port_name(name).is_empty() {
            texts::check(name, texts::port_name, &field.name("name"), errors);
        } else if !name.is_empty() && !names.insert(name) {
            errors.duplicate(&field.name("name"), name);
        }
        if port.container_port == 0 {
            errors.required(&field.name("containerPort"), "");
        } else {
            texts::check_port_number(port.container_port, &field.name("containerPort"), errors);
        }
        if let Some(number) = host_port(port) {
            texts::check_port_number(number, &field.name("hostPort"), errors);
        }
        let protocol = protocol(port);
        if !["SCTP", "TCP", "UDP"].contains(&protocol) {
            errors.not_supported(&field.name("protocol"), protocol, &["SCTP", "TCP", "UDP"]);
        }
    }
}

/// The protocol, after the defaults.
fn protocol(port: &ContainerPort) -> &str {
    Some(given(port.protocol.as_ref())).filter(|protocol| !protocol.is_empty()).unwrap_or("TCP")
}

fn host_port(port: &ContainerPort) -> Option<i32> {
    port.host_port.filter(|&number| number != 0)
}

/// The ports of the node that containers take which run at the same time (`AccumulateUniqueHostPorts`).
#[derive(Default)]
pub(super) struct HostPorts {
    taken: BTreeSet<String>,
}

impl HostPorts {
    /// No two ports may be the same on the node.
    pub(super) fn take(&mut self, container: &Container, field: &Field<'_>, errors: &mut Errors) {
        let ports = field.name("ports");
        for (index, port) in container.ports.iter().flatten().enumerate() {
            let Some(number) = host_port(port) else { continue };
            let place = format!("{}/{}/{number}", protocol(port), given(port.host_ip.as_ref()));
            if self.taken.contains(&place) {
                errors.duplicate(&ports.index(index).name("hostPort"), place);
            } else {
                self.taken.insert(place);
            }
        }
    }
}

/// `validatePodHostNetworkDeps`: where a template uses the network of the node, its ports are the node's.
pub(super) fn of_host_network(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    if spec.host_network != Some(true) {
        return;
    }
    let field = field.name("containers");
    for (index, container) in spec.containers.iter().enumerate() {
        let ports = field.index(index);
        let ports = ports.name("ports");
        for (index, port) in container.ports.iter().flatten().enumerate() {
            if let Some(number) = host_port(port).filter(|&number| number != port.container_port) {
                let detail = "must match `containerPort` when `hostNetwork` is true";
                errors.invalid(&ports.index(index).name("hostPort"), number, detail);
            }
        }
    }
}

/// `ValidatePortNumOrName`: the port that a probe or hook asks.
pub(super) fn number_or_name(port: &IntOrString, field: &Field<'_>, errors: &mut Errors) {
    match port {
        IntOrString::Int(number) => texts::check_port_number(*number, field, errors),
        IntOrString::String(name) => texts::check(name, texts::port_name, field, errors),
    }
}
