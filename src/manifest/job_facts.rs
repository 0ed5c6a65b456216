//! What a Job says about being deployed more than once: by what, and whether it is then in the way of itself.

use k8s_openapi::api::batch::v1::Job;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

/// What a Job says about being deployed more than once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobFacts {
    /// What deploys it, by its labels and annotations; `None` where they do not say.
    pub deployer: Option<Deployer>,
    /// Whether it is gone, replaced or left alone when it is deployed again.
    pub makes_way: bool,
}

/// What brings objects to a cluster again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deployer {
    /// Helm.
    Helm,
    /// Argo CD.
    ArgoCd,
    /// Flux.
    Flux,
}

impl Deployer {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Helm => "Helm",
            Self::ArgoCd => "Argo CD",
            Self::Flux => "Flux",
        }
    }

    /// What deploys an object by the labels and annotations that it leaves, or that are meant for it.
    pub fn of(metadata: &ObjectMeta) -> Option<Self> {
        let labels = metadata.labels.iter().flatten();
        let written = metadata.annotations.iter().flatten().chain(labels);
        let deployer = |(key, value): (&String, &String)| match (key.as_str(), value.as_str()) {
            ("app.kubernetes.io/managed-by", "Helm") | ("helm.sh/chart" | "meta.helm.sh/release-name", _) => {
                Some(Self::Helm)
            }
            ("argocd.argoproj.io/skip-reconcile", _) => None,
            (key, _) if key.starts_with("argocd.argoproj.io/") => Some(Self::ArgoCd),
            (key, _) if key.contains(".toolkit.fluxcd.io/") => Some(Self::Flux),
            _ => None,
        };
        written.filter_map(deployer).max()
    }
}

impl JobFacts {
    /// What a Job says.
    pub fn of(job: &Job) -> Self {
        let expires = job.spec.as_ref().is_some_and(|spec| spec.ttl_seconds_after_finished.is_some());
        let is_owned = job.metadata.owner_references.as_ref().is_some_and(|owners| !owners.is_empty());
        let mut annotations = job.metadata.annotations.iter().flatten();
        let is_handled = annotations.any(|(key, value)| makes_way(key, value));
        Self { deployer: Deployer::of(&job.metadata), makes_way: expires || is_owned || is_handled }
    }
}

/// Whether an annotation has its tool remove, replace or leave alone what is there already.
fn makes_way(key: &str, value: &str) -> bool {
    let has_option = |option: &str| value.split(',').any(|given| given.trim().eq_ignore_ascii_case(option));
    match key {
        "helm.sh/hook" | "argocd.argoproj.io/hook" | "argocd.argoproj.io/hook-delete-policy" | "kapp.k14s.io/nonce" => {
            true
        }
        // To replace alone is to update, which the API server refuses.
        "argocd.argoproj.io/sync-options" => has_option("Force=true"),
        "kustomize.toolkit.fluxcd.io/force" => has_option("enabled"),
        "kustomize.toolkit.fluxcd.io/reconcile" => has_option("disabled"),
        "kustomize.toolkit.fluxcd.io/ssa" => has_option("IfNotPresent") || has_option("Ignore"),
        "kapp.k14s.io/update-strategy" => has_option("fallback-on-replace") || has_option("always-replace"),
        _ => false,
    }
}
