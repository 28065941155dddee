//! Means over 8 and over 64 samples, measured as the samples themselves are.

use crate::detect::neighbour::Match;
use crate::detect::normalise::{LONG_AGO, Normalised};
use crate::detect::shape::lag_knn::{LagKnn, Memory};
use crate::detect::tokens::{Logarithms, TOKENS, TokenRarity, Tokeniser, within};
use crate::error::{Result, StateError};
use crate::state::fields;
use anet_simd::Level;

/// Shapes are cut at this many deviations before they are averaged: in units they then fit what [`LagKnn`] takes.
pub(super) const SHAPE_LIMIT: f64 = 25.0;
/// Means of token values stop short of 6, the value that only a cut sample has.
const TOKEN_LIMIT: (f64, f64) = (-6.0, 5.999);
/// Units in a deviation: means are finer than samples, which have 16.
pub(super) const UNIT: f64 = 64.0;
/// Values before there are any: near what healthy series give (`make detection`, 2026-11-24).
pub(super) const EARLY_DENSE: f64 = 0.4;
const EARLY_RARITY: f64 = 1.5;

/// What the blocks of one size say: the distances of three lengths of lag vector, and the rarity of their tokens.
type BlockValues = [f64; 4];

/// Both sizes of block. Rarity is averaged over two blocks of 8 samples, and is that of one block of 64.
#[derive(Debug, Clone)]
pub(crate) struct BlockMeans {
    /// Means over 8 samples.
    pub(crate) eight: Blocks<2>,
    /// Means over 64 samples.
    pub(crate) sixty_four: Blocks<1>,
}

impl BlockMeans {
    /// Has seen nothing. The lengths of the lag vectors are in blocks.
    pub(crate) fn new(level: Level) -> Self {
        Self { eight: Blocks::new(level, 8, [8, 16, 32]), sixty_four: Blocks::new(level, 64, [4, 8, 16]) }
    }

    /// The stream came back after a long gap.
    pub(crate) fn forget(&mut self) {
        self.eight.forget();
        self.sixty_four.forget();
    }
}

/// One size of block. Its values hold from the last sample of a block to the last sample of the next.
#[derive(Debug, Clone)]
pub(crate) struct Blocks<const LAST: usize> {
    size: u64,
    shape: f64,
    token: f64,
    values: BlockValues,
    /// Blocks since the last long gap.
    since: u64,
    neighbours: LagKnn<3>,
    tokeniser: Tokeniser,
    rarity: TokenRarity<LAST>,
}

impl<const LAST: usize> Blocks<LAST> {
    /// Blocks of `size` samples, lag vectors of `lengths` blocks, rarity as the mean of the last `LAST` blocks.
    fn new(level: Level, size: u64, lengths: [usize; 3]) -> Self {
        Self {
            size,
            shape: 0.0,
            token: 0.0,
            values: [EARLY_DENSE, EARLY_DENSE, EARLY_DENSE, EARLY_RARITY],
            since: LONG_AGO,
            neighbours: LagKnn::new(level, lengths, Memory::Short, UNIT, [EARLY_DENSE; 3]),
            tokeniser: Tokeniser::new(),
            rarity: TokenRarity::new(TOKENS, Logarithms::Computed),
        }
    }

    /// The values at sample number `t`.
    pub(crate) fn push(&mut self, t: u64, normal: Normalised) -> BlockValues {
        self.shape += normal.shape.clamp(-SHAPE_LIMIT, SHAPE_LIMIT);
        self.token += normal.token;
        if (t + 1).is_multiple_of(self.size) {
            self.finish(t / self.size);
        }
        self.values
    }

    /// The block that spans the gap is the last of the old ones. A lag vector has no distance until new blocks fill it.
    fn forget(&mut self) {
        self.since = 0;
        self.values = [f64::NAN; 4];
    }

    fn finish(&mut self, block: u64) {
        let mean = |sum: &mut f64| std::mem::take(sum) / self.size as f64;
        let (shape, token) = (mean(&mut self.shape), mean(&mut self.token));
        let dense = self.neighbours.push(block, self.since, shape);
        let tokens = self.tokeniser.push(block, token.clamp(TOKEN_LIMIT.0, TOKEN_LIMIT.1));
        let rarity = self.rarity.push(block, &tokens, within(self.since.saturating_sub(1)));
        self.values = [dense[0], dense[1], dense[2], if self.since == 0 { f64::NAN } else { rarity }];
        self.since = self.since.saturating_add(1);
    }

    /// How many samples before the next one the five nearest of each length of lag vector went on.
    pub(crate) fn ages(&self) -> [impl ExactSizeIterator<Item = usize>; 3] {
        let size = self.size as usize;
        [0, 1, 2].map(|length| self.neighbours.lags(length).iter().map(move |&lag| usize::from(lag) * size))
    }

    /// The nearest matches of one length at sample number `t`; their ages are in samples.
    pub(crate) fn nearest(&self, t: u64, length: usize) -> Vec<Match> {
        let Some(block) = ((t + 1) / self.size).checked_sub(1) else { return Vec::new() };
        let mut nearest = self.neighbours.nearest(block, length);
        nearest.iter_mut().for_each(|found| found.age *= self.size);
        nearest
    }

    fn check(&mut self) -> Result<()> {
        let largest = SHAPE_LIMIT * self.size as f64;
        let possible = |value: &f64| value.is_nan() || (0.0..1e9).contains(value);
        if self.shape.abs() <= largest && self.token.abs() <= largest && self.values.iter().all(possible) {
            Ok(())
        } else {
            Err(StateError::Field { name: "block means" }.into())
        }
    }
}

fields!(BlockMeans { eight, sixty_four });
fields!([const LAST: usize] Blocks<LAST> { shape, token, values, since, neighbours, tokeniser, rarity } then check);
