//! Fields that people write where Kubernetes calls them something else, or has none.

/// What to do about a field that many take for one of its structure.
pub(super) fn advice(structure: &str, name: &str) -> Option<String> {
    let help = match (structure, name) {
        ("JobSpec", "replicas") => {
            "write `parallelism` for how many pods run at a time, or `completions` for how many have to succeed"
        }
        ("JobSpec", "retries" | "maxRetries" | "retryLimit" | "maxAttempts" | "restarts") => {
            return Some(meant("backoffLimit"));
        }
        ("JobSpec", "timeout" | "timeoutSeconds" | "deadline" | "deadlineSeconds") => {
            return Some(meant("activeDeadlineSeconds"));
        }
        ("CronJobSpec", "cron" | "cronSchedule" | "crontab") => return Some(meant("schedule")),
        ("CronJobSpec", "tz") => return Some(meant("timeZone")),
        ("Container", "cmd" | "entrypoint") => return Some(meant("command")),
        ("Container", "environment" | "envVars") => return Some(meant("env")),
        ("Volume", "pvc") => return Some(meant("persistentVolumeClaim")),
        ("EnvVarSource", "secretRef") => return Some(meant("secretKeyRef")),
        ("EnvVar", "key") => return Some(meant("name")),
        ("EnvVar", _) if is_variable(name) => return Some(format!("write `name: {name}`, and its value as `value`")),
        ("Probe", "port") => "`port` belongs under `httpGet`, `tcpSocket` or `grpc`",
        ("LabelSelector", "name" | "app") => {
            return Some(format!("`{name}` belongs under `matchLabels`"));
        }
        ("ResourceRequirements", "cpu" | "memory" | "ephemeral-storage") => {
            return Some(format!("`{name}` belongs under `limits` or `requests`"));
        }
        ("RoleRef", "apiVersion") => "write `apiGroup: rbac.authorization.k8s.io`, which has no version",
        ("RoleRef", "namespace") => {
            "remove it: a Role is looked for in the namespace of the binding, and a ClusterRole is in none"
        }
        ("Subject", "apiVersion") => "remove it: a subject has an `apiGroup`, which follows from its `kind`",
        ("Subject", "ns") => return Some(meant("namespace")),
        _ => return None,
    };
    Some(help.to_owned())
}

fn meant(name: &str) -> String {
    format!("did you mean `{name}`?")
}

/// Whether it looks like the name of an environment variable.
fn is_variable(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 63
        && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
}
