//! What is odd about a question on resources: a subresource, a verb or a name that means something else than one thinks.

use super::question::Words;
use crate::catalog::{ApiResource, Catalog, Origin, is_constrained_impersonation, is_resource_verb};
use crate::rbac::{ALL, full_resource};

/// A question on resources, taken apart.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    pub(super) words: &'a Words,
    pub(super) group: &'a str,
    pub(super) plural: &'a str,
    pub(super) name: &'a str,
    /// What the catalog knows of the resource.
    pub(super) resource: Option<&'a ApiResource>,
}

/// All that is odd about a question on resources.
pub(super) fn oddities(parts: Parts<'_>, catalog: &Catalog) -> Vec<String> {
    let all = [of_name(parts, catalog), of_subresource(parts, catalog), of_verb(parts, catalog), of_named_verb(parts)];
    all.into_iter().flatten().collect()
}

/// A name that looks like a subresource.
fn of_name(parts: Parts<'_>, catalog: &Catalog) -> Option<String> {
    let Parts { words, group, plural, name, resource } = parts;
    let resource = resource.filter(|_| words.subresource.is_empty())?;
    let (parent, last) = match name.rsplit_once('/') {
        Some((parent, last)) => (format!("{plural}/{parent}"), last),
        None => (plural.to_owned(), name),
    };
    if !last.is_empty() && catalog.subresource(group, plural, last).is_some() {
        return Some(format!(
            "'{name}' is taken for a name, as kubectl does; for the subresource ask for '{parent} --subresource {last}'"
        ));
    }
    // Names of what only RBAC knows may have slashes, such as those of signers.
    let is_object = resource.origin != Origin::OnlyRbac;
    (is_object && name.contains('/'))
        .then(|| format!("'{name}' is taken for a name, and no object has a `/` in its name"))
}

fn of_subresource(parts: Parts<'_>, catalog: &Catalog) -> Option<String> {
    let Parts { words, group, plural, resource, .. } = parts;
    let subresource = words.subresource.as_str();
    if subresource == ALL {
        return Some(format!("a request is for one subresource: '{ALL}' is taken for the name of one"));
    }
    let resource = resource.filter(|_| !subresource.is_empty())?;
    if catalog.subresource(group, plural, subresource).is_some() {
        return None;
    }
    let known: Vec<_> = resource.subresources.iter().map(|known| known.name.as_ref()).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Some(format!("resource '{plural}' has no subresource '{subresource}' (it has: {known})"))
}

fn of_verb(parts: Parts<'_>, catalog: &Catalog) -> Option<String> {
    let Parts { words, group, plural, resource, .. } = parts;
    let verb = words.verb.as_str();
    let subresource = Some(words.subresource.as_str()).filter(|subresource| !subresource.is_empty());
    let verbs = catalog.verbs_of(group, plural, subresource).unwrap_or_default();
    if verbs.contains(&verb) || is_constrained_impersonation(verb) {
        return None;
    }
    if !is_resource_verb(verb) {
        let lower = verb.to_lowercase();
        let near = is_resource_verb(&lower).then(|| format!("; did you mean '{lower}'?"));
        return Some(format!("verb '{verb}' is not a known verb{}", near.unwrap_or_default()));
    }
    if resource.is_some_and(|resource| resource.is("certificates.k8s.io", "certificatesigningrequests"))
        && let Some(done_on) = subresource_of_signing(verb)
    {
        return Some(format!(
            "'{verb}' is a verb of 'signers/NAME'; it also takes 'update {plural} --subresource {done_on}'"
        ));
    }
    if resource.is_some_and(|resource| resource.origin == Origin::OnlyRbac && resource.group == "extensions") {
        return Some(format!("no API server serves '{plural}.extensions' any more: only rules still name it"));
    }
    // What an extension serves nobody knows here.
    let is_served = resource.is_none_or(|resource| resource.origin != Origin::OnlyRbac);
    if verb == ALL || verbs.is_empty() || !is_served {
        return None;
    }
    let resource = full_resource(plural, &words.subresource);
    Some(format!("resource '{resource}' does not serve the verb '{verb}' (it has: {})", verbs.join(", ")))
}

/// What has to be updated of a request for a certificate, to do something with it that is a verb on its signer.
fn subresource_of_signing(verb: &str) -> Option<&'static str> {
    match verb {
        "approve" => Some("approval"),
        "sign" => Some("status"),
        _ => None,
    }
}

/// A verb of which requests have no name, or hardly ever.
fn of_named_verb(Parts { words, name, .. }: Parts<'_>) -> Option<String> {
    if name.is_empty() || !words.subresource.is_empty() {
        return None;
    }
    match words.verb.as_str() {
        "create" => Some(format!(
            "what is created with POST has no name when it is authorised, so that `resourceNames` never match it: the \
             answer is about a server-side apply or a PUT that creates `{name}`"
        )),
        verb @ ("list" | "watch") => Some(format!(
            "`{verb}` names an object only with a field selector: the answer is about `--field-selector \
             metadata.name={name}`"
        )),
        "deletecollection" => {
            Some("`deletecollection` never names an object: ask without a name, or for `delete`".to_owned())
        }
        _ => None,
    }
}
