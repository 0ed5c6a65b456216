//! Names for "did you mean".

use crate::yaml::excerpt;

/// The known name that was probably meant.
pub(crate) fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let near = |known: &&str| known.eq_ignore_ascii_case(name) || strsim::osa_distance(known, name) <= 2;
    known.iter().copied().filter(near).min_by_key(|known| strsim::osa_distance(known, name))
}

/// The known names, those first that look most like the name.
pub(crate) fn by_nearness<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Vec<&'k str> {
    let mut known: Vec<_> = known.collect();
    known.sort_by_cached_key(|known| (strsim::osa_distance(known, name), *known));
    known
}

/// The first of these texts, each in backticks, and how many more there are.
pub(crate) fn listed(texts: &[&str]) -> String {
    const MOST: usize = 10;
    let shown: Vec<_> = texts.iter().take(MOST).map(|text| format!("`{}`", excerpt(text))).collect();
    let shown = shown.join(", ");
    match texts.len().saturating_sub(MOST) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
