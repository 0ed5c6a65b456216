//! Amounts that are read, compared and printed, and texts that are none.

use super::*;

fn printed(text: &str) -> String {
    Quantity::parse(text).map_or_else(|| "none".to_owned(), |quantity| quantity.to_string())
}

#[test]
fn amounts_are_printed_as_kubernetes_prints_them() {
    for (text, expected) in [
        ("0", "0"),
        ("00", "0"),
        ("-0", "0"),
        ("1", "1"),
        ("+1", "+1"),
        ("0.5", "500m"),
        ("1.5", "1500m"),
        ("100m", "100m"),
        ("1000m", "1"),
        ("-100m", "-100m"),
        ("5000", "5k"),
        ("1024", "1024"),
        ("1024Ki", "1Mi"),
        ("1025Ki", "1025Ki"),
        ("1.5Gi", "1536Mi"),
        ("0.5Ki", "512"),
        ("1.1Ki", "1126400m"),
        ("512Ki", "512Ki"),
        ("8Ei", "9223372036854775807"),
        ("9007199254740993Ki", "9223372036854775807"),
        ("1e3", "1e3"),
        ("1000e3", "1e6"),
        ("12e-1", "1200e-3"),
        ("0.1n", "1n"),
        ("1.0000000001", "1000000001n"),
        ("100000000000000000000", "100E"),
        (" 1 ", "1"),
        (".5", "500m"),
        ("5.", "5."),
    ] {
        assert_eq!(printed(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_amount_is_told_from_what_is_one_by_accident() {
    for text in ["", "abc", "1.5.5", "1KB", "1 Gi", "1e", "1e-", "1m5", "--1", "0x1", "1Kib", "1,5", "1e1.5", "e-10"] {
        assert!(!is_quantity(text), "{text}");
    }
    for text in ["+", ".", "m", "Ki", "e5", "1E", "1E5", "0e-10"] {
        assert!(is_quantity(text), "{text}");
    }
}

#[test]
fn amounts_are_compared_by_what_they_are_worth() {
    let compare = |a, b| Quantity::parse(a).unwrap().compare(&Quantity::parse(b).unwrap());
    for (less, more) in
        [("1", "1001m"), ("0", "1n"), ("-1", "0"), ("-2", "-1"), ("1G", "1Gi"), ("9", "10"), ("19", "2e1")]
    {
        assert_eq!(compare(less, more), Ordering::Less, "{less} {more}");
        assert_eq!(compare(more, less), Ordering::Greater, "{less} {more}");
    }
    for (one, other) in [("1", "1000m"), ("1Ki", "1024"), ("0", "-0"), ("1e3", "1k"), ("0.5Gi", "512Mi")] {
        assert_eq!(compare(one, other), Ordering::Equal, "{one} {other}");
    }
}

#[test]
fn amounts_are_added_exactly() {
    for (one, other, expected) in [
        ("100m", "900m", "1"),
        ("1", "500m", "1500m"),
        ("0", "1Gi", "1Gi"),
        ("512Mi", "512Mi", "1Gi"),
        ("1Gi", "1G", "2073741824"),
        ("1", "-1", "0"),
        ("1", "-2", "-1"),
        ("-5", "3", "-2"),
        ("999", "1", "1k"),
    ] {
        let (one, other) = (Quantity::parse(one).unwrap(), Quantity::parse(other).unwrap());
        assert_eq!(one.plus(&other).to_string(), expected, "{one} {other}");
    }
    assert_eq!(Quantity::parse("1.5").unwrap().whole_units(), Some(2));
}

#[test]
fn resources_are_rounded_up_to_a_thousandth() {
    for (text, expected) in [("1u", "1m"), ("-1u", "-1m"), ("1.0001", "1001m"), ("999999u", "1"), ("1m", "1m")] {
        assert_eq!(Quantity::parse(text).unwrap().rounded_to_milli().to_string(), expected, "{text}");
    }
    assert!(Quantity::parse("2").unwrap().is_integer() && !Quantity::parse("1.5").unwrap().is_integer());
}
