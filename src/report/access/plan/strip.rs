//! Failures and the waiting between them, drawn as a strip that goes on in the next line where it is long.

use super::super::table::{columns_of, padded};
use super::drawing::Signs;
use super::page::Page;
use super::phrases::short;
use crate::query::plan::Failing;

/// What stands in one place of the strip.
struct Piece {
    /// The run that fails, and the waiting behind it.
    drawn: String,
    /// How many failures there have been by then.
    failures: String,
    /// When the run begins; empty where that is not known.
    time: String,
}

impl Piece {
    fn width(&self) -> usize {
        [&self.drawn, &self.failures, &self.time].into_iter().map(|text| columns_of(text)).max().unwrap_or(0)
    }
}

/// The runs of a Job of which every pod fails, in so many columns.
pub(super) fn strip(failing: &Failing, page: &Page) -> Vec<String> {
    let (run, room, signs, styles) = (failing.run, page.room(), page.signs, page.styles);
    let what = if failing.is_in_place { "restarts" } else { "failures" };
    let pieces = pieces(failing, run, signs);
    let side_by_side = failing.first_rounds.first().map_or(1, |round| round.pods);
    let pods = if side_by_side > 1 { format!("{side_by_side} pods") } else { String::new() };
    let label = "failures ".len().max(columns_of(&pods) + 1);
    let mut lines = Vec::new();
    let mut rest = pieces.as_slice();
    while !rest.is_empty() {
        let mut width = label;
        let fits = |piece: &&Piece| {
            width += piece.width() + 1;
            width <= room
        };
        let count = rest.iter().take_while(fits).count().max(1);
        let (these, others) = rest.split_at(count);
        rest = others;
        let row = |text: fn(&Piece) -> &str| -> String {
            these.iter().map(|piece| padded(text(piece), piece.width() + 1)).collect()
        };
        lines.push(format!("{}{}", padded(&pods, label), row(|piece| &piece.drawn)));
        lines.push(styles.dim(format!("{}{}", padded(what, label), row(|piece| &piece.failures)).trim_end()));
        if run.is_some() {
            lines.push(styles.dim(format!("{}{}", padded("at", label), row(|piece| &piece.time)).trim_end()));
        }
    }
    lines
}

fn pieces(failing: &Failing, run: Option<u64>, signs: Signs) -> Vec<Piece> {
    let mut now = Some(0_u64);
    let mut pieces = Vec::new();
    let told = u64::try_from(failing.first_rounds.len()).unwrap_or(u64::MAX);
    for (number, round) in (1..).zip(&failing.first_rounds) {
        let is_last = number == failing.rounds;
        let wait = match round.wait {
            Some(0) => format!("{0}0s{0}", signs.dots()),
            Some(wait) => format!("{0}{1}{0}", signs.dots(), short(wait)),
            None => String::new(),
        };
        let end = if is_last { format!(" {}", signs.cross()) } else { String::new() };
        let begins = run.and(now).map(short).unwrap_or_default();
        let drawn = format!("{}{wait}{end}", signs.block());
        pieces.push(Piece { drawn, failures: round.failures.to_string(), time: begins });
        now = now.zip(run).map(|(now, run)| now.saturating_add(run).saturating_add(round.wait.unwrap_or_default()));
    }
    if told < failing.rounds {
        let more = format!("{} {} more", signs.ellipsis(), failing.rounds - told);
        pieces.push(Piece { drawn: more, failures: String::new(), time: String::new() });
    }
    pieces
}
