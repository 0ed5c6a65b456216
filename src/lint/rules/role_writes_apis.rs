//! Roles by which their holders can answer for a part of the API.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-writes-apis",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role by which its holder can answer for a part of the API",
    page: include_str!("../../../rules/role-writes-apis.md"),
    check: Check::Risk(&Risk {
        power: &power::API_EXTENSIONS,
        unbound: Profile::Audit,
        binding_narrows: false,
        help: "install it with the rest of the manifests, and name it in `resourceNames`",
    }),
};
