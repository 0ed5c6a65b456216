//! Standard input line by line, for who answers each line before the next one is there.

use std::io::{self, BufRead, IsTerminal as _, Read as _};

use super::Unreadable;
use super::read::plain;

/// No longer line is read: a text of this length is no question.
const MAX_LINE: u64 = 1 << 20;

/// Whether somebody types what standard input brings.
#[expect(clippy::disallowed_methods, reason = "this is the module that touches the outside")]
pub fn stdin_is_terminal() -> bool {
    io::stdin().is_terminal()
}

/// The lines of standard input, without their ends. A line that cannot be read costs that line.
#[expect(clippy::disallowed_methods, reason = "this is the module that touches the outside")]
pub fn stdin_lines() -> impl Iterator<Item = Result<String, Unreadable>> {
    Lines { reader: io::stdin().lock(), has_ended: false }
}

struct Lines<R> {
    reader: R,
    has_ended: bool,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<String, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_ended {
            return None;
        }
        let mut bytes = Vec::new();
        let line = match self.reader.by_ref().take(MAX_LINE + 1).read_until(b'\n', &mut bytes) {
            Ok(0) => return None,
            Ok(_) if bytes.len() as u64 > MAX_LINE && bytes.last() != Some(&b'\n') => {
                self.has_ended = self.reader.skip_until(b'\n').is_err();
                Err("it has more than 1 MiB".to_owned())
            }
            Ok(_) => text(bytes),
            Err(error) => {
                self.has_ended = true;
                Err(plain(&error))
            }
        };
        Some(line.map_err(|reason| Unreadable { reason }))
    }
}

fn text(mut bytes: Vec<u8>) -> Result<String, String> {
    for end in [b'\n', b'\r'] {
        bytes.pop_if(|last| *last == end);
    }
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<String> {
        let lines = Lines { reader: bytes, has_ended: false };
        lines.map(|line| line.unwrap_or_else(|unreadable| format!("error: {}", unreadable.reason))).collect()
    }

    #[test]
    fn lines_lose_their_ends_and_nothing_else() {
        assert!(lines(b"").is_empty());
        assert_eq!(lines(b" a \r\n\n\0b\rc\nend"), [" a ", "", "\0b\rc", "end"]);
    }

    #[test]
    fn a_line_that_cannot_be_read_costs_that_line() {
        let long = "x".repeat(1 << 20);
        let texts = [b"a\n\xff\xfe\nb\n".as_slice(), long.as_bytes(), b"\n", long.as_bytes(), b"y\nc\n"].concat();
        assert_eq!(lines(&texts), ["a", "error: it is not UTF-8", "b", &long, "error: it has more than 1 MiB", "c"]);
    }
}
