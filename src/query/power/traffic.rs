//! Powers over what pods say to each other.

use super::{CHANGE, Power, Step, WRITE};

/// To reach ports that nothing outside should reach.
pub static PORTS: Power = Power {
    gain: "reach every port of every pod",
    gain_over: "reach the ports of",
    steps: &[
        Step::on(&["create", "get"], "", "pods").sub("portforward"),
        Step::on(&["create", "get", "update", "patch", "delete"], "", "pods").sub("proxy"),
        Step::on(&["create", "get", "update", "patch", "delete"], "", "services").sub("proxy"),
    ],
};

/// To send traffic elsewhere (CVE-2021-25740, CVE-2020-8554), or let it through.
pub static TRAFFIC: Power = Power {
    gain: "send the traffic of Services elsewhere",
    gain_over: "send the traffic elsewhere of",
    steps: &[
        Step::on(WRITE, "", "endpoints"),
        Step::on(WRITE, "discovery.k8s.io", "endpointslices"),
        Step::on(CHANGE, "", "services").sub("status"),
        Step::on(WRITE, "networking.k8s.io", "ingresses").depends(),
        Step::on(WRITE, "gateway.networking.k8s.io", "httproutes").depends(),
        Step::on(WRITE, "gateway.networking.k8s.io", "gateways").depends(),
        Step::on(&["update", "patch", "delete", "deletecollection"], "networking.k8s.io", "networkpolicies").depends(),
    ],
};
