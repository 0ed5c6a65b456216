//! Pods that run side by side and one after the other, drawn as lanes.

use std::fmt::Write as _;

use super::super::table::{columns_of, padded};
use super::drawing::Signs;
use super::phrases::short;
use crate::query::plan::Shape;

/// No more lanes than these are drawn.
const MOST_LANES: u64 = 6;

/// How wide the run of a pod may be drawn, at the most.
const WIDEST: usize = 12;

/// The pods of a Job of which every pod succeeds and takes the same time, in so many columns; empty where there are none.
pub(super) fn lanes(shape: &Shape, waves: u64, run: Option<u64>, room: usize, signs: Signs) -> Vec<String> {
    let lanes = shape.lanes();
    // Of a single run there is nothing to be seen.
    if lanes == 0 || waves == 0 || (lanes, waves) == (1, 1) {
        return Vec::new();
    }
    let last = shape.completions.unwrap_or(lanes).min(waves.saturating_mul(lanes));
    let name = |number: u64| if shape.is_indexed { number.to_string() } else { (number + 1).to_string() };
    let label = columns_of(&format!("lane {lanes}")) + 2;
    let needed = columns_of(&name(last)).max(columns_of(&time(waves, run))) + 4;
    let room = room.saturating_sub(label + columns_of(&time(waves, run)) + 4);
    let shown = u64::try_from((room / needed).max(2)).unwrap_or(u64::MAX).min(waves);
    let width = (room / usize::try_from(shown).unwrap_or(1)).clamp(needed, WIDEST.max(needed));
    let rest = if shown < waves { format!(" {}", signs.ellipsis()) } else { String::new() };
    let marks = (0..shown).map(|wave| padded(&time(wave, run), width)).collect::<String>();
    let end = if shown < waves { format!("{rest} {}", time(waves, run)) } else { time(waves, run) };
    let marks = if shown < waves { marks.trim_end().to_owned() + &end } else { marks + &end };
    let mut lines = vec![format!("{}{marks}", " ".repeat(label))];
    for lane in 0..lanes.min(MOST_LANES) {
        let pods: Vec<_> = (0..shown).map(|wave| wave * lanes + lane).take_while(|pod| *pod < last).map(name).collect();
        let is_cut = shown < waves;
        let drawn = row(&pods, width, signs);
        lines.push(format!(
            "{}{drawn}{}",
            padded(&format!("lane {}", lane + 1), label),
            if is_cut { &rest } else { "" }
        ));
    }
    if lanes > MOST_LANES {
        let more = lanes - MOST_LANES;
        let those = if more == 1 { "lane like these" } else { "lanes like these" };
        lines.push(format!("{} {more} more {those}", signs.ellipsis()));
    }
    lines
}

/// When a wave begins, in runs of a pod or as a time.
fn time(wave: u64, run: Option<u64>) -> String {
    match run {
        Some(run) => short(wave.saturating_mul(run)),
        None => wave.to_string(),
    }
}

fn row(pods: &[String], width: usize, signs: Signs) -> String {
    let (begin, end) = signs.ends();
    let mut row = String::new();
    for (position, pod) in pods.iter().enumerate() {
        row.push_str(if position == 0 { begin } else { signs.between() });
        let inner = width.saturating_sub(1 + columns_of(pod) + 2);
        row.push_str(&signs.line().repeat(inner / 2));
        let _ = write!(row, " {pod} ");
        row.push_str(&signs.line().repeat(inner - inner / 2));
    }
    row.push_str(end);
    row
}
