//! IP addresses (`IsValidIPForLegacyField` in k8s.io/apimachinery/pkg/util/validation/ip.go).

use std::net::{Ipv4Addr, Ipv6Addr};

use super::super::errors::Errors;
use super::super::field::Field;
use super::features;

/// Says what is wrong with an address in a field that is older than the strict reading of addresses.
pub(super) fn check_address(text: &str, field: &Field<'_>, errors: &mut Errors) {
    let is_strict = errors.version().at_least(features::STRICT_ADDRESSES);
    let complaint = match Address::of(text) {
        None => "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
        Some(Address { has_zeros: true, .. }) if is_strict => "must not have leading 0s",
        Some(Address { is_mapped: true, .. }) if is_strict => "must not be an IPv4-mapped IPv6 address",
        Some(_) => return,
    };
    errors.invalid(field, text, complaint);
}

/// What is said of an address.
struct Address {
    /// Whether a part begins with a 0 too many: any in an IPv4 address, beyond four digits in an IPv6 one.
    has_zeros: bool,
    /// Whether it is an IPv4 address in an IPv6 one.
    is_mapped: bool,
}

impl Address {
    fn of(text: &str) -> Option<Self> {
        if !text.contains(':') {
            let plain = without_zeros(text)?;
            return plain.parse::<Ipv4Addr>().is_ok().then(|| Self { has_zeros: plain != text, is_mapped: false });
        }
        let part = |part: &str| if part.contains('.') { without_zeros(part) } else { Some(shortened(part).to_owned()) };
        let parts: Option<Vec<_>> = text.split(':').map(part).collect();
        let plain = parts?.join(":");
        let address: Ipv6Addr = plain.parse().ok()?;
        Some(Self { has_zeros: plain != text, is_mapped: address.to_ipv4_mapped().is_some() })
    }
}

/// An IPv4 address without zeros that do not count; `None` where it is none.
fn without_zeros(text: &str) -> Option<String> {
    let number = |part: &str| {
        let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<u8>().ok()).flatten().map(|number| number.to_string())
    };
    let numbers: Option<Vec<_>> = text.split('.').map(number).collect();
    Some(numbers?.join("."))
}

/// A part of an IPv6 address without zeros beyond its four digits.
fn shortened(part: &str) -> &str {
    let mut short = part;
    while short.len() > 4 {
        let Some(rest) = short.strip_prefix('0') else { break };
        short = rest;
    }
    short
}

#[cfg(test)]
mod tests {
    use super::super::super::Version;
    use super::*;

    #[test]
    fn addresses_are_read_strictly_since_1_36() {
        for (text, since, before) in [
            ("10.9.8.7", 0, 0),
            ("2001:db8::1", 0, 0),
            ("010.9.8.7", 1, 0),
            ("::ffff:10.9.8.7", 1, 0),
            ("::ffff:a09:807", 1, 0),
            ("64:ff9b::10.9.8.7", 0, 0),
            ("64:ff9b::10.9.8.07", 1, 0),
            ("2001:0db8::00001", 1, 0),
            ("2001:0db8::0001", 0, 0),
            ("2001:0db8::10001", 1, 1),
            ("10.9.8.7::1", 1, 1),
            ("10.9.8", 1, 1),
            ("10.9.8.256", 1, 1),
            ("fe80::1%eth0", 1, 1),
            ("example.com", 1, 1),
            ("", 1, 1),
        ] {
            let count = |version| {
                let mut errors = Errors::new(Version::parse(version).unwrap());
                check_address(text, &Field::of_object("ip"), &mut errors);
                errors.into_errors().len()
            };
            assert_eq!((count("1.36"), count("1.35")), (since, before), "{text}");
        }
    }
}
