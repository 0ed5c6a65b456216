//! A cursor over the characters of a text that knows its column.

use super::{Extent, Fault, fault};

/// go-yaml decodes its input in pieces of so many bytes, and refuses a whole piece for one forbidden character.
const PIECE: usize = 512;

/// A place in the text.
///
/// The text ends, for all that read it, at the first character that YAML forbids; so a zero byte stands for the end.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    pos: usize,
    line_start: usize,
    /// Bytes since the start of the line that only continue a character: columns count characters.
    wide: usize,
    /// Where go-yaml has last made sure of having the next four characters.
    looked: usize,
}

impl<'t> Reader<'t> {
    /// Starts behind a byte order mark. Any further ones are content: `a: 1\n\u{FEFF}b: 2` has the key `\u{FEFF}b`.
    ///
    /// Not so to Kubernetes if two stand at the very start: it then loses the first character of every line.
    pub(super) fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let readable = first_forbidden(bytes).unwrap_or(bytes.len());
        let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        let bytes = bytes.get(..readable).unwrap_or_default();
        Self { text, bytes, pos: start, line_start: start, wide: 0, looked: start }
    }

    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    pub(super) fn slice_of(&self, extent: Extent) -> &'t str {
        let offset = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        self.slice(offset(extent.start), offset(extent.end))
    }

    pub(super) fn pos(&self) -> usize {
        self.pos
    }

    /// Characters between the start of the line and here.
    pub(super) fn column(&self) -> usize {
        self.pos - self.line_start - self.wide
    }

    pub(super) fn line_start(&self) -> usize {
        self.line_start
    }

    /// The byte here, zero at the end.
    pub(super) fn peek(&self) -> u8 {
        self.byte(self.pos)
    }

    /// The byte so many bytes further on.
    pub(super) fn peek_at(&self, distance: usize) -> u8 {
        self.byte(self.pos + distance)
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// The length of the line break here, zero if there is none.
    pub(super) fn break_len(&self) -> usize {
        break_len(self.bytes, self.pos)
    }

    /// Whether there is a space, a tab, a line break or the end, so many bytes further on.
    pub(super) fn blank_or_end_at(&self, distance: usize) -> bool {
        match self.peek_at(distance) {
            0 | b' ' | b'\t' | b'\n' | b'\r' => true,
            0..0x80 => false,
            _ => break_len(self.bytes, self.pos + distance) > 0,
        }
    }

    /// Whether a line break or the end is here.
    pub(super) fn at_line_end(&self) -> bool {
        self.peek() == 0 || self.break_len() > 0
    }

    /// Notes that go-yaml looks for a document marker here, for [`Self::forbidden_ahead`].
    pub(super) fn look(&mut self) {
        self.looked = self.pos;
    }

    /// Whether the line starts here with `---` or `...` as a word of its own.
    pub(super) fn at_document_marker(&mut self) -> bool {
        self.look();
        self.pos == self.line_start
            && matches!(self.bytes.get(self.pos..self.pos + 3), Some(b"---" | b"..."))
            && self.blank_or_end_at(3)
    }

    /// Goes over characters of one byte that are no line breaks.
    pub(super) fn advance(&mut self, characters: usize) {
        self.pos += characters;
    }

    /// Goes over one character of any width that is no line break.
    pub(super) fn advance_char(&mut self) {
        let width = width(self.peek());
        self.pos += width;
        self.wide += width - 1;
    }

    /// Goes over the line break here, if there is one.
    pub(super) fn advance_break(&mut self) {
        let length = self.break_len();
        if length > 0 {
            self.pos += length;
            self.line_start = self.pos;
            self.wide = 0;
        }
    }

    /// Goes over spaces and tabs.
    pub(super) fn skip_blanks(&mut self) {
        self.skip_while(|byte| matches!(byte, b' ' | b'\t'));
    }

    /// Goes over spaces.
    pub(super) fn skip_spaces(&mut self) {
        self.skip_while(|byte| byte == b' ');
    }

    /// Goes over characters of one byte that are no line breaks.
    pub(super) fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) {
        let rest = self.bytes.get(self.pos..).unwrap_or_default();
        self.pos += rest.iter().position(|&byte| !wanted(byte)).unwrap_or(rest.len());
    }

    /// Goes to the end of the line. Columns are wrong there until the line break has been passed.
    pub(super) fn skip_line(&mut self) {
        loop {
            self.skip_while(|byte| !matches!(byte, b'\n' | b'\r' | 0xC2 | 0xE2));
            if self.at_line_end() {
                return;
            }
            self.pos += 1;
        }
    }

    /// At the end of the text, starts one more line.
    pub(super) fn force_new_line(&mut self) {
        self.line_start = self.pos;
        self.wide = 0;
    }

    /// The character at an offset, or nothing at the end of the text.
    pub(super) fn char_extent(&self, at: usize) -> Extent {
        let character = self.text.get(at..).and_then(|rest| rest.chars().next());
        Extent::new(at, at + character.map_or(0, char::len_utf8))
    }

    /// The complaint about a forbidden character, if that is what ends the text here.
    pub(super) fn forbidden_here(&self) -> Option<Fault> {
        let ends = self.pos == self.bytes.len() && self.pos < self.text.len();
        ends.then(|| self.forbidden())
    }

    /// The complaint about a forbidden character that go-yaml meets because it reads ahead: `a\n...\n\u{1}` is
    /// refused although the document is over, but not if the character is far behind the end.
    pub(super) fn forbidden_ahead(&self) -> Option<Fault> {
        if self.bytes.len() == self.text.len() {
            return None;
        }
        let looked = self.text.get(self.looked..).unwrap_or_default();
        let fourth = looked.char_indices().nth(3).map_or(looked.len(), |(at, _)| at);
        let wanted = self.pos.max(self.looked + fourth);
        let mut read = self.text.floor_char_boundary(PIECE);
        while read <= wanted && read < self.text.len() {
            read = self.text.floor_char_boundary(read + PIECE);
        }
        (self.bytes.len() < read).then(|| self.forbidden())
    }

    fn forbidden(&self) -> Fault {
        fault("control characters are not allowed", self.char_extent(self.bytes.len()))
    }
}

/// The length of the line break at an offset, zero if there is none.
///
/// Kubernetes takes NEL, LS and PS (U+0085, U+2028, U+2029) for line breaks: `a: 1\u{85}b: 2` has two entries.
pub(super) fn break_len(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b'\n') => 1,
        Some(b'\r') => 1 + usize::from(bytes.get(at + 1) == Some(&b'\n')),
        Some(0xC2) => 2 * usize::from(bytes.get(at + 1) == Some(&0x85)),
        Some(0xE2) => 3 * usize::from(matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xA8 | 0xA9]))),
        _ => 0,
    }
}

/// The length in bytes of the character that begins with this byte.
fn width(first: u8) -> usize {
    match first {
        0..0xC0 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0.. => 4,
    }
}

/// The offset of the first character that YAML 1.1 does not allow in a text.
fn first_forbidden(bytes: &[u8]) -> Option<usize> {
    let ordinary = |chunk: &[u8]| !chunk.iter().fold(false, |odd, &byte| odd | needs_a_look(byte));
    let mut start = 0;
    for chunk in bytes.chunks(64) {
        if !ordinary(chunk) {
            let found = (start..start + chunk.len()).find(|&at| is_forbidden(bytes, at));
            if found.is_some() {
                return found;
            }
        }
        start += chunk.len();
    }
    None
}

fn needs_a_look(byte: u8) -> bool {
    (byte < b' ' && byte != b'\n') || byte >= 0x7F
}

fn is_forbidden(bytes: &[u8], at: usize) -> bool {
    let next = |distance: usize| bytes.get(at + distance).copied().unwrap_or(0);
    match next(0) {
        b'\t' | b'\n' | b'\r' => false,
        0..b' ' | 0x7F => true,
        0xC2 => next(1) < 0xA0 && next(1) != 0x85,
        0xEF => next(1) == 0xBF && next(2) >= 0xBE,
        _ => false,
    }
}
