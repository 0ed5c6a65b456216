//! The one sentence that says what a run came to and what it is based on.

use crate::diagnostic::Severity;
use crate::lint::Report;
use crate::manifest::Reason;

/// What was found and what was read, in one line without an end: never silent about what was skipped.
pub fn summary(report: &Report) -> String {
    let read_set = &report.read_set;
    let analysed = match read_set.documents {
        0 => "no document".to_owned(),
        _ if read_set.analysed == 0 => format!("{} not analysed", count(read_set.documents, "document", "documents")),
        _ => format!("{} of {} analysed", read_set.analysed, count(read_set.documents, "document", "documents")),
    };
    let skipped: Vec<_> = Reason::ALL.into_iter().filter_map(|reason| skipped(report, reason)).collect();
    let skipped = if skipped.is_empty() { String::new() } else { format!("; skipped: {}", skipped.join(", ")) };
    format!("{} in {} ({analysed}{skipped})", findings(report), count(read_set.files, "file", "files"))
}

fn findings(report: &Report) -> String {
    let severities = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Info, "info", "infos"),
    ];
    let mut parts: Vec<_> = severities
        .into_iter()
        .map(|(severity, one, several)| (report.count(severity), one, several))
        .filter(|&(number, ..)| number > 0)
        .map(|(number, one, several)| count(number, one, several))
        .collect();
    if parts.is_empty() {
        parts.push("no findings".to_owned());
    }
    if !report.suppressed.is_empty() {
        parts.push(format!("{} suppressed", report.suppressed.len()));
    }
    parts.join(", ")
}

fn skipped(report: &Report, reason: Reason) -> Option<String> {
    let number = report.read_set.skipped.iter().filter(|skipped| skipped.reason == reason).count();
    let (one, several) = reason.words();
    (number > 0).then(|| count(number, one, several))
}

fn count(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}
