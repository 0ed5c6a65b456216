//! The keys of a configuration file: what each is called, what it is for, and what it takes. What is read, what is told
//! about unknown keys and the schema for editors follow from these tables.

/// A mapping of the configuration.
#[derive(Debug)]
pub struct Part {
    /// What names its keys in a message: `the keys here are`.
    pub(super) opening: &'static str,
    /// Its keys, by name.
    pub keys: &'static [Key],
}

/// A key.
#[derive(Debug)]
pub struct Key {
    /// What it is called.
    pub name: &'static str,
    /// What it is for, in a sentence.
    pub about: &'static str,
    /// What it takes.
    pub form: Form,
    /// Whether its part makes no sense without it.
    pub is_required: bool,
}

/// What a key takes.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// A profile.
    Profile,
    /// Rules, categories or `all`.
    Rules,
    /// A severity for each of some rules.
    Severities,
    /// A severity.
    Severity,
    /// A version of Kubernetes.
    Version,
    /// The name of a namespace.
    Namespace,
    /// A name of one's own.
    Name,
    /// Files, directories and globs; at least one where the key is required.
    Paths,
    /// Patterns of names with so many parts between slashes; 0 where a slash is a character as any other.
    Names {
        /// How many parts.
        parts: usize,
        /// One such name.
        example: &'static str,
    },
    /// A mapping.
    Part(&'static Part),
    /// A list of mappings.
    Parts(&'static Part),
}

const fn key(name: &'static str, form: Form, about: &'static str) -> Key {
    Key { name, about, form, is_required: false }
}

const fn required(name: &'static str, form: Form, about: &'static str) -> Key {
    Key { name, about, form, is_required: true }
}

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
};

/// One of the clusters.
pub(super) static CLUSTER: Part = Part {
    opening: "a cluster has",
    keys: &[
        required("name", Form::Name, "What `--cluster` asks for it by."),
        required("paths", Form::Paths, "Its files, directories and globs, relative to this file."),
    ],
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
};

impl Part {
    /// The names of its keys.
    pub(super) fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }

    /// What is told where a key is none of these.
    pub(super) fn hint(&self) -> String {
        let names: Vec<_> = self.keys.iter().map(|key| format!("`{}`", key.name)).collect();
        match names.split_last() {
            Some((last, [])) => format!("{} {last}", self.opening),
            Some((last, others)) => format!("{} {} and {last}", self.opening, others.join(", ")),
            None => self.opening.to_owned(),
        }
    }
}
