//! From one document to the objects in it.

use ecow::{EcoString, eco_format};

use super::decode::{Decoded, decode};
use super::object::{Object, Written};
use super::pool::Pool;
use super::{Facts, Faulty, Kind, Observation, Options, Reason, UnknownKind, Untyped, template, token};
use crate::diagnostic::ObjectName;
use crate::source::Span;
use crate::validate::Error;
use crate::yaml::tree::{NodeRef, Tree};

/// What a document turned out to hold.
pub(super) enum Content {
    /// Nothing but comments.
    Nothing,
    /// Nothing that is analysed.
    Skipped(Reason),
    /// An object that has been shown for what it is: none that Kubernetes would take.
    Refused,
    /// Objects, of which some may not decode; and why others beside them in a list are not analysed.
    Objects(Vec<KnownObject>, Vec<Reason>),
}

/// An object of the read set by its name.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownObject {
    /// What it is called.
    pub name: ObjectName,
    /// Where its name stands, or its `kind` where it has none.
    pub span: Span,
    /// Where all of it stands; of a kind of which only a part is read, its name.
    pub whole: Span,
    /// Whether it decodes: whether more than its name is known.
    pub decodes: bool,
    /// Whether the API server makes up the end of its name, so that no other object is the same.
    pub is_generated: bool,
    /// Whether it says in which namespace it lives.
    pub says_namespace: bool,
    /// Why the API server refuses it although it decodes; `None` where it takes it, as far as access goes.
    pub refusal: Option<Box<Refusal>>,
    /// What it says about access.
    pub facts: Facts,
}

/// Why the API server refuses an object, by the first thing that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where it stands, or where it is missing.
    pub span: Span,
    /// What is wrong: the field, then the reason in the API server's words.
    pub message: String,
}

impl Refusal {
    /// Why there is no such object, as far as access goes: what runs changes nothing about who may do what.
    fn of(kind: Kind, errors: &[Error], written: Written<'_>) -> Option<Box<Self>> {
        let error = errors.first().filter(|_| kind.is_of_rbac())?;
        Some(Box::new(Self { span: written.fault(&error.at), message: format!("{}: {error}", error.field) }))
    }
}

/// Reads the objects of parsed documents and shows each to an observer.
pub(super) struct Reader<'r, 'o> {
    options: &'r Options,
    pool: &'r Pool,
    /// Whether the file belongs to the templates of a chart.
    in_chart: bool,
    /// Whether the document's text may hold a strategic merge patch.
    may_patch: bool,
    observe: &'o mut dyn FnMut(&Observation<'_>),
}

/// What one mapping turned out to be.
enum Found<'a> {
    /// An object that is analysed; it has been shown and is known.
    Object,
    /// Nothing that is analysed.
    Other(Reason),
    /// None that Kubernetes would take, and shown as such.
    Refused,
    /// A list, with what it says about entries that do not say it themselves: their `apiVersion` and `kind`.
    List(NodeRef<'a>, Option<(&'a str, &'a str)>),
}

impl<'r, 'o> Reader<'r, 'o> {
    pub(super) fn new(
        options: &'r Options,
        pool: &'r Pool,
        in_chart: bool,
        observe: &'o mut dyn FnMut(&Observation<'_>),
    ) -> Self {
        Self { options, pool, in_chart, may_patch: false, observe }
    }

    pub(super) fn read(&mut self, tree: &Tree<'_>, text: &str) -> Content {
        let Some(root) = tree.root().filter(|root| !root.is_null()) else { return Content::Nothing };
        if self.in_chart && template::has_actions(text) {
            return Content::Skipped(Reason::Template);
        }
        self.may_patch = text.contains("$patch");
        let mut objects = Vec::new();
        let mut reasons = Vec::new();
        let mut refused = false;
        // Lists may hold lists, as deep as a text can nest.
        let mut todo = vec![(root, None)];
        while let Some((node, implied)) = todo.pop() {
            match self.look(node, implied, &mut objects) {
                Found::Object => {}
                Found::Refused => refused = true,
                Found::Other(reason) if reasons.contains(&reason) => {}
                Found::Other(reason) => reasons.push(reason),
                Found::List(items, implied) => {
                    let first = todo.len();
                    todo.extend(items.items().map(|item| (item, implied)));
                    todo.get_mut(first..).unwrap_or_default().reverse();
                }
            }
        }
        if objects.is_empty() && refused {
            return Content::Refused;
        }
        if objects.is_empty() {
            return Content::Skipped(reasons.first().copied().unwrap_or(Reason::NoObject));
        }
        // That a list holds objects of other kinds, too, is no news.
        reasons.retain(|reason| *reason != Reason::OtherKind);
        Content::Objects(objects, reasons)
    }

    fn look<'a>(
        &mut self,
        root: NodeRef<'a>,
        implied: Option<(&'a str, &'a str)>,
        objects: &mut Vec<KnownObject>,
    ) -> Found<'a> {
        let text = |name: &str| root.get(name).and_then(|entry| entry.value.as_str());
        let api_version = text("apiVersion").or(implied.map(|(api_version, _)| api_version));
        let kind = text("kind").or(implied.map(|(_, kind)| kind));
        let (Some(api_version), Some(kind)) = (api_version, kind) else {
            let Some(untyped) = untyped(root) else { return Found::Other(Reason::NoObject) };
            (self.observe)(&Observation::Untyped(&untyped));
            return Found::Refused;
        };
        if template::has_marks(api_version) || template::has_marks(kind) {
            return Found::Other(Reason::Template);
        }
        if let (Some(of_kind), Some(items)) = (kind.strip_suffix("List"), root.get("items")) {
            return Found::List(items.value, (!of_kind.is_empty()).then_some((api_version, of_kind)));
        }
        if self.may_patch && kind != Kind::CustomResourceDefinition.name() && root.holds_key("$patch") {
            // A strategic merge patch. The schemas of definitions may have any property.
            return Found::Other(Reason::Fragment);
        }
        if let Some(kind) = Kind::find(api_version, kind) {
            return self.analysed(root, kind, objects).map_or(Found::Object, Found::Other);
        }
        if let Some(token) = token::secret(root, (api_version, kind), &self.options.default_namespace) {
            objects.push(token);
            return Found::Object;
        }
        let Some(unknown) = unknown_kind(root, api_version, kind) else { return Found::Other(Reason::OtherKind) };
        (self.observe)(&Observation::UnknownKind(&unknown));
        Found::Refused
    }

    /// Types an object and shows it. Returns why it is not one to be analysed, where it is not.
    fn analysed(&mut self, root: NodeRef<'_>, kind: Kind, objects: &mut Vec<KnownObject>) -> Option<Reason> {
        let has_status = root.get("status").is_some_and(|status| status.value.fields().next().is_some());
        if kind.needs_spec() && has_status && root.get("spec").is_none() {
            // What a test expects an object to come to; nobody can apply this.
            return Some(Reason::Fragment);
        }
        let name = self.name(root, kind);
        if template::has_marks(&name.name) || name.namespace.as_deref().is_some_and(template::has_marks) {
            return Some(Reason::Template);
        }
        let written = Written::new(root);
        let known = |decodes, facts, refusal| KnownObject {
            name: name.clone(),
            span: written.place("metadata.name"),
            whole: if kind.is_read_in_part() { written.place("metadata.name") } else { root.span() },
            decodes,
            is_generated: has_metadata(root, "generateName") && !has_metadata(root, "name"),
            says_namespace: has_metadata(root, "namespace"),
            refusal,
            facts,
        };
        let Decoded { typed, faults } = decode(kind, root, self.options.version);
        if faults.iter().any(|fault| has_marks_at(written, fault.span)) {
            return Some(Reason::Template);
        }
        let mut errors = typed.as_ref().map(|typed| typed.validate(self.options.version)).unwrap_or_default();
        errors.retain(|error| !has_marks_at(written, written.fault(&error.at)));
        objects.push(match &typed {
            Some(typed) => {
                known(true, Facts::of(&name, typed, written, self.pool), Refusal::of(kind, &errors, written))
            }
            None => known(false, Facts::Nothing, None),
        });
        match typed {
            Some(typed) if faults.is_empty() => {
                (self.observe)(&Observation::Object(&Object { name, typed, written, errors }));
            }
            _ => {
                let version = self.options.version;
                let faulty = Faulty { name: &name, kind, version, written, faults: &faults };
                (self.observe)(&Observation::Faulty(&faulty));
            }
        }
        None
    }

    fn name(&self, root: NodeRef<'_>, kind: Kind) -> ObjectName {
        let metadata = root.get("metadata").map(|entry| entry.value);
        let field = |name| metadata?.get(name)?.value.as_str().filter(|text| !text.is_empty());
        let generated = || field("generateName").map(|prefix| eco_format!("{prefix}*"));
        let name = field("name").map(EcoString::from).or_else(generated);
        let namespace = field("namespace").unwrap_or(&self.options.default_namespace);
        ObjectName {
            api_version: kind.api_version(),
            kind: kind.name(),
            namespace: kind.is_namespaced().then(|| namespace.into()),
            name: name.unwrap_or_default(),
        }
    }
}

/// Whether a field of an object's metadata has a text in it.
fn has_metadata(root: NodeRef<'_>, field: &str) -> bool {
    let text = root.get("metadata").and_then(|metadata| metadata.value.get(field)?.value.as_str());
    text.is_some_and(|text| !text.is_empty())
}

/// Whether what stands in a place will be replaced by something else: `replicas: ${REPLICAS}`.
fn has_marks_at(written: Written<'_>, place: Span) -> bool {
    written.text_at(place).is_some_and(template::has_marks)
}

/// A type that does not exist and was meant to be one that is analysed.
fn unknown_kind<'a>(root: NodeRef<'_>, api_version: &'a str, kind: &'a str) -> Option<UnknownKind<'a>> {
    let nearest = Kind::meant_by(api_version, kind)?;
    let wrong = if nearest.name() == kind { "apiVersion" } else { "kind" };
    let span = root.get(wrong)?.value.span();
    Some(UnknownKind { api_version, kind, nearest, span, whole: root.span() })
}

/// An object that says only one half of its type, and is meant to be analysed by that half.
fn untyped(root: NodeRef<'_>) -> Option<Untyped<'_>> {
    let (half, missing) =
        [("kind", "apiVersion"), ("apiVersion", "kind")].into_iter().find_map(|(there, missing)| {
            let half = root.get(there)?.value;
            let known = half.as_str().is_some_and(Kind::is_half_of_a_type) && root.get(missing).is_none();
            known.then_some((half, missing))
        })?;
    root.get("metadata").filter(|entry| entry.value.is_mapping())?;
    let meant = root.fields().map(|entry| entry.key).find(|key| key.key_name().eq_ignore_ascii_case(missing));
    let span = meant.unwrap_or(half).span();
    Some(Untyped { missing, meant: meant.and_then(NodeRef::as_str), span })
}
