//! Sums over 8 samples, so that means over long windows cost little.

use crate::detect::LONGEST;
use crate::error::{Result, StateError};
use crate::state::{Fields, Reader, Writer};

/// Samples in a block.
pub(super) const SIZE: usize = 8;

/// The sum of some numbers and the sum of their sizes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    pub(super) signed: f64,
    pub(super) size: f64,
}

/// The newest sums over whole blocks, and the one that is being filled.
#[derive(Debug, Clone)]
pub(super) struct BlockSums {
    /// Samples since the start.
    seen: u64,
    open: Sum,
    /// As `f32`: a block holds no more than eight samples of two or three digits.
    blocks: Box<[(f32, f32)]>,
}

impl BlockSums {
    /// The newest `blocks` blocks, none yet.
    pub(super) fn new(blocks: usize) -> Self {
        Self { seen: 0, open: Sum::default(), blocks: vec![(0.0, 0.0); blocks].into() }
    }

    /// Samples since the start.
    pub(super) fn seen(&self) -> u64 {
        self.seen
    }

    /// Takes one number.
    pub(super) fn push(&mut self, value: f64) {
        self.open.signed += value;
        self.open.size += value.abs();
        self.seen += 1;
        if self.seen.is_multiple_of(SIZE as u64) {
            let Sum { signed, size } = std::mem::take(&mut self.open);
            let slot = self.slot(self.seen / SIZE as u64 - 1);
            self.blocks[slot] = (signed as f32, size as f32);
        }
    }

    /// The sum over `count` whole blocks, the newest of which is `before` blocks before the newest one.
    pub(super) fn sum(&self, before: usize, count: usize) -> Sum {
        let newest = self.seen / SIZE as u64;
        let mut sum = Sum::default();
        for age in before..before + count {
            let (signed, size) =
                self.blocks[self.slot((newest + self.blocks.len() as u64 - 1).wrapping_sub(age as u64))];
            sum.signed += f64::from(signed);
            sum.size += f64::from(size);
        }
        sum
    }

    fn slot(&self, block: u64) -> usize {
        (block % self.blocks.len() as u64) as usize
    }
}

impl Fields for BlockSums {
    fn save(&self, out: &mut Writer) {
        self.seen.save(out);
        self.open.signed.save(out);
        self.open.size.save(out);
        for (signed, size) in &self.blocks {
            signed.save(out);
            size.save(out);
        }
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.seen.load(from)?;
        self.open.signed.load(from)?;
        self.open.size.load(from)?;
        for (signed, size) in &mut self.blocks {
            signed.load(from)?;
            size.load(from)?;
        }
        let largest = 12.0 * SIZE as f32;
        let possible =
            |&(signed, size): &(f32, f32)| signed.abs() <= largest && (0.0..=largest).contains(&size);
        let open = (self.open.signed as f32, self.open.size as f32);
        if self.seen <= LONGEST && self.blocks.iter().all(possible) && possible(&open) {
            Ok(())
        } else {
            Err(StateError::Field { name: "sums" }.into())
        }
    }
}
