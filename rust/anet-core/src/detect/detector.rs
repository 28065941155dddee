//! What a user holds: one detector a channel, and what to do about missing samples.

use crate::detect::channel::Channel;
use crate::detect::detection::Detection;
use crate::detect::explanation::Explanation;
use crate::detect::settings::{DetectorSettings, Missing};
use crate::detect::tokens::Vocabulary;
use crate::error::{Error, Result};
use crate::state::{Fields, Kind, Parameters, Reader, State, Writer};
use anet_simd::Level;

/// Scores each sample of a stream by what came before it.
///
/// ```
/// use anet_core::{DetectorSettings, StreamDetector};
/// let mut detector = StreamDetector::new(DetectorSettings::default());
/// let wave = |t: i32| f64::from(t % 20 - 10).abs();
/// let detections: Vec<_> = (0..600).map(|t| detector.push(&[wave(t)]).unwrap()).collect();
/// assert!(detections[100..].iter().all(|detection| detection.p_value > 1e-4));
/// assert!(detector.push(&[40.0]).unwrap().p_value < 1e-4);
/// ```
#[derive(Debug, Clone)]
pub struct StreamDetector {
    settings: DetectorSettings,
    channels: Vec<Channel>,
}

impl StreamDetector {
    /// Has seen nothing.
    pub fn new(settings: DetectorSettings) -> Self {
        Self::on(Level::detect(), settings)
    }

    /// Has seen nothing, and computes with the given instructions.
    pub fn on(level: Level, settings: DetectorSettings) -> Self {
        let vocabulary = Vocabulary::shared(&settings.seed);
        let channel = Channel::new(vocabulary, settings.options, level);
        Self { channels: vec![channel; settings.channels.get()], settings }
    }

    /// What it was made from.
    pub fn settings(&self) -> &DetectorSettings {
        &self.settings
    }

    /// The channels, one number of a sample each.
    pub fn channels(&self) -> &[Channel] {
        &self.channels
    }

    /// Why a channel's last sample has its score; without a channel, that of the smallest p-value.
    ///
    /// `since` is how many samples before the newest one the event began; it is looked for where none is given.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] where there is no such channel.
    pub fn explain(&self, channel: Option<usize>, since: Option<u64>) -> Result<Explanation> {
        let channel = channel.unwrap_or_else(|| self.worst());
        Ok(Explanation { channel, ..self.channel(channel)?.explain(since) })
    }

    /// The detection that [`StreamDetector::push`] would give. Nothing is learned.
    ///
    /// # Errors
    /// [`Error::LengthsDiffer`] where the sample has not one number a channel.
    pub fn peek(&self, sample: &[f64]) -> Result<Detection> {
        self.clone().push(sample)
    }

    /// The least and the greatest next sample of a channel that would not alarm: whose p-value is above `threshold` while
    /// the other channels are quiet.
    ///
    /// Everything around the newest usual sample up to both ends is quiet, and the next number outside is not. An end is
    /// infinite where nothing on its side alarms, both are NaN where everything does.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] where there is no such channel.
    pub fn quiet_range(&self, threshold: f64, channel: usize) -> Result<(f64, f64)> {
        let count = self.channels.len();
        Ok(self.channel(channel)?.quiet_range(|p_value| of_all(p_value, count) > threshold))
    }

    fn channel(&self, index: usize) -> Result<&Channel> {
        let missing = || Error::integer("channel", "the number of a channel, from 0", index as u64);
        self.channels.get(index).ok_or_else(missing)
    }

    fn worst(&self) -> usize {
        let p_value = |&index: &usize| self.channels[index].last().p_value;
        (0..self.channels.len()).min_by(|a, b| p_value(a).total_cmp(&p_value(b))).unwrap_or(0)
    }

    /// Scores a sample by what came before it, then learns it.
    ///
    /// # Errors
    /// [`Error::LengthsDiffer`] where the sample has not one number a channel.
    pub fn push(&mut self, sample: &[f64]) -> Result<Detection> {
        if sample.len() == self.channels.len() {
            Ok(self.push_checked(sample))
        } else {
            Err(self.lengths_differ(("sample", sample.len())))
        }
    }

    /// Scores many samples, one after another in `values`, and hands each detection to `take`.
    ///
    /// # Errors
    /// [`Error::LengthsDiffer`] where the last sample is not whole. No channel has changed then.
    pub fn push_many(&mut self, values: &[f64], mut take: impl FnMut(Detection)) -> Result<()> {
        let samples = values.chunks_exact(self.channels.len());
        let rest = samples.remainder().len();
        if rest > 0 {
            return Err(self.lengths_differ(("last sample", rest)));
        }
        samples.for_each(|sample| take(self.push_checked(sample)));
        Ok(())
    }

    fn lengths_differ(&self, left: (&'static str, usize)) -> Error {
        Error::LengthsDiffer { left, right: ("channels", self.channels.len()) }
    }

    fn push_checked(&mut self, sample: &[f64]) -> Detection {
        let mut worst = Detection::nothing();
        let mut score = f64::NAN;
        for (i, (channel, &x)) in self.channels.iter_mut().zip(sample).enumerate() {
            if x.is_finite() {
                let verdict = channel.push(x);
                score = verdict.score.max(score);
                worst.compare(i, &verdict);
            } else {
                channel.missing();
            }
        }
        match sample.iter().position(|x| !x.is_finite()) {
            Some(channel) if self.settings.missing == Missing::Flag => Detection::flagged(channel),
            _ => {
                let p_value = of_all(worst.p_value, sample.len());
                Detection { score, p_value, ..worst }
            }
        }
    }
}

/// The p-value of the least of so many (Bonferroni).
fn of_all(p_value: f64, channels: usize) -> f64 {
    (p_value * channels as f64).clamp(0.0, 1.0)
}

/// The memory of each channel. What a detector was made from stands before it: see [`State`].
impl Fields for StreamDetector {
    fn save(&self, out: &mut Writer) {
        for channel in &self.channels {
            channel.save(out);
            out.page_break();
        }
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.channels.iter_mut().try_for_each(|channel| channel.load(from))
    }
}

impl Parameters for StreamDetector {
    fn parameters(&self, out: &mut Writer) {
        self.settings.save(out);
    }
}

impl State for StreamDetector {
    const KIND: Kind = Kind::StreamDetector;

    fn write(&self, out: &mut Writer) {
        self.settings.save(out);
        self.save(out);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let mut settings = DetectorSettings::default();
        settings.load(from)?;
        let mut detector = Self::new(settings);
        detector.load(from)?;
        Ok(detector)
    }
}
