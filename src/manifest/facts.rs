//! What is kept of an object once its document is gone: what it says about access, and where it says it.

use std::sync::Arc;

use ecow::EcoString;
use k8s_openapi::api::core::v1::{Namespace, PodSpec, PodTemplateSpec, ServiceAccount};
use k8s_openapi::api::rbac::v1::{AggregationRule, PolicyRule, RoleRef as TypedRoleRef, Subject as TypedSubject};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};

use super::pool::Pool;
use super::{CustomResources, JobFacts, RulePlaces, Typed, Written};
use crate::diagnostic::ObjectName;
use crate::rbac::{Binding, Operator, Requirement, Role, RoleKind, RoleRef, Rule, Selector, Subject};
use crate::source::Span;
use crate::yaml::tree::{Entry, NodeRef};

/// What an object says about access.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Facts {
    /// Nothing but that it is there.
    #[default]
    Nothing,
    /// A Role or ClusterRole.
    Role(Box<RoleFacts>),
    /// A RoleBinding or ClusterRoleBinding.
    Binding(Box<BindingFacts>),
    /// Something with pods, that act as a ServiceAccount.
    Workload(Box<WorkloadFacts>),
    /// A ServiceAccount.
    Account(Box<AccountFacts>),
    /// A CustomResourceDefinition.
    CustomResources(Box<CustomResources>),
    /// A Namespace that says which pods it takes.
    Namespace(Box<NamespaceFacts>),
    /// A Secret that is filled with a token of this ServiceAccount of its namespace.
    Token(Box<str>),
}

/// What a role says, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleFacts {
    /// What it says.
    pub role: Arc<Role>,
    /// Where each of its rules stands.
    pub rules: Vec<RulePlaces>,
    /// Where its `aggregationRule` stands, where it has one.
    pub aggregation: Option<Span>,
    /// Those of its labels that look as if some other role was to take in its rules by them.
    pub aggregation_labels: Vec<AggregationLabel>,
    /// What it says about the default policy.
    pub upkeep: Upkeep,
}

/// A label by which another role may take in the rules of a role, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AggregationLabel {
    /// Such as `rbac.authorization.k8s.io/aggregate-to-view`.
    pub key: String,
    /// Mostly `true`.
    pub value: String,
    /// Where the key stands.
    pub key_place: Span,
    /// Where the value stands.
    pub value_place: Span,
}

/// What a binding says, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindingFacts {
    /// What it says.
    pub binding: Arc<Binding>,
    /// Where its `roleRef` stands.
    pub role: Span,
    /// Where the name in it stands.
    pub role_name: Span,
    /// Where each of its subjects stands.
    pub subjects: Vec<Span>,
    /// What it says about the default policy.
    pub upkeep: Upkeep,
}

/// What a role or a binding says about the default policy, which an API server puts in order each time it starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Upkeep {
    /// Nothing, as nearly all do.
    #[default]
    Unsaid,
    /// That an API server made it: it comes from a cluster.
    Made,
    /// That no API server may change it.
    Refused,
}

/// The label of all that an API server makes when it starts.
pub const MADE: (&str, &str) = ("kubernetes.io/bootstrapping", "rbac-defaults");

/// The annotation that says whether an API server puts in order what it made.
const AUTOUPDATE: &str = "rbac.authorization.kubernetes.io/autoupdate";

/// As whom the pods of a workload act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkloadFacts {
    /// The ServiceAccount, of the workload's own namespace.
    pub service_account: EcoString,
    /// Where it is named, or where it should be.
    pub place: Span,
    /// Whether its token is mounted into the pods; `None` where the ServiceAccount decides.
    pub automount: Option<bool>,
    /// Where `automountServiceAccountToken` stands in the pod, or where it should.
    pub automount_place: Span,
    /// What it says about its life as a Job; `None` for anything else.
    pub job: Option<JobFacts>,
}

/// What a ServiceAccount says about the pods that run as it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountFacts {
    /// Whether its token is mounted into pods that do not say so themselves; `None` where it is, for want of a word.
    pub automount: Option<bool>,
    /// Where `automountServiceAccountToken` stands, or where it should.
    pub automount_place: Span,
    /// Where the annotation stands that limits which Secrets its pods may use, with its value.
    pub enforces_mountable_secrets: Option<Span>,
}

/// What a Namespace says about its pods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamespaceFacts {
    /// Up to which level of Pod Security it takes pods: `privileged`, `baseline` or `restricted`.
    pub pod_security: String,
}

/// The label of a Namespace that says which pods it takes.
const POD_SECURITY: &str = "pod-security.kubernetes.io/enforce";

/// The annotation of a ServiceAccount that limits which Secrets its pods may use.
pub const ENFORCE_MOUNTABLE_SECRETS: &str = "kubernetes.io/enforce-mountable-secrets";

impl Facts {
    /// The facts in an object.
    pub(super) fn of(name: &ObjectName, typed: &Typed, written: Written<'_>, pool: &Pool) -> Self {
        let role = |metadata: &ObjectMeta, rules: Option<&Vec<PolicyRule>>, aggregation: Option<&AggregationRule>| {
            Self::Role(Box::new(RoleFacts::new(role(name, metadata, rules, aggregation, pool), metadata, written)))
        };
        let binding = |metadata: &ObjectMeta, role: &TypedRoleRef, subjects: Option<&Vec<TypedSubject>>| {
            Self::Binding(Box::new(BindingFacts::new(binding(name, role, subjects), metadata, written)))
        };
        let workload = |path: &str, pod: Option<&PodSpec>| match pod {
            Some(pod) => Self::Workload(Box::new(WorkloadFacts::new(pod, path, written))),
            None => Self::Nothing,
        };
        let template = |template: Option<&PodTemplateSpec>| {
            workload("spec.template.spec", template.and_then(|template| template.spec.as_ref()))
        };
        match typed {
            Typed::Role(it) => role(&it.metadata, it.rules.as_ref(), None),
            Typed::ClusterRole(it) => role(&it.metadata, it.rules.as_ref(), it.aggregation_rule.as_ref()),
            Typed::RoleBinding(it) => binding(&it.metadata, &it.role_ref, it.subjects.as_ref()),
            Typed::ClusterRoleBinding(it) => binding(&it.metadata, &it.role_ref, it.subjects.as_ref()),
            Typed::Pod(it) => workload("spec", it.spec.as_ref()),
            Typed::Deployment(it) => template(it.spec.as_ref().map(|spec| &spec.template)),
            Typed::StatefulSet(it) => template(it.spec.as_ref().map(|spec| &spec.template)),
            Typed::DaemonSet(it) => template(it.spec.as_ref().map(|spec| &spec.template)),
            Typed::ReplicaSet(it) => template(it.spec.as_ref().and_then(|spec| spec.template.as_ref())),
            Typed::ReplicationController(it) => template(it.spec.as_ref().and_then(|spec| spec.template.as_ref())),
            Typed::Job(it) => template(it.spec.as_ref().map(|spec| &spec.template)).with_job(JobFacts::of(it)),
            Typed::CronJob(it) => {
                let job = it.spec.job_template.spec.as_ref();
                workload("spec.jobTemplate.spec.template.spec", job.and_then(|job| job.template.spec.as_ref()))
            }
            Typed::CustomResourceDefinition(it) => Self::CustomResources(it.clone()),
            Typed::ServiceAccount(it) => Self::Account(Box::new(AccountFacts::new(it, written))),
            Typed::Namespace(it) => Self::of_namespace(it),
            Typed::ApiService(_) => Self::Nothing,
        }
    }

    fn of_namespace(namespace: &Namespace) -> Self {
        let level = namespace.metadata.labels.as_ref().and_then(|labels| labels.get(POD_SECURITY));
        level.map_or(Self::Nothing, |level| Self::Namespace(Box::new(NamespaceFacts { pod_security: level.clone() })))
    }

    fn with_job(mut self, job: JobFacts) -> Self {
        if let Self::Workload(workload) = &mut self {
            workload.job = Some(job);
        }
        self
    }
}

impl RoleFacts {
    fn new(role: Role, metadata: &ObjectMeta, written: Written<'_>) -> Self {
        let rules = written.find("rules").into_iter().flat_map(NodeRef::items).map(RulePlaces::new);
        let aggregation = role.aggregation.is_some().then(|| written.place("aggregationRule"));
        let labels = written.find("metadata.labels").into_iter().flat_map(NodeRef::fields);
        let aggregation_labels = labels.filter_map(AggregationLabel::new).collect();
        Self {
            role: Arc::new(role),
            rules: exact(rules),
            aggregation,
            aggregation_labels,
            upkeep: Upkeep::of(metadata),
        }
    }
}

impl AggregationLabel {
    fn new(label: Entry<'_>) -> Option<Self> {
        let key = label.key.as_str().filter(|key| key.contains("gregat"))?;
        let value = label.value.as_str()?.to_owned();
        Some(Self { key: key.to_owned(), value, key_place: label.key.span(), value_place: label.value.span() })
    }
}

impl Upkeep {
    fn of(metadata: &ObjectMeta) -> Self {
        let annotation = metadata.annotations.as_ref().and_then(|annotations| annotations.get(AUTOUPDATE));
        let label = metadata.labels.as_ref().and_then(|labels| labels.get(MADE.0));
        match annotation.map(String::as_str) {
            Some("false") => Self::Refused,
            Some("true") => Self::Made,
            _ if label.is_some_and(|value| value == MADE.1) => Self::Made,
            _ => Self::Unsaid,
        }
    }
}

impl BindingFacts {
    fn new(binding: Binding, metadata: &ObjectMeta, written: Written<'_>) -> Self {
        Self {
            binding: Arc::new(binding),
            role: written.place("roleRef"),
            role_name: written.place("roleRef.name"),
            subjects: exact(written.find("subjects").into_iter().flat_map(NodeRef::items).map(NodeRef::span)),
            upkeep: Upkeep::of(metadata),
        }
    }
}

impl WorkloadFacts {
    fn new(pod: &PodSpec, path: &str, written: Written<'_>) -> Self {
        let filled = |name: Option<&String>| name.filter(|name| !name.is_empty()).cloned();
        // The older field is still read where the newer one is empty.
        let (field, name) = match filled(pod.service_account_name.as_ref()) {
            Some(name) => ("serviceAccountName", Some(name)),
            None => ("serviceAccount", filled(pod.service_account.as_ref())),
        };
        let field = if name.is_some() { field } else { "serviceAccountName" };
        Self {
            service_account: name.map_or_else(|| "default".into(), EcoString::from),
            place: written.place(&format!("{path}.{field}")),
            automount: pod.automount_service_account_token,
            automount_place: written.place(&format!("{path}.automountServiceAccountToken")),
            job: None,
        }
    }
}

impl AccountFacts {
    fn new(account: &ServiceAccount, written: Written<'_>) -> Self {
        let annotations = account.metadata.annotations.as_ref();
        let enforces = annotations.is_some_and(|annotations| annotations.contains_key(ENFORCE_MOUNTABLE_SECRETS));
        let place = || written.place(&format!("metadata.annotations[{ENFORCE_MOUNTABLE_SECRETS}]"));
        Self {
            automount: account.automount_service_account_token,
            automount_place: written.place("automountServiceAccountToken"),
            enforces_mountable_secrets: enforces.then(place),
        }
    }
}

/// A list without room for more: it is kept, and there are very many.
fn exact<T>(entries: impl Iterator<Item = T>) -> Vec<T> {
    let mut list: Vec<_> = entries.collect();
    list.shrink_to_fit();
    list
}

fn role(
    name: &ObjectName,
    metadata: &ObjectMeta,
    rules: Option<&Vec<PolicyRule>>,
    aggregation: Option<&AggregationRule>,
    pool: &Pool,
) -> Role {
    let labels = metadata.labels.iter().flatten().map(|(key, value)| (key.clone(), value.clone()));
    let selectors = |it: &AggregationRule| it.cluster_role_selectors.iter().flatten().map(selector).collect();
    Role {
        namespace: name.namespace.clone(),
        name: name.name.clone(),
        labels: exact(labels),
        aggregation: aggregation.map(selectors),
        rules: exact(rules.into_iter().flatten().map(|written| pool.rule(rule(written)))),
    }
}

fn rule(rule: &PolicyRule) -> Rule {
    let list = |entries: &Option<Vec<String>>| entries.clone().unwrap_or_default();
    Rule {
        verbs: rule.verbs.clone(),
        api_groups: list(&rule.api_groups),
        resources: list(&rule.resources),
        resource_names: list(&rule.resource_names),
        non_resource_urls: list(&rule.non_resource_urls),
    }
}

fn selector(selector: &LabelSelector) -> Selector {
    let labels = selector.match_labels.iter().flatten().map(|(key, value)| Requirement::equals(key, value));
    let expressions = selector.match_expressions.iter().flatten().map(|expression| Requirement {
        key: expression.key.clone(),
        operator: Operator::from(expression.operator.as_str()),
        values: expression.values.clone().unwrap_or_default(),
    });
    Selector { requirements: labels.chain(expressions).collect() }
}

fn binding(name: &ObjectName, role: &TypedRoleRef, subjects: Option<&Vec<TypedSubject>>) -> Binding {
    Binding {
        namespace: name.namespace.clone(),
        name: name.name.clone(),
        role: RoleRef { kind: RoleKind::from(role.kind.as_str()), name: (&role.name).into() },
        subjects: exact(subjects.into_iter().flatten().map(subject)),
    }
}

fn subject(subject: &TypedSubject) -> Subject {
    let name = EcoString::from(&subject.name);
    match subject.kind.as_str() {
        "User" => Subject::User(name),
        "Group" => Subject::Group(name),
        "ServiceAccount" => {
            let namespace = subject.namespace.as_deref().filter(|namespace| !namespace.is_empty());
            Subject::ServiceAccount { namespace: namespace.map(EcoString::from), name }
        }
        kind => Subject::Other { kind: kind.to_owned(), name },
    }
}
