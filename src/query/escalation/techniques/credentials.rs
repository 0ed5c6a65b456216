//! By credentials: tokens of ServiceAccounts, and Secrets.

use super::workloads::RUN_PODS;
use crate::query::escalation::technique::{Gives, Names, Need, Technique};
use crate::query::power::{READ, RUN, Right};

const CREATE_SECRETS: Need = Need::one(&[Right::on(&["create"], "", "secrets")]);
const READ_SECRETS: Need = Need::one(&[Right::on(READ, "", "secrets")]);
const CREATE_TOKENS: Right = Right::on(&["create"], "", "serviceaccounts").sub("token");
const CREATE_ACCOUNTS: Need = Need::one(&[Right::on(&["create"], "", "serviceaccounts")]);

pub(super) static ALL: &[Technique] = &[
    Technique::new("E20", "gets a token of {}", &[Need::one(&[CREATE_TOKENS]).selects()], Gives::Accounts),
    Technique::new("E21", "reads from a Secret a token of {}", &[READ_SECRETS.selects()], Gives::Tokens),
    Technique::new("E22", "reads {}", &[READ_SECRETS], Gives::SystemSecrets),
    Technique::new(
        "E23",
        "makes a Secret that is filled with a token of {}",
        &[CREATE_SECRETS, READ_SECRETS],
        Gives::Accounts,
    ),
    Technique::new(
        "E23",
        "makes a Secret that is filled with a token of {}",
        &[CREATE_SECRETS, READ_SECRETS.names(Names::Named)],
        Gives::Accounts,
    )
    .depends("the Secret that may be read must not be there yet"),
    Technique::new("E26", "makes {} and runs a pod as it", &[CREATE_ACCOUNTS, RUN_PODS], Gives::AbsentAccounts),
    Technique::new(
        "E26",
        "makes {} and gets a token of it",
        &[CREATE_ACCOUNTS, Need::one(&[CREATE_TOKENS])],
        Gives::AbsentAccounts,
    ),
];

/// A pod is run by some way, in any namespace.
pub(super) const RUN_ANYWHERE: Need = Need::one(RUN).whole().anywhere();
