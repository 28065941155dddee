//! The blocks of a reference, and how its coarse series moves around each.

use crate::coarse::{Coarse, Kind, Unit};

/// Steps of a coarse series around a block, in its unit.
pub(super) type Context = [f64; 3];

/// Most blocks that are kept, evenly over the reference: more are slower and not better.
const MOST: usize = 4096;
/// Blocks at the beginning and at the end of a series that have no full context.
const MARGIN: (usize, usize) = (2, 3);

/// Blocks of a reference, less their base and over their unit.
pub(crate) struct Library {
    pub(super) contexts: Vec<Context>,
    /// The samples of all blocks, one after another.
    shapes: Vec<f64>,
    /// From the last sample before a block to its first.
    pub(super) joins: Vec<f64>,
    factor: usize,
}

impl Library {
    /// Cuts a reference at the offsets 0, s, 2 s, ... with `s = max(1, factor div 4)`. A block that a missing sample
    /// reaches is left out.
    pub(crate) fn new(reference: &[f64], factor: usize, kind: Kind, unit: Unit) -> Self {
        let stride = (factor / 4).max(1);
        let cuts: Vec<(usize, Coarse)> = (0..factor)
            .step_by(stride)
            .map(|offset| (offset, Coarse::of(reference, factor, kind, offset)))
            .collect();
        let places: Vec<(usize, usize)> = (0..cuts.len())
            .flat_map(|cut| {
                let last = cuts[cut].1.len().saturating_sub(MARGIN.1);
                (MARGIN.0..last).map(move |block| (cut, block))
            })
            .filter(|&(cut, block)| is_whole(reference, &cuts[cut], block, factor, kind))
            .collect();
        let kept = places.len().min(MOST);
        let mut library = Self { contexts: vec![], shapes: vec![], joins: vec![], factor };
        for n in 0..kept {
            let (cut, block) = places[n * places.len() / kept];
            library.add(reference, &cuts[cut], block, kind, unit);
        }
        library
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.contexts.is_empty()
    }

    pub(super) fn shape(&self, block: usize) -> &[f64] {
        &self.shapes[block * self.factor..(block + 1) * self.factor]
    }

    fn add(
        &mut self,
        reference: &[f64],
        (offset, coarse): &(usize, Coarse),
        block: usize,
        kind: Kind,
        unit: Unit,
    ) {
        let (first, scale) = (offset + block * self.factor, unit.at(coarse, block));
        let samples = &reference[first..first + self.factor];
        let base = Base::new(coarse, block, kind, self.factor);
        self.shapes.extend(samples.iter().enumerate().map(|(j, x)| (x - base.at(j)) / scale));
        self.joins.push((samples[0] - reference[first - 1]) / scale);
        self.contexts.push(context(coarse, block, kind, scale));
    }
}

/// How a coarse series moves around a point: in and out of it, and of samples once more.
pub(super) fn context(coarse: &Coarse, i: usize, kind: Kind, scale: f64) -> Context {
    let over = |step: f64| if step.is_finite() && scale > 0.0 { step / scale } else { 0.0 };
    let next = if kind == Kind::Sample { over(coarse.step(i + 2)) } else { 0.0 };
    [over(coarse.step(i)), over(coarse.step(i + 1)), next]
}

/// What a block's shape is added to: its mean, or of samples the line to the next one.
pub(super) struct Base {
    start: f64,
    slope: f64,
}

impl Base {
    pub(super) fn new(coarse: &Coarse, i: usize, kind: Kind, factor: usize) -> Self {
        let step = if kind == Kind::Sample { coarse.step(i + 1) } else { 0.0 };
        let slope = if step.is_finite() { step / factor as f64 } else { 0.0 };
        Self { start: coarse.values[i], slope }
    }

    pub(super) fn at(&self, j: usize) -> f64 {
        self.start + self.slope * j as f64
    }
}

/// Whether neither the block, nor the sample before it, nor a step of its context is missing.
fn is_whole(
    reference: &[f64],
    (offset, coarse): &(usize, Coarse),
    block: usize,
    factor: usize,
    kind: Kind,
) -> bool {
    let first = offset + block * factor;
    let reach = if kind == Kind::Sample { block + 2 } else { block + 1 };
    reference[first - 1..first + factor].iter().all(|x| x.is_finite())
        && coarse.values[block - 1..=reach].iter().all(|x| x.is_finite())
}
