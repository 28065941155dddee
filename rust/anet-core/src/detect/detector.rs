//! What a user holds: one detector a channel, and what to do about gaps.

use crate::detect::channel::{Channel, Options, Verdict};
use crate::detect::component::PARTS;
use crate::detect::explanation::Explanation;
use crate::detect::tokens::vocabulary::Vocabulary;
use crate::error::{Error, Result, StateError};
use crate::params::Seed;
use crate::state::Parameters;
use crate::state::codec::{Kind, Reader, State, Writer};
use anet_simd::Level;

/// Numbers in a sample: from 1 to 1024.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Channels(usize);

impl Channels {
    /// Each channel takes up to 300 kB: the bound keeps a slip of the pen from taking all memory.
    pub const MAX: usize = 1024;

    /// The number.
    pub fn get(self) -> usize {
        self.0
    }
}

/// Fails with [`Error::OutOfDomain`] below 1 and above [`Channels::MAX`].
impl TryFrom<usize> for Channels {
    type Error = Error;

    fn try_from(value: usize) -> Result<Self> {
        match value {
            1..=Self::MAX => Ok(Self(value)),
            _ => Err(Error::integer("channels", "from 1 to 1024", value as u64)),
        }
    }
}

/// What a sample that is not finite means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Nothing was measured: the score is NaN.
    Skip,
    /// Something is wrong: the score is infinite, the p-value 0.
    Flag,
}

/// Everything that a detector is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Key of the hash.
    pub seed: Seed,
    /// Optional parts.
    pub options: Options,
    /// Numbers in a sample.
    pub channels: Channels,
    /// What a sample that is not finite means.
    pub missing: Missing,
}

/// What a detector says of one sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detection {
    /// The highest score of any channel.
    pub score: f64,
    /// The smallest p-value of any channel times the number of channels, at most 1.
    pub p_value: f64,
    /// The channel with that p-value; between equals the one with the higher score.
    pub channel: usize,
    /// The parts of that channel, in the order of [`crate::detect::component::Part::ALL`].
    pub parts: [f64; PARTS],
}

/// Scores each sample of a stream by what came before it.
///
/// ```
/// use anet_core::detect::detector::{Settings, StreamDetector};
/// let mut detector = StreamDetector::new(Settings::default());
/// let wave = |t: i32| f64::from(t % 20 - 10).abs();
/// let detections: Vec<_> = (0..600).map(|t| detector.push(&[wave(t)]).unwrap()).collect();
/// assert!(detections[100..].iter().all(|detection| detection.p_value > 1e-4));
/// assert!(detector.push(&[40.0]).unwrap().p_value < 1e-4);
/// ```
#[derive(Debug, Clone)]
pub struct StreamDetector {
    settings: Settings,
    channels: Vec<Channel>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: Seed::try_from("rh_sparse").expect("nine bytes"),
            options: Options { words: true, long: true, own_line: true },
            channels: Channels(1),
            missing: Missing::Skip,
        }
    }
}

impl StreamDetector {
    /// Has seen nothing.
    pub fn new(settings: Settings) -> Self {
        Self::on(Level::detect(), settings)
    }

    /// Has seen nothing, and computes with the given instructions.
    pub fn on(level: Level, settings: Settings) -> Self {
        let vocabulary = Vocabulary::shared(&settings.seed);
        let channel = Channel::new(vocabulary, settings.options, level);
        Self { channels: vec![channel; settings.channels.get()], settings }
    }

    /// What it was made from.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The channels, one number of a sample each.
    pub fn channels(&self) -> &[Channel] {
        &self.channels
    }

    /// Why a channel's last sample has its score; without a channel, that of the smallest p-value.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] where there is no such channel.
    pub fn explain(&self, channel: Option<usize>) -> Result<Explanation> {
        let index = channel.unwrap_or_else(|| self.worst());
        let missing = || Error::integer("channel", "the number of a channel, from 0", index as u64);
        self.channels.get(index).map(Channel::explain).ok_or_else(missing)
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
        if sample.len() != self.channels.len() {
            return Err(Error::LengthsDiffer {
                left: ("sample", sample.len()),
                right: ("channels", self.channels.len()),
            });
        }
        Ok(self.push_checked(sample))
    }

    /// Scores many samples, one after another in `values`, and hands each detection to `take`.
    ///
    /// # Errors
    /// [`Error::LengthsDiffer`] where the last sample is not whole. No channel has changed then.
    pub fn push_many(&mut self, values: &[f64], mut take: impl FnMut(Detection)) -> Result<()> {
        let samples = values.chunks_exact(self.channels.len());
        if !samples.remainder().is_empty() {
            let left = ("last sample", samples.remainder().len());
            return Err(Error::LengthsDiffer { left, right: ("channels", self.channels.len()) });
        }
        samples.for_each(|sample| take(self.push_checked(sample)));
        Ok(())
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
                channel.miss();
            }
        }
        let missing = sample.iter().position(|x| !x.is_finite());
        match missing.filter(|_| self.settings.missing == Missing::Flag) {
            Some(channel) => {
                Detection { score: f64::INFINITY, p_value: 0.0, channel, ..Detection::nothing() }
            }
            None => {
                Detection { score, p_value: (worst.p_value * sample.len() as f64).clamp(0.0, 1.0), ..worst }
            }
        }
    }
}

impl Detection {
    /// Of a sample in which nothing was measured.
    fn nothing() -> Self {
        Self { score: f64::NAN, p_value: f64::NAN, channel: 0, parts: [f64::NAN; PARTS] }
    }

    /// Takes the verdict on a channel where it is worse than what stands.
    fn compare(&mut self, channel: usize, verdict: &Verdict) {
        let (p_value, score) = (verdict.p_value, verdict.score);
        let worse = p_value < self.p_value || (p_value == self.p_value && score > self.score);
        if self.p_value.is_nan() || worse {
            *self = Self { score, p_value, channel, parts: verdict.parts };
        }
    }
}

impl StreamDetector {
    /// Appends the memory of each channel.
    pub(super) fn write_channels(&self, out: &mut Writer) {
        for channel in &self.channels {
            channel.write(out);
            out.page_break();
        }
    }

    /// Reads it back into fresh channels.
    pub(super) fn restore_channels(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.channels.iter_mut().try_for_each(|channel| channel.restore(from))
    }
}

impl Parameters for StreamDetector {
    fn parameters(&self, out: &mut Writer) {
        self.settings.write(out);
    }
}

impl State for StreamDetector {
    const KIND: Kind = Kind::StreamDetector;

    fn write(&self, out: &mut Writer) {
        self.settings.write(out);
        self.write_channels(out);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let mut detector = Self::new(Settings::read(from)?);
        detector.restore_channels(from)?;
        Ok(detector)
    }
}

impl Settings {
    /// Appends the fields.
    pub fn write(&self, out: &mut Writer) {
        let Options { words, long, own_line } = self.options;
        out.bytes(self.seed.get().as_bytes());
        let flags = [words, long, own_line, self.missing == Missing::Flag];
        flags.into_iter().for_each(|flag| out.u8(flag.into()));
        out.count(self.channels.get());
    }

    /// Reads them back.
    ///
    /// # Errors
    /// [`StateError`] for impossible fields.
    pub fn read(from: &mut Reader<'_>) -> Result<Self> {
        let seed = std::str::from_utf8(from.bytes()?).map_err(|_| StateError::Field { name: "seed" })?;
        let seed = Seed::try_from(seed)?;
        let (words, long, own_line, flag) = (flag(from)?, flag(from)?, flag(from)?, flag(from)?);
        let channels = Channels::try_from(from.count(1)?)?;
        let missing = if flag { Missing::Flag } else { Missing::Skip };
        Ok(Self { seed, options: Options { words, long, own_line }, channels, missing })
    }
}

fn flag(from: &mut Reader<'_>) -> Result<bool> {
    match from.u8()? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(StateError::Field { name: "options" }.into()),
    }
}
