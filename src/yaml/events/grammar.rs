//! Turns tokens into events.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::nodes::{Place, Properties};
use super::scanner::Scanner;
use super::tokens::{Token, TokenKind};
use super::{Escapes, Event, Extent, Fault, Kind, Style, SyntaxError, fault};

/// Longer prefixes of tags are cut: no tag that means anything is so long, and a short text could otherwise have
/// tags without measure, by naming one long prefix again and again.
const MAX_PREFIX: usize = 256;

/// What is to be read next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// The directives and the `---`, if there are any.
    Start,
    /// The root after a `---`.
    Root,
    /// The root where there is no `---`.
    ImplicitRoot,
    /// What ends the document.
    End,
    /// Nothing any more.
    Ended,
    SequenceEntry,
    /// An entry of a sequence that is not indented more than its key.
    IndentlessEntry,
    MappingKey,
    MappingValue,
    FlowSequenceFirst,
    FlowSequenceNext,
    /// Within `[a: b]`.
    PairKey,
    PairValue,
    PairEnd,
    FlowMappingFirst,
    FlowMappingNext,
    FlowMappingValue,
    /// The value of a key without `?` and `:`, as in `{a}`.
    FlowMappingNoValue,
}

/// One event, unless the text is wrong.
pub(super) type Step<'t> = Result<Event<'t>, Fault>;

/// Gives the events of the first document of a text one by one.
#[derive(Debug)]
pub struct Parser<'t> {
    pub(super) scanner: Scanner<'t>,
    pub(super) state: State,
    /// What is to be read after the node that is being read, innermost last.
    pub(super) outer: Vec<State>,
    /// The brackets and braces that are open.
    pub(super) brackets: Vec<Extent>,
    /// What the handles of tags stand for that have a `%TAG` directive.
    pub(super) prefixes: BTreeMap<&'t str, Cow<'t, str>>,
    /// The end of the last token that was taken.
    pub(super) last_end: u32,
    end: u32,
}

impl<'t> Parser<'t> {
    /// Prepares to read a text of less than 4 GiB. A byte order mark at its start is passed over.
    pub fn new(text: &'t str, escapes: Escapes) -> Self {
        Self {
            scanner: Scanner::new(text, escapes),
            state: State::Start,
            outer: Vec::with_capacity(16),
            brackets: Vec::new(),
            prefixes: BTreeMap::new(),
            last_end: 0,
            end: 0,
        }
    }

    /// The next event of the first document of the text; none when the document has ended or there is none, and
    /// after an error.
    pub fn next_event(&mut self) -> Result<Option<Event<'t>>, SyntaxError> {
        self.step().map_err(|fault| {
            self.state = State::Ended;
            let error = SyntaxError::from(fault);
            match self.brackets.last() {
                // At the end of the text there is nothing to point at but what was never closed.
                Some(bracket) if error.at.is_empty() => SyntaxError { at: *bracket, ..error },
                _ => SyntaxError { open: self.open_bracket_before(error.at), ..error },
            }
        })
    }

    /// The innermost bracket that is open, where it stands on an earlier line.
    fn open_bracket_before(&self, at: Extent) -> Option<Extent> {
        let bracket = self.brackets.last()?;
        let between = self.scanner.reader.text().get(bracket.end as usize..at.start as usize)?;
        between.contains('\n').then_some(*bracket)
    }

    /// The comments so far, in order, from the `#` to the end of the line.
    pub fn into_comments(self) -> Vec<Extent> {
        self.scanner.comments
    }

    /// Where the document has ended, once there are no more events: behind a `...`, before anything else that is no
    /// part of the document, or at the end of the text.
    pub fn end(&self) -> u32 {
        self.end
    }

    fn step(&mut self) -> Result<Option<Event<'t>>, Fault> {
        if self.state == State::Start {
            self.start()?;
        }
        let event = match self.state {
            State::Start | State::Ended => return Ok(None),
            State::End => {
                self.finish()?;
                return Ok(None);
            }
            State::Root => self.root(),
            State::ImplicitRoot => self.node(Place::Block),
            State::SequenceEntry => self.sequence_entry(),
            State::IndentlessEntry => self.indentless_entry(),
            State::MappingKey => self.mapping_key(),
            State::MappingValue => self.mapping_value(),
            State::FlowSequenceFirst => self.flow_sequence_entry(true),
            State::FlowSequenceNext => self.flow_sequence_entry(false),
            State::PairKey => self.pair_key(),
            State::PairValue => self.flow_value(State::PairEnd, TokenKind::FlowSequenceEnd),
            State::PairEnd => Ok(self.end_collection(Kind::MappingEnd, State::FlowSequenceNext)),
            State::FlowMappingFirst => self.flow_mapping_key(true),
            State::FlowMappingNext => self.flow_mapping_key(false),
            State::FlowMappingValue => self.flow_value(State::FlowMappingNext, TokenKind::FlowMappingEnd),
            State::FlowMappingNoValue => Ok(self.omitted(State::FlowMappingNext)),
        };
        event.map(Some)
    }

    pub(super) fn peek(&mut self) -> Result<TokenKind, Fault> {
        self.scanner.peek()
    }

    pub(super) fn take(&mut self) -> Token<'t> {
        let token = self.scanner.take();
        self.last_end = token.extent.end;
        token
    }

    /// Goes back to what is around the node that has been read.
    pub(super) fn leave(&mut self) {
        self.state = self.outer.pop().unwrap_or(State::Ended);
    }

    /// Reads a node, and `next` after it.
    pub(super) fn node_then(&mut self, place: Place, next: State) -> Step<'t> {
        self.outer.push(next);
        self.node(place)
    }

    /// The place right behind the last token.
    pub(super) fn here(&self) -> Extent {
        Extent { start: self.last_end, end: self.last_end }
    }

    pub(super) fn event(kind: Kind<'t>, extent: Extent, properties: Properties<'t>) -> Event<'t> {
        Event { kind, extent, anchor: properties.anchor, tag: properties.tag }
    }

    /// A scalar that is not written.
    pub(super) fn omitted(&mut self, next: State) -> Event<'t> {
        self.state = next;
        self.empty_scalar(Properties::default())
    }

    pub(super) fn empty_scalar(&self, properties: Properties<'t>) -> Event<'t> {
        let kind = Kind::Scalar { value: Cow::Borrowed(""), style: Style::Plain };
        Self::event(kind, self.here(), properties)
    }

    /// The end of a collection without a closing bracket.
    pub(super) fn end_collection(&mut self, kind: Kind<'t>, next: State) -> Event<'t> {
        self.state = next;
        Self::event(kind, self.here(), Properties::default())
    }

    /// The complaint about the next token.
    pub(super) fn unexpected(&self, message: &'static str) -> Fault {
        let at = self.scanner.peek_extent();
        let start = usize::try_from(at.start).unwrap_or(usize::MAX);
        let at = if at.is_empty() { self.scanner.reader.char_extent(start) } else { at };
        fault(message, at)
    }
}

/// Documents.
impl<'t> Parser<'t> {
    fn start(&mut self) -> Result<(), Fault> {
        let first = self.peek()?;
        let mut version_seen = false;
        loop {
            match self.peek()? {
                TokenKind::VersionDirective { .. } if version_seen => {
                    return Err(self.unexpected("found duplicate %YAML directive"));
                }
                TokenKind::VersionDirective { supported: false } => {
                    return Err(self.unexpected("found incompatible YAML document"));
                }
                TokenKind::VersionDirective { .. } => {
                    version_seen = true;
                    self.take();
                }
                TokenKind::TagDirective => self.tag_directive()?,
                _ => break,
            }
        }
        let has_directives = matches!(first, TokenKind::VersionDirective { .. } | TokenKind::TagDirective);
        match self.peek()? {
            TokenKind::DocumentStart => {
                self.take();
                self.outer.push(State::End);
                self.state = State::Root;
            }
            _ if has_directives => {
                return Err(self.unexpected("did not find expected <document start>"));
            }
            TokenKind::StreamEnd => {
                self.end = self.scanner.peek_extent().start;
                self.state = State::Ended;
            }
            _ => {
                self.outer.push(State::End);
                self.state = State::ImplicitRoot;
            }
        }
        Ok(())
    }

    fn tag_directive(&mut self) -> Result<(), Fault> {
        let token = self.take();
        let length = token.text.floor_char_boundary(MAX_PREFIX);
        let prefix = match token.text {
            Cow::Borrowed(prefix) => Cow::Borrowed(prefix.get(..length).unwrap_or(prefix)),
            Cow::Owned(mut prefix) => {
                prefix.truncate(length);
                Cow::Owned(prefix)
            }
        };
        if self.prefixes.insert(token.handle, prefix).is_some() {
            return Err(fault("found duplicate %TAG directive", token.extent));
        }
        Ok(())
    }

    /// Reads the node after `---`.
    fn root(&mut self) -> Step<'t> {
        match self.peek()? {
            TokenKind::VersionDirective { .. }
            | TokenKind::TagDirective
            | TokenKind::DocumentStart
            | TokenKind::DocumentEnd
            | TokenKind::StreamEnd => {
                self.leave();
                Ok(self.empty_scalar(Properties::default()))
            }
            _ => self.node(Place::Block),
        }
    }

    /// Ends the document. Kubernetes ignores what follows, whatever it is: `"a" "b"` and `[]: v` are `"a"` and `[]`.
    fn finish(&mut self) -> Result<(), Fault> {
        let follows = self.peek()?;
        if let Some(fault) = self.scanner.reader.forbidden_ahead() {
            return Err(fault);
        }
        self.end = match follows {
            TokenKind::DocumentEnd => self.take().extent.end,
            _ => self.scanner.peek_extent().start,
        };
        self.state = State::Ended;
        Ok(())
    }
}
