//! The component [`Component::Tokens`]: how far the newest bag lies from its nearest among the last.

use crate::detect::component::Component;
use crate::detect::neighbour::Match;
use crate::detect::tokens::novelty::bag_history::BagHistory;
use crate::detect::tokens::novelty::bag_of_tokens::{BAG, BagOfTokens};
use crate::detect::tokens::novelty::bag_signature::{BagSignature, STRIDE};
use crate::detect::tokens::novelty::cosine_bounds::CosineBounds;
use crate::detect::tokens::novelty::dense_signature::{DenseSignature, with_dense};
use crate::detect::tokens::novelty::nearest_cosines::NearestCosines;
use crate::detect::tokens::novelty::query_bounds::QueryBounds;
use crate::detect::tokens::token::TOKENS_A_SAMPLE;
use crate::detect::tokens::token_counts::TokenCounts;
use crate::error::{Result, StateError};
use crate::state::fields;
use anet_simd::COLUMNS;
use anet_simd::Level;
use anet_simd::NEAREST;

/// Samples from one query to the next. Every fourth sample would do in three quarters of the time, at a VUS-PR that is 0.002
/// lower on the synthetic set (trial of 2026-11-24).
const QUERY: u64 = 2;
/// Newest signatures of each scale: those of 64, 256 and 1024 samples.
const SCALES: [usize; 3] = [8, 32, 128];

/// Mean over three scales of 1 − the mean of the five highest cosines.
#[derive(Debug, Clone)]
pub(crate) struct TokenNovelty {
    level: Level,
    value: f64,
    bag: BagOfTokens,
    query: BagSignature,
    /// Of the newest 128 signatures that do not overlap the newest bag.
    bounds: CosineBounds,
    history: BagHistory,
}

impl TokenNovelty {
    /// An empty history over `size` slots.
    pub(crate) fn new(level: Level, size: usize) -> Self {
        Self {
            level,
            value: Component::Tokens.prior().0,
            bag: BagOfTokens::new(size),
            query: BagSignature::default(),
            bounds: CosineBounds::new(size),
            history: BagHistory::new(),
        }
    }

    /// Samples so far.
    pub(crate) fn samples(&self) -> u64 {
        self.bag.samples()
    }

    /// The novelty at sample number `t`, whose slots are counted already; `counts` keep their logarithms. Between queries the
    /// last value holds.
    pub(crate) fn push(&mut self, t: u64, slots: &[u16; TOKENS_A_SAMPLE], counts: &TokenCounts) -> f64 {
        self.bag.push(slots);
        if t < BAG as u64 || !t.is_multiple_of(QUERY) {
            return self.value;
        }
        self.bag.sign(counts, &mut self.query);
        self.query.end = t;
        self.compare();
        if t.is_multiple_of(STRIDE) {
            self.history.push(&self.query);
        }
        self.value
    }

    fn compare(&mut self) {
        let apart = self.history.apart(self.query.end);
        if self.query.end.is_multiple_of(STRIDE) {
            self.admit(apart);
        }
        if apart < NEAREST {
            return;
        }
        let bounds = self.bounds.query(self.level, &self.query, self.history.get(apart - 1));
        self.value = with_dense(&self.query, |query| self.distance(apart, &bounds, query));
    }

    fn distance(&self, apart: usize, bounds: &QueryBounds, query: &DenseSignature) -> f64 {
        let mut highest = NearestCosines::new();
        let mut distance = 0.0;
        let mut seen = 0;
        for scale in SCALES.map(|scale| scale.min(apart)) {
            let likely = bounds.likely(self.level, scale, highest.lowest()) & !seen;
            let old = |age| self.history.get(apart - 1 - age);
            ones(likely).for_each(|age| old(age).prefetch());
            ones(likely).for_each(|age| highest.offer(query.cosine(old(age))));
            distance += 1.0 - highest.mean();
            seen = u128::MAX >> (COLUMNS - scale);
        }
        distance / SCALES.len() as f64
    }

    /// The newest of those that do not overlap the bag has just ceased to.
    fn admit(&mut self, apart: usize) {
        if let Some(newest) = apart.checked_sub(1) {
            if let Some(oldest) = newest.checked_sub(COLUMNS) {
                self.bounds.leave(self.history.get(oldest));
            }
            self.bounds.enter(self.history.get(newest));
        }
    }

    /// The nearest signatures at sample number `t`, the nearest first.
    pub(crate) fn nearest(&self, t: u64, counts: &TokenCounts) -> Vec<Match> {
        let mut query = BagSignature::default();
        self.bag.sign(counts, &mut query);
        let apart = self.history.iter().filter(|old| old.end + BAG as u64 <= t);
        let mut nearest: Vec<Match> = with_dense(&query, |query| {
            apart.map(|old| Match { age: t - old.end, distance: 1.0 - query.cosine(old) }).collect()
        });
        nearest.sort_by(|a, b| a.distance.total_cmp(&b.distance).then(a.age.cmp(&b.age)));
        nearest.truncate(NEAREST);
        nearest
    }

    /// Enters the signatures into the bounds, which are not saved.
    fn restore_bounds(&mut self) -> Result<()> {
        let samples = self.bag.samples();
        let fits = self.history.iter().all(|signature| signature.fits(self.bag.size()));
        if !fits || !self.history.is_regular(samples) || !(-1.0..=2.0).contains(&self.value) {
            return Err(StateError::Field { name: "history of signatures" }.into());
        }
        let apart = self.history.apart(samples.saturating_sub(1));
        self.bounds = CosineBounds::new(self.bag.size());
        (apart.saturating_sub(COLUMNS)..apart).for_each(|index| self.bounds.enter(self.history.get(index)));
        Ok(())
    }
}

// The history last: its pages change one at a time.
fields!(TokenNovelty { value, bag, history } then restore_bounds);

/// The numbers of the bits that are set, the lowest first.
fn ones(mut bits: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        (lowest < COLUMNS).then_some(lowest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::tokens::novelty::bag_of_tokens::BAG;
    use crate::detect::tokens::token_counts::Logarithms;

    /// The value from all cosines, none left out.
    fn unbounded(novelty: &TokenNovelty, t: u64) -> Option<f64> {
        let query = if t.is_multiple_of(STRIDE) { novelty.history.newest()? } else { &novelty.query };
        let apart = novelty.history.iter().rev().filter(|old| old.end + BAG as u64 <= t);
        let cosines: Vec<f64> = with_dense(query, |query| apart.map(|old| query.cosine(old)).collect());
        let nearest = |scale: usize| {
            let mut newest = cosines[..scale.min(cosines.len())].to_vec();
            newest.sort_by(|a, b| b.total_cmp(a));
            newest[..NEAREST].iter().sum::<f64>() / NEAREST as f64
        };
        (cosines.len() >= NEAREST)
            .then(|| SCALES.map(nearest).iter().fold(0.0, |sum, mean| sum + (1.0 - mean)) / 3.0)
    }

    /// Streams of 9 slots a sample: from few tokens to many, some of them repeating themselves.
    #[test]
    fn what_the_bounds_leave_out_changes_no_bit() {
        for (size, period) in [(20_u64, 1_u64), (40, 17), (400, 50), (1000, 64), (1000, u64::MAX)] {
            let mut novelty = TokenNovelty::new(Level::detect(), size as usize);
            let mut counts = TokenCounts::new(size as usize, Logarithms::Kept);
            let mut state = size;
            for t in 0..2500 {
                let slots = std::array::from_fn(|i| {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    let noise = if state.is_multiple_of(4) { state >> 40 } else { 0 };
                    ((t % period * (i as u64 + 3) + noise) % size) as u16
                });
                counts.count(&slots);
                let value = novelty.push(t, &slots, &counts);
                let wanted =
                    if t.is_multiple_of(QUERY) && t >= BAG as u64 { unbounded(&novelty, t) } else { None };
                assert!(
                    wanted.is_none_or(|wanted| wanted == value),
                    "{size} {period} {t}: {value} {wanted:?}"
                );
            }
        }
    }
}
