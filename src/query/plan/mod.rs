//! What a Job or a CronJob will do once it is applied: worked out from what the controllers of Kubernetes are known to do.
//!
//! Nobody knows how long a pod runs. Lengths are therefore runs of a pod and seconds of waiting, and become a time only
//! where it is said how long a run is. What depends on the cluster is left out: how long it takes to find a node, to pull
//! an image, to notice that a pod has ended.

mod backoff;
mod cron;
mod failing;
mod identity;
mod job;
mod length;
mod longest;
mod outdated;
mod overlap;
mod policy;
mod read;
mod shape;

pub use backoff::{MOST as MOST_BACKOFF, MOST_IN_PLACE as MOST_BACKOFF_IN_PLACE, before_restart, before_retry};
pub use cron::{Ahead, CronPlan, Moment, MomentKind};
pub use failing::{Failing, MOST_ROUNDS, Reason, Round};
pub use identity::Identity;
pub use job::{Deadline, Hopeless, JobPlan, Success};
pub use length::{Cut, Length};
pub use longest::Longest;
pub use outdated::Outdated;
pub use overlap::{Concurrency, Fate, Lasts, Overlap};
pub use policy::{Action, Decides, FailureRule, When};
pub use read::{Assumed, Only, Plan, Planned, Plans, Target, plan};
pub use shape::Shape;

#[cfg(test)]
mod tests;
