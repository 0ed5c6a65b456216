//! Edits of small texts, and what they leave alone.

use super::*;
use crate::source::FileId;

/// The text after an edit of the object that takes all of it but the dash, if any, that it begins with.
fn edited(text: &str, edit: impl FnOnce(&Editable<'_>, &str) -> Option<Edit>) -> Option<String> {
    let start = text.len() - text.trim_start_matches([' ', '-']).len();
    let file = FileId::new(0);
    let end = text.trim_end().len();
    let tree = Tree::parse(text, Origin { file, base: 0 }).unwrap();
    let root = tree.root().unwrap();
    let object = if root.is_sequence() { root.items().next().unwrap().span() } else { root.span() };
    assert_eq!((object.start as usize, object.end <= u32::try_from(end).unwrap()), (start, true));
    let Edit { span, text: put } = edit(&Editable::new(text.as_bytes(), object)?, text)?;
    let mut new = text.to_owned();
    new.replace_range(span.range(), &put);
    Some(new)
}

/// The place of the last occurrence of a piece.
fn place(text: &str, piece: &str) -> Span {
    let start = u32::try_from(text.rfind(piece).unwrap()).unwrap();
    Span { file: FileId::new(0), start, end: start + u32::try_from(piece.len()).unwrap() }
}

fn set(text: &str, path: &str) -> Option<String> {
    edited(text, |object, _| object.set(&Path::parse(path), Word::Bare("6")))
}

fn without(text: &str, item: &str) -> Option<String> {
    edited(text, |object, text| object.remove_item(place(text, item)))
}

#[test]
fn fields_are_added_where_they_belong() {
    for (text, path, expected) in [
        ("s:\n  a: 1 # one\n  b:\n    c: 2\n", "s.x", "s:\n  a: 1 # one\n  x: 6\n  b:\n    c: 2\n"),
        ("s:\n  b:\n    c: 2\n", "s.x", "s:\n  x: 6\n  b:\n    c: 2\n"),
        ("s: # all\n  # of b\n  b:\n    c: 2\n", "s.x", "s: # all\n  x: 6\n  # of b\n  b:\n    c: 2\n"),
        ("s:\r\n  a: 1\r\n", "s.x", "s:\r\n  a: 1\r\n  x: 6\r\n"),
        ("s:\n  a: 1", "s.x", "s:\n  a: 1\n  x: 6"),
        ("s: {a: 1}\n", "s.x", "s: {x: 6, a: 1}\n"),
        ("{\"s\": {\"a\": 1}}", "s.x", "{\"s\": {\"x\": 6, \"a\": 1}}"),
        ("s:\n- b:\n    c: 1\n", "s[0].x", "s:\n- x: 6\n  b:\n    c: 1\n"),
        ("- s:\n    a: 1\n", "s.x", "- s:\n    a: 1\n    x: 6\n"),
        ("s:\n  a: |\n    text\n  b: 1\n  c: [1]\n", "s.x", "s:\n  a: |\n    text\n  b: 1\n  x: 6\n  c: [1]\n"),
        ("s:\n  x: # soon\n  b: 1\n", "s.x", "s:\n  x: 6 # soon\n  b: 1\n"),
        ("s:\n  x: ~\n", "s.x", "s:\n  x: 6\n"),
        ("s:\n  x: 12 # more\n", "s.x", "s:\n  x: 6 # more\n"),
    ] {
        assert_eq!(set(text, path).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_is_shared_or_unclear_stays() {
    for text in
        ["b: &b {a: 1}\ns: *b\n", "s: &s\n  a: 1\n", "s:\n  <<: {a: 1}\n  b: 1\n", "s: 1\n", "s: []\n", "t: 1\n"]
    {
        assert_eq!(set(text, "s.x"), None, "{text}");
    }
    assert_eq!(set("s:\n  x: |\n    6\n", "s.x"), None);
    assert_eq!(set("s:\n  x: !!int 7\n", "s.x"), None);
}

#[test]
fn entries_of_lists_go_with_their_lines_or_commas() {
    for (text, item, expected) in [
        ("l: [a, b, c]\n", "a", "l: [b, c]\n"),
        ("l: [a, b, c]\n", "b", "l: [a, c]\n"),
        ("l: [a, b, c,]\n", "c", "l: [a, b,]\n"),
        ("l:\n- a\n- b # why\n- c\n", "b", "l:\n- a\n- c\n"),
        ("l:\r\n  - a\r\n  - b\r\n", "b", "l:\r\n  - a\r\n"),
        ("l:\n  - a\n  - b", "b", "l:\n  - a"),
        ("l:\n  - a\n  - k: 1\n    m: [2]\nn: 1\n", "k: 1\n    m: [2]", "l:\n  - a\nn: 1\n"),
    ] {
        assert_eq!(without(text, item).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn entries_with_comments_of_their_own_stay() {
    for (text, item) in [
        ("l:\n- a\n# of b\n- b\n", "b"),
        ("l:\n- a\n- k: 1\n  # more\n  m: 1\n", "k: 1\n  # more\n  m: 1"),
        ("l: [\n  a, # one\n  b\n]\n", "b"),
        ("l:\n- a\n", "a"),
    ] {
        assert_eq!(without(text, item), None, "{text}");
    }
}

#[test]
fn keys_are_renamed_unless_the_name_is_taken() {
    let renamed = |text: &str| edited(text, |object, text| object.rename(place(text, "kye"), "key"));
    assert_eq!(renamed("s:\n  kye: 1 # a\n").as_deref(), Some("s:\n  key: 1 # a\n"));
    assert_eq!(renamed("s: {kye: 1, b: 2}\n").as_deref(), Some("s: {key: 1, b: 2}\n"));
    assert_eq!(renamed("s:\n  kye: 1\n  key: 2\n"), None);
    assert_eq!(renamed("s: [kye]\n"), None);
}

#[test]
fn fields_go_with_their_lines() {
    let gone = |text: &str| edited(text, |object, text| object.remove_entry(place(text, "x")));
    assert_eq!(gone("s:\n  x: {a: 1} # y\n  z: 1\n").as_deref(), Some("s:\n  z: 1\n"));
    assert_eq!(gone("s:\n  z: 1\n  x:\n").as_deref(), Some("s:\n  z: 1\n"));
    assert_eq!(gone("s:\n  x: 1\n"), None);
    assert_eq!(gone("s:\n- x: 1\n  z: 1\n"), None);
    assert_eq!(gone("s: {x: 1, z: 1}\n").as_deref(), Some("s: {z: 1}\n"));
    assert_eq!(gone("s: {z: 1, x: 1}\n").as_deref(), Some("s: {z: 1}\n"));
}

#[test]
fn several_fields_go_together_and_take_what_they_leave_empty() {
    let without = |text: &str| {
        let object = place(text, text.trim_end());
        let paths = ["s.m.a", "s.m.b", "s.c", "s.none"].map(Path::parse);
        let mut new = text.to_owned();
        for Edit { span, text } in Editable::new(text.as_bytes(), object).unwrap().remove_all(&paths).iter().rev() {
            new.replace_range(span.range(), text);
        }
        new
    };
    for (text, expected) in [
        ("s:\n  c: 1\n  m:\n    a: 1\n    b: 2 # two\n    z: 3\n", "s:\n  m:\n    z: 3\n"),
        ("s:\n  m:\n    a: 1\n    b: 2\n  z: 3\n", "s:\n  z: 3\n"),
        ("s:\n  m: {a: 1}\n  c: 2\nz: 3\n", "z: 3\n"),
        ("s: {c: 1, m: {a: 1, b: 2}, z: 3}\n", "s: {z: 3}\n"),
        ("s: {m: {a: 1, z: 3, b: 2}}\n", "s: {m: {z: 3}}\n"),
        ("s: {m: {z: 3, a: 1, b: 2}}\n", "s: {m: {z: 3}}\n"),
        ("{\"s\": {\n  \"c\": 1,\n  \"z\": 3\n}}\n", "{\"s\": {\n  \"z\": 3\n}}\n"),
        ("s:\n  # of c\n  c: 1\n  m: {a: 1}\n  z: 3\n", "s:\n  # of c\n  c: 1\n  m: {a: 1}\n  z: 3\n"),
    ] {
        assert_eq!(without(text), expected, "{text}");
    }
}

#[test]
fn lists_are_rewritten_in_place() {
    for (text, expected) in [
        ("l: [3, 1, 3]\n", "l: [1, 3]\n"),
        ("l:\n- 3\n- 1\n- 3\n", "l:\n- 1\n- 3\n"),
        ("l:\n- 3 # three\n- 1\n- 3\n", "l:\n- 3 # three\n- 1\n- 3\n"),
    ] {
        let words = ["1".to_owned(), "3".to_owned()];
        let object = place(text, text.trim_end());
        let edits = Editable::new(text.as_bytes(), object).unwrap().rewrite_list(&Path::parse("l"), &words);
        let mut new = text.to_owned();
        for Edit { span, text } in edits.iter().rev() {
            new.replace_range(span.range(), text);
        }
        assert_eq!(new, expected);
    }
}
