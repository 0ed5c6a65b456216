//! Powers over what is secret, and over what is on record.

use super::{Power, READ, Right, Step, WRITE};

/// To read Secrets: listing tells what is in them, too.
pub static READ_SECRETS: Power =
    Power { gain: "read any Secret", gain_over: "read the Secrets", steps: &[Step::on(READ, "", "secrets")] };

const HAVE_SECRETS: &[Right] = &[Right::on(READ, "", "secrets"), Right::on(&["create"], "", "pods")];

/// To write Secrets. One of type `kubernetes.io/service-account-token` is filled with a token of the ServiceAccount that
/// it names (reference/access-authn-authz/service-accounts-admin).
pub static WRITE_SECRETS: Power = Power {
    gain: "write Secrets, and have one filled with the token of any ServiceAccount",
    gain_over: "overwrite the Secrets",
    steps: &[Step::on(&["create"], "", "secrets").with(&[HAVE_SECRETS]), Step::on(WRITE, "", "secrets").depends()],
};

const ERASE: &[&str] = &["delete", "deletecollection"];

/// To make disappear what tells of others' deeds.
pub static TRACKS: Power = Power {
    gain: "delete Events, which tell what happened",
    gain_over: "delete the Events",
    steps: &[Step::on(ERASE, "", "events"), Step::on(ERASE, "events.k8s.io", "events")],
};
