//! Replaces files: all of a file at once, or nothing of it.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

use super::read::plain;

/// Replaces a file that holds some bytes with others. Whoever opens it sees the old bytes or the new ones, and a link
/// goes on to lead to it. Fails, with the reason, where it holds something else by now.
#[expect(clippy::disallowed_methods, reason = "this is the module that touches the outside")]
pub fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<(), String> {
    let replaced = || -> io::Result<()> {
        let path = fs::canonicalize(path)?;
        let permissions = fs::metadata(&path)?.permissions();
        if permissions.readonly() {
            return Err(io::Error::other("it may not be written to"));
        }
        if fs::read(&path)? != old {
            return Err(io::Error::other("it was changed meanwhile"));
        }
        let directory = path.parent().ok_or_else(|| io::Error::other("it is in no directory"))?;
        let mut file = NamedTempFile::with_prefix_in(".rolecall-", directory)?;
        file.write_all(new)?;
        file.as_file().set_permissions(permissions)?;
        file.as_file().sync_all()?;
        file.persist(&path)?;
        Ok(())
    };
    replaced().map_err(|error| plain(&error))
}
