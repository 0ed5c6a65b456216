//! What the documents of a text were rendered from, as the tools that render write beside them.
//!
//! `helm template` writes the name of the template in a comment at the top of each document, and kustomize the path of a
//! resource in an annotation, where `buildMetadata` asks for `originAnnotations`. A comment farther down, as scripts in
//! block scalars have them, says nothing.

use std::ops::Range;
use std::str;

/// What a document was rendered from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rendered<'t> {
    /// The name of the template, or the path of the resource. It is data.
    pub from: &'t str,
    /// What has rendered it.
    pub by: Renderer,
}

/// A tool that renders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renderer {
    /// `helm template`.
    Helm,
    /// `kubectl kustomize`.
    Kustomize,
}

/// For the documents of one text what they were rendered from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origins {
    /// Where each document begins, and what it says; empty where none says anything.
    documents: Vec<(usize, Option<Origin>)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Origin {
    name: Range<usize>,
    by: Renderer,
}

const MARK: &[u8] = b"---";
const COMMENT: &[u8] = b"# Source: ";
/// In which folders of a chart stands what is rendered.
const FOLDERS: [&str; 2] = ["/templates/", "/crds/"];
/// As kustomize writes it: it indents by two, and sorts what an object has.
const ANNOTATION: &[u8] = b"\n    config.kubernetes.io/origin: |\n      path: ";
/// No longer name is one.
const LONGEST: usize = 1024;

impl Origins {
    /// Looks through a text.
    pub fn new(text: &[u8]) -> Self {
        let marks = memchr::memmem::find_iter(text, b"\n---").map(|at| at + 1);
        let starts: Vec<_> = std::iter::once(0).chain(marks).collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let documents = starts.iter().zip(ends).map(|(&start, end)| {
            let document = text.get(start..end).unwrap_or_default();
            let (name, by) = match commented(document) {
                Some(name) => (name, Renderer::Helm),
                None => (annotated(document)?, Renderer::Kustomize),
            };
            Some(Origin { name: start + name.start..start + name.end, by })
        });
        let documents: Vec<_> = documents.collect();
        let is_any = documents.iter().any(Option::is_some);
        Self { documents: if is_any { starts.into_iter().zip(documents).collect() } else { Vec::new() } }
    }

    /// Whether any document was rendered.
    pub fn is_any(&self) -> bool {
        !self.documents.is_empty()
    }

    /// What the document at an offset was rendered from, in the text that this was made of.
    pub fn at<'t>(&self, text: &'t [u8], offset: usize) -> Option<Rendered<'t>> {
        let index = self.documents.partition_point(|(start, _)| *start <= offset).checked_sub(1)?;
        let (_, origin) = self.documents.get(index)?;
        let origin = origin.as_ref()?;
        let from = str::from_utf8(text.get(origin.name.clone())?).ok()?;
        Some(Rendered { from, by: origin.by })
    }
}

/// Where in a document the name of its template stands: in the comments before anything else.
fn commented(document: &[u8]) -> Option<Range<usize>> {
    let mut at = 0;
    for line in document.split_inclusive(|&byte| byte == b'\n') {
        let text = line.strip_prefix(b"\xEF\xBB\xBF").filter(|_| at == 0).unwrap_or(line);
        let start = at + line.len() - text.len();
        if let Some(name) = text.strip_prefix(COMMENT) {
            let name = named(name, start + COMMENT.len());
            let is_template = |name: &Range<usize>| {
                let name = document.get(name.clone()).and_then(|name| str::from_utf8(name).ok()).unwrap_or_default();
                FOLDERS.iter().any(|folder| name.contains(folder))
            };
            return name.filter(is_template);
        }
        let is_mark = at == 0 && text.starts_with(MARK);
        if !is_mark && !text.starts_with(b"#") && !text.trim_ascii().is_empty() {
            return None;
        }
        at += line.len();
    }
    None
}

/// Where in a document the path of its resource stands.
fn annotated(document: &[u8]) -> Option<Range<usize>> {
    let start = memchr::memmem::find(document, ANNOTATION)? + ANNOTATION.len();
    named(document.get(start..)?.split(|&byte| byte == b'\n').next()?, start)
}

/// The range of a name with what stands behind it, where the line goes on from an offset.
fn named(line: &[u8], start: usize) -> Option<Range<usize>> {
    let name = line.trim_ascii();
    let start = start + line.len() - line.trim_ascii_start().len();
    let is_name = !name.is_empty() && name.len() <= LONGEST && str::from_utf8(name).is_ok();
    is_name.then(|| start..start + name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the document with a word in it was rendered from.
    fn from(text: &str, word: &str) -> Option<(String, Renderer)> {
        let origins = Origins::new(text.as_bytes());
        let rendered = origins.at(text.as_bytes(), text.find(word).unwrap());
        assert!(origins.is_any() || rendered.is_none());
        rendered.map(|rendered| (rendered.from.to_owned(), rendered.by))
    }

    #[test]
    fn each_document_has_the_template_of_its_comment() {
        let text = "---\n# Source: a/templates/x.yaml\nx: 1\n---\n# Source: a/charts/b/templates/y.yaml\n# more\ny: 1\n\
                    ---\nz: 1\n";
        assert_eq!(from(text, "x: 1"), Some(("a/templates/x.yaml".to_owned(), Renderer::Helm)));
        assert_eq!(from(text, "y: 1"), Some(("a/charts/b/templates/y.yaml".to_owned(), Renderer::Helm)));
        assert_eq!(from(text, "z: 1"), None);
        let ended = text.replace('\n', "\r\n");
        assert_eq!(from(&ended, "x: 1"), Some(("a/templates/x.yaml".to_owned(), Renderer::Helm)));
        assert_eq!(from(&ended, "y: 1"), Some(("a/charts/b/templates/y.yaml".to_owned(), Renderer::Helm)));
    }

    #[test]
    fn the_first_document_needs_no_mark() {
        assert_eq!(
            from("# Source: a/crds/x y.yaml\nx: 1\n", "x: 1"),
            Some(("a/crds/x y.yaml".to_owned(), Renderer::Helm))
        );
        assert_eq!(
            from("\u{FEFF}# Source: a/templates/x.yaml\nx: 1\n", "x: 1"),
            Some(("a/templates/x.yaml".to_owned(), Renderer::Helm))
        );
        assert_eq!(
            from("# of us\n\n--- # c\n\n# d\n# Source: a/templates/x.yaml\nx: 1", "x: 1"),
            Some(("a/templates/x.yaml".to_owned(), Renderer::Helm))
        );
        assert_eq!(from("# Source: a/templates/x.yaml", "#"), Some(("a/templates/x.yaml".to_owned(), Renderer::Helm)));
    }

    #[test]
    fn what_only_looks_alike_is_nothing() {
        let long = format!("# Source: /templates/{}\nx: 1", "y".repeat(LONGEST));
        for text in [
            "x: 1\n# Source: a/templates/x.yaml\n",
            "y: |\n  # Source: a/templates/x.yaml\nx: 1\n",
            "# Source: the manual\nx: 1\n",
            "# Source: \nx: 1\n",
            "#Source: a/templates/x.yaml\nx: 1\n",
            "a: 1\n---\n  # Source: a/templates/x.yaml\nx: 1\n",
            &long,
            "",
        ] {
            assert!(!Origins::new(text.as_bytes()).is_any(), "{text}");
        }
        assert!(!Origins::new(b"# Source: a/templates/\xFF.yaml\nx: 1\n").is_any());
    }

    #[test]
    fn kustomize_tells_the_path_in_an_annotation() {
        let text = "kind: Job\nmetadata:\n  annotations:\n    config.kubernetes.io/origin: |\n      path: base/job.yaml\n\
                    \x20     repo: https://example.com\n  name: x\n---\nkind: Role\n";
        assert_eq!(from(text, "name: x"), Some(("base/job.yaml".to_owned(), Renderer::Kustomize)));
        assert_eq!(from(text, "Role"), None);
    }
}
