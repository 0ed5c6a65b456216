//! From the words of a question to the request that the API server would be asked to allow.

use super::oddity::{Parts, oddities};
use crate::catalog::{ApiResource, Catalog, is_non_resource_verb};
use crate::diagnostic::{Failure, FailureKind};
use crate::rbac::{ALL, Action, GROUP, ResourceAction};

/// What somebody wants to do, in the words of a command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The verb.
    pub verb: String,
    /// `TYPE`, `TYPE.GROUP`, either followed by `/NAME`, or a URL that begins with a slash.
    pub target: String,
    /// The subresource; empty where none is meant.
    pub subresource: String,
    /// Where.
    pub place: Place,
}

/// Where somebody wants to do something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// Nowhere in particular: in the default namespace, like kubectl.
    #[default]
    Default,
    /// In this namespace.
    Namespace(String),
    /// In all namespaces.
    Everywhere,
}

/// Something that is asked, and what has to be said about the question itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What is asked to be allowed.
    pub action: Action,
    /// The same as kubectl would ask, where that is something else.
    pub action_of_kubectl: Option<Action>,
    /// What is odd about the question: words that mean nothing, and how they were taken.
    pub warnings: Vec<String>,
}

/// Reads a question. Fails where its parts do not fit together; words that nobody knows are asked all the same, with a
/// warning, as kubectl does.
pub fn ask(words: &Words, catalog: &Catalog, default_namespace: &str) -> Result<Asked, Failure> {
    let usage = |message: String| Failure::new(FailureKind::Usage, message);
    if words.verb.is_empty() {
        return Err(usage("a verb is needed".to_owned()).hint("such as `get`, `list`, `create`, or `*` for all"));
    }
    if words.target.starts_with('/') {
        return url(words);
    }
    let (word, name) = words.target.split_once('/').unwrap_or((&words.target, ""));
    if word.is_empty() {
        let hint = "such as `pods`, `deployments.apps`, `pods/NAME`, or `/healthz`";
        return Err(usage("a resource type is needed".to_owned()).hint(hint));
    }
    let mut warnings = Vec::new();
    let target = Target::new(word, catalog, &mut warnings);
    let resource = target.resource;
    let parts = Parts { words, group: &target.group, plural: &target.plural, name, resource };
    warnings.extend(oddities(parts, catalog));
    // Whether a ClusterRole may be bound is asked where the binding is.
    let is_bound = words.verb == "bind" && resource.is_some_and(|it| it.is(GROUP, "clusterroles"));
    if is_bound && words.place == Place::Default {
        warnings.push("asked as for a ClusterRoleBinding; for a RoleBinding name its namespace with -n".to_owned());
    }
    let is_namespaced = match words.place {
        Place::Namespace(_) if is_bound => true,
        _ => resource.is_none_or(|resource| resource.namespaced),
    };
    if let (false, Place::Namespace(_), Some(resource)) = (is_namespaced, &words.place, resource) {
        warnings.push(format!("resource '{}' is not namespace scoped{}", resource.plural, in_group(&resource.group)));
    }
    let asked_namespace = match &words.place {
        Place::Default => default_namespace,
        Place::Namespace(namespace) => namespace,
        Place::Everywhere => "",
    };
    let action = |namespace: &str| {
        Action::Resource(ResourceAction {
            verb: words.verb.clone(),
            group: target.group.clone(),
            resource: target.plural.clone(),
            subresource: words.subresource.clone(),
            name: name.to_owned(),
            namespace: namespace.to_owned(),
        })
    };
    if is_namespaced {
        return Ok(Asked { action: action(asked_namespace), action_of_kubectl: None, warnings });
    }
    let is_in_itself = resource.is_some_and(|resource| resource.is("", "namespaces"))
        && !name.is_empty()
        && !matches!(words.verb.as_str(), "create" | "list" | "watch" | "deletecollection");
    let namespace = if is_in_itself { name } else { "" };
    let of_kubectl = (namespace != asked_namespace).then(|| action(asked_namespace));
    Ok(Asked { action: action(namespace), action_of_kubectl: of_kubectl, warnings })
}

fn url(words: &Words) -> Result<Asked, Failure> {
    if !words.subresource.is_empty() {
        let message = "a URL has no subresource: `--subresource` goes with a resource type";
        return Err(Failure::new(FailureKind::Usage, message));
    }
    let mut warnings = Vec::new();
    if !is_non_resource_verb(&words.verb) {
        warnings.push(match words.verb.as_str() {
            verb @ ("list" | "watch") => format!("verb '{verb}' does not apply to URLs: ask for 'get'"),
            verb => format!("verb '{verb}' is not a known verb for URLs"),
        });
    }
    let action = Action::Url { verb: words.verb.clone(), path: words.target.clone() };
    Ok(Asked { action, action_of_kubectl: None, warnings })
}

/// A resource type that was asked about.
struct Target<'c> {
    group: String,
    plural: String,
    /// What the catalog knows of it.
    resource: Option<&'c ApiResource>,
}

impl<'c> Target<'c> {
    fn new(word: &str, catalog: &'c Catalog, warnings: &mut Vec<String>) -> Self {
        // `*` is every resource; `*.apps` every one of a group.
        if let Some(group) = word.strip_prefix(ALL).filter(|rest| rest.is_empty() || rest.starts_with('.')) {
            let group = group.trim_start_matches('.').to_owned();
            if group.is_empty() {
                warnings
                    .push("'*' is every resource of the core API group; '*.*' is every one of every group".to_owned());
            }
            return Self { group, plural: ALL.to_owned(), resource: None };
        }
        if let Some(resource) = catalog.resolve(word) {
            return Self {
                group: resource.group.to_string(),
                plural: resource.plural.to_string(),
                resource: Some(resource),
            };
        }
        let (plural, group) = word.split_once('.').unwrap_or((word, ""));
        warnings.push(unknown_type(word, plural, group, catalog));
        Self { group: group.to_owned(), plural: plural.to_owned(), resource: None }
    }
}

fn unknown_type(word: &str, plural: &str, group: &str, catalog: &Catalog) -> String {
    let of_category: Vec<_> = catalog.category(word).map(|resource| resource.plural.as_ref()).collect();
    if !of_category.is_empty() {
        return format!("'{word}' is a category: ask for one of {}", of_category.join(", "));
    }
    let group = if group.is_empty() { String::new() } else { format!(" in group '{group}'") };
    let nearest = catalog.nearest(word).map(|nearest| format!("; did you mean '{}'?", nearest.full_name()));
    format!(
        "there is no resource type '{plural}'{group} in Kubernetes {} or in the definitions that were read{}",
        catalog.version(),
        nearest.unwrap_or_default()
    )
}

fn in_group(group: &str) -> String {
    if group.is_empty() { String::new() } else { format!(" in group '{group}'") }
}
