//! Logs, which may be longer than what can be held: block by block, each of whole lines.
//!
//! What is packed by gzip is unpacked, and JSON that is not a line for each event is [brought into lines](super::log_frames).

use std::fmt;
use std::io::{self, Cursor, Read};

use flate2::read::MultiGzDecoder;

use super::STDIN;
use super::log_frames::{Frames, is_framed_otherwise};
use super::read::plain;
use crate::diagnostic::{Failure, FailureKind};

/// So much is read at once.
const BLOCK: u64 = 8 << 20;

/// No longer line is read: an event with the objects of its request and response has a few MiB at most.
const MAX_LINE: usize = 64 << 20;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// How what is packed by gzip begins.
const GZIP: &[u8] = &[0x1f, 0x8b];

/// How what is packed otherwise begins, and by what that is unpacked.
const PACKED: [(&[u8], &str); 3] =
    [(&[0x28, 0xb5, 0x2f, 0xfd], "zstd"), (&[0xfd, b'7', b'z', b'X', b'Z'], "xz"), (b"BZh", "bzip2")];

/// A log that is being read.
pub struct Log {
    name: String,
    reader: Box<dyn Read>,
    /// The beginning of a line whose end has not been read.
    rest: Vec<u8>,
    has_ended: bool,
    is_packed: bool,
    is_framed: bool,
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
        return Log::new(STDIN, Box::new(io::stdin().lock()));
    }
    match std::fs::File::open(path) {
        Ok(file) => Log::new(path, Box::new(file)),
        Err(error) => Err(unreadable(path, &error)),
    }
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    Failure::new(FailureKind::Input, format!("`{name}` cannot be read: {}", plain(error)))
}

impl Log {
    /// A log of this name that is read from somewhere. Fails where its beginning cannot be read.
    pub fn new(name: &str, mut reader: Box<dyn Read>) -> Result<Self, Failure> {
        let mut start = beginning(&mut reader, 6).map_err(|error| unreadable(name, &error))?;
        if let Some((_, tool)) = PACKED.iter().find(|(magic, _)| start.starts_with(magic)) {
            let failure = Failure::new(FailureKind::Input, format!("`{name}` is compressed by {tool}"));
            return Err(failure.hint(format!("`{tool} -dc FILE | rolecall suggest --audit-log -` reads it")));
        }
        let is_packed = start.starts_with(GZIP);
        let mut log = Self {
            name: name.to_owned(),
            reader: Box::new(io::empty()),
            rest: Vec::new(),
            has_ended: false,
            is_packed,
            is_framed: false,
        };
        let reader = Cursor::new(std::mem::take(&mut start)).chain(reader);
        let mut reader: Box<dyn Read> =
            if is_packed { Box::new(MultiGzDecoder::new(reader)) } else { Box::new(reader) };
        let mut start = beginning(&mut reader, BLOCK).map_err(|error| log.failure(&error))?;
        // Editors and some shells put a mark of the encoding before everything else.
        if start.starts_with(BYTE_ORDER_MARK) {
            start.drain(..BYTE_ORDER_MARK.len());
        }
        log.is_framed = is_framed_otherwise(&start);
        let reader = Cursor::new(start).chain(reader);
        log.reader = if log.is_framed { Box::new(Frames::new(reader)) } else { Box::new(reader) };
        Ok(log)
    }

    /// Why reading does not go on.
    fn failure(&self, error: &io::Error) -> Failure {
        if !self.is_packed {
            return unreadable(&self.name, error);
        }
        let what = if error.kind() == io::ErrorKind::UnexpectedEof {
            "ends too early: it was cut off, or is still being written".to_owned()
        } else {
            format!("cannot be unpacked: {}", plain(error))
        };
        Failure::new(FailureKind::Input, format!("`{}` is compressed, and {what}", self.name))
    }

    /// Where a line is that has so many before it and itself: of what is brought into lines, the event is counted.
    pub fn place(&self, number: u64) -> String {
        let what = if self.is_framed { ", event " } else { ":" };
        format!("{}{what}{number}", self.name)
    }

    /// What the log is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The next lines; `None` at the end. Fails where the log cannot be read on.
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
        let read = self.reader.by_ref().take(BLOCK).read_to_end(bytes).map_err(|error| self.failure(&error))?;
        self.has_ended = (read as u64) < BLOCK;
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

/// The first bytes, as far as there are so many.
fn beginning(reader: &mut dyn Read, count: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(count).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn blocks(bytes: Vec<u8>) -> Vec<Block> {
        let mut log = Log::new("a", Box::new(Cursor::new(bytes))).unwrap();
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

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        // Several logs that were packed one by one may be joined.
        let joined = [packed("\u{feff}a\nb\n".as_bytes()), packed(b"c\n")].concat();
        assert_eq!(blocks(joined), [Block { lines: b"a\nb\nc\n".to_vec(), too_long: 0 }]);
        let list = packed(b"{\n\"items\": [{}, {}]}");
        assert_eq!(blocks(list)[0].lines.split(|byte| *byte == b'\n').count(), 3);
    }

    #[test]
    fn what_is_packed_and_broken_is_told() {
        let failure = |bytes: Vec<u8>| {
            let all = |mut log: Log| std::iter::from_fn(|| log.next_block().transpose()).collect::<Result<Vec<_>, _>>();
            Log::new("a", Box::new(Cursor::new(bytes))).and_then(all).unwrap_err().message().to_owned()
        };
        let whole = packed("abc\n".repeat(1000).as_bytes());
        let cut = "`a` is compressed, and ends too early: it was cut off, or is still being written";
        assert_eq!(failure(whole[..whole.len() - 9].to_vec()), cut);
        assert_eq!(failure(vec![0x1f, 0x8b]), cut);
        assert!(failure(vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0xff]).starts_with("`a` is compressed, and "));
        assert_eq!(failure(vec![0x28, 0xb5, 0x2f, 0xfd, 0]), "`a` is compressed by zstd");
    }
}
