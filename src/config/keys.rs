//! The keys of a configuration file.

use crate::strict::{Form, Key, Part, key, required};

const SELECT: Key =
    key("select", Form::Rules, "Adds rules to those of the profile: by their ids, by category, or `all`.");
const IGNORE: Key = key("ignore", Form::Rules, "Leaves rules out: by their ids, by category, or `all`.");
const SEVERITY: Key = key("severity", Form::Severities, "How bad the findings of single rules are.");

/// The file.
pub static ROOT: Part = Part {
    opening: "the keys here are",
    keys: &[
        key(
            "clusters",
            Form::Parts(&CLUSTER),
            "Which files belong together, where a tree holds what several clusters run.",
        ),
        key(
            "defaultNamespace",
            Form::Namespace,
            "Where objects without a namespace live. `--default-namespace` outweighs it.",
        ),
        key(
            "exclude",
            Form::Paths,
            "What is left out: names at any depth, or paths and globs relative to this file. `--exclude` outweighs it.",
        ),
        key(
            "external",
            Form::Part(&EXTERNAL),
            "What is there although no manifest has it. `*` stands for any part of a name.",
        ),
        key(
            "failOn",
            Form::Severity,
            "The least severity of a finding that makes `rolecall lint` fail. `--fail-on` outweighs it.",
        ),
        IGNORE,
        key(
            "include",
            Form::Paths,
            "What is read where the command line names no path: files, directories and globs, relative to this file.",
        ),
        key(
            "kubernetesVersion",
            Form::Version,
            "The version of Kubernetes that the manifests are for. `--kubernetes-version` outweighs it.",
        ),
        key(
            "paths",
            Form::Parts(&PATHS),
            "What holds for findings in some files only. Later entries outweigh earlier ones, and all outweigh the rest of this file.",
        ),
        key("profile", Form::Profile, "How much to tell. `--profile` outweighs it."),
        SELECT,
        SEVERITY,
    ],
    relations: &[],
};

/// One of the clusters.
pub(super) static CLUSTER: Part = Part {
    opening: "a cluster has",
    keys: &[
        required("name", Form::Name, "What `--cluster` asks for it by."),
        required("paths", Form::Paths, "Its files, directories and globs, relative to this file."),
    ],
    relations: &[],
};

/// What holds for some files.
pub(super) static PATHS: Part = Part {
    opening: "settings for paths are",
    keys: &[
        IGNORE,
        required("paths", Form::Paths, "The files, directories and globs that this is about, relative to this file."),
        SELECT,
        SEVERITY,
    ],
    relations: &[],
};

/// What no manifest has.
pub(super) static EXTERNAL: Part = Part {
    opening: "what is external are",
    keys: &[
        key("clusterRoles", Form::Names { parts: 1, example: "cert-manager-view" }, "ClusterRoles, by name."),
        key("groups", Form::Names { parts: 0, example: "platform-admins" }, "Groups that users are in, by name."),
        key("roles", Form::Names { parts: 2, example: "monitoring/reader" }, "Roles, as `namespace/name`."),
        key(
            "serviceAccounts",
            Form::Names { parts: 2, example: "monitoring/prometheus" },
            "ServiceAccounts, as `namespace/name`.",
        ),
    ],
    relations: &[],
};
