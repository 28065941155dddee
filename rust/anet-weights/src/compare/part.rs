//! What a chunk of a tensor gives: sums that are joined with those of the chunk before.

use anet_simd::Level;

use super::rounding::{Rounding, RoundingSquares};
use super::rows::RowCounts;
use super::segment::Segment;
use super::signs::Signs;
use super::sums::{Sums, sums};
use super::{Comparison, ModelSums, PairSums};

/// Sums of each model and of each pair.
pub(super) struct Part {
    /// The models, then the base: the largest magnitude, and what is not finite.
    numbers: Vec<(f32, u64)>,
    models: usize,
    pairs: Vec<Pair>,
}

struct Pair {
    models: (usize, usize),
    total: Sums,
    /// Of the row under way.
    row: Sums,
    signs: (u64, u64),
    rounding: (f64, f64),
    rows: Option<RowCounts>,
    /// Of the newest segment.
    newest: Sums,
}

impl Part {
    pub(super) fn new(models: usize, has_base: bool, has_rows: bool) -> Self {
        let pairs = (0..models).flat_map(|first| (first + 1..models).map(move |second| (first, second)));
        let pairs = pairs.map(|pair| Pair::new(pair, has_rows)).collect();
        Self { numbers: vec![(0.0, 0); models + usize::from(has_base)], models, pairs }
    }

    /// Adds a segment of each model and of the base.
    pub(super) fn add(&mut self, level: Level, segments: &[Segment]) {
        for (numbers, segment) in self.numbers.iter_mut().zip(segments) {
            *numbers = (numbers.0.max(segment.largest), numbers.1 + segment.not_finite);
        }
        for pair in &mut self.pairs {
            let (a, b) = (&segments[pair.models.0], &segments[pair.models.1]);
            pair.newest = sums(level, a, b, segments.get(self.models));
            pair.row.join(&pair.newest);
        }
    }

    /// Measures shares on the segments that were added last.
    pub(super) fn sample(&mut self, level: Level, segments: &[Segment], rounding: Option<Rounding>) {
        let base = segments.get(self.models).map(|base| &*base.numbers);
        for pair in &mut self.pairs {
            let (a, b) = (&*segments[pair.models.0].numbers, &*segments[pair.models.1].numbers);
            if let Some(o) = base {
                let [opposed, moved] = level.run(Signs { a, b, o });
                pair.signs = (pair.signs.0 + opposed, pair.signs.1 + moved);
            }
            if let Some(rounding) = rounding {
                pair.rounding.0 += level.run(RoundingSquares { a, b, rounding });
                pair.rounding.1 += pair.newest.merged_squares(base.is_some());
            }
        }
    }

    /// Ends the row at this place.
    pub(super) fn end_row(&mut self, place: u64) {
        for pair in &mut self.pairs {
            if let Some(rows) = &mut pair.rows {
                rows.take(place, pair.row.squares, pair.row.products);
            }
            pair.end_row();
        }
    }

    /// Adds the chunk that comes behind.
    pub(super) fn join(&mut self, next: Self) {
        for (numbers, next) in self.numbers.iter_mut().zip(next.numbers) {
            *numbers = (numbers.0.max(next.0), numbers.1 + next.1);
        }
        for (pair, next) in self.pairs.iter_mut().zip(next.pairs) {
            pair.join(next);
        }
    }

    pub(super) fn finish(self) -> Comparison {
        let of = |place: usize, squares: f64, change_squares: f64| {
            let (largest, not_finite) = self.numbers[place];
            ModelSums { squares, largest, not_finite, change_squares }
        };
        // The first model's pairs hold the sums of every model, and each those of the base.
        let firsts =
            || self.pairs.iter().filter(|pair| pair.models.0 == 0).map(|pair| (pair.models.1, pair.total));
        let first = firsts().take(1).map(|(_, sums)| of(0, sums.squares[0], sums.change_squares[0]));
        let others = firsts().map(|(place, sums)| of(place, sums.squares[1], sums.change_squares[1]));
        let base = firsts().next().filter(|_| self.numbers.len() > self.models);
        let base = base.map(|(_, sums)| of(self.models, sums.base_squares, 0.0));
        let models = first.chain(others).collect();
        Comparison { models, base, pairs: self.pairs.into_iter().map(Pair::finish).collect() }
    }
}

impl Pair {
    fn new(models: (usize, usize), has_rows: bool) -> Self {
        let (total, row, newest) = (Sums::default(), Sums::default(), Sums::default());
        let rows = has_rows.then(RowCounts::new);
        Self { models, total, row, signs: (0, 0), rounding: (0.0, 0.0), rows, newest }
    }

    fn end_row(&mut self) {
        self.total.join(&self.row);
        self.row = Sums::default();
    }

    fn join(&mut self, mut next: Self) {
        // Without rows a chunk may end where its one row goes on.
        next.end_row();
        self.total.join(&next.total);
        self.signs = (self.signs.0 + next.signs.0, self.signs.1 + next.signs.1);
        self.rounding = (self.rounding.0 + next.rounding.0, self.rounding.1 + next.rounding.1);
        if let (Some(rows), Some(more)) = (&mut self.rows, next.rows) {
            rows.join(more);
        }
    }

    fn finish(self) -> PairSums {
        let Sums { products, distance_squares, change_products, .. } = self.total;
        let (signs, rounding, rows) = (self.signs, self.rounding, self.rows.map(RowCounts::finish));
        PairSums { products, distance_squares, change_products, signs, rounding, rows }
    }
}

impl Sums {
    /// Σ (m - o)² of the average m; without a base Σ (a - b)² / 4.
    fn merged_squares(&self, has_base: bool) -> f64 {
        if has_base {
            0.25 * (self.change_squares[0] + self.change_squares[1] + 2.0 * self.change_products)
        } else {
            0.25 * self.distance_squares
        }
    }
}
