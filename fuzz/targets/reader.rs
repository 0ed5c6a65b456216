//! Bytes → documents → trees: every place is in the text, and a tree is no larger than its text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rolecall::source::{FileId, LineIndex, Span};
use rolecall::yaml::documents::{self, Piece};
use rolecall::yaml::encoding;
use rolecall::yaml::events::Escapes;
use rolecall::yaml::json::to_json;
use rolecall::yaml::tree::{NodeRef, Origin, Tree};

fuzz_target!(|bytes: &[u8]| {
    let text = encoding::to_utf8(bytes.to_owned());
    let lines = LineIndex::new(&text);
    for piece in documents::split(&text, "kind") {
        match piece {
            Piece::Document { range, .. } => {
                let document = text.get(range.clone()).expect("a document is in the text");
                for offset in [range.start, range.end] {
                    lines.position(&text, offset as u32);
                }
                if let Ok(document) = str::from_utf8(document) {
                    document_is_read(document, range.start as u32);
                }
            }
            Piece::BadSeparator { range } => assert!(text.get(range).is_some()),
        }
    }
    if let Ok(text) = str::from_utf8(&text) {
        document_is_read(text, 0);
    }
});

fn document_is_read(text: &str, base: u32) {
    let origin = Origin { file: FileId::new(0), base };
    for escapes in [Escapes::Yaml, Escapes::Json] {
        match Tree::parse_with(text, origin, escapes) {
            Ok(tree) => check_tree(&tree, text, base),
            Err(error) => {
                check_span(error.span, text, base);
                error.open.into_iter().for_each(|open| check_span(open, text, base));
            }
        }
    }
}

fn check_tree(tree: &Tree<'_>, text: &str, base: u32) {
    assert!(tree.end() <= text.len());
    tree.comments().for_each(|comment| check_span(comment, text, base));
    for duplicate in tree.duplicates() {
        check_span(duplicate.first.span(), text, base);
        check_span(duplicate.second.span(), text, base);
    }
    if let Some(root) = tree.root() {
        let mut left = 100_000;
        check_node(root, text, base, 0, &mut left);
        if let Ok(json) = to_json(root) {
            let read: Result<serde_json::Value, _> = serde_json::from_str(&json);
            assert!(read.is_ok(), "{read:?} of {json}");
        }
    }
}

/// Aliases are followed, so that there may be more to see than there is room for.
fn check_node(node: NodeRef<'_>, text: &str, base: u32, depth: usize, left: &mut usize) {
    if *left == 0 || depth > 200 {
        return;
    }
    *left -= 1;
    check_span(node.span(), text, base);
    node.items().for_each(|item| check_node(item, text, base, depth + 1, left));
    for entry in node.fields() {
        check_span(entry.key.span(), text, base);
        check_node(entry.value, text, base, depth + 1, left);
    }
}

fn check_span(span: Span, text: &str, base: u32) {
    assert!(base <= span.start && span.start <= span.end, "{span:?} from {base}");
    let range = (span.start - base) as usize..(span.end - base) as usize;
    assert!(text.get(range).is_some(), "{span:?} from {base} in {} bytes", text.len());
}
