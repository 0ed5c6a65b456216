//! Texts that are not UTF-8.

/// The text as UTF-8, where it is UTF-16 with a byte order mark, as some editors and shells write it and Kubernetes
/// reads it; any other text as it is. Offsets of places in it are those in the
/// UTF-8 text; lines and columns are the same in both.
pub fn to_utf8(bytes: Vec<u8>) -> Vec<u8> {
    let decoded = match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => decode(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => decode(rest, u16::from_be_bytes),
        _ => None,
    };
    decoded.map_or(bytes, String::into_bytes)
}

/// The text of these units; `None` where they are no UTF-16.
fn decode(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text = char::decode_utf16(pairs.iter().map(|&pair| unit(pair))).collect::<Result<String, _>>();
    text.ok().filter(|_| rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_becomes_utf_8() {
        assert_eq!(to_utf8(b"\xFF\xFEa\0:\0 \0\x3D\xD8\x00\xDE".to_vec()), "a: 😀".as_bytes());
        assert_eq!(to_utf8(b"\xFE\xFF\0a".to_vec()), b"a");
    }

    #[test]
    fn other_texts_stay() {
        for bytes in [&b"a: 1"[..], b"\xEF\xBB\xBFa", b"\xFF\xFEa", b"\xFF\xFE\x00\xD8", b""] {
            assert_eq!(to_utf8(bytes.to_vec()), bytes);
        }
    }
}
