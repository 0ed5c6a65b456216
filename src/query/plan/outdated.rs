//! CronJobs of API versions that are not served any more, read as what they mean.

use crate::discover::Inputs;
use crate::manifest::{Kind, Observation};
use crate::source::{Sources, Span};

/// A CronJob of an API version that is not served any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outdated {
    /// The API version that it says.
    pub api_version: String,
    /// Since which version of Kubernetes it is not served, by the number behind `1.`.
    pub since: u16,
    /// Where it says so.
    span: Span,
    /// Where the whole object stands.
    pub(super) whole: Span,
}

/// The CronJob that was come across, if it is one of these.
pub(super) fn outdated(observation: &Observation<'_>) -> Option<Outdated> {
    let Observation::UnknownKind(unknown) = observation else { return None };
    if unknown.kind != Kind::CronJob.name() {
        return None;
    }
    let since = Kind::CronJob.removed_from(unknown.api_version)?;
    let (span, whole) = (unknown.span, unknown.whole);
    Some(Outdated { api_version: unknown.api_version.to_owned(), since, span, whole })
}

/// The inputs as if these said the version that is served. Everything stays in its place.
pub(super) fn as_served(inputs: &Inputs, sources: &Sources, all: &[Outdated]) -> Inputs {
    let mut inputs = inputs.clone();
    for of_file in all.chunk_by(|one, other| one.span.file == other.span.file) {
        let Some(file) = of_file.first().map(|first| first.span.file) else { continue };
        let mut bytes = sources.text(file).bytes().to_vec();
        for Outdated { api_version, span, .. } in of_file {
            let Some(place) = bytes.get_mut(span.range()) else { continue };
            let text = String::from_utf8_lossy(place).replace(api_version, Kind::CronJob.api_version());
            let served = text.bytes().chain(std::iter::repeat(b' '));
            place.iter_mut().zip(served).for_each(|(byte, served)| *byte = served);
        }
        if let Some(input) = inputs.files.get_mut(file.index()) {
            *input = input.holding(bytes);
        }
    }
    inputs
}
