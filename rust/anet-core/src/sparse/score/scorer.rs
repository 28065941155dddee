//! A stream scored one sample at a time.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::params::Length;
use crate::pool::Stream;
use crate::sparse::encode::encoder::{Encoder, Scratch};
use crate::sparse::encode::parallel;
use crate::sparse::encode::parallel::encode_each;
use crate::sparse::encode::signature::Signature;
use crate::sparse::score::anomaly;
use crate::sparse::score::anomaly::{MultiScaleAnomaly, Score};

/// Encodes the latest `window` samples at each push and scores the signature against those before.
///
/// With `x[0], x[1], …` pushed in turn, the push of `x[i]` scores the window `x[i + 1 − window] ..= x[i]`, the first time
/// at `i = window − 1`. The batch trace calls the same window row `i + 1`; its last row lacks the window that ends with
/// the last sample, which a stream does score. A sample that is not finite is kept as it is and counts as zero.
///
/// ```
/// use std::sync::Arc;
/// use anet_core::params::{Dimension, Length, MaxPositions, Seed};
/// use anet_core::sparse::encode::encoder::Encoder;
/// use anet_core::sparse::score::{anomaly::MultiScaleAnomaly, scorer::{StreamScorer, Work}};
///
/// let encoder = Arc::new(Encoder::new(
///     Dimension::try_from(4096)?,
///     MaxPositions::from(128),
///     Seed::try_from("rh_sparse")?,
/// ));
/// let anomaly = MultiScaleAnomaly::new(&[Length::try_from(64)?], 5);
/// let mut scorer = StreamScorer::new(Length::try_from(3)?, encoder, anomaly);
/// let mut work = Work::default();
/// assert_eq!(scorer.push(&mut work, 0.5), None);
/// assert_eq!(scorer.push(&mut work, 1.5), None);
/// assert_eq!(scorer.push(&mut work, 0.0).unwrap().combined, 1.0);
/// # Ok::<(), anet_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct StreamScorer {
    window: Length,
    /// Shared between streams: it holds the hash at its key.
    encoder: Arc<Encoder>,
    anomaly: MultiScaleAnomaly,
    /// The latest samples, at most `window` of them.
    samples: VecDeque<f64>,
}

/// Samples, at least, that are put in one piece at a time.
const BLOCK: usize = 4096;

/// The memory that a push works in: kept by the caller, who may use it for any number of streams.
#[derive(Debug, Clone, Default)]
pub struct Work {
    encoding: Scratch,
    signature: Signature,
    scoring: anomaly::Work,
    /// A block of samples in one piece, and what encodes its windows.
    block: Vec<f64>,
    blocks: parallel::Work,
}

impl StreamScorer {
    /// A scorer that has seen nothing, from an encoder and a detector.
    pub fn new(window: Length, encoder: Arc<Encoder>, anomaly: MultiScaleAnomaly) -> Self {
        Self { window, encoder, anomaly, samples: VecDeque::new() }
    }

    /// Takes a sample; `None` until the window is full.
    pub fn push<'a>(&mut self, work: &'a mut Work, sample: f64) -> Option<Score<'a>> {
        if self.samples.len() == self.window.get() {
            self.samples.pop_front();
        }
        self.samples.push_back(sample);
        if self.samples.len() < self.window.get() {
            return None;
        }
        self.encoder.encode_into(&mut work.encoding, self.samples.as_slices(), &mut work.signature);
        Some(self.anomaly.update_and_score_with(&mut work.scoring, &work.signature))
    }

    /// Pushes many samples: calls `visit` with the number of each that fills a window, and its score.
    ///
    /// The scores are those of [`StreamScorer::push`]; windows are encoded on a second thread where there is one.
    pub fn push_many(&mut self, work: &mut Work, samples: &[f64], mut visit: impl FnMut(usize, Score<'_>)) {
        let window = self.window.get();
        for (number, samples) in samples.chunks(BLOCK.max(window)).enumerate() {
            let Work { block, blocks, scoring, .. } = work;
            let before = self.samples.len().min(window - 1);
            block.clear();
            block.extend(self.samples.iter().skip(self.samples.len() - before));
            block.extend(samples);
            let first = number * BLOCK.max(window) + window - 1 - before;
            encode_each(&self.encoder, block, window, blocks, |index, signature| {
                visit(first + index, self.anomaly.update_and_score_with(scoring, signature));
            });
            let gone = block.len().saturating_sub(window);
            self.samples.clear();
            self.samples.extend(&block[gone..]);
        }
    }

    /// The score that [`StreamScorer::push`] would give, without taking the sample.
    pub fn peek<'a>(&mut self, work: &'a mut Work, sample: f64) -> Option<Score<'a>> {
        if self.samples.len() + 1 < self.window.get() {
            return None;
        }
        let full = self.samples.len() == self.window.get();
        let oldest = if full { self.samples.pop_front() } else { None };
        self.samples.push_back(sample);
        self.encoder.encode_into(&mut work.encoding, self.samples.as_slices(), &mut work.signature);
        self.samples.pop_back();
        oldest.into_iter().for_each(|oldest| self.samples.push_front(oldest));
        Some(self.anomaly.peek_with(&mut work.scoring, &work.signature))
    }

    /// Samples in a window.
    pub fn window(&self) -> Length {
        self.window
    }

    /// What encodes the windows.
    pub fn encoder(&self) -> &Arc<Encoder> {
        &self.encoder
    }

    /// What scores the signatures.
    pub fn anomaly(&self) -> &MultiScaleAnomaly {
        &self.anomaly
    }

    /// The latest samples, oldest first.
    pub fn samples(&self) -> &VecDeque<f64> {
        &self.samples
    }

    /// The same stream with another memory.
    pub(crate) fn with_memory(&self, samples: VecDeque<f64>, anomaly: MultiScaleAnomaly) -> Self {
        Self { window: self.window, encoder: Arc::clone(&self.encoder), anomaly, samples }
    }

    /// Bytes that it occupies, without the shared encoder.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + self.anomaly.bytes() + self.samples.capacity() * size_of::<f64>()
    }
}

/// A row is the combined score, then the score of each distinct scale; NaN until the window is full.
impl Stream for StreamScorer {
    type Work = Work;

    fn width(&self) -> usize {
        1 + self.anomaly.distinct_scales().len()
    }

    fn push_row(&mut self, work: &mut Work, sample: f64, row: &mut [f64]) {
        match self.push(work, sample) {
            None => row.fill(f64::NAN),
            Some(score) => score.write(row),
        }
    }
}
