//! Shapes over more than 64 samples: means over 2, 8 and 64 samples, measured as the samples themselves are.

use crate::detect::component::Component;
use crate::detect::forecast::Past;
use crate::detect::neighbour::Match;
use crate::detect::normalise::Normalised;
use crate::detect::shape::{BlockMeans, HalfRate};
use crate::error::Result;
use crate::state::fields;
use anet_simd::Level;

/// Where its components begin among all.
const BLOCK8: usize = Component::Block8Dense8 as usize;
const BLOCK64: usize = Component::Block64Dense4 as usize;
const BLOCK2: usize = Component::Block2Dense16 as usize;
const END: usize = Component::Residual1 as usize;

/// The memories of means.
#[derive(Debug, Clone)]
pub(super) struct LongShapes {
    half_rate: HalfRate,
    blocks: BlockMeans,
}

impl LongShapes {
    /// The first of its components.
    pub(super) const FIRST: Component = Component::Block8Dense8;

    /// Has seen nothing.
    pub(super) fn new(level: Level) -> Self {
        Self { half_rate: HalfRate::new(level), blocks: BlockMeans::new(level) }
    }

    /// The stream came back after a long gap.
    pub(super) fn forget(&mut self) {
        self.half_rate.forget();
        self.blocks.forget();
    }

    /// Its components at sample number `t`.
    pub(super) fn push(&mut self, t: u64, normal: Normalised) -> [f64; END - BLOCK8] {
        let mut values = [0.0; END - BLOCK8];
        values[..BLOCK64 - BLOCK8].copy_from_slice(&self.blocks.eight.push(t, normal));
        values[BLOCK64 - BLOCK8..BLOCK2 - BLOCK8].copy_from_slice(&self.blocks.sixty_four.push(t, normal));
        values[BLOCK2 - BLOCK8..].copy_from_slice(&self.half_rate.push(t, normal.shape));
        values
    }

    /// What came after the nearest lag vectors: three lengths of means over 8 samples, three of means over 2.
    pub(super) fn analogues(&self, past: &Past) -> [f64; 6] {
        let [a, b, c] = self.blocks.eight.ages();
        let [d, e, f] = self.half_rate.ages();
        [past.after(a), past.after(b), past.after(c), past.after(d), past.after(e), past.after(f)]
    }

    /// The nearest earlier runs of samples at sample number `t`, the nearest first, where a component compares with any.
    pub(super) fn nearest(&self, t: u64, part: Component) -> Vec<Match> {
        use Component::*;
        match part {
            Block8Dense8 | Block8Dense16 | Block8Dense32 => {
                self.blocks.eight.nearest(t, part as usize - BLOCK8)
            }
            Block64Dense4 | Block64Dense8 | Block64Dense16 => {
                self.blocks.sixty_four.nearest(t, part as usize - BLOCK64)
            }
            Block2Dense16 | Block2Dense32 => self.half_rate.nearest(t, part as usize - BLOCK2),
            _ => Vec::new(),
        }
    }

    /// What follows from the samples.
    pub(super) fn recompute(&mut self, past: &Past) -> Result<()> {
        self.half_rate.recompute(past)
    }
}

fields!(LongShapes { half_rate, blocks });
