//! Trees of small texts: values, places, and what is refused.

use super::*;

const ORIGIN: Origin = Origin { file: FileId::new(7), base: 0 };

/// The tree as one line, each scalar with the text that its place has.
fn dump(text: &str) -> String {
    let tree = match Tree::parse(text, ORIGIN) {
        Ok(tree) => tree,
        Err(error) => return format!("{} at {:?}", error.message, &text[error.span.range()]),
    };
    tree.root().map_or_else(|| "nothing".to_owned(), |root| dump_node(root, text))
}

fn dump_node(node: NodeRef<'_>, text: &str) -> String {
    match node.value() {
        Value::Sequence => {
            let items: Vec<_> = node.items().map(|item| dump_node(item, text)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Mapping => {
            let fields =
                node.fields().map(|field| format!("{}: {}", field.key.key_name(), dump_node(field.value, text)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        scalar => format!("{scalar:?}<{}>", &text[node.resolved().span().range()]),
    }
}

#[test]
fn scalars_keep_their_places() {
    assert_eq!(dump("a: x"), r#"{a: Str("x")<x>}"#);
    assert_eq!(dump("a: 'it''s'"), r#"{a: Str("it's")<'it''s'>}"#);
    assert_eq!(dump("a: 'its'''"), r#"{a: Str("its'")<'its'''>}"#);
    assert_eq!(dump("a: \"b\" # c"), r#"{a: Str("b")<"b">}"#);
    assert_eq!(dump("a: one\n  two\nb: 1"), "{a: Str(\"one two\")<one\n  two>, b: Int(1)<1>}");
    assert_eq!(dump("a: |\n  x\n  y\nb: on"), "{a: Str(\"x\\ny\\n\")<|\n  x\n  y>, b: Bool(true)<on>}");
    assert_eq!(dump("a:\nb: ~"), "{a: Null<>, b: Null<~>}");
}

#[test]
fn collections_nest() {
    assert_eq!(dump("a:\n- b: 1\n  c: [2, {d: 3}]\n- {}"), "{a: [{b: Int(1)<1>, c: [Int(2)<2>, {d: Int(3)<3>}]}, {}]}");
    assert_eq!(dump("- - 1\n  - 2\n- []"), "[[Int(1)<1>, Int(2)<2>], []]");
}

#[test]
fn keys_are_named_as_kubernetes_names_them() {
    assert_eq!(
        dump("on: 1\n010: 2\n1.50: 3\n1e6: 4"),
        "{true: Int(1)<1>, 8: Int(2)<2>, 1.5: Int(3)<3>, 1e+06: Int(4)<4>}"
    );
}

#[test]
fn aliases_stand_for_what_was_written_elsewhere() {
    assert_eq!(dump("a: &x {b: 1}\nc: *x"), "{a: {b: Int(1)<1>}, c: {b: Int(1)<1>}}");
    assert_eq!(dump("a: &x 1\nb: &x 2\nc: *x"), "{a: Int(1)<1>, b: Int(2)<2>, c: Int(2)<2>}");
}

#[test]
fn merge_keys_apply_where_they_stand() {
    assert_eq!(dump("a: &a {k: 1}\nb: {k: 2, <<: *a}")["{a: {k: Int(1)<1>}, ".len()..], *"b: {k: Int(1)<1>}}");
    assert_eq!(dump("<<: [{k: 1, l: 2}, {k: 3, m: 4}]"), "{k: Int(1)<1>, m: Int(4)<4>, l: Int(2)<2>}");
    assert_eq!(dump("'<<': {k: 1}"), "{<<: {k: Int(1)<1>}}");
    assert_eq!(dump("<<: 5"), "`<<` merges a mapping or a list of mappings at \"5\"");
}

#[test]
fn of_equal_keys_the_last_counts_and_both_are_known() {
    let text = "a: 1\nb: 2\na: 3\n";
    assert_eq!(dump(text), "{a: Int(3)<3>, b: Int(2)<2>}");
    let tree = Tree::parse(text, ORIGIN).unwrap();
    let places: Vec<_> = tree.duplicates().map(|twice| (twice.first.span().start, twice.second.span().start)).collect();
    assert_eq!(places, [(0, 10)]);
}

#[test]
fn many_keys_are_compared_as_few_are() {
    let text = (0..100).fold(String::new(), |text, n| text + &format!("k{}: {n}\n", n % 90));
    let tree = Tree::parse(&text, ORIGIN).unwrap();
    assert_eq!(tree.duplicates().count(), 10);
    assert_eq!(tree.root().unwrap().fields().count(), 90);
    assert_eq!(tree.root().unwrap().get("k5").unwrap().value.value(), Value::Int(95));
}

#[test]
fn what_json_cannot_say_is_refused_at_its_place() {
    assert_eq!(dump("a: [.inf]"), "infinity and not-a-number have no form in JSON at \".inf\"");
    assert_eq!(dump(".inf: a"), r#"{.inf: Str("a")<a>}"#);
    assert_eq!(dump("? [a]\n: b"), "a key cannot be a list or a mapping at \"[a]\"");
    assert_eq!(dump("null: b"), "a key cannot be null at \"null\"");
    assert_eq!(dump("a: *b"), "unknown anchor `b` referenced at \"*b\"");
    assert_eq!(dump("a: &b [*b]"), "the anchor's value contains itself at \"*b\"");
    assert_eq!(dump("a: !!int x"), "cannot decode !!str `x` as a !!int at \"x\"");
}

#[test]
fn aliases_cannot_blow_a_document_up() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..=9 {
        let previous = format!("*a{}, ", level - 1).repeat(10);
        text.extend([format!("a{level}: &a{level} [{previous}]\n")]);
    }
    assert!(dump(&text).starts_with("the document contains excessive aliasing"));
}

#[test]
fn comments_and_the_end_are_known() {
    let text = "# one\na: 'x # y' # two\n...\n# behind\n";
    let tree = Tree::parse(text, ORIGIN).unwrap();
    let comments: Vec<_> = tree.comments().map(|span| &text[span.range()]).collect();
    assert_eq!(comments, ["# one", "# two"]);
    assert!(Tree::parse("# only a comment\n", ORIGIN).unwrap().root().is_none());
}

#[test]
fn spans_count_from_the_beginning_of_the_file() {
    let tree = Tree::parse("a: b", Origin { base: 100, ..ORIGIN }).unwrap();
    let value = tree.root().unwrap().get("a").unwrap().value;
    assert_eq!(value.span(), Span { start: 103, end: 104, file: ORIGIN.file });
    assert_eq!(value.text_at(value.span()), Some("b"));
}
