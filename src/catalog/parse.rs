//! Reads `resources.txt` and `checks.txt`; their heads say how they are written.
//!
//! They are part of the program, and a test compares what is read here with what an API server says: so lines are not
//! checked.

use super::resource::{ApiResource, ApiVersion, Origin, Subresource, Text};
use super::verbs;

/// The resources of a text, in its order.
pub(super) fn resources(text: &'static str) -> Vec<ApiResource> {
    let mut resources: Vec<ApiResource> = Vec::new();
    let mut group = "";
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("group ") {
            group = if name == "core" { "" } else { name };
        } else if let Some(subresource) = line.strip_prefix("  /") {
            if let Some(parent) = resources.last_mut() {
                parent.subresources.extend(parse_subresource(subresource));
            }
        } else {
            resources.extend(parse_resource(group, line));
        }
    }
    resources
}

fn parse_resource(group: &'static str, line: &'static str) -> Option<ApiResource> {
    let mut words = line.split(' ');
    let plural = words.next()?;
    let versions: Vec<_> = words.next().map(list)?.map(parse_version).collect();
    let kind = optional(words.next()?);
    let namespaced = words.next()? == "namespaced";
    let origin = match versions.first() {
        None => Origin::OnlyRbac,
        Some(version) if version.is_default => Origin::BuiltIn,
        Some(_) => Origin::OptIn,
    };
    let mut resource = ApiResource {
        group: Text::Borrowed(group),
        plural: Text::Borrowed(plural),
        singular: Text::Owned(kind.to_ascii_lowercase()),
        kind: Text::Borrowed(kind),
        verbs: if origin == Origin::OnlyRbac { Vec::new() } else { texts(verbs::STANDARD) },
        versions,
        short_names: Vec::new(),
        categories: Vec::new(),
        namespaced,
        rbac_verbs: Vec::new(),
        subresources: Vec::new(),
        origin,
    };
    for (key, value) in words.filter_map(|word| word.split_once(':')) {
        match key {
            "short" => resource.short_names = texts(list(value)),
            "in" => resource.categories = texts(list(value)),
            "verbs" => resource.verbs = texts(list(value)),
            "rbac" => resource.rbac_verbs = texts(list(value)),
            _ => {}
        }
    }
    Some(resource)
}

/// Versions in parentheses have to be switched on.
fn parse_version(word: &'static str) -> ApiVersion {
    let opt_in = word.strip_prefix('(').and_then(|word| word.strip_suffix(')'));
    ApiVersion { name: Text::Borrowed(opt_in.unwrap_or(word)), is_default: opt_in.is_none() }
}

fn parse_subresource(line: &'static str) -> Option<Subresource> {
    let mut words = line.split(' ');
    let mut subresource = Subresource { name: Text::Borrowed(words.next()?), ..Subresource::default() };
    for (key, value) in words.filter_map(|word| word.split_once(':')) {
        match key {
            "verbs" => subresource.verbs = texts(list(value)),
            "rbac" => subresource.rbac_verbs = texts(list(value)),
            "kind" => {
                let (api_version, kind) = value.rsplit_once('/').unwrap_or(("", value));
                (subresource.api_version, subresource.kind) = (Text::Borrowed(api_version), Text::Borrowed(kind));
            }
            _ => {}
        }
    }
    Some(subresource)
}

/// A word, or nothing where a dash stands for it.
fn optional(word: &'static str) -> &'static str {
    if word == "-" { "" } else { word }
}

/// The parts of a list with commas, which are none where a dash stands for it.
fn list(word: &'static str) -> impl Iterator<Item = &'static str> {
    word.split(',').filter(|part| *part != "-")
}

fn texts(words: impl IntoIterator<Item = &'static str>) -> Vec<Text> {
    words.into_iter().map(Text::Borrowed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(texts: &[Text]) -> Vec<&str> {
        texts.iter().map(AsRef::as_ref).collect()
    }

    #[test]
    fn a_resource_is_read_with_all_that_is_said_about_it() {
        let text = "# head\n\ngroup core\nboxes v2,v1,(v3alpha1) Box namespaced short:bx,b in:all verbs:get,list rbac:use\n  \
                    /size verbs:get kind:autoscaling/v1/Scale\n  /lid kind:Lid verbs:update rbac:*,open\n";
        let [boxes] = &resources(text)[..] else { panic!("one resource") };
        assert_eq!((&*boxes.group, &*boxes.plural, &*boxes.singular, &*boxes.kind), ("", "boxes", "box", "Box"));
        let versions: Vec<_> = boxes.versions.iter().map(|version| (&*version.name, version.is_default)).collect();
        assert_eq!(versions, [("v2", true), ("v1", true), ("v3alpha1", false)]);
        assert_eq!(strings(&boxes.short_names), ["bx", "b"]);
        assert_eq!(strings(&boxes.categories), ["all"]);
        assert_eq!(boxes.all_verbs().collect::<Vec<_>>(), ["get", "list", "use"]);
        assert_eq!((boxes.namespaced, boxes.origin), (true, Origin::BuiltIn));
        let [size, lid] = &boxes.subresources[..] else { panic!("two subresources") };
        assert_eq!((&*size.name, &*size.kind, &*size.api_version), ("size", "Scale", "autoscaling/v1"));
        assert_eq!((&*lid.name, &*lid.kind, &*lid.api_version), ("lid", "Lid", ""));
        assert_eq!(lid.all_verbs().collect::<Vec<_>>(), ["update", "open"]);
    }

    #[test]
    fn what_is_not_said_is_usual() {
        let text = "group a.example\nlamps (v1beta1) Lamp cluster\n  /any rbac:*\nkeys - - cluster rbac:turn\n";
        let [lamps, keys] = &resources(text)[..] else { panic!("two resources") };
        assert_eq!(strings(&lamps.verbs), verbs::STANDARD);
        assert_eq!(
            (lamps.namespaced, lamps.origin, lamps.full_name()),
            (false, Origin::OptIn, "lamps.a.example".into())
        );
        assert!(lamps.subresources[0].is_only_rbac());
        assert_eq!((&*keys.kind, keys.versions.len(), keys.origin), ("", 0, Origin::OnlyRbac));
        assert_eq!(keys.all_verbs().collect::<Vec<_>>(), ["turn"]);
    }

    #[test]
    fn a_line_that_makes_no_sense_is_nothing() {
        assert_eq!(resources("boxes\n  /lid\ngroup x\nlamps v1 Lamp\n\n"), []);
    }
}
