//! JSON that is not a line for each event, brought into that form as it is read: events over many lines, and the events of
//! a list, which may be of any length.

use std::io::{self, Read};

/// What stands before the events of a list is held until they begin. An object that has more before that is no list.
const MAX_HEAD: usize = 64 << 10;

/// No longer key, kind or version is looked at.
const MAX_WORD: usize = 256;

/// So much is read at once.
const CHUNK: usize = 64 << 10;

/// Reads JSON, and gives it out with each object of the document, or of the `items` of a list, in a line of its own.
pub(super) struct Frames<R> {
    reader: R,
    framer: Framer,
    /// What has been read and framed, and from where on it is to be given out.
    ready: Vec<u8>,
    at: usize,
    has_ended: bool,
}

/// Whether a text begins with an object that goes on in the next line, or whose end is nowhere in sight.
pub(super) fn is_framed_otherwise(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    if !text.starts_with(b"{") {
        return false;
    }
    let Some(end) = memchr::memchr(b'\n', text) else {
        // All of a short text is a line.
        return text.len() > MAX_HEAD;
    };
    let line = text.get(..end).unwrap_or_default();
    let mut state = Nesting::default();
    for byte in line {
        state.step(*byte);
    }
    // A line that was cut off ends anywhere.
    let goes_on = line.trim_ascii_end().last().is_some_and(|last| b"{[,:".contains(last));
    state.depth > 0 && !state.is_in_string && goes_on
}

impl<R: Read> Frames<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, framer: Framer::default(), ready: Vec::new(), at: 0, has_ended: false }
    }
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && !self.has_ended {
            self.ready.clear();
            self.at = 0;
            let mut chunk = Vec::with_capacity(CHUNK);
            self.reader.by_ref().take(CHUNK as u64).read_to_end(&mut chunk)?;
            for byte in &chunk {
                self.framer.step(*byte, &mut self.ready);
            }
            if chunk.is_empty() {
                self.has_ended = true;
                self.framer.end(&mut self.ready);
            }
        }
        let read = self.ready.get(self.at..).unwrap_or_default().read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

/// How deep in brackets a text is, and whether it is in a string.
#[derive(Clone, Copy, Debug, Default)]
struct Nesting {
    depth: usize,
    is_in_string: bool,
    is_escaped: bool,
}

impl Nesting {
    fn step(&mut self, byte: u8) {
        if self.is_in_string {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => self.is_in_string = false,
                _ => {}
            }
            return;
        }
        match byte {
            b'"' => self.is_in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }
}

/// Where in a document something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    /// Between objects.
    #[default]
    Outside,
    /// In what is no object.
    Junk,
    /// In an object that may be a list.
    Head,
    /// In an object that is none.
    Plain,
    /// Between the items of a list; whether one is to come.
    Items(bool),
    /// In an item.
    Item,
    /// Behind the items.
    Tail,
}

/// Puts objects into lines.
#[derive(Debug, Default)]
struct Framer {
    part: Part,
    nesting: Nesting,
    head: Head,
}

/// What stands before the items of a list.
#[derive(Debug, Default)]
struct Head {
    text: Vec<u8>,
    /// The last string, with its quotes.
    string: Vec<u8>,
    /// The key whose value is read.
    key: Option<Vec<u8>>,
    kind: Option<Vec<u8>>,
    api_version: Option<Vec<u8>>,
}

impl Framer {
    fn step(&mut self, byte: u8, out: &mut Vec<u8>) {
        let before = self.nesting;
        self.nesting.step(byte);
        let depth = self.nesting.depth;
        // A string has no line feed in it: one that seems to was cut off.
        if byte == b'\n' && before.is_in_string {
            self.end(out);
            return;
        }
        let byte = if byte == b'\n' { b' ' } else { byte };
        match self.part {
            Part::Outside if byte == b'{' => {
                self.head = Head { text: vec![byte], ..Head::default() };
                self.part = Part::Head;
            }
            Part::Outside if byte.is_ascii_whitespace() || byte == b',' => self.nesting = Nesting::default(),
            Part::Outside => {
                out.push(byte);
                self.part = Part::Junk;
            }
            Part::Junk if byte.is_ascii_whitespace() => {
                out.push(b'\n');
                (self.part, self.nesting) = (Part::Outside, Nesting::default());
            }
            Part::Head => self.in_head(byte, before, out),
            Part::Junk | Part::Plain => {
                out.push(byte);
                if self.part == Part::Plain && depth == 0 {
                    out.push(b'\n');
                    self.part = Part::Outside;
                }
            }
            // Of what is no object, the inside is of no interest.
            Part::Items(_) if before.depth > 2 || before.is_in_string => {}
            Part::Items(is_to_come) => self.between_items(byte, is_to_come, out),
            Part::Item => {
                out.push(byte);
                if depth == 2 {
                    out.extend(b"]}\n");
                    self.part = Part::Items(false);
                }
            }
            Part::Tail if depth == 0 => self.part = Part::Outside,
            Part::Tail => {}
        }
    }

    fn in_head(&mut self, byte: u8, before: Nesting, out: &mut Vec<u8>) {
        let (head, depth) = (&mut self.head, self.nesting.depth);
        head.text.push(byte);
        if before.depth == 1 {
            if self.nesting.is_in_string && !before.is_in_string {
                head.string.clear();
            }
            if self.nesting.is_in_string || before.is_in_string {
                // What is longer is no word that matters, and would be said again before every item.
                let fits = head.string.len() < MAX_WORD;
                head.string.extend(fits.then_some(byte));
            } else if byte == b':' {
                head.key = Some(head.string.clone());
            } else if byte == b',' {
                head.key = None;
            }
            let has_ended = before.is_in_string && !self.nesting.is_in_string && head.string.len() < MAX_WORD;
            let value = has_ended.then(|| head.string.clone());
            match head.key.as_deref() {
                Some(b"\"kind\"") if value.is_some() => head.kind = value,
                Some(b"\"apiVersion\"") if value.is_some() => head.api_version = value,
                Some(b"\"items\"") if byte == b'[' && !before.is_in_string => self.part = Part::Items(true),
                _ => {}
            }
        }
        if self.part == Part::Head && (depth == 0 || self.head.text.len() > MAX_HEAD) {
            out.append(&mut self.head.text);
            self.part = Part::Plain;
            if depth == 0 {
                out.push(b'\n');
                self.part = Part::Outside;
            }
        }
    }

    fn between_items(&mut self, byte: u8, is_to_come: bool, out: &mut Vec<u8>) {
        match byte {
            b'{' => {
                let said = |value: &Option<Vec<u8>>, usual: &[u8]| value.clone().unwrap_or_else(|| usual.to_vec());
                out.extend(b"{\"kind\":");
                out.extend(said(&self.head.kind, b"\"EventList\""));
                out.extend(b",\"apiVersion\":");
                out.extend(said(&self.head.api_version, b"\"audit.k8s.io/v1\""));
                out.extend(b",\"items\":[{");
                self.part = Part::Item;
            }
            b']' => self.part = Part::Tail,
            b',' => self.part = Part::Items(true),
            _ if byte.is_ascii_whitespace() => {}
            _ => {
                if is_to_come {
                    out.extend(b"null\n");
                }
                self.part = Part::Items(false);
            }
        }
    }

    /// Ends what was cut off: it is given out as it is, to be told.
    fn end(&mut self, out: &mut Vec<u8>) {
        match self.part {
            Part::Head => out.append(&mut self.head.text),
            Part::Items(_) | Part::Tail => out.push(b'{'),
            Part::Outside | Part::Junk | Part::Plain | Part::Item => {}
        }
        if self.part != Part::Outside {
            out.push(b'\n');
        }
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(text: &str) -> String {
        let mut framed = String::new();
        Frames::new(text.as_bytes()).read_to_string(&mut framed).unwrap();
        framed
    }

    const ITEM: &str = "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[";

    #[test]
    fn objects_and_items_are_lines() {
        for (text, expected) in [
            (
                "{\n  \"a\": [1,\n 2],\n \"items\": {}}\n\n{\"b\": \"}\\\"{\"}",
                "{   \"a\": [1,  2],  \"items\": {}}\n{\"b\": \"}\\\"{\"}\n",
            ),
            (
                "{\"items\": [\n{\"a\": {\n\"items\": [1]}}, {\"b\": \"]\"}\n], \"x\": [{}]} {\"c\": 1}",
                &format!("{ITEM}{{\"a\": {{ \"items\": [1]}}}}]}}\n{ITEM}{{\"b\": \"]\"}}]}}\n{{\"c\": 1}}\n"),
            ),
            (
                "{\"apiVersion\": \"v1\",\n\"kind\": \"List\", \"items\": [{}]}",
                "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[{}]}\n",
            ),
            (
                "{\"x\": {\"kind\": \"y\"}, \"kind\": \"z\", \"items\": [1, [2, 3], {}]}",
                "null\nnull\n{\"kind\":\"z\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[{}]}\n",
            ),
            (&format!("{{\"kind\": \"{}\", \"items\": [{{}}]}}", "k".repeat(300)), &format!("{ITEM}{{}}]}}\n")),
            // What is cut off is a line that cannot be read.
            ("{\n\"a\": 1,", "{ \"a\": 1,\n"),
            ("{\"items\": [{\"a\": 1},", &format!("{ITEM}{{\"a\": 1}}]}}\n{{\n")),
            ("{\"items\": [{\"a\": \"b\n{\"c\": 1}\n", &format!("{ITEM}{{\"a\": \"b\n{{\"c\": 1}}\n")),
            ("junk {\"a\": 1}\n", "junk\n{\"a\": 1}\n"),
        ] {
            assert_eq!(framed(text), expected, "{text}");
        }
    }

    #[test]
    fn a_long_object_is_no_list_and_a_long_list_is_one() {
        let long = format!("{{\"a\": \"{}\", \"items\": [{{}}]}}", "x".repeat(MAX_HEAD));
        assert_eq!(framed(&long), format!("{long}\n"));
        let items = "{\"a\": 1}, ".repeat(100_000);
        let list = format!("{{\"items\": [{}]}}", items.trim_end_matches([',', ' ']));
        assert_eq!(framed(&list).lines().count(), 100_000);
    }

    #[test]
    fn lines_are_left_as_they_are() {
        for (text, expected) in [
            ("", false),
            ("{\"a\": {}}\n{\"a\": {}}\n", false),
            ("{\"a\": {}}", false),
            ("{\n\"a\": 1}", true),
            ("\n {\"a\": 1,\n", true),
            ("{\"a\": [\n", true),
            ("{\"a\": \"cut\n{\"a\": 1}\n", false),
            ("{\"a\": \"cut,\n{\"a\": 1}\n", false),
            ("{\"a\": {\"b\": 1\n{\"a\": 1}\n", false),
            ("\"rest\": {\n", false),
        ] {
            assert_eq!(is_framed_otherwise(text.as_bytes()), expected, "{text}");
        }
    }
}
