//! Roles by which their holders can see and change all that is written to the API.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-writes-admission",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role by which its holder can see and change all that is written to the API",
    page: include_str!("../../../rules/role-writes-admission.md"),
    check: Check::Risk(&Risk {
        power: &power::ADMISSION,
        unbound: Profile::Audit,
        binding_narrows: false,
        help: "name in `resourceNames` the configurations that are its own",
    }),
};
