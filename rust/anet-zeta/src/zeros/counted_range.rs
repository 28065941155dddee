//! A range of heights whose zeros are found, and counted at both ends.

use crate::arithmetic::double_double::DoubleDouble;
use crate::error::{Error, Result};
use crate::sampling::grid::{BlockIndex, LOWEST_HEIGHT};
use crate::smooth::inversion::{NEWTON_STEPS, invert_counting_function};
use crate::zeros::block_search::zeros_of;
use crate::zeros::certificate::ZeroCertificate;
use crate::zeros::search::Search;
use crate::zeros::turing::{BOUND_FROM, TuringCount};

/// Zeros on either side of an end, on which Turing's method counts there: 45 leave the bounds 0.2 to 0.9 apart.
const FLANK: f64 = 50.0;

/// What S(T) may move an ordinal by from where the smooth count has it: |S| < 4 at every height computed so far.
const LARGEST_S: f64 = 6.0;

/// Below this ordinal a range begins at the bottom, where the count is 0: the bound on S holds above 168π only.
const FROM_BOTTOM: u64 = 500;

/// Heights to search, `bottom` to `top`, and the two between them at which to count.
#[derive(Debug, Clone, Copy)]
pub(super) struct SearchRange {
    bottom: f64,
    lower: f64,
    upper: f64,
    top: f64,
}

/// Zeros of a range, the number below them, and what shows it.
pub(super) struct CountedZeros {
    /// N at the lower end.
    pub(super) below: u64,
    /// From the first above the lower end on.
    pub(super) zeros: Vec<DoubleDouble>,
    /// The counts.
    pub(super) certificate: ZeroCertificate,
}

impl CountedZeros {
    /// N(T) at a height within the range: a zero at T itself counts.
    pub(super) fn count_to(&self, height: f64) -> u64 {
        let passed = |zero: &DoubleDouble| zero.high < height || (zero.high == height && zero.low <= 0.0);
        self.below + self.zeros.partition_point(passed) as u64
    }
}

impl SearchRange {
    /// Of the ordinals `first` to `first + count − 1`.
    pub(super) fn of(first: u64, count: u64) -> Self {
        let at = |ordinal: f64| invert_counting_function(ordinal, NEWTON_STEPS);
        let last = (first + count - 1).max(FROM_BOTTOM) as f64;
        let (upper, top) = (at(last + FLANK + LARGEST_S), at(last + 2.0 * FLANK + LARGEST_S));
        if first <= FROM_BOTTOM {
            return Self { bottom: LOWEST_HEIGHT, lower: LOWEST_HEIGHT, upper, top };
        }
        let first = first as f64;
        let (bottom, lower) = (at(first - 2.0 * FLANK - LARGEST_S), at(first - FLANK - LARGEST_S));
        Self { bottom, lower, upper, top }
    }

    /// The zeros above the lower end, sampled ever more densely until the counts agree with them.
    pub(super) fn counted(&self, search: &Search<'_>) -> Result<CountedZeros> {
        for refinements in 0..=search.refinements {
            let mut zeros = self.find(refinements, search)?;
            if let Some((below, certificate)) = self.certify(&zeros, refinements) {
                zeros.drain(..zeros.partition_point(|zero| zero.high <= self.lower));
                return Ok(CountedZeros { below, zeros, certificate });
            }
        }
        Err(Error::Uncounted { from: self.bottom, to: self.top })
    }

    /// All zeros of the blocks that cover the range.
    fn find(&self, refinements: u32, search: &Search<'_>) -> Result<Vec<DoubleDouble>> {
        let mut blocks = Vec::new();
        let mut index = BlockIndex::of(self.bottom);
        while index.block().start < self.top {
            blocks.push((0..refinements).fold(index.block(), |block, _| block.refined()));
            index = index.next();
        }
        zeros_of(&blocks, search)
    }

    /// The number of zeros below the lower end and the certificate, if the counts agree with the zeros found.
    fn certify(&self, zeros: &[DoubleDouble], refinements: u32) -> Option<(u64, ZeroCertificate)> {
        let lower = self.lower_count(zeros);
        let below = lower.map_or(Some(0), |count| count.number())?;
        let down = (self.upper - self.bottom.max(BOUND_FROM)).min(self.top - self.upper);
        let upper = TuringCount::about(self.upper, (down, self.top - self.upper), zeros);
        let inside = zeros.partition_point(|zero| zero.high <= self.upper)
            - zeros.partition_point(|zero| zero.high <= self.lower);
        let found = inside as u64;
        let certificate = ZeroCertificate { lower, upper, found, refinements };
        (upper.number()? == below + found).then_some((below, certificate))
    }

    /// The count at the lower end, `None` at the bottom.
    fn lower_count(&self, zeros: &[DoubleDouble]) -> Option<TuringCount> {
        let (down, up) = (self.lower - self.bottom, self.top - self.lower);
        (down > 0.0).then(|| TuringCount::about(self.lower, (down, up.min(down)), zeros))
    }
}
