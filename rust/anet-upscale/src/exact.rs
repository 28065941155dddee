//! Blocks are moved so that their means are what they should be, within limits where there are some.

use crate::coarse::Kind;

/// Values between which all samples lie; infinite where there is no limit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Limits {
    pub(crate) const NONE: Self = Self { low: f64::NEG_INFINITY, high: f64::INFINITY };
}

/// Halvings of an interval that reach the last bit of a number.
const HALVINGS: usize = 80;

/// Moves each block onto its point, and into the limits.
pub(crate) fn fit(values: &mut [f64], points: &[f64], kind: Kind, limits: Limits) {
    let factor = values.len() / points.len();
    for (block, point) in values.chunks_exact_mut(factor).zip(points) {
        match kind {
            _ if point.is_nan() => block.fill(f64::NAN),
            Kind::Mean => fit_mean(block, *point, limits),
            Kind::Sample => {
                block[0] = *point;
                block.iter_mut().for_each(|x| *x = x.clamp(limits.low, limits.high));
            }
        }
    }
}

fn fit_mean(block: &mut [f64], wanted: f64, limits: Limits) {
    // The second time moves what rounding of the first has left.
    move_by(block, |block| lacking(block, wanted));
    move_by(block, |block| lacking(block, wanted));
    if block.iter().any(|x| !(limits.low..=limits.high).contains(x)) {
        clip(block, wanted, limits);
    }
}

fn move_by(block: &mut [f64], by: impl FnOnce(&[f64]) -> f64) {
    let by = by(block);
    block.iter_mut().for_each(|x| *x += by);
}

/// By how much the mean falls short of the wanted one.
fn lacking(block: &[f64], wanted: f64) -> f64 {
    block.iter().map(|x| wanted - x).sum::<f64>() / block.len() as f64
}

/// x becomes clip(x + c), with c found by bisection so that the mean stays.
fn clip(block: &mut [f64], wanted: f64, limits: Limits) {
    let clipped = |x: f64, by: f64| (x + by).clamp(limits.low, limits.high);
    let short = |by: f64| block.iter().map(|x| wanted - clipped(*x, by)).sum::<f64>();
    let (mut down, mut up) = bracket(block, limits);
    for _ in 0..HALVINGS {
        let middle = down + (up - down) / 2.0;
        if short(middle) > 0.0 { down = middle } else { up = middle }
    }
    block.iter_mut().for_each(|x| *x = clipped(*x, up));
}

/// Moves that surely are too low and too high. One limit alone moves the mean to one side.
fn bracket(block: &[f64], limits: Limits) -> (f64, f64) {
    let least = block.iter().copied().fold(f64::INFINITY, f64::min);
    let most = block.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let down = if limits.low.is_finite() { limits.low - most } else { 0.0 };
    let up = if limits.high.is_finite() { limits.high - least } else { 0.0 };
    (down.min(0.0), up.max(0.0))
}
