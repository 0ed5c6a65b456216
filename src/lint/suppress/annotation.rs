//! The annotation that says what is not to be told of an object: comments are lost where manifests are rendered.

use std::ops::Range;

use super::directive::names;
use super::{Cover, Fault, Named, Suppression};
use crate::source::Span;
use crate::yaml::tree::NodeRef;

/// The key of the annotation.
pub(super) const KEY: &str = "rolecall.dev/ignore";

/// What stands between the rules and the reason.
const REASON: &str = " -- ";

/// Where objects have metadata of their own for what is made of them.
const TEMPLATES: [&[&str]; 3] =
    [&["spec", "template"], &["spec", "jobTemplate"], &["spec", "jobTemplate", "spec", "template"]];

/// The annotations of a document, be it a list of objects, each with what it covers: the object or the template.
pub(super) fn all(root: NodeRef<'_>) -> Vec<(Suppression, Option<Cover>)> {
    let mut found = Vec::new();
    let mut todo = vec![root];
    while let Some(object) = todo.pop() {
        let is_list = field(object, "kind").and_then(NodeRef::as_str).is_some_and(|kind| kind.ends_with("List"));
        if let Some(items) = field(object, "items").filter(|_| is_list) {
            todo.extend(items.items());
        }
        let template = |path: &&[&str]| path.iter().try_fold(object, |node, name| field(node, name));
        found.extend([object].into_iter().chain(TEMPLATES.iter().filter_map(template)).filter_map(of));
    }
    found
}

fn field<'a>(node: NodeRef<'a>, name: &str) -> Option<NodeRef<'a>> {
    node.get(name).map(|entry| entry.value)
}

/// What the metadata of an object or a template say.
fn of(object: NodeRef<'_>) -> Option<(Suppression, Option<Cover>)> {
    let value = field(field(field(object, "metadata")?, "annotations")?, KEY)?;
    let text = value.as_str()?;
    let (list, reason) = text.split_once(REASON).unwrap_or((text, ""));
    let named = |range: Range<usize>| Named::new(text.get(range.clone()).unwrap_or_default(), place(value, &range));
    let names: Vec<_> = names(list, 0).into_iter().map(named).collect();
    let fault = names.is_empty().then_some(Fault::NamesNothing);
    let has_reason = reason.contains(char::is_alphanumeric);
    let whole = object.span();
    let it = Suppression { span: value.span(), is_annotation: true, names, has_reason, fault };
    Some((it, Some(Cover { start: whole.start, end: whole.end })))
}

fn place(value: NodeRef<'_>, range: &Range<usize>) -> Span {
    value.part(range).unwrap_or_else(|| value.span())
}
