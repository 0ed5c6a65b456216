//! Texts and their events, as compact lists.
//!
//! A scalar is written `=value`, `'value`, `"value`, `|value` or `>value` by its style, a collection `[ … ]` or
//! `{ … }` with an `f` behind flow ones, an alias `*name`; each with its extent, anchor and tag. An error is
//! `! message` with the text that is underlined. Signs stand for characters that cannot be seen: see `SIGNS`.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{Escapes, Event, Extent, Kind, Parser, Style};

const SIGNS: [(char, char); 9] = [
    ('↵', '\n'),
    ('⇥', '\t'),
    ('␍', '\r'),
    ('␤', '\u{85}'),
    ('␞', '\u{2028}'),
    ('␟', '\u{2029}'),
    ('␁', '\u{1}'),
    ('␡', '\u{7F}'),
    ('␀', '\u{FEFF}'),
];

fn slice(text: &str, extent: Extent) -> &str {
    text.get(extent.start as usize..extent.end as usize).expect("extents lie on characters")
}

fn word(text: &str, event: &Event<'_>) -> String {
    match &event.kind {
        Kind::Scalar { value, style } => {
            let sign = match style {
                Style::Plain => '=',
                Style::SingleQuoted => '\'',
                Style::DoubleQuoted => '"',
                Style::Literal => '|',
                Style::Folded => '>',
            };
            format!("{sign}{}", value.escape_debug())
        }
        Kind::Alias => slice(text, event.extent).to_owned(),
        Kind::SequenceStart { flow } => format!("[{}", if *flow { "f" } else { "" }),
        Kind::SequenceEnd => "]".to_owned(),
        Kind::MappingStart { flow } => format!("{{{}", if *flow { "f" } else { "" }),
        Kind::MappingEnd => "}".to_owned(),
    }
}

fn word_and_place(text: &str, event: &Event<'_>) -> String {
    let mut word = word(text, event);
    write!(word, "@{}-{}", event.extent.start, event.extent.end).unwrap();
    if let Some(anchor) = event.anchor {
        write!(word, "&{}", slice(text, anchor)).unwrap();
    }
    if let Some(tag) = &event.tag {
        write!(word, "<{tag}>").unwrap();
    }
    word
}

/// All events of a text, or the error.
fn show(text: &str, describe: fn(&str, &Event<'_>) -> String) -> String {
    let mut parser = Parser::new(text, Escapes::Yaml);
    let mut words = Vec::new();
    loop {
        match parser.next_event() {
            Ok(Some(event)) => words.push(describe(text, &event)),
            Ok(None) => return words.join(" "),
            Err(error) => {
                assert_eq!(parser.next_event(), Ok(None), "no events after an error");
                return format!("! {} at «{}»", error.message, slice(text, error.at));
            }
        }
    }
}

/// Checks lines with a text, ` => ` and its events.
#[track_caller]
fn check(table: &str, describe: fn(&str, &Event<'_>) -> String) {
    for line in table.lines().filter(|line| !line.is_empty()) {
        let row = SIGNS.iter().fold(line.to_owned(), |row, (sign, meant)| row.replace(*sign, &meant.to_string()));
        let (text, expected) = row.split_once(" => ").expect("two columns");
        let shown = show(text, describe).replace(r"\u{2028}", "\u{2028}").replace(r"\u{2029}", "\u{2029}");
        assert_eq!(shown, expected, "for {line}");
    }
}

#[test]
fn nodes_stand_where_they_are_written() {
    check(NODES, word_and_place);
}

const NODES: &str = r#"
 => 
↵# nothing↵ => 
a => =a@0-1
␀a: b => {@3-3 =a@3-4 =b@6-7 }@7-7
a: b↵c:  'd'↵ => {@0-0 =a@0-1 =b@3-4 =c@5-6 'd@9-12 }@12-12
a:↵  b: ""↵↵c: x # y↵ => {@0-0 =a@0-1 {@5-5 =b@5-6 "@8-10 }@10-10 =c@12-13 =x@15-16 }@16-16
- a↵- - b↵  - c↵ => [@0-0 =a@2-3 [@6-6 =b@8-9 =c@14-15 ]@15-15 ]@15-15
a:↵- x↵- y↵b: z↵ => {@0-0 =a@0-1 [@3-3 =x@5-6 =y@9-10 ]@10-10 =b@11-12 =z@14-15 }@15-15
- a: b↵  c: d↵ => [@0-0 {@2-2 =a@2-3 =b@5-6 =c@9-10 =d@12-13 }@13-13 ]@13-13
a:↵b: ↵ => {@0-0 =a@0-1 =@2-2 =b@3-4 =@5-5 }@5-5
-↵- ↵ => [@0-0 =@1-1 =@3-3 ]@3-3
? a↵: b↵? c↵ => {@0-0 =a@2-3 =b@6-7 =c@10-11 =@11-11 }@11-11
?↵: b↵ => {@0-0 =@1-1 =b@4-5 }@5-5
[a, 'b', {c: d}] => [f@0-1 =a@1-2 'b@4-7 {f@9-10 =c@10-11 =d@13-14 }@14-15 ]@15-16
{a, b: , ? c} => {f@0-1 =a@1-2 =@2-2 =b@4-5 =@6-6 =c@11-12 =@12-12 }@12-13
[a: b, ? c] => [f@0-1 {f@1-1 =a@1-2 =b@4-5 }@5-5 {f@7-7 =c@9-10 =@10-10 }@10-10 ]@10-11
[a]: b => {@0-0 [f@0-1 =a@1-2 ]@2-3 =b@5-6 }@6-6
é: è↵ü: x => {@0-0 =é@0-2 =è@4-6 =ü@7-9 =x@11-12 }@12-12
a: b c↵  d↵ => {@0-0 =a@0-1 =b c d@3-10 }@10-10
a: 'b↵  c'↵ => {@0-0 =a@0-1 'b c@3-10 }@10-10
a: |↵  b↵↵c: >-↵ => {@0-0 =a@0-1 |b\n@3-8 =c@10-11 >@13-15 }@15-15
a: b␍↵c: |␍↵ d␍↵ => {@0-0 =a@0-1 =b@3-4 =c@6-7 |d\n@9-14 }@14-14
{"a":"b",↵"c":[1]} => {f@0-1 "a@1-4 "b@5-8 "c@10-13 [f@14-15 =1@15-16 ]@16-17 }@17-18
"#;

#[test]
fn properties_belong_to_the_node_behind_them() {
    check(PROPERTIES, word_and_place);
}

const PROPERTIES: &str = r"
&a !!str b => =b@9-10&a<tag:yaml.org,2002:str>
!x &a b => =b@6-7&a<!x>
a: &b↵  c: *b↵ => {@0-0 =a@0-1 {@8-8&b =c@8-9 *b@11-13 }@13-13 }@13-13
&a b: c => {@0-0 =b@3-4&a =c@6-7 }@7-7
- &a↵- ! b↵- !<x> c => [@0-0 =@4-4&a =b@9-10<!> =c@18-19<x> ]@19-19
a: !!map↵- b↵ => {@0-0 =a@0-1 [@9-9<tag:yaml.org,2002:map> =b@11-12 ]@12-12 }@12-12
- !a%C3%A9b [] => [@0-0 [f@12-13<!aéb> ]@13-14 ]@14-14
%TAG !h! tag:h,↵---↵!h!x a => =a@25-26<tag:h,x>
*a : b => {@0-0 *a@0-2 =b@5-6 }@6-6
";

#[test]
fn scalars_have_their_values() {
    check(VALUES, word);
}

const VALUES: &str = r#"
a↵ b↵↵ c => =a b\nc
a␞b => =a␞b
a␤b => =a b
x:y ::z a#b => =x:y ::z a#b
- -a↵- ?b↵- :c => [ =-a =?b =:c ]
'a''b' => 'a\'b
'a ↵ ↵ b' => 'a\nb
"\0\a\b\t\n\v\f\r\e\ \"\'\\\N\_\L\P" => "\0\u{7}\u{8}\t\n\u{b}\u{c}\r\u{1b} \"\'\\\u{85}\u{a0}␞␟
"\x41\u00e9\U0001F600" => "Aé😀
"a \↵  b\↵↵ c" => "a b\nc
|↵ a↵  b↵↵ c↵↵ => |a\n b\n\nc\n
|-↵ a↵↵ => |a
|+↵ a↵↵ => |a\n\n
|2-↵   a => | a
|-1↵  a => | a
a: |1↵  b => { =a | b }
>↵ a↵ b↵↵ c↵  d↵ e↵ => >a b\nc\n d\ne\n
| # c↵ a => |a
|↵↵  a↵ => |\na\n
|↵ => |
"#;

#[test]
fn errors_stand_where_they_are() {
    check(ERRORS, word);
}

const ERRORS: &str = r#"
a: b: c => ! mapping values are not allowed in this context at «:»
a: - b => ! block sequence entries are not allowed in this context at «-»
a: ? b => ! mapping keys are not allowed in this context at «?»
a: b↵foo↵ => ! could not find expected ':' at «foo»
a: b↵foo↵c: d => ! could not find expected ':' at «foo»
a: 'x' 'yy' => ! did not find expected key at «'yy'»
a:↵  - b↵ c: d => ! did not find expected key at «c»
- a↵b: c => ! did not find expected '-' indicator at «b»
⇥a: b => ! found character that cannot start any token at «⇥»
a: @b => ! found character that cannot start any token at «@»
a: b↵⇥c => ! found a tab character that violates indentation at «⇥»
a: |↵⇥c => ! found a tab character where an indentation space is expected at «⇥»
a: |0 => ! found an indentation indicator equal to 0 at «0»
a: | x => ! did not find expected comment or line break at «x»
a: 'b => ! found unexpected end of stream: the quote is never closed at «'»
a: "b↵---↵" => ! found unexpected document indicator at «---»
a: "\/" => ! found unknown escape character at «\/»
a: "\x4g" => ! did not find expected hexadecimal number at «\x4»
a: "\ud800" => ! found invalid Unicode character escape code at «\ud800»
[a, b => ! did not find expected ',' or ']' at «[»
{a: b] => ! did not find expected ',' or '}' at «]»
[a, , b] => ! did not find expected node content at «,»
a: & => ! did not find expected alphabetic or numeric character at «&»
a: *b$ => ! did not find expected alphabetic or numeric character at «$»
a: !h!b c => ! found undefined tag handle at «!h!b»
{a: !b} => ! did not find expected whitespace or line break at «}»
a: b␁c => ! control characters are not allowed at «␁»
'a␡ => ! control characters are not allowed at «␡»
%YAML 1.2↵---↵ => ! found incompatible YAML document at «%YAML 1.2»
%FOO↵ => ! found unknown directive name at «%FOO»
%YAML 1.1↵a => ! did not find expected <document start> at «a»
... => ! did not find expected node content at «...»
"#;

#[test]
fn agrees_with_kubernetes_where_others_do_not() {
    check(QUIRKS, word);
    let long = "k".repeat(1024);
    assert_eq!(show(&format!("{long}: v"), word), format!("{{ ={long} =v }}"));
    assert!(show(&format!("{long}k: v"), word).starts_with("! mapping values are not allowed"));
}

const QUIRKS: &str = r#"
[]: v => [f ]
"a" "b" => "a
[a:, b::1] => [f =a: =b::1 ]
[::1] => ! did not find expected node content at «:»
[? , ] => [f {f = = } ]
[?] => ! did not find expected ',' or ']' at «[»
: a => ! did not find expected key at «:»
a: 'b'#c => { =a 'b }
a: b↵%YAML 1.1↵ => { =a =b }
|↵   ↵ a => |
a: b↵...↵{ => { =a =b }
"#;

#[test]
fn values_that_stand_in_the_text_are_borrowed() {
    for text in ["a b", "'a b'", "\"a b\"", "|\n a b\n", ">-\n a b", "|+\n a\n\n", "''", "! "] {
        let event = Parser::new(text, Escapes::Yaml).next_event().unwrap().unwrap();
        assert!(matches!(event.kind, Kind::Scalar { value: Cow::Borrowed(_), .. }), "for {text:?}");
    }
}

#[test]
fn comments_and_the_end_are_kept() {
    let text = "# é\na: | # b\n  # no\nc: d #\n... # behind";
    let mut parser = Parser::new(text, Escapes::Yaml);
    while parser.next_event().unwrap().is_some() {}
    assert_eq!(text.get(parser.end() as usize..), Some(" # behind"));
    let comments: Vec<_> = parser.into_comments().into_iter().map(|at| slice(text, at)).collect();
    assert_eq!(comments, ["# é", "# b", "#"]);
}

/// go-yaml reads ahead by 512 bytes, and minds what it finds there.
#[test]
fn control_characters_close_behind_the_document_are_refused() {
    let text = |gap: usize| format!("a\n...\n{}\u{1}", " ".repeat(gap));
    assert!(show(&text(505), word).starts_with("! control characters"));
    assert_eq!(show(&text(506), word), "=a");
}

#[test]
fn nesting_ends_at_ten_thousand() {
    let flow = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let block = |depth| "- ".repeat(depth) + "a";
    for text in [flow(10_000), block(10_000)] {
        assert!(!show(&text, word).starts_with('!'));
    }
    assert_eq!(show(&flow(10_001), word), "! exceeded max depth of 10000 at «[»");
    assert_eq!(show(&block(10_001), word), "! exceeded max depth of 10000 at «-»");
}

#[test]
fn hostile_texts_take_no_longer_than_others() {
    let million = |part: &str| part.repeat(1_000_000 / part.len());
    for text in [
        million("["),
        million("[\n"),
        format!("[{}", million("{a: [], b, ")),
        million("a: &b !c 'd' "),
        million("? "),
        million("- - - -\n"),
        format!("a: '{}", million("\n ")),
        format!("a: |+{}", million("\n ")),
        format!("a: b{}", million("\n ")),
        format!("\"{}", million("\\\n")),
        format!("[{}]", million("a, ")),
        format!("- {}", million("x:")),
        format!("%TAG !a! {}\n---\n[{}]", million("b"), million("!a!c , ")),
        (0..60_000).fold(String::new(), |text, n| text + &format!("%TAG !{n}! x\n")),
        million("\u{2028}"),
        million("#\n"),
    ] {
        let mut parser = Parser::new(&text, Escapes::Yaml);
        let mut events = 0;
        while let Ok(Some(_)) = parser.next_event() {
            events += 1;
        }
        assert!(events <= 2 * text.len(), "{events} events in {} bytes", text.len());
        assert_eq!(parser.next_event(), Ok(None), "there is nothing behind the end");
    }
}
