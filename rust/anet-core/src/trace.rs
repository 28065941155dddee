//! End to end: gaps, windows, signatures, scores.

use crate::check::Length;
use crate::error::{Error, Result};
use crate::sparse::anomaly::{MultiScaleAnomaly, Score};
use crate::sparse::encoder::{Encoder, Scratch};
use crate::sparse::signature::Signature;
use crate::zeta::normalized_gaps;

/// By how much the event stretches gaps, and how many of them.
const JOLT: (f64, usize) = (1.8, 8);

/// Whether a patch in the middle of the gaps is stretched, so that the trace has an event to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Eight gaps are stretched by 1.8.
    Jolt,
    /// The gaps stay as they are.
    None,
}

/// Scores each window of a series of gaps against the windows before it, one window a step.
///
/// Step by step the window `gaps[i − window .. i]` is encoded and scored, for i from `window` on. The last gap is never
/// scored: the published program stops there.
///
/// ```
/// use anet_core::check::{Dimension, Length, MaxPositions, Seed};
/// use anet_core::sparse::{anomaly::MultiScaleAnomaly, encoder::Encoder};
/// use anet_core::trace::{Event, Trace};
/// use anet_core::zeta::generate;
///
/// let window = Length::new("window", 64)?;
/// let encoder = Encoder::new(
///     Dimension::new("dim", 1024)?,
///     MaxPositions::new("topk", 48)?,
///     Seed::new("seed", "example")?,
/// );
/// let anomaly = MultiScaleAnomaly::new(&[Length::new("scales", 16)?], 5);
/// let mut trace = Trace::new(&generate(420)?, window, Event::Jolt, encoder, anomaly)?;
/// assert_eq!(trace.remaining(), 355);
/// let (index, score) = trace.step()?.expect("the trace has just begun");
/// assert_eq!((index, score.combined), (64, 1.0));
/// # Ok::<(), anet_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Trace {
    gaps: Vec<f64>,
    window: usize,
    /// Where the next window ends.
    next: usize,
    encoder: Encoder,
    anomaly: MultiScaleAnomaly,
    scratch: Scratch,
    signature: Signature,
}

impl Trace {
    /// A trace over the normalised gaps between `heights`.
    ///
    /// # Errors
    /// [`Error::TooFewGaps`] for fewer than `window + 2` gaps.
    pub fn new(
        heights: &[f64],
        window: Length,
        event: Event,
        encoder: Encoder,
        anomaly: MultiScaleAnomaly,
    ) -> Result<Self> {
        let (mut gaps, window) = (normalized_gaps(heights), window.get());
        if gaps.len() < window + 2 {
            return Err(Error::TooFewGaps);
        }
        if event == Event::Jolt {
            jolt(&mut gaps);
        }
        let (scratch, signature) = Default::default();
        Ok(Self { gaps, window, next: window, encoder, anomaly, scratch, signature })
    }

    /// How many steps are left.
    pub fn remaining(&self) -> usize {
        self.gaps.len() - self.next
    }

    /// The detector that scores.
    pub fn anomaly(&self) -> &MultiScaleAnomaly {
        &self.anomaly
    }

    /// Scores the next window: where it ends, and its score. `None` after the last.
    ///
    /// # Errors
    /// What [`MultiScaleAnomaly::update_and_score`] returns; no window of gaps makes it do so.
    pub fn step(&mut self) -> Result<Option<(usize, Score<'_>)>> {
        let end = self.next;
        if end == self.gaps.len() {
            return Ok(None);
        }
        let window = &self.gaps[end - self.window..end];
        self.encoder.encode_into(&mut self.scratch, window, &mut self.signature);
        self.next += 1;
        Ok(Some((end, self.anomaly.update_and_score(&self.signature)?)))
    }
}

fn jolt(gaps: &mut [f64]) {
    let (stretch, span) = JOLT;
    let start = gaps.len() / 2;
    let end = gaps.len().saturating_sub(1).min(start + span);
    gaps[start..end].iter_mut().for_each(|gap| *gap *= stretch);
}
