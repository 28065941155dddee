//! From gaps to scores: windows, their signatures, and each signature against those before it.

use crate::error::{Error, Result};
use crate::params::Length;
use crate::sparse::encode::encoder::Encoder;
use crate::sparse::encode::parallel;
use crate::sparse::encode::parallel::encode_each;
use crate::sparse::score::anomaly;
use crate::sparse::score::anomaly::{MultiScaleAnomaly, Score};

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
/// The window `gaps[i − window .. i]` is encoded and scored, for i from `window` on. The last gap is never
/// scored: the published program stops there.
///
/// ```
/// use anet_core::params::{Dimension, Length, MaxPositions, Seed};
/// use anet_core::sparse::encode::encoder::Encoder;
/// use anet_core::sparse::score::anomaly::MultiScaleAnomaly;
/// use anet_core::sparse::score::trace::{Event, Trace};
/// use anet_zeta::{normalized_gaps, smooth_heights};
///
/// let window = Length::try_from(64)?;
/// let encoder = Encoder::new(
///     Dimension::try_from(1024)?,
///     MaxPositions::from(48),
///     Seed::try_from("example")?,
/// );
/// let anomaly = MultiScaleAnomaly::new(&[Length::try_from(16)?], 5);
/// let mut trace = Trace::new(normalized_gaps(&smooth_heights(420)?), window, Event::Jolt, encoder, anomaly)?;
/// assert_eq!(trace.remaining(), 355);
/// trace.run(1, |index, score| assert_eq!((index, score.combined), (64, 1.0)));
/// assert_eq!(trace.remaining(), 354);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Trace {
    gaps: Vec<f64>,
    window: usize,
    /// Where the next window ends.
    next: usize,
    encoder: Encoder,
    anomaly: MultiScaleAnomaly,
    encoding: parallel::Work,
    scoring: anomaly::Work,
}

impl Trace {
    /// A trace over normalised gaps.
    ///
    /// # Errors
    /// [`Error::TooFewGaps`] for fewer than `window + 2` gaps.
    pub fn new(
        mut gaps: Vec<f64>,
        window: Length,
        event: Event,
        encoder: Encoder,
        anomaly: MultiScaleAnomaly,
    ) -> Result<Self> {
        let window = window.get();
        if gaps.len() < window + 2 {
            return Err(Error::TooFewGaps { got: gaps.len(), wanted: window + 2 });
        }
        if event == Event::Jolt {
            jolt(&mut gaps);
        }
        let (encoding, scoring) = Default::default();
        Ok(Self { gaps, window, next: window, encoder, anomaly, encoding, scoring })
    }

    /// How many steps are left.
    pub fn remaining(&self) -> usize {
        self.gaps.len() - self.next
    }

    /// The detector that scores.
    pub fn anomaly(&self) -> &MultiScaleAnomaly {
        &self.anomaly
    }

    /// Scores the next `windows` windows, or all that are left: calls `visit` with where each ends and its score.
    pub fn run(&mut self, windows: usize, mut visit: impl FnMut(usize, Score<'_>)) {
        let first = self.next;
        self.next += windows.min(self.remaining());
        let gaps = &self.gaps[first - self.window..self.next - usize::from(self.next > first)];
        encode_each(&self.encoder, gaps, self.window, &mut self.encoding, |index, signature| {
            visit(first + index, self.anomaly.update_and_score_with(&mut self.scoring, signature));
        });
    }
}

fn jolt(gaps: &mut [f64]) {
    let (stretch, span) = JOLT;
    let start = gaps.len() / 2;
    let end = gaps.len().saturating_sub(1).min(start + span);
    gaps[start..end].iter_mut().for_each(|gap| *gap *= stretch);
}
