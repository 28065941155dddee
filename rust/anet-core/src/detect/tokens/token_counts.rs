//! How rare the tokens of the last samples are, by their counts so far.

use crate::detect::tokens::tokens::WORDS;
use crate::error::{Result, StateError};
use crate::state::codec::{Reader, Writer};
use anet_simd::ln;

/// Samples after which all counts are halved: old habits fade.
const HALVED_AT: f64 = 32768.0;

/// How often each slot was counted.
#[derive(Debug, Clone)]
pub struct Counts {
    samples: f64,
    counts: Vec<f64>,
}

impl Counts {
    /// Nothing counted in any of `size` slots.
    pub fn new(size: usize) -> Self {
        Self { samples: 0.0, counts: vec![0.0; size] }
    }

    /// Mean over the first `whole` slots of ln((N + 1) / (count + ½)), each at least 0: how surprising they are together.
    /// `logs` are those of [`Counts::logs`].
    pub fn surprise(&self, logs: &[f64; WORDS], whole: usize) -> f64 {
        let samples = ln(self.samples + 1.0);
        let sum: f64 = logs[..whole].iter().map(|log| (samples - log).max(0.0)).sum();
        sum / whole as f64
    }

    /// Counts one sample.
    pub fn count(&mut self, slots: &[u16; WORDS]) {
        slots.iter().for_each(|&slot| self.counts[usize::from(slot)] += 1.0);
        self.samples += 1.0;
        if self.samples >= HALVED_AT {
            self.samples *= 0.5;
            self.counts.iter_mut().for_each(|count| *count *= 0.5);
        }
    }

    /// Whether the last sample may have halved all counts.
    pub fn just_halved(&self) -> bool {
        self.samples == 0.5 * HALVED_AT
    }

    /// The count of each slot.
    pub fn all(&self) -> &[f64] {
        &self.counts
    }

    /// ln(count + ½).
    pub fn log(count: f64) -> f64 {
        ln(count + 0.5)
    }

    /// That of each slot of a sample. Side by side: the compiler lays nine logarithms out in lanes.
    pub fn logs(&self, slots: &[u16; WORDS]) -> [f64; WORDS] {
        slots.map(|slot| self.counts[usize::from(slot)]).map(Self::log)
    }

    /// How often a slot was counted, and how surprising its next occurrence would be.
    pub fn of(&self, slot: u16) -> (f64, f64) {
        let count = self.counts[usize::from(slot)];
        (count, (ln(self.samples + 1.0) - Self::log(count)).max(0.0))
    }

    /// ln(9 N + 1).
    pub fn tokens_log(&self) -> f64 {
        ln(WORDS as f64 * self.samples + 1.0)
    }

    /// Appends the fields.
    pub fn write(&self, out: &mut Writer) {
        out.f64(self.samples);
        self.counts.iter().for_each(|&count| out.f64(count));
    }

    /// Reads them back.
    ///
    /// # Errors
    /// [`StateError`] for impossible fields.
    pub fn restore(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.samples = from.f64()?;
        for count in &mut self.counts {
            *count = from.f64()?;
        }
        let possible = |count: &f64| (0.0..=HALVED_AT * WORDS as f64).contains(count);
        if !possible(&self.samples) || !self.counts.iter().all(possible) {
            return Err(StateError::Field { name: "counts" }.into());
        }
        Ok(())
    }
}

/// Mean surprise of the last `LAST` samples.
#[derive(Debug, Clone)]
pub struct Rarity<const LAST: usize> {
    counts: Counts,
    recent: [f64; LAST],
}

impl<const LAST: usize> Rarity<LAST> {
    /// Nothing counted in any of `size` slots.
    pub fn new(size: usize) -> Self {
        Self { counts: Counts::new(size), recent: [0.0; LAST] }
    }

    /// Scores sample number `t` by what came before it, then counts it; `logs` are those of [`Counts::logs`]. The first
    /// sample surprises nobody. Only the first `whole` slots speak: the lags of the others reach over a seam.
    pub fn push(&mut self, t: u64, slots: &[u16; WORDS], logs: &[f64; WORDS], whole: usize) -> f64 {
        self.recent[(t % LAST as u64) as usize] =
            if t == 0 { 0.0 } else { self.counts.surprise(logs, whole) };
        self.counts.count(slots);
        self.recent.iter().sum::<f64>() / (t + 1).min(LAST as u64) as f64
    }

    /// The counts, this sample included.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Appends the fields.
    pub fn write(&self, out: &mut Writer) {
        self.counts.write(out);
        self.recent.iter().for_each(|&surprise| out.f64(surprise));
    }

    /// Reads them back.
    ///
    /// # Errors
    /// [`StateError`] for impossible fields.
    pub fn restore(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.counts.restore(from)?;
        for surprise in &mut self.recent {
            *surprise = from.f64()?;
        }
        let possible = self.recent.iter().all(|surprise| (0.0..100.0).contains(surprise));
        if possible { Ok(()) } else { Err(StateError::Field { name: "surprise" }.into()) }
    }
}
