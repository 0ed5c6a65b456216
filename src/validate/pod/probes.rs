//! Probes and lifecycle hooks.

use k8s_openapi::api::core::v1::{
    Container, ExecAction, GRPCAction, HTTPGetAction, Lifecycle, LifecycleHandler, Probe, SleepAction, TCPSocketAction,
};

use super::super::errors::Errors;
use super::super::field::Field;
use super::texts::{self, given};
use super::{features, ports};

/// All probes and hooks of a container that keeps running.
pub(super) fn of_container(container: &Container, grace_period: i64, field: &Field<'_>, errors: &mut Errors) {
    if let Some(lifecycle) = &container.lifecycle {
        hooks(lifecycle, grace_period, &field.name("lifecycle"), errors);
    }
    if let Some(probe) = &container.liveness_probe {
        deciding_probe(probe, &field.name("livenessProbe"), errors);
    }
    if let Some(probe) = &container.readiness_probe {
        let field = field.name("readinessProbe");
        any_probe(probe, &field, errors);
        if let Some(seconds) = probe.termination_grace_period_seconds {
            let detail = "must not be set for readinessProbes";
            errors.invalid(&field.name("terminationGracePeriodSeconds"), seconds, detail);
        }
    }
    if let Some(probe) = &container.startup_probe {
        deciding_probe(probe, &field.name("startupProbe"), errors);
    }
}

/// Init containers that end have none.
pub(super) fn of_init_container(container: &Container, field: &Field<'_>, errors: &mut Errors) {
    let detail = "may not be set for init containers without restartPolicy=Always";
    for (name, is_there) in [
        ("lifecycle", has_lifecycle(container.lifecycle.as_ref(), errors)),
        ("livenessProbe", container.liveness_probe.is_some()),
        ("readinessProbe", container.readiness_probe.is_some()),
        ("startupProbe", container.startup_probe.is_some()),
    ] {
        if is_there {
            errors.forbidden(&field.name(name), detail);
        }
    }
}

/// `validateLivenessProbe` and `validateStartupProbe`.
fn deciding_probe(probe: &Probe, field: &Field<'_>, errors: &mut Errors) {
    any_probe(probe, field, errors);
    let threshold = probe.success_threshold.filter(|&threshold| threshold != 0).unwrap_or(1);
    if threshold != 1 {
        errors.invalid(&field.name("successThreshold"), threshold, "must be 1");
    }
}

/// `validateProbe`. The defaults fill in where there is nothing, so that only what is below 0 is wrong.
fn any_probe(probe: &Probe, field: &Field<'_>, errors: &mut Errors) {
    let actions = Actions {
        exec: probe.exec.as_ref(),
        http_get: probe.http_get.as_ref(),
        tcp_socket: probe.tcp_socket.as_ref(),
        grpc: probe.grpc.as_ref(),
        sleep: None,
    };
    actions.check(0, field, errors);
    for (name, number) in [
        ("initialDelaySeconds", probe.initial_delay_seconds),
        ("timeoutSeconds", probe.timeout_seconds),
        ("periodSeconds", probe.period_seconds),
        ("successThreshold", probe.success_threshold),
        ("failureThreshold", probe.failure_threshold),
    ] {
        texts::check_not_negative(number.unwrap_or(0).into(), &field.name(name), errors);
    }
    if let Some(seconds) = probe.termination_grace_period_seconds.filter(|&seconds| seconds <= 0) {
        errors.invalid(&field.name("terminationGracePeriodSeconds"), seconds, "must be greater than 0");
    }
}

/// Whether something is left of a lifecycle: the API server drops `stopSignal`, and hooks that do what it does not know.
pub(super) fn has_lifecycle(lifecycle: Option<&Lifecycle>, errors: &Errors) -> bool {
    let knows_sleep = errors.version().at_least(features::SLEEP_HOOKS);
    lifecycle.is_some_and(|lifecycle| {
        let mut hooks = lifecycle.post_start.iter().chain(&lifecycle.pre_stop);
        hooks.any(|hook| is_left(hook, knows_sleep)) || (knows_sleep && lifecycle.stop_signal.is_none())
    })
}

fn is_left(hook: &LifecycleHandler, knows_sleep: bool) -> bool {
    let does_more = hook.exec.is_some() || hook.http_get.is_some() || hook.tcp_socket.is_some();
    knows_sleep || hook.sleep.is_none() || does_more
}

/// `validateLifecycle`.
fn hooks(lifecycle: &Lifecycle, grace_period: i64, field: &Field<'_>, errors: &mut Errors) {
    let knows_sleep = errors.version().at_least(features::SLEEP_HOOKS);
    for (name, hook) in [("postStart", &lifecycle.post_start), ("preStop", &lifecycle.pre_stop)] {
        let hook = hook.as_ref().filter(|hook| is_left(hook, knows_sleep));
        if let Some(LifecycleHandler { exec, http_get, tcp_socket, sleep }) = hook {
            let actions = Actions {
                exec: exec.as_ref(),
                http_get: http_get.as_ref(),
                tcp_socket: tcp_socket.as_ref(),
                grpc: None,
                sleep: sleep.as_ref().filter(|_| knows_sleep),
            };
            actions.check(grace_period, &field.name(name), errors);
        }
    }
}

/// What a probe or hook does, which has to be one thing.
struct Actions<'a> {
    exec: Option<&'a ExecAction>,
    http_get: Option<&'a HTTPGetAction>,
    tcp_socket: Option<&'a TCPSocketAction>,
    grpc: Option<&'a GRPCAction>,
    sleep: Option<&'a SleepAction>,
}

impl Actions<'_> {
    /// `validateHandler`: the first one is looked at, others may not be there.
    fn check(&self, grace_period: i64, field: &Field<'_>, errors: &mut Errors) {
        let mut is_first = true;
        let mut is_looked_at = |name, errors: &mut Errors| {
            if !is_first {
                errors.forbidden(&field.name(name), "may not specify more than 1 handler type");
            }
            std::mem::take(&mut is_first)
        };
        if let Some(action) = self.exec
            && is_looked_at("exec", errors)
            && action.command.as_ref().is_none_or(Vec::is_empty)
        {
            errors.required(&field.name("exec").name("command"), "");
        }
        if let Some(action) = self.http_get
            && is_looked_at("httpGet", errors)
        {
            http_get(action, &field.name("httpGet"), errors);
        }
        if let Some(action) = self.tcp_socket
            && is_looked_at("tcpSocket", errors)
        {
            ports::number_or_name(&action.port, &field.name("tcpSocket").name("port"), errors);
        }
        if let Some(action) = self.grpc
            && is_looked_at("grpc", errors)
        {
            texts::check_port_number(action.port, &field.name("grpc").name("port"), errors);
        }
        if let Some(action) = self.sleep
            && is_looked_at("sleep", errors)
        {
            sleep(action, grace_period, &field.name("sleep"), errors);
        }
        if is_first {
            errors.required(field, "must specify a handler type");
        }
    }
}

/// `validateHTTPGetAction`, after the defaults for the path and the scheme.
fn http_get(action: &HTTPGetAction, field: &Field<'_>, errors: &mut Errors) {
    ports::number_or_name(&action.port, &field.name("port"), errors);
    let scheme = given(action.scheme.as_ref());
    if !["", "HTTP", "HTTPS"].contains(&scheme) {
        errors.not_supported(&field.name("scheme"), scheme, &["HTTP", "HTTPS"]);
    }
    let headers = field.name("httpHeaders");
    for (index, header) in action.http_headers.iter().flatten().enumerate() {
        let field = headers.index(index).unsaid();
        texts::check(&header.name, texts::header_name, &field.name("name").unsaid(), errors);
    }
}

/// `validateSleepAction`.
fn sleep(action: &SleepAction, grace_period: i64, field: &Field<'_>, errors: &mut Errors) {
    let allows_no_time = errors.version().at_least(features::SLEEP_HOOKS_OF_NO_TIME);
    let least = i64::from(!allows_no_time);
    if !(least..=grace_period).contains(&action.seconds) {
        let words = if allows_no_time { "non-negative" } else { "greater than 0" };
        let detail = format!("must be {words} and less than terminationGracePeriodSeconds ({grace_period})");
        errors.invalid(&field.name("seconds").unsaid(), action.seconds, detail);
    }
}
