//! Options for Windows.

use k8s_openapi::api::core::v1::{Container, PodSpec, WindowsSecurityContextOptions};

use super::super::super::errors::Errors;
use super::super::super::field::Field;
use super::super::super::names;
use super::super::containers;
use super::super::texts;

const MOST_KIB_OF_CREDENTIALS: usize = 64;
const LONGEST_DOMAIN: usize = 255;
const LONGEST_USER: usize = 104;

/// `validateWindowsSecurityContextOptions`.
pub(super) fn options(options: &WindowsSecurityContextOptions, field: &Field<'_>, errors: &mut Errors) {
    if let Some(name) = &options.gmsa_credential_spec_name {
        texts::check(name, names::dns_subdomain, &field.name("gmsaCredentialSpecName"), errors);
    }
    let at = field.name("gmsaCredentialSpec");
    match options.gmsa_credential_spec.as_deref() {
        Some("") => {
            errors.invalid(&at, "", "gmsaCredentialSpec cannot be an empty string");
        }
        Some(credentials) if credentials.len() > MOST_KIB_OF_CREDENTIALS * 1024 => {
            let detail = format!("gmsaCredentialSpec size must be under {MOST_KIB_OF_CREDENTIALS} KiB");
            errors.invalid(&at, credentials, detail);
        }
        _ => {}
    }
    if let Some(name) = &options.run_as_user_name {
        texts::check(name, user_name, &field.name("runAsUserName"), errors);
    }
}

/// The name of a user, with or without a domain before a backslash.
fn user_name(name: &str) -> Vec<String> {
    let alone = |complaint: &str| vec![complaint.to_owned()];
    if name.is_empty() {
        return alone("runAsUserName cannot be an empty string");
    }
    if name.bytes().any(|byte| byte.is_ascii_control()) {
        return alone("runAsUserName cannot contain control characters");
    }
    let (domain, user) = name.split_once('\\').map_or((None, name), |(domain, user)| (Some(domain), user));
    if user.contains('\\') {
        return alone("runAsUserName cannot contain more than one backslash");
    }
    let is_odd = |char| "\"/\\:;|=,+*?<>@[]".contains(char);
    let complaints = [
        (
            domain.is_some_and(|domain| domain.len() > LONGEST_DOMAIN),
            "runAsUserName's Domain length must be under 256 characters",
        ),
        (
            domain.is_some_and(|domain| !is_net_bios_domain(domain) && !is_dns_domain(domain)),
            "runAsUserName's Domain doesn't match the NetBios nor the DNS format",
        ),
        (user.is_empty(), "runAsUserName's User cannot be empty"),
        (user.len() > LONGEST_USER, "runAsUserName's User length must not be longer than 104 characters"),
        (
            !user.is_empty() && user.chars().all(|char| ['.', ' '].contains(&char)),
            "runAsUserName's User cannot contain only periods or spaces",
        ),
        (user.contains(is_odd), "runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]"),
    ];
    texts::wrong(complaints)
}

fn is_net_bios_domain(text: &str) -> bool {
    let is_odd = |char| "\\/:*?\"<>|".contains(char);
    (1..=15).contains(&text.chars().count()) && !text.contains(is_odd) && !text.starts_with('.')
}

fn is_dns_domain(text: &str) -> bool {
    let is_edge = |byte: u8| byte.is_ascii_alphanumeric();
    text.split('.').all(|label| {
        label.bytes().all(|byte| is_edge(byte) || byte == b'-')
            && label.len() <= 63
            && label.bytes().next().is_some_and(is_edge)
            && label.bytes().last().is_some_and(is_edge)
    })
}

/// `validateWindowsHostProcessPod`: containers that are processes of the node are among themselves, in its network. That
/// the cluster allows them is taken for granted.
pub(in super::super) fn host_processes(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let of_pod = spec.security_context.as_ref().and_then(|context| context.windows_options.as_ref());
    let of_pod = of_pod.and_then(|options| options.host_process);
    let of_container =
        |container: &Container| container.security_context.as_ref()?.windows_options.as_ref()?.host_process;
    let (mut count, mut host_processes) = (0_usize, 0_usize);
    for (list, index, container) in containers::every(spec) {
        let own = of_container(container);
        if let (Some(of_pod), Some(own)) = (of_pod, own)
            && of_pod != own
        {
            let list = field.name(list);
            let context = list.index(index);
            let context = context.name("securityContext");
            let detail = format!("pod hostProcess value must be identical if both are specified, was {of_pod}");
            errors.invalid(&context.name("windowsOptions").name("hostProcess"), own, detail);
        }
        count += 1;
        host_processes += usize::from(own.or(of_pod) == Some(true));
    }
    if host_processes == 0 {
        return;
    }
    if host_processes != count && spec.ephemeral_containers.as_ref().is_none_or(Vec::is_empty) {
        let detail = "If pod contains any hostProcess containers then all containers must be HostProcess containers";
        errors.invalid(field, "", detail);
    }
    if spec.host_network != Some(true) {
        let detail = "hostNetwork must be true if pod contains any hostProcess containers";
        errors.invalid(&field.name("hostNetwork"), false, detail);
    }
}
