//! Files as SARIF names them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::log::{ArtifactLocation, Message};
use crate::discover::{Project, Whereabouts};

/// What a reader of the log puts in front of a relative URI.
pub(super) const ROOT: &str = "%SRCROOT%";

/// Everything but what RFC 3986 leaves alone.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The file that has this path as it is shown.
pub(super) fn artifact(project: &Project, shown: &str) -> ArtifactLocation {
    match project.find(shown) {
        Whereabouts::Inside(names) => {
            ArtifactLocation { uri: encoded(&names), uri_base_id: Some(ROOT), description: None }
        }
        Whereabouts::Outside(names) => {
            ArtifactLocation { uri: format!("file:///{}", encoded(&names)), uri_base_id: None, description: None }
        }
        // A result without a file is shown nowhere.
        Whereabouts::Stdin => ArtifactLocation {
            uri: "stdin".to_owned(),
            uri_base_id: None,
            description: Some(Message::new("standard input".to_owned())),
        },
    }
}

fn encoded(names: &[String]) -> String {
    let names: Vec<_> = names.iter().map(|name| utf8_percent_encode(name, ENCODED).to_string()).collect();
    names.join("/")
}

#[cfg(all(test, unix))]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn paths_become_uris() {
        let project = Project::new(PathBuf::from("/repo"), PathBuf::from("/repo/a"));
        let uri = |path| artifact(&project, path).uri;
        assert_eq!(uri("b c.yaml"), "a/b%20c.yaml");
        assert_eq!(uri("../%0A:ü\n#?.yaml"), "%250A%3A%C3%BC%0A%23%3F.yaml");
        assert_eq!(uri("/srv/x y.yaml"), "file:///srv/x%20y.yaml");
        assert_eq!(artifact(&project, "/srv/x").uri_base_id, None);
        assert_eq!(uri("<stdin>"), "stdin");
    }
}
