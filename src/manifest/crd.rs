//! The part of a CustomResourceDefinition that is worth reading.

/// The text with the block under `versions:` of the spec turned into a comment: schemas fill most of such a document
/// and say nothing that is asked. Places stay what they are. `None` where there is no such block.
///
/// Text that is written in an unusual way may no longer parse after this, and then has to be read as a whole.
pub(super) fn without_versions(text: &str) -> Option<String> {
    let (start, end) = versions_block(text)?;
    let (head, tail) = (text.get(..start)?, text.get(end..)?);
    let filler = (end - start).checked_sub(2)?;
    let mut short = String::with_capacity(text.len());
    short.push_str(head);
    short.push('#');
    short.extend(std::iter::repeat_n(' ', filler));
    short.push('\n');
    short.push_str(tail);
    Some(short)
}

/// From the line `  versions:` under `spec:` to the next line that is indented as little.
fn versions_block(text: &str) -> Option<(usize, usize)> {
    let spec = if text.starts_with("spec:\n") { 0 } else { text.find("\nspec:\n")? + 1 };
    let start = spec + text.get(spec..)?.find("\n  versions:\n")? + 1;
    let mut end = start + "  versions:\n".len();
    for line in text.get(end..)?.split_inclusive('\n') {
        let indent = line.bytes().take_while(|&byte| byte == b' ').count();
        let rest = line.get(indent..)?;
        let inside = indent > 2 || indent == 2 && rest.starts_with("- ") || rest.trim_end().is_empty();
        if !inside {
            break;
        }
        end += line.len();
    }
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_become_a_comment() {
        let text = "spec:\n  group: a\n  versions:\n  - name: v1\n    schema:\n      x: y\n\n  names:\n    kind: T\n";
        let short = without_versions(text).unwrap();
        assert_eq!(short.len(), text.len());
        assert_eq!(short.split_whitespace().collect::<Vec<_>>(), ["spec:", "group:", "a", "#", "names:", "kind:", "T"]);
        assert_eq!(short.find("names"), text.find("names"));
    }

    #[test]
    fn the_block_may_be_the_last_one() {
        let text = "kind: X\nspec:\n  names: {}\n  versions:\n    - name: v1\nstatus: {}\n";
        let short = without_versions(text).unwrap();
        assert!(short.ends_with(" \nstatus: {}\n"), "{short:?}");
        assert!(!short.contains("v1"));
    }

    #[test]
    fn other_layouts_are_left_alone() {
        assert_eq!(without_versions("spec: {versions: []}\n"), None);
        assert_eq!(without_versions("versions:\n- a\nspec:\n  group: x\n"), None);
        assert_eq!(without_versions("spec:\n    versions:\n    - a\n"), None);
    }
}
