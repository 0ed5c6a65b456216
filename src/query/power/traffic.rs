//! Powers over what pods say to each other.

use super::{CHANGE, Power, Step, WRITE};

/// To reach ports that nothing outside should reach. Until 1.35, `get` opens a forwarding by WebSocket.
pub static PORTS: Power = Power {
    gain: "reach every port of every pod",
    gain_over: "reach the ports of",
    steps: &[
        Step::on(&["create"], "", "pods").sub("portforward"),
        Step::on(&["get"], "", "pods").sub("portforward").until(35),
        Step::on(&["create", "get", "update", "patch", "delete"], "", "pods").sub("proxy"),
        Step::on(&["create", "get", "update", "patch", "delete"], "", "services").sub("proxy"),
    ],
};

const BY_EXTERNAL_IP: &str = "take on the traffic for any IP address, by `externalIPs`";
const BY_HOST: &str = "take on the traffic for any host name";
const BY_HOST_OVER: &str = "change which traffic goes by";
const WRITE_OR_ERASE: &[&str] = &["create", "update", "patch", "delete", "deletecollection"];

/// To send traffic elsewhere (CVE-2021-25740, CVE-2020-8554), or let it through.
pub static TRAFFIC: Power = Power {
    gain: "send the traffic of Services elsewhere",
    gain_over: "send elsewhere the traffic of",
    steps: &[
        Step::on(WRITE, "", "endpoints"),
        Step::on(WRITE, "discovery.k8s.io", "endpointslices"),
        Step::on(CHANGE, "", "services").sub("status"),
        Step::on(WRITE, "", "services").depends().can(BY_EXTERNAL_IP, "change the Services"),
        Step::on(WRITE, "networking.k8s.io", "ingresses").depends().can(BY_HOST, BY_HOST_OVER),
        Step::on(WRITE, "gateway.networking.k8s.io", "httproutes").depends().can(BY_HOST, BY_HOST_OVER),
        Step::on(WRITE, "gateway.networking.k8s.io", "gateways").depends().can(BY_HOST, BY_HOST_OVER),
        Step::on(WRITE_OR_ERASE, "networking.k8s.io", "networkpolicies")
            .depends()
            .can("let through the traffic that NetworkPolicies keep out", "let through what is kept out by"),
    ],
};
