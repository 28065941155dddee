//! Long shapes: the same questions asked of means over 8 and over 64 samples.

use crate::detect::explanation::Stretch;
use crate::detect::normalise::normaliser::Normal;
use crate::detect::shape::lag_knn::Neighbours;
use crate::detect::tokens::token_counts::Rarity;
use crate::detect::tokens::tokens::{TOKENS, Tokens, whole};
use crate::error::{Result, StateError};
use crate::state::codec::{Reader, Writer};
use anet_simd::Level;

/// Means are of shapes cut here, in 64ths they fit what [`Neighbours`] takes.
const SHAPE_LIMIT: f64 = 25.0;
/// Levels of means stop short of 6.
const TOKEN_LIMIT: (f64, f64) = (-6.0, 5.999);
const UNIT: f64 = 64.0;
/// Values before there are any.
const EARLY_DENSE: f64 = 0.4;
const EARLY_RARITY: f64 = 1.5;

/// What a block says: three lengths of lag vector, and rarity.
pub type Raw = [f64; 4];

/// One length of block. Its values hold from the last sample of a block to the last sample of the next.
#[derive(Debug, Clone)]
pub struct Blocks<const LAST: usize> {
    size: u64,
    shape: f64,
    token: f64,
    neighbours: Neighbours<3>,
    tokens: Tokens,
    rarity: Rarity<LAST>,
    raw: Raw,
    since: u64,
}

impl<const LAST: usize> Blocks<LAST> {
    /// Blocks of `size` samples, lag vectors of `lengths` blocks, rarity as the mean of the last `LAST` blocks.
    pub fn new(level: Level, size: u64, lengths: [usize; 3]) -> Self {
        Self {
            size,
            shape: 0.0,
            token: 0.0,
            neighbours: Neighbours::new(level, lengths, UNIT, [EARLY_DENSE; 3]),
            tokens: Tokens::new(),
            rarity: Rarity::new(TOKENS),
            raw: [EARLY_DENSE, EARLY_DENSE, EARLY_DENSE, EARLY_RARITY],
            since: u64::MAX,
        }
    }

    /// The values at sample number `t`.
    pub fn push(&mut self, t: u64, normal: Normal) -> Raw {
        self.shape += normal.shape.clamp(-SHAPE_LIMIT, SHAPE_LIMIT);
        self.token += normal.token;
        if (t + 1).is_multiple_of(self.size) {
            self.finish(t / self.size);
        }
        self.raw
    }

    /// The stream came back from a long gap. The block that spans it is the last of the old ones; until new ones fill a lag
    /// vector, that has nothing to say.
    pub fn cut(&mut self) {
        self.since = 0;
        self.raw = [f64::NAN; 4];
    }

    fn finish(&mut self, block: u64) {
        let mean = |sum: &mut f64| std::mem::take(sum) / self.size as f64;
        let (shape, token) = (mean(&mut self.shape), mean(&mut self.token));
        let dense = self.neighbours.push(block, self.since, shape);
        let tokens = self.tokens.push(block, token.clamp(TOKEN_LIMIT.0, TOKEN_LIMIT.1));
        let logs = self.rarity.counts().logs(&tokens);
        let rarity = self.rarity.push(block, &tokens, &logs, whole(self.since.saturating_sub(1)));
        self.raw = [dense[0], dense[1], dense[2], if self.since == 0 { f64::NAN } else { rarity }];
        self.since = self.since.saturating_add(1);
    }

    /// The nearest stretches of one length at sample number `t`.
    pub fn nearest(&self, t: u64, length: usize) -> Vec<Stretch> {
        let Some(block) = ((t + 1) / self.size).checked_sub(1) else { return Vec::new() };
        let mut nearest = self.neighbours.nearest(block, length);
        nearest.iter_mut().for_each(|stretch| stretch.age *= self.size);
        nearest
    }

    /// Appends the fields.
    pub fn write(&self, out: &mut Writer) {
        [self.shape, self.token].into_iter().chain(self.raw).for_each(|value| out.f64(value));
        out.u64(self.since);
        self.neighbours.write(out);
        self.tokens.write(out);
        self.rarity.write(out);
    }

    /// Reads them back.
    ///
    /// # Errors
    /// [`StateError`] for impossible fields.
    pub fn restore(&mut self, from: &mut Reader<'_>) -> Result<()> {
        for value in [&mut self.shape, &mut self.token].into_iter().chain(&mut self.raw) {
            *value = from.f64()?;
        }
        self.since = from.u64()?;
        let sums = [self.shape, self.token].map(f64::abs);
        let possible = |value: &f64| *value <= SHAPE_LIMIT * self.size as f64;
        if !sums.iter().all(possible)
            || !self.raw.iter().all(|value| value.is_nan() || (0.0..1e9).contains(value))
        {
            return Err(StateError::Field { name: "block means" }.into());
        }
        self.neighbours.restore(from)?;
        self.tokens.restore(from)?;
        self.rarity.restore(from)
    }
}
