//! Inputs whose texts are known already: what a program has made or received, and no file holds.

use std::path::{Path, PathBuf};

use super::{Input, Inputs, Place, shown, without_dots};

impl Inputs {
    /// Files with these texts, in this order, as if they lay at these paths. A path that is not absolute is one below the
    /// root.
    pub fn of_texts(texts: impl IntoIterator<Item = (PathBuf, Vec<u8>)>) -> Self {
        let input = |(path, text): (PathBuf, Vec<u8>)| {
            let absolute = without_dots(&Path::new("/").join(&path));
            Input { path: shown(&path), place: Place::Held(Some(absolute), text.into()), companion: false }
        };
        Self { files: texts.into_iter().map(input).collect(), passed_over: Vec::new() }
    }
}
