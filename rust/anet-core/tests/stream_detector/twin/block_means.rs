//! Shapes and rarity of means over blocks of 8 and of 64 samples.

use crate::twin::lag_vectors::{mean_distance, neighbours, whole_numbers};
use crate::twin::normaliser::Normal;
use crate::twin::rarity::rarity;
use crate::twin::samples::Samples;
use crate::twin::tokens::{tokens, within};

const RING: usize = 1024;

/// One size of block: lengths of its lag vectors, and how many blocks the rarity is averaged over.
pub(crate) struct Blocks {
    pub(crate) size: usize,
    pub(crate) lengths: [usize; 3],
    pub(crate) last: usize,
}

pub(crate) const EIGHT: Blocks = Blocks { size: 8, lengths: [8, 16, 32], last: 2 };
pub(crate) const SIXTY_FOUR: Blocks = Blocks { size: 64, lengths: [4, 8, 16], last: 1 };

impl Blocks {
    /// Three distances and the rarity at every sample; those of a block hold until the next one is whole. What a block that
    /// spans a long gap is part of is NaN.
    pub(crate) fn parts(&self, samples: &Samples, normal: &[Normal]) -> Vec<[f64; 4]> {
        let shapes: Vec<f64> = normal.iter().map(|normal| normal.shape).collect();
        let numbers = whole_numbers(&shapes, self.size);
        let tables = self.lengths.map(|w| neighbours(&numbers, w, RING));
        let rarity = self.rarity(samples, normal);
        let at = |t: usize| {
            let since = samples.blocks_since(t, self.size);
            let block = ((t + 1) / self.size).checked_sub(1);
            let shape = |i: usize| {
                let found = block.and_then(|block| tables[i][block].as_ref());
                let value = found.map_or(0.4, |found| mean_distance(found, self.lengths[i], 64.0));
                if since < self.lengths[i] as i64 { f64::NAN } else { value }
            };
            let rare = block.map_or(1.5, |block| rarity[block]);
            [shape(0), shape(1), shape(2), if since < 1 { f64::NAN } else { rare }]
        };
        (0..samples.len()).map(at).collect()
    }

    fn rarity(&self, samples: &Samples, normal: &[Normal]) -> Vec<f64> {
        let blocks = normal.chunks_exact(self.size);
        let mean = |block: &[Normal]| block.iter().map(|normal| normal.token).sum::<f64>() / self.size as f64;
        let levels: Vec<f64> = blocks.map(|block| mean(block).clamp(-6.0, 5.999)).collect();
        let since = |block: usize| samples.blocks_since((block + 1) * self.size - 1, self.size);
        let whole = |block: usize| within(usize::try_from(since(block)).unwrap_or(0));
        rarity(&tokens(&levels), self.last, whole)
    }
}
