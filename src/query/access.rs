//! All that the manifests of one cluster say about access: the policy, the catalog, and where everything stands.

use super::defined::{self, Origin};
use super::known::Known;
use super::renaming::Renaming;
use super::subject::Who;
use super::unread::Unread;
use crate::catalog::{Catalog, CustomResource, CustomVersion, DefaultPolicy, Version};
use crate::manifest::{BindingFacts, Facts, KnownObject, ReadSet, Reason, Refusal, RoleFacts, RulePlaces};
use crate::rbac::{Binding, BindingId, Grant, Policy, Role, RoleId, RulePlace};
use crate::source::{FileId, Sources, Span};
use crate::timing::{self, Stage};

/// What is taken for granted about the cluster that manifests are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assumptions {
    /// The version of Kubernetes.
    pub version: Version,
    /// Whether the cluster has the default policy of Kubernetes.
    pub default_policy: bool,
}

/// All that the manifests of one cluster say about access.
#[derive(Debug)]
pub struct Access {
    read_set: ReadSet,
    assumptions: Assumptions,
    default_namespace: String,
    policy: Policy,
    catalog: Catalog,
    known: Known,
    unread: Vec<Unread>,
    /// Where the roles of the policy come from, by their position.
    roles: Vec<Origin>,
    /// Where the bindings of the policy come from, by their position.
    bindings: Vec<Origin>,
    renaming: Renaming,
}

impl Access {
    /// Works out the policy of a read set. What the API server refuses is no part of it.
    pub fn new(read_set: ReadSet, unread: Vec<Unread>, assumptions: Assumptions, default_namespace: &str) -> Self {
        timing::stage(Stage::Graph, || Self::worked_out(read_set, unread, assumptions, default_namespace))
    }

    fn worked_out(read_set: ReadSet, unread: Vec<Unread>, assumptions: Assumptions, default_namespace: &str) -> Self {
        let Assumptions { version, default_policy } = assumptions;
        let default = if default_policy { DefaultPolicy::of(version) } else { DefaultPolicy::default() };
        let (roles, role_origins) = defined::roles(default.roles, &read_set.objects);
        let (bindings, binding_origins) = defined::bindings(default.bindings, &read_set.objects);
        let known = Known::new(&read_set.objects, &roles, &bindings);
        Self {
            catalog: catalog(&read_set.objects, version),
            policy: Policy::new(roles, bindings),
            known,
            unread: with_refused(unread, &read_set.objects),
            assumptions,
            default_namespace: default_namespace.to_owned(),
            roles: role_origins,
            bindings: binding_origins,
            renaming: Renaming::new(&read_set),
            read_set,
        }
    }

    /// All roles and bindings.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The resources of the API, those of CustomResourceDefinitions among them.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// What was read.
    pub fn read_set(&self) -> &ReadSet {
        &self.read_set
    }

    /// What was read, when there is nothing more to ask.
    pub fn into_read_set(self) -> ReadSet {
        self.read_set
    }

    /// The files.
    pub fn sources(&self) -> &Sources {
        &self.read_set.sources
    }

    /// The names that the read set knows.
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// What could not be read, and may have made a difference.
    pub fn unread(&self) -> &[Unread] {
        &self.unread
    }

    /// What was found and is not read as it will be applied: an answer of no may be wrong because of it.
    pub fn caveats(&self) -> Vec<String> {
        let templates = self.read_set.skipped.iter().filter(|skipped| skipped.reason == Reason::Template).count();
        let renaming = self.read_set.renaming.len();
        let templates = match templates {
            0 => None,
            1 => Some("1 template was not read: render it, such as with `helm template`".to_owned()),
            _ => Some(format!("{templates} templates were not read: render them, such as with `helm template`")),
        };
        let renaming = match renaming {
            0 => None,
            1 => Some("1 kustomization renames what it lists: render it with `kubectl kustomize`".to_owned()),
            _ => Some(format!("{renaming} kustomizations rename what they list: render them with `kubectl kustomize`")),
        };
        templates.into_iter().chain(renaming).collect()
    }

    /// The kustomization that changes the names or namespaces of what stands in a file; `None` where none is known to.
    pub fn renamed_by(&self, file: FileId) -> Option<&str> {
        self.read_set.renaming.get(self.renaming.of(file)?).map(String::as_str)
    }

    /// What is taken for granted.
    pub fn assumptions(&self) -> Assumptions {
        self.assumptions
    }

    /// Where objects without a namespace live, and where a question is asked that names none.
    pub fn default_namespace(&self) -> &str {
        &self.default_namespace
    }

    /// The object that a role comes from; `None` for one of the default policy.
    pub fn role_object(&self, role: RoleId) -> Option<&KnownObject> {
        self.object(*self.roles.get(role.position())?)
    }

    /// The object that a binding comes from; `None` for one of the default policy.
    pub fn binding_object(&self, binding: BindingId) -> Option<&KnownObject> {
        self.object(*self.bindings.get(binding.position())?)
    }

    /// The bindings that count and come from the read set, in the order of [`Policy::bindings`].
    pub fn own_bindings(&self) -> impl Iterator<Item = (BindingId, &Binding)> {
        self.policy.bindings().filter(|(id, _)| self.binding_object(*id).is_some())
    }

    /// Where a role says what it says; `None` for one of the default policy.
    pub fn role_facts(&self, role: RoleId) -> Option<&RoleFacts> {
        match &self.role_object(role)?.facts {
            Facts::Role(facts) => Some(facts),
            _ => None,
        }
    }

    /// Where a binding says what it says; `None` for one of the default policy.
    pub fn binding_facts(&self, binding: BindingId) -> Option<&BindingFacts> {
        match &self.binding_object(binding)?.facts {
            Facts::Binding(facts) => Some(facts),
            _ => None,
        }
    }

    /// Where a rule stands; `None` for one of the default policy.
    pub fn rule_places(&self, rule: RulePlace) -> Option<&RulePlaces> {
        self.role_facts(rule.role)?.rules.get(rule.index)
    }

    /// To whom a grant is; `None` where its subject is nobody.
    pub fn subject_of(&self, grant: &Grant) -> Option<Who> {
        let binding = self.policy.binding(grant.binding)?;
        Who::of_binding(binding.subjects.get(grant.subject)?, binding.namespace.as_deref())
    }

    /// The workloads that run as somebody.
    pub fn workloads_of(&self, who: &Who) -> impl Iterator<Item = &KnownObject> {
        let account = match who {
            Who::ServiceAccount { namespace, name } => self.known.account_of(namespace, name),
            Who::User(_) | Who::Group(_) => None,
        };
        let positions = account.into_iter().flat_map(|account| &account.workloads);
        positions.filter_map(|&position| self.read_set.objects.get(position))
    }

    /// The namespace in which a grant counts; `None` for the whole cluster.
    pub fn namespace_of(&self, grant: &Grant) -> Option<&str> {
        self.policy.binding(grant.binding)?.namespace.as_deref()
    }

    /// Where all definitions of a role stand, those that mean the same among them.
    pub fn role_definitions(&self, role: RoleId) -> Vec<Span> {
        let key = self.policy.role(role).map(Role::key);
        let same = self.policy.roles().filter(|(_, other)| Some(other.key()) == key);
        same.filter_map(|(id, _)| Some(self.role_object(id)?.span)).collect()
    }

    /// Where all definitions of a binding stand, those that mean the same among them.
    pub fn binding_definitions(&self, binding: BindingId) -> Vec<Span> {
        let key = self.policy.binding(binding).map(Binding::key);
        let same = self.policy.all_bindings().filter(|(_, other)| Some(other.key()) == key);
        same.filter_map(|(id, _)| Some(self.binding_object(id)?.span)).collect()
    }

    /// Whether a role is one that every cluster has, and that the read set changes.
    pub fn changes_built_in(&self, role: RoleId) -> bool {
        matches!(self.roles.get(role.position()), Some(Origin::OverBuiltIn(_)))
    }

    fn object(&self, origin: Origin) -> Option<&KnownObject> {
        self.read_set.objects.get(origin.position()?)
    }
}

/// What could not be read, and what the API server refuses, by place.
fn with_refused(mut unread: Vec<Unread>, objects: &[KnownObject]) -> Vec<Unread> {
    let refused = objects.iter().filter_map(|object| {
        let Refusal { span, message } = object.refusal.as_deref()?;
        let reason = format!("the API server refuses it: {message}");
        Some(Unread { span: *span, reason, object: Some(object.name.clone()), may_grant: true })
    });
    unread.extend(refused);
    unread.sort_by_key(|unread| unread.span);
    unread
}

fn catalog(objects: &[KnownObject], version: Version) -> Catalog {
    let mut catalog = Catalog::new(version);
    for object in objects {
        if let Facts::CustomResources(definition) = &object.facts {
            let names = &definition.names;
            // The versions stand beside the schemas, which are not read: whatever they may have is taken to be there.
            let any = CustomVersion { name: String::new(), served: true, has_status: true, has_scale: true };
            catalog.join(CustomResource {
                group: definition.group.clone(),
                plural: names.plural.clone(),
                singular: names.singular.clone(),
                kind: names.kind.clone(),
                short_names: names.short_names.clone().unwrap_or_default(),
                categories: names.categories.clone().unwrap_or_default(),
                namespaced: definition.scope == "Namespaced",
                versions: vec![any],
            });
        }
    }
    catalog
}
