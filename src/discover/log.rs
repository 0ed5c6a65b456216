//! Logs, which may be longer than what can be held: block by block, each of whole lines.

use std::fmt;
use std::io::{self, Read};

use super::STDIN;
use super::read::plain;
use crate::diagnostic::{Failure, FailureKind};

/// So much is read at once.
const BLOCK: u64 = 8 << 20;

/// No longer line is read: an event with the objects of its request and response has a few MiB at most.
const MAX_LINE: usize = 64 << 20;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A log that is being read.
pub struct Log {
    name: String,
    reader: Box<dyn Read>,
    /// The beginning of a line whose end has not been read.
    rest: Vec<u8>,
    has_begun: bool,
    has_ended: bool,
}

/// Some lines of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Whole lines with their ends; the last one of a log may have none.
    pub lines: Vec<u8>,
    /// How many lines before these were too long to be read.
    pub too_long: u64,
}

impl fmt::Debug for Log {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Log").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Opens a log: a file, or standard input for `-`.
#[expect(clippy::disallowed_methods, reason = "this is the module that touches the outside")]
pub fn open_log(path: &str) -> Result<Log, Failure> {
    if path == "-" {
        return Ok(Log::new(STDIN, Box::new(io::stdin().lock())));
    }
    match std::fs::File::open(path) {
        Ok(file) => Ok(Log::new(path, Box::new(file))),
        Err(error) => Err(unreadable(path, &error)),
    }
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    Failure::new(FailureKind::Input, format!("`{name}` cannot be read: {}", plain(error)))
}

impl Log {
    /// A log of this name that is read from somewhere.
    pub fn new(name: &str, reader: Box<dyn Read>) -> Self {
        Self { name: name.to_owned(), reader, rest: Vec::new(), has_begun: false, has_ended: false }
    }

    /// What the log is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The next lines; `None` at the end. Fails where the log cannot be read on, or is compressed.
    pub fn next_block(&mut self) -> Result<Option<Block>, Failure> {
        let mut block = Block { lines: std::mem::take(&mut self.rest), too_long: 0 };
        loop {
            if self.has_ended {
                return Ok((!block.lines.is_empty() || block.too_long > 0).then_some(block));
            }
            self.read_on(&mut block.lines)?;
            if let Some(end) = memchr::memrchr(b'\n', &block.lines) {
                self.rest = block.lines.split_off(end + 1);
                return Ok(Some(block));
            }
            if block.lines.len() > MAX_LINE {
                block.too_long += 1;
                self.skip_line(&mut block.lines)?;
            }
        }
    }

    fn read_on(&mut self, bytes: &mut Vec<u8>) -> Result<(), Failure> {
        let read =
            self.reader.by_ref().take(BLOCK).read_to_end(bytes).map_err(|error| unreadable(&self.name, &error))?;
        self.has_ended = (read as u64) < BLOCK;
        if !self.has_begun && bytes.starts_with(&[0x1f, 0x8b]) {
            let message = format!("`{}` is compressed", self.name);
            return Err(Failure::new(FailureKind::Input, message)
                .hint("`gzip -dc FILE | rolecall suggest --audit-log -` reads it"));
        }
        // Editors and some shells put a mark of the encoding before everything else.
        if !self.has_begun && bytes.starts_with(BYTE_ORDER_MARK) {
            bytes.drain(..BYTE_ORDER_MARK.len());
        }
        self.has_begun = true;
        Ok(())
    }

    /// Passes over the rest of a line, and leaves what follows it.
    fn skip_line(&mut self, bytes: &mut Vec<u8>) -> Result<(), Failure> {
        bytes.clear();
        while !self.has_ended {
            self.read_on(bytes)?;
            if let Some(end) = memchr::memchr(b'\n', bytes) {
                bytes.drain(..=end);
                return Ok(());
            }
            bytes.clear();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(bytes: Vec<u8>) -> Vec<Block> {
        let mut log = Log::new("a", Box::new(io::Cursor::new(bytes)));
        std::iter::from_fn(|| log.next_block().unwrap()).collect()
    }

    #[test]
    fn blocks_have_whole_lines() {
        assert_eq!(blocks(Vec::new()), []);
        let lines = |lines: &[u8]| Block { lines: lines.to_vec(), too_long: 0 };
        assert_eq!(blocks(b"a\nb".to_vec()), [lines(b"a\n"), lines(b"b")]);
        // Where a log begins there may be a mark of its encoding; elsewhere that is none.
        let marked = "\u{feff}a\n\u{feff}b".as_bytes().to_vec();
        assert_eq!(blocks(marked), [lines(b"a\n"), lines("\u{feff}b".as_bytes())]);
        assert_eq!(blocks("\u{feff}".as_bytes().to_vec()), []);
        let long = "0123456789".repeat(150_000) + "\n";
        let text = long.repeat(20);
        let read = blocks(text.clone().into_bytes());
        assert!(read.len() > 3 && read.iter().all(|block| block.lines.ends_with(b"\n")));
        assert_eq!(read.into_iter().flat_map(|block| block.lines).collect::<Vec<_>>(), text.into_bytes());
    }

    #[test]
    fn a_line_that_is_too_long_costs_that_line() {
        let mut text = b"a\n".to_vec();
        text.resize(MAX_LINE * 2, b'x');
        text.extend(b"\nb\nc\n");
        let read = blocks(text);
        assert_eq!(read.iter().map(|block| block.too_long).sum::<u64>(), 1);
        assert_eq!(read.into_iter().flat_map(|block| block.lines).collect::<Vec<_>>(), b"a\nb\nc\n");
    }

    #[test]
    fn what_is_compressed_is_not_taken_for_lines() {
        let mut log = Log::new("a", Box::new(io::Cursor::new(vec![0x1f, 0x8b, 8, 0, b'\n'])));
        assert_eq!(log.next_block().unwrap_err().message(), "`a` is compressed");
    }
}
