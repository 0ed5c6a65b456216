//! Secrets that are filled with tokens of ServiceAccounts: of all Secrets, only these are known, and never what is in them.

use ecow::EcoString;

use super::document::KnownObject;
use super::object::Written;
use super::{Facts, template};
use crate::diagnostic::ObjectName;
use crate::yaml::tree::NodeRef;

/// What stands in `type`.
const TYPE: &str = "kubernetes.io/service-account-token";

/// The annotation that names the ServiceAccount.
const ACCOUNT: &str = "kubernetes.io/service-account.name";

/// What stands in `kind`.
pub(super) const KIND: &str = "Secret";

/// What stands in `apiVersion`.
const VERSION: &str = "v1";

/// Whether a text may hold one.
pub(super) fn may_be_in(text: &[u8]) -> bool {
    memchr::memmem::find(text, TYPE.as_bytes()).is_some()
}

/// Such a Secret; `None` for all other objects, and where its name or that of the ServiceAccount is yet to be filled in.
pub(super) fn secret(
    root: NodeRef<'_>,
    (api_version, kind): (&str, &str),
    default_namespace: &str,
) -> Option<KnownObject> {
    let text = |node: NodeRef<'_>, field: &str| Some(node.get(field)?.value.as_str()?.to_owned());
    if (api_version, kind) != (VERSION, KIND) || text(root, "type")? != TYPE {
        return None;
    }
    let metadata = root.get("metadata")?.value;
    let account = text(metadata.get("annotations")?.value, ACCOUNT)?;
    let (name, namespace) = (text(metadata, "name")?, text(metadata, "namespace"));
    let is_final = |text: &str| !text.is_empty() && !template::has_marks(text);
    if ![Some(&name), Some(&account), namespace.as_ref()].into_iter().flatten().all(|text| is_final(text)) {
        return None;
    }
    let place = Written::new(root).place("metadata.name");
    Some(KnownObject {
        span: place,
        whole: root.span(),
        decodes: true,
        is_generated: false,
        says_namespace: namespace.is_some(),
        refusal: None,
        facts: Facts::Token(account.into()),
        name: ObjectName {
            api_version: VERSION,
            kind: KIND,
            namespace: Some(namespace.map_or_else(|| default_namespace.into(), EcoString::from)),
            name: name.into(),
        },
    })
}
