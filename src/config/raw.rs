//! The configuration as it is written: of the right shape, each text with its place.

use super::keys::{CLUSTER, EXTERNAL, PATHS, ROOT};
use super::written::{self, Leaf};
use crate::source::Span;
use crate::strict::{self, Problem, Shape, Text, items, place, read_text, refuse_unknown_keys, texts};
use crate::yaml::tree::{Entry, NodeRef};

/// What a configuration file says.
#[derive(Debug, Default)]
pub(super) struct RawConfig {
    pub(super) clusters: Vec<RawCluster>,
    pub(super) rules: RawRules,
    pub(super) external: RawExternal,
    pub(super) paths: Vec<RawPaths>,
    pub(super) include: Vec<Text>,
    pub(super) exclude: Vec<Text>,
    pub(super) default_namespace: Option<Text>,
    pub(super) kubernetes_version: Option<Text>,
    pub(super) fail_on: Option<Text>,
    pub(super) written: Vec<Leaf>,
}

/// What it says about rules.
#[derive(Debug, Default)]
pub(super) struct RawRules {
    pub(super) profile: Option<Text>,
    pub(super) select: Vec<Text>,
    pub(super) ignore: Vec<Text>,
    pub(super) severity: Vec<(Text, Text)>,
}

/// What it says about some files.
#[derive(Debug)]
pub(super) struct RawPaths {
    pub(super) paths: Vec<Text>,
    /// Where the list of paths stands.
    pub(super) paths_span: Span,
    pub(super) rules: RawRules,
}

/// What it says about what stands in no manifest.
#[derive(Debug, Default)]
pub(super) struct RawExternal {
    pub(super) service_accounts: Vec<Text>,
    pub(super) roles: Vec<Text>,
    pub(super) cluster_roles: Vec<Text>,
    pub(super) groups: Vec<Text>,
}

/// What it says about one cluster.
#[derive(Debug)]
pub(super) struct RawCluster {
    pub(super) name: Text,
    pub(super) paths: Vec<Text>,
    /// Where the list of paths stands.
    pub(super) paths_span: Span,
}

const EXAMPLE: &str = "a cluster looks like `{name: prod-eu, paths: [clusters/prod-eu, base/**]}`";

const SHAPE: Shape = Shape {
    name: "the configuration",
    key: "profile",
    example: "profile: pedantic",
    syntax: "see that quotes and brackets are closed, and that keys line up",
};

/// Reads the text of a configuration file. One without any content says nothing.
pub(super) fn read(bytes: &[u8]) -> Result<RawConfig, Problem> {
    Ok(strict::read(bytes, &SHAPE, read_root)?.unwrap_or_default())
}

fn read_root(root: NodeRef<'_>) -> Result<RawConfig, Problem> {
    refuse_unknown_keys(root, &ROOT)?;
    let optional = |key: &str, what: &str| root.get(key).map(|entry| read_text(entry, what)).transpose();
    Ok(RawConfig {
        clusters: each(root, "clusters", EXAMPLE, read_cluster)?,
        rules: read_rules(root)?,
        external: root.get("external").map(read_external).transpose()?.unwrap_or_default(),
        paths: each(root, "paths", PATHS_EXAMPLE, read_paths)?,
        include: texts(root, "include", "paths", PATHS_HINT)?,
        exclude: texts(root, "exclude", "paths", "such as `[vendor, clusters/old/**]`")?,
        default_namespace: optional("defaultNamespace", "a namespace")?,
        kubernetes_version: optional("kubernetesVersion", "a version")?,
        fail_on: optional("failOn", "a severity")?,
        written: written::leaves(root),
    })
}

const RULES: &str = "name rules, categories or `all`, such as `[hygiene, job-missing-backoff-limit]`";
const PATHS_HINT: &str = "paths are files, directories and globs, such as `[clusters/prod-eu, base/**]`";
const PATHS_EXAMPLE: &str = "settings for paths look like `{paths: [examples/**], ignore: [hygiene]}`";

fn read_rules(node: NodeRef<'_>) -> Result<RawRules, Problem> {
    Ok(RawRules {
        profile: node.get("profile").map(|entry| read_text(entry, "a profile")).transpose()?,
        select: texts(node, "select", "names", RULES)?,
        ignore: texts(node, "ignore", "names", RULES)?,
        severity: severities(node)?,
    })
}

/// The mappings in the list of a field.
fn each<T>(
    root: NodeRef<'_>,
    field: &str,
    example: &str,
    read: fn(NodeRef<'_>) -> Result<T, Problem>,
) -> Result<Vec<T>, Problem> {
    let Some(entry) = root.get(field) else { return Ok(Vec::new()) };
    items(entry, field, example)?.into_iter().map(read).collect()
}

fn read_paths(node: NodeRef<'_>) -> Result<RawPaths, Problem> {
    if !node.is_mapping() {
        let message = format!("expected settings for paths, found {}", node.in_words());
        return Err(Problem::new(node.span(), message, PATHS_EXAMPLE));
    }
    refuse_unknown_keys(node, &PATHS)?;
    let Some(paths) = node.get("paths") else {
        return Err(Problem::new(node.span(), "these settings have no `paths`", PATHS_EXAMPLE));
    };
    let (paths_span, paths) = (place(paths), texts(node, "paths", "paths", PATHS_HINT)?);
    Ok(RawPaths { paths, paths_span, rules: read_rules(node)? })
}

fn severities(root: NodeRef<'_>) -> Result<Vec<(Text, Text)>, Problem> {
    let Some(entry) = root.get("severity").filter(|entry| !entry.value.is_null()) else { return Ok(Vec::new()) };
    if !entry.value.is_mapping() {
        let message = format!("expected a severity for each of some rules, found {}", entry.value.in_words());
        return Err(Problem::new(place(entry), message, "such as `{job-missing-backoff-limit: info}`"));
    }
    let severity = |entry: Entry<'_>| {
        let rule = Text { value: entry.key.key_name().into_owned(), span: entry.key.span() };
        Ok((rule, read_text(entry, "a severity")?))
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
        service_accounts: texts(node, "serviceAccounts", "names", hint)?,
        roles: texts(node, "roles", "names", hint)?,
        cluster_roles: texts(node, "clusterRoles", "names", hint)?,
        groups: texts(node, "groups", "names", hint)?,
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
    let (name, paths_span) = (read_text(name, "a name")?, place(paths));
    Ok(RawCluster { name, paths_span, paths: texts(node, "paths", "paths", PATHS_HINT)? })
}
