//! Why not: what comes nearest to allowing a request, and what is missing.

mod binding;
mod role_names;
mod rule;

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use super::access::Access;
use super::unsaid::is_unsaid_account;
use crate::rbac::{BindingId, Request, RoleId, RoleRef, RulePlace};
use binding::Near;
use role_names::RoleNames;

/// Something that does not allow a request, and nearly does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// What is missing, the most telling first; never empty.
    pub gaps: Vec<Gap>,
    /// The binding.
    pub binding: BindingId,
    /// Which of its subjects is meant, or looks as if it was meant to be.
    pub subject: usize,
    /// Further bindings that hand out the same, or miss a role of the same name, and lack the same.
    pub alike: Vec<BindingId>,
    /// The role that it hands out; `None` where that is missing.
    pub role: Option<RoleId>,
    /// The rule that comes nearest; `None` where the role is missing.
    pub rule: Option<RulePlace>,
}

/// One dimension in which something does not fit a request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// The dimension.
    pub dimension: Dimension,
    /// What is there and what would have to be: lower case, without a final period.
    pub message: String,
}

/// In what something does not fit a request. The most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// The binding hands out a role that is not there.
    Role,
    /// The rule is overwritten by those that its role takes in.
    Aggregation,
    /// The binding names somebody else who looks like the subject.
    Subject,
    /// The binding counts in another namespace.
    Namespace,
    /// The binding counts in a namespace, and the request is about the whole cluster.
    Scope,
    /// The rule has another API group.
    Group,
    /// The rule has the resource and not the subresource, or the other way round.
    Subresource,
    /// The rule names the resource in a way that means nothing.
    Resource,
    /// The rule is about other objects.
    ResourceName,
    /// The rule has other verbs.
    Verb,
    /// The rule has another URL.
    Url,
}

impl Dimension {
    /// The word for it in every report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Aggregation => "aggregation",
            Self::Subject => "subject",
            Self::Namespace => "namespace",
            Self::Scope => "scope",
            Self::Group => "api-group",
            Self::Subresource => "subresource",
            Self::Resource => "resource",
            Self::ResourceName => "resource-name",
            Self::Verb => "verb",
            Self::Url => "url",
        }
    }
}

impl Miss {
    /// The dimensions in which something is missing.
    pub fn dimensions(&self) -> Vec<Dimension> {
        self.gaps.iter().map(|gap| gap.dimension).collect()
    }

    /// Whether something is missing in one of these dimensions.
    pub fn has(&self, dimensions: &[Dimension]) -> bool {
        self.gaps.iter().any(|gap| dimensions.contains(&gap.dimension))
    }
}

/// What comes nearest to allowing a request that is denied, the nearest first. What lacks more than two things is not
/// near.
pub fn nearest(access: &Access, request: &Request) -> Vec<Miss> {
    const FAR: usize = 2;
    let names = RoleNames::new(access);
    let mut misses = Vec::new();
    let is_unsaid = is_unsaid_account(access, &request.identity);
    for binding in access.policy().bindings() {
        let Some(near) = Near::new(access, binding, request, is_unsaid) else { continue };
        misses.extend(near.nearest(access, request, &names));
    }
    misses.retain(|miss| miss.gaps.len() <= FAR);
    misses.sort_by_cached_key(|miss| {
        let is_built_in = access.binding_object(miss.binding).is_none();
        (miss.gaps.len(), is_built_in, miss.dimensions(), miss.binding)
    });
    let mut misses = merged(access, misses);
    guess_roles(access, &names, &mut misses);
    // What a nearer miss says already is not said again.
    let least = misses.first().map_or(0, |miss| miss.gaps.len());
    let nearer: HashSet<_> =
        misses.iter().filter(|miss| miss.gaps.len() == least).filter_map(|miss| miss.rule).collect();
    misses.retain(|miss| miss.gaps.len() == least || miss.rule.is_none_or(|rule| !nearer.contains(&rule)));
    misses
}

/// Says of the first bindings whose roles are not there which ones were probably meant.
fn guess_roles(access: &Access, names: &RoleNames<'_>, misses: &mut [Miss]) {
    const MOST: usize = 20;
    for miss in misses.iter_mut().filter(|miss| miss.rule.is_none()).take(MOST) {
        let meant = access.policy().binding(miss.binding).and_then(|binding| names.meant(binding));
        if let (Some(meant), Some(gap)) = (meant, miss.gaps.first_mut()) {
            let _ = write!(gap.message, "; did you mean `{meant}`?");
        }
    }
}

/// Misses of which those that differ only in the binding are told with the first of them.
fn merged(access: &Access, misses: Vec<Miss>) -> Vec<Miss> {
    let missing_role = |miss: &Miss| -> Option<&RoleRef> {
        let binding = access.policy().binding(miss.binding)?;
        miss.rule.is_none().then_some(&binding.role)
    };
    let mut merged: Vec<Miss> = Vec::new();
    let mut places = HashMap::new();
    for miss in misses {
        let place = *places.entry((miss.rule, missing_role(&miss), miss.dimensions())).or_insert(merged.len());
        match merged.get_mut(place) {
            Some(first) => first.alike.push(miss.binding),
            None => merged.push(miss),
        }
    }
    merged
}
