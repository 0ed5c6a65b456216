//! One object of a manifest: what it is called, what it says, and where it says it.

use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, ReplicaSet, StatefulSet};
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::{Namespace, Pod, ReplicationController, ServiceAccount};
use k8s_openapi::api::rbac::v1::{ClusterRole, ClusterRoleBinding, Role, RoleBinding};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinitionNames;
use k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1::APIServiceSpec;
use serde::{Deserialize, Deserializer};

use super::Kind;
use crate::catalog::Version;
use crate::diagnostic::ObjectName;
use crate::source::{FileId, Span};
use crate::validate::{At, Error, Part, Validate as _};
use crate::yaml::path::{Path, Place};
use crate::yaml::tree::NodeRef;

/// An object that decodes, with the text that it comes from.
#[derive(Debug)]
pub struct Object<'a> {
    /// What it is called.
    pub name: ObjectName,
    /// What it says.
    pub typed: Typed,
    /// Where it says it.
    pub written: Written<'a>,
    /// The causes for which the API server refuses it; none where it takes it, or where that is not known.
    pub errors: Vec<Error>,
}

/// The mapping that an object is written as.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    root: NodeRef<'a>,
}

impl<'a> Written<'a> {
    pub(super) fn new(root: NodeRef<'a>) -> Self {
        Self { root }
    }

    /// Where all of it stands.
    pub fn whole(self) -> Span {
        self.root.span()
    }

    /// The file that it stands in.
    pub fn file(self) -> FileId {
        self.root.span().file
    }

    /// Where to point for a field, by its path from the object, such as `spec.template.spec.restartPolicy`: at its
    /// value; at its key where the value is left out; where the field is missing, at the key of the mapping that lacks
    /// it, and at the object's `kind` where that mapping is the object itself.
    pub fn place(self, path: &str) -> Span {
        self.root.find(&Path::parse(path)).span().unwrap_or_else(|| self.kind_key())
    }

    /// Where to point for what the API server refuses.
    pub fn fault(self, at: &At) -> Span {
        let place = self.root.find(&at.path);
        let span = match &at.part {
            Part::Key => place.key().map(NodeRef::span).or_else(|| place.span()),
            Part::Within(range) => place.within(range),
            Part::Value | Part::Missing => place.beginning(),
        };
        span.unwrap_or_else(|| self.kind_key())
    }

    /// The node of a field, by its path from the object; `None` where the field is missing.
    pub(super) fn find(self, path: &str) -> Option<NodeRef<'a>> {
        match self.root.find(&Path::parse(path)) {
            Place::Found { value, .. } => Some(value),
            Place::Missing { .. } => None,
        }
    }

    /// The text of a place in the object.
    pub fn text_at(self, place: Span) -> Option<&'a str> {
        self.root.text_at(place)
    }

    fn kind_key(self) -> Span {
        self.root.get("kind").map_or_else(|| self.root.span(), |entry| entry.key.span())
    }
}

/// An object as the API server's own types have it.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each is what its name says")]
pub enum Typed {
    ServiceAccount(Box<ServiceAccount>),
    Role(Box<Role>),
    ClusterRole(Box<ClusterRole>),
    RoleBinding(Box<RoleBinding>),
    ClusterRoleBinding(Box<ClusterRoleBinding>),
    Pod(Box<Pod>),
    Deployment(Box<Deployment>),
    StatefulSet(Box<StatefulSet>),
    DaemonSet(Box<DaemonSet>),
    ReplicaSet(Box<ReplicaSet>),
    ReplicationController(Box<ReplicationController>),
    Job(Box<Job>),
    CronJob(Box<CronJob>),
    Namespace(Box<Namespace>),
    CustomResourceDefinition(Box<CustomResources>),
    ApiService(Box<APIServiceSpec>),
}

/// What a CustomResourceDefinition says about the resources that it defines; their schema is not read.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct CustomResources {
    /// The API group.
    pub group: String,
    /// The names.
    pub names: CustomResourceDefinitionNames,
    /// `Namespaced` or `Cluster`.
    pub scope: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct OfSpec<T> {
    spec: T,
}

impl Typed {
    /// The causes for which an API server of this version refuses the object. None for kinds that are not validated.
    pub(super) fn validate(&self, version: Version) -> Vec<Error> {
        match self {
            Self::ServiceAccount(it) => it.validate(version),
            Self::Role(it) => it.validate(version),
            Self::ClusterRole(it) => it.validate(version),
            Self::RoleBinding(it) => it.validate(version),
            Self::ClusterRoleBinding(it) => it.validate(version),
            Self::Job(it) => it.validate(version),
            Self::CronJob(it) => it.validate(version),
            _ => Vec::new(),
        }
    }

    /// Decodes an object of this kind.
    pub(super) fn decode<'t, D: Deserializer<'t>>(kind: Kind, object: D) -> Result<Self, D::Error> {
        Ok(match kind {
            Kind::ServiceAccount => Self::ServiceAccount(boxed(object)?),
            Kind::Role => Self::Role(boxed(object)?),
            Kind::ClusterRole => Self::ClusterRole(boxed(object)?),
            Kind::RoleBinding => Self::RoleBinding(boxed(object)?),
            Kind::ClusterRoleBinding => Self::ClusterRoleBinding(boxed(object)?),
            Kind::Pod => Self::Pod(boxed(object)?),
            Kind::Deployment => Self::Deployment(boxed(object)?),
            Kind::StatefulSet => Self::StatefulSet(boxed(object)?),
            Kind::DaemonSet => Self::DaemonSet(boxed(object)?),
            Kind::ReplicaSet => Self::ReplicaSet(boxed(object)?),
            Kind::ReplicationController => Self::ReplicationController(boxed(object)?),
            Kind::Job => Self::Job(boxed(object)?),
            Kind::CronJob => Self::CronJob(boxed(object)?),
            Kind::Namespace => Self::Namespace(boxed(object)?),
            Kind::CustomResourceDefinition => {
                Self::CustomResourceDefinition(Box::new(OfSpec::deserialize(object)?.spec))
            }
            Kind::ApiService => Self::ApiService(Box::new(OfSpec::deserialize(object)?.spec)),
        })
    }
}

fn boxed<'t, T: Deserialize<'t>, D: Deserializer<'t>>(object: D) -> Result<Box<T>, D::Error> {
    T::deserialize(object).map(Box::new)
}
