//! How often each token was counted, and the logarithms of these counts.

use crate::detect::tokens::token::TOKENS_A_SAMPLE;
use crate::error::{Result, StateError};
use crate::state::fields;
use anet_simd::ln;

/// Samples at which all counts are halved, so that what was common long ago fades: 32 times the 1024 that shapes look
/// back over.
const HALVED_AT: f64 = 32_768.0;

/// Whether the logarithm of every count is kept: worth its memory where far more are read than the nine that a sample changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Logarithms {
    /// In a table, brought up to date with the counts.
    Kept,
    /// When they are asked for.
    Computed,
}

/// How often each slot was counted. A slot stands for a token, or for a hashed position that tokens share.
#[derive(Debug, Clone)]
pub(crate) struct TokenCounts {
    samples: f64,
    counts: Vec<f64>,
    /// ln(count + ½) of each slot, where they are kept.
    logs: Option<Vec<f64>>,
}

impl TokenCounts {
    /// Nothing counted in any of `size` slots.
    pub(crate) fn new(size: usize, logarithms: Logarithms) -> Self {
        let logs = (logarithms == Logarithms::Kept).then(|| vec![log(0.0); size]);
        Self { samples: 0.0, counts: vec![0.0; size], logs }
    }

    /// Mean over the first `whole` slots of ln((N + 1) / (count + ½)), each at least 0: how surprising they are together.
    pub(crate) fn surprise(&self, slots: &[u16; TOKENS_A_SAMPLE], whole: usize) -> f64 {
        let samples = ln(self.samples + 1.0);
        let logs = self.logs(slots);
        let sum: f64 = logs[..whole].iter().map(|log| (samples - log).max(0.0)).sum();
        sum / whole as f64
    }

    /// Counts one sample.
    pub(crate) fn count(&mut self, slots: &[u16; TOKENS_A_SAMPLE]) {
        slots.iter().for_each(|&slot| self.counts[usize::from(slot)] += 1.0);
        self.samples += 1.0;
        if self.samples >= HALVED_AT {
            self.halve();
        } else if let Some(logs) = &mut self.logs {
            let fresh = logs_of(&self.counts, slots);
            slots.iter().zip(fresh).for_each(|(&slot, log)| logs[usize::from(slot)] = log);
        }
    }

    fn halve(&mut self) {
        self.samples *= 0.5;
        self.counts.iter_mut().for_each(|count| *count *= 0.5);
        self.renew();
    }

    fn renew(&mut self) {
        let kept = self.logs.iter_mut().flatten();
        kept.zip(&self.counts).for_each(|(kept, &count)| *kept = log(count));
    }

    fn logs(&self, slots: &[u16; TOKENS_A_SAMPLE]) -> [f64; TOKENS_A_SAMPLE] {
        match &self.logs {
            Some(logs) => slots.map(|slot| logs[usize::from(slot)]),
            None => logs_of(&self.counts, slots),
        }
    }

    /// ln(count + ½) of every slot; empty where they are not kept.
    pub(crate) fn all_logs(&self) -> &[f64] {
        self.logs.as_deref().unwrap_or_default()
    }

    /// How often a slot was counted, and how surprising its next occurrence would be.
    pub(crate) fn of(&self, slot: u16) -> (f64, f64) {
        let count = self.counts[usize::from(slot)];
        (count, (ln(self.samples + 1.0) - log(count)).max(0.0))
    }

    /// ln(9 N + 1): the logarithm of the number of tokens counted.
    pub(crate) fn tokens_log(&self) -> f64 {
        ln(TOKENS_A_SAMPLE as f64 * self.samples + 1.0)
    }

    fn check(&mut self) -> Result<()> {
        let possible = |count: &f64| (0.0..=HALVED_AT * TOKENS_A_SAMPLE as f64).contains(count);
        if !possible(&self.samples) || !self.counts.iter().all(possible) {
            return Err(StateError::Field { name: "counts" }.into());
        }
        self.renew();
        Ok(())
    }
}

fields!(TokenCounts { samples, [counts] } then check);

/// ln(count + ½): the half keeps it finite where nothing was counted.
fn log(count: f64) -> f64 {
    ln(count + 0.5)
}

/// Side by side: the compiler lays nine logarithms out in lanes.
fn logs_of(counts: &[f64], slots: &[u16; TOKENS_A_SAMPLE]) -> [f64; TOKENS_A_SAMPLE] {
    slots.map(|slot| counts[usize::from(slot)]).map(log)
}
