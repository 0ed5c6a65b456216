//! Cuts the text into tokens and finds out which of them start keys.

use super::indentation::MAX_DEPTH;
use super::keys::Level;
use super::queue::Queue;
use super::reader::Reader;
use super::tokens::{Token, TokenKind};
use super::{Escapes, Extent, Fault, fault};

/// Gives the tokens of a text one by one.
#[derive(Debug)]
pub(super) struct Scanner<'t> {
    pub(super) escapes: Escapes,
    pub(super) reader: Reader<'t>,
    pub(super) comments: Vec<Extent>,
    /// Whether a key without `?`, or a `-`, `?` or `:` of a block collection, may stand here.
    pub(super) key_allowed: bool,
    /// The least column of what stands inside the innermost block collection; its entries start one before it.
    pub(super) inner: usize,
    pub(super) outer_inners: Vec<usize>,
    pub(super) level: Level,
    pub(super) outer_levels: Vec<Level>,
    pub(super) queue: Queue<'t>,
    /// The kind of the next token, once it is known.
    peeked: Option<TokenKind>,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str, escapes: Escapes) -> Self {
        Self {
            escapes,
            reader: Reader::new(text),
            comments: Vec::new(),
            key_allowed: true,
            inner: 0,
            outer_inners: Vec::with_capacity(16),
            level: Level::default(),
            outer_levels: Vec::new(),
            queue: Queue::new(),
            peeked: None,
        }
    }

    /// The kind of the next token.
    #[inline]
    pub(super) fn peek(&mut self) -> Result<TokenKind, Fault> {
        match self.peeked {
            Some(kind) => Ok(kind),
            None => self.find_next(),
        }
    }

    fn find_next(&mut self) -> Result<TokenKind, Fault> {
        while self.queue.is_empty() || self.head_may_become_key()? {
            self.fetch()?;
        }
        let kind = self.queue.head_kind();
        self.peeked = Some(kind);
        Ok(kind)
    }

    /// Takes the token that has been peeked at.
    pub(super) fn take(&mut self) -> Token<'t> {
        self.peeked = None;
        let end = self.reader.pos();
        self.queue.take().unwrap_or_else(|| Token::mark(TokenKind::StreamEnd, Extent::new(end, end)))
    }

    /// Where the token stands that has been peeked at.
    pub(super) fn peek_extent(&self) -> Extent {
        let end = self.reader.pos();
        self.queue.head_extent().unwrap_or_else(|| Extent::new(end, end))
    }

    pub(super) fn in_flow(&self) -> bool {
        !self.outer_levels.is_empty()
    }

    pub(super) fn push(&mut self, token: Token<'t>) {
        self.queue.push(token, None);
    }

    /// Takes note of a comment from its `#` to the end of the line, and goes there.
    pub(super) fn skip_comment(&mut self) {
        if self.reader.peek() == b'#' {
            let start = self.reader.pos();
            self.reader.skip_line();
            self.comments.push(Extent::new(start, self.reader.pos()));
        }
    }

    /// Scans at least one more token.
    fn fetch(&mut self) -> Result<(), Fault> {
        self.skip_to_token();
        self.close_blocks(self.reader.column());
        if let Some(error) = self.reader.forbidden_here() {
            return Err(error);
        }
        let fetched = self.fetch_token();
        // Whatever else ended there has been ended by the forbidden character.
        fetched.map_err(|error| self.reader.forbidden_here().unwrap_or(error))
    }

    fn fetch_token(&mut self) -> Result<(), Fault> {
        use TokenKind as T;
        self.reader.look();
        let (byte, in_flow) = (self.reader.peek(), self.in_flow());
        if self.reader.column() == 0 {
            match byte {
                b'%' => return self.directive_token(),
                b'-' if self.reader.at_document_marker() => {
                    return self.document_marker(T::DocumentStart);
                }
                b'.' if self.reader.at_document_marker() => {
                    return self.document_marker(T::DocumentEnd);
                }
                _ => {}
            }
        }
        match byte {
            0 => self.stream_end(),
            b'[' => self.open_flow(T::FlowSequenceStart),
            b'{' => self.open_flow(T::FlowMappingStart),
            b']' => self.close_flow(T::FlowSequenceEnd),
            b'}' => self.close_flow(T::FlowMappingEnd),
            b',' => self.flow_entry(),
            b'-' if self.reader.blank_or_end_at(1) => self.block_entry(),
            b'?' if in_flow || self.reader.blank_or_end_at(1) => self.key(),
            b':' if in_flow || self.reader.blank_or_end_at(1) => self.value(),
            b'*' => self.start_node(|scanner| scanner.anchor(T::Alias)),
            b'&' => self.start_node(|scanner| scanner.anchor(T::Anchor)),
            b'!' => self.start_node(Self::tag),
            b'|' | b'>' if !in_flow => self.block_scalar_token(),
            b'\'' | b'"' => self.start_node(Self::quoted),
            b'\t' | b'|' | b'>' | b'%' | b'@' | b'`' => {
                Err(fault("found character that cannot start any token", self.reader.char_extent(self.reader.pos())))
            }
            _ => self.start_node(Self::plain),
        }
    }

    fn skip_to_token(&mut self) {
        loop {
            if self.in_flow() || !self.key_allowed {
                self.reader.skip_blanks();
            } else {
                self.reader.skip_spaces();
            }
            // Kubernetes takes a `#` right behind a token for a comment, too: `a: "b"#c`.
            self.skip_comment();
            if self.reader.break_len() == 0 {
                return;
            }
            self.reader.advance_break();
            self.key_allowed |= !self.in_flow();
        }
    }

    fn stream_end(&mut self) -> Result<(), Fault> {
        self.reader.force_new_line();
        self.end_line_of_keys()?;
        self.mark(TokenKind::StreamEnd, 0);
        Ok(())
    }

    fn directive_token(&mut self) -> Result<(), Fault> {
        self.end_line_of_keys()?;
        let token = self.directive()?;
        self.push(token);
        Ok(())
    }

    fn document_marker(&mut self, kind: TokenKind) -> Result<(), Fault> {
        self.end_line_of_keys()?;
        self.mark(kind, 3);
        Ok(())
    }

    /// Ends everything that is open in the block context, before what stands outside of documents.
    fn end_line_of_keys(&mut self) -> Result<(), Fault> {
        self.close_all_blocks();
        self.drop_candidate()?;
        self.key_allowed = false;
        Ok(())
    }

    fn open_flow(&mut self, kind: TokenKind) -> Result<(), Fault> {
        let level = self.note_candidate()?;
        let opened = Level { candidate: None, last: self.queue.next_number() };
        self.outer_levels.push(std::mem::replace(&mut self.level, opened));
        if self.outer_levels.len() > MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.key_allowed = true;
        self.push_mark(kind, 1, level);
        Ok(())
    }

    fn close_flow(&mut self, kind: TokenKind) -> Result<(), Fault> {
        self.drop_candidate()?;
        if let Some(outer) = self.outer_levels.pop() {
            // Kubernetes does not wait whether a collection is a key if it had no candidate for a key inside. So
            // the events of `[]` have been given before the `:` of `[]: v` is seen, which then comes out of place.
            self.queue.release(self.level.last);
            self.level = outer;
        }
        self.key_allowed = false;
        self.mark(kind, 1);
        Ok(())
    }

    fn flow_entry(&mut self) -> Result<(), Fault> {
        self.drop_candidate()?;
        self.key_allowed = true;
        self.mark(TokenKind::FlowEntry, 1);
        Ok(())
    }

    fn block_entry(&mut self) -> Result<(), Fault> {
        if !self.in_flow() {
            self.check_key_allowed("block sequence entries are not allowed in this context")?;
            self.open_block_here(TokenKind::BlockSequenceStart)?;
        }
        self.drop_candidate()?;
        self.key_allowed = true;
        self.mark(TokenKind::BlockEntry, 1);
        Ok(())
    }

    fn key(&mut self) -> Result<(), Fault> {
        if !self.in_flow() {
            self.check_key_allowed("mapping keys are not allowed in this context")?;
            self.open_block_here(TokenKind::BlockMappingStart)?;
        }
        self.drop_candidate()?;
        self.key_allowed = !self.in_flow();
        self.mark(TokenKind::Key, 1);
        Ok(())
    }

    fn value(&mut self) -> Result<(), Fault> {
        match self.level.candidate.take() {
            Some(key) if self.is_in_reach(&key) => {
                self.make_key(&key)?;
                self.key_allowed = false;
            }
            Some(key) if key.required => return Err(self.key_without_value(&key)),
            _ => {
                if !self.in_flow() {
                    self.check_key_allowed("mapping values are not allowed in this context")?;
                    self.open_block_here(TokenKind::BlockMappingStart)?;
                }
                self.key_allowed = !self.in_flow();
            }
        }
        self.mark(TokenKind::Value, 1);
        Ok(())
    }

    /// Scans a node, or the anchor or tag before it, which may be a key.
    fn start_node(&mut self, scan: impl FnOnce(&mut Self) -> Result<Token<'t>, Fault>) -> Result<(), Fault> {
        let level = self.note_candidate()?;
        self.key_allowed = false;
        let token = scan(self)?;
        self.queue.push(token, level);
        Ok(())
    }

    fn block_scalar_token(&mut self) -> Result<(), Fault> {
        self.drop_candidate()?;
        self.key_allowed = true;
        let token = self.block_scalar()?;
        self.push(token);
        Ok(())
    }

    pub(super) fn mark(&mut self, kind: TokenKind, length: usize) {
        self.push_mark(kind, length, None);
    }

    fn push_mark(&mut self, kind: TokenKind, length: usize, level: Option<usize>) {
        let start = self.reader.pos();
        self.reader.advance(length);
        self.queue.push(Token::mark(kind, Extent::new(start, start + length)), level);
    }
}
