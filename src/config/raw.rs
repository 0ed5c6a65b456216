//! The configuration as it is written: of the right shape, each text with its place.

use std::ops::Range;
use std::str;

use super::near;
use super::problem::{FILE, Problem};
use crate::source::Span;
use crate::yaml::documents::{self, Piece};
use crate::yaml::excerpt;
use crate::yaml::tree::{Entry, NodeRef, Origin, Tree};

/// What a configuration file says.
#[derive(Debug, Default)]
pub(super) struct RawConfig {
    pub(super) clusters: Vec<RawCluster>,
    pub(super) profile: Option<Text>,
    pub(super) select: Vec<Text>,
    pub(super) ignore: Vec<Text>,
    pub(super) severity: Vec<(Text, Text)>,
    pub(super) external: RawExternal,
}

/// What it says about what stands in no manifest.
#[derive(Debug, Default)]
pub(super) struct RawExternal {
    pub(super) service_accounts: Vec<Text>,
    pub(super) roles: Vec<Text>,
    pub(super) cluster_roles: Vec<Text>,
}

/// What it says about one cluster.
#[derive(Debug)]
pub(super) struct RawCluster {
    pub(super) name: Text,
    pub(super) paths: Vec<Text>,
    /// Where the list of paths stands.
    pub(super) paths_span: Span,
}

/// A text with its place.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) value: String,
    pub(super) span: Span,
}

/// A part of the configuration, in the words of messages.
struct Part {
    keys: &'static [&'static str],
    /// What is told where a key is none of these.
    keys_hint: &'static str,
}

const ROOT: Part = Part {
    keys: &["clusters", "external", "ignore", "profile", "select", "severity"],
    keys_hint: "the keys here are `clusters`, `external`, `ignore`, `profile`, `select` and `severity`",
};
const EXTERNAL: Part = Part {
    keys: &["clusterRoles", "roles", "serviceAccounts"],
    keys_hint: "what is external are `clusterRoles`, `roles` and `serviceAccounts`",
};
const CLUSTER: Part = Part { keys: &["name", "paths"], keys_hint: "a cluster has a `name` and `paths`" };

const EXAMPLE: &str = "a cluster looks like `{name: prod-eu, paths: [clusters/prod-eu, base/**]}`";

/// Reads the text of a configuration file. One without any content says nothing.
pub(super) fn read(bytes: &[u8]) -> Result<RawConfig, Problem> {
    let mut config = None;
    for piece in documents::split(bytes, "clusters") {
        let range = match piece {
            Piece::Document { range, .. } => range,
            Piece::BadSeparator { range } => {
                let hint = "the configuration is one document: remove the line";
                return Err(Problem::new(span(range), "after `---` only a comment may stand", hint));
            }
        };
        let tree = Tree::parse(text(bytes, &range)?, Origin { file: FILE, base: offset(range.start) })?;
        refuse_text_behind(bytes, range.start + tree.end()..range.end)?;
        let Some(root) = tree.root().filter(|root| !root.is_null()) else { continue };
        if config.is_some() {
            return Err(several_documents(root.span()));
        }
        config = Some(read_root(&tree, root)?);
    }
    Ok(config.unwrap_or_default())
}

fn text<'t>(bytes: &'t [u8], range: &Range<usize>) -> Result<&'t str, Problem> {
    str::from_utf8(bytes.get(range.clone()).unwrap_or_default()).map_err(|error| {
        let first = range.start + error.valid_up_to();
        let bad = span(first..first + error.error_len().unwrap_or(1));
        Problem::new(bad, "this is not valid UTF-8", "save the file as UTF-8")
    })
}

fn refuse_text_behind(bytes: &[u8], rest: Range<usize>) -> Result<(), Problem> {
    let document = bytes.get(..rest.end).unwrap_or_default();
    documents::text_behind(document, rest.start).map_or(Ok(()), |range| Err(several_documents(span(range))))
}

fn several_documents(span: Span) -> Problem {
    Problem::new(span, "a second document begins here", "the configuration is one document: bring both together")
}

fn read_root(tree: &Tree<'_>, root: NodeRef<'_>) -> Result<RawConfig, Problem> {
    if let Some(duplicate) = tree.duplicates().next() {
        let message = format!("the key `{}` stands twice", excerpt(&duplicate.second.key_name()));
        let problem = Problem::new(duplicate.second.span(), message, "keep one of them");
        return Err(problem.related("it stands first at", duplicate.first.span()));
    }
    if !root.is_mapping() {
        let message = format!("expected keys such as `profile`, found {}", root.in_words());
        return Err(Problem::new(root.span(), message, "the configuration is a mapping such as `profile: pedantic`"));
    }
    refuse_unknown_keys(root, &ROOT)?;
    let clusters = match root.get("clusters") {
        Some(entry) => items(entry, "clusters", EXAMPLE)?.into_iter().map(read_cluster).collect::<Result<_, _>>()?,
        None => Vec::new(),
    };
    Ok(RawConfig {
        clusters,
        profile: root.get("profile").map(|entry| read_text(entry.value, place(entry), "a profile")).transpose()?,
        select: texts(root, "select", RULES)?,
        ignore: texts(root, "ignore", RULES)?,
        severity: severities(root)?,
        external: root.get("external").map(read_external).transpose()?.unwrap_or_default(),
    })
}

const RULES: &str = "name rules, categories or `all`, such as `[hygiene, job-missing-backoff-limit]`";

/// The texts in the list of a field; none where it is missing or left out.
fn texts(node: NodeRef<'_>, field: &str, hint: &str) -> Result<Vec<Text>, Problem> {
    let Some(entry) = node.get(field) else { return Ok(Vec::new()) };
    items(entry, "names", hint)?.into_iter().map(|item| read_text(item, item.span(), "a name")).collect()
}

fn severities(root: NodeRef<'_>) -> Result<Vec<(Text, Text)>, Problem> {
    let Some(entry) = root.get("severity").filter(|entry| !entry.value.is_null()) else { return Ok(Vec::new()) };
    if !entry.value.is_mapping() {
        let message = format!("expected a severity for each of some rules, found {}", entry.value.in_words());
        return Err(Problem::new(place(entry), message, "such as `{job-missing-backoff-limit: info}`"));
    }
    let severity = |entry: Entry<'_>| {
        let rule = Text { value: entry.key.key_name().into_owned(), span: entry.key.span() };
        Ok((rule, read_text(entry.value, place(entry), "a severity")?))
    };
    entry.value.fields().map(severity).collect()
}

fn read_external(entry: Entry<'_>) -> Result<RawExternal, Problem> {
    let node = entry.value;
    if node.is_null() {
        return Ok(RawExternal::default());
    }
    if !node.is_mapping() {
        let message = format!("expected lists of names by kind, found {}", node.in_words());
        return Err(Problem::new(place(entry), message, "such as `{serviceAccounts: [monitoring/prometheus]}`"));
    }
    refuse_unknown_keys(node, &EXTERNAL)?;
    let hint = "a list of names such as `[monitoring/*]`";
    Ok(RawExternal {
        service_accounts: texts(node, "serviceAccounts", hint)?,
        roles: texts(node, "roles", hint)?,
        cluster_roles: texts(node, "clusterRoles", hint)?,
    })
}

fn read_cluster(node: NodeRef<'_>) -> Result<RawCluster, Problem> {
    if !node.is_mapping() {
        return Err(Problem::new(node.span(), format!("expected a cluster, found {}", node.in_words()), EXAMPLE));
    }
    refuse_unknown_keys(node, &CLUSTER)?;
    let missing = |key: &str| Problem::new(node.span(), format!("this cluster has no `{key}`"), EXAMPLE);
    let name = node.get("name").ok_or_else(|| missing("name"))?;
    let paths = node.get("paths").ok_or_else(|| missing("paths"))?;
    let hint = "paths are files, directories and globs, such as `[clusters/prod-eu, base/**]`";
    Ok(RawCluster {
        name: read_text(name.value, place(name), "a name")?,
        paths_span: place(paths),
        paths: items(paths, "paths", hint)?
            .into_iter()
            .map(|path| read_text(path, path.span(), "a path"))
            .collect::<Result<_, _>>()?,
    })
}

fn refuse_unknown_keys(node: NodeRef<'_>, part: &Part) -> Result<(), Problem> {
    let unknown = node.fields().find(|entry| !part.keys.contains(&entry.key.key_name().as_ref()));
    unknown.map_or(Ok(()), |entry| {
        let name = entry.key.key_name();
        let hint = match near::nearest(&name, part.keys) {
            Some(key) => format!("did you mean `{key}`?"),
            None => part.keys_hint.to_owned(),
        };
        Err(Problem::new(entry.key.span(), format!("unknown key `{}`", excerpt(&name)), hint))
    })
}

/// The entries of a list; none where the value is left out.
fn items<'t>(entry: Entry<'t>, of: &str, hint: &str) -> Result<Vec<NodeRef<'t>>, Problem> {
    if entry.value.is_sequence() || entry.value.is_null() {
        return Ok(entry.value.items().collect());
    }
    Err(Problem::new(place(entry), format!("expected a list of {of}, found {}", entry.value.in_words()), hint))
}

fn read_text(node: NodeRef<'_>, span: Span, what: &str) -> Result<Text, Problem> {
    let value = if node.is_null() { Some("") } else { node.as_str() };
    if let Some(value) = value {
        return Ok(Text { value: value.to_owned(), span });
    }
    let is_scalar = !node.is_sequence() && !node.is_mapping();
    let hint = if is_scalar { "put it in quotes" } else { EXAMPLE };
    Err(Problem::new(span, format!("expected {what}, found {}", node.in_words()), hint))
}

/// Where the value of a field stands, or its key where the value is left out.
fn place(entry: Entry<'_>) -> Span {
    let span = entry.value.span();
    if span.start < span.end { span } else { entry.key.span() }
}

fn span(range: Range<usize>) -> Span {
    Span { file: FILE, start: offset(range.start), end: offset(range.end) }
}

/// An offset in a file, all of which are shorter than 4 GiB (see `discover`).
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
