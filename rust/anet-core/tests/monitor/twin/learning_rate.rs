//! The learning rate against the largest one of the schedule.

use anet_core::Row;

/// The scores of `lr_jump` and `lr_drop`, from the second rate on.
pub(crate) fn scores(rows: &[Row]) -> Option<(f64, f64)> {
    let rates: Vec<f64> = rows.iter().filter_map(|row| row.lr.filter(|lr| lr.is_finite())).collect();
    rows.last()?.lr.filter(|lr| lr.is_finite())?;
    let (&rate, past) = rates.split_last()?;
    let &last = past.last()?;
    let largest = largest(past);
    let jump = above(rate, largest[past.len()]) / 1.5f64.ln();
    let rise = above(rate, standing(past, &largest)) / 3f64.ln();
    let falls = last > 0.0 && last > 0.02 * largest[past.len()] && rate < last;
    let drop = if falls { (last / rate.max(1e-12 * last)).ln() } else { 0.0 };
    Some((jump.max(rise), drop / 30f64.ln()))
}

fn above(rate: f64, level: f64) -> f64 {
    if level > 0.0 && rate > level { rate.ln() - level.ln() } else { 0.0 }
}

/// The largest rate of the schedule before each of them, and after all: a jump that falls back within 64 rates is none of it.
fn largest(rates: &[f64]) -> Vec<f64> {
    let mut largest = vec![f64::NEG_INFINITY];
    let mut jumped: Option<usize> = None;
    for (at, &rate) in rates.iter().enumerate() {
        let now = largest[at];
        let jumps = above(rate, now) > 1.5f64.ln();
        let back = jumped.filter(|&jump| !jumps && at - jump < 64 && rate <= largest[jump]);
        largest.push(match back {
            Some(jump) => largest[jump],
            None => now.max(rate),
        });
        jumped = if jumps { Some(at) } else { jumped.filter(|_| back.is_none()) };
    }
    largest
}

/// The largest rate after the last of 64 rates that did not exceed it; -inf where there is none.
fn standing(rates: &[f64], largest: &[f64]) -> f64 {
    // A rate exceeds the largest as it was before, or as it is after it is forgotten.
    let exceeds = |at: usize| rates[at] > largest[at].min(largest[at + 1]);
    let stood = |at: usize| at >= 63 && (at - 63..=at).all(|row| !exceeds(row));
    (0..rates.len()).rev().find(|&at| stood(at)).map_or(f64::NEG_INFINITY, |at| largest[at + 1])
}
