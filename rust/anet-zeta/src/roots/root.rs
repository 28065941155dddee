//! Roots of Z in the cells of a block, and the intervals that hold one.

use crate::arithmetic::double_double::DoubleDouble;
use crate::sampling::block::{Block, MARGIN};

/// A root in a cell: `cell + (u + 1) / 2` samples above the start of the block. The last step of u is kept apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Root {
    /// The cell; −1 is the one below the block.
    pub(super) cell: isize,
    /// Place within it, from −1 to 1.
    pub(super) u: f64,
    /// A correction of u.
    pub(super) step: f64,
    /// The derivative of Z by u.
    pub(super) slope: f64,
}

impl Root {
    /// Its height, in two doubles.
    #[inline(always)]
    pub(super) fn height(&self, block: &Block) -> DoubleDouble {
        let half = 0.5 * block.spacing;
        // Near the highest height half a spacing is finer than a double.
        let middle = DoubleDouble::two_sum(block.height(self.cell), half);
        let product = DoubleDouble::two_product(half, self.u);
        let sum = DoubleDouble::two_sum(middle.high, product.high);
        let low = sum.low + (middle.low + half.mul_add(self.step, product.low));
        DoubleDouble::fast_two_sum(sum.high, low)
    }
}

/// An interval of u with one sign change.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bracket {
    /// The lower end.
    pub(super) low: f64,
    /// The upper end.
    pub(super) high: f64,
    /// Where the search begins.
    pub(super) start: f64,
    /// The sign of Z on either side.
    pub(super) crossing: Crossing,
}

/// How Z crosses the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Crossing {
    /// From below.
    Up,
    /// From above.
    Down,
}

impl Crossing {
    /// That of an interval at whose lower end Z is `value`.
    #[inline(always)]
    pub(super) fn from(value: f64) -> Self {
        if is_negative(value) { Self::Up } else { Self::Down }
    }
}

impl Bracket {
    /// A cell whose ends differ in sign.
    #[inline(always)]
    pub(super) fn cell(crossing: Crossing) -> Self {
        Self::between(-1.0, 1.0, crossing)
    }

    /// Between two places, the search beginning in the middle.
    #[inline(always)]
    pub(super) fn between(low: f64, high: f64, crossing: Crossing) -> Self {
        Self { low, high, start: 0.5 * (low + high), crossing }
    }
}

/// The samples at the left of up to eight cells, the first again in place of missing ones.
#[inline(always)]
pub(super) fn eight(cells: &[u32]) -> [usize; 8] {
    let mut lefts = [cells[0] as usize; 8];
    for (left, cell) in lefts.iter_mut().zip(cells) {
        *left = *cell as usize;
    }
    lefts
}

/// The index of the sample at the left of a cell.
#[inline(always)]
pub(super) fn left_of(cell: isize) -> usize {
    (cell + MARGIN as isize) as usize
}

/// The cell at whose left a sample lies.
#[inline(always)]
pub(super) fn cell_at(left: usize) -> isize {
    left as isize - MARGIN as isize
}

/// Whether Z is below the axis; zero is not.
#[inline(always)]
pub(super) fn is_negative(value: f64) -> bool {
    value < 0.0
}
