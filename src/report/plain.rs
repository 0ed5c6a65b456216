//! Text that cannot act on a terminal.

use std::borrow::Cow;

/// The text with every character spelled out that a terminal would obey, or that would reorder or hide what stands
/// around it: `\u{1b}` for an escape.
pub fn plain(text: &str) -> Cow<'_, str> {
    spelled_out(text, acts, |c, plain| plain.extend(c.escape_unicode()))
}

/// A JSON text with the same characters escaped in its strings. Outside of strings it may have nothing but line feeds
/// and spaces.
pub fn plain_json(json: &str) -> Cow<'_, str> {
    spelled_out(
        json,
        |c| acts(c) && c != '\n',
        |c, escaped| escaped.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}"))),
    )
}

/// The text with some of its characters spelled out, each in the way of a format.
pub(super) fn spelled_out(text: &str, which: fn(char) -> bool, spell: fn(char, &mut String)) -> Cow<'_, str> {
    if !text.contains(which) {
        return Cow::Borrowed(text);
    }
    let mut spelled = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if which(c) { spell(c, &mut spelled) } else { spelled.push(c) }
    }
    Cow::Owned(spelled)
}

/// Whether a character does something other than show itself: controls, line and paragraph separators, marks and
/// overrides of direction, joiners and letters that nobody sees, tags, and byte order marks. What chooses how the
/// character before it looks is left alone, since emoji need it.
pub(super) fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}')
        || matches!(c, '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
        || matches!(c, '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{3164}' | '\u{FFA0}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_out_what_would_act() {
        assert_eq!(plain("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(plain("x\u{202e}y\u{2066}z\n"), "x\\u{202e}y\\u{2066}z\\u{a}");
        assert_eq!(plain("ad\u{34f}min\u{3164}"), "ad\\u{34f}min\\u{3164}");
        assert_eq!(plain("ünïcode 日本 𝄞"), "ünïcode 日本 𝄞");
    }
}
