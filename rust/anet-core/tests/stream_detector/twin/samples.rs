//! What came and what is missing: gaps.

/// Missing samples in a row from which nothing that spans them is evidence; a shorter gap is closed up.
const LONG: usize = 2;
/// Squares of anything larger overflow.
const LARGEST: f64 = 1e150;

/// The finite samples of a stream, the rows they stand in, and how many came since the last long gap before each.
#[derive(Default)]
pub(crate) struct Samples {
    pub(crate) x: Vec<f64>,
    pub(crate) rows: Vec<usize>,
    since: Vec<Option<usize>>,
}

impl Samples {
    /// Of rows, of which those that are not finite are missing. Missing rows before the first sample count as a gap.
    pub(crate) fn of(rows: &[f64]) -> Self {
        let mut samples = Self::default();
        let mut missing = 0;
        let mut since = None;
        for (row, &x) in rows.iter().enumerate() {
            if x.is_finite() {
                since = if missing >= LONG { Some(0) } else { since.map(|since: usize| since + 1) };
                samples.x.push(x.clamp(-LARGEST, LARGEST));
                samples.rows.push(row);
                samples.since.push(since);
                missing = 0;
            } else {
                missing += 1;
            }
        }
        samples
    }

    pub(crate) fn len(&self) -> usize {
        self.x.len()
    }

    /// Samples since the last long gap, number `t` included.
    pub(crate) fn together(&self, t: usize) -> usize {
        self.since[t].map_or(usize::MAX, |since| since + 1)
    }

    /// Blocks of `size` samples that were finished at sample `t` and began after the last long gap; the block that spans it
    /// counts as 0, one from before it as -1.
    pub(crate) fn blocks_since(&self, t: usize, size: usize) -> i64 {
        let finished = ((t + 1) / size) as i64 - 1;
        self.since[t].map_or(i64::MAX, |since| (finished - ((t - since) / size) as i64).max(-1))
    }
}
