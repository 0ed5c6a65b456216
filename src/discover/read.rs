//! Reads the bytes of an input.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::{Input, Place, shown};
use crate::diagnostic::{Failure, FailureKind};

/// Why an input has no bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Lower case, without a final period.
    pub reason: String,
}

/// No longer file is read: offsets are 32 bits wide, and a text of this length is no manifest.
pub(super) const MAX_BYTES: u64 = 1 << 30;

impl Input {
    /// Reads all of the input. Standard input can be read once.
    #[expect(clippy::disallowed_methods, reason = "this is the module that touches the outside")]
    pub fn read(&self) -> Result<Vec<u8>, Unreadable> {
        let bytes = match &self.place {
            Place::Stdin => read_to_limit(io::stdin().lock(), 0),
            Place::Held(_, bytes) => return Ok(bytes.to_vec()),
            Place::Closed(_, reason) => return Err(Unreadable { reason: reason.clone() }),
            Place::File(path) => File::open(path).and_then(|file| {
                let size = file.metadata().map_or(0, |metadata| metadata.len());
                read_to_limit(file, size)
            }),
        };
        bytes.map_err(|error| Unreadable { reason: plain(&error) })
    }
}

/// Reads a file that was named.
#[expect(clippy::disallowed_methods, reason = "this is the module that touches the outside")]
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| {
        Failure::new(FailureKind::Input, format!("`{}` cannot be read: {}", shown(path), plain(&error)))
    })
}

fn read_to_limit(reader: impl Read, size: u64) -> io::Result<Vec<u8>> {
    let too_large = || io::Error::other(format!("it has more than {} MiB", MAX_BYTES >> 20));
    if size > MAX_BYTES {
        return Err(too_large());
    }
    // One byte more than expected: the end of the file is seen without growing the buffer.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    reader.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES { Err(too_large()) } else { Ok(bytes) }
}

/// The system's words without the error number.
pub(crate) fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}
