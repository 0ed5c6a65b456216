//! Flags that say about whom a question is.

use crate::diagnostic::{Failure, FailureKind};
use crate::query::{Asker, Who};
use crate::rbac::Identity;

/// About whom a question is.
#[derive(Debug, clap::Args)]
pub(super) struct SubjectFlags {
    /// The user, such as `jane` or `system:serviceaccount:NS:NAME`.
    #[arg(long = "as", value_name = "USER")]
    user: Option<String>,
    /// A group of the user, instead of those that a ServiceAccount has by itself; repeatable.
    #[arg(long = "as-group", value_name = "GROUP")]
    groups: Vec<String>,
    /// Taken like kubectl takes it; RBAC does not look at it.
    #[arg(long = "as-uid", value_name = "UID", hide = true)]
    _uid: Option<String>,
    /// The ServiceAccount.
    #[arg(long, value_name = "NS:NAME", conflicts_with = "user")]
    serviceaccount: Option<String>,
}

impl SubjectFlags {
    /// Whether nobody is named.
    pub(super) fn is_empty(&self) -> bool {
        self.user.is_none() && self.groups.is_empty() && self.serviceaccount.is_none()
    }

    /// Who is asked about. Fails where nobody is named: nobody is logged in here.
    pub(super) fn asker(&self) -> Result<Asker, Failure> {
        let who = match (&self.serviceaccount, &self.user) {
            (Some(account), _) => Who::service_account(account)?,
            (None, Some(user)) => Who::user(user),
            (None, None) => match self.groups.as_slice() {
                [] => return Err(nobody()),
                [group, ..] => Who::Group(group.clone()),
            },
        };
        let identity = Identity::new(who.user_name().unwrap_or_default(), self.groups.clone());
        Ok(Asker { who, identity })
    }
}

fn nobody() -> Failure {
    Failure::new(FailureKind::Usage, "about whom? a subject is needed, since nobody is logged in to files")
        .hint("`--serviceaccount NS:NAME`, `--as USER` or `--as-group GROUP`")
}
