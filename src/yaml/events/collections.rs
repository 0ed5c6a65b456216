//! Reads the entries and the ends of collections.

use super::grammar::{Parser, State, Step};
use super::nodes::{Place, Properties};
use super::tokens::TokenKind;
use super::{Event, Extent, Fault, Kind, fault};

/// Block collections.
impl<'t> Parser<'t> {
    pub(super) fn sequence_entry(&mut self) -> Step<'t> {
        match self.peek()? {
            TokenKind::BlockEntry => self.take(),
            TokenKind::BlockEnd => return Ok(self.end_block(Kind::SequenceEnd)),
            _ => return Err(self.unexpected("did not find expected '-' indicator")),
        };
        match self.peek()? {
            TokenKind::BlockEntry | TokenKind::BlockEnd => Ok(self.omitted(State::SequenceEntry)),
            _ => self.node_then(Place::Block, State::SequenceEntry),
        }
    }

    pub(super) fn indentless_entry(&mut self) -> Step<'t> {
        if self.peek()? != TokenKind::BlockEntry {
            self.leave();
            return Ok(Self::event(Kind::SequenceEnd, self.here(), Properties::default()));
        }
        self.take();
        match self.peek()? {
            TokenKind::BlockEntry | TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd => {
                Ok(self.omitted(State::IndentlessEntry))
            }
            _ => self.node_then(Place::Block, State::IndentlessEntry),
        }
    }

    pub(super) fn mapping_key(&mut self) -> Step<'t> {
        match self.peek()? {
            TokenKind::Key => self.take(),
            TokenKind::BlockEnd => return Ok(self.end_block(Kind::MappingEnd)),
            _ => return Err(self.unexpected("did not find expected key")),
        };
        self.key_or_value_then(State::MappingValue)
    }

    pub(super) fn mapping_value(&mut self) -> Step<'t> {
        if self.peek()? != TokenKind::Value {
            return Ok(self.omitted(State::MappingKey));
        }
        self.take();
        self.key_or_value_then(State::MappingKey)
    }

    fn key_or_value_then(&mut self, next: State) -> Step<'t> {
        match self.peek()? {
            TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd => Ok(self.omitted(next)),
            _ => self.node_then(Place::KeyOrValue, next),
        }
    }

    fn end_block(&mut self, kind: Kind<'t>) -> Event<'t> {
        let extent = self.here();
        self.scanner.take();
        self.leave();
        Self::event(kind, extent, Properties::default())
    }
}

/// Flow collections.
impl<'t> Parser<'t> {
    pub(super) fn open_bracket(&mut self) -> Extent {
        let extent = self.take().extent;
        self.brackets.push(extent);
        extent
    }

    fn close_bracket(&mut self, kind: Kind<'t>) -> Event<'t> {
        self.brackets.pop();
        self.leave();
        let extent = self.take().extent;
        Self::event(kind, extent, Properties::default())
    }

    /// Reads the comma before all entries but the first.
    fn comma(&mut self, otherwise: &'static str) -> Result<(), Fault> {
        match self.peek()? {
            TokenKind::FlowEntry => {
                self.take();
                Ok(())
            }
            TokenKind::StreamEnd => {
                // The place that helps is not the end of the text but the bracket that is never closed.
                Err(self.brackets.last().map_or_else(|| self.unexpected(otherwise), |at| fault(otherwise, *at)))
            }
            _ => Err(self.unexpected(otherwise)),
        }
    }

    pub(super) fn flow_sequence_entry(&mut self, first: bool) -> Step<'t> {
        if !first && self.peek()? != TokenKind::FlowSequenceEnd {
            self.comma("did not find expected ',' or ']'")?;
        }
        match self.peek()? {
            TokenKind::FlowSequenceEnd => Ok(self.close_bracket(Kind::SequenceEnd)),
            TokenKind::Key => {
                let start = self.take().extent.start;
                self.state = State::PairKey;
                let extent = Extent { start, end: start };
                Ok(Self::event(Kind::MappingStart { flow: true }, extent, Properties::default()))
            }
            _ => self.node_then(Place::Flow, State::FlowSequenceNext),
        }
    }

    pub(super) fn pair_key(&mut self) -> Step<'t> {
        match self.peek()? {
            TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowSequenceEnd => {
                let event = self.omitted(State::PairValue);
                // Kubernetes loses the token behind an omitted key: `[? , ]` has one pair, `[?]` is never closed.
                self.take();
                Ok(event)
            }
            _ => self.node_then(Place::Flow, State::PairValue),
        }
    }

    pub(super) fn flow_mapping_key(&mut self, first: bool) -> Step<'t> {
        if !first && self.peek()? != TokenKind::FlowMappingEnd {
            self.comma("did not find expected ',' or '}'")?;
        }
        match self.peek()? {
            TokenKind::FlowMappingEnd => Ok(self.close_bracket(Kind::MappingEnd)),
            TokenKind::Key => {
                self.take();
                match self.peek()? {
                    TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowMappingEnd => {
                        Ok(self.omitted(State::FlowMappingValue))
                    }
                    _ => self.node_then(Place::Flow, State::FlowMappingValue),
                }
            }
            _ => self.node_then(Place::Flow, State::FlowMappingNoValue),
        }
    }

    /// Reads the value after a key, which may be left out with or without its `:`.
    pub(super) fn flow_value(&mut self, next: State, closing: TokenKind) -> Step<'t> {
        if self.peek()? == TokenKind::Value {
            self.take();
            let follows = self.peek()?;
            if follows != TokenKind::FlowEntry && follows != closing {
                return self.node_then(Place::Flow, next);
            }
        }
        Ok(self.omitted(next))
    }
}
