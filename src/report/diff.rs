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
    for (position, hunk) in diff.unified_diff().context_radius(3).iter_hunks().enumerate() {
        if position == 0 {
            writeln!(out, "--- {path}\n+++ {path}")?;
        }
        writeln!(out, "{}", hunk.header())?;
        for change in hunk.iter_changes() {
            write!(out, "{}", change.tag())?;
            write_line(change.value(), out)?;
        }
    }
    Ok(())
}

fn write_line(line: &str, out: &mut dyn io::Write) -> io::Result<()> {
    // A carriage return right before the end of a line belongs to it; any other would move the cursor.
    let content = line.strip_suffix("\r\n").or(line.strip_suffix('\n')).unwrap_or(line);
    let end = line.get(content.len()..).filter(|end| !end.is_empty());
    let pieces: Vec<_> = content.split('\t').map(plain).collect();
    write!(out, "{}{}", pieces.join("\t"), end.unwrap_or("\n\\ No newline at end of file\n"))
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
