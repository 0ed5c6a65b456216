//! Questions about access, and their answers.
//!
//! [`load`] reads the files and works out an [`Access`]: the policy of one cluster, with the places of everything in it.
//! Every answer comes from the one decision function of [`crate::rbac`]; here it gets its words and places.

mod access;
mod alike;
mod can_i;
mod changes;
mod defined;
pub mod diff;
mod doubt;
pub mod escalation;
mod graph;
mod known;
mod least;
mod load;
mod lookalike;
mod miss;
mod named;
mod oddity;
mod permissions;
pub mod plan;
pub mod power;
mod question;
mod remedy;
mod renaming;
mod review;
mod role_uses;
mod rules_list;
mod sorted;
mod subject;
mod suggestion;
pub mod testing;
mod unread;
mod unsaid;
mod who_can;

pub use access::{Access, Assumptions};
pub use can_i::{Answer, Asker, Kubectl, can_i};
pub use changes::Changes;
pub use doubt::{doubts_about, doubts_about_namespace};
pub use graph::{About, Smaller, escalation_graph, graph, role_named, says_nothing, smaller};
pub use known::{Account, Known};
pub use least::{
    Held, Least, Options as LeastOptions, Row as UsedRow, Standing, StandingRule, SuggestedRole, least_privilege,
    unseen,
};
pub use load::load;
pub use miss::{Dimension, Gap, Miss, nearest};
pub use named::{NamedSubject, subject_named};
pub use permissions::{Idle, Permissions, ResourceRow, Scope, UrlRow, Verbs, WhyIdle, permissions, why_idle};
pub use question::{Asked, Place, Words, ask};
pub use remedy::{Remedy, remedy};
pub use review::{Reviewed, Status, Submitted, review, submitted};
pub use role_uses::{RoleUse, RoleUses};
pub use rules_list::{ListedRule, RulesList, rules_list};
pub use sorted::Sorted;
pub use subject::{HOW_TO_NAME, Who};
pub use suggestion::{Suggestion, suggest};
pub use unread::Unread;
pub use who_can::{Holder, WhoCan, who_can};
