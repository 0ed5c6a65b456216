//! Where rules report to.

use super::passes::Told;
use super::{Chosen, Profile, Rule};
use crate::diagnostic::{Finding, Fix, ObjectName, Related, Severity};
use crate::source::Span;

/// Takes what one rule has to say about one thing, and adds what is the same for all of it.
#[derive(Debug)]
pub struct Sink<'a> {
    chosen: Chosen,
    object: Option<&'a ObjectName>,
    text: &'a [u8],
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
    pub(super) fn new(chosen: Chosen, object: Option<&'a ObjectName>, text: &'a [u8]) -> Self {
        Self { chosen, object, text, reported: Vec::new() }
    }

    /// The text of the file that the rule looks at.
    pub fn text(&self) -> &'a [u8] {
        self.text
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
            Told::Finding(Finding { fingerprint: fingerprint(&finding, text), ..finding })
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

    /// Offers a way to put it right.
    pub fn fix(self, fix: Fix) -> Self {
        self.finding.fixes.push(fix);
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
        part(object.map(|object| object.api_version.as_str())),
        part(object.map(|object| object.kind.as_str())),
        part(object.and_then(|object| object.namespace.as_deref())),
        part(object.map(|object| object.name.as_str())),
        part(finding.field.as_deref()),
        place.to_vec(),
    ];
    let bytes = parts.iter().flat_map(|part| part.iter().copied().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
