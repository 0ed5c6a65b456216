//! By operators, that do with their own rights what one may not do oneself.

use crate::query::escalation::technique::{Gives, Need, Technique};
use crate::query::power::{Right, WRITE};

const RUNS_PODS: &str = "it takes the operator of these resources, which runs their pods";
const ITS_OPERATOR: &str = "it takes an operator that does not restrict whoever writes these resources";

const fn writes(any_of: &'static [Right]) -> Need {
    Need::one(any_of).whole()
}

const fn deputy(deed: &'static str, needs: &'static [Need], names: &'static [&'static str]) -> Technique {
    Technique::new("D", deed, needs, Gives::Deputies(names)).depends(ITS_OPERATOR)
}

pub(super) static ALL: &[Technique] = &[
    Technique::new(
        "D01",
        "has an operator run a pod as {}",
        &[Need::one(&[
            Right::on(WRITE, "argoproj.io", "workflows"),
            Right::on(WRITE, "argoproj.io", "cronworkflows"),
            Right::on(WRITE, "argoproj.io", "rollouts"),
            Right::on(WRITE, "tekton.dev", "pipelineruns"),
            Right::on(WRITE, "tekton.dev", "taskruns"),
            Right::on(WRITE, "jobset.x-k8s.io", "jobsets"),
            Right::on(WRITE, "ray.io", "rayclusters"),
            Right::on(WRITE, "sparkoperator.k8s.io", "sparkapplications"),
            Right::on(WRITE, "serving.knative.dev", "services"),
            Right::on(WRITE, "serving.kserve.io", "inferenceservices"),
            Right::on(WRITE, "kubeflow.org", "notebooks"),
            Right::on(WRITE, "monitoring.coreos.com", "prometheuses"),
            Right::on(WRITE, "monitoring.coreos.com", "alertmanagers"),
            Right::on(WRITE, "monitoring.coreos.com", "thanosrulers"),
        ])],
        Gives::Accounts,
    )
    .depends(RUNS_PODS),
    deputy(
        "has Argo CD apply anything, as {}",
        &[writes(&[Right::on(WRITE, "argoproj.io", "applications"), Right::on(WRITE, "argoproj.io", "appprojects")])],
        &["argocd-application-controller"],
    ),
    deputy(
        "has Argo CD make an Application, as {}",
        &[writes(&[Right::on(WRITE, "argoproj.io", "applicationsets")])],
        &["argocd-applicationset-controller"],
    ),
    deputy(
        "has Flux apply anything, as {}",
        &[writes(&[Right::on(WRITE, "kustomize.toolkit.fluxcd.io", "kustomizations")])],
        &["kustomize-controller"],
    ),
    deputy(
        "has Flux install anything, as {}",
        &[writes(&[Right::on(WRITE, "helm.toolkit.fluxcd.io", "helmreleases")])],
        &["helm-controller"],
    ),
    deputy(
        "has Velero restore anything, as {}",
        &[writes(&[Right::on(WRITE, "velero.io", "restores")])],
        &["velero", "velero-server"],
    ),
    deputy(
        "has rbac-manager make any binding, as {}",
        &[writes(&[Right::on(WRITE, "rbacmanager.reactiveops.io", "rbacdefinitions")]).of_cluster()],
        &["rbac-manager"],
    ),
    deputy(
        "has Kyverno make anything, as {}",
        &[writes(&[Right::on(WRITE, "kyverno.io", "clusterpolicies")]).of_cluster()],
        &["kyverno", "kyverno-background-controller"],
    ),
    deputy(
        "has Crossplane make anything, as {}",
        &[writes(&[Right::on(WRITE, "apiextensions.crossplane.io", "compositions")]).of_cluster()],
        &["crossplane"],
    ),
    deputy(
        "has OLM install an operator with any rights, as {}",
        &[writes(&[
            Right::on(WRITE, "operators.coreos.com", "subscriptions"),
            Right::on(WRITE, "operators.coreos.com", "clusterserviceversions"),
        ])],
        &["olm-operator-serviceaccount"],
    ),
];
