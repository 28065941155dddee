//! The zeros of a block: those behind sign changes, then the close pairs between two samples.

use crate::arithmetic::double_double::DoubleDouble;
use crate::roots::root::Root;
use crate::roots::{close_pairs, sign_changes};
use crate::sampling::block::Block;
use anet_simd::Level;
use anet_simd::autovec::Kernel;

/// Whether close pairs are searched. Without them the count must fail, which tests the count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClosePairs {
    /// The cells that Z'/Z makes suspect are searched.
    Searched,
    /// They are not.
    #[cfg(test)]
    Ignored,
}

/// Finds the roots in the cells of a block, in order.
pub(crate) struct FindRoots<'a> {
    /// The samples of the block with their margins.
    pub(crate) samples: &'a [f64],
    /// The block.
    pub(crate) block: Block,
    /// The instruction set.
    pub(crate) level: Level,
    /// Whether close pairs are searched.
    pub(crate) close_pairs: ClosePairs,
    /// The roots, and the memory of the work.
    pub(crate) scratch: &'a mut RootScratch,
    /// Where the zeros are added.
    pub(crate) zeros: &'a mut Vec<DoubleDouble>,
}

/// The roots of a block, and the memory of the work.
#[derive(Debug, Default)]
pub(crate) struct RootScratch {
    /// The roots in order.
    pub(crate) roots: Vec<Root>,
    cells: Vec<u32>,
    remainders: Vec<f64>,
}

impl Kernel for FindRoots<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { samples, block, level, close_pairs, scratch, zeros } = self;
        let RootScratch { roots, cells, remainders } = scratch;
        sign_changes::sign_changes(samples, block.cells, cells);
        sign_changes::roots_of(samples, cells, level, roots);
        if close_pairs == ClosePairs::Searched {
            close_pairs::suspects(samples, block.cells, roots, remainders, cells);
            for cells in cells.chunks(8) {
                close_pairs::search(samples, cells, level, roots);
            }
        }
        roots.retain(|root| (0..block.cells as isize).contains(&root.cell));
        zeros.reserve(roots.len());
        for root in roots.iter() {
            zeros.push(root.height(&block));
        }
    }
}
