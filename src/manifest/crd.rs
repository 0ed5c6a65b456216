//! The part of a CustomResourceDefinition that is worth reading.

use memchr::memmem;

/// The text without the block under `versions:` of the spec: schemas fill most of such a document and say nothing that
/// is asked. `None` where there is no such block, or where names stand behind it.
///
/// Behind the block, places are no longer what they were; and text that is written in an unusual way may no longer
/// parse. Then the document has to be read as a whole.
pub(super) fn without_versions(text: &str) -> Option<String> {
    let (start, end) = versions_block(text.as_bytes())?;
    let (head, tail) = (text.get(..start)?, text.get(end..)?);
    let names_come_later = tail.lines().any(|line| NAMES.iter().any(|name| line.starts_with(name)));
    (!names_come_later).then(|| [head, tail].concat())
}

/// What says which object a document is.
const NAMES: [&str; 3] = ["apiVersion", "kind", "metadata"];

/// From the line `  versions:` under `spec:` to the next line that is indented as little.
fn versions_block(text: &[u8]) -> Option<(usize, usize)> {
    const FIRST_LINE: &[u8] = b"\n  versions:\n";
    let spec = memmem::find(text, b"\nspec:\n")?;
    let start = spec + memmem::find(text.get(spec..)?, FIRST_LINE)? + 1;
    let mut end = start + FIRST_LINE.len() - 1;
    let block = text.get(end..)?;
    let line_ends = memchr::memchr_iter(b'\n', block).map(|feed| feed + 1).chain([block.len()]);
    let mut line_start = 0;
    for line_end in line_ends {
        if !is_inside(block.get(line_start..line_end)?) {
            break;
        }
        end += line_end - line_start;
        line_start = line_end;
    }
    Some((start, end))
}

/// Whether a line belongs to a block whose key is indented by two.
fn is_inside(line: &[u8]) -> bool {
    line.starts_with(b"   ") || line.starts_with(b"  - ") || line.trim_ascii().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_left_out() {
        let text =
            "kind: X\nspec:\n  group: a\n  versions:\n  - name: v1\n    schema:\n      x: y\n\n  names:\n    kind: T\n";
        let short = without_versions(text);
        assert_eq!(short.as_deref(), Some("kind: X\nspec:\n  group: a\n  names:\n    kind: T\n"));
    }

    #[test]
    fn the_block_may_be_the_last_one() {
        let text = "kind: X\nspec:\n  names: {}\n  versions:\n    - name: v1";
        assert_eq!(without_versions(text).as_deref(), Some("kind: X\nspec:\n  names: {}\n"));
        let text = format!("{text}\nstatus: {{}}\n");
        assert_eq!(without_versions(&text).as_deref(), Some("kind: X\nspec:\n  names: {}\nstatus: {}\n"));
    }

    #[test]
    fn other_layouts_are_left_alone() {
        for text in [
            "kind: X\nspec: {versions: []}\n",
            "versions:\n- a\nspec:\n  group: x\n",
            "kind: X\nspec:\n    versions:\n    - a\n",
            "kind: X\nspec:\n  versions:\n  - a\nmetadata:\n  name: x\n",
        ] {
            assert_eq!(without_versions(text), None, "{text}");
        }
    }
}
