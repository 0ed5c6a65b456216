//! Files as they are and as they should be, line by line.

use std::io;

use similar::TextDiff;

use super::plain;

/// Writes what changes in a file as a unified diff.
pub fn diff(path: &str, old: &[u8], new: &[u8], out: &mut dyn io::Write) -> io::Result<()> {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let (old, new) = (lines(&old), lines(&new));
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
    let path = plain(path);
    let text = diff.unified_diff().context_radius(3).header(&path, &path).to_string();
    for line in text.split_inclusive('\n') {
        // A carriage return right before the end of a line belongs to it; any other would move the cursor.
        let content = line.strip_suffix("\r\n").or(line.strip_suffix('\n')).unwrap_or(line);
        let pieces: Vec<_> = content.split('\t').map(plain).collect();
        out.write_all(pieces.join("\t").as_bytes())?;
        out.write_all(line.get(content.len()..).unwrap_or_default().as_bytes())?;
    }
    Ok(())
}

/// The lines of a text as `patch` knows them: only a line feed ends one.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_keeps_the_ends_of_lines_and_no_control_characters() {
        let mut out = Vec::new();
        diff("a.yaml", b"a: 1\r\nb: \x1b[31m\n", b"a: 2\r\nb: \x1b[31m\n", &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("--- a.yaml\n+++ a.yaml\n@@ -1,2 +1,2 @@\n-a: 1\r\n+a: 2\r\n b: "), "{text}");
        assert!(!text.contains('\x1b'));
    }

    #[test]
    fn a_carriage_return_alone_is_no_end_of_a_line() {
        let mut out = Vec::new();
        diff("a.yaml", b"a: 1\rb: 2\r", b"a: 1\rb: 3\r", &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(
            text.contains("-a: 1\\u{d}b: 2\\u{d}\n\\ No newline at end of file\n+a: 1\\u{d}b: 3\\u{d}\n"),
            "{text}"
        );
    }
}
