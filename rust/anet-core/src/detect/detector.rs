//! What a user holds: one detector a channel, and what to do about missing samples.

use crate::detect::channel::Channel;
use crate::detect::channels::{Channels, of_all};
use crate::detect::detection::Detection;
use crate::detect::event::Told;
use crate::detect::explanation::Explanation;
use crate::detect::frozen::Frozen;
use crate::detect::settings::DetectorSettings;
use crate::detect::threshold::AT_THRESHOLD;
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
    channels: Channels,
    frozen: Option<Frozen>,
}

impl StreamDetector {
    /// Has seen nothing.
    pub fn new(settings: DetectorSettings) -> Self {
        Self::on(Level::detect(), settings)
    }

    /// Has seen nothing, and computes with the given instructions.
    pub fn on(level: Level, settings: DetectorSettings) -> Self {
        Self { channels: Channels::new(level, &settings), settings, frozen: None }
    }

    /// What it was made from.
    pub fn settings(&self) -> &DetectorSettings {
        &self.settings
    }

    /// The channels, one number of a sample each.
    pub fn channels(&self) -> &[Channel] {
        &self.channels.all
    }

    /// From now on learns nothing: each sample is scored by what is known now and by the 64 to 128 newest samples since.
    pub fn freeze(&mut self) {
        self.frozen.get_or_insert_with(|| Frozen::new(self.channels.clone()));
    }

    /// Learns again, from what it knew at the freeze and the newest samples.
    pub fn thaw(&mut self) {
        self.frozen = None;
    }

    /// Whether it learns nothing now.
    pub fn is_frozen(&self) -> bool {
        self.frozen.is_some()
    }

    /// Why a channel's last sample has its score; without a channel, that of the smallest p-value, be it that of all together.
    ///
    /// `told` is when the event was; it is looked for where that is not given.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] where there is no such channel.
    pub fn explain(&self, channel: Option<usize>, told: Option<Told>) -> Result<Explanation> {
        let worst = self.worst();
        let found = self.channel(channel.unwrap_or(worst))?;
        let p_value = found.last().p_value;
        let joint = self.channels.joint.as_ref().filter(|joint| joint.channel.last().p_value < p_value);
        Ok(match joint {
            Some(joint) if channel.is_none() => {
                let strongest = self.channels.strongest();
                Explanation { channel: strongest, joint: true, ..joint.channel.explain(told) }
            }
            _ => Explanation { channel: channel.unwrap_or(worst), ..found.explain(told) },
        })
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
        let count = self.channels.count();
        Ok(self.channel(channel)?.quiet_range(|p_value| of_all(p_value, count) > threshold))
    }

    /// For each channel about the least and the greatest next number that would not alarm, to a thousandth of the distance
    /// between them; as [`StreamDetector::quiet_range`] at p = 10⁻⁴ otherwise.
    pub fn band(&self) -> Vec<(f64, f64)> {
        let count = self.channels.count();
        let is_quiet = |p_value| of_all(p_value, count) > AT_THRESHOLD;
        self.channels.all.iter().map(|channel| channel.band(is_quiet)).collect()
    }

    /// The period of a channel's season in samples, where it has one.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] where there is no such channel.
    pub fn period(&self, channel: usize) -> Result<Option<usize>> {
        Ok(self.channel(channel)?.period())
    }

    fn channel(&self, index: usize) -> Result<&Channel> {
        let missing = || Error::integer("channel", "the number of a channel, from 0", index as u64);
        self.channels.all.get(index).ok_or_else(missing)
    }

    fn worst(&self) -> usize {
        let p_value = |&index: &usize| self.channels.all[index].last().p_value;
        (0..self.channels.all.len()).min_by(|a, b| p_value(a).total_cmp(&p_value(b))).unwrap_or(0)
    }

    /// Scores a sample by what came before it, then learns it.
    ///
    /// # Errors
    /// [`Error::LengthsDiffer`] where the sample has not one number a channel.
    pub fn push(&mut self, sample: &[f64]) -> Result<Detection> {
        if sample.len() == self.channels.all.len() {
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
        let samples = values.chunks_exact(self.channels.all.len());
        let rest = samples.remainder().len();
        if rest > 0 {
            return Err(self.lengths_differ(("last sample", rest)));
        }
        samples.for_each(|sample| take(self.push_checked(sample)));
        Ok(())
    }

    fn lengths_differ(&self, left: (&'static str, usize)) -> Error {
        Error::LengthsDiffer { left, right: ("channels", self.channels.all.len()) }
    }

    fn push_checked(&mut self, sample: &[f64]) -> Detection {
        match &mut self.frozen {
            Some(frozen) => frozen.push(&mut self.channels, sample),
            None => self.channels.push(sample),
        }
    }
}

/// The memory of each channel. What a detector was made from stands before it: see [`State`].
impl Fields for StreamDetector {
    fn save(&self, out: &mut Writer) {
        self.frozen.is_some().save(out);
        match &self.frozen {
            Some(frozen) => frozen.save(out),
            None => self.channels.save(out),
        }
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let mut is_frozen = false;
        is_frozen.load(from)?;
        self.frozen = None;
        if is_frozen {
            let mut frozen = Frozen::new(self.channels.clone());
            frozen.load(from)?;
            self.channels = frozen.replayed();
            self.frozen = Some(frozen);
            return Ok(());
        }
        self.channels.load(from)
    }
}

impl Parameters for StreamDetector {
    fn parameters(&self, out: &mut Writer) {
        self.settings.save(out);
    }

    fn named_parameters(&self) -> Vec<(&'static str, String)> {
        self.settings.named()
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
