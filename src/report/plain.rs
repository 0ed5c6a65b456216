//! Text that cannot act on a terminal.

use std::borrow::Cow;

/// The text with every character spelled out that a terminal would obey, or that would reorder or hide what stands
/// around it: `\u{1b}` for an escape.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let spelled = text.chars().flat_map(|c| {
        let escaped = acts(c).then(|| c.escape_unicode());
        let itself = if acts(c) { None } else { Some(c) };
        escaped.into_iter().flatten().chain(itself)
    });
    Cow::Owned(spelled.collect())
}

/// Whether a character does something other than show itself: controls, line and paragraph separators, marks and
/// overrides of direction, invisible joiners, tags, and byte order marks.
pub(super) fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}')
        || matches!(c, '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_out_what_would_act() {
        assert_eq!(plain("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(plain("x\u{202e}y\u{2066}z\n"), "x\\u{202e}y\\u{2066}z\\u{a}");
        assert_eq!(plain("ünïcode 日本 𝄞"), "ünïcode 日本 𝄞");
    }
}
