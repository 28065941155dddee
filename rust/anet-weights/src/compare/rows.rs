//! The cosine of each row of two matrices, counted so that memory does not depend on their number.

/// Steps of a cosine that are told apart.
const STEPS: usize = 200;
/// Rows that are named.
const NAMED: usize = 16;
/// Below this a row is another one: a token that was swapped, say.
const OTHER: f64 = 0.5;

/// Cosines between the rows of two models. A row that is all zero in one of them has none.
#[derive(Debug, Clone, PartialEq)]
pub struct RowCosines {
    /// Rows with a cosine.
    pub rows: u64,
    /// The median, to 0.01 below; 1 without rows.
    pub median: f64,
    /// Rows with a cosine below 0.5.
    pub other: u64,
    /// The first 16 of those, by their places.
    pub named: Vec<(u64, f64)>,
}

/// What is kept while the rows go by.
#[derive(Debug, Clone)]
pub(super) struct RowCounts {
    steps: [u64; STEPS + 1],
    named: Vec<(u64, f64)>,
    other: u64,
}

impl RowCounts {
    pub(super) fn new() -> Self {
        Self { steps: [0; STEPS + 1], named: Vec::new(), other: 0 }
    }

    /// Takes a row by its place, its squares in both models, and its product.
    pub(super) fn take(&mut self, place: u64, squares: [f64; 2], product: f64) {
        let norm = squares[0].sqrt() * squares[1].sqrt();
        if norm == 0.0 {
            return;
        }
        let cosine = (product / norm).clamp(-1.0, 1.0);
        self.steps[(0.5 * (cosine + 1.0) * STEPS as f64) as usize] += 1;
        if cosine < OTHER {
            self.other += 1;
            if self.named.len() < NAMED {
                self.named.push((place, cosine));
            }
        }
    }

    /// Adds the rows that come behind.
    pub(super) fn join(&mut self, next: Self) {
        for (count, more) in self.steps.iter_mut().zip(next.steps) {
            *count += more;
        }
        self.other += next.other;
        self.named.extend(next.named.into_iter().take(NAMED - self.named.len()));
    }

    pub(super) fn finish(self) -> RowCosines {
        let rows: u64 = self.steps.iter().sum();
        let mut below = 0;
        let median = self.steps.iter().position(|count| {
            below += count;
            2 * below > rows
        });
        let median = median.map_or(1.0, |step| 2.0 * step as f64 / STEPS as f64 - 1.0);
        RowCosines { rows, median, other: self.other, named: self.named }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_and_the_other_rows_are_found() {
        let mut counts = RowCounts::new();
        for (place, cosine) in [1.0, 0.9, -0.2, 0.95, 0.97].into_iter().enumerate() {
            counts.take(place as u64, [4.0, 1.0], 2.0 * cosine);
        }
        counts.take(5, [0.0, 1.0], 0.0);
        let found = counts.finish();
        assert_eq!((found.rows, found.other, found.named), (5, 1, vec![(2, -0.2)]));
        assert!((found.median - 0.95).abs() < 0.011);
        assert_eq!(RowCounts::new().finish().median, 1.0);
    }
}
