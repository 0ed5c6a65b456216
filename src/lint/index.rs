//! What the rules of the second pass look up, worked out once for all of them, and only where a rule asks for it.

use std::sync::OnceLock;

use super::accounts::Accounts;
use super::aggregation_labels::SelectedLabels;
use super::chains::Chains;
use super::givers::Givers;
use super::impersonations::Impersonations;
use super::named_roles::NamedRoles;
use super::nearest::Nearest;
use super::same_rules::SameRules;
use super::twins::Twins;
use crate::catalog::DefaultPolicy;
use crate::manifest::KnownObject;
use crate::query::{Access, RoleUses, Sorted};
use crate::rbac::{Binding, BindingId, Key, Role, RoleId};

/// What names an object among those of its read set: kind, namespace and name.
type ObjectKey<'a> = (&'a str, Option<&'a str>, &'a str);

fn key_of(object: &KnownObject) -> ObjectKey<'_> {
    let name = &object.name;
    (name.kind, name.namespace.as_deref(), &name.name)
}

/// What the rules of the second pass look up.
#[derive(Debug)]
pub struct Index<'a> {
    access: &'a Access,
    uses: OnceLock<RoleUses<'a>>,
    impersonations: OnceLock<Impersonations<'a>>,
    objects: OnceLock<Sorted<&'a KnownObject>>,
    named_roles: OnceLock<NamedRoles<'a>>,
    same_rules: OnceLock<SameRules<'a>>,
    selected_labels: OnceLock<SelectedLabels<'a>>,
    givers: OnceLock<Givers>,
    twins: OnceLock<Twins<'a>>,
    accounts: OnceLock<Accounts<'a>>,
    handed_out: OnceLock<Sorted<(Key<'a>, BindingId)>>,
    default_policy: OnceLock<DefaultPolicy>,
    nearest: OnceLock<Nearest<'a>>,
    chains: OnceLock<Chains<'a>>,
}

impl<'a> Index<'a> {
    pub(super) fn new(access: &'a Access) -> Self {
        Self {
            access,
            uses: OnceLock::new(),
            impersonations: OnceLock::new(),
            objects: OnceLock::new(),
            named_roles: OnceLock::new(),
            same_rules: OnceLock::new(),
            selected_labels: OnceLock::new(),
            givers: OnceLock::new(),
            twins: OnceLock::new(),
            accounts: OnceLock::new(),
            handed_out: OnceLock::new(),
            default_policy: OnceLock::new(),
            nearest: OnceLock::new(),
            chains: OnceLock::new(),
        }
    }

    /// Which bindings hand out each role.
    pub fn uses(&self) -> &RoleUses<'a> {
        self.uses.get_or_init(|| RoleUses::new(self.access))
    }

    /// Who holds which halves of constrained impersonations.
    pub(super) fn impersonations(&self) -> &Impersonations<'a> {
        self.impersonations.get_or_init(|| Impersonations::new(self.access))
    }

    /// Which roles bindings name, or may name.
    pub(super) fn named_roles(&self) -> &NamedRoles<'a> {
        self.named_roles.get_or_init(|| NamedRoles::new(self.access))
    }

    /// Which roles have the same rules.
    pub(super) fn same_rules(&self) -> &SameRules<'a> {
        self.same_rules.get_or_init(|| SameRules::new(self.access))
    }

    /// Which labels selectors look at.
    pub(super) fn selected_labels(&self) -> &SelectedLabels<'a> {
        self.selected_labels.get_or_init(|| SelectedLabels::new(self.access))
    }

    /// Which bindings can be done without.
    pub(super) fn givers(&self) -> &Givers {
        self.givers.get_or_init(|| Givers::new(self.access))
    }

    /// Which objects are defined more than once.
    pub(super) fn twins(&self) -> &Twins<'a> {
        self.twins.get_or_init(|| Twins::new(self.access, self.repeated()))
    }

    /// Which definition of a role each binding means.
    pub(super) fn nearest(&self) -> &Nearest<'a> {
        self.nearest.get_or_init(|| Nearest::new(self.access, self.uses(), self.repeated()))
    }

    /// Who comes to more than they were given, by way of what others hold.
    pub(super) fn chains(&self) -> &Chains<'a> {
        self.chains.get_or_init(|| Chains::new(self.access))
    }

    /// Who uses ServiceAccounts.
    pub(super) fn accounts(&self) -> &Accounts<'a> {
        self.accounts.get_or_init(|| Accounts::new(self.access))
    }

    /// All objects of a kind with a name, in the order in which they were read.
    pub fn objects<'b>(&'b self, key: ObjectKey<'b>) -> &'b [&'a KnownObject] {
        self.all_objects().equal(|object| key_of(object).cmp(&key))
    }

    fn all_objects(&self) -> &Sorted<&'a KnownObject> {
        let compare = |one: &&KnownObject, other: &&KnownObject| key_of(one).cmp(&key_of(other));
        self.objects.get_or_init(|| Sorted::new(&self.access.read_set().objects, compare))
    }

    /// The objects that share their kind, namespace and name with others, by group.
    fn repeated(&self) -> impl Iterator<Item = &[&'a KnownObject]> {
        self.all_objects().groups(|one, other| key_of(one) == key_of(other)).filter(|group| group.len() > 1)
    }

    /// The definitions of a role that some binding names: one of each meaning.
    pub fn handed_out<'b>(&'b self, role: Key<'b>) -> &'b [RoleId] {
        let policy = self.access.policy();
        let named = || policy.bindings().filter_map(|(id, binding)| Some((binding.role_key()?, id)));
        let handed_out = self.handed_out.get_or_init(|| Sorted::new(named(), Ord::cmp));
        let naming = handed_out.equal(|(named, _)| named.cmp(&role)).first();
        naming.map_or(&[], |(_, binding)| policy.roles_of(*binding))
    }

    /// The default policy of the version that the manifests are for, whether the cluster is said to have it or not.
    pub fn default_policy(&self) -> &DefaultPolicy {
        self.default_policy.get_or_init(|| DefaultPolicy::of(self.access.catalog().version()))
    }

    /// The role of the default policy that is known by this.
    pub fn default_role(&self, key: Key<'_>) -> Option<&Role> {
        let roles = &self.default_policy().roles;
        roles.get(roles.binary_search_by(|role| role.key().cmp(&key)).ok()?)
    }

    /// The binding of the default policy that is known by this.
    pub fn default_binding(&self, key: Key<'_>) -> Option<&Binding> {
        let bindings = &self.default_policy().bindings;
        bindings.get(bindings.binary_search_by(|binding| binding.key().cmp(&key)).ok()?)
    }
}
