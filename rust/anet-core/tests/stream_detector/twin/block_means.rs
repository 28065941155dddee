//! Shapes and rarity of means over blocks of 8 and of 64 samples.

use crate::twin::lag_vectors::Neighbours;
use crate::twin::normaliser::Normal;
use crate::twin::rarity::rarity;
use crate::twin::samples::Samples;
use crate::twin::shapes::{EIGHTS, SIXTY_FOURS};
use crate::twin::tokens::{tokens, within};

/// One size of block: lengths of its lag vectors, and how many blocks the rarity is averaged over.
pub(crate) struct Blocks {
    size: usize,
    lengths: [usize; 3],
    last: usize,
}

pub(crate) const EIGHT: Blocks = Blocks { size: 8, lengths: EIGHTS, last: 2 };
pub(crate) const SIXTY_FOUR: Blocks = Blocks { size: 64, lengths: SIXTY_FOURS, last: 1 };

impl Blocks {
    /// Three distances and the rarity at every sample; those of a block hold until the next one is whole. What a block that
    /// spans a long gap is part of is NaN.
    pub(crate) fn parts(&self, samples: &Samples, normal: &[Normal], shapes: &Neighbours) -> Vec<[f64; 4]> {
        let rarity = self.rarity(samples, normal);
        let at = |t: usize| {
            let since = samples.blocks_since(t, self.size);
            let shape = |i: usize| {
                let value = shapes.distance(t, i).unwrap_or(0.4);
                if since < self.lengths[i] as i64 { f64::NAN } else { value }
            };
            let block = ((t + 1) / self.size).checked_sub(1);
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
