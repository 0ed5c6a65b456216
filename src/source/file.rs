//! One file of a run, and how its text is kept.

use std::sync::Arc;

use lz4_flex::block;

use super::Text;

/// One file of a run.
#[derive(Debug)]
pub struct SourceFile {
    path: String,
    kept: Kept,
}

/// How the text of a file is kept.
#[derive(Debug)]
enum Kept {
    /// Not at all.
    Not,
    /// As it is.
    Open(Arc<Text>),
    /// Compressed.
    Packed { bytes: Box<[u8]>, length: usize },
}

/// Longer texts are never packed: to unpack one takes more memory than was saved.
const LONGEST_PACKED: usize = 1 << 20;

impl SourceFile {
    /// A file by its path as it is shown, with its bytes where something points into them.
    pub fn new(path: String, bytes: Option<Vec<u8>>) -> Self {
        Self { path, kept: bytes.map_or(Kept::Not, |bytes| Kept::Open(Arc::new(Text::new(bytes)))) }
    }

    /// The same for a file that is one of very many: its text is compressed until somebody looks at it.
    pub fn packed(path: String, bytes: Vec<u8>) -> Self {
        if bytes.len() > LONGEST_PACKED {
            return Self::new(path, Some(bytes));
        }
        let packed = block::compress(&bytes).into_boxed_slice();
        Self { path, kept: Kept::Packed { bytes: packed, length: bytes.len() } }
    }

    /// The path as it is shown.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether its text is there at once.
    pub(super) fn is_open(&self) -> bool {
        !matches!(self.kept, Kept::Packed { .. })
    }

    /// The file's text, empty where nothing points into the file.
    pub(super) fn text(&self) -> Arc<Text> {
        match &self.kept {
            Kept::Not => Arc::default(),
            Kept::Open(text) => Arc::clone(text),
            // What was packed here can be unpacked.
            Kept::Packed { bytes, length } => {
                Arc::new(Text::new(block::decompress(bytes, *length).unwrap_or_default()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_text_is_the_same() {
        let long = "kind: Role\n".repeat(LONGEST_PACKED / 10);
        for text in ["", "a", "é\u{0}\r\n", &"kind: Role\n".repeat(999), &long] {
            let packed = SourceFile::packed("a.yaml".to_owned(), text.as_bytes().to_vec());
            assert_eq!(packed.text().bytes(), text.as_bytes());
            assert_eq!(packed.is_open(), text.len() > LONGEST_PACKED);
        }
    }
}
