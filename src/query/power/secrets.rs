//! Powers over what is secret, and over what is on record.

use super::{ERASE, Power, READ, RUN, Right, Step, WRITE};

/// To read Secrets: listing tells what is in them, too.
pub static READ_SECRETS: Power =
    Power { gain: "read any Secret", gain_over: "read the Secrets", steps: &[Step::on(READ, "", "secrets")] };

const OVERWRITE: &str = "overwrite the Secrets";

const HAVE_SECRETS: &[Right] = &[Right::on(READ, "", "secrets")];

/// To write Secrets. One of type `kubernetes.io/service-account-token` is filled with a token of the ServiceAccount that
/// it names (reference/access-authn-authz/service-accounts-admin).
pub static WRITE_SECRETS: Power = Power {
    gain: "write Secrets, and have one filled with the token of any ServiceAccount",
    gain_over: OVERWRITE,
    steps: &[
        Step::on(&["create"], "", "secrets").with(&[HAVE_SECRETS]),
        Step::on(&["create"], "", "secrets").with(&[RUN]),
        Step::on(&["create"], "", "secrets")
            .in_namespace("kube-system")
            .depends()
            .can("make a bootstrap token, by which a node can join the cluster", ""),
        Step::on(WRITE, "", "secrets").depends().can("write any Secret, and so what others take from it", OVERWRITE),
    ],
};

/// To make disappear what tells of others' deeds.
pub static TRACKS: Power = Power {
    gain: "delete Events, which tell what happened",
    gain_over: "delete the Events",
    steps: &[Step::on(ERASE, "", "events"), Step::on(ERASE, "events.k8s.io", "events")],
};
