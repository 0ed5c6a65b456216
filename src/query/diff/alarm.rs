//! What makes a diff fail: kinds of changes, and requests that are not to be allowed to anybody new.

use super::{Change, Diff, Kind, Names, Narrowed, ResourceName};
use crate::catalog::Catalog;
use crate::diagnostic::{Failure, FailureKind};
use crate::query::{Place, Words, ask};
use crate::rbac::{ALL, Action, ResourceAction, full_resource, resource_covers, url_covers};

/// Something that makes a diff fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// Any change of this kind.
    Kind(Kind),
    /// A new way to more than somebody was given.
    Escalation,
    /// An object that the API server will not change.
    Refused,
    /// Anybody who may now do something like this, and could not before.
    Request {
        /// The verb, or `*`.
        verb: String,
        /// `TYPE[.GROUP][/NAME]`, or a URL.
        target: String,
    },
}

/// How to name one, for messages.
pub const HOW_TO_NAME_AN_ALARM: &str = "`gained`, `widened`, `lost`, `narrowed`, `escalation`, `refused`, or what nobody else \
                                        is to be allowed: `get secrets`, `* secrets`, `create pods/exec`";

impl Alarm {
    /// What a word or two of a command line mean. Fails where they mean nothing.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let words: Vec<_> = text.split_whitespace().collect();
        let kind = |text: &str| Kind::ALL.into_iter().find(|kind| kind.name() == text);
        match words.as_slice() {
            ["escalation"] => Ok(Self::Escalation),
            ["refused"] => Ok(Self::Refused),
            [verb, target] => Ok(Self::Request { verb: (*verb).to_owned(), target: (*target).to_owned() }),
            [word] if kind(word).is_some() => kind(word).map(Self::Kind).ok_or_else(|| failure(text)),
            _ => Err(failure(text)),
        }
    }

    /// Whether a diff has it. Fails where a request names nothing that can be asked for.
    pub fn is_raised(&self, diff: &Diff, catalog: &Catalog) -> Result<bool, Failure> {
        let changes = || diff.subjects.iter().flat_map(|subject| &subject.changes);
        Ok(match self {
            Self::Kind(kind) => changes().any(|change| change.kind == *kind),
            Self::Escalation => diff.paths.iter().any(|path| path.is_new),
            Self::Refused => !diff.refused.is_empty(),
            Self::Request { verb, target } => {
                let action = action(verb, target, catalog)?;
                changes().any(|change| change.kind.is_more() && allows(change, &action))
            }
        })
    }

    /// What is odd about it: words that mean nothing.
    pub fn warnings(&self, catalog: &Catalog) -> Vec<String> {
        match self {
            Self::Request { verb, target } if target != ALL => {
                let asked = ask(&words(verb, target, catalog), catalog, "default");
                asked.map(|asked| asked.warnings).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }
}

fn failure(text: &str) -> Failure {
    Failure::new(FailureKind::Usage, format!("`{text}` is nothing to fail on")).hint(HOW_TO_NAME_AN_ALARM)
}

/// What a request names: what stands behind a slash is a subresource where the resource has one of that name.
fn words(verb: &str, target: &str, catalog: &Catalog) -> Words {
    let (mut named, mut subresource) = (target.to_owned(), String::new());
    if let Some((resource, rest)) = target.split_once('/').filter(|(resource, _)| !resource.is_empty()) {
        let known = catalog.resolve(resource);
        let is_subresource = known.is_some_and(|it| catalog.subresource(&it.group, &it.plural, rest).is_some());
        if is_subresource || resource == ALL {
            (named, subresource) = (resource.to_owned(), rest.to_owned());
        }
    }
    Words { verb: verb.to_owned(), target: named, subresource, place: Place::Everywhere }
}

fn action(verb: &str, target: &str, catalog: &Catalog) -> Result<Action, Failure> {
    let mut words = words(verb, target, catalog);
    if words.target == ALL {
        // All resources of all groups: fewer would be a surprise here.
        "*.*".clone_into(&mut words.target);
    }
    Ok(ask(&words, catalog, "default")?.action)
}

/// Whether a change newly allows something that a request may mean, whose words may be `*`.
fn allows(change: &Change, action: &Action) -> bool {
    let (what, narrowed) = (&change.what, change.narrowed.as_ref());
    match action {
        Action::Url { verb, path } => {
            let was = |urls: &Vec<String>| urls.iter().any(|url| url_covers(url, path));
            let is_known = matches!(narrowed, Some(Narrowed::Urls(urls)) if was(urls));
            meets(&what.verbs, verb)
                && what.urls.iter().any(|url| url_covers(url, path))
                && !is_known
                && !knows_verb(narrowed, verb)
        }
        Action::Resource(action) => {
            let is_meant = |resource: &ResourceName| is_meant(resource, action);
            let is_known = matches!(narrowed, Some(Narrowed::Resources(known)) if action.resource != ALL && known.iter().any(is_meant));
            let names = |names: &Names| match names {
                Names::Only(names) => action.name.is_empty() || names.contains(&action.name),
                Names::Any | Names::Own => true,
            };
            let is_known_name =
                matches!(narrowed, Some(Narrowed::Names(Names::Only(names))) if names.contains(&action.name));
            meets(&what.verbs, &action.verb)
                && what.resources.iter().any(is_meant)
                && names(&what.names)
                && !is_known
                && !is_known_name
                && !knows_verb(narrowed, &action.verb)
        }
    }
}

/// Whether a verb, which may be `*`, is among others, which may be so, too.
fn meets(verbs: &[String], verb: &str) -> bool {
    verb == ALL || verbs.iter().any(|held| held == verb || held == ALL)
}

fn knows_verb(narrowed: Option<&Narrowed>, verb: &str) -> bool {
    matches!(narrowed, Some(Narrowed::Verbs(verbs)) if verbs.iter().any(|known| known == verb))
}

/// Whether a resource of a rule and one of a request, either of which may be `*`, have something in common.
fn is_meant(held: &ResourceName, action: &ResourceAction) -> bool {
    let ResourceAction { group, resource, subresource, .. } = action;
    let same_group = [held.group.as_str(), group].contains(&ALL) || held.group == *group;
    let covers = resource_covers(&held.resource, resource, subresource);
    let is_wide =
        resource == ALL && (subresource.is_empty() || held.resource.ends_with(&full_resource("", subresource)));
    same_group && (covers || is_wide)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alarms_are_kinds_or_requests() {
        assert_eq!(Alarm::parse("gained").unwrap(), Alarm::Kind(Kind::Gained));
        assert_eq!(Alarm::parse("escalation").unwrap(), Alarm::Escalation);
        let request = Alarm::Request { verb: "get".to_owned(), target: "secrets".to_owned() };
        assert_eq!(Alarm::parse(" get  secrets ").unwrap(), request);
        for text in ["", "gain", "get secrets now"] {
            assert!(Alarm::parse(text).is_err(), "{text}");
        }
    }
}
