//! What somebody wants to do, in the words of `kubectl auth can-i`.

use crate::diagnostic::{Failure, FailureKind};
use crate::query::{Place, Words};

/// What somebody wants to do, and where.
#[derive(Debug, clap::Args)]
pub(super) struct WordsFlags {
    /// The verb, such as `get`; `*` for all.
    #[arg(value_name = "VERB")]
    pub(super) verb: Option<String>,
    /// `TYPE`, `TYPE.GROUP`, either followed by `/NAME`, or a URL that begins with a slash.
    #[arg(value_name = "TYPE[.GROUP][/NAME] | /URL")]
    target: Option<String>,
    /// The subresource, such as `exec` of pods.
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub(super) subresource: String,
    /// The namespace of the question. Default: the default namespace; for `who-can`, each namespace on its own.
    #[arg(short, long, value_name = "NS")]
    namespace: Option<String>,
    /// Asks about all namespaces at once.
    #[arg(short = 'A', long)]
    pub(super) all_namespaces: bool,
}

impl WordsFlags {
    /// The words. Fails where some are missing; the example shows how they could be.
    pub(super) fn words(&self, example: &str) -> Result<Words, Failure> {
        let (Some(verb), Some(target)) = (&self.verb, &self.target) else {
            let message = "you must specify two arguments: a verb, and a resource, resource/name or URL";
            return Err(Failure::new(FailureKind::Usage, message).hint(format!("such as `rolecall {example}`")));
        };
        Ok(Words {
            verb: verb.clone(),
            target: target.clone(),
            subresource: self.subresource.clone(),
            place: match self.namespace() {
                _ if self.all_namespaces => Place::Everywhere,
                Some(namespace) => Place::Namespace(namespace.to_owned()),
                None => Place::Default,
            },
        })
    }

    /// The namespace that is named. An empty name is none, as for kubectl.
    pub(super) fn namespace(&self) -> Option<&str> {
        self.namespace.as_deref().filter(|namespace| !namespace.is_empty())
    }
}
