//! Builds a tree from events, and refuses what Kubernetes' conversion to JSON refuses.

use std::borrow::Cow;
use std::collections::HashMap;

use super::aliasing;
use super::duplicates::duplicate_keys;
use super::{Form, Kind, Node, NodeRef, Origin, Tree};
use crate::yaml::events::{self, Escapes, Event, Extent, Parser, Style};
use crate::yaml::scalar::{self, Scalar};
use crate::yaml::{SyntaxError, excerpt};

/// More nodes than this are in no manifest that an API server could store; they would only eat memory.
const MAX_NODES: usize = 1 << 25;

pub(super) fn parse(text: &str, origin: Origin, escapes: Escapes) -> Result<Tree<'_>, SyntaxError> {
    let mut parser = Parser::new(text, escapes);
    let mut builder = Builder::new(text, origin);
    builder.read(&mut parser).map_err(|error| SyntaxError {
        span: builder.tree.span_of(error.at),
        message: error.message,
        open: error.open.map(|open| builder.tree.span_of(open)),
    })?;
    let mut tree = builder.tree;
    tree.end = parser.end();
    tree.comments = parser.into_comments();
    Ok(tree)
}

type Outcome = Result<(), events::SyntaxError>;

struct Builder<'t> {
    tree: Tree<'t>,
    open: Vec<Open>,
    anchors: HashMap<&'t str, u32>,
    has_aliases: bool,
}

/// A collection whose end has not been read.
#[derive(Clone, Copy)]
struct Open {
    index: u32,
    mapping: bool,
    /// In a mapping, whether the next child is a key.
    expects_key: bool,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, origin: Origin) -> Self {
        // Manifests have about one node for every 20 bytes.
        let nodes = Vec::with_capacity(text.len() / 20);
        let tree =
            Tree { text, origin, nodes, owned: Vec::new(), comments: Vec::new(), duplicates: Vec::new(), end: 0 };
        Self { tree, open: Vec::new(), anchors: HashMap::new(), has_aliases: false }
    }

    fn read(&mut self, parser: &mut Parser<'t>) -> Outcome {
        while let Some(event) = parser.next_event()? {
            self.take(event)?;
        }
        if self.has_aliases {
            aliasing::check(&self.tree).map_err(|(index, message)| self.error_at(index, message))?;
        }
        Ok(())
    }

    fn take(&mut self, event: Event<'t>) -> Outcome {
        let Event { kind, extent, anchor, tag } = event;
        match kind {
            events::Kind::Scalar { value, style } => {
                let index = self.scalar(value, style, extent, tag.as_deref())?;
                self.finish(index, anchor)
            }
            events::Kind::Alias => {
                let index = self.alias(extent)?;
                self.finish(index, None)
            }
            events::Kind::SequenceStart { .. } => self.begin(Kind::Sequence, extent, anchor),
            events::Kind::MappingStart { .. } => self.begin(Kind::Mapping, extent, anchor),
            events::Kind::SequenceEnd | events::Kind::MappingEnd => self.end(extent),
        }
    }

    fn push(&mut self, extent: Extent, kind: Kind, form: Form, payload: u32) -> Result<u32, events::SyntaxError> {
        let index = self.tree.nodes.len();
        if index >= MAX_NODES {
            return Err(error(extent, format!("the document has more than {MAX_NODES} values")));
        }
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        self.tree.nodes.push(Node { start: extent.start, end: extent.end, next: index + 1, payload, kind, form });
        Ok(index)
    }

    fn name_anchor(&mut self, anchor: Option<Extent>, index: u32) {
        if let Some(name) = anchor.and_then(|extent| slice(self.tree.text, extent)) {
            self.anchors.insert(name, index);
        }
    }

    fn scalar(
        &mut self,
        value: Cow<'t, str>,
        style: Style,
        extent: Extent,
        tag: Option<&str>,
    ) -> Result<u32, events::SyntaxError> {
        let plain = style == Style::Plain;
        let merges = value == "<<" && (plain && tag.is_none() || matches!(tag, Some("!" | scalar::MERGE)));
        let meaning = match tag {
            None if plain => Ok(scalar::resolve(&value)),
            None => Ok(Scalar::Str),
            Some(tag) => scalar::resolve_tagged(&value, tag),
        };
        let meaning = meaning.map_err(|message| error(extent, message))?;
        let value = if tag == Some(scalar::BINARY) { Cow::Owned(decode_base64(&value, extent)?) } else { value };
        let quoted = matches!(style, Style::SingleQuoted | Style::DoubleQuoted);
        let (form, payload) = match value {
            // Where the last thing between the quotes is an escaped one, less stands in the text than between them.
            Cow::Borrowed(text) if quoted && text.len() + 2 == (extent.end - extent.start) as usize => {
                (Form::Quoted, 0)
            }
            Cow::Borrowed(_) if merges => (Form::Merge, 0),
            Cow::Borrowed(_) if plain => (Form::Whole, 0),
            value => {
                self.tree.owned.push(value.into());
                (Form::Owned, u32::try_from(self.tree.owned.len() - 1).unwrap_or(u32::MAX))
            }
        };
        let kind = match meaning {
            Scalar::Null => Kind::Null,
            Scalar::Bool(_) => Kind::Bool,
            Scalar::Int(_) => Kind::Int,
            Scalar::Uint(_) => Kind::Uint,
            Scalar::Float(value) => {
                self.refuse_unrepresentable(value, extent)?;
                Kind::Float
            }
            Scalar::Str => Kind::Str,
        };
        self.push(extent, kind, form, payload)
    }

    /// JSON knows neither infinity nor "not a number"; as the name of a key they are words like any other.
    fn refuse_unrepresentable(&self, value: f64, extent: Extent) -> Outcome {
        let is_key = self.open.last().is_some_and(|open| open.expects_key);
        if value.is_finite() || is_key {
            return Ok(());
        }
        Err(error(extent, "infinity and not-a-number have no form in JSON"))
    }

    fn alias(&mut self, extent: Extent) -> Result<u32, events::SyntaxError> {
        self.has_aliases = true;
        let name = slice(self.tree.text, Extent { start: extent.start + 1, end: extent.end }).unwrap_or_default();
        let Some(&target) = self.anchors.get(name) else {
            return Err(error(extent, format!("unknown anchor `{}` referenced", excerpt(name))));
        };
        self.push(extent, Kind::Alias, Form::Whole, target)
    }

    fn begin(&mut self, kind: Kind, extent: Extent, anchor: Option<Extent>) -> Outcome {
        let index = self.push(extent, kind, Form::Whole, 0)?;
        self.name_anchor(anchor, index);
        let mapping = kind == Kind::Mapping;
        self.open.push(Open { index, mapping, expects_key: mapping });
        Ok(())
    }

    fn end(&mut self, extent: Extent) -> Outcome {
        let Some(Open { index, mapping, .. }) = self.open.pop() else { return Ok(()) };
        let next = u32::try_from(self.tree.nodes.len()).unwrap_or(u32::MAX);
        if let Some(node) = self.tree.nodes.get_mut(index as usize) {
            node.end = extent.end;
            node.next = next;
        }
        if mapping {
            self.finish_mapping(index)?;
        }
        self.finish(index, None)
    }

    /// A whole node has been read: its parent gets ready for the next one.
    fn finish(&mut self, index: u32, anchor: Option<Extent>) -> Outcome {
        self.name_anchor(anchor, index);
        let Some(parent) = self.open.last_mut().filter(|parent| parent.mapping) else { return Ok(()) };
        let is_key = parent.expects_key;
        parent.expects_key = !is_key;
        if is_key { self.check_key(index) } else { Ok(()) }
    }

    fn check_key(&self, index: u32) -> Outcome {
        let message = match self.node(index).resolved().node().kind {
            Kind::Null => "a key cannot be null",
            Kind::Uint => "a key cannot be a number beyond 9223372036854775807",
            Kind::Sequence | Kind::Mapping | Kind::IrregularMapping => "a key cannot be a list or a mapping",
            Kind::Bool | Kind::Int | Kind::Float | Kind::Str | Kind::Alias => return Ok(()),
        };
        Err(self.error_at(index, message))
    }

    fn finish_mapping(&mut self, index: u32) -> Outcome {
        let mut merges = false;
        for key in self.node(index).written_entries().map(|entry| entry.key).filter(|key| key.is_merge_key()) {
            merges = true;
            let value = key.at(key.node().next);
            // A list stands here itself; an alias to one is refused.
            let of_mappings = value.node().kind == Kind::Sequence && value.items().all(NodeRef::is_mapping);
            if !of_mappings && !value.is_mapping() {
                return Err(self.error_at(value.index, "`<<` merges a mapping or a list of mappings"));
            }
        }
        let mut duplicates = duplicate_keys(self.node(index));
        if merges || !duplicates.is_empty() {
            if let Some(node) = self.tree.nodes.get_mut(index as usize) {
                node.kind = Kind::IrregularMapping;
            }
            self.tree.duplicates.append(&mut duplicates);
        }
        Ok(())
    }

    fn node(&self, index: u32) -> NodeRef<'_> {
        NodeRef { tree: &self.tree, index }
    }

    fn error_at(&self, index: u32, message: impl Into<Cow<'static, str>>) -> events::SyntaxError {
        let node = self.node(index).node();
        error(Extent { start: node.start, end: node.end }, message)
    }
}

fn error(at: Extent, message: impl Into<Cow<'static, str>>) -> events::SyntaxError {
    events::SyntaxError { message: message.into(), at, open: None }
}

fn slice(text: &str, extent: Extent) -> Option<&str> {
    text.get(extent.start as usize..extent.end as usize)
}

/// `!!binary` text is base64 with padding; what it stands for becomes a JSON string.
fn decode_base64(text: &str, extent: Extent) -> Result<String, events::SyntaxError> {
    base64(text)
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .ok_or_else(|| error(extent, "`!!binary` value contains invalid base64 data"))
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r')).collect();
    if !digits.len().is_multiple_of(4) {
        return None;
    }
    let body = digits.strip_suffix(b"==").or_else(|| digits.strip_suffix(b"=")).unwrap_or(&digits);
    let mut bytes = Vec::with_capacity(body.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0);
    for &digit in body {
        bits = bits << 6 | sextet(digit)?;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xFF).ok()?);
        }
    }
    Some(bytes)
}

fn sextet(digit: u8) -> Option<u32> {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}
