//! Reads nodes: scalars, aliases and the beginnings of collections, with their anchors and tags.

use std::borrow::Cow;

use super::grammar::{Parser, State, Step};
use super::tokens::TokenKind;
use super::{Extent, Fault, Kind, fault};

/// Which nodes may stand at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// No block collections.
    Flow,
    Block,
    /// Also a sequence that is not indented more than its key.
    KeyOrValue,
}

/// The anchor and the tag before a node.
#[derive(Default)]
pub(super) struct Properties<'t> {
    pub(super) anchor: Option<Extent>,
    pub(super) tag: Option<Cow<'t, str>>,
}

impl<'t> Parser<'t> {
    /// Reads a scalar, an alias, or the beginning of a collection.
    pub(super) fn node(&mut self, place: Place) -> Step<'t> {
        let properties = match self.peek()? {
            TokenKind::Alias => {
                self.leave();
                let extent = self.take().extent;
                return Ok(Self::event(Kind::Alias, extent, Properties::default()));
            }
            TokenKind::Anchor | TokenKind::Tag => self.properties()?,
            _ => Properties::default(),
        };
        let in_block = place != Place::Flow;
        let (kind, extent) = match self.peek()? {
            TokenKind::Scalar(style) => {
                self.leave();
                let token = self.take();
                (Kind::Scalar { value: token.text, style }, token.extent)
            }
            TokenKind::BlockMappingStart if in_block => {
                self.state = State::MappingKey;
                (Kind::MappingStart { flow: false }, self.take().extent)
            }
            TokenKind::BlockSequenceStart if in_block => {
                self.state = State::SequenceEntry;
                (Kind::SequenceStart { flow: false }, self.take().extent)
            }
            TokenKind::BlockEntry if place == Place::KeyOrValue => {
                self.state = State::IndentlessEntry;
                let start = self.scanner.peek_extent().start;
                (Kind::SequenceStart { flow: false }, Extent { start, end: start })
            }
            TokenKind::FlowSequenceStart => {
                self.state = State::FlowSequenceFirst;
                (Kind::SequenceStart { flow: true }, self.open_bracket())
            }
            TokenKind::FlowMappingStart => {
                self.state = State::FlowMappingFirst;
                (Kind::MappingStart { flow: true }, self.open_bracket())
            }
            _ if properties.anchor.is_some() || properties.tag.is_some() => {
                self.leave();
                return Ok(self.empty_scalar(properties));
            }
            _ => return Err(self.unexpected("did not find expected node content")),
        };
        Ok(Self::event(kind, extent, properties))
    }

    /// Reads an anchor and a tag in any order.
    fn properties(&mut self) -> Result<Properties<'t>, Fault> {
        let mut properties = Properties::default();
        loop {
            match self.peek()? {
                TokenKind::Anchor if properties.anchor.is_none() => {
                    let Extent { start, end } = self.take().extent;
                    properties.anchor = Some(Extent { start: start + 1, end });
                }
                TokenKind::Tag if properties.tag.is_none() => properties.tag = Some(self.tag()?),
                _ => return Ok(properties),
            }
        }
    }

    fn tag(&mut self) -> Result<Cow<'t, str>, Fault> {
        let token = self.take();
        if token.handle.is_empty() {
            return Ok(token.text);
        }
        let prefix = match (self.prefixes.get(token.handle), token.handle) {
            (Some(prefix), _) => prefix,
            (None, "!") => "!",
            (None, "!!") => "tag:yaml.org,2002:",
            _ => return Err(fault("found undefined tag handle", token.extent)),
        };
        Ok(match token.text {
            // `!suffix` stands in the text as it is.
            Cow::Borrowed(_) if token.handle == "!" && prefix == "!" => {
                Cow::Borrowed(self.scanner.reader.slice_of(token.extent))
            }
            suffix => Cow::Owned(format!("{prefix}{suffix}")),
        })
    }
}
