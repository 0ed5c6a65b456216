//! Jobs that cannot be deployed again.

use crate::diagnostic::{Category, Severity};
use crate::lint::role_rules::is_placeholder;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::{Deployer, WorkloadFacts};
use crate::source::{Renderer, Span};

pub(super) static RULE: Rule = Rule {
    id: "job-fixed-name-under-gitops",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a Job that is deployed again under the same name cannot change its pods",
    page: include_str!("../../../rules/job-fixed-name-under-gitops.md"),
    check: Check::Workload(check),
};

fn check(workload: &InSet<'_, WorkloadFacts>, sink: &mut Sink<'_>) {
    let Some(job) = workload.facts.job.filter(|job| !job.makes_way) else { return };
    let object = workload.object;
    let name = &*object.name.name;
    if object.is_generated || name.is_empty() || is_placeholder(name) || is_of_a_release(name) {
        return;
    }
    let read_set = workload.access.read_set();
    let is_of_helm = || {
        let text = read_set.sources.text(object.span.file);
        text.rendered(object.span.start as usize).is_some_and(|rendered| rendered.by == Renderer::Helm)
    };
    let deployer = job.deployer.or_else(|| is_of_helm().then_some(Deployer::Helm));
    match (deployer, read_set.listed.get(&object.span.file)) {
        (Some(deployer), _) => {
            let message = format!("once the pods of this Job are to change, {} cannot deploy it", deployer.name());
            sink.report(object.span, message).help(help(deployer));
        }
        (None, Some(kustomizations)) => {
            let message = "once the pods of this Job are to change, the kustomization cannot be applied again";
            let draft = sink.report(object.span, message).rated(Profile::Pedantic, Severity::Info);
            let draft = draft.help(
                "let it expire with `ttlSecondsAfterFinished`, or give it another name, with a version in it, each time",
            );
            if let Some(&file) = kustomizations.first() {
                draft.related(Span { file, start: 0, end: 0 }, "this kustomization lists it");
            }
        }
        (None, None) => {}
    }
}

fn help(deployer: Deployer) -> &'static str {
    match deployer {
        Deployer::Helm => {
            "make it a hook: `helm.sh/hook: post-install,post-upgrade` with `helm.sh/hook-delete-policy: \
             before-hook-creation`; or put `.Release.Revision` into its name"
        }
        Deployer::ArgoCd => {
            "make it a hook: `argocd.argoproj.io/hook: Sync`; or annotate it with \
             `argocd.argoproj.io/sync-options: Force=true,Replace=true`"
        }
        Deployer::Flux => "annotate it with `kustomize.toolkit.fluxcd.io/force: enabled`",
    }
}

/// Whether a name looks as if the next release has another: it ends in a number, a version, a date or a hash.
fn is_of_a_release(name: &str) -> bool {
    let last = name.rsplit(['-', '.']).next().unwrap_or_default();
    last.bytes().any(|byte| byte.is_ascii_digit())
}
