//! Facts under each other, each behind its label.

use super::super::style::Styles;
use super::super::table::columns_of;
use super::drawing::Signs;
use crate::report::Look;

/// How wide labels are, with the space behind them.
const LABEL: usize = 16;

/// A page that is being written.
pub(super) struct Page {
    pub(super) styles: Styles,
    pub(super) signs: Signs,
    width: usize,
    /// How far in everything stands.
    indent: usize,
    text: String,
}

impl Page {
    pub(super) fn new(look: Look, signs: Signs) -> Self {
        Self { styles: Styles::new(look.color), signs, width: look.width.max(40), indent: 0, text: String::new() }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    pub(super) fn set_indent(&mut self, indent: usize) {
        self.indent = indent;
    }

    /// How many columns are left for drawings.
    pub(super) fn room(&self) -> usize {
        self.width.saturating_sub(self.indent + 2)
    }

    /// A line as it is.
    pub(super) fn line(&mut self, line: &str) {
        let line = line.trim_end();
        if !line.is_empty() {
            self.text.push_str(&" ".repeat(self.indent));
        }
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A drawing, a bit further in.
    pub(super) fn drawing(&mut self, lines: &[String]) {
        for line in lines {
            self.line(&format!("  {line}"));
        }
    }

    /// A text behind a label, broken at the width; lines after the first stand below the text.
    pub(super) fn fact(&mut self, label: &str, text: &str) {
        self.told(label, Styles::strong, text);
    }

    /// The same where something is wrong.
    pub(super) fn fault(&mut self, label: &str, text: &str) {
        self.told(label, Styles::bad, text);
    }

    fn told(&mut self, label: &str, style: fn(Styles, &str) -> String, text: &str) {
        let room = self.width.saturating_sub(self.indent + LABEL);
        for (position, line) in broken(text, room).iter().enumerate() {
            self.styled(if position == 0 { label } else { "" }, style, line);
        }
    }

    /// A line behind a label, as it is.
    pub(super) fn row(&mut self, label: &str, row: &str) {
        self.styled(label, Styles::strong, row);
    }

    fn styled(&mut self, label: &str, style: fn(Styles, &str) -> String, row: &str) {
        // What colors a label is no part of its width.
        let space = " ".repeat(LABEL.saturating_sub(columns_of(label)));
        let label = if label.is_empty() { String::new() } else { style(self.styles, label) };
        self.line(&format!("{label}{space}{row}"));
    }

    /// Whether a line of so many columns fits behind a label.
    pub(super) fn fits(&self, columns: usize) -> bool {
        self.indent + LABEL + columns <= self.width
    }

    /// A text of its own, broken at the width.
    pub(super) fn text(&mut self, text: &str) {
        for line in broken(text, self.width.saturating_sub(self.indent + 2)) {
            self.line(&format!("  {line}"));
        }
    }
}

/// A text in lines of at most so many columns, broken between words.
fn broken(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let is_full = |line: &String| !line.is_empty() && shown(line) + 1 + shown(word) > width;
        match lines.last_mut().filter(|line| !is_full(line)) {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// How many columns a text takes that may be colored: what colors it is not seen.
fn shown(text: &str) -> usize {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().map_or(0, columns_of);
    first + parts.map(|part| columns_of(part.split_once('m').map_or("", |(_, rest)| rest))).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_broken_between_words() {
        assert_eq!(broken("one two three", 7), ["one two", "three"]);
        assert_eq!(broken("elephant", 3), ["elephant"]);
        assert_eq!(broken("", 3), [""]);
        assert_eq!(broken("\u{1b}[1mone\u{1b}[0m two three", 7), ["\u{1b}[1mone\u{1b}[0m two", "three"]);
    }
}
