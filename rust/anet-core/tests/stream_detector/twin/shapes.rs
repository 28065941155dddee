//! The shapes that are remembered: of single samples, of pairs, of blocks of 8 and of 64.

use crate::twin::lag_vectors::Neighbours;

pub(crate) const SINGLES: [usize; 4] = [4, 16, 32, 64];
/// The shortest only forecasts.
pub(crate) const PAIRS: [usize; 3] = [8, 16, 32];
pub(crate) const EIGHTS: [usize; 3] = [8, 16, 32];
pub(crate) const SIXTY_FOURS: [usize; 3] = [4, 8, 16];

pub(crate) struct Shapes {
    pub(crate) singles: Neighbours,
    pub(crate) pairs: Neighbours,
    pub(crate) eights: Neighbours,
    pub(crate) sixty_fours: Neighbours,
}

impl Shapes {
    /// Of normal values. Pairs are remembered for 8192 samples, all else for 1024 of its blocks.
    pub(crate) fn of(y: &[f64]) -> Self {
        Self {
            singles: Neighbours::of(y, 1, 1024, &SINGLES),
            pairs: Neighbours::of(y, 2, 4096, &PAIRS),
            eights: Neighbours::of(y, 8, 1024, &EIGHTS),
            sixty_fours: Neighbours::of(y, 64, 1024, &SIXTY_FOURS),
        }
    }

    /// l32 and l64 at every sample, .4 before there are five pairs to compare with. They are kept in single precision.
    pub(crate) fn long_memory(&self, t: usize) -> [f64; 2] {
        [1, 2].map(|i| self.pairs.distance(t, i).map_or(0.4, |value| f64::from(value as f32)))
    }
}
