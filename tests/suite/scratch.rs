//! Inputs for tests that use the library: what lies under a path, and texts in files of their own.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;
use std::process::Command;

use flate2::read::GzDecoder;
use rolecall::catalog::Version;
use rolecall::discover::{Inputs, Request, discover};
use rolecall::manifest::{COMPANIONS, Options};
use rolecall::query::{self, Access, Assumptions};
use tempfile::TempDir;

/// All that the tool would read under a path.
pub(crate) fn files_under(path: &Path) -> Inputs {
    let paths = vec![path.to_str().unwrap().to_owned()];
    discover(&Request { paths, companions: COMPANIONS, ..Request::default() }).unwrap()
}

/// One file with this name and these bytes, in a directory that lives as long as the result.
pub(crate) fn file(name: &str, bytes: &[u8]) -> (TempDir, Inputs) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join(name);
    fs::write(&path, bytes).unwrap();
    let inputs = files_under(&path);
    (directory, inputs)
}

/// The lines of one of the files of conformance data, unpacked.
pub(crate) fn conformance(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/conformance").join(name);
    let mut text = String::new();
    GzDecoder::new(File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    text
}

/// What one run of the tool came to.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) error: String,
}

/// Runs the tool in a directory.
pub(crate) fn run(directory: &Path, args: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolecall"));
    let output = command.args(args).current_dir(directory).output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        error: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What one file of these bytes says about access.
pub(crate) fn access(name: &str, bytes: &[u8]) -> Access {
    let (_directory, inputs) = file(name, bytes);
    let assumptions = Assumptions { version: Version::NEWEST, default_policy: true };
    query::load(&inputs, &Options { keep_texts: true, ..Options::default() }, assumptions).unwrap()
}
