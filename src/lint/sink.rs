//! Where rules report to.

use std::cell::OnceCell;

use super::kept_text::KeptText;
use super::passes::Told;
use super::{Chosen, Profile, Rule};
use crate::diagnostic::{Edit, Finding, Fix, ObjectName, Related, Safety, Severity};
use crate::source::Span;
use crate::yaml::edit::{Editable, Word};
use crate::yaml::excerpt;
use crate::yaml::path::Path;

/// For so many findings of a rule about one object fixes are offered: with more, looking for each takes long.
const MOST_FIXES: usize = 256;

/// Takes what one rule has to say about one thing, and adds what is the same for all of it.
#[derive(Debug)]
pub struct Sink<'a> {
    chosen: Chosen,
    object: Option<&'a ObjectName>,
    text: &'a KeptText<'a>,
    /// Where the object stands, where its text can be edited.
    whole: Option<Span>,
    editable: OnceCell<Option<Editable<'a>>>,
    reported: Vec<Reported>,
}

/// A finding, and from which profile on it is told.
#[derive(Debug)]
struct Reported {
    finding: Finding,
    profile: Profile,
}

impl<'a> Sink<'a> {
    /// A sink for a rule that looks at something in a file of this text.
    pub(super) fn new(chosen: Chosen, object: Option<&'a ObjectName>, text: &'a KeptText<'a>) -> Self {
        Self { chosen, object, text, whole: None, editable: OnceCell::new(), reported: Vec::new() }
    }

    /// Says where the object stands, so that fixes can be offered.
    pub(super) fn of_whole(self, whole: Option<Span>) -> Self {
        Self { whole, ..self }
    }

    /// A way to put right what is about to be reported; `None` where the text cannot be edited so without a doubt. What
    /// it does is said in lower case and without a final period.
    pub fn fix<E: IntoIterator<Item = Edit>>(
        &self,
        safety: Safety,
        message: impl Into<String>,
        edit: impl FnOnce(&Editable<'a>) -> E,
    ) -> Option<Fix> {
        let whole = self.whole.filter(|_| self.reported.len() < MOST_FIXES)?;
        let editable = self.editable.get_or_init(|| Editable::new(self.text.bytes(), whole)).as_ref()?;
        let edits: Vec<_> = edit(editable).into_iter().collect();
        (!edits.is_empty()).then(|| Fix { message: message.into(), safety, edits })
    }

    /// Whether what is rated for a profile will be told: where it will not, nobody has to find words for it.
    pub fn tells(&self, profile: Profile) -> bool {
        profile <= self.chosen.profile
    }

    /// The text of the file that the rule looks at.
    pub fn text(&self) -> &'a [u8] {
        self.text.bytes()
    }

    /// A fix that writes another word in the place of one: see [`Sink::fix`].
    pub fn writing(&self, safety: Safety, place: Span, word: &str) -> Option<Fix> {
        let shown = if word.is_empty() { "\"\"".into() } else { excerpt(word) };
        self.fix(safety, format!("write `{shown}`"), |text| text.replace(place, Word::Text(word)))
    }

    /// A fix that writes the value of a field, by its path from the object.
    pub fn setting(&self, safety: Safety, field: &str, word: Word<'_>) -> Option<Fix> {
        let path = Path::parse(field);
        let (Word::Text(value) | Word::Quoted(value) | Word::Bare(value)) = word;
        let message = format!("write `{}: {}`", path.names().last().unwrap_or_default(), excerpt(value));
        self.fix(safety, message, |text| text.set(&path, word))
    }

    /// A fix that takes an entry out of its list.
    pub fn removing(&self, safety: Safety, item: Span, what: &str) -> Option<Fix> {
        self.fix(safety, format!("remove {what}"), |text| text.remove_item(item))
    }

    /// A fix that takes out a field, by its path from the object.
    pub fn removing_field(&self, safety: Safety, field: &str) -> Option<Fix> {
        let path = Path::parse(field);
        let message = format!("remove `{}`", path.names().last().unwrap_or_default());
        self.fix(safety, message, |text| text.remove(&path))
    }

    /// Reports something at a place. The message is lower case and without a final period.
    pub fn report(&mut self, span: Span, message: impl Into<String>) -> Draft<'_> {
        let finding = Finding {
            rule: self.chosen.rule.id,
            category: self.chosen.rule.category,
            severity: self.chosen.severity.unwrap_or(self.chosen.rule.severity),
            span,
            message: message.into(),
            help: None,
            field: None,
            object: self.object.cloned(),
            related: Vec::new(),
            fixes: Vec::new(),
            fingerprint: 0,
        };
        let reported = self.reported.push_mut(Reported { finding, profile: self.chosen.rule.profile });
        Draft { finding: &mut reported.finding, profile: &mut reported.profile, severity: self.chosen.severity }
    }

    /// What was reported: what is to be told, and where there would be more with a profile that tells more.
    pub(super) fn into_told(self) -> impl Iterator<Item = Told> + use<'a> {
        let Self { chosen, text, reported, .. } = self;
        reported.into_iter().map(move |Reported { finding, profile }| {
            if profile > chosen.profile {
                return Told::Quiet(Quiet { rule: chosen.rule, span: finding.span });
            }
            Told::Finding(Box::new(Finding { fingerprint: fingerprint(&finding, text.bytes()), ..finding }))
        })
    }
}

/// Where a rule would report something with a profile that tells more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quiet {
    pub(super) rule: &'static Rule,
    pub(super) span: Span,
}

/// A finding that can still be added to.
#[derive(Debug)]
pub struct Draft<'s> {
    finding: &'s mut Finding,
    profile: &'s mut Profile,
    /// How bad the user says that it is.
    severity: Option<Severity>,
}

impl Draft<'_> {
    /// Says what to do about it.
    pub fn help(self, help: impl Into<String>) -> Self {
        self.finding.help = Some(help.into());
        self
    }

    /// Names the field as the API server does.
    pub fn field(self, field: impl Into<String>) -> Self {
        self.finding.field = Some(field.into());
        self
    }

    /// Says that this one matters less, or more, than what the rule finds elsewhere.
    pub fn rated(self, profile: Profile, severity: Severity) -> Self {
        *self.profile = profile;
        self.finding.severity = self.severity.unwrap_or(severity);
        self
    }

    /// Offers ways to put it right: see [`Sink::fix`].
    pub fn fix(self, fixes: impl IntoIterator<Item = Fix>) -> Self {
        for fix in fixes {
            // Mostly there is one, and there are many findings.
            self.finding.fixes.reserve_exact(1);
            self.finding.fixes.push(fix);
        }
        self
    }

    /// Points at a second place.
    pub fn related(self, span: Span, message: impl Into<String>) -> Self {
        self.finding.related.push(Related { span, message: message.into() });
        self
    }
}

/// A hash that names a finding wherever its lines move: of its rule, object, field and the text of its place. FNV-1a,
/// because it must never change.
fn fingerprint(finding: &Finding, text: &[u8]) -> u64 {
    let place = text.get(finding.span.range()).unwrap_or_default();
    let object = finding.object.as_ref();
    let part = |part: Option<&str>| part.unwrap_or_default().as_bytes().to_vec();
    let parts = [
        part(Some(finding.rule)),
        part(object.map(|object| object.api_version)),
        part(object.map(|object| object.kind)),
        part(object.and_then(|object| object.namespace.as_deref())),
        part(object.map(|object| &*object.name)),
        part(finding.field.as_deref()),
        place.to_vec(),
    ];
    let bytes = parts.iter().flat_map(|part| part.iter().copied().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
