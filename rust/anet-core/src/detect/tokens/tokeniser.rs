//! From a number to nine tokens: where it is, how it moved, and where it was 1, 2, 4, ... 64 samples ago.

use crate::detect::tokens::token::{BINS, LAGS, PAIRS, STEPS, TOKENS_A_SAMPLE};
use crate::error::{Result, StateError};
use crate::state::fields;

/// Samples in the ring: a power of two above the longest lag.
const RING: usize = 128;

/// How many of a sample's tokens look back no more than `since` samples; they are the first.
pub(crate) fn within(since: u64) -> usize {
    match since {
        0 => 1,
        _ => 2 + LAGS.iter().take_while(|&&lag| lag as u64 <= since).count(),
    }
}

/// Turns the scaled samples of one stream into the numbers of their tokens.
#[derive(Debug, Clone)]
pub(crate) struct Tokeniser {
    /// The bin of each of the last samples: sample number t at t modulo 128.
    bins: [i8; RING],
    last: f64,
}

impl Tokeniser {
    /// Before the first sample.
    pub(crate) fn new() -> Self {
        Self { bins: [0; RING], last: 0.0 }
    }

    /// The nine tokens of sample number `t`, which lies within ±6. Before the first sample the stream is taken to have stood
    /// where that one stands.
    pub(crate) fn push(&mut self, t: u64, value: f64) -> [u16; TOKENS_A_SAMPLE] {
        let bin = value.floor() as i32;
        if t == 0 {
            self.bins = [bin as i8; RING];
            self.last = value;
        }
        let step = (value - self.last).floor() as i32;
        self.last = value;
        self.bins[place(t, 0)] = bin as i8;
        let mut tokens = [0; TOKENS_A_SAMPLE];
        tokens[0] = (bin + 6) as u16;
        tokens[1] = (BINS as i32 + step + 12) as u16;
        for (i, lag) in LAGS.into_iter().enumerate() {
            let first = BINS + STEPS + i * PAIRS;
            let then = i32::from(self.bins[place(t, lag)]);
            tokens[2 + i] = (first as i32 + (bin + 6) * BINS as i32 + then + 6) as u16;
        }
        tokens
    }

    fn check(&mut self) -> Result<()> {
        let possible = self.last.abs() <= 6.0 && self.bins.iter().all(|bin| (-6..=6).contains(bin));
        if possible { Ok(()) } else { Err(StateError::Field { name: "bins" }.into()) }
    }
}

fields!(Tokeniser { last, bins } then check);

/// Where the sample `lag` samples before number `t` stands in the ring.
fn place(t: u64, lag: usize) -> usize {
    (t as usize + RING - lag) % RING
}
