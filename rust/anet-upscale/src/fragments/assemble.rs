//! One block after another, each of those that fit the one that joins.

use super::library::{Base, Library, context};
use super::neighbours::{NEAREST, Neighbours};
use crate::coarse::{Coarse, Kind, Unit};
use crate::random::Random;

/// Blocks that are kept for how well they join, and of which one is drawn.
const JOINING: usize = 4;

/// The series at the full rate. The block of a missing point is NaN, and after it joins start anew.
pub(crate) fn assemble(
    series: &Coarse,
    library: &Library,
    factor: usize,
    kind: Kind,
    unit: Unit,
    random: Random,
) -> Vec<f64> {
    let neighbours = Neighbours::new(&library.contexts, if kind == Kind::Sample { 3 } else { 2 });
    let mut values = Vec::with_capacity(series.len() * factor);
    for (i, point) in series.values.iter().enumerate() {
        if point.is_nan() {
            values.resize(values.len() + factor, f64::NAN);
            continue;
        }
        let scale = unit.at(series, i);
        let near = neighbours.nearest(context(series, i, kind, scale));
        let mut candidates = Candidates::new(near.indices());
        let last = values.last().copied().filter(|last: &f64| kind == Kind::Mean && !last.is_nan());
        if let Some(last) = last {
            candidates.keep_joining(|block| {
                (point + library.shape(block)[0] * scale - last - library.joins[block] * scale).abs()
            });
        }
        let base = Base::new(series, i, kind, factor);
        let shape = library.shape(candidates.draw(random.uniform(i as u64)));
        values.extend(shape.iter().enumerate().map(|(j, x)| base.at(j) + x * scale));
    }
    values
}

/// Blocks that one is drawn from.
struct Candidates {
    blocks: [(f64, usize); NEAREST],
    count: usize,
}

impl Candidates {
    fn new(blocks: impl Iterator<Item = usize>) -> Self {
        let mut held = Self { blocks: [(0.0, 0); NEAREST], count: 0 };
        for block in blocks {
            held.blocks[held.count].1 = block;
            held.count += 1;
        }
        held
    }

    /// Keeps the few that are least far from joining; of equals the nearer one.
    fn keep_joining(&mut self, far: impl Fn(usize) -> f64) {
        let blocks = &mut self.blocks[..self.count];
        for (distance, block) in &mut *blocks {
            *distance = far(*block);
        }
        blocks.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        self.count = self.count.min(JOINING);
    }

    fn draw(&self, uniform: f64) -> usize {
        self.blocks[(uniform * self.count as f64) as usize].1
    }
}
