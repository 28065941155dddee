//! How rare the tokens of the last samples are, by their counts so far.

use crate::detect::tokens::token::TOKENS_A_SAMPLE;
use crate::detect::tokens::token_counts::{Logarithms, TokenCounts};
use crate::error::{Result, StateError};
use crate::state::fields;

/// Mean surprise of the last `LAST` samples.
#[derive(Debug, Clone)]
pub(crate) struct TokenRarity<const LAST: usize> {
    recent: [f64; LAST],
    counts: TokenCounts,
}

impl<const LAST: usize> TokenRarity<LAST> {
    /// Nothing counted in any of `size` slots.
    pub(crate) fn new(size: usize, logarithms: Logarithms) -> Self {
        Self { recent: [0.0; LAST], counts: TokenCounts::new(size, logarithms) }
    }

    /// Scores sample number `t` by what came before it, then counts it. The first sample surprises nobody. Only the first
    /// `whole` slots are judged: the lags of the others reach over a gap.
    pub(crate) fn push(&mut self, t: u64, slots: &[u16; TOKENS_A_SAMPLE], whole: usize) -> f64 {
        let surprise = if t == 0 { 0.0 } else { self.counts.surprise(slots, whole) };
        self.recent[(t % LAST as u64) as usize] = surprise;
        self.counts.count(slots);
        self.recent.iter().sum::<f64>() / (t + 1).min(LAST as u64) as f64
    }

    /// The counts, this sample included.
    pub(crate) fn counts(&self) -> &TokenCounts {
        &self.counts
    }

    fn check(&mut self) -> Result<()> {
        let possible = self.recent.iter().all(|surprise| (0.0..100.0).contains(surprise));
        if possible { Ok(()) } else { Err(StateError::Field { name: "surprise" }.into()) }
    }
}

fields!([const LAST: usize] TokenRarity<LAST> { recent, counts } then check);
