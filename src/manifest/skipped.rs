//! What was read and not analysed, and why.

/// A file or document that was found and is not analysed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// The file's path as it is shown.
    pub path: String,
    /// Which document of the file, from 0; `None` for the whole file.
    pub document: Option<usize>,
    /// Why.
    pub reason: Reason,
}

/// Why something is not analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// An object of a kind that no analysis needs.
    OtherKind,
    /// It has no `apiVersion` and `kind`, so it is no object of Kubernetes.
    NoObject,
    /// It has to be rendered first: a template of Helm or another tool.
    Template,
    /// The values of a Helm chart.
    HelmValues,
    /// The description of a Helm chart.
    HelmChart,
    /// A kustomization.
    Kustomization,
    /// A part of an object, such as a patch of a kustomization or an expectation of a test.
    Fragment,
    /// The schemas in a definition of resources, of which only the names are analysed.
    Schema,
    /// A file of this tool's own.
    OwnFile,
    /// A link in a directory; what it points to is read where it is.
    Link,
    /// `--exclude` leaves it out.
    Excluded,
    /// It belongs to another cluster than the one that was asked for.
    OtherCluster,
}

impl Reason {
    /// All reasons, in the order in which a summary names them.
    pub const ALL: [Self; 12] = [
        Self::OtherKind,
        Self::NoObject,
        Self::Template,
        Self::HelmValues,
        Self::HelmChart,
        Self::Kustomization,
        Self::Fragment,
        Self::Schema,
        Self::OwnFile,
        Self::Link,
        Self::Excluded,
        Self::OtherCluster,
    ];

    /// The word for it in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::OtherKind => "other-kind",
            Self::NoObject => "no-object",
            Self::Template => "template",
            Self::HelmValues => "helm-values",
            Self::HelmChart => "helm-chart",
            Self::Kustomization => "kustomization",
            Self::Fragment => "fragment",
            Self::Schema => "schema",
            Self::OwnFile => "own-file",
            Self::Link => "link",
            Self::Excluded => "excluded",
            Self::OtherCluster => "other-cluster",
        }
    }

    /// The words for one and for several in a summary.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::OtherKind => ("of another kind", "of other kinds"),
            Self::NoObject => ("no object", "no objects"),
            Self::Template => ("template", "templates"),
            Self::HelmValues => ("values file", "values files"),
            Self::HelmChart => ("chart description", "chart descriptions"),
            Self::Kustomization => ("kustomization", "kustomizations"),
            Self::Fragment => ("fragment", "fragments"),
            Self::Schema => ("schema", "schemas"),
            Self::OwnFile => ("file of rolecall", "files of rolecall"),
            Self::Link => ("link", "links"),
            Self::Excluded => ("excluded", "excluded"),
            Self::OtherCluster => ("file of another cluster", "files of other clusters"),
        }
    }
}
