//! Writes files: whole, or not at all.

use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::Builder;

use super::read::plain;
use super::shown;
use crate::diagnostic::{Failure, FailureKind};

/// Puts a text into a file. Whoever reads the file sees what it was before or all of the text, and nothing between: it is
/// written beside the file and takes its place, with the permissions that the file had. Devices and pipes are written to
/// as they are.
pub fn write(path: &Path, text: &[u8]) -> Result<(), Failure> {
    written(path, text).map_err(|error| {
        Failure::new(FailureKind::Output, format!("`{}` cannot be written: {}", shown(path), plain(&error)))
    })
}

/// Replaces a file that holds some bytes with others, as [`write()`] does. Fails, with the reason, where it holds
/// something else by now.
#[expect(clippy::disallowed_methods, reason = "this is the module that touches the outside")]
pub fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<(), String> {
    let checked = fs::read(path).and_then(|now| {
        if now == old { written(path, new) } else { Err(io::Error::other("it was changed meanwhile")) }
    });
    checked.map_err(|error| plain(&error))
}

#[expect(clippy::disallowed_methods, reason = "this is the module that touches the outside")]
fn written(path: &Path, text: &[u8]) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(known) if known.is_dir() => Err(io::Error::other("it is a directory")),
        // A link stays what it is: what it points to is replaced.
        Ok(known) if known.is_file() => replaced(&fs::canonicalize(path)?, Some(&known), text),
        Ok(_) => OpenOptions::new().write(true).open(path)?.write_all(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => replaced(path, None, text),
        Err(error) => Err(error),
    }
}

fn replaced(path: &Path, known: Option<&Metadata>, text: &[u8]) -> io::Result<()> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let directory = directory.map_or_else(|| PathBuf::from("."), Path::to_owned);
    if known.is_some_and(|known| known.permissions().readonly()) {
        return Err(io::Error::other("it is read-only"));
    }
    let mut beside = builder().tempfile_in(directory)?;
    if let Some(known) = known {
        beside.as_file().set_permissions(known.permissions())?;
    }
    beside.write_all(text)?;
    beside.as_file().sync_all()?;
    beside.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// How the file beside is made: hidden, so that nobody takes it for the real one, and with the permissions that every new
/// file gets.
fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(".rolecall-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;

        // The user's mask takes away from these what it takes away from all.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}
